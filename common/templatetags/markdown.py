"""Restricted Markdown in templates: {{ text|markdown }}."""

from django import template
from django.utils.safestring import SafeString

from common.markdown import render

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    """The text as safe HTML; see common.markdown for what is allowed."""
    return render(text)
