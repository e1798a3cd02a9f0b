"""What stays inside: a word in every internal place, and every public surface searched for it."""

import io
import re

import pytest
from django.test import Client
from pypdf import PdfReader

from accounts.enums import Role
from reporting.collection.models import Entry, EntryRevision, MinistryReport
from reporting.collection.workflow import MINISTRY_REPORT
from reporting.publication.services.publishing import publish
from tests.factories.collection import COMPLETE, person
from tests.factories.publication import fill_with_canaries, make_build, make_round

pytestmark = pytest.mark.django_db

CELLS = {"G1": ("mfa", "defence", "justice"), "1.1": ("mfa",), "1.2": ("justice",)}
SURFACES = (
    "/",
    "/plan/",
    "/plan/G1/",
    "/plan/1.1/",
    "/plan/1.2/",
    "/reports/",
    "/reports/feed.atom",
    "/reports/2099/",
)
OF_A_REPORT = ("", "report.pdf", "data.json", "data.csv")


def everything_in(pdf):
    """Text, outline, metadata, attachments and every stream of a PDF, without line breaks and hyphens."""
    reader = PdfReader(io.BytesIO(pdf))
    parts = [page.extract_text() for page in reader.pages]
    parts += [str(reader.metadata), str(reader.outline), str(reader.attachments), str(reader.xmp_metadata)]
    for number in range(1, int(reader.trailer["/Size"])):
        thing = reader.get_object(number)
        parts.append(thing.get_data().decode("latin-1") if hasattr(thing, "get_data") else repr(thing))
    return squeezed(" ".join(parts))


def squeezed(text):
    return re.sub(r"[\s­\-‐]", "", text).lower()


def test_internal_words_are_in_no_public_byte_and_change_none():
    round = make_round(CELLS, accepted={"mfa", "justice"})
    justice = MinistryReport.objects.get(ministry__code="justice")
    MINISTRY_REPORT.perform(justice, "reopen", user=None, comment="Canaryreturn")
    Entry.objects.filter(action_point__code="1.1").update(do_no_harm=True)
    before = make_build(round)

    canaries = [*fill_with_canaries(round), "canaryreturn"]
    hidden = {
        "canarydraft": Entry.objects.filter(report__ministry__code="defence"),
        "canaryreturned": Entry.objects.filter(report=justice),
        "canarydanger": Entry.objects.filter(action_point__code="1.1"),
    }
    for word, entries in hidden.items():
        texts = {field: f"{word}{field}".replace("_", "") for field, text in COMPLETE.items() if " " in text}
        entries.update(**texts, partners=f"{word}partners")
        canaries.append(word)
    for entry in Entry.objects.all():
        EntryRevision.objects.create(entry=entry, version=99, content={"results": "Canaryrevision"})
    canaries.append("canaryrevision")

    editor, publisher = (
        person(Role.MFA_EDITOR, name="Canaryeditor"),
        person(Role.MFA_PUBLISHER, name="Canarypublisher"),
    )
    canaries += ["canaryeditor", "canarypublisher", editor.email.lower(), publisher.email.lower()]
    build = make_build(round, user=editor)
    assert build.snapshot == before.snapshot
    assert build.files == before.files

    publish(build, user=publisher)
    client = Client()
    figures = [name for name in build.files if name.startswith("figures/")]
    editions = [f"/reports/{round.year}/", f"/reports/{round.year}/editions/1/"]
    addresses = [*SURFACES, *(edition + name for edition in editions for name in (*OF_A_REPORT, *figures))]
    for address in addresses:
        response = client.get(address)
        assert response.status_code == (404 if "2099" in address else 200), address
        is_pdf = response["Content-Type"] == "application/pdf"
        text = everything_in(response.content) if is_pdf else squeezed(response.content.decode())
        text += squeezed(str(response.headers))
        assert [word for word in canaries if squeezed(word) in text] == [], address
        if address.endswith(("/2025/", "report.pdf", "data.json")):
            assert squeezed("Synthesis of G1.") in text, address
