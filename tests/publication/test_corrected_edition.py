"""After publication: a cell that endangers somebody is flagged in its report and is missing from the next edition."""

import pytest

from accounts.enums import Role
from reporting.collection.models import Entry, MinistryReport
from reporting.collection.services import reports
from reporting.collection.services.entries import save_entry
from reporting.publication.models import Publication
from reporting.publication.services.publishing import ErratumMissing, publish
from tests.factories.collection import person
from tests.factories.publication import make_build, make_publication, make_round

pytestmark = pytest.mark.django_db
TEXT = "A recruitment campaign, a mentoring scheme and a changed selection course. (1.2 defence)"


def test_a_second_edition_withholds_what_the_first_one_told(quick):
    round = make_round()
    first = make_publication(round)
    entry = Entry.objects.get(report__ministry__code="defence", action_point__code="1.2")
    assert TEXT in str(first.build.snapshot.content)
    editor, focal = person(Role.MFA_EDITOR), person(Role.FOCAL_POINT, "defence")

    def report() -> MinistryReport:
        return MinistryReport.objects.get(pk=entry.report_id)

    reports.reopen_report(report(), user=editor, comment="1.2 names a witness.")
    save_entry(entry, {"do_no_harm": True}, user=focal, version=entry.version)
    reports.submit_report(report(), user=focal)
    reports.accept_report(report(), user=editor)

    build = make_build(round, user=editor)
    publisher = person(Role.MFA_PUBLISHER)
    with pytest.raises(ErratumMissing):
        publish(build, user=publisher)
    second = publish(build, user=publisher, erratum="A text was withheld.")
    assert (second.edition, TEXT in str(second.build.snapshot.content)) == (2, False)
    # The first edition is what it was.
    assert TEXT in str(Publication.objects.get(pk=first.pk).build.snapshot.content)
