"""Puts the line at the top of one PDF onto every page of another, so that what many readers share is set once.

Both are as Typst sets them: a table of where each object lies, no object within a stream, and the dictionaries of pages
and their resources written out. Where that is not so any more, nothing is put and ValueError says so.
"""

from __future__ import annotations

import base64
import hashlib
import re

_REFERENCE = re.compile(rb"(\d+) 0 R")
_OF_THIS_FILE = re.compile(rb"(/ID\[\([^)]*\))\([^)]*\)")  # the second of two; the first stays
_PAGE = b"<</Type/Page/"


def headed(pages: bytes, line: bytes) -> bytes:
    """This function will give ``pages`` with what stands on the one page of ``line`` drawn first on each of them.

    The line stays what it was for a screen reader: a header, which is not read aloud on each page. The whole is written
    anew, so that no version without the line lies within.
    """
    objects, rest = _read(pages)
    drawn, _ = _read(line)
    first = max(objects) + 1
    (page,) = (one for one in drawn.values() if one.startswith(_PAGE))
    content, resources = _named(page, b"Contents"), _named(page, b"Resources")
    box = re.search(rb"/MediaBox(\[[^]]*\])", page)
    if box is None:
        raise ValueError("A page says nothing of its size")
    for number in _reached(drawn, content, resources):
        objects[first + number] = _moved(drawn[number], first)
    form = b"<</Type/XObject/Subtype/Form/BBox%b/Resources %d 0 R" % (box[1], first + resources)
    objects[first + content] = form + objects[first + content].removeprefix(b"<<")
    objects[first] = b"<</Length 8>>\nstream\n/Line Do\nendstream"  # 0 is the number of no object in ``line``
    found = {number: one for number, one in objects.items() if one.startswith(_PAGE)}
    if len(found) != _counted(objects, rest):
        raise ValueError("Not every page was found")
    for number, one in found.items():
        before = b"/Contents %d 0 R" % _named(one, b"Contents")
        objects[number] = one.replace(before, b"/Contents[%d 0 R%b]" % (first, before.removeprefix(b"/Contents")))
    for number in {_named(one, b"Resources") for one in found.values()}:
        objects[number] = _knowing(objects[number], b"/Line %d 0 R" % (first + content))
    told = base64.b64encode(hashlib.sha256(line).digest()[:16])
    return _written(objects, _OF_THIS_FILE.sub(rb"\1(%b)" % told, rest))


def _read(pdf: bytes) -> tuple[dict[int, bytes], bytes]:
    """The objects by their numbers, and what the trailer says."""
    table = int(pdf[pdf.rindex(b"startxref") :].split()[1])
    rows, _, rest = pdf[table:].partition(b"trailer")
    places = {number: int(row[:10]) for number, row in enumerate(rows.splitlines()[2:]) if row.rstrip().endswith(b"n")}
    ends = dict(zip(ordered := sorted(places.values()), [*ordered[1:], table], strict=True))
    found = {}
    for number, place in places.items():
        begun, ended = b"%d 0 obj" % number, b"endobj"
        one = pdf[place : ends[place]].strip()
        if not (one.startswith(begun) and one.endswith(ended)):
            raise ValueError("An object does not lie where it should")
        found[number] = one[len(begun) : -len(ended)].strip(b"\r\n")
    return found, rest.partition(b"startxref")[0].strip()


def _counted(objects: dict[int, bytes], rest: bytes) -> int:
    """How many pages the document says it has."""
    told = re.search(rb"/Count (\d+)", objects[_named(objects[_named(rest, b"Root")], b"Pages")])
    return int(told[1]) if told else 0


def _named(dictionary: bytes, name: bytes) -> int:
    found = re.search(rb"/%b (\d+) 0 R" % name, dictionary)
    if found is None:
        raise ValueError(f"{name.decode()} is not named by its number")
    return int(found[1])


def _reached(objects: dict[int, bytes], *begin: int) -> set[int]:
    found: set[int] = set()
    left = list(begin)
    while left:
        number = left.pop()
        if number not in found:
            found.add(number)
            left += [int(one) for one in _REFERENCE.findall(_head(objects[number]))]
    return found


def _moved(one: bytes, by: int) -> bytes:
    head = _head(one)
    return _REFERENCE.sub(lambda found: b"%d 0 R" % (int(found[1]) + by), head) + one[len(head) :]


def _head(one: bytes) -> bytes:
    """What stands before a stream, where no letter is data."""
    return one.partition(b"stream\n")[0]


def _knowing(resources: bytes, entry: bytes) -> bytes:
    if b"/XObject<<" in resources:
        return resources.replace(b"/XObject<<", b"/XObject<<" + entry, 1)
    if not resources.startswith(b"<<") or b"/XObject" in resources:
        raise ValueError("The resources of a page are not written out")
    return b"<</XObject<<%b>>" % entry + resources.removeprefix(b"<<")


def _written(objects: dict[int, bytes], rest: bytes) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n%\x80\x80\x80\x80\n"), {}
    for number in sorted(objects):
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, objects[number])
    size, table = max(objects) + 1, len(out)
    out += b"xref\n0 %d\n" % size
    for number in range(size):
        out += b"%010d 00000 n\r\n" % places[number] if number in places else b"0000000000 65535 f\r\n"
    out += b"trailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (re.sub(rb"/Size \d+", b"/Size %d" % size, rest), table)
    return bytes(out)
