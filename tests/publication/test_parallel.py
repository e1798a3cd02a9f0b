"""Many people at once: builds stay numbered and few, an edition is published once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.enums import Role
from common.models import Job, TransitionRecord
from reporting.publication.models import Build, Publication
from reporting.publication.services.builds import BuildRefused, request_build
from reporting.publication.services.publishing import PublicationRefused, publish
from tests.factories.collection import person
from tests.factories.publication import make_build, make_round

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 8


def at_once(work):
    """What `work` gave or raised in each of several threads that begin together."""
    start = Barrier(PEOPLE)

    def one(number):
        start.wait()
        try:
            return work(number)
        except (BuildRefused, PublicationRefused) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as threads:
        return list(threads.map(one, range(PEOPLE)))


def test_builds_asked_for_at_once_stay_numbered_and_at_most_two(quick):
    round = make_round()
    answers = at_once(lambda number: request_build(round, user=None))
    assert sorted(answer.number for answer in answers if isinstance(answer, Build)) == [1, 2]
    assert Build.objects.count() == Job.objects.count() == 2


def test_a_build_published_at_once_by_many_is_one_edition(quick):
    build = make_build(make_round())
    publishers = [person(Role.MFA_PUBLISHER) for _ in range(PEOPLE)]
    answers = at_once(lambda number: publish(build, user=publishers[number]))
    assert sum(isinstance(answer, Publication) for answer in answers) == 1
    assert Publication.objects.count() == 1
    assert TransitionRecord.objects.filter(name="publish").count() == 1
