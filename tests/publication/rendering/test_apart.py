"""The process that lays out the pages: the same bytes, and an end to what takes too much."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings

from reporting.publication.rendering import (
    LayoutStopped,
    RefusedAddressError,
    Rendering,
    render_html,
    render_pages,
    render_pages_apart,
)
from reporting.publication.rendering.apart import CHILD
from tests.publication.rendering.snapshots import small_snapshot

CELL = "<td>a</td>" * 20


def unseen(percent, label):
    """For tests that are not about progress."""


def document(body, **figures):
    return Rendering(document=f"<html lang=en><title>t</title><body>{body}", body="", figures=figures)


@pytest.fixture
def bomb():
    """Seventy thousand cells: minutes of work and more than a gigabyte."""
    return document(f"<table>{f'<tr>{CELL}</tr>' * 3_500}</table>")


def children():
    """The processes that this one has started and that still run."""
    listing = subprocess.run(["ps", "-o", "args", "--ppid", str(os.getpid())], capture_output=True, text=True)
    return [line for line in listing.stdout.splitlines() if CHILD in line]


def test_the_same_bytes_and_the_same_progress_as_in_this_process():
    snapshot = small_snapshot()
    rendering = render_html(snapshot)
    here, apart = [], []
    expected = render_pages(rendering, snapshot, lambda *step: here.append(step))
    assert render_pages_apart(rendering, snapshot, lambda *step: apart.append(step), seconds=120) == expected
    assert apart == here
    assert len(apart) > 3


def test_an_address_outside_the_report_is_refused_by_name():
    with pytest.raises(RefusedAddressError, match="file:///etc/passwd"):
        render_pages_apart(document("<img src='file:///etc/passwd' alt=''>"), small_snapshot(), unseen, seconds=60)


def test_it_is_ended_at_its_limit_of_time(bomb):
    start = time.monotonic()
    with pytest.raises(LayoutStopped, match="within the time limit"):
        render_pages_apart(bomb, small_snapshot(), unseen, seconds=4)
    assert time.monotonic() - start < 8
    assert children() == []


@pytest.mark.slow
def test_it_is_ended_at_its_limit_of_memory(bomb, capfd):
    with pytest.raises(LayoutStopped, match="more than the 350 MB"):
        render_pages_apart(bomb, small_snapshot(), unseen, seconds=120, memory=350 * 1024 * 1024)
    assert children() == []


def test_what_progress_raises_ends_it(bomb):
    def lease_lost(percent, label):
        raise RuntimeError("taken over")

    with pytest.raises(RuntimeError, match="taken over"):
        render_pages_apart(bomb, small_snapshot(), lease_lost, seconds=60)
    assert children() == []


def test_it_ends_when_the_process_that_started_it_is_killed(tmp_path):
    """As after `kill -9` of a worker: a page layout must not go on for nobody."""
    start = (
        "import subprocess, sys, time;"
        f"child = subprocess.Popen([sys.executable, '-m', {CHILD!r}, {str(tmp_path)!r}], stdin=subprocess.PIPE);"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    # The order is a pipe that nobody writes to: the child waits for it, as it would be deep in its work.
    os.mkfifo(tmp_path / "order.json")
    parent = subprocess.Popen(
        [sys.executable, "-c", start], cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    with parent:
        child = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    end = time.monotonic() + 30
    while _runs(child) and time.monotonic() < end:
        time.sleep(0.1)
    assert not _runs(child)


def _runs(pid):
    listing = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    return listing.stdout.strip()[:1] not in {"", "Z"}
