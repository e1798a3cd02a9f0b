"""What stands around every page: whose time runs, and where one may go."""

import datetime

import pytest

from accounts.enums import OrganisationKind, Role
from accounts.models import Organisation
from reporting.collection.enums import RoundState
from reporting.collection.models import Round
from reporting.collection.models import round as round_module
from tests.factories.collection import person

pytestmark = pytest.mark.django_db


def test_each_reader_sees_the_deadline_that_counts(world, client_for):
    assert "1 March 2099" in client_for(world.focal).get("/my/").content.decode()
    assert "31 January 2099" in client_for(world.editor).get("/my/").content.decode()


@pytest.mark.parametrize(
    ("day", "label"),
    [
        ("2099-01-31", "missions report"),
        ("2099-02-01", "ministries report"),
        ("2099-03-02", "ministries clear the text"),
        ("2099-05-16", "publication"),
        ("2099-12-24", "publication"),
    ],
)
def test_the_next_step_of_a_round(world, monkeypatch, day, label):
    monkeypatch.setattr(round_module, "today", lambda: datetime.date.fromisoformat(day))
    step = world.round.next_step()
    assert step.label == label
    assert step.days_left == (step.day - datetime.date.fromisoformat(day)).days


def test_rounds_are_offered_to_those_who_may_see_them(world, client_for):
    Organisation.objects.create(code="norad", kind=OrganisationKind.NORAD, name_en="Norad")
    officer = person(Role.NORAD_OFFICER, "norad")
    page = client_for(officer).get("/my/").content.decode()
    assert 'href="/rounds/"' not in page
    assert "Nothing is asked of you in this portal yet" in page
    assert client_for(officer).get("/rounds/").status_code == 403
    assert 'href="/rounds/"' in client_for(world.auditor).get("/my/").content.decode()


def test_without_a_round_there_is_no_countdown(world, client_for):
    Round.objects.update(state=RoundState.PUBLISHED)
    page = client_for(world.focal).get("/my/").content.decode()
    assert "Reporting year" not in page
    assert "Nothing is owed" in page
