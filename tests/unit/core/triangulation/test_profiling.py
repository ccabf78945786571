"""The rules of a risk profile: statuses over every state, who may sign, what voids a signature, and when to review."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sightline.core.rulebook.tools import RiskProfile
from sightline.core.triangulation.profiling import (
    Assessed,
    Point,
    Side,
    Signed,
    Signing,
    Status,
    agreed_at,
    all_measures,
    content_hash,
    differences,
    is_overdue,
    later_by,
    may_sign,
    may_write,
    measures_changed,
    review_due,
    standing,
    status_of,
)
from tests.unit.core.rulebook.test_tools import PACKS

TEMPLATE = RiskProfile.model_validate(yaml.safe_load((PACKS / "sqg_2022" / "risk_profile.yaml").read_text()))
AT = datetime(2026, 1, 15, 12, tzinfo=UTC)
OURS = Assessed("safety", Side.COMMISSIONER, 1, "For", "Against", "Good", "View", ("Falls",), 3, 4, "some", ("Worse",))
THEIRS = Assessed("safety", Side.PROVIDER, 1, view="Milder", likelihood=2, consequence=2, confidence="high")


def by(side: Side, text: str = "now", who: str = "", at: datetime = AT) -> Signed:
    """This function will make a signature."""
    return Signed(side, who or f"person:{side}", text, at)


BOTH = (by(Side.COMMISSIONER), by(Side.PROVIDER, at=AT + timedelta(hours=1)))


OLD = (by(Side.COMMISSIONER, "old"), by(Side.PROVIDER, "old"))
SIGNED = ((), BOTH[:1], BOTH[1:], BOTH, OLD, (BOTH[0], OLD[1]))
STATES = list(product((False, True), SIGNED, (False, True), (False, True)))


@pytest.mark.parametrize(("is_shared", "signed", "is_followed", "follower_is_agreed"), STATES)
def test_status_over_every_state(
    is_shared: bool, signed: tuple[Signed, ...], is_followed: bool, follower_is_agreed: bool
) -> None:
    holding = {one.side for one in signed if one.content_hash == "now"} if is_shared else set()
    slow = {0: Status.SHARED if is_shared else Status.DRAFT, 1: Status.SIGNED_BY_ONE, 2: Status.AGREED}[len(holding)]
    if is_followed and (follower_is_agreed or slow is not Status.AGREED):
        slow = Status.SUPERSEDED
    found = status_of(
        is_shared=is_shared, signed=signed, now="now", is_followed=is_followed, follower_is_agreed=follower_is_agreed
    )
    assert found is slow


CHANGES = [
    {"domain": "equity"}, {"side": Side.PROVIDER}, {"number": 2}, {"evidence_for": "x"}, {"evidence_against": "x"},
    {"good_practice": "x"}, {"view": "x"}, {"measures": ("x",)}, {"likelihood": 1}, {"consequence": 1},
    {"confidence": "low"}, {"signals": ()},
]  # fmt: skip


@pytest.mark.requirement("RSK-10")
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_any_change_voids_a_signature(change: dict[str, object]) -> None:
    before = content_hash("template", [OURS, THEIRS])
    after = content_hash("template", [replace(OURS, **change), THEIRS])  # type: ignore[arg-type]
    assert standing([by(Side.PROVIDER, before)], before) and not standing([by(Side.PROVIDER, before)], after)


def test_every_field_of_what_is_written_is_signed() -> None:
    assert {next(iter(change)) for change in CHANGES} == set(Assessed.__dataclass_fields__)


def test_hash_tells_templates_and_fields_apart_but_not_the_order_of_reading() -> None:
    assert content_hash("a", [OURS, THEIRS]) == content_hash("a", [THEIRS, OURS])
    assert content_hash("a", [OURS]) != content_hash("b", [OURS])
    one, other = replace(OURS, view="ab", good_practice=""), replace(OURS, view="a", good_practice="b")
    assert content_hash("a", [one]) != content_hash("a", [other])
    assert content_hash("a", [replace(OURS, view="\ud800")])  # half a character that somebody pasted


def test_agreed_since_the_later_of_both_signatures_on_one_text() -> None:
    assert agreed_at(BOTH, "now") == AT + timedelta(hours=1)
    assert agreed_at(BOTH[:1], "now") is None
    assert agreed_at((BOTH[0], by(Side.PROVIDER, "old")), "now") is None


READY = Signing(Side.PROVIDER, "person:pia", "now", "now")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({}, ""),
        ({"side": Side.COMMISSIONER}, ""),
        ({"signed": (by(Side.COMMISSIONER),)}, ""),
        ({"signed": (by(Side.PROVIDER, "old"),)}, ""),
        ({"signed": (by(Side.COMMISSIONER, "old", "person:pia"),)}, ""),
        ({"unshared": ("Safety",)}, ""),  # of this the provider knows nothing
        ({"side": Side.COMMISSIONER, "unshared": ("Safety",)}, "not shared in: Safety"),
        ({"unwritten": ("Safety", "Equity")}, "Nothing is shared yet about: Safety, Equity"),
        ({"is_shared": False}, "not been shared with the provider"),
        ({"side": Side.COMMISSIONER, "is_shared": False}, "Share it with the provider first"),
        ({"is_followed": True}, "A newer profile"),
        ({"signed": (by(Side.PROVIDER),)}, "signed this text already"),
        ({"signed": (by(Side.COMMISSIONER, who="person:pia"),)}, "Two people sign"),
        ({"seen": "old"}, "changed while you read it"),
    ],
)
def test_who_may_sign(change: dict[str, object], says: str) -> None:
    verdict = may_sign(replace(READY, **change))  # type: ignore[arg-type]
    assert bool(verdict) == (not says)
    assert says in verdict.words and len(verdict.reasons) == bool(says)


@pytest.mark.parametrize(
    ("side", "is_shared", "is_followed", "allowed"),
    [
        (Side.COMMISSIONER, False, False, True),
        (Side.COMMISSIONER, True, False, True),
        (Side.COMMISSIONER, True, True, False),
        (Side.PROVIDER, True, False, True),
        (Side.PROVIDER, False, False, False),
        (Side.PROVIDER, True, True, False),
        (Side.PROVIDER, False, True, False),
        (Side.COMMISSIONER, False, True, False),
    ],
)
def test_who_may_write(side: Side, is_shared: bool, is_followed: bool, allowed: bool) -> None:
    assert bool(may_write(side, is_shared, is_followed)) is allowed


@pytest.mark.parametrize(
    ("ours", "theirs", "points"),
    [
        (OURS, THEIRS, {Point.BAND, Point.LIKELIHOOD, Point.CONSEQUENCE, Point.CONFIDENCE}),
        (OURS, replace(OURS, view="Other words"), set()),
        (OURS, replace(OURS, likelihood=2), {Point.LIKELIHOOD}),  # both are high by the grid
        (OURS, replace(OURS, likelihood=None, consequence=None), set()),
        (OURS, replace(OURS, confidence=""), set()),
        (OURS, None, set()),
        (None, THEIRS, set()),
    ],
)
def test_differences_are_named_where_both_judged(
    ours: Assessed | None, theirs: Assessed | None, points: set[Point]
) -> None:
    assert {one.point for one in differences(TEMPLATE, ours, theirs)} == points


def test_measures_of_both_sides_stand_once_in_the_order_of_the_domains() -> None:
    written = {
        ("equity", Side.PROVIDER): replace(OURS, measures=("Waits by ward", "falls")),
        ("safety", Side.COMMISSIONER): replace(OURS, measures=("Falls", "Infections")),
        ("safety", Side.PROVIDER): replace(OURS, measures=("FALLS", "Sepsis")),
    }
    assert all_measures(TEMPLATE, written) == ("Falls", "Infections", "Sepsis", "Waits by ward")


def test_review_names_what_was_added_dropped_and_kept() -> None:
    change = measures_changed(("Falls", "Sepsis"), ("FALLS", "Waits"))
    assert (change.added, change.dropped, change.kept) == (("Waits",), ("Sepsis",), ("FALLS",))


@pytest.mark.requirement("RSK-10")
@pytest.mark.parametrize(
    ("agreed", "reviewed", "due"),
    [
        (date(2026, 1, 15), (), date(2027, 1, 15)),
        (date(2024, 2, 29), (), date(2025, 2, 28)),
        (date(2026, 1, 15), (date(2026, 12, 1),), date(2027, 12, 1)),
        (date(2026, 1, 15), (date(2025, 12, 1),), date(2027, 1, 15)),  # of an earlier agreement
    ],
)
def test_measures_are_due_a_year_after_agreement_or_review(agreed: date, reviewed: tuple[date, ...], due: date) -> None:
    assert review_due(TEMPLATE, agreed, reviewed) == due
    assert not is_overdue(due, due) and is_overdue(due, due + timedelta(days=1))


@given(st.dates(date(1999, 1, 1), date(2099, 12, 31)), st.integers(1, 60))
def test_later_months_against_a_slow_calendar(day: date, months: int) -> None:
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    assert later_by(day, months) == date(year, month, min(day.day, monthrange(year, month)[1]))
