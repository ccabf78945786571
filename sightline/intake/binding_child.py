"""The child process that binds PDFs into one, under limits of memory and time; it reads bytes and knows nothing else."""

from __future__ import annotations

import io
import json
import logging
import sys
from typing import Any

from sightline.intake.attachment_child import limit_self

MAX_MEMORY = 700 * 1024 * 1024
MAX_SECONDS = 20
_TOLD = b"<pdfuaid:part>1</pdfuaid:part>"  # that the whole is PDF/UA, which strangers' pages are not known to be
_NOT_OF_A_PAGE = ("/AA", "/StructParents", "/Metadata", "/PieceInfo", "/B")
_KEPT_NOTES = {"/Link"}


def main() -> int:
    """This function will read PDFs from standard input and answer with one line of JSON, and behind it the one PDF."""
    logging.disable(logging.CRITICAL)  # a stranger's file could fill a log
    limit_self(MAX_MEMORY, MAX_SECONDS)
    head = json.loads(sys.stdin.buffer.readline())
    first = sys.stdin.buffer.read(head["first"])
    following = [(heading, sys.stdin.buffer.read(size), pages) for heading, size, pages in head["following"]]
    unfit, made = bound(first, following)
    sys.stdout.buffer.write(json.dumps({"unfit": unfit}).encode() + b"\n" + made)
    sys.stdout.buffer.flush()
    return 0


def bound(first: bytes, following: list[tuple[str, bytes, int]]) -> tuple[list[int], bytes]:
    """This function will give the places of PDFs that cannot be bound; where there are none, also the one PDF."""
    from pypdf import PdfWriter

    unfit, readers = [], []
    for place, (_, data, pages) in enumerate(following):
        try:
            readers.append(_read(data, pages))
        except MemoryError:
            raise
        except Exception:  # a stranger's file may break anything in a reader: then it stays a file of its own
            unfit.append(place)
    if unfit:
        return unfit, b""
    writer = PdfWriter(clone_from=io.BytesIO(first))
    for place, (reader, (heading, _, _)) in enumerate(zip(readers, following, strict=True)):
        try:
            _append(writer, reader, heading)
        except MemoryError:
            raise
        except Exception:
            return [place], b""
    _no_longer_says_it_is_tagged_throughout(writer)
    out = io.BytesIO()
    writer.write(out)
    return [], out.getvalue()


def _read(data: bytes, pages: int) -> Any:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted or len(reader.pages) != pages:
        raise ValueError
    return reader


def _append(writer: Any, reader: Any, heading: str) -> None:
    """Page by page, so that nothing of the document around them comes along."""
    begins = len(writer.pages)
    for page in reader.pages:
        for name in _NOT_OF_A_PAGE:
            page.pop(name, None)
        notes = [one for one in page.get("/Annots") or [] if _is_harmless(one.get_object())]
        page.pop("/Annots", None)
        added = writer.add_page(page)
        for one in notes:
            writer.add_annotation(added, _address(one.get_object()))
    writer.add_outline_item(heading, begins)


def _is_harmless(note: Any) -> bool:
    """A link to an address on the web; links within the file, forms, films and files are left out."""
    return note.get("/Subtype") in _KEPT_NOTES and str(_action(note).get("/URI", "")).startswith(
        ("https://", "http://")
    )


def _action(note: Any) -> Any:
    found = note.get("/A")
    return found.get_object() if found is not None else {}


def _address(note: Any) -> Any:
    from pypdf.annotations import Link
    from pypdf.generic import RectangleObject

    return Link(rect=RectangleObject([float(one) for one in note["/Rect"]]), url=str(_action(note)["/URI"]))


def _no_longer_says_it_is_tagged_throughout(writer: Any) -> None:
    from pypdf.generic import NameObject, StreamObject

    told = writer.root_object["/Metadata"].get_object().get_data()
    anew = StreamObject()
    anew.set_data(told.replace(_TOLD, b""))
    anew[NameObject("/Type")], anew[NameObject("/Subtype")] = NameObject("/Metadata"), NameObject("/XML")
    writer.root_object[NameObject("/Metadata")] = writer._add_object(anew)


if __name__ == "__main__":
    sys.exit(main())
