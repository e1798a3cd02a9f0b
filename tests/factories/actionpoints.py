"""A plan with as much as a test asks for."""

import factory
from factory.django import DjangoModelFactory

from actionpoints.models import (
    ActionPoint,
    ActionPointText,
    LeadAssignment,
    Ministry,
    Plan,
    Resolution,
    Section,
    Theme,
)


class PlanFactory(DjangoModelFactory):
    class Meta:
        model = Plan
        django_get_or_create = ["code"]

    code = "plan"
    title_en = "Women, Peace and Security"
    ordinal = "Fifth plan"
    country = "NO"
    first_year = 2023
    last_year = 2030


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    plan = factory.SubFactory(PlanFactory)
    number = factory.Sequence(int)
    title_en = factory.LazyAttribute(lambda row: f"Theme {row.number}")


class SectionFactory(DjangoModelFactory):
    class Meta:
        model = Section

    theme = factory.SubFactory(ThemeFactory)
    position = factory.Sequence(lambda number: number + 1)
    title_en = factory.LazyAttribute(lambda row: f"Section {row.position}")


class ActionPointFactory(DjangoModelFactory):
    class Meta:
        model = ActionPoint

    section = factory.SubFactory(SectionFactory)
    code = factory.Sequence(lambda number: f"9.{number}")
    position = factory.Sequence(lambda number: number + 1)


class ActionPointTextFactory(DjangoModelFactory):
    class Meta:
        model = ActionPointText

    action_point = factory.SubFactory(ActionPointFactory)
    first_year = 2023
    text_en = "Ensure a good gender balance"


class MinistryFactory(DjangoModelFactory):
    class Meta:
        model = Ministry
        django_get_or_create = ["code"]

    code = factory.Sequence(lambda number: f"lead-{number}")
    kind = "ministry"
    name_en = factory.LazyAttribute(lambda row: f"Ministry {row.code}")


class LeadAssignmentFactory(DjangoModelFactory):
    class Meta:
        model = LeadAssignment

    action_point = factory.SubFactory(ActionPointFactory)
    ministry = factory.SubFactory(MinistryFactory)
    position = 1
    first_year = 2023
    last_year = 2030


class ResolutionFactory(DjangoModelFactory):
    class Meta:
        model = Resolution

    number = factory.Sequence(lambda number: 3000 + number)
    year = 2020
    main_message = "A message"
