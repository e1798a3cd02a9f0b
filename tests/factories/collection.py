"""A small plan, its people and its round. `make_plan` gives the world in which rounds are opened."""

import datetime

import factory
from factory.django import DjangoModelFactory

from accounts.enums import OrganisationKind, Role
from accounts.models import Membership, Organisation, User
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
from priority_countries.models import Country, CountryListing, Forum
from reporting.collection.models import Comment, EntryAssignment

SMALL_PLAN = {"G1": ("mfa", "defence", "justice"), "1.1": ("mfa", "justice"), "1.2": ("justice",)}
COMPLETE = {
    "headline_result": "Women were 18 of 42 deployed officers on 31 December.",
    "efforts": "A recruitment campaign, a mentoring scheme and a changed selection course.",
    "results": "More women applied, and the share deployed rose from 12 of 40.",
    "problems": "Two deployments were cancelled at short notice.",
    "problems_follow_up": "Solved: the course was moved to another month.",
    "next_steps": "The scheme goes on for another year.",
    "status": "on_track",
    "change_kind": "strengthened",
    "result_kind": "outcome",
}


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = "!"


class CommentFactory(DjangoModelFactory):
    class Meta:
        model = Comment

    text = "Please say how many."


class EntryAssignmentFactory(DjangoModelFactory):
    class Meta:
        model = EntryAssignment


def make_plan(cells=SMALL_PLAN, *, first_year=2023, last_year=2030, countries=2, forums=1) -> Plan:
    """A plan of one theme and one section whose action points are led by the named ministries, in order."""
    plan, _ = Plan.objects.get_or_create(
        code=f"plan-{first_year}",
        defaults={"title_en": "Plan", "country": "NO", "first_year": first_year, "last_year": last_year},
    )
    theme, _ = Theme.objects.get_or_create(plan=plan, number=0, defaults={"title_en": "General"})
    section, _ = Section.objects.get_or_create(theme=theme, position=1, defaults={"title_en": "Section"})
    for position, (code, leads) in enumerate(cells.items(), start=1):
        point = ActionPoint.objects.create(section=section, code=code, position=position)
        ActionPointText.objects.create(action_point=point, first_year=first_year, text_en=f"Norway will do {code}.")
        for place, lead in enumerate(leads, start=1):
            LeadAssignment.objects.create(
                action_point=point,
                ministry=ministry(lead),
                position=place,
                first_year=first_year,
                last_year=last_year,
            )
    for number in range(countries):
        country = Country.objects.create(
            iso3=f"AA{chr(65 + number)}",
            m49=f"{number + 1:03}",
            name_en=f"Country {number}",
            name_nb=f"Land {number}",
            name_nn=f"Land {number}",
            latitude=1,
            longitude=1,
        )
        CountryListing.objects.create(country=country, first_year=first_year)
    for number in range(forums):
        Forum.objects.create(abbreviation=f"F{number}", name_en=f"Forum {number}", first_year=first_year)
    Resolution.objects.get_or_create(number=1325, defaults={"year": 2000, "main_message": "Participation."})
    return plan


def ministry(code: str) -> Ministry:
    return Ministry.objects.get_or_create(
        code=code,
        defaults={"kind": OrganisationKind.MINISTRY, "name_en": f"Ministry {code}", "abbreviation": code.upper()},
    )[0]


def person(role: Role | None = None, organisation: str = "mfa", **fields) -> User:
    """A person who holds `role` since long ago, in a ministry unless the organisation exists as something else."""
    user = UserFactory(**fields)
    if role is not None:
        place = Organisation.objects.filter(code=organisation).first() or ministry(organisation)
        Membership.objects.create(user=user, organisation_id=place.pk, role=role, starts_on=datetime.date(2020, 1, 1))
    return user
