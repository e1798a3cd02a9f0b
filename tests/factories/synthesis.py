"""Texts of the desk. Traits: `chapter_text` (the introduction instead of an action point), `drafted`."""

import factory
from factory.django import DjangoModelFactory

from reporting.synthesis.enums import Chapter, SynthesisState
from reporting.synthesis.models import Citation, Synthesis, SynthesisRevision


class SynthesisFactory(DjangoModelFactory):
    """Give `round`, and `action_point` unless the trait `chapter_text` is on."""

    class Meta:
        model = Synthesis

    class Params:
        chapter_text = factory.Trait(action_point=None, chapter=Chapter.INTRODUCTION)
        drafted = factory.Trait(
            state=SynthesisState.DRAFTED, text="Women’s share of those deployed **rose**.", version=1
        )


class SynthesisRevisionFactory(DjangoModelFactory):
    class Meta:
        model = SynthesisRevision

    version = 1
    text = "As it was saved."


class CitationFactory(DjangoModelFactory):
    class Meta:
        model = Citation

    entry_version = 1
