"""``./dev bench``: measures speed and size. ``python -m tests.bench [--json FILE] [NAME ...]``, a name being a job's."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.bench.jobs import JOBS, goal_of


def main(arguments: list[str]) -> int:
    """This function will run the jobs asked for, or all of them, and print each figure beside its goal."""
    parser = argparse.ArgumentParser(prog="./dev bench", description="Measure speed and size.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(JOBS)} (default: all)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as one object, name to figure")
    asked = parser.parse_args(arguments)
    if unknown := [name for name in asked.names if name not in JOBS]:
        parser.error(f"there is no {', '.join(unknown)}. There are: {', '.join(JOBS)}.")
    figures: dict[str, float | None] = {}
    for name in asked.names or JOBS:
        _say(f"— {name}")
        found = dict(JOBS[name]())
        _print(found)
        figures |= found
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1, allow_nan=False) + "\n", encoding="utf-8")
    return 0


def _print(figures: Mapping[str, float | None]) -> None:
    width = max(map(len, figures))
    for name, figure in figures.items():
        goal = goal_of(name)
        if figure is None:
            _say(f"  {name:<{width}}  {'–':>12}  the published files or reference vectors are not beside the project")
            continue
        missed = goal is not None and not goal.is_met_by(figure)
        _say(f"  {name:<{width}}  {_number(figure):>12}  {goal or ''}{'  MISSED' if missed else ''}")


def _say(line: str) -> None:
    sys.stdout.write(line.rstrip() + "\n")
    sys.stdout.flush()


def _number(figure: float) -> str:
    return f"{figure:,.0f}" if abs(figure) >= 100 or figure == int(figure) else f"{figure:,.2f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
