"""A Word template: every fault is named with its mend, and what is filled in is text, whatever it looks like."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sightline.intake import word_template
from sightline.intake.word_fields import Known, Values, faults_of, fill
from sightline.intake.word_template import NotFilled, filled, look_at_template

KNOWN = Known(inline=("title", "group"), blocks=("body", "notes"), required=("title", "body"), title="title")
EVIL = "=cmd|' /C calc'!A0 {{ body }} <w:p/> {% x %}"


def a_document(change: Callable[[Any], object] = lambda document: None) -> bytes:
    """This function will make a template that can be taken, but for what is changed in it."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "{{ group }}"
    document.add_heading("{{ title }}", level=1)
    document.add_paragraph("{{ body }}")
    document.add_paragraph("{{notes}}")
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def values(**more: Any) -> Values:
    """This function will give what goes into the fields of such a template."""
    inline = {"title": "News", "group": "Lantern group", **more}
    body = [("heading", "Concerns", ""), ("text", EVIL, ""), ("bullet", "Falls\x0b rise", ""), ("fact", "Us", "From:")]
    return Values(inline, {"body": body, "notes": []}, inline["title"])


def lines(data: bytes) -> list[tuple[str, str]]:
    """This function will give each line of a document with its style."""
    return [(one.style.name, one.text) for one in Document(io.BytesIO(data)).paragraphs]


def _in_pieces(document: Any) -> None:
    line = document.add_paragraph("Of {{ gr")
    line.add_run("oup").bold = True
    line.add_run(" }} and {{group}}.")


def _text_box(document: Any, words: str) -> None:
    box, inner, run, text = (OxmlElement(one) for one in ("w:txbxContent", "w:p", "w:r", "w:t"))
    text.text = words
    run.append(text)
    inner.append(run)
    box.append(inner)
    document.add_paragraph("Beside it").runs[0]._r.append(box)


def _tracked(document: Any) -> None:
    line = document.add_paragraph("")
    added = OxmlElement("w:ins")
    added.append(OxmlElement("w:r"))
    line._p.append(added)


def _word_field(document: Any) -> None:
    told = OxmlElement("w:instrText")
    told.text = 'HYPERLINK "https://example.org/{{ title }}"'
    document.add_paragraph("x").runs[0]._r.append(told)


def _in_a_command(document: Any) -> None:
    run = document.add_paragraph("").add_run("{{ title }}")._r
    begin, ends = OxmlElement("w:fldChar"), OxmlElement("w:fldChar")
    begin.set(qn("w:fldCharType"), "begin")
    ends.set(qn("w:fldCharType"), "end")
    run.addprevious(begin)
    run.addnext(ends)


def _without_style(name: str) -> Callable[[Any], object]:
    def change(document: Any) -> None:
        style = document.styles[name].element
        style.getparent().remove(style)

    return change


def _set(place: int, words: str) -> Callable[[Any], object]:
    return lambda document: setattr(document.paragraphs[place], "text", words)


def test_a_template_with_its_fields_has_no_fault_wherever_word_breaks_them() -> None:
    assert faults_of(a_document(), KNOWN) == []
    assert faults_of(a_document(_in_pieces), KNOWN) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_set(1, ""), "The field {{ body }} is missing. Type it where it belongs"),
        (_set(0, ""), "The field {{ title }} is missing"),
        (lambda one: one.add_paragraph("{{ gruop }}"), "“gruop” is no field that is known here. Perhaps {{ group }}"),
        (lambda one: one.add_paragraph("{{ 7*7 }}"), "“7*7” is no field that is known here. Take it out"),
        (lambda one: one.add_paragraph("{{ ''.__class__ }}"), "is no field that is known here"),
        (lambda one: one.add_paragraph("{% for x in y %}"), "conditions and loops are not known here"),
        (lambda one: one.add_paragraph("{{ group }"), "is no whole field. Write a field as {{ title }}"),
        (_set(1, "Here: {{ body }}"), "{{ body }} becomes lines of its own. Give it a line in which nothing else"),
        (lambda one: one.add_paragraph("{{ body }}"), "The field {{ body }} stands there more than once. Keep one."),
        (lambda one: _text_box(one, "{{ notes }}"), "{{ notes }} stands in a header, a footer or a text box"),
        (lambda one: one.sections[0].footer.add_paragraph("{{ notes }}"), "{{ notes }} stands in a header"),
        (lambda one: setattr(one.paragraphs[0], "style", one.styles["Normal"]), "the style Title or Heading 1"),
        (_without_style("List Bullet"), "The style “List Bullet” is missing"),
        (_without_style("Heading 2"), "The style “Heading 2” is missing"),
        (_tracked, "It holds tracked changes or comments"),
        (_in_a_command, "“{{ title }}” stands in a link, a picture’s description or a Word field"),
        (_word_field, "stands in a link, a picture’s description or a Word field"),
    ],
)
def test_a_fault_is_named_with_its_mend(change: Callable[[Any], object], says: str) -> None:
    found = faults_of(a_document(change), KNOWN)
    assert any(says in one for one in found), found


def test_every_fault_is_named_at_once() -> None:
    def change(document: Any) -> None:
        _set(1, "")(document)
        document.add_paragraph("{{ nobody }}")

    assert len(faults_of(a_document(change), KNOWN)) == 2


def test_what_is_filled_in_is_text_in_the_style_of_its_place() -> None:
    made = fill(a_document(_in_pieces), values(title=EVIL))
    assert lines(made) == [
        ("Heading 1", EVIL),
        ("Heading 2", "Concerns"),
        ("Normal", EVIL),
        ("List Bullet", "Falls rise"),
        ("Normal", "From: Us"),
        ("Normal", "Of Lantern group and Lantern group."),
    ]
    document = Document(io.BytesIO(made))
    assert document.sections[0].header.paragraphs[0].text == "Lantern group"
    assert document.core_properties.title == EVIL and document.core_properties.author == ""
    assert not list(document.element.iter(qn("w:fldSimple"), qn("w:instrText")))


def test_a_lower_heading_has_its_style_or_where_there_is_none_counts_as_one_all_the_same() -> None:
    laid = Values({"title": "News", "group": ""}, {"body": [("heading3", "Levels", ""), ("bullet", "One", "")]}, "News")
    assert ("Heading 3", "Levels") in lines(fill(a_document(), laid))
    (line,) = [
        one for one in Document(io.BytesIO(fill(a_document(_without_style("Heading 3")), laid))).paragraphs
        if one.text == "Levels"
    ]  # fmt: skip
    assert line.runs[0].bold and line.paragraph_format.keep_with_next
    assert [one.get(qn("w:val")) for one in line._p.iter(qn("w:outlineLvl"))] == ["2"]


def test_the_small_picture_of_a_first_page_does_not_travel() -> None:
    assert any("thumbnail" in one for one in zipfile.ZipFile(io.BytesIO(a_document())).namelist())
    made = zipfile.ZipFile(io.BytesIO(fill(a_document(), values())))
    assert not any("thumbnail" in one for one in made.namelist())


def test_the_shape_of_a_field_is_that_of_what_stands_in_it() -> None:
    def change(document: Any) -> None:
        document.paragraphs[1].runs[0].italic = True
        document.paragraphs[1].paragraph_format.keep_with_next = True

    body = [one for one in Document(io.BytesIO(fill(a_document(change), values()))).paragraphs if one.text == EVIL]
    assert [(one.runs[0].italic, one.paragraph_format.keep_with_next) for one in body] == [(True, True)]


def test_a_box_that_word_would_write_over_is_unbound_and_filled() -> None:
    def change(document: Any) -> None:
        box, properties, bound, content = (
            OxmlElement(one) for one in ("w:sdt", "w:sdtPr", "w:dataBinding", "w:sdtContent")
        )
        properties.append(bound)
        box.extend([properties, content])
        line = document.paragraphs[0]._p
        line.addprevious(box)
        content.append(line)

    document = Document(io.BytesIO(fill(a_document(change), values())))
    assert "News" in "".join(one.text or "" for one in document.element.iter(qn("w:t")))
    assert not list(document.element.iter(qn("w:dataBinding")))


def test_a_block_with_nothing_leaves_a_cell_and_the_end_of_a_section_whole() -> None:
    def change(document: Any) -> None:
        document.paragraphs[2].text = ""
        document.add_table(1, 1).cell(0, 0).paragraphs[0].text = "{{ notes }}"

    document = Document(io.BytesIO(fill(a_document(change), values())))
    assert [one.text for one in document.tables[0].cell(0, 0).paragraphs] == [""]

    def ends(document: Any) -> None:
        document.add_section()
        document.paragraphs[2]._p.get_or_add_pPr().append(OxmlElement("w:sectPr"))

    before = len(Document(io.BytesIO(a_document(ends))).sections)
    assert len(Document(io.BytesIO(fill(a_document(ends), values()))).sections) == before


def _with_part(name: str, content: bytes) -> bytes:
    out = io.BytesIO(a_document())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("letter.doc", b"\xd0\xcf\x11\xe0", "is not a Word document (.docx)"),
        ("letter.docm", b"PK\x03\x04", "is not a Word document (.docx)"),
        ("letter.docx", b"A plain word", "cannot be attached"),
        ("letter.docx", _with_part("word/vbaProject.bin", b"x"), "It holds macros"),
        ("letter.docx", _with_part("word/embeddings/oleObject1.bin", b"x"), "It holds another file"),
    ],
)
def test_what_is_no_plain_word_document_is_refused(name: str, data: bytes, says: str) -> None:
    found = look_at_template(name, data, KNOWN)
    assert found.data == b"" and says in " ".join(found.faults)


def test_a_template_is_looked_at_and_filled_in_a_process_of_its_own() -> None:
    found = look_at_template("letter.docx", a_document(), KNOWN)
    assert found.faults == () and found.name == "letter.docx"
    assert lines(filled(found.data, values())) == lines(fill(found.data, values()))


def test_what_cannot_be_filled_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotFilled, match="damaged"):
        filled(b"PK no document", values())
    monkeypatch.setattr(word_template, "CHILD", ("-c", "import time; time.sleep(60)"))
    monkeypatch.setattr(word_template, "SECONDS", 0.05)
    with pytest.raises(NotFilled, match="more than"):
        filled(a_document(), values())
