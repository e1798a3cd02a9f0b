"""Every rule that the database keeps, provoked: each constraint and each unique field has a case, and the database names it.

A case is a row that is accepted, and what is wrong with it: changed in place (`Changed`), or put in once more with some
fields changed, so that nothing but the fields of the rule is there twice (`Doubled`).
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from accounts.enums import OrganisationKind
from common.enums import JobState
from reporting.collection.models import Entry, EntryAssignment, EntryRevision, Round
from reporting.collection.services.rounds import open_round
from reporting.synthesis.enums import Chapter, SynthesisState
from tests.factories.accounts import InvitationFactory, MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.actionpoints import (
    ActionPointFactory,
    ActionPointTextFactory,
    LeadAssignmentFactory,
    PlanFactory,
    ResolutionFactory,
    SectionFactory,
    ThemeFactory,
)
from tests.factories.collection import CommentFactory, EntryAssignmentFactory, make_plan
from tests.factories.common import JobFactory, TransitionRecordFactory
from tests.factories.priority_countries import CountryFactory, CountryListingFactory, ForumFactory
from tests.factories.publication import BuildFactory, PublicationFactory, SnapshotFactory
from tests.factories.synthesis import CitationFactory, SynthesisFactory, SynthesisRevisionFactory
from tests.source import PACKAGES

pytestmark = pytest.mark.django_db


# --- Rows that are accepted -------------------------------------------------------------------------------------------
def a_round() -> Round:
    make_plan()
    return open_round(2025).round


def an_entry() -> Entry:
    a_round()
    return Entry.objects.first()


def an_assignment() -> EntryAssignment:
    return EntryAssignmentFactory(entry=an_entry(), user=UserFactory())


def an_entry_revision() -> EntryRevision:
    return EntryRevision.objects.create(entry=an_entry(), version=1, content={})


def a_synthesis():
    entry = an_entry()
    return SynthesisFactory(round=entry.report.round, action_point=entry.action_point, drafted=True)


def a_build():
    return BuildFactory(round=a_round(), job=JobFactory())


def a_publication():
    return PublicationFactory(build=a_build(), published_by=UserFactory())


# --- Cases ------------------------------------------------------------------------------------------------------------
class Case:
    """`make` gives the row; a change that is a function is called with it."""

    def __init__(self, make: Callable[..., models.Model], **changes: Any):
        self.make, self.changes = make, changes

    def changed(self, row: models.Model) -> dict[str, Any]:
        return {name: value(row) if callable(value) else value for name, value in self.changes.items()}


class Changed(Case):
    def provoke(self, row: models.Model) -> None:
        type(row)._base_manager.filter(pk=row.pk).update(**self.changed(row))


class Doubled(Case):
    def provoke(self, row: models.Model) -> None:
        columns = {field.attname: getattr(row, field.attname) for field in row._meta.local_fields}
        del columns[row._meta.pk.attname]
        # Through attributes: a changed foreign key is given as a row.
        copy = type(row)(**columns)
        for name, value in self.changed(row).items():
            setattr(copy, name, value)
        copy.save(force_insert=True)


CASES: dict[str, list[Case]] = {
    # common
    "common_job.idempotency_key": [Doubled(JobFactory)],
    "job_lease_only_while_running": [
        Changed(JobFactory, state=JobState.RUNNING),
        Changed(JobFactory, lease_until=lambda job: timezone.now()),
    ],
    "job_failed_with_reason": [
        Changed(JobFactory, state=JobState.FAILED),
        Changed(JobFactory, error="A reason without a failure."),
    ],
    "job_not_before_only_while_queued": [
        Changed(lambda state=state: JobFactory(**{state: True}), not_before=lambda job: timezone.now())
        for state in ("running", "succeeded", "failed")
    ],
    "job_progress_at_most_100": [Changed(JobFactory, progress=101)],
    "transition_back_has_comment": [
        Changed(TransitionRecordFactory, name="return"),
        Changed(TransitionRecordFactory, name="reopen"),
    ],
    # accounts
    "accounts_user.email": [Doubled(UserFactory)],
    "user_email_unique": [Doubled(UserFactory, email=lambda user: user.email.upper())],
    "accounts_organisation.code": [Doubled(OrganisationFactory)],
    "organisation_agency_has_parent": [Changed(OrganisationFactory, kind=OrganisationKind.AGENCY)],
    "membership_once": [Doubled(MembershipFactory)],
    "membership_ends_after_start": [
        Changed(MembershipFactory, ends_on=lambda row: row.starts_on - datetime.timedelta(days=1))
    ],
    "accounts_invitation.token_hash": [Doubled(InvitationFactory)],
    # actionpoints
    "actionpoints_plan.code": [Doubled(PlanFactory)],
    "plan_years_in_order": [Changed(PlanFactory, last_year=2022)],
    "theme_number_unique": [Doubled(ThemeFactory)],
    "section_position_unique": [Doubled(SectionFactory)],
    "action_point_code_unique": [Doubled(ActionPointFactory, position=99)],
    "action_point_position_unique": [Doubled(ActionPointFactory, code="9.9.9")],
    "action_point_text_once_a_year": [Doubled(ActionPointTextFactory)],
    "lead_assignment_once_a_year": [Doubled(LeadAssignmentFactory)],
    "lead_assignment_years_in_order": [Changed(LeadAssignmentFactory, last_year=2022)],
    "actionpoints_resolution.number": [Doubled(ResolutionFactory)],
    # priority_countries
    "priority_countries_country.iso3": [Doubled(CountryFactory, m49="999")],
    "priority_countries_country.m49": [Doubled(CountryFactory, iso3="ZZZ")],
    "country_listed_once_at_a_time": [Doubled(CountryListingFactory, first_year=2026)],
    "country_listing_once_a_year": [Doubled(lambda: CountryListingFactory(ended=True))],
    "country_listing_years_in_order": [Changed(CountryListingFactory, last_year=2022, reason_ended="Over.")],
    "country_listing_end_has_reason": [Changed(CountryListingFactory, last_year=2026)],
    "priority_countries_forum.abbreviation": [Doubled(ForumFactory)],
    "forum_years_in_order": [Changed(ForumFactory, last_year=2022)],
    # collection
    "collection_round.year": [Doubled(a_round)],
    "round_days_in_order": [
        Changed(a_round, opens_on=lambda row: row.missions_due_on + datetime.timedelta(days=1)),
        Changed(a_round, ministries_due_on=lambda row: row.missions_due_on - datetime.timedelta(days=1)),
        Changed(a_round, clearance_due_on=lambda row: row.ministries_due_on - datetime.timedelta(days=1)),
        Changed(a_round, publication_due_on=lambda row: row.clearance_due_on - datetime.timedelta(days=1)),
    ],
    "round_country_once": [Doubled(lambda: a_round().countries.first())],
    "round_forum_once": [Doubled(lambda: a_round().forums.first())],
    "ministry_report_once": [Doubled(lambda: a_round().reports.first())],
    "ministry_report_submitted_has_time": [Changed(lambda: a_round().reports.first(), state="submitted")],
    "ministry_report_accepted_has_time": [
        Changed(lambda: a_round().reports.first(), state="accepted", submitted_at=lambda report: timezone.now()),
        Changed(lambda: a_round().reports.first(), accepted_at=lambda report: timezone.now()),
    ],
    "entry_once": [Doubled(an_entry)],
    "entry_assigned_once": [Doubled(an_assignment)],
    "entry_revision_once": [Doubled(an_entry_revision)],
    "comment_has_text": [Changed(lambda: CommentFactory(entry=an_entry(), author=UserFactory()), text="")],
    # synthesis
    "synthesis_once_per_action_point": [Doubled(a_synthesis)],
    "synthesis_once_per_chapter": [Doubled(lambda: SynthesisFactory(round=a_round(), chapter_text=True))],
    "synthesis_of_one_thing": [
        Changed(a_synthesis, chapter=Chapter.INTRODUCTION),
        Changed(a_synthesis, action_point=None),
    ],
    "synthesis_state_follows_text": [
        Changed(a_synthesis, text=""),
        Changed(a_synthesis, state=SynthesisState.NOT_BEGUN),
    ],
    "synthesis_revision_once": [Doubled(lambda: SynthesisRevisionFactory(synthesis=a_synthesis()))],
    "citation_once": [Doubled(lambda: CitationFactory(synthesis=a_synthesis(), entry=Entry.objects.first()))],
    # publication
    "snapshot_once": [Doubled(lambda: SnapshotFactory(round=a_round()))],
    "build_number_unique": [Doubled(a_build, job=None)],
    "publication_build.job_id": [Doubled(a_build, number=99)],
    "publication_publication.build_id": [Doubled(a_publication, edition=2, erratum="A figure was wrong.")],
    "publication_edition_unique": [Doubled(a_publication, build=lambda row: BuildFactory(round=row.round))],
    "publication_by_second_person": [Changed(a_publication, requested_by=lambda row: row.published_by)],
    "publication_correction_has_erratum": [Changed(a_publication, edition=2)],
}
# Who breaks the first breaks the second as well, and the database names either.
IMPLIES = {"accounts_user.email": "user_email_unique"}


# --- Rules ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Rule:
    """A constraint by its name, or a unique field as table.column. `columns`: what a unique rule is about, if it is columns."""

    name: str
    table: str
    columns: tuple[str, ...] = ()
    constraint: models.BaseConstraint | None = None

    def __str__(self) -> str:
        return self.name


def _rules() -> list[Rule]:
    """Of every table that the portal itself defines. (Tables that only join two others are Django's.)"""
    found = []
    for model in apps.get_models():
        meta = model._meta
        if meta.proxy or not model.__module__.startswith(PACKAGES):
            continue
        assert not meta.unique_together, "a named UniqueConstraint says what is wrong; unique_together does not"
        for field in meta.local_fields:
            if field.unique and not field.primary_key:
                found.append(Rule(f"{meta.db_table}.{field.column}", meta.db_table, (field.column,)))
        for constraint in meta.constraints:
            names = getattr(constraint, "fields", ())
            columns = tuple(meta.get_field(name).column for name in names)
            found.append(Rule(constraint.name, meta.db_table, columns, constraint))
    return found


RULES = {rule.name: rule for rule in _rules()}


def expected(rule: Rule) -> str:
    """How the database names this rule when it is broken. SQLite names the columns of a unique one, not the constraint."""
    if connection.vendor == "postgresql":
        return rule.name if rule.constraint else _name_of_unique_field(rule)
    if rule.columns:
        return "UNIQUE constraint failed: " + ", ".join(f"{rule.table}.{column}" for column in rule.columns)
    if isinstance(rule.constraint, models.UniqueConstraint):
        return f"UNIQUE constraint failed: index '{rule.name}'"
    return f"CHECK constraint failed: {rule.name}"


def _name_of_unique_field(rule: Rule) -> str:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, rule.table)
    [name] = [
        name
        for name, about in found.items()
        if about["unique"] and about["columns"] == list(rule.columns) and name not in RULES
    ]
    return name


def named(error: IntegrityError) -> str:
    if connection.vendor == "postgresql":
        return error.__cause__.diag.constraint_name
    return str(error)


@pytest.mark.parametrize("rule", RULES.values(), ids=str)
def test_the_database_keeps(rule):
    cases = CASES.get(rule.name, [])
    assert cases, f"no case provokes {rule.name}"
    answers = {expected(rule)}
    if implied := IMPLIES.get(rule.name):
        answers.add(expected(RULES[implied]))
    for case in cases:
        with transaction.atomic():
            row = case.make()
            with pytest.raises(IntegrityError) as refused, transaction.atomic():
                case.provoke(row)
            assert named(refused.value) in answers
            transaction.set_rollback(True)


def test_no_case_is_left_over():
    assert set(CASES) - set(RULES) == set()


def test_each_rule_is_told_apart_from_the_others():
    """Two unique rules on the same columns would be one to SQLite, and a case of the one would prove nothing of the other."""
    answers = [expected(rule) for rule in RULES.values()]
    assert sorted(answers) == sorted(set(answers))


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if rule.constraint], ids=str)
def test_who_breaks_it_is_told_what_is_wrong(rule):
    message = rule.constraint.violation_error_message
    assert message
    assert message != rule.constraint.default_violation_error_message
