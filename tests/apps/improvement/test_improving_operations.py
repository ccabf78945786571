"""What people do with Quality Improvement Groups: each allowed, refused with nothing changed, and recorded once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.improvement.milestones import Noted, Progress
from sightline.core.improvement.overseeing import Answer, Convener, Instigator, Stands
from sightline.core.verdict import Already, Invalid, Refused
from sightline.groups.models import Group, GroupEnding, Seat
from sightline.improvement.improving_given import AnswerGiven, EndGiven, ReportedGiven, StakeholderGiven
from sightline.improvement.improving_words import ICB, REGION, Engaged
from sightline.improvement.models import (
    ImprovementGroup,
    ImprovementGroupEnding,
    MemberReport,
    ProviderConcernAnswer,
    Stakeholder,
)
from sightline.improvement.operations import (
    answer_concern,
    convene_group,
    end_improvement_group,
    name_stakeholder,
    record_agreement_to_end,
    record_told,
    tell_concern,
    update_milestone,
    watch_plans,
)
from sightline.improvement.queries.doubts import doubts_waiting
from sightline.improvement.queries.improving import (
    improving_waiting,
    lacks_of,
    parties_of,
    stakeholders_of,
    watched_plans,
)
from sightline.improvement.reviews_given import ChairGiven
from tests.factories.accounts import a_person
from tests.factories.groups import a_group, an_interest
from tests.factories.improvement import (
    a_convening,
    a_plan,
    a_rapid_review,
    all_lasting,
    an_improvement_group,
    approved,
    everybody_agrees,
)
from tests.factories.indicators import TODAY
from tests.factories.surveillance import SYSTEM
from tests.factories.surveillance_levels import World, a_world, decided

WHY = "The last post belongs to the new contract."


@pytest.fixture
def world(house: None) -> World:
    """This function will make a trust that stands at Enhanced."""
    made = a_world()
    decided(made)
    return made


def recorded(verb: str) -> int:
    return Event.objects.filter(verb=f"improvement.{verb}").count()


def told(improving: ImprovementGroup, what: str, by: Person, **more: Any) -> MemberReport:
    given = ReportedGiven(what, **{"on": TODAY, "says": "Nothing to act on so far.", **more})
    return record_told(by=by, at=timezone.now(), improving=improving, form_key=uuid4(), given=given)


def ended(improving: ImprovementGroup, by: Person, **more: str) -> ImprovementGroupEnding:
    given = EndGiven(**{"statement": "Nights are safe; the ward sees that it lasts.", **more})
    return end_improvement_group(by=by, at=timezone.now(), improving=improving, given=given)


def on_another_day(improving: ImprovementGroup) -> ImprovementGroup:
    """A group ends after the day on which it began."""
    Group.objects.filter(pk=improving.group_id).update(begun_on=TODAY - timedelta(days=40))
    return improving


# --- convening one


@pytest.mark.requirement("QIG-01", "QIG-02", "QIG-03")
def test_a_convening_keeps_who_asked_who_convened_and_how_it_stands(world: World) -> None:
    review = a_rapid_review(world)
    plan = a_plan(world)
    given = a_convening(
        world, convener=Convener.REGION, why_region="NHS England commissions it too.", stands=Stands.WITHIN,
        wider="The support of NHS oversight", review=review, plans=(plan,),
    )  # fmt: skip
    made = an_improvement_group(world, given)
    assert (made.instigator, made.convener, made.stands) == ("provider", "region", "within")
    assert made.review == review and watched_plans(made) == {plan.pk}
    assert made.group.kind == "quality-improvement-group" and made.group.subject == world.subject
    assert recorded("convene_group") == 1


@pytest.mark.requirement("MEM-09")
def test_the_group_gets_its_chair_and_an_empty_seat_for_each_minimum_member(world: World) -> None:
    group = an_improvement_group(world).group
    found = sorted(one.category for one in Seat.objects.filter(group=group))
    assert found == [
        "chair", "cqc", "hee", "icb", "icb", "icb", "lay", "local-authority", "local-authority", "nhs-england-region",
        "provider",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"instigated_by": ""}, "Name the provider"),
        ({"instigator": Instigator.REGULATOR, "instigated_by": " "}, "Name the regulator"),
        ({"convener": Convener.REGION}, "Say why NHS England"),
        ({"stands": Stands.WITHIN}, "Name the wider process"),
        ({"purpose": " "}, "Say which risks"),
        ({"instigated_on": TODAY + timedelta(days=1)}, "still to come"),
    ],
)
@pytest.mark.requirement("QIG-01", "QIG-02", "QIG-03")
def test_what_is_missing_is_said_and_no_group_is_left(world: World, change: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        an_improvement_group(world, a_convening(world, **change))
    assert not Group.objects.filter(kind="quality-improvement-group").exists() and recorded("convene_group") == 0


@pytest.mark.requirement("CHR-06", "CHR-07")
def test_nobody_of_the_subjects_own_chairs_it(world: World) -> None:
    own = world.subject.organisation
    assert own is not None
    with pytest.raises(Refused, match="It may be chaired in the name of"):
        an_improvement_group(world, a_convening(world, chair=ChairGiven(world.provider, own)))


def test_a_form_sent_twice_convenes_one_and_a_second_about_the_subject_is_refused(world: World) -> None:
    made = an_improvement_group(world)
    with pytest.raises(Already):
        convene_group(
            by=world.secretary, at=timezone.now(), subject=world.subject, system=SYSTEM, form_key=made.form_key,
            given=a_convening(world),
        )  # fmt: skip
    with pytest.raises(Refused, match="under way already"):
        an_improvement_group(world)
    assert ImprovementGroup.objects.count() == 1


def test_a_group_that_stands_already_is_taken_and_who_keeps_no_groups_convenes_none(world: World) -> None:
    standing = a_group(world.board, "quality-improvement-group", "An old one", subject=world.subject)
    with pytest.raises(Refused):
        an_improvement_group(world, by=world.member)
    assert an_improvement_group(world, a_convening(world, chair=None)).group == standing


@pytest.mark.requirement("COI-03")
def test_who_declared_an_interest_convenes_none_and_reads_none(world: World) -> None:
    made = an_improvement_group(world)
    assert ImprovementGroup.objects.visible_to(world.secretary, TODAY).count() == 1
    an_interest(world.secretary, world.subject)
    assert not ImprovementGroup.objects.visible_to(world.secretary, TODAY).exists()
    with pytest.raises(Refused):
        told(made, "workforce", world.secretary)


@pytest.mark.requirement("PER-10")
def test_the_provider_concerned_sits_there_and_does_not_read_what_others_wrote(world: World) -> None:
    made = an_improvement_group(world)
    assert not ImprovementGroup.objects.visible_to(world.provider, TODAY).filter(pk=made.pk).exists()


# --- what it watches, and what is told


@pytest.mark.requirement("QIG-04")
def test_plans_are_watched_and_left_again_and_only_those_that_one_may_read(world: World) -> None:
    plan = a_plan(world)
    made = an_improvement_group(world)
    watch_plans(by=world.secretary, at=timezone.now(), improving=made, plans=[plan])
    assert watched_plans(made) == {plan.pk}
    watch_plans(by=world.secretary, at=timezone.now(), improving=made, plans=[])
    assert watched_plans(made) == set() and made.watches.count() == 2 and recorded("watch_plans") == 2
    type(plan).objects.filter(pk=plan.pk).update(system="QZ9")
    with pytest.raises(Invalid, match="that are shown"):
        watch_plans(by=world.secretary, at=timezone.now(), improving=made, plans=[plan])


@pytest.mark.requirement("QIG-06", "QIG-07", "MEM-23")
def test_what_members_owe_is_missing_until_told_and_again_after_a_month(world: World) -> None:
    made = an_improvement_group(world)
    owed = ["regulatory-response", "national-action", "workforce", "trainees"]
    assert [one.id for one in lacks_of(made, TODAY).reports] == owed
    for one in owed:
        told(made, one, world.secretary)
    assert not lacks_of(made, TODAY).reports and recorded("record_told") == 4
    assert not lacks_of(made, TODAY + timedelta(days=30)).reports
    assert len(lacks_of(made, TODAY + timedelta(days=31)).reports) == 4  # the group meets once a month
    assert lacks_of(made, TODAY).plans and lacks_of(made, TODAY).stakeholders


@pytest.mark.requirement("QIG-06", "QIG-07")
def test_what_is_asked_for_and_missing_waits_for_whoever_keeps_or_chairs(world: World) -> None:
    made = an_improvement_group(world)
    assert improving_waiting(world.secretary, TODAY) == improving_waiting(world.lead, TODAY) == 6
    assert improving_waiting(world.member, TODAY) == 0
    told(made, "workforce", world.lead)
    assert improving_waiting(world.secretary, TODAY) == 5


@pytest.mark.parametrize(
    ("what", "change", "says"),
    [
        ("gossip", {}, "no such thing"),
        ("workforce", {"says": " "}, "Say what was told"),
        ("workforce", {"on": TODAY + timedelta(days=1)}, "still to come"),
        ("workforce", {"on": TODAY - timedelta(days=1)}, "before the group was convened"),
    ],
)
def test_what_cannot_be_kept_is_not(world: World, what: str, change: dict[str, Any], says: str) -> None:
    made = an_improvement_group(world)
    with pytest.raises(Invalid, match=says):
        told(made, what, world.secretary, **change)
    assert not MemberReport.objects.exists()


@pytest.mark.requirement("MEM-23")
def test_a_stakeholder_has_an_owner_and_is_written_anew_beside_the_earlier_line(world: World) -> None:
    made = an_improvement_group(world)
    seat = Seat.objects.get(group=made.group, category="chair")
    given = StakeholderGiven("Families", "A letter each month", seat.pk)
    first = name_stakeholder(by=world.lead, at=timezone.now(), improving=made, given=given)
    anew = StakeholderGiven("Families", "They sit in", seat.pk, Engaged.IN_PLACE, first.number)
    name_stakeholder(by=world.lead, at=timezone.now(), improving=made, given=anew)
    [now] = stakeholders_of(made)
    assert (now.how, now.engaged, now.version, Stakeholder.objects.count()) == ("They sit in", "in_place", 2, 2)
    assert not lacks_of(made, TODAY).stakeholders and recorded("name_stakeholder") == 2
    with pytest.raises(Invalid, match="Choose a member"):
        elsewhere = StakeholderGiven("Friends", "A call", uuid4())
        name_stakeholder(by=world.lead, at=timezone.now(), improving=made, given=elsewhere)


# --- its end


@pytest.mark.requirement("QIG-09")
def test_each_member_the_icb_and_the_regional_group_answer_with_a_day_and_the_newest_counts(world: World) -> None:
    made = an_improvement_group(world)
    asked, vacant = parties_of(made, TODAY)
    assert [one.party for one in asked[1:]] == [ICB, REGION] and "Ada Lead" in asked[0].name
    assert "Care Quality Commission" in vacant
    for answer, says in ((Answer.DISAGREES, "Not yet"), (Answer.AGREES, "")):
        given = AnswerGiven(REGION, answer, TODAY, "Its chair", says)
        record_agreement_to_end(by=world.secretary, at=timezone.now(), improving=made, given=given)
    region = parties_of(made, TODAY)[0][-1]
    assert region.asked.answer is Answer.AGREES and [one.on for one in region.answers] == [TODAY, TODAY]
    assert recorded("record_agreement_to_end") == 2
    with pytest.raises(Invalid, match="Say with what"):
        silent = AnswerGiven(ICB, Answer.DISAGREES, TODAY)
        record_agreement_to_end(by=world.secretary, at=timezone.now(), improving=made, given=silent)
    with pytest.raises(Invalid, match="not asked now"):
        strange = AnswerGiven(str(uuid4()), Answer.AGREES, TODAY)
        record_agreement_to_end(by=world.secretary, at=timezone.now(), improving=made, given=strange)


def watching(world: World) -> tuple[ImprovementGroup, Any]:
    plan = a_plan(world)
    approved(world, plan)
    return on_another_day(an_improvement_group(world, a_convening(world, plans=(plan,)))), plan


@pytest.mark.requirement("QIG-08")
def test_t23_group_whose_milestones_last_ends_without_agreement_only_for_a_reason(world: World) -> None:
    """T23, by the record: the first condition alone, and “most or all” takes a reason."""
    made, plan = watching(world)
    with pytest.raises(Refused, match="Not met yet"):
        ended(made, world.secretary, because=WHY)  # no milestone is reached, and nobody was asked
    all_lasting(plan, world.secretary)
    with pytest.raises(Refused, match="Give the reason"):
        ended(made, world.secretary)
    assert not GroupEnding.objects.exists() and recorded("end_improvement_group") == 0
    over = ended(made, world.secretary, because=WHY)
    assert (over.met, over.because, over.ends_on) == ("milestones-last", WHY, TODAY)
    assert GroupEnding.objects.get(group=made.group).ends_on == TODAY
    assert recorded("end_improvement_group") == 1
    with pytest.raises(Already):
        ended(made, world.secretary, because=WHY)


@pytest.mark.requirement("QIG-08", "QIG-09")
def test_group_ends_without_a_reason_where_all_last_and_all_agree_but_not_without_a_statement(world: World) -> None:
    made, plan = watching(world)
    all_lasting(plan, world.secretary)
    everybody_agrees(made, world.secretary)
    with pytest.raises(Refused, match="what was reached"):
        ended(made, world.secretary, statement=" ")
    assert ended(made, world.secretary).met.split() == ["milestones-last", "all-agree"]


@pytest.mark.requirement("QIG-09")
def test_while_somebody_disagrees_it_ends_only_for_a_reason_and_their_name_stays_with_it(world: World) -> None:
    made, plan = watching(world)
    all_lasting(plan, world.secretary)
    everybody_agrees(made, world.secretary, but=REGION)
    with pytest.raises(Refused, match="Not in agreement: The Regional Quality Group"):
        ended(made, world.secretary)
    over = ended(made, world.secretary, because=WHY)
    assert (over.met, over.disagreed) == ("milestones-last", "The Regional Quality Group")


@pytest.mark.requirement("QIG-08")
def test_all_agree_with_milestones_outstanding_only_with_a_plan_and_capacity_for_them(world: World) -> None:
    made, _ = watching(world)
    everybody_agrees(made, world.secretary)
    with pytest.raises(Refused, match="Not met yet"):
        ended(made, world.secretary, because=WHY)
    over = ended(
        made, world.secretary, because=WHY, outstanding="The board fills the post by May, with its own budget."
    )
    assert over.met == "all-agree"


def test_its_chair_works_on_it_and_only_who_keeps_groups_ends_it(world: World) -> None:
    chair = a_person(Grant(Role.CHAIR, system=SYSTEM), display_name="Cleo Chair")
    made = on_another_day(an_improvement_group(world, a_convening(world, chair=ChairGiven(chair, world.board))))
    told(made, "workforce", chair)
    with pytest.raises(Refused):
        told(made, "workforce", world.member)
    assert MemberReport.objects.count() == 1
    everybody_agrees(made, chair)
    with pytest.raises(Refused):
        ended(made, chair, because=WHY, outstanding="The board fills the post by May.")
    assert not ImprovementGroupEnding.objects.exists()


# --- what providers doubt


def doubted(plan: Any, by: Person) -> None:
    noted = Noted(Progress.IN_DOUBT, "Two posts drew nobody.", is_providers=True)
    update_milestone(by=by, at=timezone.now(), plan=plan, number=1, noted=noted, form_key=uuid4())


@pytest.mark.requirement("QIG-05")
def test_a_doubt_of_the_provider_waits_for_who_keeps_the_plan_until_the_group_notes_it(world: World) -> None:
    _, plan = watching(world)
    assert doubts_waiting(world.secretary, TODAY).count == 0
    doubted(plan, world.provider)
    assert [one.number for one, _, _ in doubts_waiting(world.secretary, TODAY).milestones] == [1]
    assert doubts_waiting(world.lead, TODAY).count == 1
    assert doubts_waiting(world.member, TODAY).count == 0
    assert doubts_waiting(world.provider, TODAY).count == 0
    all_lasting(plan, world.secretary)
    assert doubts_waiting(world.secretary, TODAY).count == 0


@pytest.mark.requirement("QIG-05")
def test_a_doubt_waits_for_the_chair_of_the_group_that_watches_the_plan(world: World) -> None:
    chair = a_person(Grant(Role.CHAIR, system=SYSTEM), display_name="Cleo Chair")
    plan = a_plan(world)
    approved(world, plan)
    doubted(plan, world.provider)
    assert doubts_waiting(chair, TODAY).count == 0
    an_improvement_group(world, a_convening(world, plans=(plan,), chair=ChairGiven(chair, world.board)))
    assert doubts_waiting(chair, TODAY).count == 1
    an_interest(chair, world.subject)
    assert doubts_waiting(chair, TODAY).count == 0


@pytest.mark.requirement("QIG-05")
def test_a_new_concern_of_the_provider_waits_until_it_is_taken_up_once(world: World) -> None:
    _, plan = watching(world)
    told_one = tell_concern(
        by=world.provider, at=timezone.now(), plan=plan, says="An agency left.", steps="Managers fill in.",
        form_key=uuid4(),
    )  # fmt: skip
    assert [one.pk for one, _ in doubts_waiting(world.secretary, TODAY).concerns] == [told_one.pk]
    given: dict[str, Any] = {"at": timezone.now(), "plan": plan, "concern": told_one}
    with pytest.raises(Refused):
        answer_concern(by=world.provider, says="We know", **given)
    with pytest.raises(Invalid):
        answer_concern(by=world.secretary, says=" ", **given)
    answer_concern(by=world.secretary, says="It is on the next agenda.", **given)
    with pytest.raises(Already):
        answer_concern(by=world.secretary, says="Again", **given)
    assert ProviderConcernAnswer.objects.count() == recorded("answer_concern") == 1
    assert doubts_waiting(world.secretary, TODAY).count == 0
