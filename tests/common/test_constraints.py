"""Each constraint of the tables that every workflow stands on, provoked."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from common.enums import JobState
from common.models import Job, TransitionRecord
from tests.factories.common import JobFactory, TransitionRecordFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("job_lease_only_while_running", {"state": JobState.RUNNING}),
        ("job_lease_only_while_running", {"lease_until": timezone.now()}),
        ("job_failed_with_reason", {"state": JobState.FAILED}),
        ("job_failed_with_reason", {"error": "A reason without a failure."}),
        ("job_progress_at_most_100", {"progress": 101}),
    ],
)
def test_job(name, values):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        JobFactory(**values)


def test_a_job_once_per_key():
    JobFactory(idempotency_key="build:2025:1")
    with pytest.raises(IntegrityError), transaction.atomic():
        JobFactory(idempotency_key="build:2025:1")


@pytest.mark.parametrize("name", ["return", "reopen"])
def test_a_return_has_a_comment(name):
    TransitionRecordFactory(name=name, comment="Say how many.")
    with pytest.raises(IntegrityError, match="transition_return_has_comment"), transaction.atomic():
        TransitionRecordFactory(name=name, comment="")


@pytest.mark.parametrize("model", [Job, TransitionRecord])
def test_each_constraint_says_what_is_wrong(model):
    for constraint in model._meta.constraints:
        assert constraint.violation_error_message, constraint.name
        assert constraint.violation_error_message != constraint.default_violation_error_message
