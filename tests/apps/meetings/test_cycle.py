"""A group's cycle of business: agreed in versions, planned for everybody, changed with reasons, looked at again."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sightline.audit.models import Event
from sightline.core.verdict import Already, Invalid, Refused
from sightline.directory.words import Sector
from sightline.meetings.cycle_given import CycleAgreed, ToDiscuss
from sightline.meetings.giving import Overtaken
from sightline.meetings.models import (
    BusinessCycle,
    CycleReview,
    PlanEntry,
    PlanEntryDropped,
    PlanEntryMonth,
)
from sightline.meetings.operations import (
    add_to_plan,
    agree_cycle,
    draft_plan,
    drop_from_plan,
    move_in_plan,
    record_cycle_review,
)
from sightline.meetings.queries.cycle import cycle_of_group, plan_of
from sightline.meetings.words import Reviewed
from tests.factories.accounts import signed_in
from tests.factories.groups import an_interest
from tests.factories.indicators import TODAY
from tests.factories.meetings import a_meeting, some_time
from tests.factories.meetings_cycle import BEGINS, Turn, a_theme, a_turn, agreed, given, planned, was_discussed
from tests.factories.surveillance_levels import decided

pytestmark = pytest.mark.usefixtures("house")
RECORDS = (BusinessCycle, PlanEntry, PlanEntryMonth, PlanEntryDropped, CycleReview, Event)


@pytest.fixture
def turn(house: None) -> Turn:
    return a_turn()


def recorded() -> list[int]:
    return [one._default_manager.count() for one in RECORDS]


def plan(turn: Turn) -> dict[str, date]:
    """What is planned for when, as the secretary reads it."""
    view = cycle_of_group(turn.secretary, TODAY, turn.group.pk)
    assert view is not None
    rows = plan_of(turn.secretary, TODAY, view.holds)
    return {one.entry.subject.name if one.entry.subject else one.entry.sector: one.month.month for one in rows}


def entry_of(name: str) -> PlanEntry:
    return PlanEntry.objects.standing().get(subject__name=name)


# --- agreed


@pytest.mark.requirement("MTG-09")
def test_cycle_is_agreed_by_the_chair_and_recorded_once(turn: Turn) -> None:
    made = agreed(turn)
    assert (made.number, made.months, made.review_months, made.agreed_on) == (1, 12, 12, TODAY)
    assert Event.objects.filter(verb="meetings.agree_cycle").count() == 1


@pytest.mark.requirement("MTG-09")
def test_secretary_names_the_meeting_at_which_it_was_agreed(turn: Turn) -> None:
    with pytest.raises(Refused, match="Name the meeting"):
        agreed(turn, turn.secretary)
    held = was_discussed(turn, None, date(2026, 1, 8)).meeting
    assert agreed(turn, turn.secretary, at_meeting=held).agreed_on == date(2026, 1, 8)
    to_come = a_meeting(turn.secretary, turn.group, at=timezone.now())
    with pytest.raises(Invalid, match="was held"):
        agreed(turn, turn.secretary, at_meeting=to_come)


@pytest.mark.parametrize("who", ["member", "regional", "provider", "elsewhere"])
@pytest.mark.requirement("MTG-09")
def test_cycle_is_agreed_by_nobody_else(turn: Turn, who: str) -> None:
    before = recorded()
    with pytest.raises(Refused):
        agreed(turn, getattr(turn.world, who))
    assert recorded() == before


@pytest.mark.requirement("MTG-09")
def test_cycle_is_looked_at_again_within_the_year_of_the_clock(turn: Turn) -> None:
    before = recorded()
    with pytest.raises(Refused, match="after 12 months at the latest"):
        agreed(turn, review_months=13)
    assert recorded() == before


def test_form_sent_twice_agrees_one_cycle(turn: Turn) -> None:
    key = uuid4()
    says = CycleAgreed(BEGINS, 12, 12)
    agree_cycle(group=turn.group, agreed=says, form_key=key, **given(turn.chair))
    with pytest.raises(Already):
        agree_cycle(group=turn.group, agreed=says, form_key=key, **given(turn.chair))


@pytest.mark.requirement("MTG-09")
def test_new_agreement_leaves_the_old_one_and_carries_over_what_is_not_discussed(turn: Turn) -> None:
    first = agreed(turn)
    planned(turn)
    was_discussed(turn, turn.hospice.subjects.get(), date(2026, 1, 12))
    before = plan(turn)
    second = agreed(turn, months=6, because="Shorter, to see everybody by summer.")
    assert list(BusinessCycle.objects.values_list("number", "months")) == [(1, 12), (2, 6)]
    assert PlanEntry.objects.filter(cycle=first).count() == len(before)
    assert set(plan(turn)) == set(before) - {"Tarn Hospice"} - {one.value for one in Sector}
    assert all(date(2026, 1, 1) <= month <= date(2026, 6, 1) for month in plan(turn).values())
    assert second.because


# --- planned


@pytest.mark.requirement("MTG-10")
def test_plan_has_every_provider_and_every_sector_the_gravest_first(turn: Turn) -> None:
    decided(turn.world)  # Lantern Hospitals comes to Enhanced
    was_discussed(turn, turn.second.subjects.get(), date(2025, 6, 5))
    agreed(turn)
    count = planned(turn)
    found = plan(turn)
    assert count == len(found) == 3 + len(Sector) - 1  # the hospice is planned by itself, and its sector with it
    assert {"Lantern Hospitals", "Moor Hospitals", "Tarn Hospice"} <= set(found)
    assert found["Lantern Hospitals"] == min(found.values())
    assert found["Moor Hospitals"] == max(found.values())  # whoever was discussed last comes last
    assert Event.objects.filter(verb="meetings.draft_plan").count() == 1


@pytest.mark.requirement("MTG-10")
def test_plan_uses_the_months_of_planned_meetings(turn: Turn) -> None:
    agreed(turn, months=3)
    a_meeting(turn.secretary, turn.group, when=some_time(timezone.now(), days=40))
    planned(turn)
    assert set(plan(turn).values()) == {date(2026, 2, 1)}


@pytest.mark.requirement("MTG-10")
def test_draft_brings_nobody_twice_nor_back_nor_whom_the_cycle_reached(turn: Turn) -> None:
    agreed(turn)
    was_discussed(turn, turn.hospice.subjects.get(), date(2026, 1, 12))
    planned(turn)
    assert "Tarn Hospice" not in plan(turn)
    drop_from_plan(entry=entry_of("Moor Hospitals"), because="It closes in March.", **given(turn.secretary))
    assert planned(turn) == 0
    assert "Moor Hospitals" not in plan(turn)


@pytest.mark.requirement("MTG-10")
def test_sector_with_many_providers_is_discussed_as_one(turn: Turn) -> None:
    agreed(turn, together=(Sector.HOSPICE.value, ""))
    planned(turn)
    assert set(plan(turn)) == {one.value for one in Sector} | {""}


def test_plan_needs_a_cycle(turn: Turn) -> None:
    before = recorded()
    with pytest.raises(Invalid, match="Agree one first"):
        planned(turn)
    assert recorded() == before


@pytest.mark.parametrize("who", ["member", "regional", "provider", "elsewhere"])
@pytest.mark.requirement("PER-01")
def test_plan_is_worked_on_by_secretary_and_chair_alone(turn: Turn, who: str) -> None:
    agreed(turn)
    planned(turn)
    by, entry = getattr(turn.world, who), entry_of("Moor Hospitals")
    before = recorded()
    month = date(2026, 5, 1)
    for act in (
        lambda: draft_plan(group=turn.group, **given(by)),
        lambda: add_to_plan(group=turn.group, to_discuss=ToDiscuss(month, sector="dental"), **given(by)),
        lambda: move_in_plan(entry=entry, seen=1, month=month, because="Later", **given(by)),
        lambda: drop_from_plan(entry=entry, because="No", **given(by)),
        lambda: record_cycle_review(
            group=turn.group, of=Reviewed.CYCLE, reviewed_on=TODAY, says="Fine", form_key=uuid4(), **given(by)
        ),
    ):
        with pytest.raises(Refused):
            act()
    assert recorded() == before


# --- changed


def test_entry_is_moved_with_a_reason_and_the_earlier_month_stays(turn: Turn) -> None:
    agreed(turn)
    planned(turn)
    entry = entry_of("Moor Hospitals")
    move = {"entry": entry, "month": date(2026, 11, 20), "because": "They report in October."}
    move_in_plan(seen=1, **move, **given(turn.chair))
    assert plan(turn)["Moor Hospitals"] == date(2026, 11, 1) and entry.months.count() == 2
    with pytest.raises(Overtaken):
        move_in_plan(seen=1, **move, **given(turn.secretary))
    for wrong in (date(2027, 2, 1), date(2025, 12, 1)):
        with pytest.raises(Invalid, match="not over"):
            move_in_plan(seen=2, **{**move, "month": wrong}, **given(turn.secretary))
    with pytest.raises(Refused, match="reason"):
        move_in_plan(seen=2, **{**move, "because": " "}, **given(turn.secretary))
    with pytest.raises(Refused, match="reason"):
        drop_from_plan(entry=entry, because="", **given(turn.secretary))
    assert Event.objects.filter(verb="meetings.move_in_plan").count() == 1


def test_something_is_added_once_for_a_month_of_the_cycle(turn: Turn) -> None:
    agreed(turn)
    subject = turn.second.subjects.get()
    add_to_plan(group=turn.group, to_discuss=ToDiscuss(date(2026, 3, 9), "We agreed so", subject), **given(turn.chair))
    assert plan(turn) == {"Moor Hospitals": date(2026, 3, 1)}
    for wrong in (
        ToDiscuss(date(2026, 3, 9), "", subject),
        ToDiscuss(date(2026, 3, 9)),
        ToDiscuss(date(2026, 3, 9), "", turn.hospice.subjects.get(), "dental"),
        ToDiscuss(date(2027, 3, 9), "", None, "dental"),
    ):
        with pytest.raises(Invalid):
            add_to_plan(group=turn.group, to_discuss=wrong, **given(turn.chair))


@pytest.mark.requirement("COI-04")
def test_entry_is_closed_to_whoever_has_an_interest_in_it(turn: Turn) -> None:
    agreed(turn)
    planned(turn)
    an_interest(turn.chair, turn.second.subjects.get())
    an_interest(turn.member, turn.second.subjects.get())
    for who in (turn.chair, turn.member):
        page = signed_in(who).get(reverse("cycle", args=[turn.group.pk])).content.decode()
        assert "Moor Hospitals" not in page and "Tarn Hospice" in page
        assert "1 provider is left out" in page
    entry = entry_of("Moor Hospitals")
    with pytest.raises(Refused):
        drop_from_plan(entry=entry, because="No", **given(turn.chair))
    assert signed_in(turn.chair).get(reverse("cycle_move", args=[entry.pk])).status_code == 404


# --- looked at again


@pytest.mark.requirement("MTG-09", "MTG-01", "MTG-02")
def test_reviews_come_due_and_start_again_once_they_were_done(turn: Turn) -> None:
    agreed(turn, review_months=6)
    later = TODAY + timedelta(days=200)

    def due(on: date) -> tuple[Reviewed, ...]:
        view = cycle_of_group(turn.secretary, on, turn.group.pk)
        assert view is not None
        return view.due

    assert due(TODAY) == (Reviewed.FREQUENCY,)  # the group began years ago
    assert due(later) == (Reviewed.CYCLE, Reviewed.FREQUENCY)
    review: dict[str, Any] = {"group": turn.group, "reviewed_on": TODAY, "says": "It stays as it is."}
    record_cycle_review(of=Reviewed.FREQUENCY, form_key=uuid4(), **review, **given(turn.secretary))
    assert due(later) == (Reviewed.CYCLE,)
    assert due(TODAY + timedelta(days=365)) == (Reviewed.CYCLE, Reviewed.FREQUENCY)
    for wrong in ({"says": ""}, {"reviewed_on": TODAY + timedelta(days=1)}, {"reviewed_on": date(2019, 1, 1)}):
        with pytest.raises(Invalid):
            record_cycle_review(of=Reviewed.CYCLE, form_key=uuid4(), **{**review, **wrong}, **given(turn.secretary))


# --- pages


@pytest.mark.requirement("MTG-09")
def test_page_offers_to_begin_and_tells_who_was_discussed_before_any_cycle(turn: Turn) -> None:
    was_discussed(turn, turn.hospice.subjects.get(), date(2025, 10, 1))
    a_theme(turn)  # what is kept of earlier reads goes with an event
    page = signed_in(turn.secretary).get(reverse("cycle", args=[turn.group.pk])).content.decode()
    assert "No cycle is agreed yet" in page and "Record the cycle that the group agreed" in page
    assert f"1 of {2 + len(Sector)} discussed" in page


def test_form_of_a_cycle_is_filled_in_from_the_clocks_and_makes_one(turn: Turn) -> None:
    client, address = signed_in(turn.chair), reverse("cycle_agree", args=[turn.group.pk])
    fields = re.findall(r'<input[^>]*name="(?:review_)?months"[^>]*>', client.get(address).content.decode())
    assert len(fields) == 2 and all('value="12"' in one for one in fields)
    sent = {
        "begins_on-day": "1", "begins_on-month": "1", "begins_on-year": "2026", "months": "9", "review_months": "12",
        "at_meeting": "", "form_key": str(uuid4()),
    }  # fmt: skip
    assert client.post(address, sent | {"review_months": "14"}).status_code == 400
    assert client.post(address, sent).status_code == 302
    assert BusinessCycle.objects.get().months == 9
    client.post(reverse("cycle_draft", args=[turn.group.pk]))
    told = client.get(reverse("cycle", args=[turn.group.pk])).content.decode()
    assert "1 January 2026 to 30 September 2026" in told and "Moor Hospitals" in told


@pytest.mark.parametrize("who", ["provider", "elsewhere", "regional_elsewhere"])
def test_cycle_is_not_there_for_whoever_does_not_belong_to_the_group(turn: Turn, who: str) -> None:
    client = signed_in(getattr(turn.world, who))
    for name in ("cycle", "cycle_coverage", "cycle_coverage_csv", "cycle_theme", "cycle_agree"):
        assert client.get(reverse(name, args=[turn.group.pk])).status_code in {403, 404}


def test_page_asks_as_often_however_long_the_plan_is(turn: Turn) -> None:
    agreed(turn)
    client, address = signed_in(turn.secretary), reverse("cycle", args=[turn.group.pk])
    add_to_plan(group=turn.group, to_discuss=ToDiscuss(TODAY, sector="dental"), **given(turn.chair))
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    planned(turn)
    client.get(address)
    with CaptureQueriesContext(connection) as more:
        assert "Moor Hospitals" in client.get(address).content.decode()
    assert len(more) <= len(few) + 2  # whose bodies closed and who came is asked once there are any in the plan
