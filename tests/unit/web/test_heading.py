"""A line put onto every page: the same letters as though it had been set with them, and all else as it was."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter

from sightline.web import typesetting
from sightline.web.heading import _read, headed
from sightline.web.typesetting import NotSet, pdf_of

LINE = "For Zoë Łódź, 15 January 2026. For this meeting only."
TRAP = "5 0 R endobj stream (x) >> <</Type/Page/Contents 1 0 R>> trailer startxref 7 %%EOF /XObject<< /ID[(a)(b)]"
DRAWING = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><g opacity='0.5'><path d='M0 0H9V9Z'/></g></svg>"
)
PAGES = """
#let given = json(bytes(sys.inputs.data))
#set document(title: given.words)
#set text(font: "Source Sans Pro", lang: "en", region: "GB")
#set page(paper: "a4", margin: (x: 2.2cm, y: 2.2cm), HEADER footer: context counter(page).display())
#for one in range(3) [
  #heading(given.words)
  #image(bytes(DRAWING), format: "svg", alt: given.words)
  #pagebreak(weak: true)
]
""".replace("DRAWING", f'"{DRAWING}"')


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """This function will give a template of three pages, which leaves the line to be put."""
    made = tmp_path / "pages.typ"
    made.write_text(PAGES.replace("HEADER", ""), "utf-8")
    return made


def read(pdf: bytes) -> PdfReader:
    """This function will read a PDF, and refuse one that is not quite in order."""
    return PdfReader(io.BytesIO(pdf), strict=True)


def texts(pdf: bytes) -> list[str]:
    """This function will give the words of each page, in the order in which they are drawn."""
    return [" ".join(page.extract_text().split()) for page in read(pdf).pages]


@pytest.mark.parametrize("words", ["Falls at night", TRAP])
def test_every_page_reads_as_though_the_line_had_been_set_with_it(template: Path, words: str) -> None:
    twin = template.with_name("twin.typ")
    twin.write_text(PAGES.replace("HEADER", "header: text(size: 9pt, given.line),"), "utf-8")
    put = pdf_of(template, {"words": words}, LINE)
    assert texts(put) == texts(pdf_of(twin, {"words": words, "line": LINE}))
    assert len(texts(put)) == 3 and all(one.startswith(LINE) and words in one for one in texts(put))


def test_a_line_of_any_letters_is_drawn_as_it_is(template: Path) -> None:
    assert all(one.startswith(TRAP) for one in texts(pdf_of(template, {"words": "Falls"}, TRAP)))


def test_what_a_screen_reader_hears_stays_as_it_was_and_the_line_is_no_part_of_it(template: Path) -> None:
    plain, put = pdf_of(template, {"words": "Falls"}), pdf_of(template, {"words": "Falls"}, LINE)
    had, has = _read(plain)[0], _read(put)[0]
    pages = {page.indirect_reference.idnum for page in read(plain).pages if page.indirect_reference}
    resources = {page.raw_get("/Resources").idnum for page in read(plain).pages}
    assert {number for number, one in had.items() if has[number] != one} == pages | resources
    root: Any = read(put).trailer["/Root"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data() and root["/MarkInfo"]["/Marked"]
    for before, after in zip(read(plain).pages, read(put).pages, strict=True):
        line: Any = after["/Resources"]["/XObject"]["/Line"]
        drawn = line.get_data().split()
        assert drawn[0].startswith(b"/Artifact<<") and b"/Subtype/Header" in drawn[0] and drawn[-1] == b"EMC"
        assert line.get_data().count(b"BDC") == 1
        assert after.get_contents().get_data().split() == [b"/Line", b"Do", *before.get_contents().get_data().split()]
        assert set(before["/Resources"].get("/XObject", {})) | {"/Line"} == set(after["/Resources"]["/XObject"])


def test_no_version_without_the_line_lies_within_and_no_two_readers_have_the_same_file(template: Path) -> None:
    one, other = (pdf_of(template, {"words": "Falls"}, who) for who in ("For Ann", "For Bob"))
    assert one.count(b"%%EOF") == one.count(b"startxref") == 1
    first, second = read(one).trailer["/ID"], read(other).trailer["/ID"]
    assert first[0] == second[0] and first[1] != second[1]


def test_what_differs_by_the_line_alone_is_set_once(template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typesetting._set.cache_clear()
    for who in ("Ann", "Bob", "Carl"):
        pdf_of(template, {"words": "Falls"}, who)
    assert typesetting._set.cache_info().misses == 1 + 3  # the pages, and three lines
    pdf_of(template, {"words": "Something else"}, "Ann")
    assert typesetting._set.cache_info().misses == 1 + 3 + 1


def test_letters_that_the_font_lacks_cost_no_line(template: Path) -> None:
    assert all(one.startswith("For ?? Ann") for one in texts(pdf_of(template, {"words": "Falls"}, "For 日本 Ann")))


def test_a_pdf_that_is_laid_out_otherwise_is_refused(template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = pdf_of(typesetting.HEADING, {"says": LINE})
    out = io.BytesIO()
    writer = PdfWriter(clone_from=io.BytesIO(pdf_of(template, {"words": "Falls"})))
    writer.write(out)
    for odd in (out.getvalue(), b"", b"%PDF-1.7\nstartxref\n0\n%%EOF"):
        with pytest.raises(ValueError):
            headed(odd, line)
    monkeypatch.setattr(typesetting, "headed", lambda *_: headed(b"", line))
    with pytest.raises(NotSet):
        pdf_of(template, {"words": "Falls"}, LINE)
