"""What people are told by mail when an administrator changes how they log in. Unseen, it could be used to take an account over."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User


class NoticeNotSent(Exception):
    """The mail could not be handed over; whoever catches this undoes the change."""


def email_changed(*, person: User, earlier: str, user: User) -> None:
    """Tell the earlier and the new address of `person` that `user` changed one for the other."""
    for address in (earlier, person.email):
        _tell(address, person, "accounts/email_changed.txt", {"earlier": earlier, "administrator": user})


def second_factor_removed(*, person: User, user: User) -> None:
    """Tell `person` that `user` removed the second factor."""
    _tell(person.email, person, "accounts/second_factor_removed.txt", {"administrator": user})


def _tell(address: str, person: User, template: str, context: dict) -> None:
    with translation.override(person.language):
        body = render_to_string(template, {"person": person, "at": timezone.now(), **context})
        subject = _("Your account in the portal Women, Peace and Security was changed")
    try:
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [address])
    except (OSError, SMTPException) as error:
        raise NoticeNotSent(str(error)) from error
