"""What the models of the plan refuse before the database has to, and what is in force in a year."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories.actionpoints import (
    ActionPointFactory,
    ActionPointTextFactory,
    LeadAssignmentFactory,
    MinistryFactory,
)

pytestmark = pytest.mark.django_db


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
