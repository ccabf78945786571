"""A frozen report as a Word document, laid out by the organisation's own template or by the one to begin from."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from sightline.intake.word_fields import Values, drop_picture, fill
from sightline.intake.word_template import filled
from sightline.reports.layouts import ABOUT, BLOCKS, CHANGED, NOTES, SECTIONS, SHORT_FORMS, TITLE
from sightline.reports.presenters.page import CHANGED as WHAT_CHANGED
from sightline.reports.presenters.page import ReportShown

_HEADINGS = {2: "heading", 3: "heading3", 4: "heading4"}
_LETTERS = "Arial"  # which every office program has, or draws with one of the same widths
_INK = RGBColor(0x21, 0x2B, 0x32)
# Of each style its size and the room above and beneath it, in points.
_SIZES = (
    ("Normal", 11, 0, 6), ("Heading 1", 18, 0, 4), ("Heading 2", 14, 14, 4), ("Heading 3", 12, 10, 3),
    ("Heading 4", 11, 8, 3), ("List Bullet", 11, 0, 4), ("Header", 9, 0, 0), ("Footer", 9, 0, 0),
)  # fmt: skip
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
    for name, size, above, below in _SIZES:
        style = document.styles[name]
        _plain(style)
        style.font.size, style.font.italic = Pt(size), False
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
    sheet = document.sections[0]
    sheet.page_width, sheet.page_height = Mm(210), Mm(297)
    sheet.left_margin = sheet.right_margin = sheet.bottom_margin = Mm(20)
    sheet.top_margin = Mm(28)  # beneath a mark of two lines
    sheet.header.paragraphs[0].text = "{{ mark }}"
    _number_pages(sheet.footer.paragraphs[0])
    document.add_heading("{{ title }}", level=1)
    document.add_paragraph("{{ name }}")
    for name in BLOCKS:
        block = document.add_paragraph(f"{{{{ {name} }}}}")
        if name == ABOUT:
            block.paragraph_format.space_after = Pt(2)  # the lines at the head stand together
    drop_picture(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _plain(style: ParagraphStyle) -> None:
    """One letter and one ink for all of it, in place of those of a theme."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), _LETTERS)
    style.font.color.rgb = _INK


def _number_pages(foot: Paragraph) -> None:
    """“Page 1 of 2”, counted by whichever program opens it."""
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for words, counted in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        foot.add_run(words)
        field, run, text = OxmlElement("w:fldSimple"), OxmlElement("w:r"), OxmlElement("w:t")
        field.set(qn("w:instr"), counted)
        text.text = "1"
        run.append(text)
        field.append(run)
        foot._p.append(field)


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
        CHANGED: [("heading", WHAT_CHANGED, ""), *_texts(page.changed)] if page.changed else [],
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
