"""What is not there: missing periods, bodies that fell silent, publications that are overdue."""

from __future__ import annotations

from datetime import date

import pytest

from sightline.core.indicators.reporting import Cadence, absences, late_signal, next_due, reporting_signals
from sightline.core.signals import Bearing, SignalKind

MONTHS = [date(2024 + index // 12, index % 12 + 1, 1) for index in range(24)]
ALL = dict.fromkeys(MONTHS, 1.0)


def told(reported, peers=ALL, **how):
    signals = reporting_signals("RXX", "waits", "survey", "2025-12", reported, peers, **how)
    return [(signal.kind, signal.since, signal.until, signal.periods) for signal in signals]


def without(*indices):
    return [day for index, day in enumerate(MONTHS) if index not in indices]


@pytest.mark.parametrize(
    ("reported", "expected"),
    [
        (MONTHS, []),
        ([], []),
        (MONTHS[20:], []),
        (without(20), [(SignalKind.MISSING, 20, 20, 1)]),
        (without(15, 19, 20), [(SignalKind.MISSING, 15, 15, 1), (SignalKind.MISSING, 19, 20, 2)]),
        (without(5), []),
        (without(10, 11, 12), [(SignalKind.MISSING, 10, 12, 3)]),
        (without(23), [(SignalKind.MISSING, 23, 23, 1)]),
        (without(22, 23), [(SignalKind.MISSING, 22, 23, 2)]),
        (without(21, 22, 23), [(SignalKind.STOPPED, 21, 23, 3)]),
        (MONTHS[:2], [(SignalKind.STOPPED, 2, 23, 22)]),
    ],
)
def test_holes_are_told_while_they_are_news(reported, expected):
    assert told(reported) == [(kind, MONTHS[a], MONTHS[b], n) for kind, a, b, n in expected]


def test_a_period_that_peers_have_not_reported_either_is_no_hole():
    peers = ALL | {MONTHS[20]: 0.4, MONTHS[23]: 0.1}
    assert told(without(20, 23), peers) == []


def test_half_of_the_peers_are_enough_to_make_a_hole():
    assert told(without(20), ALL | {MONTHS[20]: 0.5}) == [(SignalKind.MISSING, MONTHS[20], MONTHS[20], 1)]


def test_a_period_that_few_peers_reported_neither_breaks_a_silence_nor_counts_in_it():
    peers = ALL | {MONTHS[21]: 0.1}
    assert told(MONTHS[:20], peers) == [(SignalKind.STOPPED, MONTHS[20], MONTHS[23], 3)]


def test_silence_that_outlasts_the_look_back_is_still_told():
    assert told(MONTHS[:6], look_back=3) == [(SignalKind.STOPPED, MONTHS[6], MONTHS[23], 18)]


def test_silence_is_neither_good_nor_bad_news():
    (signal,) = reporting_signals("RXX", "waits", "survey", "2025-12", without(20), ALL)
    assert (signal.bearing, signal.rules, signal.value) == (Bearing.NEITHER, (), None)
    assert (signal.subject, signal.measure, signal.source, signal.publication) == ("RXX", "waits", "survey", "2025-12")


def test_nothing_known_of_peers_means_nothing_is_missing():
    assert absences(MONTHS[:3], {}) == ()


@pytest.mark.parametrize(
    ("last", "cadence", "grace", "due"),
    [
        (date(2025, 1, 9), Cadence.MONTHLY, 0, date(2025, 2, 9)),
        (date(2025, 1, 31), Cadence.MONTHLY, 0, date(2025, 2, 28)),
        (date(2025, 12, 9), Cadence.MONTHLY, 7, date(2026, 1, 16)),
        (date(2025, 11, 1), Cadence.QUARTERLY, 0, date(2026, 2, 1)),
        (date(2025, 7, 1), Cadence.HALF_YEARLY, 0, date(2026, 1, 1)),
        (date(2024, 2, 29), Cadence.YEARLY, 0, date(2025, 2, 28)),
    ],
)
def test_next_publication_is_due_one_cadence_later(last, cadence, grace, due):
    assert next_due(last, cadence, grace) == due


@pytest.mark.parametrize(
    ("today", "overdue"),
    [(date(2025, 2, 9), None), (date(2025, 2, 23), None), (date(2025, 2, 24), 1), (date(2025, 5, 1), 3)],
)
def test_publication_is_late_from_the_day_after_its_grace(today, overdue):
    signal = late_signal("waits", "waits", "survey", "2024-12", date(2025, 1, 9), Cadence.MONTHLY, today)
    if overdue is None:
        assert signal is None
    else:
        assert signal is not None
        assert (signal.kind, signal.bearing) == (SignalKind.LATE, Bearing.NEITHER)
        assert (signal.since, signal.until, signal.periods) == (date(2025, 2, 24), today, overdue)
