"""A frozen report as a Word document with true headings, lists and title, so that it can be read aloud and worked on."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

from docx import Document
from docx.shared import Pt

from sightline.reports.presenters.page import ReportShown

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML cannot hold
_MADE = datetime(2000, 1, 1, tzinfo=UTC)  # so that the same report is the same file


def word_of(page: ReportShown) -> bytes:
    """This function will write a report as a Word document; its words are text there, never fields or commands."""
    document = Document()
    facts = document.core_properties
    facts.title, facts.author, facts.language, facts.comments = _fit(page.title)[:255], "", "en-GB", ""
    facts.created = facts.modified = _MADE
    document.styles["Normal"].font.size = Pt(11)
    document.sections[0].header.paragraphs[0].text = _fit(page.mark)
    document.add_heading(_fit(page.title), level=1)
    document.add_paragraph(_fit(page.name))
    for label, value in page.about:
        line = document.add_paragraph()
        line.add_run(f"{_fit(label)}: ").bold = True
        line.add_run(_fit(value))
    if page.changed:
        document.add_heading("What is otherwise than before", level=2)
        document.add_paragraph(_fit(page.changed))
    for section in page.sections:
        document.add_heading(_fit(section.heading), level=2)
        for words in section.paragraphs:
            document.add_paragraph(_fit(words))
        for one in section.lines:
            document.add_paragraph(_fit(one.says), style="List Bullet")
    for note in page.notes:
        document.add_paragraph(_fit(note))
    if page.short_forms:
        document.add_heading("Short forms", level=2)
        for short, words in page.short_forms:
            document.add_paragraph(_fit(f"{short}: {words}"), style="List Bullet")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _fit(words: str) -> str:
    return _UNFIT.sub("", words)
