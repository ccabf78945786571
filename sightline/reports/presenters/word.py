"""A frozen report as a Word document, laid out by the organisation's own template or by the one to begin from."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache

from docx import Document
from docx.shared import Pt

from sightline.intake.word_fields import Values, drop_picture, fill
from sightline.intake.word_template import filled
from sightline.reports.layouts import ABOUT, BLOCKS, CHANGED, NOTES, SECTIONS, SHORT_FORMS, TITLE
from sightline.reports.presenters.page import ReportShown

_HEADINGS = {2: "heading", 3: "heading3", 4: "heading4"}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word_of(page: ReportShown, template: bytes = b"") -> bytes:
    """This function will write a report as a Word document; its words are text there, never fields or commands.

    A template that an organisation brought is filled in a process of its own; raises NotFilled where that fails.
    """
    return filled(template, _values(page)) if template else fill(starter(), _values(page))


@cache
def starter() -> bytes:
    """This function will write the template to begin from, with every field in its place, as Word opens and edits it."""
    document = Document()
    facts = document.core_properties
    facts.title, facts.author, facts.language, facts.comments = "Report", "", "en-GB", ""
    document.styles["Normal"].font.size = Pt(11)
    document.sections[0].header.paragraphs[0].text = "{{ mark }}"
    document.add_heading("{{ title }}", level=1)
    document.add_paragraph("{{ name }}")
    for name in BLOCKS:
        document.add_paragraph(f"{{{{ {name} }}}}")
    drop_picture(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _values(page: ReportShown) -> Values:
    about = dict(page.about)
    inline = {
        TITLE: page.title,
        "name": page.name,
        "mark": page.mark,
        "group": page.group,
        "to": about.get("To", ""),
        "period": about.get("Period", ""),
        "frozen": about.get("Frozen", ""),
        "hash": page.sha256,
    }
    blocks = {
        ABOUT: [("fact", value, f"{label}:") for label, value in page.about],
        CHANGED: [("heading", "What is otherwise than before", ""), *_texts(page.changed)] if page.changed else [],
        SECTIONS: list(_sections(page)),
        NOTES: [("text", one, "") for one in page.notes],
        SHORT_FORMS: _short_forms(page),
    }
    return Values(inline, blocks, page.title)


def _sections(page: ReportShown) -> Iterator[tuple[str, str, str]]:
    for section in page.sections:
        if section.opens:
            yield "heading", section.opens, ""
        yield _HEADINGS[section.level], section.heading, ""
        for words in section.paragraphs:
            yield "text", words, ""
        for pile in section.piles:
            if pile.over:
                yield _HEADINGS[section.level + 1], pile.over, ""
            for one in pile.lines:
                yield "bullet", one.says, ""


def _short_forms(page: ReportShown) -> list[tuple[str, str, str]]:
    if not page.short_forms:
        return []
    lines = [("bullet", words, f"{short}:") for short, words in page.short_forms]
    return [("heading", "Short forms", ""), *lines]


def _texts(words: str) -> list[tuple[str, str, str]]:
    return [("text", one, "") for one in words.splitlines() if one.strip()]
