"""Themes that members propose: taken into the plan, or declined with a reason that whoever proposed them reads."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.meetings.cycle import ThemeKind
from sightline.core.verdict import Already, Invalid, Refused
from sightline.groups.models import Seat
from sightline.meetings.cycle_given import ThemeSays
from sightline.meetings.models import PlanEntry, ProposedTheme, ThemeAnswer
from sightline.meetings.operations import answer_theme, propose_theme
from sightline.meetings.queries.cycle import reviews_waiting, themes_waiting
from sightline.overview.queries.waiting import waits_for
from tests.factories.accounts import a_person, signed_in
from tests.factories.groups import a_seating
from tests.factories.indicators import TODAY
from tests.factories.meetings_cycle import Turn, a_theme, a_turn, agreed, given, planned
from tests.factories.surveillance import SYSTEM

pytestmark = [pytest.mark.usefixtures("house"), pytest.mark.requirement("MTG-11")]


@pytest.fixture
def turn(house: None) -> Turn:
    return a_turn()


def recorded() -> list[int]:
    return [one._default_manager.count() for one in (ProposedTheme, ThemeAnswer, PlanEntry, Event)]


def test_any_member_and_any_deputy_proposes_a_theme(turn: Turn) -> None:
    deputy = a_person(Grant(Role.DEPUTY, system=SYSTEM))
    a_seating(Seat.objects.get(title="Local authority"), deputy, is_deputy=True)
    for who in (turn.member, turn.chair, deputy):
        made = a_theme(turn, who)
        assert made.proposed_by == who
    assert Event.objects.filter(verb="meetings.propose_theme").count() == 3


@pytest.mark.parametrize("who", ["secretary", "provider", "elsewhere", "regional"])
def test_whoever_does_not_sit_there_proposes_none(turn: Turn, who: str) -> None:
    before = recorded()
    with pytest.raises(Refused):
        a_theme(turn, getattr(turn.world, who))
    assert recorded() == before


def test_theme_says_what_it_is_and_why_and_is_proposed_once(turn: Turn) -> None:
    key, fine = uuid4(), ThemeSays(ThemeKind.POPULATION, "Carers", "They wait.")
    propose_theme(group=turn.group, theme=fine, form_key=key, **given(turn.member))
    with pytest.raises(Already):
        propose_theme(group=turn.group, theme=fine, form_key=key, **given(turn.member))
    for wrong in (ThemeSays(ThemeKind.POPULATION, " ", "They wait."), ThemeSays(ThemeKind.POPULATION, "Carers", "")):
        with pytest.raises(Invalid):
            propose_theme(group=turn.group, theme=wrong, form_key=uuid4(), **given(turn.member))


def test_theme_is_taken_into_the_plan_and_its_share_is_told(turn: Turn) -> None:
    agreed(turn)
    planned(turn)
    count = PlanEntry.objects.count()
    theme = a_theme(turn)
    answer_theme(theme=theme, month=date(2026, 3, 14), **given(turn.secretary))
    assert PlanEntry.objects.get(theme=theme).months.get().month == date(2026, 3, 1)
    page = signed_in(turn.member).get(reverse("cycle", args=[turn.group.pk])).content.decode()
    assert "Planned for March 2026" in page and f"1 of {count + 1} entries in the plan is a theme" in page
    with pytest.raises(Invalid, match="already"):
        answer_theme(theme=theme, because="No", **given(turn.chair))
    assert Event.objects.filter(verb="meetings.answer_theme").count() == 1


def test_theme_is_declined_for_a_reason_that_whoever_proposed_it_reads(turn: Turn) -> None:
    theme = a_theme(turn)
    before = recorded()
    with pytest.raises(Invalid, match="Say why"):
        answer_theme(theme=theme, **given(turn.secretary))
    with pytest.raises(Invalid, match="Agree one first"):  # without a cycle there is no plan to take it into
        answer_theme(theme=theme, month=TODAY, **given(turn.secretary))
    with pytest.raises(Refused):
        answer_theme(theme=theme, because="No", **given(turn.member))
    assert recorded() == before
    answer_theme(theme=theme, because="The region works on it.", **given(turn.secretary))
    page = signed_in(turn.member).get(reverse("cycle", args=[turn.group.pk])).content.decode()
    assert "Not taken in" in page and "The region works on it." in page


def test_theme_and_reviews_wait_for_whoever_keeps_the_papers(turn: Turn) -> None:
    a_theme(turn)
    assert (themes_waiting(turn.secretary, TODAY), reviews_waiting(turn.secretary, TODAY)) == (1, 1)
    waits = waits_for(turn.secretary, TODAY)
    assert (waits.themes, waits.cycle_reviews) == (1, 1)
    others = waits_for(turn.world.elsewhere, TODAY)
    assert (others.themes, others.cycle_reviews) == (0, 0)
    assert waits_for(turn.member, TODAY).themes == 0


def test_member_proposes_by_the_page_and_the_secretary_answers_by_theirs(turn: Turn) -> None:
    agreed(turn)
    member, address = signed_in(turn.member), reverse("cycle_theme", args=[turn.group.pk])
    sent = {"title": "Falls at home", "kind": "population", "why": "We see more of them.", "form_key": str(uuid4())}
    assert member.post(address, sent).status_code == 302
    theme = ProposedTheme.objects.get()
    there = reverse("cycle_theme_answer", args=[theme.pk])
    assert member.get(there).status_code == 404
    secretary = signed_in(turn.secretary)
    assert secretary.post(there, {"month": "", "because": ""}).status_code == 400
    assert secretary.post(there, {"month": "2026-05-01", "because": ""}).status_code == 302
    assert ThemeAnswer.objects.get().is_taken
    assert secretary.get(address).status_code == 404  # whoever does not sit there proposes none
