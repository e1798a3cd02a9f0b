"""An entry's fields as they are read: on read-only pages, beside the form as last year's, and where two versions meet."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from common.markdown import render
from reporting.collection.guidance import GUIDANCE
from reporting.collection.models import Entry
from reporting.collection.services.entries import content_of

FIELDS = tuple(GUIDANCE)


@dataclass(frozen=True)
class ReadField:
    name: str
    label: str
    html: SafeString | str
    published: bool


def read_fields(entry: Entry) -> list[ReadField]:
    """What is written in the entry, in the form's order; empty fields are left out."""
    content = content_of(entry)
    fields = [
        ReadField(name, str(_column(name).verbose_name), html_of(name, content[name]), GUIDANCE[name].published)
        for name in FIELDS
    ]
    return [field for field in fields if field.html]


def html_of(name: str, value) -> SafeString | str:
    """One field's value as HTML. Codes stand for tags."""
    if name == "do_no_harm":
        return _("Yes: nothing of this entry is published") if value else ""
    if name in Entry.CHOICE_FIELDS:
        return str(dict(_column(name).flatchoices).get(value, ""))
    if name in Entry.TAG_FIELDS:
        return format_html_join(", ", "{}", ((code,) for code in value))
    return render(value)


def _column(name: str) -> Any:
    return Entry._meta.get_field(name)
