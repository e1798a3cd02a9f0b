"""Published reports, for everybody. What was never published answers 404, whether it exists or not."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.text import clean_text
from reporting.publication.models import Publication
from reporting.publication.views.files import body_of, file_response

# Soon asked for again, so that a correction, or the withdrawal of an edition, takes effect; the ETag spares the bytes.
FIVE_MINUTES = "public, max-age=300"


def _editions(year: int) -> list[Publication]:
    """The editions of a year's report, newest first; 404 when there is none."""
    editions = list(
        Publication.objects.filter(round__year=year).select_related("round__plan", "build__round").order_by("-edition")
    )
    if not editions:
        raise Http404(_("No report is published for this year."))
    return editions


def _edition(year: int, edition: int | None) -> tuple[Publication, list[Publication]]:
    editions = _editions(year)
    if edition is None:
        return editions[0], editions
    for publication in editions:
        if publication.edition == edition:
            return publication, editions
    raise Http404(_("There is no such edition."))


@login_not_required
@require_safe
def reports(request):
    """Every published report with its editions."""
    publications = Publication.objects.select_related("round", "build").order_by("-round__year", "-edition")
    context = {
        "publications": publications,
        "breadcrumbs": [
            {"label": _("Front page"), "url": reverse("publication:home")},
            {"label": _("Reports"), "url": ""},
        ],
    }
    return render(request, "publication/reports.html", context)


@login_not_required
@require_safe
def report(request, year, edition=None):
    """The web edition: the newest, or an older one with a notice."""
    publication, editions = _edition(year, edition)
    crumbs = [
        (_("Front page"), reverse("publication:home")),
        (_("Reports"), reverse("publication:reports")),
        (str(year), reverse("publication:report", args=[year])),
    ]
    if edition is not None:
        crumbs.append((_("Edition %(edition)d") % {"edition": edition}, ""))
    context = {
        "publication": publication,
        "newest": editions[0],
        "editions": editions,
        "body": body_of(publication.build),
        "breadcrumbs": [{"label": label, "url": url} for label, url in crumbs],
    }
    return render(request, "publication/report.html", context)


@login_not_required
@require_safe
def report_file(request, year, name, edition=None, folder="", filename=""):
    """A file of the newest edition, or of the one named. `filename` is a pattern with the year and a mark of the edition."""
    publication, _all = _edition(year, edition)
    mark = f"-edition-{publication.edition}" if publication.edition > 1 else ""
    return file_response(
        request,
        publication.build,
        f"{folder}{name}",
        filename=filename.format(year=year, mark=mark),
        modified=publication.published_at,
        cache=FIVE_MINUTES,
    )


@login_not_required
@require_safe
def feed(request):
    """Editions as an Atom feed (RFC 4287), the newest first."""
    publications = Publication.objects.select_related("round__plan").order_by("-published_at")[:50]
    atom = Atom1Feed(
        title=_("Annual reports on women, peace and security"),
        link=settings.BASE_URL + reverse("publication:reports"),
        feed_url=settings.BASE_URL + reverse("publication:feed"),
        description=_("Every published edition."),
        language="en",
    )
    for publication in publications:
        year, edition = publication.round.year, publication.edition
        title = _("Annual report %(year)s") % {"year": year}
        if edition > 1:
            title = _("%(title)s, edition %(edition)d") % {"title": title, "edition": edition}
        link = settings.BASE_URL + reverse("publication:edition", args=[year, edition])
        atom.add_item(
            title=title,
            link=link,
            # One erratum kept before control characters were dropped would break the feed for good.
            description=clean_text(publication.erratum) or publication.round.plan.title_en,
            pubdate=publication.published_at,
            updateddate=publication.published_at,
            unique_id=link,
        )
    response = HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = FIVE_MINUTES
    return response
