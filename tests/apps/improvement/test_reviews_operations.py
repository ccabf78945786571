"""What people do with Rapid Quality Reviews: each allowed, refused with nothing changed, and recorded once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.improvement.rapid import Route
from sightline.core.verdict import Already, Invalid, Refused
from sightline.directory.words import Kind
from sightline.groups.models import Group, ProvidersApart, Seat, Seating
from sightline.groups.words import SeatPart
from sightline.improvement.giving import Overtaken
from sightline.improvement.models import RapidEnding, RapidFinding, RapidReport, RapidReview
from sightline.improvement.operations import call_review, close_review, record_report, write_findings
from sightline.improvement.queries.reviews import open_review, reviews_waiting
from sightline.improvement.reviews_given import ChairGiven
from tests.factories.accounts import a_person
from tests.factories.directory import an_organisation
from tests.factories.groups import a_group, a_seat, a_seating, an_interest
from tests.factories.improvement import (
    a_call,
    a_content,
    a_finding,
    a_plan,
    a_rapid_review,
    a_report,
    all_reported,
    found_out,
    written_anew,
)
from tests.factories.indicators import TODAY
from tests.factories.surveillance import SYSTEM
from tests.factories.surveillance_levels import World, a_world, decided


@pytest.fixture
def world(house: None) -> World:
    """This function will make a trust that stands at Enhanced."""
    made = a_world()
    decided(made)
    return made


def recorded(verb: str) -> int:
    return Event.objects.filter(verb=f"improvement.{verb}").count()


def closed(review: RapidReview, by: Person, because: str = "The group follows the plan.") -> RapidEnding:
    return close_review(by=by, at=timezone.now(), review=review, because=because)


# --- calling one


@pytest.mark.requirement("RQR-01", "RQR-02", "RQR-03", "MTG-05")
def test_a_call_keeps_who_asked_both_grounds_and_its_days_and_may_meet_today(world: World) -> None:
    review = a_rapid_review(world)
    assert (review.requester, review.urgency, review.level) == ("cqc", "immediate", "enhanced")
    assert (review.called_on, review.meets_on) == (TODAY, TODAY)
    assert review.risk and review.not_elsewhere
    assert review.group.subject == world.subject and review.group.kind == "rapid-quality-review"
    assert recorded("call_review") == 1


@pytest.mark.requirement("MEM-08")
def test_the_group_gets_its_chair_and_an_empty_seat_for_each_minimum_member(world: World) -> None:
    group = a_rapid_review(world).group
    seats = {one.title: one for one in Seat.objects.filter(group=group)}
    assert [seats["Chair"].category, seats["Chair"].organisation] == ["chair", world.board]
    assert Seating.objects.get(seat__group=group).person == world.lead
    assert seats["Provider concerned"].organisation == world.subject.organisation
    assert seats["Regional clinical director of NHS England"].organisation == world.region
    found = sorted(one.category for one in seats.values() if one.category != "chair")
    assert found == [
        "cqc",
        "hee",
        "icb",
        "icb",
        "icb",
        "lay",
        "lay",
        "local-authority",
        "nhs-england-region",
        "provider",
    ]
    assert {one.among for one in seats.values() if one.category == "icb"} == {
        "executive-lead", "contract-manager", "improvement-director",
    }  # fmt: skip


@pytest.mark.requirement("MEM-10")
def test_without_providers_takes_its_reason_and_seats_none(world: World) -> None:
    group = a_rapid_review(world, a_call(world, apart="What is said first must not reach those concerned.")).group
    assert ProvidersApart.objects.get(group=group).is_apart
    assert not Seat.objects.filter(group=group, category="provider").exists()


@pytest.mark.requirement("RQR-02")
@pytest.mark.parametrize("limb", ["risk", "not_elsewhere"])
def test_without_a_limb_of_its_trigger_nothing_is_called_and_no_group_is_left(world: World, limb: str) -> None:
    with pytest.raises(Refused, match="wider discussions" if limb == "not_elsewhere" else "significant or immediate"):
        a_rapid_review(world, a_call(world, **{limb: " "}))
    assert not RapidReview.objects.exists() and not Group.objects.filter(kind="rapid-quality-review").exists()
    assert recorded("call_review") == 0


@pytest.mark.requirement("CHR-06", "CHR-07")
def test_nobody_of_the_subjects_own_chairs_it_and_others_are_offered(world: World) -> None:
    """T10's rule at the call: what the group is about does not chair it."""
    own = world.subject.organisation
    assert own is not None
    with pytest.raises(Refused, match="It may be chaired in the name of"):
        a_rapid_review(world, a_call(world, chair=ChairGiven(world.provider, own), why_not_icb="It knows best"))
    assert not RapidReview.objects.exists() and not Group.objects.filter(kind="rapid-quality-review").exists()


@pytest.mark.requirement("CHR-06", "LVL-20")
def test_a_review_of_the_icb_is_not_chaired_by_the_icb_and_the_region_needs_no_other_trigger(world: World) -> None:
    """T10: a concern about the ICB is itself a trigger for the region's involvement."""
    about = replace(world, subject=world.board.subjects.get())
    with pytest.raises(Refused, match="no further trigger has to be cited"):
        a_rapid_review(about, a_call(world))
    person = a_person(Grant(Role.REGION, organisation=world.region.code, system=SYSTEM), display_name="Rob Region")
    made = a_rapid_review(about, a_call(world, chair=ChairGiven(person, world.region)))
    assert Seating.objects.get(seat__group=made.group).trigger == "icb-leadership"


@pytest.mark.requirement("CHR-05", "RQR-06")
def test_the_region_chairs_only_with_a_trigger_and_with_the_reason_why_not_the_icb(world: World) -> None:
    """T11's rule at the call, and that the ICB leads where possible."""
    person = a_person(Grant(Role.REGION, organisation=world.region.code, system=SYSTEM), display_name="Rob Region")
    chair = ChairGiven(person, world.region)
    with pytest.raises(Refused, match="Say why it does not lead"):
        a_rapid_review(world, a_call(world, chair=chair))
    why = "The region commissions the beds."
    with pytest.raises(Refused, match="trigger"):
        a_rapid_review(world, a_call(world, chair=chair, why_not_icb=why))
    cited = replace(chair, trigger="significant-failings")
    made = a_rapid_review(world, a_call(world, chair=cited, why_not_icb=why))
    assert made.why_not_icb == why
    assert Seating.objects.get(seat__group=made.group).trigger == "significant-failings"


@pytest.mark.requirement("COI-03")
def test_neither_who_calls_nor_who_chairs_has_declared_an_interest(world: World) -> None:
    an_interest(world.lead, world.subject)
    with pytest.raises(Refused, match="declared an interest"):
        a_rapid_review(world)
    with pytest.raises(Refused):
        a_rapid_review(world, a_call(world, chair=ChairGiven(world.member, world.board)), by=world.lead)
    assert not RapidReview.objects.exists()


def test_only_who_keeps_the_groups_of_the_system_calls_one(world: World) -> None:
    for person in (world.member, world.elsewhere, world.regional, world.provider):
        with pytest.raises(Refused):
            a_rapid_review(world, by=person)
    assert not RapidReview.objects.exists()


def test_a_group_that_stands_already_is_taken_and_two_reviews_of_one_subject_are_never_under_way(world: World) -> None:
    group = a_group(world.board, "rapid-quality-review", "The old review", subject=world.subject)
    first = a_rapid_review(world, a_call(world, chair=None))
    assert first.group == group and open_review(group) == first
    with pytest.raises(Refused, match="under way"):
        a_rapid_review(world, a_call(world, chair=None))
    found_out(first, world.secretary)
    all_reported(first, world.secretary)
    closed(first, world.secretary)
    again = a_rapid_review(world, a_call(world, chair=None))
    assert again.group == group and again != first


def test_a_form_that_was_sent_twice_calls_one_review(world: World) -> None:
    given: dict[str, Any] = {"subject": world.subject, "system": SYSTEM, "form_key": uuid4(), "given": a_call(world)}
    call_review(by=world.secretary, at=timezone.now(), **given)
    with pytest.raises(Already):
        call_review(by=world.secretary, at=timezone.now(), **given)
    assert RapidReview.objects.count() == 1


def test_what_looks_like_personal_data_takes_a_reason(world: World) -> None:
    with pytest.raises(Invalid):
        a_rapid_review(world, a_call(world, risk="Ring 07700 900123 about it"))
    assert not RapidReview.objects.exists()


# --- what it found


@pytest.mark.requirement("RQR-03", "RQR-07")
def test_each_version_of_what_was_found_stays_and_a_change_takes_a_reason(world: World) -> None:
    review = a_rapid_review(world)
    first = found_out(review, world.secretary)
    assert (first.number, first.diagnosis, first.oversight) == (
        1, "Two posts stand empty on every night.", "The region looks at the segment",
    )  # fmt: skip
    with pytest.raises(Invalid, match="why it is written anew"):
        found_out(review, world.secretary, a_finding(diagnosis="Three posts"))
    second = found_out(review, world.lead, a_finding(diagnosis="Three posts"), because="The rota of March came")
    first.refresh_from_db()
    assert second.number == 2 and first.diagnosis.startswith("Two posts")
    assert recorded("write_findings") == 2


def test_whoever_writes_over_a_version_that_they_have_not_seen_is_told(world: World) -> None:
    review = a_rapid_review(world)
    found_out(review, world.secretary)
    with pytest.raises(Overtaken):
        write_findings(by=world.lead, at=timezone.now(), review=review, seen=0, given=a_finding())
    assert RapidFinding.objects.count() == 1


@pytest.mark.parametrize(
    "change", [{"held_on": TODAY + timedelta(days=1)}, {"held_on": TODAY - timedelta(days=1)}, {"level": "no-such"}]
)
def test_a_day_or_a_level_that_cannot_be_is_not_kept(world: World, change: dict[str, Any]) -> None:
    review = a_rapid_review(world)
    with pytest.raises(Invalid):
        found_out(review, world.secretary, a_finding(**change))
    assert not RapidFinding.objects.exists()


def test_the_chair_of_the_review_writes_and_a_member_of_the_group_or_an_outsider_does_not(world: World) -> None:
    chair = a_person(Grant(Role.CHAIR, system=SYSTEM), display_name="Cat Chair")
    review = a_rapid_review(world, a_call(world, chair=ChairGiven(chair, world.board)))
    assert found_out(review, chair).number == 1
    for person in (world.member, world.elsewhere, world.provider):
        with pytest.raises(Refused):
            found_out(review, person, because="Because")
        with pytest.raises(Refused):
            record_report(by=person, at=timezone.now(), review=review, given=a_report())
        with pytest.raises(Refused):
            closed(review, person)
    assert RapidFinding.objects.count() == 1 and not RapidReport.objects.exists()


@pytest.mark.requirement("COI-03")
def test_an_interest_takes_a_review_out_of_the_hands_of_its_keeper_and_its_chair(world: World) -> None:
    chair = a_person(Grant(Role.CHAIR, system=SYSTEM), display_name="Cat Chair")
    review = a_rapid_review(world, a_call(world, chair=ChairGiven(chair, world.board)))
    for person in (chair, world.lead):
        an_interest(person, world.subject)
        assert not RapidReview.objects.visible_to(person, TODAY).exists()
        assert reviews_waiting(person, TODAY) == 0
        with pytest.raises(Refused):
            found_out(review, person)
    assert reviews_waiting(world.secretary, TODAY) == 1


# --- reports, and the end


@pytest.mark.requirement("RQR-05")
def test_a_report_says_who_sent_it_to_whom_when_and_how_or_why_it_does_not_apply(world: World) -> None:
    review = a_rapid_review(world)
    made = record_report(by=world.secretary, at=timezone.now(), review=review, given=a_report())
    assert (made.route, made.sent_by, made.sent_to, made.through) == ("sqg", "The secretary", "Its chair", "letter")
    for lack in ({"sent_by": ""}, {"sent_to": " "}, {"through": None}, {"says": ""}, {"on": TODAY + timedelta(days=1)}):
        with pytest.raises(Invalid):
            record_report(by=world.secretary, at=timezone.now(), review=review, given=replace(a_report(), **lack))  # type: ignore[arg-type]
    none = a_report(Route.REGION, is_sent=False, says="There is no such group.")
    assert not record_report(by=world.secretary, at=timezone.now(), review=review, given=none).sent_by
    with pytest.raises(Invalid, match="why no report"):
        record_report(by=world.secretary, at=timezone.now(), review=review, given=replace(none, says=" "))
    assert RapidReport.objects.count() == recorded("record_report") == 2


@pytest.mark.requirement("RQR-05")
def test_a_review_is_closed_only_once_all_three_reports_are_sent_or_do_not_apply(world: World) -> None:
    review = a_rapid_review(world)
    found_out(review, world.secretary)
    for route in Route:
        with pytest.raises(Refused, match="Send it, or say why it does not apply"):
            closed(review, world.secretary)
        record_report(by=world.secretary, at=timezone.now(), review=review, given=a_report(route))
    assert closed(review, world.secretary).ends_on == TODAY
    assert recorded("close_review") == 1
    with pytest.raises(Already):
        closed(review, world.secretary)
    with pytest.raises(Already):
        found_out(review, world.secretary, because="Late")


@pytest.mark.requirement("RQR-04")
def test_a_plan_without_success_criteria_keeps_a_review_open(world: World) -> None:
    review, plan = a_rapid_review(world), a_plan(world)
    written_anew(world, plan, criteria=())
    found_out(review, world.secretary, a_finding(plan=plan, no_plan=""))
    all_reported(review, world.secretary)
    with pytest.raises(Refused, match="success criteria"):
        closed(review, world.secretary)
    written_anew(world, plan, criteria=a_content().criteria)
    assert closed(review, world.secretary)


def test_a_plan_about_somebody_else_is_not_named(world: World) -> None:
    review, other = a_rapid_review(world), an_organisation("ZR9", "Harbour Clinic", Kind.NHS_TRUST)
    plan = a_plan(world)
    type(plan).objects.filter(pk=plan.pk).update(subject=other.subjects.get())
    plan.refresh_from_db()
    with pytest.raises(Invalid, match="plans about this subject"):
        found_out(review, world.secretary, a_finding(plan=plan))


def test_who_sits_in_the_review_reads_it_and_the_providers_own_people_do_not(world: World) -> None:
    review = a_rapid_review(world)
    seat = a_seat(review.group, "Observer", SeatPart.MEMBER)
    a_seating(seat, world.regional)
    assert RapidReview.objects.visible_to(world.regional, TODAY).exists()
    a_seating(seat, world.provider)
    for person in (world.provider, world.elsewhere, world.regional_elsewhere):
        assert not RapidReview.objects.visible_to(person, TODAY).exists()
