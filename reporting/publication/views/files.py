"""Files of a build over HTTP. Only what the build itself lists can be read."""

import datetime

from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString, mark_safe

from reporting.publication.models import Build

TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}


def file_response(
    request, build: Build, name: str, *, filename: str = "", modified: datetime.datetime | None = None, cache: str = ""
) -> HttpResponse:
    """The file, or 304 for a reader who has it. Raises Http404 for a name that the build does not list."""
    kept = build.files.get(name)
    if kept is None:
        raise Http404(name)
    response = HttpResponse((build.directory / name).read_bytes(), content_type=TYPES[name.rpartition(".")[2]])
    if filename:
        response["Content-Disposition"] = f'inline; filename="{filename}"'
    if cache:
        response["Cache-Control"] = cache
    etag = f'"{kept["sha256"]}"'
    response["ETag"] = etag
    stamp = None
    if modified is not None:
        stamp = int(modified.timestamp())
        response["Last-Modified"] = modified.astimezone(datetime.UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    return get_conditional_response(request, etag=etag, last_modified=stamp, response=response) or response


def body_of(build: Build) -> SafeString:
    """The web edition that was rendered into the build: markup, escaped when it was made."""
    body = (build.directory / "body.html").read_text(encoding="utf-8")
    return mark_safe(body)  # nosec B308 B703 # rendered and escaped by the build
