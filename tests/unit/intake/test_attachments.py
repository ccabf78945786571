"""What a person attaches: plain paper is taken, pictures are drawn anew, and everything that acts is refused in words."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from sightline.intake import attachment_child, attachment_office, attachment_pdf, attachments
from sightline.intake.attachment_names import LONGEST, ending_of, safe_name
from sightline.intake.attachment_nature import check_nature, check_text
from sightline.intake.attachment_words import Unfit
from sightline.intake.attachments import MEDIA_TYPES, inspect

# --- Good files, as the programs of an office make them ---------------------------------------------------------------
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
ODF = "application/vnd.oasis.opendocument."
Parts = dict[str, bytes]


def zipped(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def types(main: str = WORD, *more: str) -> bytes:
    overrides = "".join(f'<Override PartName="/x{n}" ContentType="{kind}"/>' for n, kind in enumerate((main, *more)))
    return f'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{overrides}</Types>'.encode()


def relations(*entries: tuple[str, str, bool]) -> bytes:
    written = "".join(
        f'<Relationship Id="r{n}" Type="{RELATION}/{kind}" Target="{target}" TargetMode="{where(outside)}"/>'
        for n, (kind, target, outside) in enumerate(entries)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{written}</Relationships>'.encode()


def where(outside: bool) -> str:
    return "External" if outside else "Internal"


def docx_parts(body: str = "<w:p><w:r><w:t>Please call (01632) 960001</w:t></w:r></w:p>") -> Parts:
    return {
        "[Content_Types].xml": types(),
        "_rels/.rels": relations(("officeDocument", "word/document.xml", False)),
        "word/document.xml": f'<?xml version="1.0"?><w:document xmlns:w="x"><w:body>{body}</w:body></w:document>'.encode(),
        "word/_rels/document.xml.rels": relations(("hyperlink", "https://example.org/", True)),
        "word/media/image1.png": png(),
    }


def docx(more: Parts | None = None, body: str = "") -> bytes:
    return zipped((docx_parts(body) if body else docx_parts()) | (more or {}))


def xlsx(more: Parts | None = None, edit: Callable[[str, bytes], bytes] | None = None, hide: bool = False) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["call (now)", 12])
        sheet.write_formula(1, 0, "=SUM(B1:B1)", value=12)
        sheet.write_url(2, 0, "https://example.org/")
        if hide:
            book.add_worksheet().hide()
    with zipfile.ZipFile(io.BytesIO(out.getvalue())) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    return zipped({name: edit(name, part) if edit else part for name, part in parts.items()} | (more or {}))


def opendocument(kind: str = "text", more: Parts | None = None, content: str = "<text:p>Hello</text:p>") -> bytes:
    return zipped(
        {
            "mimetype": f"{ODF}{kind}".encode(),
            "content.xml": f'<?xml version="1.0"?><office:document-content>{content}</office:document-content>'.encode(),
            "styles.xml": b"<office:document-styles/>",
            "META-INF/manifest.xml": b"<manifest:manifest/>",
            "Thumbnails/thumbnail.png": png(),
        }
        | (more or {})
    )


def pptx(more: Parts | None = None, action: str = "ppaction://hlinksldjump") -> bytes:
    return zipped(
        {
            "[Content_Types].xml": types(SLIDES),
            "_rels/.rels": relations(("officeDocument", "ppt/presentation.xml", False)),
            "ppt/presentation.xml": b'<?xml version="1.0"?><p:presentation xmlns:p="x"/>',
            "ppt/slides/slide1.xml": f'<p:sld xmlns:p="x"><a:hlinkClick action="{action}"/></p:sld>'.encode(),
            "ppt/slides/_rels/slide1.xml.rels": relations(("hyperlink", "https://example.org/", True)),
            "ppt/media/image1.png": png(),
        }
        | (more or {})
    )


def slide_related(kind: str, target: str = "https://example.org/x", outside: bool = True) -> Callable[[], bytes]:
    return lambda: pptx({"ppt/slides/_rels/slide1.xml.rels": relations((kind, target, outside))})


def png(size: tuple[int, int] = (3, 2), **info: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (10, 200, 30)).save(out, "PNG", **info)
    return out.getvalue()


def jpeg(size: tuple[int, int] = (16, 8), exif: Image.Exif | None = None, comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (10, 200, 30)).save(out, "JPEG", exif=exif or b"", comment=comment)
    return out.getvalue()


def pdf(edit: Callable[[PdfWriter], object] | None = None) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if edit:
        edit(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_of(*objects: bytes, root: bytes = b"") -> bytes:
    """A PDF written by hand: object 1 is the catalogue, 2 the pages, 3 a page, and 4 onwards those given."""
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R " + root + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        *objects,
    ]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(bodies) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        size,
        len(out),
    )


def pdf_with_stream_of_objects(inner: bytes) -> bytes:
    """A PDF whose catalogue stands compressed in a stream of objects, as most writers do now."""
    packed = zlib.compress(b"4 0 " + b"<< /Type /Catalog /Pages 2 0 R /OpenAction " + inner + b" >>")
    objects = {
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        5: b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
        % (len(packed), packed),
    }
    out, places = b"%PDF-1.7\n", {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = [
        (0, 0, 255),
        (0, 0, 0),
        (1, places[2], 0),
        (1, places[3], 0),
        (2, 5, 0),
        (1, places[5], 0),
        (1, len(out), 0),
    ]
    table = zlib.compress(b"".join(struct.pack(">BIB", *row) for row in rows))
    head = b"<< /Type /XRef /Size 7 /W [1 4 1] /Root 4 0 R /Filter /FlateDecode /Length %d >>" % len(table)
    return out + b"6 0 obj\n%s\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (head, table, len(out))


GOOD: dict[str, Callable[[], bytes]] = {
    "a.pdf": pdf,
    "a.docx": docx,
    "a.xlsx": xlsx,
    "a.pptx": pptx,
    "a.odt": opendocument,
    "a.ods": lambda: opendocument("spreadsheet"),
    "a.csv": lambda: b"name,value\nward,-5\n",
    "a.txt": lambda: "Zoë said “it’s fine”.\r\n".encode(),
    "a.png": png,
    "a.JPG": jpeg,
}


@pytest.mark.requirement("INT-01")
@pytest.mark.parametrize("name", GOOD)
def test_plain_paper_is_taken_with_its_kind(name: str) -> None:
    data = GOOD[name]()
    taken = inspect(f"C:\\my files\\{name}", data)
    assert taken.verdict, taken.verdict.words
    assert taken.safe_name == name
    assert taken.media_type == MEDIA_TYPES["." + name.lower().split(".")[1]]
    assert taken.remarks == ()
    if "image" in taken.media_type:
        with Image.open(io.BytesIO(taken.data)) as drawn, Image.open(io.BytesIO(data)) as given:
            assert drawn.size == given.size
    else:
        assert taken.data == data


# --- What is refused before anything is opened ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\x00\x00", "empty"),
        ("a.txt", b"x" * 1001, "are allowed"),
        ("a", b"words", "no ending"),
        ("a.exe", b"MZ\x90\x00", "Programs are never taken"),
        ("a.pdf.exe", b"words", "Programs are never taken"),
        ("annexe\u202efdp.exe", b"words", "Programs are never taken"),
        ("a.docm", b"words", "macros"),
        ("a.xlsm", b"words", "macros"),
        ("a.doc", b"words", "save it as .docx"),
        ("a.xls", b"words", "save it as .xlsx"),
        ("a.eml", b"words", "print the message"),
        ("a.zip", b"words", "Unpack it"),
        ("a.heic", b"words", "JPEG"),
        ("a.svg", b"<svg/>", "scripts"),
        ("a.html", b"<html>", "scripts"),
        ("a.pdf\u200b.js", b"words", "Programs are never taken"),
        ("a.pdf::$DATA", b"%PDF-1.7", "You can attach"),
        ("a.qqq", b"words", "named .qqq are not taken"),
        ("a.txt", b"MZ\x90\x00\x03", "a program"),
        ("a.pdf", b"\x7fELF\x02\x01", "a program"),
        ("a.jpg", b"\xcf\xfa\xed\xfe\x07", "a program"),
        ("a.docx", b"\xca\xfe\xba\xbe\x00", "a program"),
        ("a.txt", b"L\x00\x00\x00\x01\x14\x02\x00\x00", "a shortcut"),
        ("a.txt", b"#!/bin/sh\nrm -rf /\n", "a script"),
        ("a.csv", b"<?php system($_GET[1]); ?>", "a script"),
        ("a.txt", b"\xef\xbb\xbf \n<script>alert(1)</script>", "a script"),
        ("a.txt", b"@echo off\r\ndel *.*", "a script"),
        ("a.txt", b"\n <!DOCTYPE html><html>", "web page"),
        ("a.txt", b"<!-- hello -->\n<html>", "web page"),
        ("a.csv", b'<svg xmlns="http://www.w3.org/2000/svg">', "web page"),
        ("a.txt", "<html>".encode("utf-16"), "web page"),
        ("a.txt", b"%PDF-1.7 words", "a PDF document"),
        ("a.txt", b"{\\rtf1 words}", "a rich text document"),
        ("a.csv", b"a\x00b,1\n", "something else"),
        ("a.png", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "a JPEG picture"),
        ("a.jpg", b"GIF89a\x01\x00\x01\x00", ".gif"),
        ("a.pdf", b"plain words", "plain text"),
        ("a.pdf", b"words\n%PDF-1.7\n", "plain text"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "with a password"),
        ("a.xlsx", b"name,value\n", "plain text"),
        ("a.odt", b"Rar!\x1a\x07\x00", "a RAR archive"),
    ],
)  # fmt: skip
def test_what_is_no_plain_paper_is_refused_unopened(
    name: str, data: bytes, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "_in_child", lambda ending, data: pytest.fail("it was opened"))
    refusal = inspect(name, data, at_most=1000)
    assert not refusal.verdict
    assert words in refusal.verdict.words
    assert refusal.data == b""
    assert "\u202e" not in refusal.verdict.words


def test_a_zip_hung_on_a_picture_or_a_pdf_is_refused() -> None:
    for name, data in (("a.png", png()), ("a.jpg", jpeg()), ("a.pdf", pdf())):
        assert "zip archive is hidden" in inspect(name, data + zipped({"a.txt": b"words"})).verdict.words


def test_a_text_that_begins_like_a_program_is_still_a_text() -> None:
    assert inspect("a.txt", b"MZ is a sign on old files").verdict


@pytest.mark.parametrize(
    "text",
    [
        "“quoted” £5",
        "Zoë",
        "# heading",
        "From: me\nTo: you",
        "import os is a command",
        "<5 people",
        "- a\n+ b",
        "PowerShell was taught",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_text_is_taken_in_every_usual_encoding(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    check_nature(".txt", data)
    assert check_text(".txt", data) == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("a,b\n=1+1,2\n", 1),
        ('a,b\n"=HYPERLINK(""x"")",2\n', 1),
        ("a;b\n@SUM(A1);+cmd|x\n", 2),
        ("a\tb\n-2+3\t\u00a0=x\n", 2),
        ("a,b\n-5,+4.5\n", 0),
        ("a,b\n-,--\n", 0),
        ("a,b\n+44 7700 900123,-12%\n", 0),
        ("a,b\n1,x=y\n", 0),
    ],
)
def test_a_csv_with_formulas_is_taken_with_a_remark(text: str, number: int) -> None:
    remarks = check_text(".csv", text.encode())
    assert len(remarks) == bool(number)
    if number:
        assert "formula" in remarks[0]
        assert remarks[0].startswith("One" if number == 1 else str(number))
    assert check_text(".txt", text.encode()) == ()


# --- Office documents -------------------------------------------------------------------------------------------------
def with_field(field: str) -> bytes:
    return docx(body=f"<w:p><w:r>{field}</w:r></w:p>")


def told_small() -> bytes:
    """A part that states its first ten bytes and their check alone, and goes on unpacking."""
    content = b"<x/>" + b" " * 50_000
    big = docx({"word/big.xml": content})
    for true, told in ((len(content), 10), (zlib.crc32(content), zlib.crc32(content[:10]))):
        big = big.replace(true.to_bytes(4, "little"), told.to_bytes(4, "little"))
    return big


def locked() -> bytes:
    data = bytearray(docx())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(mark), bytes(data)):
            data[found.start() + at] |= 1
    return bytes(data)


def hidden_between() -> bytes:
    data = docx()
    second = data.index(b"PK\x03\x04", 4)
    shift = b"MZ" + b"hidden" * 20
    moved = bytearray(data[:second] + shift + data[second:])
    for entry in re.finditer(b"PK\x01\x02", bytes(moved)):
        place = int.from_bytes(moved[entry.start() + 42 : entry.start() + 46], "little")
        moved[entry.start() + 42 : entry.start() + 46] = (place + len(shift) * (place > 0)).to_bytes(4, "little")
    end = moved.rindex(b"PK\x05\x06")
    start = int.from_bytes(moved[end + 16 : end + 20], "little") + len(shift)
    moved[end + 16 : end + 20] = start.to_bytes(4, "little")
    return bytes(moved)


def in_sheet(old: bytes, new: bytes) -> Callable[[], bytes]:
    return lambda: xlsx(edit=lambda name, part: part.replace(old, new) if name.startswith("xl/worksheets/") else part)


def related(kind: str, target: str = "https://example.org/x", outside: bool = True) -> Callable[[], bytes]:
    return lambda: docx({"word/_rels/settings.xml.rels": relations((kind, target, outside))})


BAD_OFFICE: list[tuple[str, Callable[[], bytes], str]] = [
    (".docx", lambda: docx({"word/vbaProject.bin": b"x"}), "macros"),
    (".xlsx", lambda: xlsx({"xl/VBAPROJECT.BIN": b"x"}), "macros"),
    (".xlsx", lambda: xlsx({"xl/macrosheets/sheet1.xml": b"<x/>"}), "macros"),
    (".docx", lambda: docx({"[Content_Types].xml": types(WORD, "application/x.macroEnabled.main+xml")}), "macros"),
    (".docx", related("vbaProject", "evil.xml", False), "macros"),
    (".odt", lambda: opendocument(more={"Basic/Standard/Module1.xml": b"<x/>"}), "macros"),
    (".odt", lambda: opendocument(more={"Scripts/python/a.xml": b"<x/>"}), "macros"),
    (".odt", lambda: opendocument(content='<script:event-listener script:language="ooo:script"/>'), "fetches"),
    (".docx", lambda: docx({"word/activeX/activeX1.xml": b"<x/>"}), "controls"),
    (".docx", lambda: docx({"word/webextensions/taskpanes.xml": b"<x/>"}), "controls"),
    (".docx", lambda: docx({"word/embeddings/oleObject1.bin": b"x"}), "inside it"),
    (".docx", lambda: docx({"word/embeddings/book.xlsx": xlsx()}), "inside it"),
    (".docx", lambda: docx({"word/media/a.exe": b"MZ"}), "a.exe"),
    (".docx", lambda: docx({"word/media/image2.png": b"MZ\x90\x00"}), "image2.png"),
    (".docx", lambda: docx({"word/media/image2.png": zipped({"a": b"b"})}), "inside it"),
    (".odt", lambda: opendocument(more={"Object 1": b"\xd0\xcf\x11\xe0" + b"x"}), "inside it"),
    (".odt", lambda: opendocument(more={"a.zip": zipped({"a": b"b"})}), "a.zip"),
    (".docx", related("aFChunk", "part.xml", False), "inside it"),
    (".docx", related("oleObject"), "inside it"),
    (".docx", lambda: docx({"[Content_Types].xml": types(WORD, "text/html")}), "inside it"),
    (".docx", related("attachedTemplate"), "fetches"),
    (".docx", related("image", "\\\\example\\share\\x.png"), "fetches"),
    (".xlsx", lambda: xlsx({"xl/externalLinks/externalLink1.xml": b"<x/>"}), "fetches"),
    (".xlsx", lambda: xlsx({"xl/connections.xml": b"<x/>"}), "fetches"),
    (".xlsx", in_sheet(b"SUM(B1:B1)", b'_xlfn.WEBSERVICE("https://example.org")'), "fetches"),
    (".xlsx", in_sheet(b"SUM(B1:B1)", b"&#87;EBSERVICE(A1)"), "fetches"),
    (".docx", lambda: with_field("<w:instrText> DDEAUTO c:\\\\x </w:instrText>"), "fetches"),
    (".docx", lambda: with_field("<w:instrText> DDE</w:instrText></w:r><w:r><w:instrText>AUTO x </w:instrText>"), "fetches"),
    (".docx", lambda: with_field('<w:fldSimple w:instr=" INCLUDEPICTURE https://example.org/x.png "/>'), "fetches"),
    (".docx", lambda: with_field("<w:instrText>QUOTE 68 68 69</w:instrText>"), "fetches"),
    (".odt", lambda: opendocument(content='<draw:image xlink:href="https://example.org/x.png"/>'), "fetches"),
    (".odt", lambda: opendocument(content="<text:section-source xlink:href='file:///etc/passwd'/>"), "fetches"),
    (".ods", lambda: opendocument("spreadsheet", content='<table:table-cell table:formula="of:=WEBSERVICE(A1)"/>'), "fetches"),
    (".ods", lambda: opendocument("spreadsheet", content="<table:dde-link/>"), "fetches"),
    (".odt", lambda: opendocument(more={"META-INF/manifest.xml": b"<manifest:encryption-data/>"}), "password"),
    (".docx", locked, "password"),
    (".docx", lambda: docx({f"word/p{n}.xml": b"" for n in range(1_001)}), "1,000 parts"),
    (".docx", lambda: docx({"word/big.xml": b" " * 6_000_000}), "100 times"),
    (".docx", told_small, "larger than it says"),
    (".docx", lambda: docx({"../../evil.xml": b"<x/>"}), "another place"),
    (".docx", lambda: docx({"/etc/evil.xml": b"<x/>"}), "another place"),
    (".docx", lambda: docx({"word\\..\\evil.xml": b"<x/>"}), "another place"),
    (".docx", lambda: docx({"WORD/document.XML": b"<x/>"}), "same name"),
    (".docx", lambda: docx({"word/evil.xml": b'<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>'}), "unusual way"),
    (".docx", lambda: docx({"word/evil.xml": "<x/>".encode("utf-16")}), "unusual way"),
    (".docx", lambda: docx() + b"#!/bin/sh\nrm", "hangs on its end"),
    (".docx", lambda: b"PK\x03\x04 a script first\n" + docx(), "hidden between"),
    (".docx", hidden_between, "hidden between"),
    (".docx", lambda: xlsx(), "another kind of document"),
    (".pptx", lambda: docx(), "another kind of document"),
    (".pptx", lambda: pptx({"ppt/vbaProject.bin": b"x"}), "macros"),
    (".pptx", lambda: pptx({"[Content_Types].xml": types(SLIDES, "application/x.macroEnabled.main+xml")}), "macros"),
    (".pptx", lambda: pptx({"[Content_Types].xml": types(SLIDES.replace("ation.main", "ation.slides"))}), "another kind"),
    (".pptx", lambda: pptx({"ppt/embeddings/book.xlsx": xlsx()}), "inside it"),
    (".pptx", lambda: pptx({"ppt/media/film.mp4": b"x"}), "film.mp4"),
    (".pptx", lambda: pptx({"ppt/activeX/activeX1.xml": b"<x/>"}), "controls"),
    (".pptx", lambda: pptx(action="ppaction://program"), "act by themselves"),
    (".pptx", lambda: pptx(action="ppaction://&#109;acro?name=x"), "act by themselves"),
    (".pptx", slide_related("image"), "fetches"),
    (".pptx", slide_related("video"), "fetches"),
    (".pptx", slide_related("oleObject", "part.xml", False), "inside it"),
    (".xlsx", lambda: docx(), "another kind of document"),
    (".docx", lambda: zipped({"a.txt": b"words"}), "another kind of document"),
    (".odt", lambda: opendocument("spreadsheet"), "another kind of document"),
    (".docx", lambda: docx({"[Content_Types].xml": types(WORD.replace("document.main", "template.main"))}), "another kind"),
]  # fmt: skip


@pytest.mark.parametrize(("ending", "make", "words"), BAD_OFFICE)
def test_an_office_document_that_acts_or_hides_is_refused(ending: str, make: Callable[[], bytes], words: str) -> None:
    with pytest.raises(Unfit) as refusal:
        attachment_office.look_at(ending, make())
    assert words in str(refusal.value)


@pytest.mark.parametrize(
    ("ending", "make", "words"),
    [
        (".docx", lambda: docx({"word/comments.xml": b"<x/>"}), "comments"),
        (".docx", lambda: docx(body='<w:ins w:author="x"><w:p/></w:ins>'), "tracked changes"),
        (".odt", lambda: opendocument(content="<text:tracked-changes/>"), "tracked changes"),
        (".xlsx", lambda: xlsx(hide=True), "hidden sheets"),
        (".pptx", lambda: pptx({"ppt/notesSlides/notesSlide1.xml": b"<x/>"}), "speaker notes"),
        (".pptx", lambda: pptx({"ppt/slides/slide2.xml": b'<p:sld xmlns:p="x" show="0"/>'}), "hidden slides"),
        (".pptx", lambda: pptx({"ppt/comments/comment1.xml": b"<x/>"}), "comments"),
        (".docx", lambda: docx({"docProps/core.xml": b"<dc:creator>Jo Smith</dc:creator>"}), "author"),
    ],
)
def test_what_a_document_tells_beside_its_text_is_a_remark(ending: str, make: Callable[[], bytes], words: str) -> None:
    [remark] = attachment_office.look_at(ending, make())
    assert words in remark


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/printerSettings/printerSettings1.bin": b"x"},
        {"customXml/item1.xml": b"<x>DDE( in a text</x>"},
        {"xl/drawings/drawing1.xml": b'<a:hlinkClick r:id="r1"/>'},
    ],
)
def test_harmless_parts_of_office_documents_are_taken(parts: Parts) -> None:
    assert attachment_office.look_at(".xlsx", xlsx(parts)) == ()
    assert (
        attachment_office.look_at(".odt", opendocument(content='<text:a xlink:href="https://example.org/">x</text:a>'))
        == ()
    )


def test_an_office_document_that_unpacks_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachment_office, "MAX_UNPACKED", 500)
    with pytest.raises(Unfit, match="unpacks to"):
        attachment_office.look_at(".docx", docx())


# --- PDF --------------------------------------------------------------------------------------------------------------
def action(kind: str) -> DictionaryObject:
    return DictionaryObject({NameObject("/S"): NameObject(kind), NameObject("/F"): TextStringObject("calc")})


SCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"
BAD_PDF: list[tuple[Callable[[], bytes], str]] = [
    (lambda: pdf_of(root=b"/Names << /JavaScript << /Names [(a) " + SCRIPT + b"] >> >>"), "script"),
    (lambda: pdf(lambda writer: writer.add_attachment("a.exe", b"MZ")), "another file"),
    (
        lambda: pdf(lambda writer: writer._root_object.update({NameObject("/OpenAction"): action("/Launch")})),
        "start a program",
    ),
    (lambda: pdf(lambda writer: writer.encrypt("secret")), "password"),
    (lambda: pdf(lambda writer: writer.encrypt("", "owner")), "password"),
    (lambda: pdf_of(SCRIPT), "script"),
    (lambda: pdf_of(b"<< /A [ << /Next << /J#53 (x) >> >> ] >>"), "script"),
    (lambda: pdf_of(b"<< /S /SubmitForm /F (https://example.org) >>"), "sends"),
    (lambda: pdf_of(b"<< /S /GoToE >>"), "open another file"),
    (lambda: pdf_of(b"<< /Type /Annot /Subtype /RichMedia >>"), "film"),
    (lambda: pdf_of(b"<< /Type /Annot /Subtype /FileAttachment >>"), "another file"),
    (lambda: pdf_of(root=b"/AcroForm << /XFA [] >>"), "form"),
    (lambda: pdf_of(root=b"/Collection << >>"), "another file"),
    (lambda: pdf_with_stream_of_objects(SCRIPT), "script"),
    (lambda: pdf_with_stream_of_objects(b"<< /S /Launch /F (calc) >>"), "start a program"),
    (lambda: pdf().replace(b"startxref", b"99 0 obj << /S /Java#53cript >> endobj\nstartxref"), "script"),
    (lambda: pdf().replace(b"%%EOF", b""), "cut short"),
    (lambda: pdf() + b"\n" + b"words" * 500, "hangs on its end"),
    (lambda: pdf_of().replace(b"/Kids [3 0 R] /Count 1", b"/Kids [] /Count 0".ljust(22)), "no pages"),
]


@pytest.mark.parametrize(("make", "words"), BAD_PDF)
def test_a_pdf_that_acts_or_hides_is_refused(make: Callable[[], bytes], words: str) -> None:
    with pytest.raises(Unfit) as refusal:
        attachment_pdf.look_at(make())
    assert words in str(refusal.value)
    assert ". " in str(refusal.value)  # and what to do instead


@pytest.mark.parametrize(
    "make",
    [
        pdf,
        pdf_of,
        lambda: pdf_with_stream_of_objects(b"[3 0 R /Fit]"),
        lambda: pdf_of(b"<< /S /URI /URI (https://example.org/JavaScript-basics) >>"),
        lambda: pdf_of(b"<< /S /GoTo /D [3 0 R /Fit] >>", root=b"/OpenAction 4 0 R"),
    ],
)
def test_an_ordinary_pdf_is_taken(make: Callable[[], bytes]) -> None:
    assert attachment_pdf.look_at(make()) == ()


def test_a_pdf_that_names_its_author_has_a_remark() -> None:
    [remark] = attachment_pdf.look_at(pdf(lambda writer: writer.add_metadata({"/Author": "Jo Smith"})))
    assert "author" in remark


def test_a_pdf_of_too_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachment_pdf, "MOST_VALUES", 5)
    with pytest.raises(Unfit, match="too many parts"):
        attachment_pdf.look_at(pdf())


# --- Pictures ---------------------------------------------------------------------------------------------------------
def test_a_photograph_forgets_where_and_with_what_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "CANARY-CAMERA", 6
    exif.get_ifd(0x8825)[2] = (53.0, 47.0, 59.0)
    given = jpeg((16, 8), exif, b"CANARY-COMMENT")
    assert b"CANARY" in given
    drawn, remarks = attachment_child.draw_anew(".jpg", given)
    assert b"CANARY" not in drawn
    assert "place, time and camera" in remarks[0]
    with Image.open(io.BytesIO(drawn)) as picture:
        assert not picture.getexif()
        assert picture.size == (8, 16)  # turned upright, since what said so is gone


def test_a_picture_of_the_screen_keeps_its_pixels_and_loses_its_texts() -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", "CANARY")
    drawn, remarks = attachment_child.draw_anew(".png", png(pnginfo=told, icc_profile=b"CANARY-PROFILE"))
    assert b"CANARY" not in drawn
    assert remarks
    with Image.open(io.BytesIO(drawn)) as picture:
        assert picture.getpixel((0, 0)) == (10, 200, 30)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_can_be_drawn_anew(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (4, 3)).save(out, "PNG")
    drawn, _ = attachment_child.draw_anew(".png", out.getvalue())
    with Image.open(io.BytesIO(drawn)) as picture:
        assert picture.size == (4, 3)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_every_kind_of_jpeg_can_be_drawn_anew(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (8, 8)).save(out, "JPEG")
    drawn, _ = attachment_child.draw_anew(".jpg", out.getvalue())
    assert drawn.startswith(b"\xff\xd8\xff")


def claimed(width: int, height: int) -> bytes:
    """A picture of a few bytes that says that it is very large."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return png()[:12] + head + struct.pack(">I", zlib.crc32(head)) + png()[33:]


@pytest.mark.parametrize(
    ("ending", "make", "words"),
    [
        (".png", lambda: claimed(50_000, 50_000), "million pixels"),
        (".png", lambda: claimed(40_001, 1_000), "million pixels"),
        (".png", lambda: png() + b"MZ\x90\x00", "hangs on the end"),
        (".png", lambda: png() + b"words", "hangs on the end"),
        (".jpg", lambda: jpeg() + b"<script>alert(1)</script>", "hangs on the end"),
    ],
)
def test_a_picture_that_is_a_bomb_or_more_than_a_picture_is_refused(
    ending: str, make: Callable[[], bytes], words: str
) -> None:
    with pytest.raises(Unfit) as refusal:
        attachment_child.draw_anew(ending, make())
    assert words in str(refusal.value)


def test_a_film_that_a_telephone_hung_on_a_photograph_is_left_behind() -> None:
    drawn, _ = attachment_child.draw_anew(".jpg", jpeg() + b"\x00\x00\x00\x18ftypmp42 CANARY")
    assert b"CANARY" not in drawn


def test_a_picture_that_grew_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "_in_child", lambda ending, data: (b"x" * 2_000, ()))
    assert "too large once it is drawn anew" in inspect("a.png", png(), at_most=1_000).verdict.words


# --- The child process ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("a.docx", lambda: docx({"word/vbaProject.bin": b"x"}), "macros"),
        ("a.png", lambda: png((200, 200))[:80], "damaged"),
        ("a.pdf", lambda: b"%PDF-1.7\n" + b"\x80words" * 50 + b"%%EOF", "cannot be looked at"),
        ("a.docx", lambda: docx()[:-10], "damaged"),
    ],
)
def test_the_refusal_of_the_child_reaches_the_reader(name: str, make: Callable[[], bytes], words: str) -> None:
    refusal = inspect(name, make())
    assert not refusal.verdict
    assert words in refusal.verdict.words
    assert refusal.verdict.words.startswith(f"“{name}” cannot be attached.")


def test_a_photograph_is_drawn_anew_in_the_child() -> None:
    taken = inspect("a.jpg", jpeg(comment=b"CANARY"))
    assert taken.verdict
    assert taken.data.startswith(b"\xff\xd8\xff")
    assert b"CANARY" not in taken.data
    assert len(taken.remarks) == 1


def test_a_child_that_takes_too_long_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "SECONDS", 0.2)
    monkeypatch.setattr(attachments, "CHILD", ("-c", "import time; time.sleep(60)"))
    assert "took more than" in inspect("a.pdf", pdf()).verdict.words


def test_a_child_that_dies_or_takes_too_much_memory_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    greedy = (
        "from sightline.intake.attachment_child import limit_self; limit_self(200 * 2**20)\n"
        "import sys\ntry: x = bytearray(400 * 2**20)\nexcept MemoryError: sys.exit(3)\nprint('{}')"
    )
    for code in (greedy, "import os; os.abort()", "pass"):
        monkeypatch.setattr(attachments, "CHILD", ("-c", code))
        assert "more memory or time" in inspect("a.pdf", pdf()).verdict.words


def test_the_child_can_write_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "from sightline.intake.attachment_child import limit_self; limit_self(2**30)\nimport sys, tempfile\n"
        "try: tempfile.TemporaryFile(buffering=0).write(b'x')\nexcept OSError: sys.exit(3)\nprint('{\"remarks\": []}')"
    )
    monkeypatch.setattr(attachments, "CHILD", ("-c", code))
    assert not inspect("a.pdf", pdf()).verdict


# --- Names ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\jo\\notes.txt", "notes.txt"),
        ("a\u202etxt.pdf", "atxt.pdf"),
        ("a\x00b\nc.pdf", "ab c.pdf"),
        ("  .hidden.pdf. ", "hidden.pdf"),
        ('a<b>:"|?*.pdf', "ab.pdf"),
        ("CON.pdf", "file CON.pdf"),
        ("com1.tar.pdf", "file com1.tar.pdf"),
        ("lpt¹.txt", "file lpt¹.txt"),
        ("console.pdf", "console.pdf"),
        (".pdf", "attachment.pdf"),
        ("", "attachment"),
        ("///", "attachment"),
        ("x" * 300 + ".docx", "x" * (LONGEST - 5) + ".docx"),
        ("a." + "b" * 50, "a." + "b" * 50),
        ("Übergabe – café.pdf", "Übergabe – café.pdf"),
    ],
)
def test_names_are_safe_on_every_computer(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=150))
@example(".\u200b.\u200b./a")
@example("con . .pdf")
def test_any_name_becomes_safe_and_stays_so(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe) <= LONGEST
    assert safe_name(safe) == safe
    assert not set(safe) & set('/\\<>:"|?*\n\t\x00\u202e\u200b')
    assert safe.strip(". ") == safe
    assert safe.lower().endswith(ending_of(safe))


@given(st.binary(max_size=300), st.sampled_from(sorted(MEDIA_TYPES)))
def test_no_bytes_break_the_look_at_their_nature(data: bytes, ending: str) -> None:
    try:
        check_nature(ending, data)
        remarks = check_text(ending, data)
    except Unfit as unfit:
        assert str(unfit).endswith(".")
    else:
        assert all(remark.endswith(".") for remark in remarks)
