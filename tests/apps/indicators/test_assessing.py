"""Assessment: which signals are raised, go on and end; silence; and where a merged body's history comes from."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone

from sightline.core.signals import Bearing, SignalKind
from sightline.directory.models import Organisation
from sightline.directory.words import Link
from sightline.indicators.catalogue import Better, Unit
from sightline.indicators.models import Series, Signal, SignalEnding
from sightline.indicators.operations import assess
from sightline.indicators.operations._reassessing import Assessed
from tests.factories.directory import a_relation, an_organisation
from tests.factories.indicators import (
    FIRST,
    KEEPER,
    SICKNESS,
    an_indicator,
    dropped,
    dropped_and_confirmed,
    emergency,
    figures_of,
    month_after,
    series_of,
    sickness,
    table,
    usual,
    worsening,
)

pytestmark = pytest.mark.usefixtures("house")
MONTHS = [month_after(FIRST, index) for index in range(30)]


def _assess(indicators: set[str] | None = None) -> Assessed:
    return assess(by=KEEPER, at=timezone.now(), indicators=indicators)


def _standing(kind: SignalKind, code: str = "ZR1") -> Signal:
    return Signal.objects.current().get(kind=kind, subject__key=code)


def _all(kind: SignalKind) -> list[tuple[date, date]]:
    return list(Signal.objects.current().filter(kind=kind).order_by("since").values_list("since", "until"))


def test_pattern_becomes_one_signal_with_all_that_a_reader_must_know() -> None:
    (delivery,) = dropped(sickness({"ZR1": worsening(), "ZR2": usual(24)}))
    signal = _standing(SignalKind.SPECIAL_CAUSE)
    assert (signal.bearing, signal.side, signal.measure) == (Bearing.CONCERN, "high", SICKNESS)
    assert (signal.since, signal.until, signal.periods) == (MONTHS[16], MONTHS[23], 8)
    assert "shift" in signal.rules.split()
    assert (signal.source, signal.publication) == ("sickness_absence", delivery.publication)
    assert signal.usual_low is not None and signal.usual_high is not None
    assert not Signal.objects.filter(subject__key="ZR2").exists()


def test_same_data_raise_nothing_a_second_time(clock: time_machine.Traveller) -> None:
    dropped(sickness({"ZR1": worsening(), "ZR2": [*usual(20), None, None, None, None], "ZR3": usual(24)}))
    before = list(Signal.objects.order_by("pk").values())
    clock.shift(timedelta(days=1))
    again = _assess()
    assert (again.raised, again.continued, again.ended) == (0, 0, 0)
    assert again.series == 3
    assert list(Signal.objects.order_by("pk").values()) == before
    assert not SignalEnding.objects.exists()


def test_several_holes_of_one_body_are_not_raised_again(clock: time_machine.Traveller) -> None:
    holes: list[float | None] = usual(24)
    holes[14] = holes[18] = None
    dropped(sickness({"ZR1": holes, "ZR2": usual(24), "ZR3": usual(24)}))
    assert _all(SignalKind.MISSING) == [(MONTHS[14], MONTHS[14]), (MONTHS[18], MONTHS[18])]
    clock.shift(timedelta(days=1))
    again = _assess()
    assert (again.raised, again.continued, again.ended) == (0, 0, 0)
    assert Signal.objects.filter(kind=SignalKind.MISSING).count() == 2


def test_longer_pattern_continues_the_earlier_signal(clock: time_machine.Traveller) -> None:
    dropped(sickness({"ZR1": worsening()}))
    first = _standing(SignalKind.SPECIAL_CAUSE)
    clock.shift(timedelta(days=7))
    dropped(sickness({"ZR1": [7.1, 7.2]}, first=MONTHS[24], name="later.csv"))
    second = _standing(SignalKind.SPECIAL_CAUSE)
    assert second.continues == first
    assert (second.since, second.until, second.periods) == (first.since, MONTHS[25], 10)
    assert second.first_raised_at == first.raised_at < second.raised_at
    assert SignalEnding.objects.get().because == "continued"
    clock.shift(timedelta(days=7))
    dropped(sickness({"ZR1": [7.0]}, first=MONTHS[26], name="still later.csv"))
    third = _standing(SignalKind.SPECIAL_CAUSE)
    assert (third.continues, third.first_raised_at) == (second, first.raised_at)


def test_pattern_that_is_gone_is_ended_and_stays_on_record(clock: time_machine.Traveller) -> None:
    dropped(sickness({"ZR1": worsening()}))
    signal = _standing(SignalKind.SPECIAL_CAUSE)
    clock.shift(timedelta(days=7))
    dropped(sickness({"ZR1": usual(8)}, first=MONTHS[16], name="sickness revised.csv"))
    assert not Signal.objects.current().exists()
    ending = SignalEnding.objects.get()
    assert (ending.signal, ending.because, ending.ended_at) == (signal, "no longer so", timezone.now())


def test_only_the_indicators_asked_for_are_assessed() -> None:
    dropped(sickness({"ZR1": usual(24)}))
    assert _assess({"ae-4h-all-types"}).indicators == set()
    assert _assess({SICKNESS}).indicators == {SICKNESS}
    assert _assess(set()).series == 0


def test_body_that_misses_months_its_peers_reported_is_told_of() -> None:
    rates: list[float | None] = usual(24)
    rates[20] = rates[21] = None
    dropped(sickness({"ZR1": rates, "ZR2": usual(24), "ZR3": usual(24)}))
    signal = _standing(SignalKind.MISSING)
    assert (signal.since, signal.until, signal.periods) == (MONTHS[20], MONTHS[21], 2)
    assert signal.bearing == Bearing.NEITHER
    assert figures_of("ZR1")[MONTHS[20].isoformat()] is None


def test_body_silent_at_the_end_has_stopped_though_two_months_only_are_missing_ones() -> None:
    dropped(sickness({"ZR1": usual(21), "ZR2": usual(22), "ZR3": usual(24), "ZR4": usual(24), "ZR5": usual(24)}))
    assert (_standing(SignalKind.STOPPED).since, _standing(SignalKind.STOPPED).periods) == (MONTHS[21], 3)
    assert _standing(SignalKind.MISSING, "ZR2").periods == 2
    assert not Signal.objects.filter(subject__key="ZR3").exists()


def test_withheld_figure_is_not_a_missing_one() -> None:
    for code in ("ZR1", "ZR2"):
        an_organisation(code)
    rows = [
        [code, f"{MONTHS[i]:%Y-%m}", "*" if (code, i) == ("ZR1", 20) else 4 + i % 3]
        for code in ("ZR1", "ZR2")
        for i in range(24)
    ]
    dropped_and_confirmed(table([["Trust code", "Month", "Score"], *rows]))
    assert series_of("ZR1", "score").content["notes"][20] == "suppressed"
    assert not Signal.objects.filter(kind=SignalKind.MISSING).exists()


@pytest.mark.parametrize(("closed", "kinds"), [(date(2025, 6, 30), set()), (None, {SignalKind.STOPPED})])
def test_closed_body_has_not_stopped_reporting(closed: date | None, kinds: set[SignalKind]) -> None:
    an_organisation("ZR1", closed_on=closed)
    dropped(sickness({"ZR1": usual(18), "ZR2": usual(24), "ZR3": usual(24)}))
    assert set(Signal.objects.filter(subject__key="ZR1").values_list("kind", flat=True)) == kinds


def test_closed_body_worries_nobody_but_its_chart_stays() -> None:
    an_organisation("ZR1", closed_on=date(2025, 9, 30))
    dropped(sickness({"ZR1": worsening()}))
    assert not Signal.objects.exists()
    assert series_of("ZR1").variation.startswith("concern")


def test_overdue_publication_is_one_signal_about_nobody_that_ends_when_it_comes(clock: time_machine.Traveller) -> None:
    dropped(sickness({"ZR1": usual(24), "ZR2": usual(24)}))
    assert not Signal.objects.exists()
    clock.move_to(datetime(2026, 4, 1, 12, tzinfo=UTC))
    _assess()
    late = Signal.objects.get()
    assert (late.kind, late.subject, late.measure) == (SignalKind.LATE, None, SICKNESS)
    for _ in range(3):
        clock.shift(timedelta(days=1))
        assert _assess().raised == 0
    assert Signal.objects.count() == 1, "a day that passes is no news"
    rates = {code: usual(4) for code in ("ZR1", "ZR2")}
    dropped(sickness(rates, first=MONTHS[24], name="at last.csv"))
    assert not Signal.objects.current().exists()


def test_time_passes_for_publications_that_nobody_touches(clock: time_machine.Traveller) -> None:
    dropped(sickness({"ZR1": usual(24), "ZR2": usual(24)}))
    standing = {row.pk for row in Signal.objects.current()}
    clock.move_to(datetime(2026, 4, 1, 12, tzinfo=UTC))
    an_organisation("ZR7")
    dropped(emergency(["ZR7"]))
    assert Signal.objects.current().filter(measure=SICKNESS, kind=SignalKind.LATE).count() == 1
    assert standing <= {row.pk for row in Signal.objects.current()}, "what stood before stands still"


def _merged(*, parts: bool = False) -> None:
    old, other = (an_organisation(code, f"Old {code}", closed_on=date(2024, 8, 31)) for code in ("ZR1", "ZR2"))
    new = an_organisation("ZR9", "New Trust")
    for body in (old, other):
        a_relation(body, Link.SUCCEEDED_BY, new, valid_from=date(2024, 9, 1), is_part=parts)


def test_two_predecessors_are_added_up_by_numerator_and_denominator() -> None:
    _merged()
    dropped(sickness({"ZR1": [2.0] * 12}, name="small.csv", available=1000))
    dropped(sickness({"ZR2": [8.0] * 12, "ZR9": [None] * 12 + usual(12)}, name="large.csv", available=3000))
    ((name, earlier),) = series_of("ZR9").content["earlier"]
    assert name == "Old ZR1 and Old ZR2"
    assert earlier["values"] == pytest.approx([(20 + 240) / 4000 * 100] * 12)
    assert earlier["starts"] == [month.isoformat() for month in MONTHS[:12]]
    assert min(figures_of("ZR9")) == MONTHS[12].isoformat()


def test_predecessors_stand_apart_where_one_of_them_gave_no_figures() -> None:
    _merged()
    dropped(sickness({"ZR1": [2.0] * 12, "ZR9": [None] * 12 + usual(12)}))
    assert [name for name, _ in series_of("ZR9").content["earlier"]] == ["Old ZR1"]


def test_scores_of_two_predecessors_are_not_added_up() -> None:
    _merged()
    rows = [[code, f"{month:%Y-%m}", 7.5] for code in ("ZR1", "ZR2") for month in MONTHS[:12]]
    rows += [["ZR9", f"{month:%Y-%m}", 7.1] for month in MONTHS[12:24]]
    dropped_and_confirmed(table([["Trust code", "Month", "Score"], *rows]), an_indicator("score", unit=Unit.SCORE))
    earlier = series_of("ZR9", "score").content["earlier"]
    assert [name for name, _ in earlier] == ["Old ZR1", "Old ZR2"]
    assert {value for _, figures in earlier for value in figures["values"]} == {7.5}


def test_body_that_took_only_a_part_of_another_has_no_history_from_it() -> None:
    _merged(parts=True)
    dropped(sickness({"ZR1": [2.0] * 12, "ZR2": [8.0] * 12, "ZR9": [None] * 12 + usual(12)}))
    assert series_of("ZR9").content["earlier"] == []


def test_direction_decides_whether_the_same_figures_worry_anybody() -> None:
    an_organisation("ZR1")
    for better, bearing in ((Better.INCREASE, Bearing.IMPROVEMENT), (Better.NEITHER, Bearing.NEITHER)):
        name = f"score-{better}"
        file = table(
            [["Trust code", "Month", name], *(["ZR1", f"{MONTHS[i]:%Y-%m}", v] for i, v in enumerate(worsening()))]
        )
        file = type(file)(
            file.name, file.content.replace(name.encode(), b"Score" if better == "increase" else b"Result")
        )
        dropped_and_confirmed(file, an_indicator("score" if better == "increase" else "result", direction=better))
        measure = "score" if better == "increase" else "result"
        assert Signal.objects.get(measure=measure, kind=SignalKind.SPECIAL_CAUSE).bearing == bearing


def test_series_is_replaced_and_never_doubled(house: Path) -> None:
    dropped(sickness({"ZR1": usual(24)}))
    first = series_of("ZR1")
    dropped(sickness({"ZR1": [4.0]}, first=MONTHS[24], name="next.csv"))
    assert Series.objects.count() == 1
    assert (series_of("ZR1").pk, series_of("ZR1").points) == (first.pk, 25)
    assert Organisation.objects.filter(code="ZR1").count() == 1


def test_daily_figures_keep_every_one_of_their_points() -> None:
    an_organisation("ZR1")
    days = [date(2025, 1, 31) + timedelta(days=7 * week) for week in range(20)]
    dropped_and_confirmed(table([["Trust code", "Date", "Score"], *(["ZR1", day.isoformat(), 4] for day in days)]))
    assert series_of("ZR1", "score").points == 20
