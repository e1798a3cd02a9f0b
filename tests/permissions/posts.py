"""What is sent to a route, so that nothing but the sender's rights or the state of the rows can stand in the way."""

from datetime import timedelta

from common.dates import today
from tests.factories.collection import COMPLETE, ministry
from tests.permissions.notation import Case
from tests.permissions.people import PASSWORD
from tests.permissions.world import World

NEW_PASSWORD = "another password of the table"


def data_for(case: Case, world: World) -> dict:
    """The fields of the form that the case posts; none where a route asks for none."""
    person = world.people[case.person].user
    stale = case.state == "stale"
    ahead = today() + timedelta(days=5)
    forms = {
        "account_login": {"login": person.email if person else "nobody@example.org", "password": PASSWORD},
        "account_change_password": {
            "oldpassword": PASSWORD,
            "password1": NEW_PASSWORD,
            "password2": NEW_PASSWORD,
        },
        "account_reauthenticate": {"password": PASSWORD},
        "account_reset_password": {"email": "nobody@example.org"},
        "accounts:invitation": {"password": NEW_PASSWORD, "password_again": NEW_PASSWORD},
        "accounts:invitations": {
            "name": "Somebody New",
            "email": "somebody@example.org",
            "organisation": _ministry_of(case.person),
            "role": "contributor",
        },
        "accounts:profile": {"name": "A New Name", "language": "nb"},
        "collection:open_round": {"year": world.year("planned")},
        "collection:change_days": {
            "missions_due_on": ahead,
            "ministries_due_on": today() + timedelta(days=21),
            "clearance_due_on": today() + timedelta(days=31),
            "publication_due_on": today() + timedelta(days=41),
            "version": 0 if stale else 1,
        },
        "collection:open_again": {"comment": "Closed by mistake."},
        "collection:entry": {**COMPLETE, "efforts": "Something else.", "version": 1 if stale else 2},
        "collection:assign": {"contributors": [world.people["contributor"].user.pk]},
        "collection:comment": {"text": "Say how many."},
        "collection:return": {"comment": "Say how many."},
        "collection:reopen": {"comment": "A figure was wrong."},
        "collection:extend": {"until": ahead, "reason": "A fire in the archive."},
        "synthesis:write": {
            "text": "Something else.",
            "language": "en",
            "version": 0 if stale or case.state == "chapter" else 1,
        },
        "synthesis:preview": {"text": "Something else.", "language": "en", "version": 1},
    }
    return forms.get(case.route, {})


def _ministry_of(name: str) -> int:
    """The organisation that this person may invite to; for those who may not invite at all, the one of the address."""
    return ministry("justice" if name == "other-focal" else "defence").pk
