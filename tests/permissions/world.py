"""One world that holds every state of the table: each state of a round or report is a year of the plan.

It is relative to today, so that no deadline of it ever passes.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Invitation, User
from accounts.services.invitations import token_hash
from actionpoints.models import Plan
from common.dates import today
from common.enums import JobState
from common.models import Job
from reporting.collection.enums import EntryState
from reporting.collection.models import Entry, EntryAssignment, MinistryReport, Round
from reporting.collection.services import reports
from reporting.collection.services.rounds import begin_synthesis, close_round, open_round
from reporting.publication.models import Build
from reporting.publication.services.builds import request_build
from reporting.publication.services.publishing import publish
from reporting.synthesis.services.saving import save_synthesis
from tests.factories.collection import COMPLETE, make_plan, ministry
from tests.permissions.people import Person, make_people

MINISTRY, CODE, FIGURE = "defence", "G1", "status.svg"
# A round of its own for each state, in this order from the plan's first year on.
YEARS = ("published", "draft", "submitted", "returned", "accepted", "closed", "synthesis", "planned")
BUILDS = {"running": 1, "failed": 2, "succeeded": 3}
FILES = {
    "body.html": b"<p>The report.</p>",
    "report.pdf": b"%PDF-1.7",
    "data.json": b"{}",
    "data.csv": b"code",
    f"figures/{FIGURE}": b"<svg/>",
}


@dataclass
class World:
    """The people, and what an address of each state is made of."""

    first_year: int
    people: dict[str, Person]
    values: dict[str, dict] = field(default_factory=dict)

    def year(self, state: str) -> int:
        return self.first_year + YEARS.index(state)

    def round(self, state: str) -> Round:
        return Round.objects.get(year=self.year(state))


def make_world() -> World:
    """Build it in the current transaction; builds' files go to PORTAL_VAR."""
    first = today().year - 3
    make_plan(first_year=first, last_year=first + len(YEARS) - 1)
    ministry("mfa")
    world = World(first, make_people())
    for state in YEARS:
        _make_round(world, state)
    _make_builds(world)
    _values(world)
    return world


def _make_round(world: World, state: str) -> None:
    days = [today() + timedelta(days=count) for count in (-10, 10, 20, 30, 40)]
    names = ("opens_on", "missions_due_on", "ministries_due_on", "clearance_due_on", "publication_due_on")
    ahead = dict(zip(names, days, strict=True))
    if state == "planned":
        Round.objects.create(plan=Plan.objects.get(), year=world.year(state), **ahead)
        return
    round = open_round(world.year(state), **ahead).round
    # Saved once, so that version 1 is a stale one.
    Entry.objects.filter(report__round=round).update(**COMPLETE, state=EntryState.READY, version=2)
    report = MinistryReport.objects.get(round=round, ministry__code=MINISTRY)
    entry = report.entries.get(action_point__code=CODE)
    for name in ("assigned", "moved"):
        EntryAssignment.objects.create(entry=entry, user=world.people[name].user)
    save_synthesis(round, action_point=entry.action_point, text="As it was saved first.", version=0, user=None)
    focal, editor = world.people["focal"].user, world.people["editor"].user
    if state in {"submitted", "returned", "accepted", "published"}:
        reports.submit_report(report, user=focal, notify=False)
    if state == "returned":
        reports.return_report(report, user=editor, comment="Say how many.", notify=False)
    if state in {"accepted", "published"}:
        reports.accept_report(report, user=editor)
    if state in {"closed", "synthesis"}:
        close_round(round, user=editor)
    if state == "synthesis":
        begin_synthesis(round, user=editor)


def _make_builds(world: World) -> None:
    """One published, and in the accepted year one in each state of its job. Nothing is compiled for it."""
    asker, publisher = world.people["asker"].user, world.people["publisher"].user
    publish(_succeed(request_build(world.round("published"), user=asker)), user=publisher)
    for state in BUILDS:
        build = request_build(world.round("accepted"), user=asker)
        if state == "running":
            _set_job(build, state=JobState.RUNNING, lease_until=timezone.now() + timedelta(hours=1))
        elif state == "failed":
            _set_job(build, state=JobState.FAILED, error="The disk is full.")
        else:
            _succeed(build)


def _succeed(build: Build) -> Build:
    files = {name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)} for name, data in FILES.items()}
    for name, data in FILES.items():
        path = build.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    Build.objects.filter(pk=build.pk).update(files=files, pages=1, seconds=1, pdf_hash=files["report.pdf"]["sha256"])
    return _set_job(build, state=JobState.SUCCEEDED, progress=100)


def _set_job(build: Build, **values) -> Build:
    Job.objects.filter(pk=build.job_id).update(**values)
    return Build.objects.select_related("job", "round").get(pk=build.pk)


def _invitation(token: str, **values) -> Invitation:
    return Invitation.objects.create(
        email=f"{token}@example.org",
        name="Somebody New",
        organisation=ministry(MINISTRY),
        role=Role.CONTRIBUTOR,
        token_hash=token_hash(token),
        expires_at=timezone.now() + timedelta(days=7),
        **values,
    )


def _values(world: World) -> None:
    """State → the parameters of its addresses."""
    invited = _invitation("open-link")
    # As the database has it: a link to a new password holds until the next login.
    reader = User.objects.get(pk=world.people["focal"].user.pk)
    usual = {
        "year": world.year("draft"),
        "ministry": MINISTRY,
        "code": CODE,
        "number": 1,
        "edition": 1,
        "name": FIGURE,
        "iso3": "AAA",
        "token": "open-link",
        "pk": invited.pk,
        "uidb36": user_pk_to_url_str(reader),
        "key": default_token_generator.make_token(reader),
        "app_label": "accounts",
        "content_type_id": 1,
        "url": "no-such-page",
    }
    states: dict[str, dict] = {"usual": {}, "stale": {}}
    states |= {state: {"year": world.year(state)} for state in YEARS}
    states |= {state: {"year": world.year("accepted"), "number": number} for state, number in BUILDS.items()}
    _invitation("used-link", accepted_at=timezone.now())
    states |= {
        "chapter": {"code": "introduction"},
        "used": {"token": "used-link"},
        "unknown-year": {"year": 1999},
        "unknown-ministry": {"ministry": "fisheries"},
        "unknown-code": {"code": "9.9"},
        "unknown-build": {"number": 99},
        "unknown-file": {"year": world.year("published"), "name": "..%2Fbody.html"},
        "unknown-edition": {"year": world.year("published"), "edition": 9},
        "unknown-country": {"iso3": "ZZZ"},
        "unknown-link": {"token": "no-such-link", "pk": 0},
    }
    world.values = {state: {**usual, **values} for state, values in states.items()}
