"""The pictures of the command line: each chart as SVG and as PNG beside the tables, drawn as the pages draw."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sightline.web.charts.sheet import Sheet

# Nobody looks through more; the tables hold every series.
MOST = 200
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")


def add_argument(parser: argparse.ArgumentParser) -> None:
    """This function will add the choice."""
    parser.add_argument(
        "--picture", action="store_true", help=f"draw each as SVG and PNG too, the first {MOST}, in DIR/pictures"
    )


def write_pictures(out: Path, sheets: Iterable[tuple[str, Sheet]]) -> list[str]:
    """This function will write the first pictures and give their paths; ``sheets`` are names with what is drawn.

    Where they cannot be written, that is said and the tables stand.
    """
    from sightline.web.charts.sheet import picture

    folder = out / "pictures"
    drawn = {name: picture(sheet) for name, sheet in _named(islice(sheets, MOST))}
    try:
        folder.mkdir(exist_ok=True)
        return _write(folder, drawn)
    except OSError as problem:
        print(f"No pictures could be written: {folder}: {problem.strerror}. The tables stand.", file=sys.stderr)
        return []


def _write(folder: Path, drawn: dict[str, str]) -> list[str]:
    from sightline.web.typesetting import NotSet, png_of

    for name, svg in drawn.items():
        (folder / f"{name}.svg").write_text(svg, encoding="utf-8")
    try:
        pixels = png_of(list(drawn.values()))
    except NotSet as problem:
        # The tables and the SVG stand; that the rest is wanting is said, and nothing is taken back for it.
        print(f"No PNG could be made: {problem}", file=sys.stderr)
        return [str(folder / f"{name}.svg") for name in drawn]
    for name, png in zip(drawn, pixels, strict=True):
        (folder / f"{name}.png").write_bytes(png)
    return [str(folder / f"{name}.{ending}") for name in drawn for ending in ("svg", "png")]


def tell(summary: dict[str, Any]) -> None:
    """This function will say where the pictures are, and nothing where none were asked for."""
    if summary["pictures"]:
        print(f"Drawn: {', '.join(summary['pictures'])}")


def _named(sheets: Iterable[tuple[str, Sheet]]) -> Iterator[tuple[str, Sheet]]:
    """Names that may be those of files, each once, whatever the case of its letters."""
    taken: set[str] = set()
    for number, (name, sheet) in enumerate(sheets):
        safe = _UNSAFE.sub("-", name)[:80].strip("-") or "series"
        while safe.lower() in taken:
            safe = f"{safe}-{number}"
        taken.add(safe.lower())
        yield safe, sheet
