"""What a named person judges about a series: allowed, refused with nothing changed, recorded once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from sightline.audit.models import Event
from sightline.audit.queries import verify_chains
from sightline.core.access import Grant, Role
from sightline.core.signals import SignalKind
from sightline.core.statistics.kinds import ChartKind
from sightline.core.verdict import Invalid, Refused
from sightline.indicators.models import ChartChoice, Method, Publication, Rebase, Series, Signal
from sightline.indicators.operations import (
    assess,
    choose_chart,
    choose_method,
    rebase,
    receive_files,
    withdraw_chart,
    withdraw_rebase,
)
from tests.factories.accounts import a_person
from tests.factories.indicators import FIRST, KEEPER, SICKNESS, dropped, month_after, series_of, sickness, usual

pytestmark = pytest.mark.usefixtures("house")
WHY = "A new ward opened"
MONTHS = [month_after(FIRST, index - 12) for index in range(36)]
BETWEEN = MONTHS[18].replace(day=10)


@pytest.fixture
def series(house: None) -> Series:
    """This function will make a series whose second half is far worse."""
    dropped(sickness({"ZR1": [*usual(18), *usual(18, 7.0)], "ZR2": usual(36)}, first=MONTHS[0]))
    return series_of("ZR1")


def _rebase(series: Series, by: Any = KEEPER, **more: Any) -> Rebase:
    return rebase(by=by, at=timezone.now(), series=series, **{"asked_for": MONTHS[18], "because": WHY, **more})


def _special() -> bool:
    return Signal.objects.current().filter(kind=SignalKind.SPECIAL_CAUSE, subject__key="ZR1").exists()


@pytest.mark.requirement("DAT-07")
def test_rebase_starts_new_limits_and_takes_the_concern_away(series: Series) -> None:
    assert len(series.content["phases"]) == 1
    assert _special()
    made = _rebase(series)
    (before, after) = series_of("ZR1").content["phases"]
    assert (before[0], after[0]) == (0, 18)
    assert before[3] == pytest.approx(4.0, abs=0.1)
    assert after[3] == pytest.approx(7.0, abs=0.1)
    assert not _special()
    assert (made.recorded_by, made.because, made.from_on) == (KEEPER.actor_id, WHY, MONTHS[18])


def test_rebase_between_two_periods_takes_effect_from_the_next_and_says_so(series: Series) -> None:
    made = _rebase(series, asked_for=BETWEEN)
    assert (made.asked_for, made.from_on) == (BETWEEN, MONTHS[19])
    assert series_of("ZR1").content["phases"][1][0] == 19
    assert any("takes effect from" in remark for remark in series_of("ZR1").content["remarks"])


def test_rebase_touches_no_other_body(series: Series) -> None:
    other = Series.objects.filter(subject__key="ZR2").values().get()
    _rebase(series)
    assert Series.objects.filter(subject__key="ZR2").values().get() == other


def test_withdrawn_rebase_leaves_the_chart_as_it_was_and_both_rows_on_record(series: Series) -> None:
    before = series.content
    made = _rebase(series)
    back = withdraw_rebase(by=KEEPER, at=timezone.now(), rebased=made, because="It was the wrong ward")
    assert series_of("ZR1").content == before
    assert _special()
    assert list(Rebase.objects.order_by("pk")) == [made, back]
    assert (back.withdraws, back.because) == (made, "It was the wrong ward")
    with pytest.raises(Invalid, match="withdrawn already"):
        withdraw_rebase(by=KEEPER, at=timezone.now(), rebased=made, because="Again")
    with pytest.raises(Invalid, match="withdrawn already"):
        withdraw_rebase(by=KEEPER, at=timezone.now(), rebased=back, because="Undo the undoing")
    assert _rebase(series).from_on == MONTHS[18]


def test_rebase_survives_the_next_import(series: Series) -> None:
    _rebase(series)
    dropped(sickness({"ZR1": [7.0]}, first=MONTHS[35], name="next revised.csv"))
    assert len(series_of("ZR1").content["phases"]) == 2


def test_fixed_baseline_rests_the_limits_on_the_first_points(series: Series) -> None:
    _rebase(series, asked_for=MONTHS[4], baseline_points=12)
    last = series_of("ZR1").content["phases"][-1]
    assert last[3] == pytest.approx(4.0, abs=0.1)
    assert _special()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"asked_for": MONTHS[0]}, "Choose a date after 1 September 2022"),
        ({"asked_for": date(2019, 1, 1)}, "Choose a date after"),
        ({"asked_for": date(2031, 1, 1)}, "no figure from 1 January 2031"),
        ({"baseline_points": 11}, "at least 12 points"),
    ],
)
def test_rebase_that_divides_nothing_is_answered_with_its_mend(
    series: Series, asked: dict[str, Any], says: str
) -> None:
    events = Event.objects.count()
    with pytest.raises(Invalid, match=says):
        _rebase(series, **asked)
    assert not Rebase.objects.exists()
    assert Event.objects.count() == events


def test_second_rebase_of_one_period_is_refused(series: Series) -> None:
    _rebase(series)
    with pytest.raises(Invalid, match="already start in March 2024"):
        _rebase(series, asked_for=MONTHS[17].replace(day=5))
    assert Rebase.objects.count() == 1


def test_chosen_rule_set_is_kept_with_each_series_and_the_newest_choice_counts(series: Series) -> None:
    for name, screen in (("ptd-0.2.2", True), ("mdc-2023", True)):
        choose_method(
            by=KEEPER, at=timezone.now(), indicator=SICKNESS, rule_set_name=name, screen=screen, because="As agreed"
        )
        assert set(Series.objects.values_list("rule_set", "screened")) == {(name, screen)}
    assert Method.objects.count() == 2


@pytest.mark.parametrize("wrong", [{"rule_set_name": "astrology"}, {"indicator": "nonsense"}])
def test_unknown_method_or_indicator_is_answered_with_its_mend(series: Series, wrong: dict[str, str]) -> None:
    usual_choice = {"indicator": SICKNESS, "rule_set_name": "mdc-2023"}
    with pytest.raises(Invalid, match="There is no"):
        choose_method(by=KEEPER, at=timezone.now(), screen=True, because="x y", **{**usual_choice, **wrong})
    assert not Method.objects.exists()


ACTS: dict[str, Callable[[Series, Any], Any]] = {
    "rebase": lambda series, by: _rebase(series, by),
    "withdraw_rebase": lambda series, by: withdraw_rebase(
        by=by, at=timezone.now(), rebased=Rebase.objects.get(), because="Wrong ward"
    ),
    "choose_method": lambda series, by: choose_method(
        by=by, at=timezone.now(), indicator=SICKNESS, rule_set_name="ptd-0.2.2", screen=True, because="As agreed"
    ),
    "choose_chart": lambda series, by: choose_chart(
        by=by, at=timezone.now(), indicator=SICKNESS, kind=ChartKind.RUN, because=WHY
    ),
    "withdraw_chart": lambda series, by: withdraw_chart(
        by=by, at=timezone.now(), chosen=ChartChoice.objects.get(), because="Wrong chart"
    ),
    "assess": lambda series, by: assess(by=by, at=timezone.now()),
    "receive_files": lambda series, by: receive_files(by=by, at=timezone.now(), files=[sickness({"ZR1": usual(3)})]),
}
JUDGED = ("rebase", "withdraw_rebase", "choose_method", "choose_chart", "withdraw_chart")


def _prepared(name: str, series: Series) -> None:
    if name == "withdraw_rebase":
        _rebase(series)
    if name == "withdraw_chart":
        ACTS["choose_chart"](series, KEEPER)


def _state() -> list[Any]:
    models = (Publication, Series, Signal, Rebase, Method, ChartChoice, Event)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("name", ACTS)
def test_whoever_may_does_it_and_one_event_of_its_verb_is_recorded(name: str, series: Series) -> None:
    _prepared(name, series)
    before = Event.objects.count()
    person = a_person(Role.QUALITY_LEAD)
    ACTS[name](series, person)
    event = Event.objects.order_by("sequence").last()
    assert event is not None
    assert (event.verb, event.actor) == (f"indicators.{name}", person.actor_id)
    assert Event.objects.count() == before + 1
    assert WHY not in event.facts
    assert not verify_chains().breaks


# A secretary prepares and does not judge: she may bring files in and have them assessed.
@pytest.mark.parametrize(
    ("name", "role"),
    [
        *((name, role) for name in ACTS for role in (Role.MEMBER, Role.PROVIDER)),
        *((one, Role.SECRETARY) for one in JUDGED),
    ],
)
def test_whoever_may_not_is_refused_and_nothing_changes(name: str, role: Role, series: Series) -> None:
    _prepared(name, series)
    person = a_person(Grant(role, organisation="ZR1" if role is Role.PROVIDER else ""))
    before = _state()
    with pytest.raises(Refused, match="Your role does not allow this"):
        ACTS[name](series, person)
    assert _state() == before


@pytest.mark.parametrize("name", JUDGED)
def test_judgement_without_a_reason_is_refused(name: str, series: Series) -> None:
    _prepared(name, series)
    before = _state()
    given = {
        "rebase": lambda: _rebase(series, because="  "),
        "withdraw_rebase": lambda: withdraw_rebase(
            by=KEEPER, at=timezone.now(), rebased=Rebase.objects.get(), because=""
        ),
        "choose_method": lambda: choose_method(
            by=KEEPER, at=timezone.now(), indicator=SICKNESS, rule_set_name="mdc-2023", screen=False, because=" "
        ),
        "choose_chart": lambda: choose_chart(
            by=KEEPER, at=timezone.now(), indicator=SICKNESS, kind=ChartKind.RUN, because=" "
        ),
        "withdraw_chart": lambda: withdraw_chart(
            by=KEEPER, at=timezone.now(), chosen=ChartChoice.objects.get(), because=""
        ),
    }
    with pytest.raises(Refused, match="A reason is needed"):
        given[name]()
    assert _state() == before
