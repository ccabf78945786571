"""A sheet: one drawing with its title above and its legend and notes beneath, whole in itself, as a file of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from markupsafe import Markup, escape

from sightline.web.charts.axes import HEIGHT, WIDTH
from sightline.web.charts.describing import describe
from sightline.web.charts.full import full_strokes
from sightline.web.charts.legend import footnotes, keys, line_key, mark_key, ring_key
from sightline.web.charts.plot import Plot, plot_strokes
from sightline.web.charts.printing import standing_alone
from sightline.web.charts.series import ChartSeries, Mark

EDGE, ROW = 10, 22
_LETTER = 6.4  # the width of one, about, in the words under a drawing
_ACROSS, _TITLE = 140, 100


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a sheet: its title, what it shows in sentences, the strokes, and what they mean."""

    key: str
    title: str
    says: str
    strokes: str
    keys: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = ()


def sheet_of_series(series: ChartSeries) -> Sheet:
    """This function will put the chart that the pages draw of a series on a sheet."""
    notes = tuple(f"{number}. {words}" for number, words in enumerate(footnotes(series), 1))
    return Sheet(series.key, series.title, describe(series), full_strokes(series), tuple(keys(series)), notes)


def sheet_of_plot(plot: Plot, key: str, title: str, says: str, notes: Sequence[str] = ()) -> Sheet:
    """This function will put a plot on a sheet, with a legend of the lines and marks that it has."""
    kinds = sorted({(spot.mark, spot.side if spot.mark is Mark.CONCERN else None) for spot in plot.spots}, key=str)
    marks = [mark_key(mark, side) for mark, side in kinds] + ([ring_key(plot.ringed)] if plot.ringed else [])
    lines = {curve.means: line_key(curve.kind, curve.means) for curve in plot.curves if curve.means}
    numbered = [f"{number}. {divide.words}" for number, divide in enumerate(plot.divides, 1)]
    return Sheet(key, title, says, plot_strokes(plot, key), (*marks, *lines.values()), (*numbered, *notes))


def picture(sheet: Sheet) -> str:
    """This function will give the sheet as an SVG file: announced by its title and description, legible in grey."""
    key, heads = escape(sheet.key), wrap(sheet.title, _TITLE)[:3] or [""]
    top = 12 + ROW * len(heads)
    titles = "".join(
        f'<text class="c-title" x="{EDGE}" y="{ROW * row}">{escape(words)}</text>' for row, words in enumerate(heads, 1)
    )
    below, height = _beneath(sheet, top + HEIGHT + 16)
    drawn = (
        f'<svg class="chart c-full" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="{key}t {key}d">'
        f'<title id="{key}t">{escape(sheet.title)}</title><desc id="{key}d">{escape(sheet.says)}</desc>'
        f'<rect class="c-sheet" width="{WIDTH}" height="{height}"/>{titles}'
        f'<g transform="translate(0 {top})">{sheet.strokes}</g>{below}</svg>'
    )
    return standing_alone(drawn)


def on_page(sheet: Sheet) -> Markup:
    """This function will give the drawing of a sheet for a page, in a frame that scrolls on a narrow screen."""
    return Markup(  # noqa: S704 - every text is escaped where it is set
        f'<div class="c-frame" tabindex="0" role="region" aria-label="{escape(f"Chart: {sheet.title}")}">'
        f"{drawing(sheet)}</div>"
    )


def drawing(sheet: Sheet) -> str:
    """This function will give the drawing of a sheet without a frame; its title and its legend stand beside it."""
    key = escape(sheet.key)
    return (
        f'<svg class="chart c-full" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="{key}t {key}d">'
        f'<title id="{key}t">{escape(sheet.title)}</title><desc id="{key}d">{escape(sheet.says)}</desc>'
        f"{sheet.strokes}</svg>"
    )


def legend_on_page(sheet: Sheet) -> Markup:
    """This function will list what the shapes and lines of a sheet mean, for a page."""
    listed = "".join(f"<li>{key}{escape(words)}</li>" for key, words in sheet.keys)
    return Markup(f'<ul class="c-legend">{listed}</ul>')  # noqa: S704 - every text is escaped above


def _beneath(sheet: Sheet, top: int) -> tuple[str, int]:
    """The legend in rows, then the notes; and the height that they reach."""
    drawn, x, y = [], EDGE, top
    for key, words in sheet.keys:
        wide = 26 + round(_LETTER * len(words)) + 16
        if x > EDGE and x + wide > WIDTH - EDGE:
            x, y = EDGE, y + ROW
        placed = key.replace("<svg ", f'<svg x="{x}" y="{y - 14}" width="18" height="18" ', 1)
        drawn.append(f'{placed}<text class="c-label" x="{x + 24}" y="{y}">{escape(words)}</text>')
        x += wide
    y += ROW if sheet.keys else 0
    for line in _lines(sheet.notes):
        drawn.append(f'<text class="c-label" x="{EDGE}" y="{y}">{escape(line)}</text>')
        y += ROW - 4
    return "".join(drawn), y


def _lines(notes: Sequence[str]) -> Iterator[str]:
    for note in notes:
        yield from wrap(note, _ACROSS)
