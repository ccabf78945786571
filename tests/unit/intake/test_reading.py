"""read(): a corpus of files as strangers send them; each is read whole, or refused with words and a mend."""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.intake import refusal
from sightline.intake.reading import Unreadable, read

GOOD = "code,name\r\nX01,Étoile\r\n"
ROWS = (("code", "name"), ("X01", "Étoile"))


@dataclass(frozen=True)
class Bad:
    """A file that must be refused, the words that say why, and the line if there is one."""

    name: str
    data: bytes
    words: str
    line: int | None = None


PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
BAD = [
    Bad("empty.csv", b"", "empty"),
    Bad("blank.csv", b" \r\n\r\n", "empty"),
    Bad("only-commas.csv", b",,\r\n,,\r\n", "empty"),
    Bad("bom-alone.csv", codecs.BOM_UTF8, "empty"),
    Bad("picture.csv", PNG, "PNG picture"),
    Bad("photo.csv", b"\xff\xd8\xff\xe0" + b"\x00" * 64, "JPEG picture"),
    Bad("moving.csv", b"GIF89a" + b"\x00" * 64, "GIF picture"),
    Bad("paper.csv", b"%PDF-1.7\n...", "PDF document"),
    Bad("letter.csv", b"{\\rtf1 hello}", "rich text"),
    Bad("squeezed.csv", b"\x1f\x8b\x08" + b"\x00" * 64, "gzip"),
    Bad("part.csv", b"PAR1" + b"\x00" * 64, "Parquet"),
    Bad("book-as.csv", b"PK\x03\x04" + b"\x00" * 64, "workbook or a zip"),
    Bad("sign-in.csv", b"<!DOCTYPE html><html>", "web page"),
    Bad("sign-in-with-mark.csv", codecs.BOM_UTF8 + b"\r\n<html>", "web page"),
    Bad("error.csv", b"<?xml version='1.0'?><Error/>", "web page"),
    Bad("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64, "old Excel format"),
    Bad("secret.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64, "password"),
    Bad("macros.xlsm", b"PK\x03\x04" + b"\x00" * 64, "macros"),
    Bad("text-as.xlsx", b"code,name\nX01,A\n", "no workbook"),
    Bad("program.exe", b"MZ" + b"\x00" * 64, "cannot be read"),
    Bad("noending", b"code,name\n", "cannot be read"),
    Bad("nul.csv", b"code,name\nX01,A\nX02,B\x00B\n", "NUL", 3),
    Bad("utf-32.csv", "code,name\n".encode("utf-32"), "UTF-32"),
    Bad("half-utf-16.csv", codecs.BOM_UTF16_LE + "code".encode("utf-16-le") + b"\x00", "UTF-16-LE", 1),
    Bad("no-encoding.csv", b"code,name\nX01,\x81\x8d\n", "neither UTF-8 nor Windows-1252", 2),
    Bad("open-quote.csv", b'code,name\nX01,"A\nX02,B\n', "quotation marks", 2),
    Bad("stray-quote.csv", b'code,name\nX01,"A"B\n', "quotation marks", 2),
    Bad("huge-cell.csv", b"code,name\nX01," + b"a" * 140_000 + b"\n", "131,072", 2),
    Bad("wide.csv", b"code\n" + b"," * 3_000 + b"\n", "3,001 cells", 2),
    Bad("broken.json", b'{"a": 1,\n}', "not JSON", 2),
    Bad("nan.json", b'{"a": NaN}', "NaN"),
    Bad("infinite.json", b'{"a": -Infinity}', "Infinity"),
    Bad("huge-number.json", b'{"a": 1e400}', "too large"),
    Bad("long-number.json", b'{"a": ' + b"9" * 5_000 + b"}", "thousands of digits"),
    Bad("twice.json", b'{"a": 1, "a": 2}', "stands twice"),
    Bad("deep.json", b"[" * 200_000, "nested too deeply"),
    Bad("tiny-cells.csv", b"a,b\n" + (b"," * 1_500 + b"\n") * 2_700, "4,000,000 cells"),
    Bad("tiny-lists.json", b"[" + b"[]," * 1_600_000 + b"[]]", "more values"),
    Bad("nul.geojson", b'{"a": "\x00"}', "NUL", 1),
]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_a_bad_file_is_refused_with_words_a_line_and_a_mend(bad: Bad) -> None:
    with pytest.raises(Unreadable) as refused:
        read(bad.name, bad.data)
    [fault] = refused.value.faults
    assert bad.words in fault.says
    assert fault.line == bad.line
    assert fault.mend.endswith(".")
    assert len(fault.mend) > 10


@pytest.mark.parametrize(
    ("data", "warned"),
    [
        (GOOD.encode(), ""),
        (codecs.BOM_UTF8 + GOOD.encode(), ""),
        (codecs.BOM_UTF16_LE + GOOD.encode("utf-16-le"), ""),
        (codecs.BOM_UTF16_BE + GOOD.encode("utf-16-be"), ""),
        (GOOD.encode("utf-16-le"), "UTF-16-LE"),
        (GOOD.encode("utf-16-be"), "UTF-16-BE"),
        (GOOD.encode("cp1252"), "Windows-1252"),
        (GOOD.replace("\r\n", "\n").encode(), ""),
        (GOOD.replace("\r\n", "\r").encode(), ""),
        (GOOD.replace(",", ";").encode(), "semicolons"),
        (GOOD.replace(",", "\t").encode(), "tabs"),
        (GOOD.encode() + b"\r\n\r\n", ""),
    ],
)
def test_the_same_table_comes_out_of_every_encoding_and_line_ending(data: bytes, warned: str) -> None:
    file = read("list.csv", data)
    assert file.tables[0].rows == ROWS
    assert file.tables[0].lines == (1, 2)
    assert any(warned in one for one in file.warnings) if warned else not file.warnings


def test_rows_keep_the_line_on_which_they_begin_under_mixed_newlines_and_cells_of_many_lines() -> None:
    table = read("list.csv", b'a,b\n1,"two\r\nlines"\r\n3,4\r5,6\n').tables[0]
    assert table.lines == (1, 2, 4, 5)
    assert table.rows[1] == ("1", "two\r\nlines")


def test_the_bytes_are_known_by_their_hash() -> None:
    data = GOOD.encode()
    file = read("list.csv", data)
    assert (file.sha256, file.size) == (hashlib.sha256(data).hexdigest(), len(data))


def test_json_and_geojson_come_out_as_a_document() -> None:
    assert read("a.geo.json", codecs.BOM_UTF8 + b'{"type": "FeatureCollection"}').json == {"type": "FeatureCollection"}
    assert read("a.geojson", b'{"type": "FeatureCollection"}').tables == ()


def test_a_file_beyond_the_limit_is_refused_by_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sightline.intake.reading.MAX_BYTES", 1024)
    with pytest.raises(Unreadable, match="are allowed"):
        read("list.csv", b"a" * 1025)


def test_rows_beyond_the_limit_are_refused_and_the_limit_itself_is_not() -> None:
    rows = b"a,b\n" + b"1,2\n" * refusal.MAX_ROWS
    assert len(read("list.csv", rows).tables[0].rows) == refusal.MAX_ROWS + 1
    with pytest.raises(Unreadable, match="200,000 rows"):
        read("list.csv", rows + b"1,2\n")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_and_never_anything_else(data: bytes) -> None:
    for name in ("a.csv", "a.json"):
        try:
            read(name, data)
        except Unreadable as refused:
            assert refused.faults
