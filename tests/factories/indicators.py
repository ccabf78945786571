"""Files of figures about invented bodies, dropped in by the road of real ones; and signals without a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sightline.accounts.operator import Operator
from sightline.core.access import Actor
from sightline.core.signals import Bearing, SignalKind
from sightline.directory.models import Subject
from sightline.indicators.catalogue import (
    Better,
    ChartKind,
    DataCard,
    Dimension,
    Indicator,
    SmallNumbers,
    Unit,
)
from sightline.indicators.drop import work_through
from sightline.indicators.models import Delivery, Publication, Series, Signal
from sightline.indicators.operations import Arrived, confirm_mapping, receive_files
from sightline.indicators.queries import received_file
from sightline.indicators.sources.tidy import Mapping as Columns
from sightline.indicators.sources.tidy import guess_of
from sightline.intake.contract import PeriodKind

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
TODAY = NOW.date()
FIRST = date(2023, 9, 1)  # with 24 months the figures reach August 2025: neither late nor old on that day
KEEPER = Operator("keeper")
SICKNESS = "sickness-absence-rate"
_WOBBLE = (0.2, -0.1, 0.1, -0.2, 0.0)
_SICKNESS_HEAD = (
    "DATE,NHSE_REGION_CODE,NHSE_REGION_NAME,ICS_CODE,ICS_NAME,ORG_CODE,ORG_NAME,ORG_TYPE,"
    "FTE_DAYS_LOST,FTE_DAYS_AVAILABLE,SICKNESS_ABSENCE_RATE_PERCENT"
)


def month_after(first: date, count: int) -> date:
    """This function will give the first day of a month so many months later."""
    whole = first.year * 12 + first.month - 1 + count
    return date(whole // 12, whole % 12 + 1, 1)


def usual(count: int, level: float = 4.0) -> list[float | None]:
    """This function will make figures that move as they always do."""
    return [round(level + _WOBBLE[index % 5], 2) for index in range(count)]


def worsening(count: int = 24, bad: int = 8, level: float = 4.0) -> list[float | None]:
    """This function will make figures whose last ones are far above their usual level."""
    return usual(count - bad, level) + usual(bad, level + 3)


def sickness(
    rates: Mapping[str, Sequence[float | None]],
    *,
    first: date = FIRST,
    name: str = "sickness.csv",
    available: float = 10_000,
    system: str = "QZ1",
) -> Arrived:
    """This function will make a file of sickness absence as published; a rate of None leaves the row out."""
    lines = [_SICKNESS_HEAD]
    for code, values in rates.items():
        for index, rate in enumerate(values):
            if rate is None:
                continue
            day, lost = month_after(first, index), rate * available / 100
            lines.append(
                f"{day:%d/%m/%Y},ZY1,Region,{system},System,{code},Trust {code},Acute,{lost:.2f},{available},{rate:.2f}"
            )
    return Arrived(name, "\n".join(lines).encode() + b"\n")


def emergency(
    codes: Sequence[str], months: int = 24, *, first: date = FIRST, late: Sequence[int] = (), name: str = "ae.csv"
) -> Arrived:
    """This function will make a tidy file of A&E attendances; ``late`` gives those over four hours of each month."""
    lines = ["period,org_code,type,attendances,breaches,admissions"]
    for code in codes:
        for index in range(months):
            over = late[index] if late else 200 + 5 * (index % 4)
            lines.append(f"{month_after(first, index)},{code},1,1000,{over},300")
    return Arrived(name, "\n".join(lines).encode() + b"\n")


def table(rows: Sequence[Sequence[object]], name: str = "table.csv") -> Arrived:
    """This function will make a CSV of rows."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return Arrived(name, out.getvalue().encode())


def falls(codes: Sequence[str], values: Sequence[object], *, name: str = "falls.csv", first: date = FIRST) -> Arrived:
    """This function will make a tidy file whose columns somebody must confirm."""
    rows = [[code, f"{month_after(first, i):%Y-%m}", value] for code in codes for i, value in enumerate(values)]
    return table([["Trust code", "Month", "Score"], *rows], name)


def received(*files: Arrived, by: Actor = KEEPER) -> list[Delivery]:
    """This function will write a drop down without working through it."""
    return receive_files(by=by, at=datetime.now(UTC), files=list(files))


def dropped(*files: Arrived, by: Actor = KEEPER) -> list[Delivery]:
    """This function will drop files in and work through them to the end."""
    batch = received(*files, by=by)[0].batch
    work_through(batch, by=by)
    return list(Delivery.objects.filter(batch=batch).order_by("position"))


def an_indicator(slug: str = "falls", **more: Any) -> Indicator:
    """This function will make a catalogue entry as a person would complete it."""
    words = "Said by the person who brought it in"
    given = {
        "id": slug, "name": slug.capitalize(), "short_name": slug.capitalize(), "definition": words,
        "numerator": words, "denominator": words, "unit": Unit.SCORE, "direction": Better.DECREASE,
        "dimensions": (Dimension.SAFE,), "chart": ChartKind.XMR, "period": PeriodKind.MONTH, "cadence_months": 1,
        "lag_days": 150, "decimals": 1, "source": "tidy",
        "small_numbers": SmallNumbers(by_publisher=False, rule=words),
        "card": DataCard(
            purpose=words, source=words, period_covered=words, audience=words, confidentiality=words,
            known_issues=words, what_good_looks_like=words,
        ),
    }  # fmt: skip
    return Indicator(**{**given, **more})


def confirmed(delivery: Delivery, *indicators: Indicator, by: Actor = KEEPER, **more: Any) -> Columns:
    """This function will confirm the guessed columns of a tidy file, and what its indicators mean."""
    guessed = guess_of(received_file(delivery))
    assert guessed is not None
    meant = indicators or tuple(an_indicator(one.id) for one in guessed.indicators)
    confirm_mapping(by=by, at=datetime.now(UTC), delivery=delivery, mapping=guessed, indicators=meant, **more)
    return guessed


def dropped_and_confirmed(file: Arrived, *indicators: Indicator) -> Delivery:
    """This function will bring a tidy file in to the end."""
    (delivery,) = dropped(file)
    assert delivery.state == Delivery.State.MAPPING
    confirmed(delivery, *indicators)
    work_through(delivery.batch, by=KEEPER)
    delivery.refresh_from_db()
    return delivery


def series_of(code: str, indicator: str = SICKNESS) -> Series:
    """This function will give the series of one body."""
    return Series.objects.select_related("subject").get(indicator=indicator, subject__key=code)


def figures_of(code: str, indicator: str = SICKNESS) -> dict[str, float | None]:
    """This function will give the figures that the pages serve, by the first day of their period."""
    content = series_of(code, indicator).content
    return dict(zip(content["starts"], content["values"], strict=True))


def a_signal(
    subject: Subject | None,
    *,
    source: str = "sickness_absence",
    measure: str = SICKNESS,
    kind: SignalKind = SignalKind.SPECIAL_CAUSE,
    bearing: Bearing = Bearing.CONCERN,
    since: date = date(2025, 1, 1),
    until: date = date(2025, 8, 1),
    raised_at: datetime = NOW,
    **more: Any,
) -> Signal:
    """This function will make a signal that stands, without the figures behind it."""
    given = {"side": "high", "periods": 8, "rules": "shift", "first_raised_at": raised_at, **more}
    return Signal.objects.create(
        subject=subject, measure=measure, kind=kind, bearing=bearing, since=since, until=until, source=source,
        raised_at=raised_at, **given,
    )  # fmt: skip


def rows_of_house() -> dict[str, int]:
    """This function will count what an import could change, the account of the drop itself left out."""
    models = (Publication, Series, Signal, Subject)
    return {model.__name__: model.objects.count() for model in models}
