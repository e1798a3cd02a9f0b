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
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import policy
from accounts.enums import Role
from accounts.models import Invitation, InvitationQuerySet, Membership, Organisation, User
from common.dates import today

# More than a ministry takes on in a day, and too few to be of use to somebody who sends mail in the portal's name.
DAILY_LIMIT = 20


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

    Raises ValidationError when the role does not exist in the organisation or `refuse` says no, InvitationNotSent when the
    mail cannot be handed over. From the command line an open invitation to the same role is replaced.
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
        refuse(user=user, email=invitation.email, organisation=organisation, role=role)
        _open_already(invitation.email, organisation, role).update(expires_at=now)
        invitation.save()
    try:
        _send(invitation, token)
    except (OSError, SMTPException) as error:
        cancel(invitation)
        raise InvitationNotSent(str(error)) from error
    return invitation


def refuse(*, user: User | None, email: str, organisation: Organisation, role: Role | str) -> None:
    """Raise ValidationError when `user` may not send this invitation now. To be called in the transaction that saves it."""
    email = email.strip().lower()
    # Two at once for one organisation, or by one person, wait for each other: each must see what the other wrote.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    gone = User.objects.filter(email__iexact=email, is_active=False).exists()
    # Whether somebody has left is nothing that a focal point learns by asking; the link will not open for who was deactivated.
    if gone and (user is None or policy.is_administrator(user)):
        raise ValidationError(
            {"email": _("This person’s account is deactivated. An administrator can activate it again.")}
        )
    if user is None:
        return
    User.objects.select_for_update().get(pk=user.pk)
    if email == user.email.lower():
        raise ValidationError({"email": _("You cannot give yourself a role. Ask another administrator.")})
    earlier = _open_already(email, organisation, role).first()
    if earlier is not None:
        day = date_format(timezone.localtime(earlier.expires_at), "j F Y")
        raise ValidationError(
            _("This person has an open invitation to this role, until %(day)s. Cancel it to send a new one.")
            % {"day": day}
        )
    a_day_ago = timezone.now() - timedelta(days=1)
    if Invitation.objects.filter(invited_by=user, created_at__gt=a_day_ago).count() >= DAILY_LIMIT:
        raise ValidationError(
            _("You have sent %(count)d invitations in 24 hours, which is the limit. Send the next one tomorrow.")
            % {"count": DAILY_LIMIT}
        )


def _open_already(email: str, organisation: Organisation, role: Role | str) -> InvitationQuerySet:
    return Invitation.objects.filter(email=email, organisation=organisation, role=role).open(timezone.now())


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
    person = account_of(invitation)
    if person is not None and not person.is_active:
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
