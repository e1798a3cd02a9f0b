"""Prints the digests of the small report, HTML and PDF: run in processes of different time zones and languages."""

import hashlib

import django

django.setup()

from reporting.publication.rendering import render_html, render_pdf  # noqa: E402 - Django must be set up before
from tests.publication.rendering.snapshots import small_snapshot  # noqa: E402 - as above

snapshot = small_snapshot()
rendering = render_html(snapshot, snapshot_hash="0123abcd")
parts = [rendering.document.encode(), *rendering.figures.values(), render_pdf(rendering, snapshot)]
print(*[hashlib.sha256(part).hexdigest() for part in parts], sep="\n")
