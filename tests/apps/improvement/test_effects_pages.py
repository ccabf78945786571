"""What a plan changed, on its page: the chart of each KPI against the range from before the start, and its test."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.core.improvement.facts import Kpi
from sightline.improvement.models import Plan
from sightline.indicators.models import Series
from tests.factories.accounts import a_person, signed_in
from tests.factories.improvement import a_content, a_plan
from tests.factories.indicators import FIRST, SICKNESS, dropped, month_after, sickness, usual
from tests.factories.surveillance_levels import World, a_world, decided

MONTHS = 18


@pytest.fixture
def world(house: None) -> World:
    """This function will make a trust that stands at Enhanced, on a decision that reaches its region."""
    made = a_world()
    decided(made)
    return made


def have_figures(values: Sequence[float | None]) -> None:
    dropped(sickness({"ZR1": values}))
    assert Series.objects.get().points == len(values)


def a_tested_plan(world: World, starts_on: date | None = None, **test: object) -> Plan:
    kpi = Kpi(indicator=SICKNESS, **{"target": 2.5, "held_months": 6, **test})  # type: ignore[arg-type]
    return a_plan(world, a_content(kpis=(kpi,), starts_on=starts_on or month_after(FIRST, MONTHS)))


def shown(world: World, plan: Plan) -> str:
    answer = signed_in(world.member).get(reverse("plan", args=[plan.pk]))
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


@pytest.mark.requirement("PLN-08")
def test_a_test_of_success_is_met_by_the_figures_and_the_page_says_since_when(world: World) -> None:
    have_figures([*usual(MONTHS), *[2.0, 2.1, 1.9, 2.0, 2.1, 2.0]])
    page = shown(world, a_tested_plan(world))
    assert "1 of 1 test of success met." in page
    assert "Success is 2.50% or less, held for 6 months" in page
    assert "Met: it has been so since" in page
    assert "Before the work started it was" in page
    assert "<svg" in page.split('id="kpis"')[1]


@pytest.mark.requirement("PLN-08")
def test_activity_and_effect_stand_apart(world: World) -> None:
    have_figures([*usual(MONTHS), *[2.0, 2.1, 1.9]])
    page = shown(world, a_tested_plan(world))
    assert "0 of 1 milestone reached" in page
    assert "0 of 1 test of success met." in page
    assert "Not yet. It has been held for 3 of 6 months." in page


def test_what_cannot_be_told_says_why_and_draws_what_there_is(world: World) -> None:
    have_figures(usual(MONTHS))
    page = shown(world, a_tested_plan(world, starts_on=month_after(FIRST, 3)))
    assert "1 cannot be told" in page
    assert "There are 3 figures from before the start" in page
    assert "<svg" in page.split('id="kpis"')[1]


def test_without_figures_or_without_a_test_the_page_says_so(world: World) -> None:
    page = shown(world, a_tested_plan(world))
    assert "There are no figures of it here that you may see." in page
    assert "<svg" not in page.split('id="kpis"')[1].split("</section>")[0]
    page = shown(world, a_plan(world, a_content(kpis=(Kpi("Falls with harm"),))))
    assert "No KPI has a test of success in figures, so figures cannot tell." in page


def test_half_a_test_is_named_among_what_is_missing(world: World) -> None:
    page = shown(world, a_tested_plan(world, held_months=None))
    assert "KPI 1 has half a test of success" in page


def test_more_kpis_ask_no_more_questions(world: World) -> None:
    have_figures(usual(MONTHS))
    one = a_tested_plan(world)
    six = a_plan(world, a_content(kpis=(Kpi(indicator=SICKNESS, target=2.5, held_months=6),) * 6))
    client = signed_in(a_person(*world.member.grants))

    def asked(plan: Plan) -> int:
        client.get(reverse("plan", args=[plan.pk]))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("plan", args=[plan.pk])).status_code == 200
        return len(seen)

    assert asked(six) == asked(one)
