"""The forms of the year. Labels and help texts come from the models."""

from typing import Any, cast

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from actionpoints.models import Resolution
from common import markdown
from common.forms import TextField
from reporting.collection.enums import ChangeKind, ResultKind, Status
from reporting.collection.models import Comment, Entry, Round
from reporting.collection.services.entries import Content, content_of
from reporting.collection.services.rounds import DAY_FIELDS, disorder

LONGEST_TEXT = 20_000
WORDS_ADVISED = {
    "efforts": 130,
    "results": 130,
    "problems": 80,
    "problems_follow_up": 60,
    "next_steps": 60,
}


class TooLong(MaxLengthValidator):
    message = _(
        "This text has %(show_value)d characters; a field holds %(limit_value)d. Shorten it; nothing was saved yet."
    )


def date_field(**kwargs) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs)


def _column(name: str) -> Any:
    return Entry._meta.get_field(name)


def _text(name: str) -> forms.CharField:
    column = _column(name)
    short = column.max_length is not None
    widget = (
        forms.TextInput() if short and name != "headline_result" else forms.Textarea(attrs={"rows": 2 if short else 6})
    )
    if name in WORDS_ADVISED:
        widget.attrs["data-budget"] = WORDS_ADVISED[name]
        widget.attrs["data-budget-text"] = _("{n} of about {max} words")
    return TextField(
        label=column.verbose_name,
        help_text=column.help_text,
        required=False,
        widget=widget,
        validators=[TooLong(column.max_length or LONGEST_TEXT), markdown.validate],
    )


def _choice(name: str, choices) -> forms.ChoiceField:
    column = _column(name)
    return forms.ChoiceField(
        label=column.verbose_name,
        help_text=column.help_text,
        required=False,
        choices=[("", _("Not chosen yet")), *choices],
        widget=forms.RadioSelect,
    )


def _tags(name: str, coerce=str) -> forms.TypedMultipleChoiceField:
    """The codes on offer are the round's; they are filled in with the entry."""
    return forms.TypedMultipleChoiceField(
        label=_column(name).verbose_name, required=False, coerce=coerce, widget=forms.CheckboxSelectMultiple
    )


class EntryForm(forms.Form):
    """What a ministry writes on one action point. Anything may be left open: a draft is saved as it is.

    A field that is absent from what was sent keeps its saved value, so that no client loses what it does not know. A box
    that is not ticked is absent too: `whole` says that the form was sent as the page has it, and so that it was emptied.
    """

    headline_result = _text("headline_result")
    result_kind = _choice("result_kind", ResultKind.choices)
    efforts = _text("efforts")
    results = _text("results")
    problems = _text("problems")
    problems_follow_up = _text("problems_follow_up")
    next_steps = _text("next_steps")
    status = _choice("status", Status.choices)
    change_kind = _choice("change_kind", ChangeKind.choices)
    countries = _tags("countries")
    forums = _tags("forums")
    resolutions = _tags("resolutions", coerce=int)
    partners = _text("partners")
    evidence = _text("evidence")
    internal_note = _text("internal_note")
    do_no_harm = forms.BooleanField(
        label=_column("do_no_harm").verbose_name, help_text=_column("do_no_harm").help_text, required=False
    )
    whole = forms.BooleanField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages={"required": _("The form does not say which version it started from. Load the page again.")},
    )

    def __init__(self, data=None, *, entry: Entry, content: Content | None = None, version: int | None = None):
        """`content` is what the form shows, the entry's own unless given (a merged draft)."""
        initial = {
            **(content if content is not None else content_of(entry)),
            "version": version or entry.version,
            "whole": True,
        }
        super().__init__(data, initial=initial, label_suffix="")
        round = entry.report.round
        self._offer("countries", [(row.country.iso3, row.name) for row in round.countries.select_related("country")])
        self._offer(
            "forums",
            [
                (row.forum.abbreviation, f"{row.forum.abbreviation} – {row.forum.name}")
                for row in round.forums.select_related("forum")
            ],
        )
        self._offer("resolutions", [(row.number, str(row)) for row in Resolution.objects.all()])

    def _offer(self, name: str, choices: list) -> None:
        cast(forms.TypedMultipleChoiceField, self.fields[name]).choices = choices

    def content(self) -> Content:
        """What was sent, as `save_entry` takes it."""
        boxes = ("do_no_harm", *Entry.TAG_FIELDS)
        sent = [field for field in (*Entry.TEXT_FIELDS, *Entry.CHOICE_FIELDS, *boxes) if field in self.data]
        if self.cleaned_data["whole"]:
            sent += boxes
        return {field: self.cleaned_data[field] for field in sent}


class CommentForm(forms.ModelForm):
    text = TextField(
        label=_("Comment"),
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[TooLong(LONGEST_TEXT)],
        error_messages={"required": _("Write the comment before you send it.")},
        help_text=_("Read by the ministry and the MFA. Never published. Do not write classified information here."),
    )

    class Meta:
        model = Comment
        fields = ["text"]


class PeopleField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj):
        return obj.name


class AssignForm(forms.Form):
    contributors = PeopleField(
        queryset=User.objects.none(), label=_("Contributors"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data=None, *, people, assigned=()):
        super().__init__(data, initial={"contributors": [person.pk for person in assigned]}, label_suffix="")
        cast(PeopleField, self.fields["contributors"]).queryset = people


class ReasonForm(forms.Form):
    """A return and a reopening say why."""

    comment = TextField(
        label=_("Reasons"),
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[TooLong(LONGEST_TEXT)],
        error_messages={"required": _("Write the reasons: the ministry must know what to mend.")},
        help_text=_("The focal points get them by mail. Say which action points, and what is missing."),
    )


class OpenAgainForm(forms.Form):
    """A closing that is taken back says why."""

    comment = TextField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[TooLong(LONGEST_TEXT)],
        error_messages={"required": _("Say why the round is opened again.")},
        help_text=_("It stands in the log of the round. The days stay as they are; move them if they are over."),
    )


class ExtendForm(forms.Form):
    until = date_field(label=_("Last day"), help_text=_("The end of that day in Norway."))
    reason = TextField(
        label=_("Why"),
        max_length=500,
        error_messages={"required": _("Say why the late submission is granted.")},
    )


class DaysForm(forms.ModelForm):
    class Meta:
        model = Round
        fields = [*DAY_FIELDS[1:], "version"]
        field_classes = dict.fromkeys(DAY_FIELDS, forms.DateField)
        widgets = {
            **{field: forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}) for field in DAY_FIELDS},
            "version": forms.HiddenInput,
        }

    def clean(self):
        """The order is asked of the days that can be read, so that it is told together with those that cannot."""
        days = {"opens_on": self.instance.opens_on, **self.cleaned_data}
        for field, sentence in disorder({name: day for name, day in days.items() if day is not None}).items():
            self.add_error(field, sentence)
        return self.cleaned_data


class OpenRoundForm(forms.Form):
    year = forms.IntegerField(label=_("Reporting year"), min_value=2000, max_value=2100)
    opens_on = date_field(label=_("Opening day"), required=False, help_text=_("Empty: today."))
    missions_due_on = date_field(
        label=_("Missions’ deadline"), required=False, help_text=_("Empty: 31 January of the following year.")
    )
    ministries_due_on = date_field(
        label=_("Ministries’ deadline"), required=False, help_text=_("Empty: 1 March of the following year.")
    )
    clearance_due_on = date_field(
        label=_("Clearance deadline"), required=False, help_text=_("Empty: 15 May of the following year.")
    )
    publication_due_on = date_field(
        label=_("Publication day"), required=False, help_text=_("Empty: 1 August of the following year.")
    )
