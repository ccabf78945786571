"""Who was discussed within a cycle and who was not, as far as each reader may know; what the agenda brings of the plan."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.meetings.cycle import Covered
from sightline.directory.models import Organisation, Subject
from sightline.directory.words import Link, Sector
from sightline.meetings.cycle_given import ToDiscuss
from sightline.meetings.models import AgendaItem, BusinessCycle, ItemBegun, ItemTie, MeetingStep, PlanEntry
from sightline.meetings.operations import (
    add_to_plan,
    answer_theme,
    cancel_meeting,
    draft_agenda,
    move_meeting,
)
from sightline.meetings.queries.coverage import CoverageView, coverage_of
from sightline.meetings.queries.cycle import cycle_of_group
from sightline.meetings.queries.cycle_changes import Changed, changes_of
from sightline.meetings.words import Step
from tests.factories.accounts import signed_in
from tests.factories.directory import a_relation, an_organisation
from tests.factories.groups import an_interest
from tests.factories.indicators import TODAY
from tests.factories.meetings import a_meeting, some_time
from tests.factories.meetings_cycle import Turn, a_theme, a_turn, agreed, given, planned, was_discussed
from tests.factories.meetings_live import MADE
from tests.factories.surveillance_levels import decided

pytestmark = pytest.mark.usefixtures("house")
BEFORE, WITHIN = date(2025, 12, 30), date(2026, 1, 8)


@pytest.fixture
def turn(house: None) -> Turn:
    return a_turn()


def reached(turn: Turn, by: Person | None = None, on: date = TODAY) -> CoverageView:
    view = cycle_of_group(by or turn.secretary, on, turn.group.pk)
    assert view is not None
    return coverage_of(by or turn.secretary, on, view)


def stands(turn: Turn, by: Person | None = None, on: date = TODAY) -> dict[str, Covered]:
    return {one.unit.name or one.unit.sector: one.stands for one in reached(turn, by, on).rows}


def hospice(turn: Turn) -> Subject:
    return turn.hospice.subjects.get()


@pytest.mark.requirement("MTG-10")
def test_report_names_who_was_discussed_who_is_planned_overdue_and_neither(turn: Turn) -> None:
    agreed(turn)
    was_discussed(turn, hospice(turn), WITHIN)
    was_discussed(turn, turn.second.subjects.get(), BEFORE)
    add_to_plan(group=turn.group, to_discuss=ToDiscuss(TODAY, "", turn.second.subjects.get()), **given(turn.chair))
    found = stands(turn)
    assert (found["Tarn Hospice"], found["Moor Hospitals"]) == (Covered.DISCUSSED, Covered.PLANNED)
    assert found["Lantern Hospitals"] is Covered.MISSING and found[Sector.DENTAL.value] is Covered.MISSING
    assert stands(turn, on=date(2026, 2, 1))["Moor Hospitals"] is Covered.OVERDUE
    assert stands(turn, on=date(2027, 1, 2))["Tarn Hospice"] is Covered.MISSING  # in the next cycle anew
    assert next(one.last_on for one in reached(turn).rows if one.unit.name == "Moor Hospitals") == BEFORE


@pytest.mark.requirement("MTG-10")
def test_item_counts_only_where_it_was_taken_at_a_meeting_that_was_held(turn: Turn) -> None:
    agreed(turn)
    item = was_discussed(turn, hospice(turn), WITHIN)
    ItemBegun.objects.all().delete()
    assert stands(turn)["Tarn Hospice"] is Covered.MISSING
    ItemBegun.objects.create(item=item, at=timezone.now(), **MADE)
    assert stands(turn)["Tarn Hospice"] is Covered.DISCUSSED
    MeetingStep.objects.filter(step=Step.CLOSED.value).delete()
    assert stands(turn)["Tarn Hospice"] is Covered.MISSING


@pytest.mark.requirement("MTG-10", "COI-04")
def test_reader_is_told_neither_by_row_nor_by_number_what_is_closed_to_them(turn: Turn) -> None:
    agreed(turn)
    was_discussed(turn, hospice(turn), WITHIN)
    everything = reached(turn)
    an_interest(turn.member, hospice(turn))
    seen = reached(turn, turn.member)
    assert "Tarn Hospice" not in stands(turn, turn.member)
    assert (len(seen.rows), seen.closed) == (len(everything.rows) - 1, 1)
    assert seen.counts[Covered.DISCUSSED] == everything.counts[Covered.DISCUSSED] - 1 == 0
    for name in ("cycle_coverage", "cycle_coverage_csv"):
        answer = signed_in(turn.member).get(reverse(name, args=[turn.group.pk]))
        assert "Tarn" not in answer.content.decode()


@pytest.mark.requirement("MTG-10", "COI-04")
def test_item_that_is_closed_to_a_reader_does_not_count_as_discussed_for_them(turn: Turn) -> None:
    agreed(turn)
    item = was_discussed(turn, hospice(turn), WITHIN)
    ItemTie.objects.create(
        item=item, person=turn.member, detail="A post", declared_at=timezone.now(), form_key=uuid4(), **MADE
    )
    assert stands(turn)["Tarn Hospice"] is Covered.DISCUSSED
    found = stands(turn, turn.member)
    assert found["Tarn Hospice"] is Covered.MISSING and Covered.DISCUSSED not in found.values()


@pytest.mark.requirement("MTG-10")
def test_page_filters_and_the_table_to_take_away_has_every_row(turn: Turn) -> None:
    agreed(turn)
    was_discussed(turn, hospice(turn), WITHIN)
    client, address = signed_in(turn.secretary), reverse("cycle_coverage", args=[turn.group.pk])
    page = client.get(f"{address}?stands=discussed").content.decode()
    assert "Tarn Hospice" in page and "Moor Hospitals" not in page
    table = client.get(reverse("cycle_coverage_csv", args=[turn.group.pk])).content.decode("utf-8-sig").splitlines()
    assert len(table) == 1 + len(reached(turn).rows)
    assert any(line.startswith("Tarn Hospice,Hospice,Discussed,8 January 2026") for line in table)


def test_report_asks_as_often_however_many_providers_there_are(turn: Turn) -> None:
    agreed(turn)
    client, address = signed_in(turn.secretary), reverse("cycle_coverage", args=[turn.group.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(5):
        a_relation(an_organisation(f"ZQ{number}", f"Another {number}"), Link.PART_OF, turn.world.board)
    with CaptureQueriesContext(connection) as more:
        page = client.get(address).content.decode()
    assert "Another 4" in page and len(more) <= len(few) + 2


# --- the agenda and the plan


@pytest.mark.requirement("MTG-10", "MTG-12")
def test_agenda_brings_what_the_plan_has_and_the_report_counts_it_once_it_was_taken(turn: Turn) -> None:
    agreed(turn)
    meeting = a_meeting(turn.secretary, turn.group, when=some_time(timezone.now(), days=3))
    for what in (ToDiscuss(TODAY, "", hospice(turn)), ToDiscuss(TODAY, sector=Sector.DENTAL.value)):
        add_to_plan(group=turn.group, to_discuss=what, **given(turn.chair))
    theme = a_theme(turn)
    answer_theme(theme=theme, month=TODAY, **given(turn.chair))
    draft_agenda(meeting=meeting, **given(turn.secretary))
    items = {one.wordings.get().title: one for one in AgendaItem.objects.filter(meeting=meeting)}
    assert {"Tarn Hospice", "Dental", "Waiting at night"} <= set(items)
    assert "The plan of business has it for January 2026." in items["Dental"].wordings.get().why
    assert draft_agenda(meeting=meeting, **given(turn.secretary)) == 0
    for step in (Step.OPENED, Step.CLOSED):
        MeetingStep.objects.create(
            meeting=meeting, step=step.value, at=timezone.now(), pack="sqg-2022", rules_version="x", **MADE
        )
    for title in ("Dental", "Waiting at night", "Tarn Hospice"):
        ItemBegun.objects.create(item=items[title], at=timezone.now(), **MADE)
    after = reached(turn, on=TODAY + timedelta(days=5))
    assert {one.unit.name or one.unit.sector for one in after.rows if one.stands is Covered.DISCUSSED} == {
        "Tarn Hospice", Sector.DENTAL.value,
    }  # fmt: skip
    assert f"theme:{theme.pk}" in after.discussed and all(after.is_done(one) for one in after.entries)


@pytest.mark.requirement("MTG-10")
def test_agenda_brings_no_more_than_three_that_were_not_reached(turn: Turn) -> None:
    agreed(turn)
    for sector in list(Sector)[:5]:
        add_to_plan(group=turn.group, to_discuss=ToDiscuss(TODAY, sector=sector.value), **given(turn.chair))
    meeting = a_meeting(turn.secretary, turn.group, when=some_time(timezone.now(), days=40))
    draft_agenda(meeting=meeting, **given(turn.secretary))
    late = [one for one in AgendaItem.objects.filter(meeting=meeting) if "was not reached" in one.wordings.get().why]
    assert len(late) == 3


# --- what changed


@pytest.mark.requirement("MTG-09")
def test_page_tells_what_changed_since_the_plan_was_made(turn: Turn) -> None:
    Subject.objects.update(recorded_at=timezone.now() - timedelta(days=99))
    agreed(turn)
    meeting = a_meeting(turn.secretary, turn.group, when=some_time(timezone.now(), days=20))
    other = a_meeting(turn.secretary, turn.group, when=some_time(timezone.now(), days=50))
    planned(turn)
    for made in (BusinessCycle, PlanEntry):
        made.objects.update(recorded_at=timezone.now() - timedelta(minutes=1))

    def changed() -> list[tuple[Changed, str]]:
        view = cycle_of_group(turn.secretary, later, turn.group.pk)
        assert view is not None
        return sorted(
            (one.sort, one.name) for one in changes_of(turn.secretary, view, coverage_of(turn.secretary, later, view))
        )

    later = TODAY + timedelta(days=2)
    assert changed() == []
    Subject.objects.update(recorded_at=timezone.now() + timedelta(minutes=1))
    assert changed() == []  # whoever is in the plan already is no news to it
    after = {"at": timezone.now() + timedelta(hours=1)}
    move_meeting(
        meeting=meeting, seen=1, when=some_time(timezone.now(), days=27), because="x", **given(turn.secretary) | after
    )
    cancel_meeting(meeting=other, because="x", **given(turn.secretary) | after)
    answer_theme(theme=a_theme(turn), month=TODAY, **given(turn.chair) | after)
    decided(turn.world)
    heir = an_organisation("ZR9", "Fell Hospitals")
    a_relation(heir, Link.PART_OF, turn.world.board)
    a_relation(turn.second, Link.SUCCEEDED_BY, heir, valid_from=later)
    Organisation.objects.filter(pk=turn.hospice.pk).update(closed_on=TODAY)
    Subject.objects.filter(organisation=heir).update(recorded_at=after["at"])
    assert [sort for sort, _ in changed()] == sorted(Changed)
    page = signed_in(turn.secretary).get(reverse("cycle", args=[turn.group.pk])).content.decode()
    assert "What changed since the plan was made" in page and "Macro" not in page
