"""What the PDF may read: the figures of its rendering, the report's stylesheets and picture, and its fonts. Nothing else."""

from functools import cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import woff2
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reporting.publication.rendering.html import Rendering

# Relative addresses of the document resolve to this name, which is reserved and never exists (RFC 2606).
BASE = "https://report.invalid/"
STATIC = {
    "css/report.css": "text/css",
    "css/report-print.css": "text/css",
    "img/report-motif.svg": "image/svg+xml",
}
FONTS = (
    (400, "normal", "Inter-Regular"),
    (400, "italic", "Inter-Italic"),
    (500, "normal", "Inter-Medium"),
    (600, "normal", "Inter-SemiBold"),
    (700, "normal", "Inter-Bold"),
    (700, "italic", "Inter-BoldItalic"),
)


class ReportFetcher(URLFetcher):
    """Serves what the module's first line names and refuses all else; `refused` keeps the addresses refused."""

    def __init__(self, rendering: Rendering) -> None:
        super().__init__()
        self._figures = {f"{BASE}figures/{name}": data for name, data in rendering.figures.items()}
        self._static = {f"{BASE}{name}": (name, kind) for name, kind in STATIC.items()}
        self._fonts = {_font_address(name): name for _weight, _style, name in FONTS}
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
        """The response for one of the known addresses. Raises FatalURLFetchingError, which ends the rendering, for others."""
        if url in self._figures:
            return URLFetcherResponse(url, self._figures[url], {"Content-Type": "image/svg+xml"})
        if url in self._static:
            name, kind = self._static[url]
            return URLFetcherResponse(url, (settings.BASE_DIR / "static" / name).read_bytes(), {"Content-Type": kind})
        if url in self._fonts:
            return URLFetcherResponse(url, _font(self._fonts[url]), {"Content-Type": "font/ttf"})
        if url == f"{BASE}css/fonts.css":
            return URLFetcherResponse(url, _font_faces(), {"Content-Type": "text/css"})
        self.refused.append(url)
        raise FatalURLFetchingError(url)


@cache
def _font(name: str) -> bytes:
    """A font as TrueType, unpacked once in the life of a process: WeasyPrint would unpack all six for every PDF."""
    packed = Path(settings.BASE_DIR) / "node_modules" / "inter-ui" / "web" / f"{name}.woff2"
    font = BytesIO()
    woff2.decompress(BytesIO(packed.read_bytes()), font)
    return font.getvalue()


def _font_address(name: str) -> str:
    return f"{BASE}fonts/{name}.ttf"


def _font_faces() -> str:
    return "\n".join(
        f'@font-face {{ font-family: Inter; font-weight: {weight}; font-style: {style}; src: url("{_font_address(name)}") }}'
        for weight, style, name in FONTS
    )
