"""Sets pages as PDF/UA, and drawings as PNG, in a process of its own: one in which letters were set must never be forked."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

SECONDS: float = 30
CHILD = ("-m", "sightline.web.typesetting_child")
DRAWING_SECONDS: float = 120  # for AT_ONCE of them, and nobody waits at a page for it
AT_ONCE = 20  # drawings for one process
PIXELS_PER_INCH = 144  # so that a drawing has two pixels for each of its own
KEPT = 32  # of what was set last, for whoever asks for the same again
# What the font surely has: the letters of Europe in Latin script, and the signs of print.
_PLAIN = re.compile(r"[^\n\x20-\x7e\xa0-\u017f\u2010-\u2026\u2030-\u203a\u20ac]")
_DRAWINGS = """#set page(width: auto, height: auto, margin: 0pt, fill: white)
#for one in json(bytes(sys.inputs.data)) { page(image(bytes(one))) }"""
_ROOT = Path(__file__).resolve().parents[2]


class NotSet(Exception):
    """Something could not be set as an accessible PDF; says why, for the log."""


def pdf_of(template: Path, data: Mapping[str, Any]) -> bytes:
    """This function will set what is given by a template; the words reach it as data, never as commands.

    Where letters are wanting that no reader could hear, each stands as “?” and ``lacks_letters`` says so. Raises NotSet
    where it took too long, or would not be accessible.
    """
    source = template.read_text("utf-8")
    try:
        return _set(source, _written(data))
    except NotSet:
        plain = _PLAIN.sub("?", _written({**data, "lacks_letters": True}))
        if "lacks_letters" in data or plain == _written({**data, "lacks_letters": True}):
            raise
        return _set(source, plain)


def _written(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def png_of(drawings: Sequence[str]) -> list[bytes]:
    """This function will turn drawings that stand alone (SVG) into PNG, in the order given. Raises NotSet as ``pdf_of``."""
    found: list[bytes] = []
    for at in range(0, len(drawings), AT_ONCE):
        data = json.dumps(list(drawings[at : at + AT_ONCE]), ensure_ascii=False)
        found += [
            base64.b64decode(one) for one in json.loads(_child([_DRAWINGS, data, PIXELS_PER_INCH], DRAWING_SECONDS))
        ]
    return found


@lru_cache(maxsize=KEPT)
def _set(source: str, data: str) -> bytes:
    made = _child([source, data], SECONDS)
    if not made.startswith(b"%PDF"):
        raise NotSet("What was set is no PDF.")
    return made


def _child(given: list[Any], seconds: float) -> bytes:
    """What the child process answers."""
    environment = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "VIRTUAL_ENV") if key in os.environ}
    environment |= {"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            [sys.executable, *CHILD],
            input=json.dumps(given).encode(),
            capture_output=True,
            timeout=seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotSet(f"Setting it took more than {seconds:g} seconds.") from None
    if done.returncode:
        raise NotSet(done.stderr.decode("utf-8", "replace")[-500:])
    return done.stdout
