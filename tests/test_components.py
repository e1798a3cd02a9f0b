"""What the components promise to a screen reader: names, descriptions and links that meet."""

import re
from datetime import date

import pytest
from django import forms
from django.template.loader import render_to_string


class Example(forms.Form):
    headline = forms.CharField(
        label="Headline", help_text="One sentence.", widget=forms.TextInput(attrs={"class": "own"})
    )
    kind = forms.ChoiceField(label="Kind", widget=forms.RadioSelect, choices=[("a", "Activity"), ("b", "Output")])
    forums = forms.MultipleChoiceField(
        label="Forums", required=False, widget=forms.CheckboxSelectMultiple, choices=[("UN", "United Nations")]
    )
    harm = forms.BooleanField(label="Could endanger somebody", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


def draw(form: forms.Form) -> str:
    fields = "".join(render_to_string("components/field.html", {"field": field}) for field in form)
    return render_to_string("components/error_summary.html", {"form": form}) + fields


def ids(html: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', html)


@pytest.mark.parametrize(
    "data", [None, {}, {"kind": "b", "forums": ["UN"], "version": "x"}], ids=["new", "empty", "part"]
)
def test_every_reference_of_a_form_meets_one_element(data):
    html = draw(Example(data))
    assert len(ids(html)) == len(set(ids(html)))
    references = re.findall(r'\bfor="([^"]+)"', html) + re.findall(r'href="#([^"]+)"', html)
    for described in re.findall(r'aria-describedby="([^"]+)"', html):
        references += described.split()
    assert set(references) <= set(ids(html))


def test_control_keeps_its_own_class_and_carries_error_and_help():
    html = render_to_string("components/field.html", {"field": Example({})["headline"]})
    control = re.search(r"<input[^>]*>", html)[0]
    assert 'class="own ds-input"' in control
    assert 'aria-invalid="true"' in control
    assert 'aria-describedby="id_headline_helptext id_headline_error"' in control


def test_group_of_choices_is_a_fieldset_with_the_chosen_one_checked():
    html = render_to_string("components/field.html", {"field": Example({"kind": "b"})["kind"]})
    assert re.search(r"<fieldset\b.*<legend\b[^>]*>\s*Kind", html, flags=re.DOTALL)
    assert [("checked" in tag) for tag in re.findall(r"<input[^>]*>", html)] == [False, True]


def test_no_error_summary_for_a_form_without_errors():
    assert render_to_string("components/error_summary.html", {"form": Example()}).strip() == ""


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (41, "41 days to 1 March 2027"),
        (1, "1 day to"),
        (0, "today, 1 March 2027"),
        (-1, "the deadline was 1 March 2027"),
    ],
)
def test_countdown_says_days_and_day(days, words):
    html = render_to_string("components/countdown.html", {"days": days, "date": date(2027, 3, 1), "label": "Reports"})
    assert words in " ".join(html.split())


@pytest.mark.parametrize(
    "value", ["completed", "on_track", "draft", "delayed", "returned", "failed", "closed", "empty"]
)
def test_state_is_a_word_with_a_shape(value):
    html = render_to_string("components/status_tag.html", {"value": value, "label": "The word"})
    assert "The word" in html
    assert re.search(r"<(circle|path|rect)\b", html)
