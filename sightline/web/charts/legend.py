"""The legend in words, with the same shapes as the chart, and only what the chart shows."""

from __future__ import annotations

from markupsafe import Markup, escape

from sightline.core.signals import Side
from sightline.web import wording
from sightline.web.charts.series import ChartSeries, Mark, Rebase
from sightline.web.charts.strokes import shape, shape_name

_NAMES = {
    Mark.COMMON: "Usual variation",
    Mark.IMPROVEMENT: "Better than chance alone would explain",
    Mark.CONCERN: "Worse than chance alone would explain",
    Mark.NEUTRAL: "More than chance alone would explain",
}
_BAND = '<rect class="c-band" x="0" y="3" width="20" height="14"/><path class="c-mean" d="M0 10H20"/>'
_SIDE_WORDS = {Side.HIGH: ", on the high side", Side.LOW: ", on the low side", Side.NONE: ""}


def legend(series: ChartSeries) -> Markup:
    """This function will list what the shapes and lines of a full chart mean, and its footnotes."""
    listed = "".join(f"<li>{key}{escape(words)}</li>" for key, words in keys(series))
    notes = "".join(f"<li>{escape(words)}</li>" for words in footnotes(series))
    ordered = f'<ol class="c-footnotes">{notes}</ol>' if notes else ""
    return Markup(f'<ul class="c-legend">{listed}</ul>{ordered}')  # noqa: S704 - every text is escaped above


def keys(series: ChartSeries) -> list[tuple[str, str]]:
    """This function will give each shape and line of a full chart as a small drawing, and what it means."""
    kinds = sorted({(point.mark, point.side) for point in series.points if point.value is not None})
    entries = [_entry(mark, side) for mark, side in kinds]
    if any(phase.low is not None for phase in series.phases):
        entries.append(_line("c-band", _range_words(series)))
    elif series.chart and any(phase.mean is not None for phase in series.phases):
        entries.append(_line("c-mean", series.centre.capitalize()))
    if any(phase.provisional for phase in series.phases):
        entries.append(_line("c-limit c-provisional", "Provisional limits: fewer figures than are needed to be sure"))
    if series.target is not None:
        entries.append(_line("c-target", "Target"))
    if series.predecessor:
        before = series.predecessor
        entries.append(
            _entry(Mark.COMMON, Side.NONE, f"Figures of {before.name}, before {wording.day(before.until)}", " c-hollow")
        )
    return entries


def _range_words(series: ChartSeries) -> str:
    if any(phase.lows for phase in series.phases):
        return f"Usual range, narrower where more stand behind a figure, with the {series.centre} as a line"
    return f"Usual range, with the {series.centre} as a line"


def footnotes(series: ChartSeries) -> list[str]:
    """This function will say why new limits begin, in the order of their numbers in the chart."""
    return [_note(rebase) for rebase in series.rebases]


def _note(rebase: Rebase) -> str:
    words = f"New limits from {wording.day(rebase.on)}"
    return f"{words}: {rebase.because}" if rebase.because else words


def mark_key(mark: Mark, side: Side | None) -> tuple[str, str]:
    """This function will give the shape that stands for a kind of point, and what it means."""
    return _entry(mark, side or Side.NONE)


def line_key(kind: str, words: str) -> tuple[str, str]:
    """This function will give a line of a kind, and what it means."""
    return _key(_stroke(kind)), words


def ring_key(words: str) -> tuple[str, str]:
    """This function will give the ring that sets some points apart, and whom it is round."""
    return _key('<circle class="c-ring" cx="10" cy="10" r="8"/>'), words


def _entry(mark: Mark, side: Side, words: str = "", extra: str = "") -> tuple[str, str]:
    side_words = _SIDE_WORDS[side] if mark is Mark.CONCERN else ""
    path = shape(mark, side, 10, 10, 4 if mark is Mark.COMMON else 7)
    drawn = f'<path class="c-mark c-{mark} c-{shape_name(mark, side)}{extra}" d="{path}"/>'
    return _key(drawn), words or _NAMES[mark] + side_words


def _line(kind: str, words: str) -> tuple[str, str]:
    return _key(_BAND if kind == "c-band" else _stroke(kind)), words


def _stroke(kind: str) -> str:
    return f'<path class="{kind}" d="M0 10H20"/>'


def _key(drawn: str) -> str:
    return f'<svg class="c-key" viewBox="0 0 20 20" aria-hidden="true" focusable="false">{drawn}</svg>'
