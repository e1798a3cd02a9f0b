"""People, organisations, memberships, invitations."""

import datetime
import hashlib

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.enums import OrganisationKind, Role
from accounts.models import Invitation, Membership, Organisation, User

PASSWORD = "seven quiet harbours"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"Person {number}")
    email = factory.Sequence(lambda number: f"person{number}@example.org")

    class Params:
        inactive = factory.Trait(is_active=False)

    @factory.post_generation
    def password(self, create, extracted, **kwargs):
        """`password=PASSWORD` sets one; hashing takes time, so it is not done unasked."""
        if extracted:
            self.set_password(extracted)
        else:
            self.set_unusable_password()
        self.save()


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation
        django_get_or_create = ["code"]

    code = factory.Sequence(lambda number: f"ministry-{number}")
    kind = OrganisationKind.MINISTRY
    name_en = factory.LazyAttribute(lambda row: f"Ministry {row.code}")

    class Params:
        coordinator = factory.Trait(code="mfa", name_en="Ministry of Foreign Affairs", abbreviation="MFA")
        agency = factory.Trait(
            kind=OrganisationKind.AGENCY, parent=factory.SubFactory("tests.factories.accounts.OrganisationFactory")
        )
        mission = factory.Trait(kind=OrganisationKind.MISSION)


class MembershipFactory(DjangoModelFactory):
    """A focal point of a ministry since the beginning of the plan."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.FOCAL_POINT
    starts_on = datetime.date(2023, 1, 1)

    class Params:
        administrator = factory.Trait(
            role=Role.ADMINISTRATOR, organisation=factory.SubFactory(OrganisationFactory, coordinator=True)
        )
        editor = factory.Trait(
            role=Role.MFA_EDITOR, organisation=factory.SubFactory(OrganisationFactory, coordinator=True)
        )
        contributor = factory.Trait(role=Role.CONTRIBUTOR)


class InvitationFactory(DjangoModelFactory):
    """An open invitation whose link ends in `token`."""

    class Meta:
        model = Invitation

    class Params:
        token = factory.Sequence(lambda number: f"token-{number}")
        expired = factory.Trait(
            expires_at=factory.LazyFunction(lambda: timezone.now() - datetime.timedelta(seconds=1))
        )

    email = factory.Sequence(lambda number: f"invited{number}@example.org")
    name = factory.Sequence(lambda number: f"Invited {number}")
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.CONTRIBUTOR
    token_hash = factory.LazyAttribute(lambda row: hashlib.sha256(row.token.encode()).hexdigest())
    expires_at = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(days=7))


def person_with(role: Role, organisation: Organisation | None = None, **fields) -> User:
    """Somebody who holds one role today, in an organisation of the right kind."""
    kinds = {
        Role.MISSION_OFFICER: OrganisationKind.MISSION,
        Role.NORAD_OFFICER: OrganisationKind.NORAD,
        Role.CIVIL_SOCIETY: OrganisationKind.CIVIL_SOCIETY,
        Role.AUDITOR: OrganisationKind.OVERSIGHT,
    }
    if organisation is None and role in (Role.MFA_EDITOR, Role.MFA_PUBLISHER, Role.ADMINISTRATOR):
        organisation = OrganisationFactory(coordinator=True)
    elif organisation is None:
        organisation = OrganisationFactory(kind=kinds.get(role, OrganisationKind.MINISTRY))
    return MembershipFactory(role=role, organisation=organisation, user=UserFactory(**fields)).user
