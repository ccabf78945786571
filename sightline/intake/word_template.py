"""Checks an organisation's own Word template when it is brought, and fills it: in a process that may be killed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sightline.intake import child
from sightline.intake.attachments import inspect
from sightline.intake.word_fields import Known, Values

AT_MOST = 2 * 1024 * 1024
SECONDS: float = 30
CHILD = ("-m", "sightline.intake.word_template_child")
_ENDING = ".docx"
_NO_WORD = "is not a Word document (.docx). Open it in Word, save it as a Word document without macros, and bring that."
_TOO_MUCH = (
    "Opening it takes too long or needs too much memory. Take out what a template does not need, pictures first."
)


class NotFilled(Exception):
    """A template could not be filled; says why, for the log."""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A template that was brought: its safe name and its bytes, or everything that is wrong with it."""

    name: str
    data: bytes
    faults: tuple[str, ...] = ()


def look_at_template(name: str, data: bytes, known: Known) -> LookedAt:
    """This function will say whether a template may be kept: a plain Word document with the fields that are known."""
    if not name.lower().endswith(_ENDING):
        return LookedAt(name, b"", (f"“{Path(name).name}” {_NO_WORD}",))
    found = inspect(name, data, AT_MOST)
    if not found.verdict:
        return LookedAt(found.safe_name, b"", tuple(one.says for one in found.verdict.reasons))
    try:
        answer, _ = _ask("check", asdict(known), found.data)
    except NotFilled:
        answer = {"faults": [_TOO_MUCH]}
    faults = tuple(answer["faults"])
    return LookedAt(found.safe_name, b"" if faults else found.data, faults)


def filled(data: bytes, values: Values) -> bytes:
    """This function will fill a template that was looked at before; raises NotFilled where that cannot be done."""
    answer, made = _ask("fill", asdict(values), data)
    if not made:
        raise NotFilled("; ".join(answer.get("faults", ())))
    return made


def _ask(what: str, given: Mapping[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        said = child.ask((*CHILD, what), json.dumps(given).encode() + b"\n" + data, SECONDS)
    except child.TooSlow:
        raise NotFilled(f"It took more than {SECONDS} seconds.") from None
    except child.TooHeavy:
        raise NotFilled("It needed more memory or time than it may have.") from None
    head, _, made = said.partition(b"\n")
    return json.loads(head), made
