"""Somebody's own profile."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from tests.factories.accounts import person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return person_with(Role.FOCAL_POINT)


@pytest.fixture
def web(person, client_for):
    return client_for(person)


def test_name_and_language_are_saved_and_the_language_applies_at_once(web, person):
    response = web.post(reverse("accounts:profile"), {"name": "Nytt Namn", "language": "nn"})
    assert response.url == reverse("accounts:profile")
    assert response.cookies["django_language"].value == "nn"
    person.refresh_from_db()
    assert (person.name, person.language) == ("Nytt Namn", "nn")
    page = web.get(reverse("accounts:profile"))
    assert page.headers["Content-Language"] == "nn"
    assert '<html lang="nn"' in page.content.decode()


def test_the_language_of_the_profile_follows_to_another_machine(person, client_for):
    person.language = "nb"
    person.save()
    page = client_for(person).get(reverse("accounts:profile"), headers={"accept-language": "en"})
    assert page.headers["Content-Language"] == "nb"


def test_nothing_else_can_be_changed(web, person):
    data = {"name": "Kari", "language": "en", "email": "other@example.org", "is_active": ""}
    web.post(reverse("accounts:profile"), data)
    before = person.email
    person.refresh_from_db()
    assert (person.email, person.is_active, person.name) == (before, True, "Kari")


def test_a_name_is_needed(web, person):
    response = web.post(reverse("accounts:profile"), {"name": " ", "language": "en"})
    assert response.status_code == 400
    assert "This must be mended first" in response.content.decode()
    assert person.name in response.content.decode()


def test_somebody_without_a_role_is_told_so(web, person):
    person.memberships.all().delete()
    assert "You hold no role at present" in web.get(reverse("accounts:profile")).content.decode()
