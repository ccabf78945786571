"""Sets pages as PDF/UA in a process of its own: one in which letters were set must never be forked afterwards."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

SECONDS: float = 30
CHILD = ("-m", "sightline.web.typesetting_child")
KEPT = 32  # of what was set last, for whoever asks for the same again
# What the font surely has: the letters of Europe in Latin script, and the signs of print.
_PLAIN = re.compile(r"[^\n\x20-\x7e\xa0-\u017f\u2010-\u2026\u2030-\u203a\u20ac]")
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


@lru_cache(maxsize=KEPT)
def _set(source: str, data: str) -> bytes:
    environment = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "VIRTUAL_ENV") if key in os.environ}
    environment |= {"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            [sys.executable, *CHILD],
            input=json.dumps([source, data]).encode(),
            capture_output=True,
            timeout=SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotSet(f"Setting it took more than {SECONDS} seconds.") from None
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise NotSet(done.stderr.decode("utf-8", "replace")[-500:])
    return done.stdout
