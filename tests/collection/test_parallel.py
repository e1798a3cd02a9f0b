"""Many people at once. Real threads on a real database, each with a connection of its own."""

import threading

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from common import locking
from common.embedded import run_next
from common.models import Job, TransitionRecord
from reporting.collection.models import EntryRevision, MinistryReport, Round
from reporting.collection.services import entries
from reporting.collection.services.rounds import open_round
from tests.collection.world import DAYS, World
from tests.factories.collection import make_plan

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    """Run the calls in threads that start together; their results in order, exceptions included."""
    gate, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(number, call):
        try:
            gate.wait(10)
            results[number] = call()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_twenty_submissions_are_one():
    world = World()
    world.fill()
    clients = [logged_in(world.focal) for _ in range(20)]
    answers = at_once(*[lambda client=client: client.post(world.url("submit/")).status_code for client in clients])
    assert sorted(answers) == [302] + [409] * 19
    assert TransitionRecord.objects.of(world.report()).count() == 1
    assert Job.objects.count() == 1
    while run_next():
        pass
    assert len(mail.outbox) == 1


def save_in_parallel(world, count: int) -> list[int]:
    clients = [logged_in(world.focal if number % 2 else world.alternate) for number in range(count)]

    def save(number):
        data = {"version": 1, "efforts": f"Text number {number}"}
        return lambda: clients[number].post(world.entry_url(), data).status_code

    return at_once(*[save(number) for number in range(count)])


def test_of_ten_editors_one_saves_and_nine_are_told():
    world = World()
    assert sorted(save_in_parallel(world, 10)) == [302] + [409] * 9
    entry = world.entry()
    assert entry.version == 2
    assert EntryRevision.objects.get(entry=entry).content["efforts"] == entry.efforts


def test_the_test_notices_when_the_lock_is_taken_out(monkeypatch):
    """The control: without the condition on the version, more than one of the same ten saves goes through."""

    def overwrite(instance, version, **values):
        current = type(instance).objects.get(pk=instance.pk).version
        return locking.save_if_unchanged(instance, current, **values)

    monkeypatch.setattr(entries, "save_if_unchanged", overwrite)
    world = World()
    assert save_in_parallel(world, 10).count(302) > 1


def test_a_save_and_a_submission_do_not_cross():
    """Either the save comes first and is submitted, or it is refused; a submitted report never changes."""
    world = World()
    world.fill()
    version = world.entry().version
    writer, submitter = logged_in(world.alternate), logged_in(world.focal)
    saved, submitted = at_once(
        lambda: writer.post(world.entry_url(), {"version": version, "efforts": "", "next_steps": "x"}).status_code,
        lambda: submitter.post(world.url("submit/")).status_code,
    )
    assert (saved, submitted) in {(302, 422), (409, 302)}
    assert (world.report().state == "submitted") == (world.entry().efforts != "")


def test_two_openings_make_one_round():
    make_plan()
    openings = at_once(*[lambda: open_round(2026, **DAYS) for _ in range(4)])
    assert sorted(opening.already_open for opening in openings) == [False, True, True, True]
    assert (Round.objects.count(), MinistryReport.objects.count()) == (1, 3)
    assert TransitionRecord.objects.filter(name="open").count() == 1
