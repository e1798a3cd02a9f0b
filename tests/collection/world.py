"""The round that most tests of the collection walk about in, and ways to write in it."""

import datetime

from accounts.enums import Role
from reporting.collection.models import Entry, MinistryReport
from reporting.collection.services.entries import save_entry
from reporting.collection.services.rounds import open_round
from tests.factories.collection import COMPLETE, make_plan, person

YEAR = 2026
DAYS = {
    "opens_on": datetime.date(2026, 1, 2),
    "missions_due_on": datetime.date(2099, 1, 31),
    "ministries_due_on": datetime.date(2099, 3, 1),
    "clearance_due_on": datetime.date(2099, 5, 15),
    "publication_due_on": datetime.date(2099, 8, 1),
}


class World:
    """A small plan with its round open and one person per role. Deadlines lie far ahead unless a test moves them."""

    def __init__(self, year: int = YEAR, **days):
        make_plan()
        self.round = open_round(year, **{**DAYS, **days}).round
        self.focal = person(Role.FOCAL_POINT, "justice", name="Jon Justice")
        self.alternate = person(Role.FOCAL_POINT, "justice", name="Alma Alternate")
        self.other_focal = person(Role.FOCAL_POINT, "defence", name="Dina Defence")
        self.contributor = person(Role.CONTRIBUTOR, "justice", name="Kari Contributor")
        self.editor = person(Role.MFA_EDITOR, name="Eli Editor")
        self.publisher = person(Role.MFA_PUBLISHER, name="Per Publisher")
        self.administrator = person(Role.ADMINISTRATOR, name="Ada Administrator")
        self.auditor = person(Role.AUDITOR, name="Otto Auditor")
        self.nobody = person(name="Nils Nobody")

    def report(self, ministry: str = "justice") -> MinistryReport:
        return MinistryReport.objects.get(round=self.round, ministry__code=ministry)

    def entry(self, code: str = "1.1", ministry: str = "justice") -> Entry:
        return Entry.objects.get(report=self.report(ministry), action_point__code=code)

    def fill(self, ministry: str = "justice", **fields) -> None:
        """Make every entry of the ministry ready."""
        for entry in Entry.objects.filter(report=self.report(ministry)):
            save_entry(entry, {**COMPLETE, **fields}, user=self.focal, version=entry.version)

    def url(self, tail: str = "", ministry: str = "justice") -> str:
        return f"/rounds/{self.round.year}/ministries/{ministry}/{tail}"

    def entry_url(self, code: str = "1.1", ministry: str = "justice", tail: str = "") -> str:
        return self.url(f"entries/{code}/{tail}", ministry)


def posted(entry: Entry, **fields) -> dict:
    """What the entry's form sends."""
    texts = {name: getattr(entry, name) for name in (*Entry.TEXT_FIELDS, *Entry.CHOICE_FIELDS)}
    return {**texts, "version": entry.version, **fields}
