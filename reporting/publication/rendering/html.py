"""render_html(): a snapshot becomes the document for the PDF, the article for the web, and the figures of both."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from reporting.publication.rendering import content, labels, statistics
from reporting.publication.rendering.figures import share_bars, stacked_bars
from reporting.publication.rendering.map import country_map

Progress = Callable[[int, str], None]
# Of the whole compilation; the rest belongs to the pages.
PERCENT_HTML = 40


@dataclass(frozen=True)
class Rendering:
    """`document`: the HTML the PDF is made from. `body`: the same as an <article>, for the web. `figures`: SVG by file name."""

    document: str
    body: str
    figures: dict[str, bytes]


def render_html(
    snapshot: dict, progress: Progress | None = None, *, snapshot_hash: str = "", edition: int = 1
) -> Rendering:
    """Render the snapshot (docs/architecture.md, "What is published") in its own language.

    `progress` is called with a percentage of the whole compilation and the name of the chapter about to be made.
    `snapshot_hash` and `edition` are printed in the imprint. Raises KeyError for a snapshot that lacks a named field.
    """
    report = progress or (lambda percent, label: None)
    with translation.override(snapshot["language"]):
        figures = statistics.compute(snapshot)
        shared = _shared(snapshot, snapshot_hash, edition)
        themes = []
        chapters = []
        for index, source in enumerate(snapshot["themes"]):
            report(PERCENT_HTML * index // max(len(snapshot["themes"]), 1), source["title"])
            theme = content.theme(snapshot, source)
            themes.append(theme)
            chapters.append(_part("theme", {**shared, "theme": theme}))
        report(PERCENT_HTML - 4, _("The year in figures"))
        images = {
            "status-by-theme.svg": stacked_bars(figures.by_theme),
            "status-by-ministry.svg": stacked_bars(figures.by_ministry),
            "kinds-of-result.svg": share_bars(figures.result_kinds),
            "kinds-of-change.svg": share_bars(figures.change_kinds),
        }
        if snapshot["countries"]:
            images["priority-countries.svg"] = country_map(snapshot["countries"])
        report(PERCENT_HTML - 2, _("Annexes"))
        body = _part(
            "body",
            {
                **shared,
                "themes": themes,
                "chapters": chapters,
                "introduction": content.prose(snapshot["chapters"]["introduction"], _("Introduction")),
                "highlights": content.prose(snapshot["chapters"]["highlights"], _("Highlights")),
                "figures": figures,
                "statuses": labels.STATUSES,
                "terms": labels.STATUS_BY_KEY,
                "matrix": content.lead_matrix(snapshot, themes),
                "reports": content.reports_in_brief(snapshot, themes),
                "countries": content.countries(snapshot),
                "forums": content.forums(snapshot),
                "resolutions": content.resolutions(snapshot),
            },
        )
        document = _part("document", {**shared, "body": body})
    return Rendering(document=document, body=body, figures=images)


def _part(name: str, context: dict) -> str:
    return mark_safe(render_to_string(f"report/{name}.html", context))  # nosec B308 B703 # the template has escaped it


def _shared(snapshot: dict, snapshot_hash: str, edition: int) -> dict:
    """What every part may show: the plan, the year, the dates, the ministries."""
    return {
        "plan": snapshot["plan"],
        "year": str(snapshot["year"]),
        "language": snapshot["language"],
        "demonstration": snapshot["demonstration"],
        "as_of": date.fromisoformat(snapshot["as_of"]),
        "publication_due_on": date.fromisoformat(snapshot["publication_due_on"]),
        "ministries": snapshot["ministries"],
        "publisher": next((m["name"] for m in snapshot["ministries"] if m["code"] == "mfa"), ""),
        "snapshot_hash": snapshot_hash,
        "edition": edition,
    }
