"""Sub-groups: who reports to whom and when, what was reported and who reads it, and that agendas and leads are reminded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.groups.reporting_back import Pace, Rhythm
from sightline.core.meetings.agenda_kinds import Kind
from sightline.core.verdict import Already, Invalid, Refused
from sightline.directory.models import Subject
from sightline.directory.words import SubjectKind
from sightline.groups.models import Group, ReportBack, Seat, SubGroup
from sightline.groups.operations import ask_of_sub_group, report_back
from sightline.groups.operations.subgroups import Asked
from sightline.groups.queries.subgroups import all_sub_groups, reports_waiting, sub_group, sub_groups_of
from sightline.groups.words import SeatPart
from sightline.meetings.models import AgendaItem, ItemWording
from sightline.meetings.operations import draft_agenda
from sightline.overview.queries.waiting import waits_for
from tests.factories.accounts import a_person, signed_in
from tests.factories.groups import a_group, a_seat, a_seating, an_interest
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import Live, a_live_meeting, a_meeting
from tests.factories.surveillance import SYSTEM

__all__ = ["clock", "folder", "house"]
pytestmark = pytest.mark.requirement("GRP-11")
TASK = "Find out why wounds get infected, and try what helps."
SAID = "Four wards wash hands at each bed now, and two report fewer infections."


@dataclass(frozen=True)
class Sub:
    live: Live
    group: Group
    seat: Seat
    lead: Person
    member: Person

    def ask(self, **more: Any) -> SubGroup:
        """Have the secretary record what is asked; what is given replaces what is usual."""
        today = timezone.localdate()
        given = {
            "parent": self.live.group, "lead": self.seat, "task": TASK, "rhythm": Rhythm(today, 3), "provider": None,
            **more,
        }  # fmt: skip
        seen = SubGroup.objects.filter(group=self.group).count()
        return ask_of_sub_group(
            by=self.live.secretary, at=timezone.now(), group=self.group, asked=Asked(**given),
            because="Agreed in May", seen=seen,
        )  # fmt: skip

    def report(self, by: Person | None = None, **more: Any) -> ReportBack:
        """Have whoever leads report."""
        given = {"text": SAID, "form_key": uuid4(), "asks": "Two more sinks", **more}
        return report_back(by=by or self.lead, at=timezone.now(), group=self.group, **given)


@pytest.fixture
def sub(house: None) -> Sub:
    live = a_live_meeting(items=0)
    group = a_group(live.world.board, "system-group", name="Infection task group", system=SYSTEM)
    seat = a_seat(group, "Lead nurse")
    lead = a_person(Grant(Role.MEMBER, system=SYSTEM), display_name="Lena Lead")
    member = a_person(Grant(Role.MEMBER, system=SYSTEM), display_name="Milo Member")
    a_seating(seat, lead)
    a_seating(a_seat(group, "Nurse", SeatPart.MEMBER), member)
    return Sub(live, group, seat, lead, member)


def page(person: Person, name: str, *args: Any) -> tuple[int, str]:
    answer = signed_in(person).get(reverse(name, args=args))
    return answer.status_code, answer.content.decode()


def in_parent(sub: Sub) -> Person:
    return sub.live.people["member-1"]


def test_given_a_sub_group_when_it_is_recorded_then_both_groups_know_and_no_third(sub: Sub) -> None:
    sub.ask()
    today = timezone.localdate()
    outsider = a_person(Grant(Role.MEMBER, system=SYSTEM))
    for who in (sub.lead, sub.member, in_parent(sub), sub.live.secretary):
        assert [one.row.group for one in all_sub_groups(who, today)] == [sub.group]
    assert not all_sub_groups(outsider, today)
    assert page(outsider, "sub_group", sub.group.pk)[0] == 404
    assert TASK in page(in_parent(sub), "sub_group", sub.group.pk)[1]
    assert "Infection task group" in page(in_parent(sub), "group", sub.live.group.pk)[1]
    assert "Sub-groups that report here" not in page(outsider, "group", sub.live.group.pk)[1]
    assert Event.objects.filter(verb="groups.ask_of_sub_group").count() == 1


def test_given_a_report_then_who_hears_the_parent_reads_it_and_the_sub_groups_own_members_do_not(sub: Sub) -> None:
    sub.ask()
    sub.report()
    for who, reads in ((in_parent(sub), True), (sub.lead, True), (sub.live.secretary, True), (sub.member, False)):
        status, text = page(who, "sub_group", sub.group.pk)
        assert status == 200
        assert (SAID in text, "Two more sinks" in text) == (reads, reads)
    assert Event.objects.filter(verb="groups.report_back").count() == 1


def test_given_whoever_does_not_lead_when_they_report_then_nothing_is_kept(sub: Sub) -> None:
    sub.ask()
    for who in (sub.member, in_parent(sub), a_person(Grant(Role.CHAIR, system="QZ9"))):
        with pytest.raises(Refused):
            sub.report(who)
        assert page(who, "sub_group_report", sub.group.pk)[0] == 404
    assert not ReportBack.objects.exists()
    key = uuid4()
    sub.report(form_key=key)
    with pytest.raises(Already):
        sub.report(form_key=key)
    with pytest.raises(Invalid):
        sub.report(text=" ")
    assert ReportBack.objects.count() == 1


@pytest.mark.requirement("GRP-12")
def test_given_a_provider_whose_plan_it_follows_then_monitoring_stays_with_the_regulator_and_interests_close_it(
    sub: Sub,
) -> None:
    trust = sub.live.world.subject
    sub.ask(provider=trust)
    made = sub.report(subject=None)
    assert made.subject == trust
    text = page(in_parent(sub), "sub_group", sub.group.pk)[1]
    assert "stays with the provider’s regulator" in text
    tied = sub.live.people["member-2"]
    an_interest(tied, trust)
    an_interest(sub.lead, trust)
    for who in (tied, sub.lead):
        assert page(who, "sub_group", sub.group.pk)[0] == 404
        assert not all_sub_groups(who, timezone.localdate())
        assert "Infection task group" not in page(who, "group", sub.live.group.pk)[1]
    assert not reports_waiting(sub.lead, timezone.localdate())
    with pytest.raises(Refused):
        sub.report()


@pytest.mark.requirement("GRP-12")
def test_given_what_is_no_provider_then_its_plan_is_not_followed(sub: Sub) -> None:
    with pytest.raises(Invalid, match="provides care"):
        sub.ask(provider=_a_theme())
    assert not SubGroup.objects.exists()


def _a_theme() -> Subject:
    return Subject.objects.create(
        key="theme:test", kind=SubjectKind.THEME.value, name="Falls", recorded_at=timezone.now()
    )


def test_given_a_report_about_one_then_whoever_has_an_interest_there_does_not_read_it(sub: Sub) -> None:
    sub.ask()
    sub.report(subject=sub.live.world.subject)
    tied = sub.live.people["member-2"]
    an_interest(tied, sub.live.world.subject)
    assert SAID not in page(tied, "sub_group", sub.group.pk)[1]
    assert SAID in page(in_parent(sub), "sub_group", sub.group.pk)[1]


def test_given_groups_that_report_to_each_other_then_a_circle_is_refused(sub: Sub) -> None:
    sub.ask()
    other = a_group(sub.live.world.board, name="Another", system=SYSTEM)
    seat = a_seat(other, "Lead")
    today, by, at = timezone.localdate(), sub.live.secretary, timezone.now()
    ask_of_sub_group(
        by=by, at=at, group=other, because="So", seen=0, asked=Asked(sub.group, seat, "Help", Rhythm(today))
    )
    own = sub.live.seats["member-1"]
    for parent in (sub.group, other, sub.live.group):
        with pytest.raises((Invalid, Refused)):
            ask_of_sub_group(
                by=by,
                at=at,
                group=sub.live.group,
                because="So",
                seen=0,
                asked=Asked(parent, own, "Help", Rhythm(today)),
            )
    assert SubGroup.objects.count() == 2


def test_given_a_seat_of_another_group_or_an_old_page_then_nothing_is_changed(sub: Sub) -> None:
    with pytest.raises(Invalid):
        sub.ask(lead=sub.live.seats["member-1"])
    sub.ask()
    with pytest.raises(Invalid, match="Somebody else"):
        ask_of_sub_group(by=sub.live.secretary, at=timezone.now(), group=sub.group, asked=None, because="Done", seen=0)
    with pytest.raises(Refused):
        ask_of_sub_group(by=in_parent(sub), at=timezone.now(), group=sub.group, asked=None, because="Done", seen=1)
    assert SubGroup.objects.count() == 1


def test_given_a_sub_group_that_reports_to_none_any_more_then_what_was_asked_stays_on_record(sub: Sub) -> None:
    sub.ask()
    ask_of_sub_group(by=sub.live.secretary, at=timezone.now(), group=sub.group, asked=None, because="Done", seen=1)
    today = timezone.localdate()
    assert not all_sub_groups(sub.live.secretary, today)
    assert sub_group(sub.group.pk, sub.lead, today) is None
    assert SubGroup.objects.filter(group=sub.group).count() == 2
    with pytest.raises(Already):
        ask_of_sub_group(by=sub.live.secretary, at=timezone.now(), group=sub.group, asked=None, because="Done", seen=2)


def test_given_a_day_that_is_past_then_it_is_overdue_until_the_lead_reports(sub: Sub) -> None:
    today = timezone.localdate()
    sub.ask(rhythm=Rhythm(today - timedelta(days=1), 3))
    (before,) = sub_groups_of(sub.live.group, sub.live.secretary, today)
    assert before.pace is Pace.OVERDUE
    assert "1 report is overdue" in page(in_parent(sub), "group", sub.live.group.pk)[1]
    assert waits_for(sub.lead, today).reports_back == 1
    assert waits_for(sub.member, today).reports_back == 0
    sub.report()
    (after,) = sub_groups_of(sub.live.group, sub.live.secretary, today)
    assert after.pace is Pace.LATER
    assert after.last_on == today
    assert waits_for(sub.lead, today).reports_back == 0


def test_given_a_report_for_an_earlier_task_when_another_is_asked_then_it_does_not_count_for_a_later_day(
    sub: Sub,
) -> None:
    today = timezone.localdate()
    sub.ask()
    sub.report()
    sub.ask(rhythm=Rhythm(today + timedelta(days=60)))
    (view,) = sub_groups_of(sub.live.group, sub.live.secretary, today)
    assert view.due_on == today + timedelta(days=60)
    assert TASK in page(in_parent(sub), "sub_group", sub.group.pk)[1]


def test_given_a_report_that_is_due_when_an_agenda_is_drafted_then_it_stands_on_it_without_its_words(sub: Sub) -> None:
    sub.ask()
    sub.report()
    drafted = a_meeting(sub.live.group, timezone.now() + timedelta(days=7))
    draft_agenda(by=sub.live.secretary, at=timezone.now(), meeting=drafted)
    item = AgendaItem.objects.get(meeting=drafted, kind=Kind.REPORT.value)
    wording = ItemWording.objects.get(item=item)
    assert wording.title == "Report of Infection task group"
    assert SAID not in wording.why
    assert reverse("sub_group", args=[sub.group.pk]) in page(in_parent(sub), "meeting", drafted.pk)[1]
    draft_agenda(by=sub.live.secretary, at=timezone.now(), meeting=drafted)
    assert AgendaItem.objects.filter(meeting=drafted, kind=Kind.REPORT.value).count() == 1


def test_given_nothing_due_then_no_report_comes_onto_the_agenda(sub: Sub) -> None:
    sub.ask(rhythm=Rhythm(timezone.localdate() + timedelta(days=30)))
    drafted = a_meeting(sub.live.group, timezone.now() + timedelta(days=7))
    draft_agenda(by=sub.live.secretary, at=timezone.now(), meeting=drafted)
    assert not AgendaItem.objects.filter(meeting=drafted, kind=Kind.REPORT.value).exists()


@pytest.mark.requirement("GRP-12")
def test_given_a_provider_whose_plan_it_follows_then_the_item_is_closed_to_whoever_has_an_interest(sub: Sub) -> None:
    sub.ask(provider=sub.live.world.subject)
    drafted = a_meeting(sub.live.group, timezone.now() + timedelta(days=7))
    draft_agenda(by=sub.live.secretary, at=timezone.now(), meeting=drafted)
    tied = sub.live.people["member-2"]
    an_interest(tied, sub.live.world.subject)
    assert "Report of Infection task group" in page(in_parent(sub), "meeting", drafted.pk)[1]
    assert "Infection task group" not in page(tied, "meeting", drafted.pk)[1]


def test_given_the_forms_when_they_are_sent_then_they_say_what_is_missing_and_keep_what_is_right(sub: Sub) -> None:
    today = timezone.localdate()
    keeper = signed_in(sub.live.secretary)
    where = reverse("sub_group_ask", args=[sub.group.pk])
    assert keeper.post(where, {"parent": str(sub.live.group.pk), "because": "Agreed", "seen": "0"}).status_code == 400
    sent = {
        "parent": str(sub.live.group.pk), "lead": str(sub.seat.pk), "task": TASK, "every_months": "2",
        "first_on-day": str(today.day), "first_on-month": str(today.month), "first_on-year": str(today.year),
        "because": "Agreed", "seen": "0",
    }  # fmt: skip
    assert keeper.post(where, sent).status_code == 302
    assert keeper.get(where).content.decode().count(TASK) == 1
    lead = signed_in(sub.lead)
    report = reverse("sub_group_report", args=[sub.group.pk])
    assert lead.post(report, {"text": "", "form_key": str(uuid4())}).status_code == 400
    assert lead.post(report, {"text": SAID, "form_key": str(uuid4())}).status_code == 302
    assert ReportBack.objects.get().group == sub.live.group
    assert SubGroup.objects.get().every_months == 2


def test_given_many_sub_groups_then_their_list_takes_as_many_queries_as_one(sub: Sub) -> None:
    def asks() -> int:
        with CaptureQueriesContext(connection) as found:
            assert all_sub_groups(sub.live.secretary, timezone.localdate())
        return len(found)

    sub.ask()
    sub.report()
    one = asks()
    for number in range(3):
        group = a_group(sub.live.world.board, name=f"Task group {number}", system=SYSTEM)
        more = Sub(sub.live, group, a_seat(group, "Lead"), sub.lead, sub.member)
        a_seating(more.seat, sub.lead)
        more.ask()
        more.report()
    assert asks() == one


def test_the_words_of_a_report_are_escaped(sub: Sub) -> None:
    sub.ask(task="<script>alert(1)</script>")
    sub.report(text="<b>bold</b>")
    text = page(in_parent(sub), "sub_group", sub.group.pk)[1]
    assert "<script>alert" not in text
    assert "<b>bold" not in text
