"""Invitations: a one-time link by mail with which a person takes up a role."""

import hashlib
import secrets
from datetime import date, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import policy
from accounts.enums import Role
from accounts.models import Invitation, Membership, Organisation, User
from common.dates import today


class InvitationClosed(Exception):
    """The link has been used, is too old, was cancelled, or was sent by somebody who may no longer invite."""


class InvitationNotSent(Exception):
    """The mail could not be handed over; the invitation is closed again."""


def token_hash(token: str) -> str:
    """What is stored of a token: 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def invite(
    *,
    user: User | None,
    email: str,
    name: str,
    organisation: Organisation,
    role: Role | str,
    ends_on: date | None = None,
) -> Invitation:
    """Make an invitation on behalf of `user` (None: from the command line) and mail its link.

    An open invitation of the same person to the same role is replaced. Raises ValidationError when the role does not exist
    in the organisation or the person is deactivated, InvitationNotSent when the mail cannot be handed over.
    """
    now = timezone.now()
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        email=email.strip().lower(),
        name=name.strip(),
        organisation=organisation,
        role=role,
        ends_on=ends_on,
        invited_by=user,
        token_hash=token_hash(token),
        expires_at=now + timedelta(days=settings.INVITATION_DAYS),
    )
    invitation.full_clean()
    with transaction.atomic():
        earlier = Invitation.objects.filter(email=invitation.email, organisation=organisation, role=role)
        earlier.open(now).update(expires_at=now)
        invitation.save()
    try:
        _send(invitation, token)
    except (OSError, SMTPException) as error:
        cancel(invitation)
        raise InvitationNotSent(str(error)) from error
    return invitation


def find_open(token: str) -> Invitation:
    """The invitation of this token. Raises InvitationClosed when there is none that can still be accepted."""
    invitation = (
        Invitation.objects.open(timezone.now())
        .filter(token_hash=token_hash(token))
        .select_related("organisation", "invited_by")
        .first()
    )
    if invitation is None or not _inviter_may(invitation):
        raise InvitationClosed
    return invitation


def account_of(invitation: Invitation) -> User | None:
    """The person who has this address already, if any."""
    return User.objects.filter(email__iexact=invitation.email).first()


def needs_password(invitation: Invitation) -> bool:
    """Whether accepting sets a password: never over one that somebody chose."""
    person = account_of(invitation)
    return person is None or not person.has_usable_password()


def accept(*, invitation: Invitation, password: str | None) -> User:
    """Use the invitation up and give the person the role; make the account if there is none.

    `password` is needed, and used, only where `needs_password` says so. Raises InvitationClosed when somebody else was first.
    """
    try:
        return _accept(invitation, password)
    except IntegrityError:
        # Another invitation of the same person made the account a moment ago: now there is one.
        return _accept(invitation, password)


@transaction.atomic
def _accept(invitation: Invitation, password: str | None) -> User:
    now = timezone.now()
    # One conditional UPDATE decides between two who accept at once.
    if not Invitation.objects.filter(pk=invitation.pk).open(now).update(accepted_at=now):
        raise InvitationClosed
    person = account_of(invitation)
    if person is None:
        person = User.objects.create_user(
            invitation.email, password, name=invitation.name, language=translation.get_language() or "en"
        )
    elif not person.is_active:
        raise InvitationClosed
    elif not person.has_usable_password():
        person.set_password(password)
        person.save(update_fields=["password"])
    held = Membership.objects.in_force(today()).filter(
        user=person, organisation=invitation.organisation, role=invitation.role
    )
    if not held.exists():
        membership = Membership(
            user=person, organisation=invitation.organisation, role=invitation.role, ends_on=invitation.ends_on
        )
        try:
            membership.full_clean()
        except ValidationError as error:
            # Its last day has passed, or the role was held and ended on this very day.
            raise InvitationClosed from error
        membership.save()
    return person


def cancel(invitation: Invitation) -> None:
    """Close an invitation that nobody has accepted; an accepted or closed one stays as it is."""
    now = timezone.now()
    Invitation.objects.filter(pk=invitation.pk).open(now).update(expires_at=now)


def _inviter_may(invitation: Invitation) -> bool:
    inviter = invitation.invited_by
    return inviter is None or policy.may_invite(inviter, invitation.organisation, Role(invitation.role))


def _send(invitation: Invitation, token: str) -> None:
    link = settings.BASE_URL + reverse("accounts:invitation", args=[token])
    body = render_to_string("accounts/invitation.txt", {"invitation": invitation, "link": link})
    subject = _("Your invitation to the portal Women, Peace and Security")
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [invitation.email])
