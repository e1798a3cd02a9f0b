"""Every test of this package writes its builds into a directory of its own."""

import json

import pytest

from reporting.publication.rendering import Rendering
from reporting.publication.services import compilation


@pytest.fixture(autouse=True)
def portal_var(settings, tmp_path):
    settings.PORTAL_VAR = tmp_path
    return tmp_path


@pytest.fixture
def quick(monkeypatch):
    """Compile without layout, where a test is not about the rendering: the content stands in the files as JSON."""

    def render_html(snapshot, progress, *, snapshot_hash, edition):
        for percent, theme in enumerate(snapshot["themes"], start=1):
            progress(percent, theme["title"])
        body = f'<article class="report"><h1>Report</h1><p>Edition {edition}</p><img src="figures/map.svg" alt=""></article>'
        text = json.dumps(snapshot, sort_keys=True)
        return Rendering(
            document=body + text, body=body, figures={"map.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}
        )

    def render_pages_apart(rendering, snapshot, progress, *, seconds):
        progress(80, "Pages")
        return b"%PDF-" + rendering.document.encode(), 7

    monkeypatch.setattr(compilation, "render_html", render_html)
    monkeypatch.setattr(compilation, "render_pages_apart", render_pages_apart)
