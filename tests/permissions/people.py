"""Everybody whom the table names, and the groups that it names them by."""

import time
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.test.client import ClientHandler

from accounts.enums import OrganisationKind, Role
from accounts.middleware import TOUCHED
from accounts.models import Membership, Organisation, User
from common.dates import today
from tests.factories.collection import UserFactory, ministry

ANONYMOUS = "anonymous"
# Name in the table → roles and the organisations in which they are held. The addresses are those of the ministry "defence".
ROLES: dict[str, list[tuple[Role, str]]] = {
    # A contributor in an agency under the ministry, with the entry of the address assigned.
    "assigned": [(Role.CONTRIBUTOR, "forces")],
    # A contributor in the ministry to whom nothing is assigned.
    "contributor": [(Role.CONTRIBUTOR, "defence")],
    "focal": [(Role.FOCAL_POINT, "defence")],
    "other-focal": [(Role.FOCAL_POINT, "justice")],
    # Had the entry assigned, and has since moved to another ministry.
    "moved": [(Role.CONTRIBUTOR, "justice")],
    "mission": [(Role.MISSION_OFFICER, "embassy")],
    "norad": [(Role.NORAD_OFFICER, "norad")],
    "society": [(Role.CIVIL_SOCIETY, "society")],
    "editor": [(Role.MFA_EDITOR, "mfa")],
    "publisher": [(Role.MFA_PUBLISHER, "mfa")],
    # Edits and publishes, and is the one who asked for every build.
    "asker": [(Role.MFA_EDITOR, "mfa"), (Role.MFA_PUBLISHER, "mfa")],
    "administrator": [(Role.ADMINISTRATOR, "mfa")],
    "auditor": [(Role.AUDITOR, "oversight")],
    # Was the ministry's focal point until yesterday, and is still logged in.
    "leaver": [(Role.FOCAL_POINT, "defence")],
    # Is the ministry's focal point, was logged in, and has been deactivated.
    "deactivated": [(Role.FOCAL_POINT, "defence")],
}
EVERYONE = (ANONYMOUS, *ROLES)
# To these the portal is closed but for its public pages.
SHUT_OUT = (ANONYMOUS, "deactivated")
GROUPS = {
    "everyone": EVERYONE,
    "shut-out": SHUT_OUT,
    "EDITORS": ("editor", "asker"),
    # Read what the editors read, and write none of it.
    "READERS": ("publisher", "administrator", "auditor"),
    # Take part in the reporting, each with rows of their own.
    "REPORTERS": ("assigned", "contributor", "focal", "other-focal", "moved"),
    # Take part in the ministry of the addresses.
    "MINISTRY": ("assigned", "contributor", "focal"),
    # Take part, but in another ministry.
    "ELSEWHERE": ("other-focal", "moved"),
    # Have no role in the yearly report of the ministries.
    "OUTSIDERS": ("mission", "norad", "society", "leaver"),
}
PLACES = {
    "forces": (OrganisationKind.AGENCY, "defence"),
    "embassy": (OrganisationKind.MISSION, None),
    "norad": (OrganisationKind.NORAD, None),
    "society": (OrganisationKind.CIVIL_SOCIETY, None),
    "oversight": (OrganisationKind.OVERSIGHT, None),
}
PASSWORD = "a password of the table"


@dataclass(frozen=True)
class Person:
    """Somebody at a browser: `session` is the key of a session that was begun while they were welcome."""

    name: str
    user: User | None
    session: str
    handler: ClientHandler

    def browser(self) -> Client:
        """A browser of its own for each request, so that none leaves anything behind."""
        client = Client(raise_request_exception=False)
        client.handler = self.handler
        if self.session:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.session
        return client


def make_people() -> dict[str, Person]:
    """Everybody, with a session each."""
    for code, (kind, parent) in PLACES.items():
        Organisation.objects.create(
            code=code, kind=kind, name_en=code.title(), parent=ministry(parent) if parent else None
        )
    handler = ClientHandler(enforce_csrf_checks=False)
    people = {ANONYMOUS: Person(ANONYMOUS, None, "", handler)}
    password = make_password(PASSWORD)
    for name, roles in ROLES.items():
        user = UserFactory(name=f"The {name}", email=f"{name}@example.org", password=password)
        for role, place in roles:
            Membership.objects.create(
                user=user,
                organisation=Organisation.objects.get(code=place),
                role=role,
                starts_on=date(2020, 1, 1),
            )
        people[name] = Person(name, user, _log_in(user), handler)
    Membership.objects.filter(user=people["leaver"].user).update(ends_on=today() - timedelta(days=1))
    User.objects.filter(pk=people["deactivated"].user.pk).update(is_active=False)
    return people


def _log_in(user: User) -> str:
    """The key of a session that began with the password a moment ago."""
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    if "_auth_user_id" not in client.session:
        raise AssertionError(f"{user.email} could not log in")
    session = client.session
    # Touched ahead of time, so that none of the requests has to renew it.
    session[TOUCHED] = int(time.time()) + 24 * 60 * 60
    session.save()
    return session.session_key
