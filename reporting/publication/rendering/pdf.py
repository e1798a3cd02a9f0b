"""render_pdf(): the document of a rendering becomes a PDF that is PDF/A-3a and PDF/UA-1, with the same bytes every time."""

import hashlib
import json
import logging
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from xml.etree import ElementTree  # nosec B405 # parses only what this process wrote

from django.utils import translation
from django.utils.translation import gettext as _
from weasyprint import HTML
from weasyprint.document import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from reporting.publication.rendering.html import PERCENT_HTML, Rendering
from reporting.publication.rendering.resources import BASE, ReportFetcher

PAGES_LOGGER = logging.getLogger("weasyprint.progress")
# A line per page is for the progress of the build, not for the server's log.
PAGES_LOGGER.propagate = False

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PDFUA = "http://www.aiim.org/pdfua/ns/id/"
SCHEMA = "http://www.aiim.org/pdfa/ns/schema#"
PROPERTY = "http://www.aiim.org/pdfa/ns/property#"
EXTENSION = "http://www.aiim.org/pdfa/ns/extension/"
# PDF/A-3 (ISO 19005-3, 6.6.2.3) wants every property outside its own list described in the file: here pdfuaid:part.
PDFUA_METADATA = f"""
<rdf:RDF xmlns:rdf="{RDF}">
<rdf:Description rdf:about="" xmlns:pdfuaid="{PDFUA}" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="{EXTENSION}" xmlns:pdfaSchema="{SCHEMA}" xmlns:pdfaProperty="{PROPERTY}">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{PDFUA}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
"""


class RefusedAddressError(ValueError):
    """The document asked for something that is not part of the report."""


def render_pdf(rendering: Rendering, snapshot: dict, progress: Callable[[int, str], None] | None = None) -> bytes:
    """The bytes of the PDF, as `render_pages` makes them."""
    return render_pages(rendering, snapshot, progress)[0]


def render_pages(
    rendering: Rendering, snapshot: dict, progress: Callable[[int, str], None] | None = None
) -> tuple[bytes, int]:
    """Lay out the document and return the bytes of the PDF and its number of pages.

    The identifier and the dates come from the snapshot, so that the same snapshot gives the same bytes. The caller limits
    the time. Raises RefusedAddressError when the document names an address outside the report.
    """
    fetcher = ReportFetcher(rendering)
    identifier = hashlib.sha256(json.dumps(snapshot, sort_keys=True, ensure_ascii=False).encode()).digest()[:16]
    with translation.override(snapshot["language"]), _page_progress(progress):
        try:
            html = HTML(string=_spaces_inside(rendering.document), base_url=BASE, url_fetcher=fetcher)
            document = html.render(font_config=FontConfiguration(), pdf_variant="pdf/a-3a", pdf_tags=True)
            _declare_pdfua(document.metadata)
            pdf = document.write_pdf(pdf_variant="pdf/a-3a", pdf_tags=True, pdf_identifier=identifier.hex().encode())
        except FatalURLFetchingError as error:
            raise RefusedAddressError(f"refused: {error}") from error
    if fetcher.refused:
        raise RefusedAddressError(f"refused: {', '.join(fetcher.refused)}")
    return pdf, len(document.pages)


def _spaces_inside(document: str) -> str:
    """Move the space before bold and italics inside them.

    Where a run of text fits a line but for the space at its end, WeasyPrint 70 breaks it after its first word.
    """
    return re.sub(r" <(strong|em)>", r"<\1> ", document)


def _declare_pdfua(metadata: DocumentMetadata) -> None:
    """Add the mark of PDF/UA-1 to the XMP that WeasyPrint writes for PDF/A: it writes one variant, the file conforms to both."""
    original = metadata.generate_rdf_metadata

    def with_pdfua(variant: str, version: int, conformance: str | None) -> bytes:
        for prefix, namespace in (
            ("pdfuaid", PDFUA),
            ("pdfaExtension", EXTENSION),
            ("pdfaSchema", SCHEMA),
            ("pdfaProperty", PROPERTY),
        ):
            ElementTree.register_namespace(prefix, namespace)
        rdf = ElementTree.fromstring(original(variant, version, conformance))  # nosec B314 # written by WeasyPrint just now
        rdf.extend(ElementTree.fromstring(PDFUA_METADATA))  # nosec B314 # the constant above
        return ElementTree.tostring(rdf, encoding="utf-8")

    metadata.generate_rdf_metadata = with_pdfua


@contextmanager
def _page_progress(progress: Callable[[int, str], None] | None) -> Iterator[None]:
    """Pass on WeasyPrint's own progress, page by page, as it lays out this document."""
    if progress is None:
        yield
        return
    handler = _PageHandler(progress)
    level = PAGES_LOGGER.level
    PAGES_LOGGER.addHandler(handler)
    PAGES_LOGGER.setLevel(logging.INFO)
    try:
        progress(PERCENT_HTML, _("Pages"))
        yield
    finally:
        PAGES_LOGGER.removeHandler(handler)
        PAGES_LOGGER.setLevel(level)


class _PageHandler(logging.Handler):
    """Turns "Creating layout - Page 12" into a percentage; the number of pages is unknown, so it nears the end slowly."""

    def __init__(self, progress: Callable[[int, str], None]) -> None:
        super().__init__(logging.INFO)
        self._progress = progress
        self._thread = threading.get_ident()
        self._percent = PERCENT_HTML

    def emit(self, record: logging.LogRecord) -> None:
        # Another thread may be compiling another report.
        if record.thread != self._thread:
            return
        message = record.getMessage()
        if "- Page " in message and record.args:
            page = int(str(record.args[0] if isinstance(record.args, tuple) else 0))
            percent = PERCENT_HTML + 50 * page // (page + 40)
            # Page numbers in the contents need several passes over the pages: the figure never goes back.
            if percent > self._percent:
                self._percent = percent
                self._progress(percent, _("Pages"))
        elif message.startswith("Step 6"):
            self._progress(92, _("Writing the PDF"))
