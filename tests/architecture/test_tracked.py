"""What a running house makes for itself is never part of the project: its key least of all."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_nothing_is_tracked_that_is_to_be_ignored() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout, so nothing says what is tracked")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--ignored", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert listed.stdout.split() == []
