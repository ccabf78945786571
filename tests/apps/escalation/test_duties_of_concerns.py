"""What a minor or moderate concern brings about where its subject stands at Routine: once, and whatever is said of it later."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from sightline.audit.models import Event
from sightline.core.escalation.following import DutyHow
from sightline.core.rulebook.circumstances import Commissioner, Severity
from sightline.core.verdict import Refused
from sightline.directory.models import Organisation
from sightline.directory.words import Kind, Link
from sightline.escalation.models import Duty
from sightline.escalation.operations import raise_what_is_missing
from sightline.escalation.queries.duties import Show, Wanted, Whose, listed
from sightline.groups.models import Group
from sightline.notify.models import Message
from sightline.surveillance.concerns_given import Stated
from sightline.surveillance.models import Concern
from sightline.surveillance.operations import raise_concern, restate_concern
from tests.factories.accounts import LONG_AGO, signed_in
from tests.factories.directory import a_relation, an_organisation
from tests.factories.escalation import SINCE, a_group_of, level_set, stepped, the_duty
from tests.factories.groups import an_interest
from tests.factories.indicators import TODAY
from tests.factories.rulebook import a_change, a_local_version
from tests.factories.surveillance import SYSTEM, a_concern
from tests.factories.surveillance_levels import World, a_world

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("RPT-01")]
REPORTED = ["report-to-the-icb", "report-to-the-place", "share-through-the-group"]


@pytest.fixture
def world(house: Path) -> World:
    return a_world()


def stated(severity: Severity = Severity.MINOR, says: str = "Call bells go unanswered at night.") -> Stated:
    return Stated(says=says, severity=severity, commissioned_by=Commissioner.ICB)


def raised(world: World, severity: Severity = Severity.MINOR, **more: Any) -> Concern:
    given = {"subject": world.subject, "form_key": uuid4(), "raised_on": TODAY, "stated": stated(severity)}
    return raise_concern(by=world.secretary, at=timezone.now(), **{**given, **more})


def arose(concern: Concern) -> Sequence[str]:
    return sorted(Duty.objects.filter(concern=concern).values_list("notice", flat=True))


def a_place(world: World, code: str = "QP1") -> Organisation:
    area = an_organisation(code, f"Place {code}", Kind.SUB_ICB)
    a_relation(area, Link.PART_OF, world.board)
    Group.objects.create(
        kind="place-group", name=f"Group of {code}", area=area, system=SYSTEM, begun_on=SINCE, because="Agreed",
        recorded_at=LONG_AGO, recorded_by="x",
    )  # fmt: skip
    return area


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        (Severity.NONE, []),
        (Severity.MINOR, REPORTED),
        (Severity.MODERATE, REPORTED),
        (Severity.SYSTEM, []),
        (Severity.SIGNIFICANT, []),
    ],
)
def test_a_minor_or_moderate_concern_is_to_be_reported_and_no_other(
    world: World, severity: Severity, expected: Sequence[str]
) -> None:
    before = Event.objects.count()
    assert arose(raised(world, severity)) == expected
    assert [one.verb for one in Event.objects.order_by("pk")[before:]] == ["surveillance.raise_concern"]


def test_it_is_open_and_says_to_whom_by_which_rule_and_since_when(world: World) -> None:
    concern = raised(world)
    duty = Duty.objects.get(concern=concern, notice="report-to-the-icb")
    assert (duty.organisation, duty.to, duty.falls_to) == (world.board, "icb-executive-quality-lead", "secretariat")
    assert (duty.force, duty.arisen_on, duty.pack) == ("must", TODAY, "sqg-2022")
    assert duty.cites == "NQB risk response 2022, Routine/Place" and duty.decision is None
    assert set(listed(world.lead, TODAY, Wanted(Show.OPEN))) == set(Duty.objects.filter(concern=concern))


def test_it_goes_to_the_group_of_the_place_in_which_the_subject_lies(world: World) -> None:
    near, far = a_place(world), a_place(world, "QP2")
    trust = world.subject.organisation
    assert trust is not None
    a_relation(trust, Link.PART_OF, near)
    told = Duty.objects.filter(concern=raised(world), notice="report-to-the-place")
    assert [(one.organisation, one.lacks_body) for one in told] == [(near, False)] and far.pk


def test_where_no_place_has_a_group_the_duty_is_not_lost(world: World) -> None:
    (found,) = Duty.objects.filter(concern=raised(world), notice="report-to-the-place")
    assert found.organisation is None and found.lacks_body


def test_stated_anew_it_arises_once_and_only_when_it_has_become_minor_or_moderate(world: World) -> None:
    concern = raised(world, Severity.NONE)
    for seen, severity in enumerate((Severity.NONE, Severity.MINOR, Severity.MODERATE, Severity.SYSTEM), start=1):
        restate_concern(
            by=world.secretary, at=timezone.now(), concern=concern, seen=seen, because="More is known.",
            stated=stated(severity, f"In other words, {seen}."),
        )  # fmt: skip
        assert arose(concern) == ([] if severity is Severity.NONE else REPORTED)


def test_above_routine_a_concern_brings_about_nothing_by_itself(world: World) -> None:
    level_set(world)
    assert arose(raised(world)) == []


@pytest.mark.parametrize("times", [1, 2])
def test_the_clocks_find_a_concern_that_came_in_another_way_once(world: World, times: int) -> None:
    concern = a_concern(world.subject, severity=Severity.MINOR.value)
    grave = a_concern(world.subject, severity=Severity.SIGNIFICANT.value)
    found = [raise_what_is_missing(by=world.lead, at=timezone.now()).missing for _ in range(times)]
    assert found == [3, 0][:times]
    assert arose(concern) == REPORTED and arose(grave) == []


def test_a_house_that_reports_by_its_own_rule_is_asked_by_that_one(world: World) -> None:
    a_local_version("notices", a_change("notices", "name: Report to the ICB", "name: Tell the board"))
    concern = raised(world)
    assert Duty.objects.get(concern=concern, notice="report-to-the-icb").name == "Tell the board"


def test_word_goes_to_those_to_whom_it_falls_and_who_receive_it(world: World) -> None:
    a_group_of(world, world.member, world.secretary)
    concern = raised(world)
    told = Message.objects.filter(kind="duty-arisen", record__in=[str(one.pk) for one in Duty.objects.all()])
    assert {one.person for one in told.select_related("person")} >= {world.lead, world.secretary} and concern.pk
    assert set(listed(world.lead, TODAY, Wanted(Show.OPEN, Whose.MINE)))


def test_it_is_done_or_declined_like_any_other(world: World) -> None:
    raised(world)
    assert stepped(world.secretary, the_duty("share-through-the-group"), says="At the meeting.").how == "done"
    with pytest.raises(Refused):
        stepped(world.elsewhere, the_duty("report-to-the-icb"))
    assert stepped(world.secretary, the_duty("report-to-the-icb"), DutyHow.DECLINED, says="It is ours.").how


@pytest.mark.requirement("COI-03")
def test_who_may_not_hear_of_the_concern_reads_no_duty_of_it(world: World) -> None:
    concern = raised(world)
    duty = the_duty("report-to-the-icb")
    an_interest(world.member, world.subject)
    no_such_page = {world.member: 404, world.provider: 403, world.elsewhere: 404, world.regional: 404}
    for person, status in no_such_page.items():
        assert not listed(person, TODAY, Wanted(Show.ALL)).exists()
        assert signed_in(person).get(f"/duties/{duty.pk}/").status_code == status
    page = signed_in(world.lead).get(f"/duties/{duty.pk}/").content.decode()
    assert f'href="/concerns/{concern.pk}/"' in page and "Regulatory action" not in page


def test_a_duty_comes_of_a_level_or_of_a_concern_and_never_of_both_or_neither(world: World) -> None:
    raised(world)
    duty, decision = the_duty("report-to-the-icb"), level_set(world)
    for given in ({"decision": decision}, {"concern": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Duty.objects.filter(pk=duty.pk).update(**given)
