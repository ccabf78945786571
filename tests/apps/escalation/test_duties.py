"""Duties: whose they are, what becomes of them, and who may take which step."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.escalation.following import DutyHow, DutyStatus
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.levels import Slot
from sightline.core.verdict import Already, Invalid, Refused
from sightline.directory.models import Organisation
from sightline.escalation.models import Duty, DutyStep
from sightline.escalation.operations import set_level, step_duty
from sightline.escalation.queries.arising import arising_from, arising_if_decided
from sightline.escalation.queries.duties import Show, Wanted, Whose, following_of, listed, part_in, people_at
from sightline.escalation.queries.holding import holders_at
from sightline.groups.queries import holders
from sightline.notify.models import Message
from tests.factories.accounts import a_person
from tests.factories.directory import an_organisation
from tests.factories.escalation import a_group_of, level_set, stepped, the_duty, told
from tests.factories.groups import an_interest
from tests.factories.indicators import TODAY
from tests.factories.surveillance import REGION, SYSTEM, a_concern, an_office
from tests.factories.surveillance_levels import WHY, World, a_world, agreed, proposed

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(house: Path) -> World:
    return a_world()


# --- setting a level: allowed, refused, recorded


@pytest.mark.requirement("LVL-05", "RPT-04")
def test_a_level_is_set_with_its_duties_in_one_deed_of_which_two_events_tell(world: World) -> None:
    proposal = agreed(world, proposed(world))
    before = Event.objects.count()
    given = {"by": world.lead, "at": timezone.now(), "proposal": proposal, "office": world.icb_office, "because": WHY}
    decision = set_level(**given)
    assert [one.verb for one in Event.objects.order_by("pk")[before:]] == [
        "surveillance.decide_level",
        "escalation.set_level",
    ]
    assert Duty.objects.filter(decision=decision).count() == len(arising_from(decision)) > 4


@pytest.mark.requirement("PER-15", "PER-06")
def test_setting_a_level_that_is_refused_leaves_no_level_no_duty_and_no_message(world: World) -> None:
    proposal = agreed(world, proposed(world, by=world.lead))
    before = (Event.objects.count(), Message.objects.count())
    with pytest.raises(Refused):
        set_level(by=world.lead, at=timezone.now(), proposal=proposal, office=world.icb_office, because=WHY)
    with pytest.raises(Refused):
        set_level(by=world.member, at=timezone.now(), proposal=proposal, office=world.icb_office, because=WHY)
    assert not Duty.objects.exists() and (Event.objects.count(), Message.objects.count()) == before


def test_setting_the_same_proposal_again_is_refused_and_nothing_arrives_twice(world: World) -> None:
    decision = level_set(world)
    before = Duty.objects.count()
    with pytest.raises(Refused, match="what was decided"):
        set_level(by=world.lead, at=timezone.now(), proposal=decision.proposal, office=world.icb_office, because=WHY)
    assert Duty.objects.count() == before


def test_what_is_foretold_before_a_decision_is_what_arises_from_it(world: World) -> None:
    proposal = agreed(world, proposed(world))
    foretold = [(one.consequence.notice.id, one.doers, one.receivers) for one in arising_if_decided(proposal, TODAY)]
    decision = set_level(by=world.lead, at=timezone.now(), proposal=proposal, office=world.icb_office, because=WHY)
    assert [(one.consequence.notice.id, one.doers, one.receivers) for one in arising_from(decision)] == foretold


# --- who is let know


def queued(kind: str, person: Person) -> int:
    return Message.objects.filter(kind=kind, person=person).count()


@pytest.mark.requirement("RPT-08")
def test_word_goes_to_the_proposer_to_those_who_do_and_to_those_who_receive(world: World) -> None:
    chair = a_person(Grant(Role.CHAIR, system=SYSTEM))
    a_group_of(world, chair, world.secretary)
    level_set(world)
    assert queued("level-decided", world.secretary) == 1
    shared, region = the_duty("share-with-the-system-group"), the_duty("share-with-the-region")
    told_of = {(one.record, one.person) for one in Message.objects.filter(kind="duty-arisen").select_related("person")}
    assert {(str(shared.pk), world.lead), (str(shared.pk), chair), (str(shared.pk), world.secretary)} <= told_of
    assert (str(region.pk), world.regional) in told_of
    assert world.provider not in {person for _, person in told_of}


def test_words_of_messages_name_no_body_and_no_matter(world: World) -> None:
    level_set(world)
    assert all(one.path.startswith(("/duties/", "/levels/")) for one in Message.objects.all())


def test_an_office_that_nobody_holds_is_a_gap_that_can_be_seen(world: World) -> None:
    level_set(world)
    duty = the_duty("share-with-the-system-group")
    doers, receivers = people_at(duty, TODAY)
    assert doers == (world.lead,) and receivers == ()


@pytest.mark.parametrize("slot", [one for one in Slot if one is not Slot.PROCESS_LEAD])
def test_holders_found_at_once_are_those_found_one_by_one(world: World, slot: Slot) -> None:
    """The twin asks the directory of offices for each role and body by itself."""
    a_group_of(world, a_person(Role.CHAIR), world.secretary)
    an_office(a_person(Role.REGION), Slot.NHS_ENGLAND_NATION, an_organisation("ZN1"))
    bodies = [world.board.pk, world.region.pk]
    at_once = holders_at(bodies, TODAY)
    if slot in {Slot.GROUP_CHAIR, Slot.SECRETARIAT}:
        wanted = {one for body in bodies for one in holders(Slot.SYSTEM_QUALITY_GROUP, body, TODAY)}
    elif slot is Slot.NHS_ENGLAND_NATION:
        wanted = set(holders(slot, None, TODAY))
    else:
        wanted = {one for body in bodies for one in holders(slot, body, TODAY)}
    assert set(at_once.of(slot, bodies)) == wanted


# --- steps: allowed, refused, recorded


@pytest.mark.requirement("RPT-04")
def test_whoever_it_falls_to_does_it_and_one_event_tells(world: World) -> None:
    level_set(world)
    duty = the_duty("share-with-the-region")
    before = Event.objects.count()
    step = stepped(world.lead, duty, says="Written to the region.")
    assert (step.how, step.recorded_by) == ("done", world.lead.actor_id)
    assert [one.verb for one in Event.objects.order_by("pk")[before:]] == ["escalation.step_duty"]
    stands = following_of(Duty.objects.get(pk=duty.pk), TODAY)
    assert stands.status is DutyStatus.DONE and stands.is_settled


@pytest.mark.parametrize("who", ["member", "provider", "elsewhere", "regional_elsewhere"])
def test_a_step_by_anybody_else_is_refused_and_nothing_is_kept(world: World, who: str) -> None:
    level_set(world)
    with pytest.raises(Refused):
        stepped(getattr(world, who), the_duty("share-with-the-region"))
    assert not DutyStep.objects.exists()


def test_whoever_keeps_the_record_sees_to_what_falls_to_nobody_here(world: World) -> None:
    level_set(world)
    assert stepped(world.secretary, the_duty("develop-the-plan"), says="The plan came by letter.").how == "done"


def test_the_region_sees_to_what_falls_to_it_and_acknowledges_what_it_receives(world: World) -> None:
    level_set(world)
    assert stepped(world.regional, the_duty("review-the-segment")).how == "done"
    shared = the_duty("share-with-the-region")
    with pytest.raises(Refused, match="not done yet"):
        stepped(world.regional, shared, DutyHow.ACKNOWLEDGED)
    stepped(world.lead, shared)
    stepped(world.regional, shared, DutyHow.ACKNOWLEDGED)
    assert following_of(Duty.objects.get(pk=shared.pk), TODAY).status is DutyStatus.ACKNOWLEDGED


@pytest.mark.requirement("PRV-06")
def test_not_yet_needs_a_reason_and_a_day_ahead(world: World) -> None:
    level_set(world)
    duty, ahead = the_duty("tell-the-provider"), TODAY + timedelta(days=14)
    for given in (
        {"says": "The police asked us to wait."},
        {"review_on": ahead},
        {"says": "Wait.", "review_on": TODAY},
    ):
        with pytest.raises(Refused):
            stepped(world.lead, duty, DutyHow.NOT_YET, **given)
    step = stepped(world.lead, duty, DutyHow.NOT_YET, says="The police asked us to wait.", review_on=ahead)
    assert step.review_on == ahead
    again = Duty.objects.get(pk=duty.pk)
    assert not following_of(again, ahead).is_overdue and following_of(again, ahead + timedelta(days=1)).is_overdue


def test_the_same_step_sent_twice_is_recorded_once(world: World) -> None:
    level_set(world)
    duty = the_duty("share-with-the-region")
    stepped(world.lead, duty)
    with pytest.raises(Already):
        stepped(world.lead, duty)
    assert duty.steps.count() == 1


def test_a_reason_with_what_looks_like_personal_data_is_not_kept(world: World) -> None:
    level_set(world)
    with pytest.raises(Invalid):
        stepped(world.lead, the_duty("share-with-the-region"), says="About NHS number 943 476 5919")
    assert not DutyStep.objects.exists()


def test_what_the_guidance_leaves_open_is_declined_without_a_reason(world: World) -> None:
    level_set(world, concern=a_concern(world.subject, severity=Severity.SIGNIFICANT.value))
    stepped(world.regional, the_duty("consider-the-nation"), DutyHow.DECLINED)
    with pytest.raises(Refused, match="why"):
        stepped(world.lead, the_duty("share-with-the-region"), DutyHow.DECLINED)


def test_nobody_is_told_by_a_tick_where_a_provider_has_to_be(world: World) -> None:
    level_set(world)
    with pytest.raises(Refused, match="words of its own"):
        stepped(world.lead, the_duty("tell-the-provider"))


# --- who sees what


@pytest.mark.requirement("PER-09", "PER-10")
@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("lead", True),
        ("secretary", True),
        ("member", True),
        ("regional", True),
        ("provider", False),
        ("elsewhere", False),
        ("regional_elsewhere", False),
    ],
)
def test_duties_are_read_by_those_who_hear_and_by_the_region_that_is_reached(
    world: World, who: str, sees: bool
) -> None:
    level_set(world)
    assert Duty.objects.visible_to(getattr(world, who), TODAY).exists() is sees


@pytest.mark.requirement("COI-03")
def test_a_declared_interest_closes_the_duties_of_a_subject(world: World) -> None:
    level_set(world)
    an_interest(world.member, world.subject)
    assert not Duty.objects.visible_to(world.member, TODAY).exists()


def test_a_group_of_another_system_reads_what_reaches_it(world: World) -> None:
    level_set(world)
    assert not listed(world.elsewhere, TODAY, Wanted(show=Show.ALL)).exists()


# --- lists


def test_what_a_list_calls_open_overdue_or_settled_is_what_the_rule_says(world: World) -> None:
    """The twin asks the pure rule of each duty; the list asks the database of all at once."""
    level_set(world, "intensive")
    told(world, the_duty("tell-the-provider"))
    stepped(world.lead, the_duty("share-with-the-region"))
    stepped(world.regional, the_duty("notify-the-icb"), says="By telephone")
    stepped(world.regional, the_duty("escalate-nationally"), DutyHow.DECLINED, says="It was done in May.")
    later = TODAY + timedelta(days=3)
    stepped(world.lead, the_duty("develop-the-plan"), DutyHow.NOT_YET, says="The chair is away.", review_on=later)
    for on in (TODAY, TODAY + timedelta(days=30)):
        every = {one: following_of(one, on) for one in Duty.objects.all()}
        wanted = {
            Show.OPEN: {one for one, stands in every.items() if not stands.is_settled},
            Show.OVERDUE: {one for one, stands in every.items() if stands.is_overdue},
            Show.SETTLED: {one for one, stands in every.items() if stands.is_settled},
            Show.ALL: set(every),
        }
        for show, found in wanted.items():
            assert set(listed(world.lead, on, Wanted(show=show))) == found, (show, on)


@pytest.mark.requirement("PRV-03")
def test_providers_not_told_yet_are_listed_until_they_are(world: World) -> None:
    level_set(world, "intensive")
    wanted = Wanted(show=Show.UNTOLD)
    assert {one.notice for one in listed(world.lead, TODAY, wanted)} == {
        "tell-the-provider",
        "notify-the-provider-chair",
    }
    told(world, the_duty("tell-the-provider"))
    assert {one.notice for one in listed(world.lead, TODAY, wanted)} == {"notify-the-provider-chair"}


@pytest.mark.parametrize("who", ["lead", "regional", "secretary", "member"])
def test_mine_is_what_one_may_do_by_ones_offices_and_what_waits_for_ones_receipt(world: World, who: str) -> None:
    """The twin asks of each duty what part somebody has in it, without what they do as keepers of the record."""
    chair = a_person(Grant(Role.CHAIR, system=SYSTEM))
    a_group_of(world, chair, world.secretary)
    level_set(world, "intensive")
    stepped(world.lead, the_duty("share-with-the-region"))
    stepped(world.lead, the_duty("share-with-the-system-group"))
    person = getattr(world, who)
    mine = set(listed(person, TODAY, Wanted(show=Show.ALL, whose=Whose.MINE)))
    wanted = set()
    for duty in Duty.objects.visible_to(person, TODAY):
        doers, receivers = people_at(duty, TODAY)
        is_done = following_of(duty, TODAY).status is DutyStatus.DONE
        if person in doers or (person in receivers and is_done):
            wanted.add(duty)
    assert mine == wanted


def test_part_of_a_keeper_and_of_a_holder(world: World) -> None:
    level_set(world)
    duty = the_duty("share-with-the-region")
    assert part_in(world.lead, TODAY, duty).does
    assert part_in(world.secretary, TODAY, duty).does and not part_in(world.secretary, TODAY, duty).receives
    assert part_in(world.regional, TODAY, duty).receives and not part_in(world.regional, TODAY, duty).does
    assert part_in(world.member, TODAY, duty) == part_in(world.provider, TODAY, duty)


def test_regions_are_found_by_their_code(world: World) -> None:
    level_set(world)
    assert the_duty("share-with-the-region").organisation == Organisation.objects.get(code=REGION)


def test_operation_needs_a_duty_that_the_actor_may_read(world: World) -> None:
    level_set(world)
    with pytest.raises(Refused):
        step_duty(by=world.provider, at=timezone.now(), duty=the_duty("develop-the-plan"), how=DutyHow.DONE)


def test_what_arose_with_the_newest_level_stands_first_among_all_and_what_is_due_first_among_open_ones(
    world: World,
) -> None:
    raised = level_set(world)
    again = level_set(world, "intensive")
    found = list(listed(world.lead, TODAY, Wanted(show=Show.ALL, subject=world.subject.pk)))
    order = [one.decision_id for one in found]
    assert set(order) == {raised.pk, again.pk} and order == sorted(order, key=lambda one: one != again.pk)
    due = [one.due_on for one in listed(world.lead, TODAY, Wanted()) if one.due_on]
    assert due == sorted(due)
