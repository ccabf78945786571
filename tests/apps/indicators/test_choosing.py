"""Which chart: chosen by a named person with a reason, drawn where the figures allow it, withdrawn, and never by itself."""

from __future__ import annotations

import json
from math import sqrt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sightline.audit.models import Event
from sightline.core.access import Role
from sightline.core.statistics.kinds import ChartKind as Drawn
from sightline.core.verdict import Invalid
from sightline.directory.models import Subject
from sightline.indicators.catalogue import Better, ChartKind, Unit
from sightline.indicators.choosing import Columns, lacking, unfit
from sightline.indicators.models import ChartChoice, Series, Signal
from sightline.indicators.operations import choose_chart, rebase, withdraw_chart
from sightline.indicators.presenters.drawings import chart_series
from sightline.indicators.queries import catalogue
from tests.factories.accounts import a_person, signed_in
from tests.factories.indicators import (
    FIRST,
    KEEPER,
    SICKNESS,
    an_indicator,
    dropped,
    dropped_and_confirmed,
    month_after,
    series_of,
    sickness,
    table,
    usual,
)

pytestmark = pytest.mark.usefixtures("house")
WHY = "Months of small numbers are judged as what they are"
ADDRESS = f"/indicators/{SICKNESS}/chart/"


def _small(rates: dict[str, list[float | None]]) -> None:
    """A year of a thousand days each month, then a year of ten thousand."""
    first = {code: values[:12] for code, values in rates.items()}
    then = {code: values[12:] for code, values in rates.items()}
    dropped(sickness(first, available=1_000, name="a.csv"))
    dropped(sickness(then, first=month_after(FIRST, 12), name="b.csv"))


def _choose(kind: str = "p", by: Any = KEEPER, indicator: str = SICKNESS) -> ChartChoice:
    return choose_chart(by=by, at=timezone.now(), indicator=indicator, kind=Drawn(kind), because=WHY)


def _withdraw(chosen: ChartChoice) -> ChartChoice:
    return withdraw_chart(by=KEEPER, at=timezone.now(), chosen=chosen, because="It was the wrong chart")


def _page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def _series_address(code: str = "ZR1", more: str = "") -> str:
    return f"/indicators/{SICKNESS}/{Subject.objects.get(key=code).pk}/{more}"


@pytest.fixture
def lead(house: None) -> Client:
    return signed_in(a_person(Role.QUALITY_LEAD))


@pytest.mark.requirement("DAT-07")
def test_chosen_chart_has_limits_as_near_as_each_figure_has_cases_behind_it() -> None:
    _small({"ZR1": usual(24)})
    before = series_of("ZR1").content
    _choose()
    after = series_of("ZR1").content
    tops, bottoms = after["numerators"], after["denominators"]
    share = sum(tops) / sum(bottoms)
    for n, (low, high) in zip(bottoms, after["limits"], strict=True):
        reach = 300 * sqrt(share * (1 - share) / n)
        assert (low, high) == pytest.approx((100 * share - reach, 100 * share + reach))
    assert after["phases"][0][3:6] == pytest.approx([100 * share, *after["limits"][-1]])
    assert after["chart"] == {"kind": "p", "chosen": "p", "lacks": ""}
    assert {name: after[name] for name in ("starts", "values", "target", "parameters")} == {
        name: before[name] for name in ("starts", "values", "target", "parameters")
    }
    assert "chart" not in before and "limits" not in before


def test_signals_are_those_of_the_chosen_chart() -> None:
    _small({"ZR1": [*usual(23), 6.0]})
    _choose("i_mm")
    (found,) = Signal.objects.current().filter(subject__key="ZR1", kind="special_cause")
    plain = (found.usual_low, found.usual_high)
    _choose("p")
    (found,) = Signal.objects.current().filter(subject__key="ZR1", kind="special_cause")
    assert found.rules == "outside" and (found.usual_low, found.usual_high) != plain
    assert [found.usual_low, found.usual_high] == series_of("ZR1").content["limits"][-1]
    assert found.continues is not None and found.first_raised_at == found.continues.first_raised_at


def test_rebases_divide_the_chosen_chart_too() -> None:
    _small({"ZR1": [*usual(12), *usual(12, 7.0)]})
    _choose()
    series = series_of("ZR1")
    rebase(by=KEEPER, at=timezone.now(), series=series, asked_for=month_after(FIRST, 12), because="A new ward")
    phases = series_of("ZR1").content["phases"]
    assert [phase[0] for phase in phases] == [0, 12]
    assert [phase[3] for phase in phases] == pytest.approx([4.0, 7.0], abs=0.1)
    assert series_of("ZR1").content["chart"]["kind"] == "p"


def test_series_that_lacks_what_the_chart_needs_stays_on_xmr_and_says_so(lead: Client) -> None:
    dropped(sickness({"ZR1": usual(24)}), sickness({"ZR2": usual(24)}, available=333.0, name="parts.csv"))
    plain = series_of("ZR2").content
    _choose()
    fallen = series_of("ZR2").content
    assert fallen.pop("chart") == {
        "kind": "i", "chosen": "p", "lacks": "its numerators are not whole numbers from 0 upwards",
    }  # fmt: skip
    assert fallen == plain
    assert series_of("ZR1").content["chart"]["kind"] == "p"
    html = _page(lead, _series_address("ZR2"))
    assert "Here it cannot be drawn: its numerators are not whole numbers from 0 upwards." in html
    assert "Of the 2 subjects looked at, 1 lacks what it needs and stays on an XmR chart." in _page(lead, ADDRESS)


def test_withdrawn_choice_leaves_every_series_as_it_was_and_both_rows_on_record() -> None:
    _small({"ZR1": usual(24)})
    before = series_of("ZR1").content
    made = _choose()
    with pytest.raises(Invalid, match="stands already"):
        _choose()
    back = _withdraw(made)
    assert series_of("ZR1").content == before
    assert list(ChartChoice.objects.order_by("pk")) == [made, back]
    for gone in (made, back):
        with pytest.raises(Invalid, match="no longer stands"):
            _withdraw(gone)
    assert _choose("pp").kind == "pp"
    assert series_of("ZR1").content["chart"]["kind"] == "pp"


def test_choice_survives_the_next_import_and_counts_for_figures_known_on_a_day(lead: Client) -> None:
    _small({"ZR1": usual(24)})
    _choose()
    dropped(sickness({"ZR1": [5.0]}, first=month_after(FIRST, 23), name="next revised.csv"))
    assert series_of("ZR1").content["chart"]["kind"] == "p"
    html = _page(lead, _series_address() + f"?known_on={timezone.localdate().isoformat()}")
    assert "P chart. 24 periods" in html


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("g", "counted by period"),
        ("t", "counted by period"),
        ("c", "This indicator is none"),
        ("xbar", "no chart “xbar”"),
    ],
)
def test_chart_on_which_the_figures_cannot_stand_is_refused_and_nothing_changes(kind: str, says: str) -> None:
    _small({"ZR1": usual(24)})
    before = Series.objects.values().get(), Event.objects.count()
    with pytest.raises(Invalid, match=says):
        _choose(kind)
    assert (Series.objects.values().get(), Event.objects.count()) == before
    assert not ChartChoice.objects.exists()


def test_indicator_without_counts_is_told_what_is_missing(lead: Client) -> None:
    rows = [
        ["Trust code", "Month", "Score"],
        *[["ZR1", f"{month_after(FIRST, i):%Y-%m}", 40 + i % 3] for i in range(14)],
    ]
    dropped(sickness({"ZR1": usual(3)}))
    percent = an_indicator("score", unit=Unit.PERCENT, per=100.0, direction=Better.DECREASE)
    dropped_and_confirmed(table(rows, "falls.csv"), percent)
    answer = lead.post("/indicators/score/chart/", {"kind": "p", "because": WHY})
    assert answer.status_code == 400
    assert "No series of this indicator can stand on this chart." in answer.content.decode()
    assert "the numerator or the denominator is missing in 14 of 14 periods" in answer.content.decode()
    assert not ChartChoice.objects.exists()
    with pytest.raises(Invalid, match="There is no indicator"):
        _choose("p", indicator="no-such")


def test_indicator_without_figures_is_told_to_bring_them_in() -> None:
    with pytest.raises(Invalid, match="no figures of this indicator yet"):
        _choose()


COLUMNS = {
    "all there": ([50.0, 25.0], [5, 1], [10, 4]),
    "missing": ([50.0, 25.0], [5, None], [10, 4]),
    "out of nothing": ([50.0, 25.0], [5, 0], [10, 0]),
    "more than all": ([50.0, 125.0], [5, 5], [10, 4]),
    "below": ([50.0, -25.0], [5, -1], [10, 4]),
    "parts": ([50.0, 37.5], [5, 1.5], [10, 4]),
    "another figure": ([50.0, 30.0], [5, 1], [10, 4]),
    "a gap": ([50.0, None], [5, None], [10, None]),
}


@pytest.mark.parametrize(
    ("what", "kind", "says"),
    [
        ("all there", "p", ""),
        ("a gap", "p", ""),
        ("missing", "u", "the numerator or the denominator is missing in 1 of 2 periods"),
        ("out of nothing", "pp", "the denominator is 0 in 1 of 2 periods"),
        ("more than all", "p", "the numerator is more than the denominator in 1 of 2 periods"),
        ("more than all", "u", ""),
        ("below", "u", "the numerator is below zero in 1 of 2 periods"),
        ("below", "ip", ""),
        ("parts", "p", "its numerators are not whole numbers from 0 upwards"),
        ("parts", "pp", ""),
        ("another figure", "p", "the figure is not its numerator over its denominator in 1 of 2 periods"),
        ("missing", "run", ""),
        ("parts", "c", "its figures are not whole numbers from 0 upwards"),
        ("all there", "c", ""),
    ],
)
def test_what_a_series_lacks(what: str, kind: str, says: str) -> None:
    values, tops, bottoms = COLUMNS[what]
    columns = Columns.of({"starts": [0, 1], "values": values, "numerators": tops, "denominators": bottoms})
    assert lacking(Drawn(kind), an_indicator(unit=Unit.PERCENT, per=100.0), columns) == says


@pytest.mark.parametrize(
    ("unit", "per", "kinds"),
    [
        (Unit.PERCENT, 100.0, "p pp u up ip i_mm run"),
        (Unit.RATE, 1000.0, "u up ip i_mm run"),
        (Unit.COUNT, None, "c i_mm run"),
        (Unit.SCORE, None, "i_mm run"),
    ],
)
def test_what_an_indicator_can_stand_on(unit: Unit, per: float | None, kinds: str) -> None:
    one = an_indicator(unit=unit, per=per)
    fits = {kind for kind in ["p", "pp", "u", "up", "ip", "c", "i_mm", "run", "g", "t"] if not unfit(Drawn(kind), one)}
    assert fits == set(kinds.split())


def test_small_counts_stand_on_a_c_chart_in_their_own_unit() -> None:
    counts = [2, 0, 3, 1, 2, 4, 1, 0, 2, 3, 1, 2, 12]
    rows = [
        ["Trust code", "Month", "Score"],
        *[["ZR1", f"{month_after(FIRST, i):%Y-%m}", n] for i, n in enumerate(counts)],
    ]
    dropped(sickness({"ZR1": usual(3)}))
    dropped_and_confirmed(table(rows, "falls.csv"), an_indicator("score", unit=Unit.COUNT))
    _choose("c", indicator="score")
    content = Series.objects.get(indicator="score").content
    mean = sum(counts) / len(counts)
    assert content["phases"][0][3:6] == pytest.approx([mean, mean - 3 * sqrt(mean), mean + 3 * sqrt(mean)])
    assert content["marks"][-1] & 1 and "limits" not in content


# --- the pages


@pytest.mark.requirement("DAT-07")
def test_page_advises_offers_what_fits_and_records_one_choice(lead: Client) -> None:
    _small({"ZR1": usual(24), "ZR2": usual(24)})
    before = _page(lead, ADDRESS)
    assert "XmR chart, as nobody has chosen another" in before
    assert "Worked out for 2 subjects" in before and "Denominators run from 1000 to 10000." in before
    assert 'value="p"' in before and 'value="c"' not in before and "<dt>G chart</dt>" in before
    assert ADDRESS in _page(lead, f"/indicators/{SICKNESS}/method/") and ADDRESS in _page(lead, _series_address())
    events = Event.objects.count()
    after = lead.post(ADDRESS, {"kind": "p", "because": WHY + "."}, follow=True).content.decode()
    chosen = f"P chart, chosen by {_name(lead)} on 15 January 2026: {WHY}"
    assert Event.objects.count() == events + 1
    assert "In force" in after and f"{chosen}</strong>." in after
    for address in (_series_address(), f"/indicators/{SICKNESS}/", f"/indicators/{SICKNESS}/method/"):
        assert chosen in _page(lead, address), address
    assert "It is drawn so." in _page(lead, _series_address())


def _name(client: Client) -> str:
    from sightline.accounts.models import Person

    return str(Person.objects.get(pk=client.session["_auth_user_id"]).display_name)


def test_withdrawing_on_the_page_needs_a_reason_and_stays_to_be_read(lead: Client) -> None:
    _small({"ZR1": usual(24)})
    made = _choose()
    address = f"{ADDRESS}{made.pk}/withdraw/"
    assert address in _page(lead, ADDRESS)
    assert lead.post(address, {"because": " "}).status_code == 403
    assert ChartChoice.objects.count() == 1
    html = lead.post(address, {"because": "The wrong chart"}, follow=True).content.decode()
    assert "drawn on an XmR chart again" in html and "The wrong chart" in html and "Withdrawal" in html
    assert "In force" not in html
    assert lead.post(f"{ADDRESS}9999/withdraw/", {"because": "None such"}).status_code == 404


def test_whoever_may_not_judge_reads_what_was_chosen_and_is_turned_away(lead: Client) -> None:
    _small({"ZR1": usual(24)})
    made = _choose()
    member = signed_in(a_person(Role.MEMBER))
    html = _page(member, _series_address())
    assert "P chart, chosen by" in html and ADDRESS not in html
    for sent in (member.get(ADDRESS), member.post(ADDRESS, {"kind": "pp", "because": WHY})):
        assert sent.status_code == 403
    assert member.post(f"{ADDRESS}{made.pk}/withdraw/", {"because": WHY}).status_code == 403
    assert ChartChoice.objects.count() == 1


def test_indicator_without_limits_has_no_chart_to_choose(lead: Client) -> None:
    without = next(one.id for one in catalogue().values() if one.chart is not ChartKind.XMR)
    assert lead.get(f"/indicators/{without}/chart/").status_code == 404
    assert lead.post(f"/indicators/{without}/chart/1/withdraw/", {"because": WHY}).status_code == 404
    assert lead.get("/indicators/no-such-indicator/chart/").status_code == 404


def test_drawing_table_and_file_have_the_limits_of_each_period(lead: Client) -> None:
    _small({"ZR1": usual(24)})
    _choose()
    series = series_of("ZR1")
    (phase,) = chart_series(series, catalogue()[SICKNESS], "A trust").phases
    assert list(zip(phase.lows, phase.highs, strict=True)) == [tuple(pair) for pair in series.content["limits"]]
    html = _page(lead, _series_address())
    assert "narrower where more stand behind a figure" in html and "P chart. 24 periods" in html
    rows = _page(lead, _series_address(more="figures.csv")).splitlines()
    wide, near = rows[-1], rows[1]
    (low, high), (low_now, high_now) = series.content["limits"][0], series.content["limits"][-1]
    assert f"{low:.2f}% to {high:.2f}%" in wide or f"{low:.1f}% to {high:.1f}%" in wide
    assert f"{low_now:.2f}% to {high_now:.2f}%" in near or f"{low_now:.1f}% to {high_now:.1f}%" in near


def test_run_chart_shows_its_median_and_the_rules_that_need_no_limits(lead: Client) -> None:
    dropped(sickness({"ZR1": usual(24)}))
    _choose("run")
    html = _page(lead, _series_address())
    assert "Run chart. 24 periods" in html and "one side of the median" in html
    assert "<dt>Outside the limits</dt>" not in html and "Usual range" not in html.split("<table")[0]


def test_event_says_which_chart_and_keeps_no_word_that_was_typed(lead: Client) -> None:
    _small({"ZR1": usual(24)})
    _choose()
    event = Event.objects.order_by("sequence").last()
    assert event is not None and event.verb == "indicators.choose_chart"
    assert WHY not in event.facts and json.loads(event.facts)["kind"] == "p"
