"""render_pages() in a process of its own, which is ended when it takes too long or too much memory.

WeasyPrint cannot be stopped from inside, and one text that it lays out badly would hold the thread that runs the jobs, or take the
memory of the whole server. Celery's workers and the serving process both come this way. docs/decisions/0007 has the figures.
"""

import json
import subprocess  # nosec B404 # runs this project's own module with fixed arguments
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from reporting.publication.rendering.html import Rendering
from reporting.publication.rendering.pdf import RefusedAddressError

CHILD = "reporting.publication.rendering.child"
# More than twice what a full report of 35 action points asks for.
MAX_MEMORY = 1024 * 1024 * 1024


class LayoutStopped(Exception):
    """The pages were not laid out; the message says why."""


def render_pages_apart(
    rendering: Rendering,
    snapshot: dict,
    progress: Callable[[int, str], None],
    *,
    seconds: float,
    memory: int = MAX_MEMORY,
) -> tuple[bytes, int]:
    """The bytes of the PDF and its number of pages, as `render_pages` makes them, within `seconds` and `memory` bytes.

    What `progress` raises ends the process too. Raises LayoutStopped, or RefusedAddressError as `render_pages` does.
    """
    with tempfile.TemporaryDirectory(prefix="report-") as name:
        directory = Path(name)
        _hand_over(directory, rendering, snapshot, memory)
        said = _run(directory, progress, seconds, memory)
        if "refused" in said:
            raise RefusedAddressError(said["refused"])
        return (directory / "report.pdf").read_bytes(), said["pages"]


def _hand_over(directory: Path, rendering: Rendering, snapshot: dict, memory: int) -> None:
    (directory / "figures").mkdir()
    for name, data in rendering.figures.items():
        (directory / "figures" / name).write_bytes(data)
    order = {
        "document": rendering.document,
        "snapshot": snapshot,
        "memory": memory,
        "settings": {
            "BASE_DIR": str(settings.BASE_DIR),
            "LOCALE_PATHS": [str(path) for path in settings.LOCALE_PATHS],
        },
    }
    (directory / "order.json").write_text(json.dumps(order), encoding="utf-8")


def _run(directory: Path, progress: Callable[[int, str], None], seconds: float, memory: int) -> dict:
    """What the process said last: {"pages": …} or {"refused": …}."""
    late = threading.Event()
    said: dict = {}
    process = subprocess.Popen(  # nosec B603 # no shell; the arguments are ours
        [sys.executable, "-m", CHILD, str(directory)],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,  # never written to: its end tells the child that this process is gone
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )

    def stop() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(max(seconds, 0), stop)
    timer.start()
    # Popen's own context waits for the process: whatever is raised here, it has to be killed before.
    with process:
        try:
            for line in process.stdout or ():
                said = json.loads(line)
                if "progress" in said:
                    progress(*said["progress"])
            code = process.wait()
        finally:
            timer.cancel()
            process.kill()
    if late.is_set():
        raise LayoutStopped(
            _("The pages were not laid out within the time limit and the work was stopped (%(minutes)d minutes).")
            % {"minutes": round(seconds / 60)}
        )
    if code != 0 or not {"pages", "refused"} & said.keys():
        raise LayoutStopped(
            _(
                "The layout of the pages broke off (%(code)d). It may have needed more than the %(megabytes)d MB it has."
            )
            % {"code": code, "megabytes": memory // 1024 // 1024}
        )
    return said
