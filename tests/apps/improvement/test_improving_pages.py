"""The pages of Quality Improvement Groups as their readers meet them: who sees what, and what each form asks and keeps."""

from __future__ import annotations

import html
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.improvement.milestones import Noted, Progress
from sightline.groups.models import Group, Seat
from sightline.improvement.models import (
    ExitAgreement,
    ImprovementGroup,
    ImprovementGroupEnding,
    MemberReport,
    Stakeholder,
)
from sightline.improvement.operations import tell_concern, update_milestone, watch_plans
from tests.factories.accounts import signed_in
from tests.factories.groups import an_interest
from tests.factories.improvement import (
    a_convening,
    a_finding,
    a_plan,
    a_rapid_review,
    all_lasting,
    an_improvement_group,
    approved,
    found_out,
    written_anew,
)
from tests.factories.indicators import TODAY
from tests.factories.meetings_live import a_meeting
from tests.factories.surveillance_levels import World, a_world, decided

PURPOSE = "Care at night is not safe enough."


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


def convened(world: World, **change: Any) -> dict[str, Any]:
    plain = {
        "form_key": str(uuid4()), "instigator": "regulator", "instigated_by": "The hospitals team", "purpose": PURPOSE,
        **on_day("instigated_on"), "convener": "icb", "stands": "alone", "chair": str(world.lead.pk),
        "chairs_for": world.board.code, "trigger": "none",
    }  # fmt: skip
    return {**plain, **change}


@pytest.mark.requirement("QIG-01", "QIG-02", "QIG-03", "MEM-09")
def test_one_short_form_convenes_a_group_and_its_page_names_what_and_who_is_missing(world: World) -> None:
    plan = a_plan(world)
    address = reverse("improving_convene", args=[world.subject.pk])
    assert address in page(world.secretary, "levels_of_subject", world.subject.pk)
    assert address not in page(world.member, "levels_of_subject", world.subject.pk)
    form = page(world.secretary, "improving_convene", world.subject.pk)
    assert f'value="{plan.pk}"' in form and "Who may chair it" in form
    given = convened(world, plans=[str(plan.pk)])
    where = sent(world.secretary, "improving_convene", given, world.subject.pk)
    made = ImprovementGroup.objects.get()
    assert where == reverse("improving", args=[made.pk])
    shown = page(world.secretary, "improving", made.pk)
    assert PURPOSE in shown and "Safer wards" in shown and "In the name of Lantern Integrated Care Board" in shown
    assert "Need for a regulatory response: nothing was told" in shown
    assert "Healthwatch or lay member with relevant lived experience: nobody sits there" in shown
    assert sent(world.secretary, "improving_convene", convened(world), world.subject.pk) == where  # under way already


def test_a_form_that_lacks_something_says_what_and_keeps_what_was_typed(world: World) -> None:
    given = convened(world, convener="region", instigated_by="", stands="within")
    said = sent(world.secretary, "improving_convene", given, world.subject.pk, status=400)
    for words in ("Name the regulator", "Say why NHS England’s region does", "Name the wider process", PURPOSE):
        assert words in said
    assert not ImprovementGroup.objects.exists()


@pytest.mark.requirement("QIG-01")
def test_a_review_that_recommends_a_group_leads_to_it(world: World) -> None:
    review = a_rapid_review(world)
    address = f"{reverse('improving_convene', args=[world.subject.pk])}?review={review.pk}"
    assert address not in page(world.secretary, "rapid", review.pk)
    found_out(review, world.secretary, a_finding())
    assert address in page(world.secretary, "rapid", review.pk)
    form = page(world.secretary, "improving_convene", world.subject.pk, query=f"?review={review.pk}")
    assert f'<option value="{review.pk}" selected>' in form


def the_group(world: World) -> tuple[ImprovementGroup, Any]:
    plan = a_plan(world)
    approved(world, plan)
    made = an_improvement_group(world, a_convening(world, plans=(plan,)))
    Group.objects.filter(pk=made.group_id).update(begun_on=TODAY - timedelta(days=40))
    return made, plan


@pytest.mark.requirement("QIG-04", "QIG-05")
def test_the_page_shows_milestones_with_what_the_provider_doubts_and_concerns_not_taken_up(world: World) -> None:
    made, plan = the_group(world)
    doubt = Noted(Progress.IN_DOUBT, "Two posts drew nobody.", is_providers=True)
    update_milestone(by=world.provider, at=timezone.now(), plan=plan, number=1, noted=doubt, form_key=uuid4())
    tell_concern(
        by=world.provider, at=timezone.now(), plan=plan, says="An agency left.", steps="Managers fill in.",
        form_key=uuid4(),
    )  # fmt: skip
    shown = page(world.member, "improving", made.pk)
    assert "Every ward rounds each hour" in shown and "The provider has said since: may not be reached." in shown
    assert "1 new concern of the provider not taken up yet" in shown
    assert reverse("improving_watch", args=[made.pk]) not in shown  # which is for who keeps or chairs it
    for name in ("Direct assurance of milestones", "Challenge of outstanding actions", "Escalation", "Learning"):
        assert name in shown


@pytest.mark.requirement("QIG-06", "QIG-07")
def test_what_a_member_reports_is_asked_by_the_guidances_own_words_and_shown_with_its_day(world: World) -> None:
    made, _ = the_group(world)
    form = page(world.lead, "improving_told", made.pk, "regulatory-response")
    assert "Whether the regulator has to act" in form
    page(world.lead, "improving_told", made.pk, "gossip", status=404)
    page(world.member, "improving_told", made.pk, "workforce", status=404)
    given = {"form_key": str(uuid4()), "says": "A warning notice is drafted.", "needs_action": "yes", **on_day("on")}
    sent(world.lead, "improving_told", given, made.pk, "regulatory-response")
    assert MemberReport.objects.get().needs_action
    shown = page(world.lead, "improving", made.pk)
    assert "A warning notice is drafted." in shown and "Somebody has to act" in shown
    assert "Need for a regulatory response: nothing was told" not in shown


@pytest.mark.requirement("MEM-23")
def test_a_stakeholder_is_named_and_changed_on_a_form_that_is_filled_in(world: World) -> None:
    made, _ = the_group(world)
    seat = Seat.objects.get(group=made.group, category="chair")
    given = {"who": "Families of the ward", "how": "A letter each month", "owner": str(seat.pk), "engaged": "planned"}
    sent(world.secretary, "improving_stakeholder", given, made.pk, 0)
    shown = page(world.member, "improving", made.pk)
    assert "Families of the ward" in shown and "Not yet in place" in shown
    assert "A letter each month" in page(world.secretary, "improving_stakeholder", made.pk, 1)
    sent(world.secretary, "improving_stakeholder", {**given, "engaged": "in_place"}, made.pk, 1)
    assert Stakeholder.objects.count() == 2 and "In place" in page(world.member, "improving", made.pk)
    page(world.secretary, "improving_stakeholder", made.pk, 7, status=404)


@pytest.mark.requirement("QIG-08", "QIG-09")
def test_the_end_shows_both_conditions_and_who_agrees_and_says_what_stands_in_the_way(world: World) -> None:
    made, plan = the_group(world)
    given = {"answer": "disagrees", "says": "The posts are empty.", **on_day("on")}
    sent(world.secretary, "improving_agree", given, made.pk, "region")
    page(world.secretary, "improving_agree", made.pk, "nobody", status=404)
    assert ExitAgreement.objects.get().answer == "disagrees"
    all_lasting(plan, world.secretary)
    form = page(world.secretary, "improving_end", made.pk)
    assert "Does not agree" in form and "The posts are empty." in form and "Nobody sits there" in form
    said = sent(world.secretary, "improving_end", {"statement": "Nights are safe."}, made.pk, status=400)
    assert "Give the reason for ending without the other" in said and "Not in agreement: The Regional" in said
    sent(
        world.secretary,
        "improving_end",
        {"statement": "Nights are safe.", "because": "The post has its own plan."},
        made.pk,
    )
    assert ImprovementGroupEnding.objects.get().disagreed == "The Regional Quality Group"
    shown = page(world.member, "improving", made.pk)
    for words in (
        "With what it ended",
        "Milestones are reached and will last",
        "The post has its own plan.",
        "Nights are safe.",
    ):
        assert words in shown
    assert reverse("improving_watch", args=[made.pk]) not in page(world.secretary, "improving", made.pk)
    assert "Ended on" in page(world.member, "improving_list", query="?state=ended")
    assert "Convened on" not in page(world.member, "improving_list", query="?state=open")


@pytest.mark.requirement("COI-03", "PER-10")
def test_who_has_an_interest_or_works_for_the_one_concerned_finds_nothing(world: World) -> None:
    made, _ = the_group(world)
    an_interest(world.member, world.subject)
    for person in (world.member, world.provider):
        page(person, "improving", made.pk, status=404 if person == world.member else 403)
    assert "Convened on" not in page(world.member, "improving_list")


@pytest.mark.requirement("QIG-05")
def test_home_says_what_providers_doubt_and_the_page_leads_to_each_until_it_is_taken_up(world: World) -> None:
    made, plan = the_group(world)
    concern = tell_concern(
        by=world.provider, at=timezone.now(), plan=plan, says="An agency left.", steps="Managers fill in.",
        form_key=uuid4(),
    )  # fmt: skip
    assert "1 doubt or concern of a provider waits for you" in page(world.secretary, "home")
    assert "things are asked for in improvement groups" in page(world.secretary, "home")
    address = reverse("plan_concern", args=[plan.pk, concern.pk])
    assert address in page(world.secretary, "plans_doubted") and address in page(world.secretary, "plan", plan.pk)
    assert "An agency left." not in page(world.member, "plans_doubted")
    sent(world.secretary, "plan_concern", {"says": "It is on the next agenda."}, plan.pk, concern.pk)
    assert address not in page(world.secretary, "plans_doubted")
    assert "It is on the next agenda." in page(world.member, "plan", plan.pk)
    own = page(world.provider, "own_plan", plan.pk)
    assert "Taken up by the group on" in own and "It is on the next agenda." not in own
    assert made.group.name  # which the provider hears of from its seat alone


def test_pages_read_as_often_whatever_there_is(world: World) -> None:
    made, plan = the_group(world)
    a_meeting(made.group)

    def reads(name: str, *args: Any) -> int:
        client = signed_in(world.secretary)
        client.get(reverse(name, args=args))
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(reverse(name, args=args)).status_code == 200
        return len(found)

    pages = (("improving", made.pk), ("improving_list",), ("plans_doubted",))
    concern = {"says": "An agency left.", "steps": "Managers fill in."}
    tell_concern(by=world.provider, at=timezone.now(), plan=plan, form_key=uuid4(), **concern)
    first = [reads(*one) for one in pages]
    others = [a_plan(world) for _ in range(3)]
    for one in others:
        written_anew(world, one)
        approved(world, one)
        tell_concern(by=world.provider, at=timezone.now(), plan=one, form_key=uuid4(), **concern)
    watch_plans(by=world.secretary, at=timezone.now(), improving=made, plans=[plan, *others])
    assert [reads(*one) for one in pages] == first
