"""Runs what opens strangers' files in a process of its own, which knows no secrets and may be killed at any moment."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_KNOWN = ("PATH", "SYSTEMROOT", "VIRTUAL_ENV")  # all that goes with it of what this process was told


class NoAnswer(Exception):
    """A child process gave no answer."""


class TooSlow(NoAnswer):
    """It took more than its seconds, and was killed."""


class TooHeavy(NoAnswer):
    """It ended without a word: mostly because it asked for more memory or time than it may have."""


def ask(module: Sequence[str], given: bytes, seconds: float) -> bytes:
    """This function will give what a module of ours answers to bytes, both by its pipes; never nothing.

    It is a new interpreter, not a fork: nothing of this process (settings, connections, memory) goes with it. How much
    memory it may have is its own to limit. Raises TooSlow and TooHeavy.
    """
    environment = {key: os.environ[key] for key in _KNOWN if key in os.environ}
    environment |= {"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            [sys.executable, *module],
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TooSlow from None
    if done.returncode or not done.stdout:
        raise TooHeavy
    return done.stdout
