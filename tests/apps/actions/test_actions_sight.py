"""Who reads which action: against a slow rule written out by hand, and what an owner reads of their own."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.actions import operations
from sightline.actions.models import Action
from sightline.actions.queries import action_view, one_action
from sightline.core.access import Grant, Role
from sightline.groups.words import SeatPart
from tests.factories.accounts import a_person
from tests.factories.actions import Log, a_log, a_stated, an_action, an_owner
from tests.factories.groups import a_group, a_seat, a_seating, an_interest
from tests.factories.indicators import TODAY
from tests.factories.surveillance import REGION, SYSTEM
from tests.factories.surveillance_levels import OTHER_SYSTEM

ABOUT_NO_ONE, ABOUT_IT, OF_REVIEW = "about no one", "about the trust", "of a review of the trust"
ALL = {ABOUT_NO_ONE, ABOUT_IT, OF_REVIEW}


@pytest.fixture
def log(house: None) -> Log:
    """This function will make a group with its action log."""
    return a_log()


@pytest.fixture
def made(log: Log) -> dict[str, Action]:
    """This function will make an action about no one, one about the trust, and one of a review of the trust."""
    review = a_group(log.world.board, "rapid-quality-review", "The review", subject=log.world.subject)
    a_seating(a_seat(review, "Member", SeatPart.MEMBER), log.seated)
    owner = an_owner(log, log.world.lead)
    return {
        ABOUT_NO_ONE: an_action(log, owner=owner),
        ABOUT_IT: an_action(log, owner=owner, subject=log.world.subject),
        OF_REVIEW: an_action(log, owner=owner, group=review),
    }


def read(made: dict[str, Action], who: Person) -> set[str]:
    """This function will name the actions that somebody may read; each way of asking must say the same."""
    listed = set(Action.objects.visible_to(who, TODAY).values_list("pk", flat=True))
    single = {one.pk for one in made.values() if one_action(who, TODAY, one.pk)}
    assert listed == single
    return {name for name, one in made.items() if one.pk in listed}


def sitting(log: Log, *grants: Grant, part: SeatPart = SeatPart.MEMBER) -> Person:
    person = a_person(*grants)
    a_seating(a_seat(log.group, f"Seat {person.pk}", part), person)
    return person


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("secretary", ALL),
        ("lead", ALL),
        ("member", ALL),  # sits in both groups
        ("regional", {ABOUT_NO_ONE, ABOUT_IT}),  # sits in the quality group alone
        ("provider", set()),
        ("elsewhere", set()),
        ("regional_elsewhere", set()),
    ],
)
def test_whoever_sits_in_the_group_or_keeps_its_log_reads_it(
    log: Log, made: dict[str, Action], who: str, expected: set[str]
) -> None:
    assert read(made, getattr(log.world, who)) == expected


def test_a_member_of_the_system_who_sits_in_none_of_its_groups_reads_none(log: Log, made: dict[str, Action]) -> None:
    assert read(made, log.unseated) == set()


@pytest.mark.parametrize(
    ("grants", "part", "expected"),
    [
        ((Grant(Role.LAY_MEMBER, system=SYSTEM),), SeatPart.MEMBER, {ABOUT_NO_ONE, ABOUT_IT}),
        ((Grant(Role.DEPUTY, system=SYSTEM),), SeatPart.MEMBER, {ABOUT_NO_ONE, ABOUT_IT}),
        ((Grant(Role.PROVIDER, system=SYSTEM, organisation="ZR9"),), SeatPart.MEMBER, {ABOUT_NO_ONE, ABOUT_IT}),
        ((Grant(Role.PROVIDER, system=SYSTEM, organisation="ZR1"),), SeatPart.MEMBER, {ABOUT_NO_ONE}),
        ((Grant(Role.MEMBER, system=SYSTEM, organisation="ZR1"),), SeatPart.MEMBER, {ABOUT_NO_ONE}),
        ((Grant(Role.MEMBER, system=SYSTEM),), SeatPart.INVITED, set()),
        ((Grant(Role.ADMINISTRATOR),), SeatPart.MEMBER, set()),
        ((Grant(Role.FOI_OFFICER),), SeatPart.MEMBER, set()),
    ],
)  # fmt: skip
def test_a_seat_opens_the_log_but_not_what_is_about_ones_own_body(
    log: Log, made: dict[str, Action], grants: tuple[Grant, ...], part: SeatPart, expected: set[str]
) -> None:
    assert read(made, sitting(log, *grants, part=part)) == expected


def test_whoever_left_their_seat_reads_no_more(log: Log, made: dict[str, Action]) -> None:
    person = a_person(Grant(Role.MEMBER, system=SYSTEM))
    a_seating(a_seat(log.group, "Old", SeatPart.MEMBER), person, valid_to=TODAY)
    assert read(made, person) == set()


@pytest.mark.parametrize(
    ("grant", "expected"),
    [
        (Grant(Role.AUDITOR, system=SYSTEM), ALL),
        (Grant(Role.AUDITOR, system=OTHER_SYSTEM), set()),
        (Grant(Role.AUDITOR), ALL),
        (Grant(Role.REGION, organisation=REGION), set()),
        (Grant(Role.SECRETARY, system=SYSTEM, organisation="ZR1"), ALL),  # must hold what is in the log
    ],
)
def test_the_auditor_and_the_keepers_read_their_system_and_no_other(
    log: Log, made: dict[str, Action], grant: Grant, expected: set[str]
) -> None:
    assert read(made, a_person(grant)) == expected


@pytest.mark.requirement("COI-03")
@pytest.mark.parametrize("who", ["secretary", "member", "regional"])
def test_a_declared_interest_closes_what_is_about_its_subject(log: Log, made: dict[str, Action], who: str) -> None:
    person = getattr(log.world, who)
    an_interest(person, log.world.subject)
    assert read(made, person) == {ABOUT_NO_ONE}


def test_a_keeper_who_is_the_provider_concerned_reads_nothing_about_it(log: Log, made: dict[str, Action]) -> None:
    both = a_person(Grant(Role.SECRETARY, system=SYSTEM), Grant(Role.PROVIDER, system=SYSTEM, organisation="ZR1"))
    assert read(made, both) == {ABOUT_NO_ONE}


# --- the owner


@pytest.mark.parametrize("who", ["provider", "regional_elsewhere", "elsewhere"])
def test_an_owner_reads_their_own_action_whoever_they_are(log: Log, who: str) -> None:
    person = getattr(log.world, who)
    action = an_action(log, subject=log.world.subject, owner=an_owner(log, person))
    an_interest(person, log.world.subject)
    assert one_action(person, TODAY, action.pk) == action


def test_whoever_handed_it_on_reads_it_no_more(log: Log) -> None:
    action = an_action(log, owner=an_owner(log, log.world.provider))
    operations.change_owner(
        by=log.world.secretary, at=timezone.now(), action=action, owner=an_owner(log), because="Asked", form_key=uuid4()
    )
    assert one_action(log.world.provider, TODAY, action.pk) is None


def test_an_owner_from_outside_reads_their_own_reports_and_not_what_the_group_says(log: Log) -> None:
    action = an_action(
        log, subject=log.world.subject, stated=a_stated(disagreement="They doubt it."),
        owner=an_owner(log, log.world.provider),
    )  # fmt: skip
    at, secretary = timezone.now(), log.world.secretary
    for by, says in ((log.world.provider, "Begun"), (secretary, "The group doubts it")):
        operations.report_on_action(by=by, at=at, action=action, says=says, form_key=uuid4())
    operations.review_action(
        by=secretary, at=at, action=action, reviewed_on=TODAY, comment="Still doubtful", form_key=uuid4()
    )
    operations.change_due_date(
        by=secretary, at=at, action=action, due_on=TODAY + timedelta(days=3), because="More time", form_key=uuid4()
    )
    theirs, ours = action_view(action, log.world.provider, TODAY), action_view(action, log.seated, TODAY)
    assert [one.says for one in theirs.line.comments] == ["Begun"] == [one.says for one in theirs.reports]
    assert not theirs.reviews and not theirs.hears and theirs.may_report and not theirs.keeps
    assert len(ours.line.comments) == 3 and len(ours.reviews) == 1 and ours.hears and not ours.may_report


def test_an_auditor_reads_and_does_nothing(log: Log) -> None:
    view = action_view(an_action(log), a_person(Grant(Role.AUDITOR, system=SYSTEM)), TODAY)
    assert view.hears and not view.keeps and not view.may_report
