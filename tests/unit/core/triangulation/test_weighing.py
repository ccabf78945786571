"""How the evidence about one subject stands, and in which order subjects are shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sightline.core.signals import Bearing, Signal, SignalKind
from sightline.core.triangulation import COUNTS_FOR_DAYS, Standing, oldest_that_counts, place, weigh
from sightline.core.triangulation.weighing import ABSENCES

TODAY = date(2026, 1, 15)
MEASURES = {"mortality": ("safe", "effective"), "sickness": ("well-led",), "waits": ("responsive",), "falls": ("safe",)}


def a_signal(
    source: str = "shmi",
    measure: str = "mortality",
    kind: SignalKind = SignalKind.SPECIAL_CAUSE,
    bearing: Bearing = Bearing.CONCERN,
    until: date = date(2025, 9, 1),
    since: date = date(2025, 3, 1),
) -> Signal:
    """This function will make a signal about one subject."""
    return Signal("ZR1", measure, kind, bearing, min(since, until), until, 1, source, "a publication")


def weighed(*signals: Signal) -> Standing:
    """This function will weigh signals on the day of these tests."""
    return weigh(signals, MEASURES, TODAY)


@pytest.mark.requirement("DAT-03")
def test_two_indicators_of_one_source_are_one_witness() -> None:
    standing = weighed(a_signal(measure="mortality"), a_signal(measure="falls"))
    assert standing.agreeing == ("shmi",)
    assert dict(standing.dimensions) == {"safe": 1, "effective": 1}


def test_independent_sources_are_counted_each_and_by_dimension() -> None:
    standing = weighed(a_signal(), a_signal("tidy", "falls"), a_signal("workforce", "sickness"))
    assert standing.agreeing == ("shmi", "tidy", "workforce")
    assert dict(standing.dimensions) == {"safe": 2, "effective": 1, "well-led": 1}


@pytest.mark.parametrize(("days", "counts"), [(0, True), (COUNTS_FOR_DAYS, True), (COUNTS_FOR_DAYS + 1, False)])
def test_evidence_counts_for_two_years_to_the_day(days: int, counts: bool) -> None:
    standing = weighed(a_signal(until=TODAY - timedelta(days=days)))
    assert bool(standing.agreeing) is counts
    assert standing.old == (0 if counts else 1)
    assert (TODAY - timedelta(days=days) >= oldest_that_counts(TODAY)) is counts


@pytest.mark.requirement("DAT-04")
@pytest.mark.parametrize("kind", sorted(ABSENCES))
def test_silence_is_told_but_is_no_concern(kind: SignalKind) -> None:
    for bearing in Bearing:
        standing = weighed(a_signal(kind=kind, bearing=bearing))
        assert standing.silent == ("mortality",)
        assert (standing.agreeing, standing.changing, standing.dimensions) == ((), (), ())


def test_old_silence_is_still_told() -> None:
    assert weighed(a_signal(kind=SignalKind.STOPPED, until=date(2020, 1, 1))).silent == ("mortality",)


@pytest.mark.parametrize("kind", [kind for kind in SignalKind if kind not in ABSENCES])
@pytest.mark.parametrize("bearing", Bearing)
def test_only_what_is_worse_agrees_and_only_what_is_better_improves(kind: SignalKind, bearing: Bearing) -> None:
    standing = weighed(a_signal(kind=kind, bearing=bearing))
    assert bool(standing.agreeing) is (bearing is Bearing.CONCERN)
    assert bool(standing.improving) is (bearing is Bearing.IMPROVEMENT)
    assert bool(standing.changing) is (bearing is Bearing.CONCERN and kind is not SignalKind.TARGET_MISSED)


def test_since_is_the_oldest_beginning_and_newest_the_latest_period() -> None:
    standing = weighed(
        a_signal(since=date(2024, 5, 1), until=date(2025, 6, 1)),
        a_signal("tidy", since=date(2025, 2, 1), until=date(2025, 9, 1)),
        a_signal("old", since=date(2010, 1, 1), until=date(2011, 1, 1)),
        a_signal("better", bearing=Bearing.IMPROVEMENT, since=date(2023, 1, 1), until=date(2025, 12, 1)),
    )
    assert (standing.since, standing.newest, standing.old) == (date(2024, 5, 1), date(2025, 9, 1), 1)


def test_nothing_known_stands_for_nothing() -> None:
    assert weighed() == Standing()


signals = some.builds(
    a_signal,
    source=some.sampled_from(["shmi", "tidy", "workforce"]),
    measure=some.sampled_from([*MEASURES, "unknown to the catalogue"]),
    kind=some.sampled_from(list(SignalKind)),
    bearing=some.sampled_from(list(Bearing)),
    until=some.dates(date(2023, 1, 1), TODAY),
)


@settings(max_examples=80, deadline=None)
@given(given_signals=some.lists(signals, max_size=6), order=some.randoms(use_true_random=False))
def test_order_in_which_signals_come_changes_nothing(given_signals: list[Signal], order: object) -> None:
    shuffled = list(given_signals)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert weighed(*shuffled) == weighed(*given_signals)
    assert weighed(*given_signals, *given_signals).agreeing == weighed(*given_signals).agreeing


IN_ORDER = [
    (Standing(agreeing=("a", "b", "c"), newest=date(2024, 1, 1)), "Zebra"),
    (Standing(agreeing=("a", "b"), changing=("a", "b"), newest=date(2024, 1, 1)), "Zebra"),
    (Standing(agreeing=("a", "b"), changing=("a",), newest=date(2025, 1, 1)), "Zebra"),
    (Standing(agreeing=("a", "b"), changing=("a",), newest=date(2024, 6, 1)), "Apple"),
    (Standing(agreeing=("a", "b"), changing=("a",), newest=date(2024, 6, 1)), "Zebra"),
    (Standing(agreeing=("a", "b"), newest=date(2025, 12, 1)), "Apple"),
    (Standing(agreeing=("a",), changing=("a",), newest=date(2025, 12, 1)), "Apple"),
    (Standing(), "Apple"),
]


def test_more_sources_come_first_then_what_changed_then_the_newest_then_the_name() -> None:
    mixed = IN_ORDER[1::2] + IN_ORDER[::2]
    assert sorted(mixed, key=lambda pair: place(*pair)) == IN_ORDER
