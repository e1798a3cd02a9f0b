"""Filling a round the way people would: entries saved, reports submitted, one returned and mended, texts written."""

from accounts.enums import COORDINATOR_CODE, Role
from accounts.models import User
from actionpoints.models import ActionPoint
from reporting.collection.models import Entry, EntryAssignment, MinistryReport, Round
from reporting.collection.services.entries import add_comment, save_entry
from reporting.collection.services.reports import accept_report, return_report, submit_report
from reporting.publication.demonstration.people import person
from reporting.publication.demonstration.texts import Fields, YearTexts
from reporting.synthesis.enums import Chapter
from reporting.synthesis.services.saving import save_synthesis

# The report that is returned once in the full year, the entry that was too thin, and what it said before it was mended.
RETURNED_MINISTRY = "defence"
RETURNED_CODE = "2.5"
THIN = {
    "headline_result": "Recruitment of women to operational positions has continued.",
    "results": "The measures have helped to keep attention on recruitment.",
    "problems": "No particular problems.",
}
RETURN_REASON = (
    "2.5 tells what was done, not what changed. Please give the number of women in operational and leadership positions "
    "with the total and the date, and say what has not moved."
)
COMMENTS = {
    (
        "2.3",
        "justice",
    ): "Could you add what came out of the meetings? As it stands, the reader learns only that they were held.",
    ("2.5", "defence"): "The figures you gave us in the spring meeting belong here, with the total and the date.",
}
ASSIGNED_TO_AGENCY = ("2.5", "2.8", "2.9")


def write_entries(round: Round, texts: YearTexts) -> int:
    """Save every entry that has a text, by its ministry's focal point. Returns how many were saved."""
    saved = 0
    for entry in _entries(round):
        fields = texts.entries.get((entry.action_point.code, entry.report.ministry.code))
        if fields:
            saved += save_entry(entry, fields, user=_focal_point(entry), version=entry.version)
    return saved


def submit_and_review(round: Round, texts: YearTexts, *, with_return: bool) -> None:
    """Submit all reports; in the full year one is returned, mended and submitted again; then accept all."""
    editor = person(Role.MFA_EDITOR, COORDINATOR_CODE)
    mended: Fields | None = None
    if with_return:
        mended = texts.entries[RETURNED_CODE, RETURNED_MINISTRY]
        thin = _entries(round).get(action_point__code=RETURNED_CODE, report__ministry__code=RETURNED_MINISTRY)
        save_entry(thin, dict(THIN), user=_focal_point(thin), version=thin.version)
    for report in _reports(round):
        submit_report(report, user=person(Role.FOCAL_POINT, report.ministry.code), notify=False)
    if mended is not None:
        _return_and_mend(round, editor, mended)
    for report in _reports(round):
        accept_report(report, user=editor)


def write_syntheses(round: Round, texts: YearTexts) -> int:
    """Save the MFA's text of every action point and chapter. Returns how many were saved."""
    editor = person(Role.MFA_EDITOR, COORDINATOR_CODE)
    points = {point.code: point for point in ActionPoint.objects.filter(code__in=texts.syntheses)}
    for code, text in texts.syntheses.items():
        if code in points:
            save_synthesis(round, text=text, version=0, user=editor, action_point=points[code])
        else:
            save_synthesis(round, text=text, version=0, user=editor, chapter=Chapter(code))
    return len(texts.syntheses)


def assign_to_agency(round: Round, agency: str) -> int:
    """Give the agency's contributor a few of the Ministry of Justice's entries. Returns how many."""
    contributor = person(Role.CONTRIBUTOR, agency)
    entries = _entries(round).filter(report__ministry__code="justice", action_point__code__in=ASSIGNED_TO_AGENCY)
    assigned_by = person(Role.FOCAL_POINT, "justice")
    return len(
        EntryAssignment.objects.bulk_create(
            EntryAssignment(entry=entry, user=contributor, assigned_by=assigned_by) for entry in entries
        )
    )


def _return_and_mend(round: Round, editor: User, mended: Fields) -> None:
    report = _reports(round).get(ministry__code=RETURNED_MINISTRY)
    for (code, ministry), comment in COMMENTS.items():
        add_comment(
            _entries(round).get(action_point__code=code, report__ministry__code=ministry), comment, user=editor
        )
    return_report(report, user=editor, comment=RETURN_REASON, notify=False)
    entry = _entries(round).get(action_point__code=RETURNED_CODE, report__ministry__code=RETURNED_MINISTRY)
    save_entry(entry, mended, user=_focal_point(entry), version=entry.version)
    report.refresh_from_db()
    submit_report(report, user=person(Role.FOCAL_POINT, RETURNED_MINISTRY), notify=False)


def _entries(round: Round):
    return (
        Entry.objects.filter(report__round=round)
        .select_related("report__ministry", "report__round", "action_point")
        .in_plan_order()
    )


def _reports(round: Round):
    return MinistryReport.objects.filter(round=round).select_related("ministry", "round")


def _focal_point(entry: Entry) -> User:
    return person(Role.FOCAL_POINT, entry.report.ministry.code)
