"""Each rule of the plan that the database keeps, provoked."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from tests.factories.actionpoints import (
    ActionPointFactory,
    ActionPointTextFactory,
    LeadAssignmentFactory,
    MinistryFactory,
    PlanFactory,
    ResolutionFactory,
    SectionFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def refused_by(name: str):
    """PostgreSQL names the constraint; SQLite names the columns of a unique one."""
    return pytest.raises(IntegrityError, match=f"{name}|UNIQUE constraint failed")


def test_plan_years_in_order():
    with refused_by("plan_years_in_order"):
        PlanFactory(first_year=2030, last_year=2023)


def test_theme_number_unique():
    theme = ThemeFactory()
    with refused_by("theme_number_unique"):
        ThemeFactory(plan=theme.plan, number=theme.number)


def test_section_position_unique():
    section = SectionFactory()
    with refused_by("section_position_unique"):
        SectionFactory(theme=section.theme, position=section.position)


def test_action_point_code_unique():
    with refused_by("action_point_code_unique"):
        ActionPointFactory.create_batch(2, code="1.1")


def test_action_point_position_unique():
    point = ActionPointFactory()
    with refused_by("action_point_position_unique"):
        ActionPointFactory(section=point.section, position=point.position)


def test_action_point_text_once_a_year():
    text = ActionPointTextFactory()
    with refused_by("action_point_text_once_a_year"):
        ActionPointTextFactory(action_point=text.action_point)


def test_lead_assignment_once_a_year():
    lead = LeadAssignmentFactory()
    with refused_by("lead_assignment_once_a_year"):
        LeadAssignmentFactory(action_point=lead.action_point, ministry=lead.ministry)


def test_lead_assignment_years_in_order():
    with refused_by("lead_assignment_years_in_order"):
        LeadAssignmentFactory(first_year=2027, last_year=2026)


def test_resolution_number_unique():
    with refused_by("number"):
        ResolutionFactory.create_batch(2, number=1325)


@pytest.mark.parametrize("years", [{"first_year": 2022}, {"last_year": 2031}])
def test_a_lead_stays_inside_the_plan(years):
    lead = LeadAssignmentFactory(**years)
    with pytest.raises(ValidationError, match="The plan runs from 2023 to 2030"):
        lead.full_clean()


def test_a_ministry_leads_a_point_once_at_a_time():
    lead = LeadAssignmentFactory(last_year=2026)
    again = LeadAssignmentFactory.build(action_point=lead.action_point, ministry=lead.ministry, first_year=2026)
    with pytest.raises(ValidationError, match="already in some of these years"):
        again.full_clean()
    again.first_year = 2027
    again.full_clean()


def test_texts_and_leads_of_a_year():
    point = ActionPointFactory()
    old = ActionPointTextFactory(action_point=point)
    new = ActionPointTextFactory(action_point=point, first_year=2027, text_en="Later")
    LeadAssignmentFactory(action_point=point, ministry=MinistryFactory(code="mfa"), last_year=2026)
    LeadAssignmentFactory(action_point=point, ministry=MinistryFactory(code="climate"), first_year=2027)
    wordings = type(point).objects
    assert wordings.with_wording(2022).get().wording_id is None
    assert wordings.with_wording(2026).get().wording_id == old.pk
    assert wordings.with_wording(2027).get().wording_id == new.pk
    leads = point.lead_assignments
    assert [lead.ministry.code for lead in leads.in_force(2026)] == ["mfa"]
    assert [lead.ministry.code for lead in leads.in_force(2027)] == ["climate"]
