"""Runs one heavy measurement in a process of its own, so that its time and its peak of memory are true."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1024 * 1024
_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024  # what ru_maxrss counts in


@dataclass(frozen=True, slots=True)
class Ran:
    """What a process took, and what it printed."""

    seconds: float
    processor_seconds: float  # its own and its children's, which a busy machine does not stretch
    peak_mb: float
    printed: str

    def figures(self) -> dict[str, float]:
        """This function will read the figures that a measuring process printed as its last line."""
        return dict(json.loads(self.printed.strip().splitlines()[-1]))


def run(arguments: Sequence[object], data: Path, may_end_with: tuple[int, ...] = (0,)) -> Ran:
    """This function will run Python with these arguments on a data folder, and fail when the process does.

    The caller must be small itself: a child's peak is never below what its parent held when it was made.
    """
    # Where a shell keeps Python from writing its bytecode, each start would be measured as a first one.
    ours = ["PYTHONDONTWRITEBYTECODE"]
    ours += [name for name in os.environ if name.startswith(("SIGHTLINE_", "DATABASE_")) and name != "SIGHTLINE_SHARED"]
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    environment |= {"SIGHTLINE_DATA_DIR": str(data), "PYTHONWARNINGS": "ignore"}
    with tempfile.TemporaryFile() as printed:
        begun = perf_counter()
        child = subprocess.Popen(
            [sys.executable, *map(str, arguments)], stdout=printed, stderr=subprocess.DEVNULL, env=environment, cwd=ROOT
        )
        _, status, usage = os.wait4(child.pid, 0)
        seconds = perf_counter() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in may_end_with:
            command = " ".join(map(str, arguments))[:200]
            raise SystemExit(f"This ended with {child.returncode}; run it by hand to see why:\n  python {command}")
        printed.seek(0)
        own = usage.ru_utime + usage.ru_stime
        return Ran(seconds, own, usage.ru_maxrss * _PEAK_UNIT / MEGABYTE, printed.read().decode())
