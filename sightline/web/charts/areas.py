"""A map of areas with a value each, and the same as a list for whoever does not use maps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

from markupsafe import Markup, escape

from sightline.web.charts.series import Mark

Ring = Sequence[tuple[float, float]]
WIDTH = 520
PLAIN = "none"


@dataclass(frozen=True, slots=True)
class AreaShape:
    """An area's code, name and outline: rings of (longitude, latitude) in degrees."""

    code: str
    name: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class AreaValue:
    """What is to be said of an area, how it is marked, and where its page is."""

    says: str
    mark: Mark = Mark.COMMON
    href: str = ""


def area_map(title: str, shapes: Sequence[AreaShape], values: Mapping[str, AreaValue], key: str = "map") -> Markup:
    """This function will draw the areas, shaded and hatched by their mark, with a list beneath that says the same."""
    view = _View.around(point for shape in shapes for ring in shape.rings for point in ring)
    drawn = "".join(_area(shape, values.get(shape.code), view) for shape in shapes)
    # The list below has every link and word, so that the picture itself need not be walked through.
    picture = (
        f'<svg class="chart c-map" viewBox="0 0 {WIDTH} {view.height}" role="img" aria-labelledby="{escape(key)}t">'
        f'<title id="{escape(key)}t">{escape(title)}. The list that follows says the same in words.</title>'
        f"{_PATTERNS.replace('KEY', str(escape(key)))}{drawn.replace('KEY', str(escape(key)))}</svg>"
    )
    rows = "".join(_listed(shape, values.get(shape.code)) for shape in sorted(shapes, key=lambda shape: shape.name))
    return Markup(f'<div class="c-area">{picture}<ul class="c-area-list">{rows}</ul></div>')  # noqa: S704 - escaped in parts


# Hatching to the right and to the left, and dots: a colour is never the only sign.
_PATTERNS = (
    '<defs><pattern id="KEYconcern" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<rect class="c-area-concern" width="7" height="7"/><path class="c-hatch" d="M-1 8 8-1"/></pattern>'
    '<pattern id="KEYimprovement" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<rect class="c-area-improvement" width="7" height="7"/><path class="c-hatch" d="M-1-1 8 8"/></pattern>'
    '<pattern id="KEYneutral" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<rect class="c-area-neutral" width="7" height="7"/><path class="c-hatch" d="M3 3h1"/></pattern></defs>'
)


@dataclass(frozen=True, slots=True)
class _View:
    """The plain projection: degrees of longitude are narrowed by the middle latitude. Right enough for England."""

    west: float
    north: float
    narrowing: float
    scale: float
    height: int

    @staticmethod
    def around(points: Iterable[tuple[float, float]]) -> _View:
        known = list(points) or [(0.0, 0.0), (1.0, 1.0)]
        west, east = min(x for x, _ in known), max(x for x, _ in known)
        south, north = min(y for _, y in known), max(y for _, y in known)
        narrowing = cos(radians((south + north) / 2))
        scale = WIDTH / max((east - west) * narrowing, 1e-6)
        return _View(west, north, narrowing, scale, max(1, round((north - south) * scale)))

    def place(self, longitude: float, latitude: float) -> tuple[int, int]:
        x = (longitude - self.west) * self.narrowing * self.scale
        return round(x), round((self.north - latitude) * self.scale)


def _area(shape: AreaShape, value: AreaValue | None, view: _View) -> str:
    path = "".join(_outline(ring, view) for ring in shape.rings)
    if value is None:
        kind, fill = "c-area-none", ""
    elif value.mark is Mark.COMMON:
        kind, fill = "c-area-common", ""
    else:
        kind, fill = f"c-area-marked c-is-{value.mark}", f' fill="url(#KEY{value.mark})"'
    says = escape(f"{shape.name}: {value.says if value else 'no information'}")
    return f'<path class="{kind}"{fill} d="{path}"><title>{says}</title></path>' if path else ""


def _outline(ring: Ring, view: _View) -> str:
    """Points that fall on the same place, or on a straight line, are left out: a coastline has thousands."""
    kept: list[tuple[int, int]] = []
    for longitude, latitude in ring:
        here = view.place(longitude, latitude)
        if kept and here == kept[-1]:
            continue
        if len(kept) > 1 and _straight(kept[-2], kept[-1], here):
            kept[-1] = here
            continue
        kept.append(here)
    if len(kept) < 4:
        return ""
    steps = [f"M{kept[0][0]} {kept[0][1]}"]
    for (x0, y0), (x1, y1) in pairwise(kept[:-1]):
        steps.append(f"l{x1 - x0} {y1 - y0}")
    return "".join(steps).replace(" -", "-") + "z"


def _straight(first: tuple[int, int], second: tuple[int, int], third: tuple[int, int]) -> bool:
    ax, ay = second[0] - first[0], second[1] - first[1]
    bx, by = third[0] - second[0], third[1] - second[1]
    return ax * by == ay * bx and ax * bx + ay * by > 0


def _listed(shape: AreaShape, value: AreaValue | None) -> str:
    name = escape(shape.name)
    named = f'<a href="{escape(value.href)}">{name}</a>' if value and value.href else name
    mark = value.mark if value else PLAIN
    return f'<li class="c-is-{mark}">{named} <span>{escape(value.says if value else "No information")}</span></li>'
