"""Papers for tests: files as people bring them, and papers as the secretary puts them to an item."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.utils import timezone
from pypdf import PdfWriter

from sightline.core.access import Actor
from sightline.intake.attachments import inspect
from sightline.meetings import operations
from sightline.meetings.filing import filed
from sightline.meetings.giving import PaperFile, PaperSays
from sightline.meetings.models import AgendaItem, Paper
from sightline.meetings.words import PaperFor

HEAVY = (
    "Notwithstanding the aforementioned considerations regarding organisational interdependencies, the multidisciplinary "
    "governance infrastructure necessitates comprehensive recalibration of accountability arrangements throughout the "
    "integrated transformation programme, with QRPT determinations and all of their ramifications notwithstanding."
)


def a_pdf(pages: int = 1) -> bytes:
    """This function will make a PDF of so many empty pages."""
    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()


def a_macro_file() -> bytes:
    """This function will make a Word file that says it is harmless and holds a program."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", "<w/>")
        made.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return out.getvalue()


def a_file(name: str = "falls.pdf", data: bytes = b"") -> PaperFile:
    """This function will look at a file and put it away, as the page does."""
    found = inspect(name, data or a_pdf())
    assert found.verdict, found.verdict.words
    return filed(found)


def a_paper(
    by: Actor, item: AgendaItem, title: str = "Falls at night", at: datetime | None = None, **more: Any
) -> Paper:
    """This function will put a paper to an item."""
    given = {"file": more.pop("file", None) or a_file(), "form_key": uuid4()}
    says = PaperSays(title, PaperFor.DISCUSSION, **more)
    return operations.add_paper(by=by, at=at or timezone.now(), item=item, says=says, **given)
