"""Jobs and logged transitions. Traits of a job: `running`, `failed`, `succeeded`."""

import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from common.enums import JobState
from common.models import Job, TransitionRecord


class JobFactory(DjangoModelFactory):
    class Meta:
        model = Job

    class Params:
        running = factory.Trait(
            state=JobState.RUNNING,
            attempts=1,
            lease_owner="worker",
            lease_until=factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(seconds=30)),
        )
        failed = factory.Trait(state=JobState.FAILED, attempts=1, error="It could not be done.")
        succeeded = factory.Trait(state=JobState.SUCCEEDED, attempts=1, progress=100)

    kind = "tests.effect"
    subject_id = factory.Sequence(lambda n: n + 1)
    idempotency_key = factory.Sequence(lambda n: f"job {n}")


class TransitionRecordFactory(DjangoModelFactory):
    class Meta:
        model = TransitionRecord

    workflow = "tests.thing"
    subject_id = 1
    name = "accept"
    from_state = "submitted"
    to_state = "accepted"
