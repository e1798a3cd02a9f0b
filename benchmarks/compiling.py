"""One measured process: `python -m benchmarks.compiling whole|weasyprint YEAR` prints seconds, peak memory and pages."""

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

import django


def whole(year: int) -> tuple[float, int]:
    """Snapshot, HTML, figures, PDF, files, through the job path, as the command does it. Seconds and pages."""
    from django.core.management import call_command

    from reporting.publication.models import Build

    with tempfile.TemporaryDirectory() as directory:
        started = time.perf_counter()
        call_command("compile_report", str(year), "--output", str(Path(directory) / "report.pdf"), stdout=sys.stderr)
        seconds = time.perf_counter() - started
    return seconds, Build.objects.filter(round__year=year).order_by("-number")[0].pages or 0


def weasyprint(year: int) -> tuple[float, int]:
    """WeasyPrint by itself on the HTML of the year's snapshot, in the same mode. Seconds and pages."""
    from weasyprint import HTML

    from reporting.publication.models import Build
    from reporting.publication.rendering import render_html
    from reporting.publication.rendering.pdf import BASE, ReportFetcher

    snapshot = Build.objects.filter(round__year=year).order_by("-number")[0].snapshot
    rendering = render_html(snapshot.content, snapshot_hash=snapshot.content_hash[:16])
    started = time.perf_counter()
    document = HTML(string=rendering.document, base_url=BASE, url_fetcher=ReportFetcher(rendering)).render(
        pdf_variant="pdf/a-3a", pdf_tags=True
    )
    document.write_pdf(pdf_variant="pdf/a-3a", pdf_tags=True)
    return time.perf_counter() - started, len(document.pages)


if __name__ == "__main__":
    django.setup()
    seconds, pages = {"whole": whole, "weasyprint": weasyprint}[sys.argv[1]](int(sys.argv[2]))
    # The largest of the processes: the pages are laid out in a child.
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    print(json.dumps({"seconds": seconds, "mebibytes": peak, "pages": pages}))
