"""A data pack out of its paper: what changed, the themes and the blind spots of its figures, then each chart and funnel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sightline.core.signals import ROWS, Dimension, SignalKind, row_of
from sightline.indicators.presenters.comparing import dimension_words
from sightline.meetings.models import PaperRecord
from sightline.meetings.presenters.charts import ChartPaper, read_chart, to_print
from sightline.meetings.presenters.funnels import FunnelPaper, funnel_paper, to_print_funnel
from sightline.web.wording import plural

_QUIET = {
    SignalKind.MISSING: "a figure is missing that others have",
    SignalKind.STOPPED: "its figures have stopped",
    SignalKind.LATE: "its next figures are late",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One picture of a data pack under its heading: a chart of one body, or a funnel of all."""

    title: str
    shown: ChartPaper | FunnelPaper

    @property
    def is_funnel(self) -> bool:
        """Whether it is a funnel."""
        return isinstance(self.shown, FunnelPaper)


@dataclass(frozen=True, slots=True)
class DataPack:
    """Several charts in one paper, and at their head what changed, who is far from others, themes and blind spots."""

    changed: tuple[str, ...]
    themes: tuple[str, ...]
    blind: tuple[str, ...]
    charts: tuple[ChartPaper, ...]
    funnels: tuple[FunnelPaper, ...]
    order: tuple[str, ...]  # the indicator of each chart

    @property
    def head(self) -> list[tuple[str, tuple[str, ...], str]]:
        """What stands before the charts: heading, lines, and what is said where there is none."""
        still = "Nothing in these figures stands out." if self.charts else "This data pack has no chart over time."
        beside = tuple(f"{one.title}. {' '.join(one.says)}" for one in self.funnels)
        return [
            ("What changed", self.changed, still),
            *([("Beside each other", beside, "")] if beside else []),
            ("Themes", self.themes, "No theme is given for these figures."),
            ("Blind spots", self.blind, "Each theme has a chart here, and none of them has stopped or is late."),
        ]

    @property
    def parts(self) -> Iterator[Part]:
        """Each chart, and each funnel after the charts of its indicator."""
        for place, chart in enumerate(self.charts):
            yield Part(chart.drawn.title, chart)
            if self.order[place] not in self.order[place + 1 :]:
                yield from (_of(one) for one in self.funnels if one.indicator == self.order[place])
        yield from (_of(one) for one in self.funnels if one.indicator not in self.order)


def data_pack(record: PaperRecord | None) -> DataPack | None:
    """This function will read a data pack out of a paper, or give nothing for a paper that is none."""
    if record is None or "charts" not in record.content:
        return None
    frozen, key = record.content["charts"], f"c{record.version_id.hex}"
    across = record.content.get("funnels", [])  # packs were made before there were any
    charts = tuple(read_chart(one, one["subject"]["name"], f"{key}-{place}") for place, one in enumerate(frozen, 1))
    changed = [(chart.drawn.title, words) for chart in charts for words in chart.says[1:]]
    return DataPack(
        changed=tuple(f"{title}. {words}" for title, words in changed),
        themes=tuple(_themes([*frozen, *across])),
        blind=(*_quiet(frozen), *_lacking([*frozen, *across], record.content.get("theme", ""))),
        charts=charts,
        funnels=tuple(funnel_paper(one, f"{key}-f{place}") for place, one in enumerate(across, 1)),
        order=tuple(one["indicator"]["id"] for one in frozen),
    )


def to_print_pack(pack: DataPack) -> dict[str, Any]:
    """This function will give a data pack as a template sets it."""
    return {
        "sections": [{"heading": heading, "lines": list(lines), "none": none} for heading, lines, none in pack.head],
        "charts": [{"title": one.title, **_printed(one.shown)} for one in pack.parts],
    }


def _printed(shown: ChartPaper | FunnelPaper) -> dict[str, Any]:
    return to_print_funnel(shown) if isinstance(shown, FunnelPaper) else to_print(shown)


def _of(funnel: FunnelPaper) -> Part:
    return Part(f"{funnel.title}: all beside each other", funnel)


def _counted(frozen: Sequence[dict[str, Any]]) -> Counter[Dimension]:
    counted: Counter[Dimension] = Counter()
    for one in frozen:
        counted.update({row_of(Dimension(each)) for each in one["indicator"]["dimensions"]})
    return counted


def _themes(frozen: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Which dimensions of quality have a chart here."""
    counted = _counted(frozen)
    yield from (f"{dimension_words(row)}: {plural(counted[row], 'chart')}" for row in ROWS if counted[row])


def _quiet(frozen: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The figures that have gone quiet."""
    for one in frozen:
        for signal in one["signals"]:
            if signal["kind"] in _QUIET:
                yield f"{one['indicator']['name']}, {one['subject']['name']}: {_QUIET[signal['kind']]}"


def _lacking(frozen: Sequence[dict[str, Any]], theme: str) -> Iterator[str]:
    """The dimensions without a chart; where charts of one alone were offered, that is said instead of all the others."""
    if theme:
        yield f"The charts were chosen for one theme, {dimension_words(Dimension(theme))}. Charts of others were not offered."
        return
    counted = _counted(frozen)
    yield from (f"{dimension_words(row)}: no chart here" for row in ROWS if not counted[row])
