"""Finds what a journey needs from the machine: a Chromium, and axe; says how to get what is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
AXE = ROOT / ".cache" / "axe" / "axe.min.js"


def find_chromium() -> str:
    """This function will give the path of a Chromium, or skip the test with words; under CI it fails."""
    given = os.environ.get("SIGHTLINE_CHROMIUM", "")
    found = shutil.which(given) if given else next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    if not given and MAC.exists():
        return str(MAC)
    wrong = f"SIGHTLINE_CHROMIUM is “{given}”, which cannot be run." if given else "No Chromium was found."
    do_without(f"{wrong} Install one (Debian, Ubuntu: apt-get install chromium), or name one in SIGHTLINE_CHROMIUM.")


def read_axe() -> str:
    """This function will give axe's program, fetching it where it is not here yet."""
    if not AXE.exists():
        command = [sys.executable, str(ROOT / "sightline" / "web" / "assets.py")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if not AXE.exists():
            do_without(f"axe is not here and could not be fetched: {done.stderr.strip()[-300:]}")
    return AXE.read_text()


def do_without(why: str) -> NoReturn:
    """This function will skip, or under CI fail, what needs a part that is missing."""
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(why, pytrace=False)
    pytest.skip(why)
