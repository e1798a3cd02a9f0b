"""Whether a session went through the second factor, and how a person's sessions are ended."""

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import update_session_auth_hash
from django.db.models import F

from accounts.models import User

SECOND_FACTOR = "mfa"


def passed_second_factor(request) -> bool:
    """Whether the person typed a code, or set the second factor up, in this very session. Asks no database."""
    return any(record["method"] == SECOND_FACTOR for record in get_authentication_records(request, request.user))


def end_all(person: User) -> None:
    """End every session of the person, at the next request of each."""
    User.objects.filter(pk=person.pk).update(session_epoch=F("session_epoch") + 1)
    person.refresh_from_db(fields=["session_epoch"])


def second_factor_set_up(request) -> None:
    """This session has shown the second factor that it made; the others of this person, begun without, end."""
    end_all(request.user)
    update_session_auth_hash(request, request.user)
    record_authentication(request, request.user, SECOND_FACTOR)
