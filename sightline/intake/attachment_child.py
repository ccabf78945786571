"""The child process that opens an attachment under limits of memory and time, and says what it found.

Nothing of Sightline's settings or records is here: it reads bytes, and may be killed at any moment. It answers with
one line of JSON, and after it, for a picture, the picture drawn anew.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import sys

from sightline.intake import attachment_office, attachment_pdf
from sightline.intake.attachment_words import AGAIN, DO_NOT_OPEN, Unfit

MAX_MEMORY = 300 * 1024 * 1024
MAX_PICTURE_MEMORY = 700 * 1024 * 1024  # forty million pixels at four bytes, twice while one is turned upright
MAX_SECONDS = 10
MAX_PIXELS = 40_000_000
_FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
_JPEG_QUALITY = 90
_PNG_EFFORT = 1  # more effort takes many times longer and saves little
_SMALLER = "Save it smaller, and attach that."
_SILENT = {
    "dpi",
    "gamma",
    "jfif",
    "jfif_version",
    "jfif_unit",
    "jfif_density",
    "transparency",
    "progressive",
    "progression",
}


def limit_self(memory: int, seconds: int = MAX_SECONDS) -> None:
    """This function will bound this process's memory and time, and let it write no file, where the system knows how."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # absent on Windows, where the parent's clock alone must do

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(ending: str) -> int:
    """This function will look at an attachment from standard input and answer on standard output."""
    logging.disable(logging.CRITICAL)  # a stranger's file could fill a log
    limit_self(MAX_PICTURE_MEMORY if ending in _FORMATS else MAX_MEMORY)
    data = sys.stdin.buffer.read()
    drawn = b""
    try:
        match ending:
            case ".pdf":
                remarks = attachment_pdf.look_at(data)
            case ".png" | ".jpg" | ".jpeg":
                drawn, remarks = draw_anew(ending, data)
            case _:
                remarks = attachment_office.look_at(ending, data)
        answer: dict[str, object] = {"remarks": remarks}
    except Unfit as unfit:
        answer = {"unfit": str(unfit)}
    except MemoryError:
        return 3
    except Exception:  # a stranger's file may break anything in a reader: say so and end
        answer = {"unfit": f"It is damaged and cannot be looked at. {AGAIN}"}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + (drawn if "remarks" in answer else b""))
    sys.stdout.buffer.flush()
    return 0


def draw_anew(ending: str, data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """This function will draw a picture again from its pixels, so that nothing else of the file remains."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # our own limit, which is lower, comes before any pixel is read
    _check_tail(ending, data)
    with Image.open(io.BytesIO(data), formats=[_FORMATS[ending]]) as picture:
        width, height = picture.size
        if width * height > MAX_PIXELS:
            raise Unfit(
                f"The picture has {width * height / 1e6:,.0f} million pixels; "
                f"{MAX_PIXELS / 1e6:,.0f} million are allowed. {_SMALLER}"
            )
        told = bool(picture.getexif()) or bool(set(picture.info) - _SILENT)
        several = getattr(picture, "n_frames", 1) > 1
        picture.seek(0)
        drawn = ImageOps.exif_transpose(picture)
    drawn.info = {key: drawn.info[key] for key in ("transparency",) if key in drawn.info and ending == ".png"}
    out = io.BytesIO()
    if ending == ".png":
        drawn.save(out, "PNG", compress_level=_PNG_EFFORT)
    else:
        flat = drawn if drawn.mode in {"L", "RGB"} else drawn.convert("RGB")
        flat.save(out, "JPEG", quality=_JPEG_QUALITY)
    remarks = []
    if told:
        remarks.append("The picture was drawn anew, without what the file told of place, time and camera.")
    if several:
        remarks.append("The file holds several pictures; the first one is kept.")
    return out.getvalue(), tuple(remarks)


def _check_tail(ending: str, data: bytes) -> None:
    """Telephones hang a film on a photograph, which drawing anew takes off; a program or a page has no business there."""
    mark, length = (b"IEND", 8) if ending == ".png" else (b"\xff\xd9", 2)
    end = data.rfind(mark) + length if mark in data else len(data)
    tail = data[end:].lstrip(b"\x00\r\n\t ")
    if (tail and ending == ".png") or tail[:4].startswith(
        (b"PK", b"MZ", b"\x7fELF", b"%PDF", b"<", b"Rar!", b"7z", b"#!")
    ):
        raise Unfit(f"Something else hangs on the end of the picture. {DO_NOT_OPEN}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
