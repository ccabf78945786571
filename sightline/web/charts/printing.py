"""A drawing that stands alone, outside any page: the same strokes, with the light colours of the pages written into it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FONT = "Source Sans Pro, Arial, Helvetica, sans-serif"
_STATIC = Path(__file__).resolve().parents[1] / "static" / "web"
_COMMENT, _ROOT = re.compile(r"/\*.*?\*/", re.DOTALL), re.compile(r":root\s*\{([^}]*)\}")
_AT, _RULE = re.compile(r"@[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}"), re.compile(r"([^{}]+)\{([^{}]*)\}")
_VAR = re.compile(r"var\((--[\w-]+)\)")
# What makes strokes and letters look as they do.
_DRAWN = (
    "fill",
    "stroke",
    "font-size",
    "font-weight",
    "text-anchor",
    "paint-order",
)
_OPENING, _SIZE = re.compile(r"<svg "), re.compile(r'viewBox="0 0 (\d+) (\d+)"')


def standing_alone(drawing: str) -> str:
    """This function will give a drawing of ours as a file of its own, which no style sheet and no font of a page reaches."""
    size = _SIZE.search(drawing)
    if size is None:
        raise ValueError("The drawing does not say how large it is")
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[1]}" height="{size[2]}" font-family="{FONT}" '
    opened = _OPENING.sub(opening, drawing, count=1)
    head, _, rest = opened.partition(">")
    return f"{head}><style>{_style()}</style>{rest}"


@cache
def _style() -> str:
    """The rules of charts.css that draw; the one place where colours and strokes are chosen stays that file."""
    ours, pages = (_COMMENT.sub("", (_STATIC / name).read_text("utf-8")) for name in ("charts.css", "sightline.css"))
    light = [*_ROOT.findall(_AT.sub("", pages)), *_ROOT.findall(_AT.sub("", ours))]
    colours = dict(_declared(";".join(light)))
    return "".join(
        f"{names.strip()}{{{said}}}"
        for names, body in _RULE.findall(_AT.sub("", ours))
        if ".c" in names and ":" not in names and (said := _VAR.sub(lambda found: colours[found[1]], _drawn(body)))
    )


def _drawn(body: str) -> str:
    return ";".join(f"{name}:{value}" for name, value in _declared(body) if name.startswith(_DRAWN))


def _declared(body: str) -> Iterator[tuple[str, str]]:
    for one in body.split(";"):
        name, _, value = one.partition(":")
        if value:
            yield name.strip(), value.strip()
