"""The pages of Rapid Quality Reviews as their readers meet them: who sees what, and what each form asks and keeps."""

from __future__ import annotations

import html
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.accounts.models import Person
from sightline.core.improvement.rapid import Route
from sightline.directory.words import Kind
from sightline.groups.words import SeatPart
from sightline.improvement.models import RapidFinding, RapidReport, RapidReview
from sightline.meetings.models import Meeting
from tests.factories.accounts import signed_in
from tests.factories.directory import an_organisation
from tests.factories.groups import a_seat, a_seating, an_interest
from tests.factories.improvement import a_finding, a_plan, a_rapid_review, all_reported, found_out
from tests.factories.indicators import TODAY
from tests.factories.meetings_live import a_meeting
from tests.factories.surveillance import a_concern
from tests.factories.surveillance_levels import World, a_world, decided

RISK = "Nobody answers the bell at night."


@pytest.fixture
def world(house: None) -> World:
    """This function will make a trust that stands at Enhanced."""
    made = a_world()
    decided(made)
    return made


def page(person: Person, name: str, *args: Any, status: int = 200, query: str = "") -> str:
    answer = signed_in(person).get(reverse(name, args=args) + query)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return html.unescape(answer.content.decode())


def sent(person: Person, name: str, given: dict[str, Any], *args: Any, status: int = 302) -> str:
    answer = signed_in(person).post(reverse(name, args=args), given)
    assert answer.status_code == status, html.unescape(answer.content.decode())[:6000]
    return html.unescape(answer.content.decode()) if status != 302 else answer.headers["Location"]


def on_day(name: str, shift: int = 0) -> dict[str, int]:
    when = TODAY + timedelta(days=shift)
    return {f"{name}-day": when.day, f"{name}-month": when.month, f"{name}-year": when.year}


def called(world: World, **change: Any) -> dict[str, Any]:
    plain = {
        "form_key": str(uuid4()), "requester": "cqc", "requested_by": "The hospitals team", "urgency": "immediate",
        "risk": RISK, "not_elsewhere": "The contract meeting looks at waits alone.", **on_day("called_on"),
        **on_day("meets_on"), "chair": str(world.lead.pk), "chairs_for": world.board.code, "trigger": "none",
        "providers": "with",
    }  # fmt: skip
    return {**plain, **change}


@pytest.mark.requirement("RQR-01", "RQR-02", "MEM-08")
def test_one_short_form_calls_a_review_and_its_page_names_who_is_missing(world: World) -> None:
    assert reverse("rapid_call", args=[world.subject.pk]) in page(
        world.secretary, "levels_of_subject", world.subject.pk
    )
    assert reverse("rapid_call", args=[world.subject.pk]) not in page(
        world.member, "levels_of_subject", world.subject.pk
    )
    where = sent(world.secretary, "rapid_call", called(world), world.subject.pk)
    review = RapidReview.objects.get()
    assert where == reverse("rapid", args=[review.pk])
    shown = page(world.secretary, "rapid", review.pk)
    assert RISK in shown and "Ada Lead" in shown and "In the name of Lantern Integrated Care Board" in shown
    assert "Lay member with relevant lived experience: nobody sits there" in shown
    assert f"{reverse('meeting_plan')}?group={review.group_id}" in shown
    again = sent(world.secretary, "rapid_call", called(world), world.subject.pk)
    assert again == where and RapidReview.objects.count() == 1


@pytest.mark.requirement("MEM-08", "CHR-04")
def test_a_council_that_co_chairs_is_not_said_to_be_missing(world: World) -> None:
    review = a_rapid_review(world)
    assert "Local authority: " in page(world.secretary, "rapid", review.pk)
    council = an_organisation("QC9", "Lantern Council", Kind.LOCAL_AUTHORITY)
    seat = a_seat(review.group, "Co-chair", SeatPart.CO_CHAIR, category="co-chair", organisation=council)
    a_seating(seat, world.member, chairs_for=council)
    shown = page(world.secretary, "rapid", review.pk)
    assert "Local authority: " not in shown and "In the name of Lantern Council" in shown
    assert "Care Quality Commission: " in shown


@pytest.mark.requirement("RQR-02", "CHR-05", "RQR-06")
def test_what_is_lacking_is_said_and_what_was_typed_stays(world: World) -> None:
    told = sent(world.secretary, "rapid_call", called(world, not_elsewhere=""), world.subject.pk, status=400)
    assert "Say why wider discussions" in told and RISK in told
    in_the_regions_name = called(world, chairs_for=world.region.code, why_not_icb="It commissions the beds")
    told = sent(world.secretary, "rapid_call", in_the_regions_name, world.subject.pk, status=400)
    assert "trigger for its involvement is met" in told and "It commissions the beds" in told
    told = sent(world.secretary, "rapid_call", called(world, providers="without"), world.subject.pk, status=400)
    assert "Say in a sentence why they do not take part" in told
    assert not RapidReview.objects.exists()


def test_a_concern_is_offered_and_kept_with_the_call(world: World) -> None:
    concern = a_concern(world.subject)
    assert "Which concern is it about?" in page(world.secretary, "rapid_call", world.subject.pk)
    sent(world.secretary, "rapid_call", called(world, concern=str(concern.pk)), world.subject.pk)
    assert RapidReview.objects.get().concern == concern
    assert reverse("concern", args=[concern.pk]) in page(world.secretary, "rapid", RapidReview.objects.get().pk)


@pytest.mark.requirement("COI-03")
def test_a_review_is_as_if_it_were_not_there_for_an_interest_another_system_and_the_one_concerned(world: World) -> None:
    review = a_rapid_review(world)
    an_interest(world.member, world.subject)
    for person in (world.member, world.elsewhere, world.regional_elsewhere, world.regional):
        page(person, "rapid", review.pk, status=404)
        assert world.subject.name not in page(person, "rapid_list")
    page(world.provider, "rapid", review.pk, status=403)
    an_interest(world.lead, world.subject)
    for name in ("rapid", "rapid_findings", "rapid_close"):
        page(world.lead, name, review.pk, status=404)
    page(world.lead, "rapid_report", review.pk, "sqg", status=404)
    page(world.lead, "rapid_call", world.subject.pk, status=404)
    page(world.secretary, "rapid", uuid4(), status=404)


def test_a_member_reads_a_review_and_is_offered_nothing_to_write(world: World) -> None:
    review = a_rapid_review(world)
    shown = page(world.member, "rapid", review.pk)
    assert RISK in shown
    for name, args in (("rapid_findings", ()), ("rapid_close", ()), ("rapid_report", ("sqg",))):
        assert reverse(name, args=[review.pk, *args]) not in shown
        page(world.member, name, review.pk, *args, status=404)


@pytest.mark.requirement("RQR-03", "RQR-07")
def test_what_it_found_is_written_shown_and_leads_to_the_proposal_of_its_level(world: World) -> None:
    review, plan = a_rapid_review(world), a_plan(world)
    given = {
        "seen": 0, **on_day("held_on"), "diagnosis": "Posts stand empty", "judgement": "Not safe enough",
        "plan": str(plan.pk), "carries": "yes", "level": "intensive", "level_why": "It must be quick",
        "oversight": "The region looks at the segment",
    }  # fmt: skip
    sent(world.secretary, "rapid_findings", given, review.pk)
    shown = page(world.secretary, "rapid", review.pk)
    for words in ("Posts stand empty", "Not safe enough", "Safer wards", "It must be quick", "looks at the segment"):
        assert words in shown
    assert f"{reverse('level_propose', args=[world.subject.pk])}?to=intensive" in shown
    told = sent(world.secretary, "rapid_findings", {**given, "seen": 1}, review.pk, status=400)
    assert "Say in a sentence why it is written anew" in told
    anew = {**given, "seen": 1, "diagnosis": "Three posts", "because": "The rota came"}
    sent(world.secretary, "rapid_findings", anew, review.pk)
    assert "Posts stand empty" in page(world.secretary, "rapid", review.pk, query="?version=1")
    assert RapidFinding.objects.count() == 2


@pytest.mark.requirement("RQR-05")
def test_the_page_says_what_is_owed_and_each_report_is_recorded_or_does_not_apply(world: World) -> None:
    review = a_rapid_review(world)
    found_out(review, world.secretary)
    shown = page(world.secretary, "rapid", review.pk)
    assert shown.count("Nothing is on record of the report to") == len(Route)
    told = sent(
        world.secretary,
        "rapid_report",
        {"how": "sent", "says": "The plan", **on_day("on")},
        review.pk,
        "sqg",
        status=400,
    )
    assert "Say who sent it." in told
    whole = {"how": "sent", "says": "The plan", "sent_by": "The desk", "sent_to": "Its chair", "through": "letter"}
    sent(world.secretary, "rapid_report", {**whole, **on_day("on")}, review.pk, "sqg")
    sent(world.secretary, "rapid_report", {**whole, **on_day("on")}, review.pk, "assurance")
    assert "It cannot be closed yet" in page(world.secretary, "rapid_close", review.pk)
    sent(world.secretary, "rapid_report", {"how": "not", "says": "No such group", **on_day("on")}, review.pk, "region")
    assert RapidReport.objects.filter(is_sent=True).count() == 2
    page(world.secretary, "rapid_report", review.pk, "nobody", status=404)
    assert "Nothing is on record" not in page(world.secretary, "rapid", review.pk)
    sent(world.secretary, "rapid_close", {"because": "The group follows it"}, review.pk)
    shown = page(world.secretary, "rapid", review.pk)
    assert "The group follows it" in shown and reverse("rapid_findings", args=[review.pk]) not in shown


def test_the_list_says_which_are_under_way_past_their_day_and_closed(world: World) -> None:
    review = a_rapid_review(world)
    assert "It meets on" in page(world.member, "rapid_list", query="?state=open")
    assert world.subject.name not in page(world.member, "rapid_list", query="?state=late")
    RapidReview.objects.update(called_on=TODAY - timedelta(days=3), meets_on=TODAY - timedelta(days=1))
    shown = page(world.member, "rapid_list", query="?state=late")
    assert "It was to meet on" in shown and "3 reports are owed" in shown
    assert "1 Rapid Quality Review waits" in page(world.secretary, "home")
    assert "Rapid Quality Review waits" not in page(world.member, "home")
    found_out(review, world.secretary)
    all_reported(review, world.secretary)
    sent(world.secretary, "rapid_close", {"because": "Done"}, review.pk)
    assert world.subject.name in page(world.member, "rapid_list", query="?state=closed")
    assert "Rapid Quality Review waits" not in page(world.secretary, "home")


def test_a_phone_number_in_a_form_is_asked_about(world: World) -> None:
    told = sent(world.secretary, "rapid_call", called(world, risk="Ring 07700 900123"), world.subject.pk, status=400)
    assert "This looks like personal data" in told
    assert not RapidReview.objects.exists()


def test_a_page_takes_as_many_reads_however_much_there_is(world: World) -> None:
    review = a_rapid_review(world)
    plan = a_plan(world)
    found_out(review, world.secretary, a_finding(plan=plan))
    a_concern(world.subject)
    a_meeting(review.group)

    def reads(name: str, *args: Any) -> int:
        page(world.secretary, name, *args)
        with CaptureQueriesContext(connection) as asked:
            page(world.secretary, name, *args)
        return len(asked)

    few = reads("rapid", review.pk), reads("rapid_list")
    for number in range(3):
        a_concern(world.subject)
        a_plan(world)
        a_meeting(review.group)
        other = an_organisation(f"ZR{number + 5}", f"Trust {number}")
        RapidReview.objects.create(
            group=review.group, subject=other.subjects.get(), system=review.system, requester="icb", urgency="immediate",
            risk="x", not_elsewhere="x", called_on=TODAY, level="routine", form_key=uuid4(),
            recorded_at=review.recorded_at, recorded_by="x",
        )  # fmt: skip
    assert Meeting.objects.filter(group=review.group).count() == 4
    assert (reads("rapid", review.pk), reads("rapid_list")) == few
