"""Names kept in English, bokmål and nynorsk, shown in the reader's language."""

from django.db import models
from django.utils.translation import get_language

LANGUAGES = ("en", "nb", "nn")


def localised(instance: models.Model, field: str) -> str:
    """`field_<language>` of the row in the active language; the other Norwegian form, then English, where it is empty."""
    language = (get_language() or "en")[:2]
    order = {"nb": ("nb", "nn", "en"), "nn": ("nn", "nb", "en")}.get(language, ("en",))
    return next((value for code in order if (value := getattr(instance, f"{field}_{code}"))), "")
