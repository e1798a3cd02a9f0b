"""What was typed into an entry's form that can no longer be saved, to be copied from the page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reporting.collection.forms import EntryForm
from reporting.collection.guidance import GUIDANCE
from reporting.collection.models import Entry
from reporting.collection.services.entries import Content, clean_text


@dataclass(frozen=True)
class Leftover:
    """One field as it was sent; choices and tags in words."""

    name: str
    label: str
    text: str


def leftovers(form: EntryForm, saved: Content) -> list[Leftover]:
    """The fields in which the form that was sent, valid or not, says something else than what is saved."""
    fields = ((name, _difference(form, name, saved[name])) for name in GUIDANCE)
    return [Leftover(name, str(form[name].label), text) for name, text in fields if text is not None]


def _difference(form: EntryForm, name: str, saved) -> str | None:
    """What was sent for the field, in words; None where it is what is saved or was not sent at all."""
    sent = form[name].value()
    # A box that is not ticked is not sent; the whole form says that it was emptied.
    is_box = name == "do_no_harm" or name in Entry.TAG_FIELDS
    if name not in form.data and not (is_box and form.data.get("whole")):
        return None
    if name == "do_no_harm":
        return None if bool(sent) == saved else (_("Yes") if sent else _("No"))
    if name in Entry.TAG_FIELDS:
        return None if set(sent) == set(map(str, saved)) else _labels(form, name, sent)
    if name in Entry.CHOICE_FIELDS:
        return None if sent == saved else _labels(form, name, [sent])
    return None if clean_text(sent) == saved else sent


def _labels(form: EntryForm, name: str, codes: list[str]) -> str:
    labels = {str(code): str(label) for code, label in form.fields[name].choices}  # type: ignore[attr-defined]  # a choice field
    return ", ".join(labels.get(code, code) for code in codes) or _("none")
