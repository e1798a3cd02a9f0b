"""How long does the annual report take, and how much more than WeasyPrint alone on the same HTML?

Both run in turn, each in a fresh process; seconds count from the moment when Django is set up; medians of three.
"""

import json
import statistics
import subprocess
import sys

from benchmarks.installation import Installation
from tests.walk.servers import ROOT

RUNS = 3


def measure(demonstration: Installation, year: int) -> list[str]:
    """Lines of the result, for people."""
    rounds = [(_run(demonstration, "whole", year), _run(demonstration, "weasyprint", year)) for _number in range(RUNS)]
    whole, alone = zip(*rounds, strict=True)
    seconds = statistics.median(run["seconds"] for run in whole)
    alone_seconds = statistics.median(run["seconds"] for run in alone)
    memory = statistics.median(run["mebibytes"] for run in whole)
    alone_memory = statistics.median(run["mebibytes"] for run in alone)
    ratio = statistics.median(a["seconds"] / b["seconds"] for a, b in rounds)
    return [
        f"compile_report {year}: {seconds:.1f} s, peak {memory:.0f} MiB ({whole[0]['pages']} pages)",
        f"WeasyPrint alone on the same HTML: {alone_seconds:.1f} s, peak {alone_memory:.0f} MiB",
        f"ratio: {ratio:.2f} in time, {memory / alone_memory:.2f} in memory",
    ]


def _run(demonstration: Installation, what: str, year: int) -> dict:
    result = subprocess.run(
        [sys.executable, "-m", "benchmarks.compiling", what, str(year)],
        cwd=ROOT,
        env=demonstration.portal.environment,
        capture_output=True,
        text=True,
    )
    if result.returncode:
        raise RuntimeError(result.stderr)
    return json.loads(result.stdout.splitlines()[-1])
