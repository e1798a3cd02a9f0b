"""The process that lays out the pages: `python -m reporting.publication.rendering.child DIRECTORY`, started by `apart`.

Reads order.json and figures/ in the directory, writes report.pdf there and says on standard output, a JSON object per line,
how far it is and at last how many pages there are, or which address it refused. It needs no database and no secret.
"""

import json
import os
import resource
import sys
import threading
from pathlib import Path

import django
from django.conf import settings

from reporting.publication.rendering.html import Rendering
from reporting.publication.rendering.pdf import RefusedAddressError, render_pages


def main(directory: Path) -> None:
    """Lay out what lies in the directory within the memory that the order grants."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    order = json.loads((directory / "order.json").read_text(encoding="utf-8"))
    # The pages that people wait for go first.
    os.nice(5)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    settings.configure(
        BASE_DIR=Path(order["settings"]["BASE_DIR"]), LOCALE_PATHS=order["settings"]["LOCALE_PATHS"], USE_TZ=True
    )
    django.setup()
    figures = {path.name: path.read_bytes() for path in (directory / "figures").iterdir()}
    rendering = Rendering(document=order["document"], body="", figures=figures)
    try:
        pdf, pages = render_pages(rendering, order["snapshot"], lambda *step: _say(progress=step))
    except RefusedAddressError as error:
        _say(refused=str(error))
    else:
        (directory / "report.pdf").write_bytes(pdf)
        _say(pages=pages)


def _end_with_parent() -> None:
    """Standard input ends when the process that started this one is gone, however it went."""
    sys.stdin.read()
    os._exit(1)


def _say(**what: object) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
