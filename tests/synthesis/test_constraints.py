"""Each constraint of the tables, provoked."""

import pytest
from django.db import IntegrityError, transaction

from reporting.synthesis.enums import Chapter, SynthesisState
from reporting.synthesis.models import Synthesis
from tests.factories.synthesis import CitationFactory, SynthesisFactory, SynthesisRevisionFactory

pytestmark = pytest.mark.django_db


def refused(name: str):
    return pytest.raises(IntegrityError, match=name)


def test_a_text_once_per_action_point_and_language(round, point):
    SynthesisFactory(round=round, action_point=point("G1"))
    SynthesisFactory(round=round, action_point=point("G1"), language="nb")
    with pytest.raises(IntegrityError), transaction.atomic():
        SynthesisFactory(round=round, action_point=point("G1"))


def test_a_text_once_per_chapter_and_language(round):
    SynthesisFactory(round=round, chapter_text=True)
    SynthesisFactory(round=round, chapter_text=True, chapter=Chapter.HIGHLIGHTS)
    with pytest.raises(IntegrityError), transaction.atomic():
        SynthesisFactory(round=round, chapter_text=True)


@pytest.mark.parametrize("both", [True, False])
def test_a_text_of_one_thing(round, point, both):
    values = {"action_point": point("G1"), "chapter": Chapter.INTRODUCTION} if both else {"action_point": None}
    with refused("synthesis_of_one_thing"), transaction.atomic():
        SynthesisFactory(round=round, **values)


@pytest.mark.parametrize(("state", "text"), [(SynthesisState.DRAFTED, ""), (SynthesisState.NOT_BEGUN, "Text.")])
def test_the_state_follows_the_text(round, point, state, text):
    with refused("synthesis_state_follows_text"), transaction.atomic():
        SynthesisFactory(round=round, action_point=point("G1"), state=state, text=text)


def test_a_revision_once(round):
    synthesis = SynthesisFactory(round=round, chapter_text=True, drafted=True)
    SynthesisRevisionFactory(synthesis=synthesis)
    with pytest.raises(IntegrityError), transaction.atomic():
        SynthesisRevisionFactory(synthesis=synthesis)


def test_a_citation_once(round, point, entry):
    synthesis = SynthesisFactory(round=round, action_point=point("G1"), drafted=True)
    CitationFactory(synthesis=synthesis, entry=entry("G1", "mfa"))
    with pytest.raises(IntegrityError), transaction.atomic():
        CitationFactory(synthesis=synthesis, entry=entry("G1", "mfa"))


def test_the_form_gets_a_sentence_for_each_constraint():
    for constraint in Synthesis._meta.constraints:
        assert constraint.violation_error_message, constraint.name
