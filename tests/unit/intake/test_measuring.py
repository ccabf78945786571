"""How many pages a document has and what its words are; a broken one is passed over and keeps nobody waiting."""

from __future__ import annotations

import io
import zipfile

import pytest

from sightline.intake import measuring
from sightline.intake.measuring import Measured, measure
from tests.factories.papers import a_pdf


def a_docx(pages: str, words: str) -> bytes:
    """This function will make as much of a Word file as is measured."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("docProps/app.xml", f'<Properties xmlns="urn:p"><Pages>{pages}</Pages></Properties>')
        body = f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"
        made.writestr("word/document.xml", f'<w:document xmlns:w="urn:w"><w:body>{body * 2}</w:body></w:document>')
    return out.getvalue()


def test_a_pdf_has_the_pages_that_it_has() -> None:
    assert measure(".pdf", a_pdf(7)).pages == 7


def test_a_word_file_says_its_pages_and_gives_its_words_by_paragraph() -> None:
    assert measure(".docx", a_docx("12", "Two words")) == Measured(12, "Two words\n\nTwo words")


@pytest.mark.parametrize("pages", ["", "-3", "many", "99999999"])
def test_a_number_of_pages_that_cannot_be_is_none(pages: str) -> None:
    assert measure(".docx", a_docx(pages, "Words")).pages is None


def test_entities_are_not_resolved() -> None:
    assert measure(".docx", a_docx("1", "x").replace(b"<w:document", b"<!DOCTYPE x><w:document")) == Measured()


@pytest.mark.parametrize("ending", [".pdf", ".docx", ".odt"])
def test_what_is_broken_is_passed_over(ending: str) -> None:
    assert measure(ending, b"%PDF-1.7 broken") == Measured()


def test_a_picture_is_a_page_and_a_table_has_none() -> None:
    assert measure(".png", b"x") == Measured(1)
    assert measure(".xlsx", b"x") == Measured()


def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "SECONDS", 0.001)
    assert measure(".pdf", a_pdf()) == Measured()
