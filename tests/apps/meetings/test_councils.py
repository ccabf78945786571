"""Councils that cannot come to each meeting: what was agreed, held against the agenda, and nobody invited by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.verdict import Already, Invalid, Refused
from sightline.directory.models import Organisation
from sightline.directory.words import Kind, Sector
from sightline.groups.models import CouncilArrangement
from sightline.groups.operations import arrange_with_council
from sightline.groups.words import SeatPart
from sightline.meetings.models import ItemGuest
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import an_organisation
from tests.factories.groups import a_seat
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import Live, a_live_meeting, an_item
from tests.factories.surveillance import SYSTEM

__all__ = ["clock", "folder", "house"]
pytestmark = pytest.mark.requirement("MEM-21")
NEEDED = "River Council is needed here"


@pytest.fixture
def live(house: None) -> Live:
    return a_live_meeting(items=1)


@pytest.fixture
def council(live: Live) -> Organisation:
    made = an_organisation("ZL1", "River Council", Kind.LOCAL_AUTHORITY)
    a_seat(live.group, "Council", SeatPart.INVITED, organisation=made)
    return made


@pytest.fixture
def officer(live: Live, council: Organisation) -> Person:
    return a_person(Grant(Role.MEMBER, system=SYSTEM, organisation=council.code), display_name="Olga Officer")


def agrees(live: Live, council: Organisation, later: int = 0, **more: Any) -> CouncilArrangement:
    at = timezone.now() + timedelta(minutes=later)
    given = {
        "by": live.secretary, "relationship": "The chair and the director of adult care, monthly",
        "route": "Its quality team writes to the secretary", "words": ("care home",), **more,
    }  # fmt: skip
    return arrange_with_council(at=at, group=live.group, council=council, **given)


def page(person: Person, name: str, *args: Any) -> tuple[int, str]:
    answer = signed_in(person).get(reverse(name, args=args))
    return answer.status_code, answer.content.decode()


def test_given_an_arrangement_then_members_read_relationship_route_and_triggers_and_others_find_nothing(
    live: Live, council: Organisation
) -> None:
    agrees(live, council, sectors=(Sector.CARE_HOMES,), in_area=True)
    status, text = page(live.people["member-1"], "councils", live.group.pk)
    assert status == 200
    for words in (
        "director of adult care",
        "writes to the secretary",
        "Care homes",
        "care home",
        "provider in its area",
    ):
        assert words in text
    stranger = a_person(Grant(Role.MEMBER, system=SYSTEM))
    assert page(stranger, "councils", live.group.pk)[0] == 404
    assert Event.objects.filter(verb="groups.arrange_with_council").count() == 1


def test_given_an_item_that_meets_a_trigger_then_the_secretary_is_offered_whom_to_invite_and_nobody_is_invited(
    live: Live, council: Organisation, officer: Person
) -> None:
    item = an_item(live.meeting, "Falls in a care home")
    assert NEEDED not in page(live.secretary, "meeting", live.meeting.pk)[1]
    agrees(live, council)
    text = page(live.secretary, "meeting", live.meeting.pk)[1]
    assert text.count(NEEDED) == 1
    invite = f"{reverse('item_invite', args=[item.pk])}?person={officer.pk}"
    assert invite in text
    assert not ItemGuest.objects.exists()
    assert NEEDED not in page(live.people["member-1"], "meeting", live.meeting.pk)[1]
    secretary = signed_in(live.secretary)
    assert f'value="{officer.pk}" selected' in secretary.get(invite).content.decode()
    assert secretary.post(invite, {"person": str(officer.pk)}).status_code == 302
    text = page(live.secretary, "meeting", live.meeting.pk)[1]
    assert "Invited: Olga Officer" in text
    assert invite not in text


def test_given_a_provider_of_a_sector_that_was_named_then_its_item_meets_the_trigger(
    live: Live, council: Organisation
) -> None:
    trust = live.world.subject
    type(trust).objects.filter(pk=trust.pk).update(sector=Sector.MENTAL_HEALTH.value)
    an_item(live.meeting, "A trust", trust)
    agrees(live, council, words=(), sectors=(Sector.CARE_HOMES,))
    assert NEEDED not in page(live.secretary, "meeting", live.meeting.pk)[1]
    agrees(live, council, 1, words=(), sectors=(Sector.MENTAL_HEALTH,))
    text = page(live.secretary, "meeting", live.meeting.pk)[1]
    assert NEEDED in text
    assert "Nobody is on record who could come for it" in text


def test_given_what_is_not_whole_or_no_council_then_nothing_is_kept(live: Live, council: Organisation) -> None:
    today = timezone.localdate()
    for wrong in (
        {"relationship": " "}, {"route": ""}, {"words": ()}, {"as_of": today + timedelta(days=1)},
        {"words": [f"word {n}" for n in range(31)]},
    ):  # fmt: skip
        with pytest.raises(Invalid):
            agrees(live, council, **wrong)
    with pytest.raises(Invalid, match="no council"):
        agrees(live, live.bodies["member-1"])
    with pytest.raises(Refused):
        agrees(live, council, by=live.people["member-1"])
    assert not CouncilArrangement.objects.exists()


def test_given_the_very_same_or_an_earlier_day_then_what_is_on_record_stays(live: Live, council: Organisation) -> None:
    agrees(live, council)
    with pytest.raises(Already):
        agrees(live, council)
    with pytest.raises(Invalid):
        agrees(live, council, route="Another", as_of=timezone.localdate() - timedelta(days=1))
    agrees(live, council, 1, route="Another")
    assert "Another" in page(live.people["member-1"], "councils", live.group.pk)[1]
    assert CouncilArrangement.objects.count() == 2


def test_given_the_form_when_it_is_sent_then_what_is_missing_is_named_and_the_rest_kept(
    live: Live, council: Organisation
) -> None:
    keeper = signed_in(live.secretary)
    where = reverse("council_arrange", args=[live.group.pk, council.pk])
    sent = {"relationship": "Chair and director", "route": "By letter"}
    answer = keeper.post(where, sent)
    assert answer.status_code == 400
    assert "Say when it is needed" in answer.content.decode()
    assert keeper.post(where, {**sent, "words": "care home\nhome care", "sectors": ["care_homes"]}).status_code == 302
    row = CouncilArrangement.objects.get()
    assert (row.words, row.sectors, row.in_area) == ("care home\nhome care", ["care_homes"], False)
    assert "care home" in keeper.get(where).content.decode()
