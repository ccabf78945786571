"""Looks at what a person attached: takes what can be read safely, draws pictures anew, and refuses the rest in words."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sightline.core.verdict import ALLOWED, Verdict, refused
from sightline.intake import child
from sightline.intake.attachment_names import ending_of, safe_name
from sightline.intake.attachment_nature import check_nature, check_text
from sightline.intake.attachment_words import FIGURES_ALONE, PRINT_ANEW, Unfit

AT_MOST = 25 * 1024 * 1024
SECONDS: float = 10
CHILD = ("-m", "sightline.intake.attachment_child")
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".pptx": f"{_OFFICE}.presentationml.presentation",
    ".odt": f"{_OPEN_DOCUMENT}.text",
    ".ods": f"{_OPEN_DOCUMENT}.spreadsheet",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
_TEXTS = {".csv", ".txt"}
MAY_BE_ATTACHED = (
    "PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), OpenDocument (.odt, .ods), CSV, plain text, PNG or JPEG"
)
# What people bring most, and what to do with it instead.
_INSTEAD = {
    **dict.fromkeys((".docm", ".xlsm", ".xlsb", ".dotm", ".xltm"), "It may hold macros. Save it as .docx or .xlsx."),
    **dict.fromkeys((".doc", ".dot", ".rtf"), "Open it in Word and save it as .docx or as a PDF."),
    **dict.fromkeys((".xls", ".xlt"), "Open it in Excel and save it as .xlsx or CSV."),
    **dict.fromkeys((".ppt", ".odp", ".pptm", ".ppsx"), "Save the slides as a PDF, or as .pptx."),
    **dict.fromkeys((".eml", ".msg"), "Copy the words into the form, or print the message to a PDF."),
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz", ".tar"), "Unpack it and attach the files one by one."),
    **dict.fromkeys((".heic", ".heif", ".webp", ".gif", ".tif", ".tiff", ".bmp"), "Save the picture as JPEG or PNG."),
    **dict.fromkeys((".svg", ".html", ".htm", ".mht", ".xml"), "It can hold scripts. Print it to a PDF."),
    **dict.fromkeys((".exe", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".lnk", ".jar"), "Programs are never taken."),
}


@dataclass(frozen=True, slots=True)
class Inspected:
    """What may be kept of an attachment: its safe name, its kind and its bytes; or why it is refused.

    ``data`` are the bytes to keep, which for a picture are others than were brought. Nothing is kept of one that
    is refused, so its data are empty.
    """

    verdict: Verdict
    safe_name: str
    media_type: str = ""
    data: bytes = b""
    remarks: tuple[str, ...] = ()


def inspect(name: str, data: bytes, at_most: int = AT_MOST) -> Inspected:
    """This function will say whether an attachment may be kept, and give what is to be kept of it."""
    safe = safe_name(name)
    ending = ending_of(safe)
    try:
        _check_size(data, at_most)
        _check_kind(ending)
        check_nature(ending, data)
        if ending in _TEXTS:
            kept, remarks = data, check_text(ending, data)
        else:
            kept, remarks = _in_child(ending, data)
        if len(kept) > at_most:
            raise Unfit("The picture is too large once it is drawn anew. Save it smaller, or as JPEG, and attach that.")
    except Unfit as unfit:
        return Inspected(refused(f"“{safe}” cannot be attached. {unfit}"), safe)
    return Inspected(ALLOWED, safe, MEDIA_TYPES[ending], kept, remarks)


def _check_size(data: bytes, at_most: int) -> None:
    if not data.strip(b"\x00 \t\r\n"):
        raise Unfit("It is empty. See whether it opens on your own computer, and attach it again.")
    if len(data) > at_most:
        raise Unfit(
            f"It has {len(data) / 2**20:,.1f} MB; {at_most / 2**20:,.0f} MB are allowed. "
            "Attach the part that matters, or save its pictures smaller."
        )


def _check_kind(ending: str) -> None:
    if ending not in MEDIA_TYPES:
        what = f"Files named {ending} are not taken." if ending else "Its name has no ending that says what it is."
        raise Unfit(f"{what} {_INSTEAD.get(ending, '')} You can attach {MAY_BE_ATTACHED}.".replace("  ", " "))


def _in_child(ending: str, data: bytes) -> tuple[bytes, tuple[str, ...]]:
    try:
        said = child.ask((*CHILD, ending), data, SECONDS)
    except child.TooSlow:
        raise Unfit(f"Opening it took more than {SECONDS} seconds. {_lighter(ending)}") from None
    except child.TooHeavy:
        raise Unfit(f"It needs more memory or time than an attachment may have. {_lighter(ending)}") from None
    head, _, drawn = said.partition(b"\n")
    answer = json.loads(head)
    if "unfit" in answer:
        raise Unfit(answer["unfit"])
    return (drawn or data), tuple(answer["remarks"])


def _lighter(ending: str) -> str:
    match ending:
        case ".pdf":
            return PRINT_ANEW
        case ".png" | ".jpg" | ".jpeg":
            return "Save the picture smaller, and attach that."
        case _:
            return FIGURES_ALONE
