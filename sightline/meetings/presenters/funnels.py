"""A funnel that was frozen into a data pack: drawn and told from its facts, by the same code as on an indicator’s page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import nan
from typing import Any

from markupsafe import Markup

from sightline.core.indicators.funnels import LaidOut, Limits, Stand
from sightline.core.statistics.scales import Method, Ratio
from sightline.indicators.catalogue import Indicator, read_indicator
from sightline.indicators.presenters.funnels import Row, notes_of, row_of_stand, says_of, sheet_of, title_of
from sightline.indicators.presenters.single import mandatory_card
from sightline.web.charts import standing_alone
from sightline.web.charts.sheet import Sheet, drawing, legend_on_page, on_page
from sightline.web.wording import day

RINGED = "A subject of this data pack"
COLUMNS = ["Subject", "Figure", "Counted in all", "Limits", "What it says"]


@dataclass(frozen=True, slots=True)
class FunnelPaper:
    """A funnel in a paper: what it is drawn from, what it says, whom it names, and its data card."""

    indicator: str
    title: str
    sheet: Sheet
    says: tuple[str, ...]
    notes: tuple[str, ...]
    rows: tuple[Row, ...]
    card: tuple[tuple[str, str], ...]

    @property
    def rows_are(self) -> str:
        """Whom the table names, in which order; nothing where it names nobody."""
        first = "Those of this data pack first, then those furthest outside the 99.8 % limits."
        return first if self.rows else ""

    @property
    def picture(self) -> Markup:
        """The drawing for a page."""
        return on_page(self.sheet)

    @property
    def legend(self) -> Markup:
        """What its shapes and lines mean."""
        return legend_on_page(self.sheet)


def funnel_paper(frozen: dict[str, Any], key: str) -> FunnelPaper:
    """This function will read a funnel out of a data pack (DAT-03); ``key`` makes the ids of its drawing unique."""
    indicator, laid = read_indicator(frozen["indicator"]), _laid_out(frozen)
    named = frozen["named"]
    own = [place for place, one in enumerate(named) if one["own"]]
    names = [one["name"] for one in named] + [""] * len(frozen["others"])
    outside = laid.outside
    title = title_of(indicator, date.fromisoformat(frozen["start"]), frozen["kind"])
    rows = [
        row_of_stand(indicator, laid, laid.stands[place], names[place])
        for place in (*own, *(one.place for one in outside if names[one.place] and one.place not in own))
    ]
    far = [names[one.place] for one in outside if names[one.place]]
    says = (
        *(f"{row.name}: {row.figure}. {row.says}." for row in rows[: len(own)]),
        says_of(len(laid.stands), far, len(outside)),
    )
    return FunnelPaper(
        indicator=indicator.id,
        title=title,
        sheet=sheet_of(indicator, laid, names, title, " ".join(says), key=key, own=own, ringed=RINGED),
        says=says,
        notes=tuple(_notes(frozen, indicator, laid)),
        rows=tuple(rows),
        card=tuple(mandatory_card(indicator)),
    )


def to_print_funnel(funnel: FunnelPaper) -> dict[str, Any]:
    """This function will give a funnel as a template sets it, the drawing with everything that it needs."""
    return {
        "drawing": standing_alone(drawing(funnel.sheet)),
        "alt": f"{funnel.title}. {funnel.sheet.says}",
        "keys": [{"drawing": standing_alone(key), "says": words} for key, words in funnel.sheet.keys],
        "footnotes": [],
        "says": list(funnel.says),
        "notes": list(funnel.notes),
        "figures": "By name",
        "columns": COLUMNS,
        "rows": [[row.name, row.figure, row.size, row.limits, row.says] for row in funnel.rows],
        "left_out": funnel.rows_are,
        "card": [list(one) for one in funnel.card],
    }


def _laid_out(frozen: dict[str, Any]) -> LaidOut:
    """The facts as they were laid out, those by name first."""
    named = [
        Stand(
            place=place,
            size=one["size"],
            ratio=one["figure"],
            outside=one["outside"],
            lower=_number(one["lower"]),
            upper=_number(one["upper"]),
            far=_number(one["far"]),
        )
        for place, one in enumerate(frozen["named"])
    ]
    others = [
        Stand(place=place, size=size, ratio=ratio, outside=outside)
        for place, (size, ratio, outside) in enumerate(frozen["others"], len(named))
    ]
    shown = frozen["shown"]
    return LaidOut(
        ratio=Ratio(frozen["ratio"]),
        method=Method(frozen["method"]),
        target=frozen["target"],
        spread=frozen["spread"],
        shown=(shown[0], shown[1]) if shown else None,
        limits=tuple(
            Limits(
                level=one["level"],
                sizes=tuple(one["sizes"]),
                lower=tuple(map(_number, one["lower"])),
                upper=tuple(map(_number, one["upper"])),
            )
            for one in frozen["limits"]
        ),
        stands=(*named, *others),
    )


def _number(value: float | None) -> float:
    return nan if value is None else value


def _notes(frozen: dict[str, Any], indicator: Indicator, laid: LaidOut) -> Iterator[str]:
    if frozen["lacking"]:
        yield f"Not in this picture, for want of counts of this period: {', '.join(frozen['lacking'])}."
    if frozen["others"]:
        yield "Subjects without a name here are drawn and counted all the same."
    yield from notes_of(indicator, laid, frozen["absent"])
    if latest := frozen["publication"]:
        on = f", published {day(date.fromisoformat(latest['published_on']))}" if latest["published_on"] else ""
        yield f"Latest publication: {latest['title']}{on}."
