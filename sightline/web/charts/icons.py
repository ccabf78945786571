"""Icons of variation and assurance: our own drawings of the ideas, each with its words."""

from __future__ import annotations

from markupsafe import Markup, escape

from sightline.core.indicators.assurance import Assurance
from sightline.core.indicators.variation import Direction, Variation
from sightline.core.signals import Side
from sightline.web.charts.series import Mark

# The same shapes as the points of a chart: whoever has learned one has learned the other.
_OUTLINE = {
    Mark.IMPROVEMENT: "M20 2 38 20 20 38 2 20z",
    Mark.NEUTRAL: "M5 5H35V35H5z",
    Mark.COMMON: "M3 20a17 17 0 1 0 34 0a17 17 0 1 0-34 0z",
}
_TRIANGLE = {Side.HIGH: "M20 2 39 36H1z", Side.LOW: "M20 38 1 4H39z"}
_ARROW = {Side.HIGH: "M20 28V13m-6 6 6-6 6 6", Side.LOW: "M20 12V27m-6-6 6 6 6-6"}
_WAVE = "M10 21q3.5-7 7 0t7 0t6-3"
_CONCERN_ARROW = {Side.HIGH: "M20 31V17m-5 5 5-5 5 5", Side.LOW: "M20 9V23m-5-5 5 5 5-5"}

# The usual range as a bar (across the target, or on one side of it) and the sign beside it.
_ACROSS = ("M8 8h8v24h-8z", "M24 13q0-5 4.5-5t4.5 4.5q0 3-4.5 4.5v2M28.5 25v.5")
_BESIDE = {
    (Assurance.MEETS, True): ("M8 4h8v13h-8z", "m23 10 4 4 8-9"),
    (Assurance.MEETS, False): ("M8 23h8v13h-8z", "m23 30 4 4 8-9"),
    (Assurance.MISSES, True): ("M8 4h8v13h-8z", "m25 6 8 8m0-8-8 8"),
    (Assurance.MISSES, False): ("M8 23h8v13h-8z", "m25 26 8 8m0-8-8 8"),
}


def variation_icon(variation: Variation, provisional: bool = False) -> Markup:
    """This function will draw what the latest value says: shape and colour for good or bad, an arrow for the side."""
    words = variation.words + (" (provisional)" if provisional else "")
    if variation is Variation.NONE:
        return _icon("c-icon-none", '<path class="c-icon-line" d="M12 20H28"/>', words)
    if variation is Variation.COMMON_CAUSE:
        drawn = f'<path class="c-icon-shape" d="{_OUTLINE[Mark.COMMON]}"/><path class="c-icon-line" d="{_WAVE}"/>'
        return _icon("c-icon-common", drawn, words)
    kind, side_name = variation.rsplit("_", 1)
    mark, side = Mark(kind), Side(side_name)
    concern = mark is Mark.CONCERN
    outline = _TRIANGLE[side] if concern else _OUTLINE[mark]
    arrow = (_CONCERN_ARROW if concern else _ARROW)[side]
    drawn = f'<path class="c-icon-shape" d="{outline}"/><path class="c-icon-arrow" d="{arrow}"/>'
    return _icon(f"c-icon-{mark}{' c-icon-provisional' if provisional else ''}", drawn, words)


def assurance_icon(assurance: Assurance, direction: Direction) -> Markup:
    """This function will draw the usual range as a bar against the target as a dashed line.

    The bar lies on the good side, on the bad side or across; a tick, a cross or a question says so again.
    """
    if assurance is Assurance.NONE:
        return _icon("c-icon-none", '<path class="c-icon-target" d="M4 20H36"/>', assurance.words)
    above = (assurance is Assurance.MEETS) is (direction is not Direction.DECREASE)
    bar, sign = _ACROSS if assurance is Assurance.INCONSISTENT else _BESIDE[assurance, above]
    drawn = (
        f'<path class="c-icon-bar" d="{bar}"/><path class="c-icon-target" d="M3 20H37"/>'
        f'<path class="c-icon-sign" d="{sign}"/>'
    )
    return _icon(f"c-icon-{assurance.name.lower()}", drawn, assurance.words)


def _icon(kind: str, drawn: str, words: str) -> Markup:
    said = escape(words)
    return Markup(  # noqa: S704 - the only text that comes in is escaped one line above
        f'<svg class="c-icon {kind}" viewBox="0 0 40 40" role="img" aria-label="{said}">'
        f"<title>{said}</title>{drawn}</svg>"
    )
