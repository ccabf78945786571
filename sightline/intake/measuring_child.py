"""The child process that counts a document's pages and reads its words, under limits of memory and time."""

from __future__ import annotations

import io
import json
import logging
import sys
import zipfile
from xml.etree import ElementTree

from sightline.intake.attachment_child import MAX_MEMORY, limit_self

MOST_LETTERS, MOST_PAGES_READ = 200_000, 60
_LONGEST_PART = 20 * 1024 * 1024
_PARTS = {".docx": "word/document.xml", ".odt": "content.xml"}
_PARAGRAPHS = ("}p", "}h")
_PAGES = {".docx": ("docProps/app.xml", "}Pages"), ".odt": ("meta.xml", "}document-statistic")}


def main(ending: str) -> int:
    """This function will measure a document from standard input and answer on standard output."""
    logging.disable(logging.CRITICAL)
    limit_self(MAX_MEMORY)
    data = sys.stdin.buffer.read()
    try:
        pages, text = measured(ending, data)
    except Exception:  # a stranger's file may break anything in a reader: then nothing is said of it
        return 3
    answer = {"pages": pages, "text": text[:MOST_LETTERS]}
    sys.stdout.buffer.write(json.dumps(answer).encode("utf-8", "replace"))
    return 0


def measured(ending: str, data: bytes) -> tuple[int | None, str]:
    """This function will count the pages and read the words; an office document says itself how many it has."""
    match ending:
        case ".pdf":
            return _of_pdf(data)
        case ".docx" | ".odt":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return _pages_of(ending, archive), _words_of(ending, archive)
        case _:
            return None, data.decode("utf-8-sig", "replace")


def _of_pdf(data: bytes) -> tuple[int, str]:
    from pypdf import PdfReader

    pages = PdfReader(io.BytesIO(data), strict=False).pages
    words: list[str] = []
    for page in list(pages)[:MOST_PAGES_READ]:
        try:
            words.append(page.extract_text())
        except Exception:  # the pages are counted even where one of them cannot be read
            words.append("")
    return len(pages), "\n\n".join(words)


def _words_of(ending: str, archive: zipfile.ZipFile) -> str:
    root = _parsed(archive, _PARTS[ending])
    if root is None:
        return ""
    paragraphs = [one for one in root.iter() if isinstance(one.tag, str) and one.tag.endswith(_PARAGRAPHS)]
    return "\n\n".join("".join(one.itertext()) for one in paragraphs)


def _pages_of(ending: str, archive: zipfile.ZipFile) -> int | None:
    part, name = _PAGES[ending]
    root = _parsed(archive, part)
    for one in root.iter() if root is not None else ():
        if isinstance(one.tag, str) and one.tag.endswith(name):
            said = one.text or next((value for key, value in one.attrib.items() if key.endswith("}page-count")), "")
            return int(said) if said.isascii() and said.isdigit() and 0 < int(said) < 10_000 else None
    return None


def _parsed(archive: zipfile.ZipFile, part: str) -> ElementTree.Element | None:
    if part not in archive.namelist() or archive.getinfo(part).file_size > _LONGEST_PART:
        return None
    data = archive.read(part)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return None
    return ElementTree.fromstring(data)  # noqa: S314 - no entities, bounded, and in a process of its own


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
