"""What falls due: each formal record with its class and its days, for whoever reads it, and what is held."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.rulebook.keeping import RecordKind
from sightline.core.verdict import Already, Invalid, Refused
from sightline.records import operations
from sightline.records.models import Hold, HoldLifting
from sightline.records.queries.retaining import Kept, Listed, Show, Wanted, holds_for, one_hold, what_falls_due
from tests.factories.accounts import a_person
from tests.factories.actions import Log
from tests.factories.groups import an_interest
from tests.factories.improvement import a_plan
from tests.factories.indicators import TODAY
from tests.factories.meetings_noting import a_draft, a_held_meeting
from tests.factories.records import (
    ago,
    an_officer,
    decided_long_ago,
    ended,
    frozen_long_ago,
    held,
    lifted,
    to_hold,
)
from tests.factories.reports import begun, frozen
from tests.factories.surveillance_levels import decided, proposed

ALL, NOW = Wanted(Show.ALL), Wanted(Show.NOW)


def listed(who: Person, wanted: Wanted = ALL) -> Listed:
    return what_falls_due(who, TODAY, wanted)


def kinds(found: Listed) -> list[RecordKind]:
    return [one.kind for one in found.rows]


def one(found: Listed) -> Kept:
    (row,) = found.rows
    return row


@pytest.mark.requirement("REC-10")
def test_each_record_has_its_class_the_day_that_began_its_period_and_the_day_on_which_it_is_due(log: Log) -> None:
    frozen_long_ago(frozen(log, begun(log)), 19.5)
    decided_long_ago(decided(log.world), 21)
    found = listed(log.world.secretary, Wanted())
    assert kinds(found) == [RecordKind.DECISION, RecordKind.REPORT] and found.count == 2
    decision, report = found.rows
    assert decision.of.id == "group-record" and decision.due is not None
    assert (decision.due.year - decision.trigger.year) == 20
    assert decision.due <= TODAY and bool(decision.verdict)
    assert report.due is not None and report.due > TODAY and not report.verdict
    assert kinds(listed(log.world.secretary, NOW)) == [RecordKind.DECISION]
    standing = {one.of.id: one for one in found.classes}
    assert (standing["group-record"].begun, standing["group-record"].due) == (2, 1)
    assert standing["group-record"].next_due == decision.due


@pytest.mark.requirement("REC-10")
def test_period_of_a_plan_begins_when_it_ends(log: Log) -> None:
    proposed(log.world)
    plan = a_plan(log.world)
    found = listed(log.world.secretary)
    assert not found.rows and {one.of.id: one.in_use for one in found.classes}["improvement"] == 1
    ended(plan, ago(1))
    found = listed(log.world.secretary)
    assert kinds(found) == [RecordKind.PLAN]
    assert listed(log.world.secretary, Wanted()).count == 0, "due in nineteen years"


@pytest.mark.requirement("REC-10")
def test_note_of_a_meeting_that_was_held_is_kept_from_its_day(house: None) -> None:
    live = a_draft(a_held_meeting())
    row = one(listed(live.secretary))
    assert row.kind is RecordKind.NOTE and row.trigger == TODAY and row.record.pk == live.meeting.pk


@pytest.mark.requirement("REC-10", "COI-03")
def test_what_an_interest_closes_is_neither_in_the_list_nor_in_its_counts(log: Log) -> None:
    decided(log.world)
    assert listed(log.world.secretary).count == 1
    an_interest(log.world.secretary, log.world.subject)
    found = listed(log.world.secretary)
    assert found.count == 0 and not found.rows
    assert all(not one.begun and one.next_due is None for one in found.classes)


def test_keepers_of_another_system_read_none_of_it(log: Log) -> None:
    decided(log.world)
    assert listed(a_person(Grant(Role.SECRETARY, system="QZ9"))).count == 0
    assert listed(a_person(Grant(Role.AUDITOR, system=log.group.system))).count == 1


@pytest.mark.requirement("PER-14", "REC-10")
def test_hold_on_a_subject_stops_what_touches_it_and_nothing_else(log: Log) -> None:
    frozen_long_ago(frozen(log, begun(log)), 21)
    decided_long_ago(decided(log.world), 21)
    hold = held(log, subject=log.world.subject)
    rows = {row.kind: row for row in listed(log.world.secretary).rows}
    assert rows[RecordKind.DECISION].holds == (hold,) and "It is held" in rows[RecordKind.DECISION].verdict.words
    assert not rows[RecordKind.REPORT].holds and rows[RecordKind.REPORT].verdict
    lifted(log, hold)
    assert {row.kind: bool(row.verdict) for row in listed(log.world.secretary).rows}[RecordKind.DECISION]


@pytest.mark.requirement("PER-14", "REC-10")
def test_hold_on_a_system_stops_everything_of_it(log: Log) -> None:
    decided_long_ago(decided(log.world), 21)
    held(log)
    assert not one(listed(log.world.secretary)).verdict


def test_hold_is_placed_by_whoever_keeps_the_record_and_is_one_event(log: Log) -> None:
    before = Event.objects.count()
    hold = held(log, by=an_officer())
    assert Event.objects.count() == before + 1
    event = Event.objects.latest("sequence")
    assert (event.verb, event.on_id) == ("records.place_hold", str(hold.pk))
    with pytest.raises(Already):
        held(log, form_key=hold.form_key)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CHAIR, Role.AUDITOR, Role.REGION])
def test_others_place_no_hold_and_lift_none(log: Log, role: Role) -> None:
    hold, who = held(log), a_person(Grant(role, system=log.group.system))
    with pytest.raises(Refused):
        held(log, by=who)
    with pytest.raises(Refused):
        lifted(log, hold, by=who)
    assert Hold.objects.count() == 1 and not HoldLifting.objects.exists()


def test_nobody_holds_or_lifts_for_another_system_or_about_whom_they_have_an_interest_in(log: Log) -> None:
    hold, elsewhere = held(log, subject=log.world.subject), a_person(Grant(Role.SECRETARY, system="QZ9"))
    with pytest.raises(Refused):
        held(log, by=elsewhere)
    with pytest.raises(Refused):
        lifted(log, hold, by=elsewhere)
    an_interest(log.world.secretary, log.world.subject)
    with pytest.raises(Refused):
        held(log, subject=log.world.subject)
    with pytest.raises(Refused):
        lifted(log, hold)
    assert holds_for(log.world.secretary, TODAY) == ([], []) and one_hold(log.world.secretary, TODAY, hold.pk) is None
    assert holds_for(log.world.lead, TODAY) == ([hold], [])
    assert one_hold(a_person(Grant(Role.AUDITOR, system=log.group.system)), TODAY, hold.pk) is None


def test_hold_needs_its_reason_and_who_asked_and_names_nobody_unawares(log: Log) -> None:
    for more in ({"because": " "}, {"asked_by": " "}, {"because": "Ask the patient, NHS number 943 476 5919."}):
        with pytest.raises(Invalid):
            held(log, **more)
    assert not Hold.objects.exists()
    with pytest.raises(Refused):
        operations.lift_hold(by=log.world.secretary, at=timezone.now(), hold=held(log), because=" ")
    assert not HoldLifting.objects.exists()


def test_hold_is_lifted_once_and_stays_on_record(log: Log) -> None:
    hold = held(log)
    lifted(log, hold)
    with pytest.raises(Already):
        lifted(log, hold)
    assert holds_for(log.world.lead, TODAY) == ([], [hold])


def test_list_asks_no_more_for_many_records_than_for_two(log: Log) -> None:
    report = begun(log)
    for _ in range(2):
        frozen(log, report, **({} if not report.versions.exists() else {"changed": "More."}))

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            listed(log.world.secretary)
        return len(found)

    few = asked()
    for _ in range(4):
        frozen(log, report, changed="More still.")
    assert asked() == few and listed(log.world.secretary).count == 6
    assert to_hold(log).subject is None
