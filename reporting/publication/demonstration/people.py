"""The demonstration's accounts: one person per role, a focal point for each ministry. All are invented."""

import base64
import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from accounts.enums import COORDINATOR_CODE, OrganisationKind, Role
from accounts.models import Membership, Organisation, User
from actionpoints.models import Ministry

# Long before any round of the demonstration, so that every role holds in all of them.
SINCE = "2023-01-01"
DOMAIN = "demonstration.example"


@dataclass(frozen=True)
class Account:
    role: Role
    organisation: Organisation
    email: str
    password: str

    def as_json(self) -> dict[str, str]:
        return {
            "role": self.role.value,
            "organisation": self.organisation.code,
            "email": self.email,
            "password": self.password,
        }


def make_accounts() -> list[Account]:
    """Make what is missing and set the passwords anew where they differ; nothing else of an account is touched."""
    with transaction.atomic():
        return [_account(role, organisation) for role, organisation in _posts()]


def person(role: Role, organisation_code: str) -> User:
    """The demonstration's person in this post. Raises User.DoesNotExist."""
    return User.objects.get(email=_email(role, organisation_code))


def _posts() -> list[tuple[Role, Organisation]]:
    ministries = list(Ministry.objects.order_by("position"))
    mfa = next(ministry for ministry in ministries if ministry.code == COORDINATOR_CODE)
    justice = next(ministry for ministry in ministries if ministry.code == "justice")
    agency = _organisation("demonstration-agency", OrganisationKind.AGENCY, "Demonstration agency", parent=justice)
    return [
        (Role.MFA_EDITOR, mfa),
        (Role.MFA_PUBLISHER, mfa),
        (Role.ADMINISTRATOR, mfa),
        *((Role.FOCAL_POINT, ministry) for ministry in ministries),
        (Role.CONTRIBUTOR, agency),
        (
            Role.MISSION_OFFICER,
            _organisation("demonstration-mission", OrganisationKind.MISSION, "Demonstration embassy"),
        ),
        (Role.NORAD_OFFICER, _organisation("norad", OrganisationKind.NORAD, "Norad")),
        (
            Role.CIVIL_SOCIETY,
            _organisation("demonstration-network", OrganisationKind.CIVIL_SOCIETY, "Demonstration network"),
        ),
        (
            Role.AUDITOR,
            _organisation("demonstration-oversight", OrganisationKind.OVERSIGHT, "Demonstration oversight body"),
        ),
    ]


def _organisation(code: str, kind: OrganisationKind, name: str, parent: Organisation | None = None) -> Organisation:
    organisation, _ = Organisation.objects.get_or_create(
        code=code, defaults={"kind": kind, "name_en": name, "parent": parent, "position": 100}
    )
    return organisation


def _account(role: Role, organisation: Organisation) -> Account:
    account = Account(role, organisation, _email(role, organisation.code), _password(role, organisation.code))
    name = f"{role.label} ({organisation.abbreviation or organisation.name_en})"
    user = User.objects.filter(email=account.email).first()
    if user is None:
        user = User.objects.create_user(account.email, account.password, name=name)
    elif not user.check_password(account.password):
        user.set_password(account.password)
        user.save(update_fields=["password"])
    Membership.objects.get_or_create(user=user, organisation=organisation, role=role, starts_on=SINCE)
    return account


def _email(role: Role, organisation_code: str) -> str:
    return f"{role.value.replace('_', '.')}.{organisation_code}@{DOMAIN}"


def _password(role: Role, organisation_code: str) -> str:
    """Different on every installation, the same at every call there: derived from the installation's secret."""
    message = f"demonstration account {role.value} {organisation_code}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).digest()
    text = base64.b32encode(digest).decode().lower()
    return "-".join(text[start : start + 5] for start in range(0, 20, 5))
