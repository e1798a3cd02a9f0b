"""The annual report made from a snapshot: HTML first, then PDF. Pure: no database, no clock, no locale of the machine."""

from reporting.publication.rendering.apart import LayoutStopped, render_pages_apart
from reporting.publication.rendering.html import Rendering, render_html
from reporting.publication.rendering.pdf import RefusedAddressError, render_pages, render_pdf

__all__ = [
    "LayoutStopped",
    "RefusedAddressError",
    "Rendering",
    "render_html",
    "render_pages",
    "render_pages_apart",
    "render_pdf",
]
