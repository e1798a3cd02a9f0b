"""The beginning of a text, where a list has no room for all of it."""

from django import template
from django.utils.text import Truncator

register = template.Library()


@register.filter
def shortened(text: str, words: int) -> str:
    """The first words. Unlike `truncatewords`, the dots never stand on a line of their own."""
    return Truncator(text).words(words, truncate="\N{NO-BREAK SPACE}…")
