"""Counts the pages of a document that was looked at before, and reads its words, in a process that may be killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SECONDS: float = 8
CHILD = ("-m", "sightline.intake.measuring_child")
MEASURED = frozenset({".pdf", ".docx", ".odt", ".txt"})
_PICTURES = frozenset({".png", ".jpg", ".jpeg"})
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Measured:
    """How many pages a document has, where that can be told, and its words as far as they were read."""

    pages: int | None = None
    text: str = ""


def measure(ending: str, data: bytes) -> Measured:
    """This function will measure a document; of one that takes too long it says nothing, for this is no bar."""
    if ending in _PICTURES:
        return Measured(pages=1)
    if ending not in MEASURED:
        return Measured()
    environment = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "VIRTUAL_ENV") if key in os.environ}
    environment |= {"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            [sys.executable, *CHILD, ending],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Measured()
    if done.returncode or not done.stdout:
        return Measured()
    answer = json.loads(done.stdout)
    return Measured(answer["pages"], answer["text"])
