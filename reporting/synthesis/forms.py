"""The form of the desk: fields `text`, `language`, `version`, and which versions of the entries lay before the writer."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from common.forms import TextField
from reporting.collection.models import Entry
from reporting.synthesis.models import Synthesis
from reporting.synthesis.services.saving import checked_text

# Advice, not a limit: what a reader of a report of seventy pages can take in.
WORDS_OF_POINT = 250
WORDS_OF_CHAPTER = 600


class SynthesisForm(forms.Form):
    text = Synthesis._meta.get_field("text").formfield(form_class=TextField)
    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages={"required": _("The page did not say which version you started from. Load it again.")},
    )
    read = forms.RegexField(r"^(\d{1,18}\.\d{1,9}( |$))*$", required=False, widget=forms.HiddenInput)

    def __init__(self, *args, words: int = WORDS_OF_POINT, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs.update(
            {
                "rows": 18,
                "data-budget": words,
                "data-budget-text": _("{n} of about {max} words"),
                "class": "synthesis-text",
            }
        )

    def clean_text(self) -> str:
        return checked_text(self.cleaned_data["text"])

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or "en"

    def clean_read(self) -> dict[int, int] | None:
        """Entry → version, from "12.3 15.1"; None when the client does not say."""
        if "read" not in self.data:
            return None
        pairs = (pair.split(".") for pair in self.cleaned_data["read"].split())
        return {int(entry): int(version) for entry, version in pairs}


def read_mark(entries: list[Entry]) -> str:
    """The value of `read` for a page that shows these entries."""
    return " ".join(f"{entry.pk}.{entry.version}" for entry in entries)
