"""Reviews that meet without the providers concerned: who is missed and seated then, what is told, and what the note says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.verdict import Already, Refused
from sightline.directory.models import Organisation, Subject
from sightline.directory.words import Kind
from sightline.groups.models import Group, ProvidersApart, Seating
from sightline.groups.operations import meet_without_providers, seat_person
from sightline.groups.queries import group_types, group_view
from sightline.groups.queries.apart import apart_on
from sightline.groups.words import SeatPart
from sightline.meetings.models import NotePassage
from sightline.meetings.operations import draft_note
from sightline.meetings.queries.live import room_of
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import an_organisation
from tests.factories.groups import a_group, a_seat, a_seating
from tests.factories.house import clock, folder, house
from tests.factories.indicators import NOW
from tests.factories.meetings_noting import a_held_meeting

__all__ = ["clock", "folder", "house"]
pytestmark = [pytest.mark.usefixtures("house"), pytest.mark.requirement("MEM-10")]
HOME, REVIEW = "QZ1", "rapid-quality-review"
TODAY, DAY = NOW.date(), timedelta(days=1)
WHY = "Quagmire: those concerned are not to hear of it first"


@pytest.fixture
def icb(house: None) -> Organisation:
    return an_organisation(HOME, "Lantern ICB", Kind.ICB)


@pytest.fixture
def trust(house: None) -> Organisation:
    return an_organisation("ZR1", "Mill Trust")


@pytest.fixture
def keeper(house: None) -> Person:
    return a_person(Grant(Role.SECRETARY, HOME), display_name="Kim Keeper")


@pytest.fixture
def member(house: None) -> Person:
    return a_person(Grant(Role.MEMBER, HOME), display_name="Mona Reed")


@pytest.fixture
def review(icb: Organisation, trust: Organisation) -> Group:
    return a_group(icb, REVIEW, "Review of nights", subject=Subject.objects.get(organisation=trust))


def apart(by: Person, group: Group, is_apart: bool = True) -> ProvidersApart:
    at = NOW + timedelta(minutes=ProvidersApart.objects.count())
    return meet_without_providers(by=by, at=at, group=group, is_apart=is_apart, because=WHY)


def gaps(group: Group) -> set[str]:
    return {one.seat.id for one in group_view(group, TODAY).lacking}


def page(person: Person, address: str) -> str:
    answer = signed_in(person).get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def test_providers_are_missed_until_it_is_recorded_why_they_are_not_there(review: Group, keeper: Person) -> None:
    before = gaps(review)
    row = apart(keeper, review)
    assert before - gaps(review) == {"provider"}
    assert (row.because, row.from_on, row.recorded_by) == (WHY, TODAY, keeper.actor_id)
    event = Event.objects.get()
    assert event.verb == "groups.meet_without_providers" and "Quagmire" not in event.facts
    apart(keeper, review, is_apart=False)
    assert gaps(review) == before and ProvidersApart.objects.count() == 2


def test_the_day_before_stays_as_it_was(review: Group, keeper: Person) -> None:
    apart(keeper, review)
    kind = group_types("sqg-2022", TODAY).type(REVIEW)
    assert apart_on(review, kind, TODAY) is not None and apart_on(review, kind, TODAY - DAY) is None


def test_without_a_reason_or_said_twice_nothing_is_recorded(review: Group, keeper: Person) -> None:
    with pytest.raises(Refused, match="reason is needed"):
        meet_without_providers(by=keeper, at=NOW, group=review, is_apart=True, because=" ")
    with pytest.raises(Already):
        apart(keeper, review, is_apart=False)
    assert not ProvidersApart.objects.exists() and not Event.objects.exists()


@pytest.mark.parametrize("kind", ["system-group", "quality-improvement-group"])
def test_only_a_review_meets_so(icb: Organisation, trust: Organisation, keeper: Person, kind: str) -> None:
    about = Subject.objects.get(organisation=trust) if kind != "system-group" else None
    group = a_group(icb, kind, subject=about)
    with pytest.raises(Refused, match="does not foresee"):
        apart(keeper, group)
    assert signed_in(keeper).get(f"/groups/{group.pk}/providers/").status_code == 404


@pytest.mark.parametrize("grant", [Grant(Role.MEMBER, HOME), Grant(Role.CHAIR, HOME), Grant(Role.SECRETARY, "QZ2")])
def test_nobody_but_who_keeps_the_group_records_it(review: Group, grant: Grant) -> None:
    with pytest.raises(Refused):
        apart(a_person(grant), review)
    assert not ProvidersApart.objects.exists()


def test_whoever_sits_for_a_provider_leaves_first_and_none_is_seated_meanwhile(
    review: Group, trust: Organisation, keeper: Person, member: Person
) -> None:
    """Whoever sits is invited and reads, so a seat for a provider and the flag do not go together."""
    seat = a_seat(review, "Trust’s nurse", SeatPart.MEMBER, organisation=trust)
    sits = a_seating(seat, member)
    with pytest.raises(Refused, match="Mona Reed"):
        apart(keeper, review)
    Seating.objects.filter(pk=sits.pk).update(valid_to=TODAY)
    apart(keeper, review)
    other = a_seat(review, "Provider concerned", SeatPart.MEMBER, category="provider")
    for one in (seat, other):
        with pytest.raises(Refused, match="meets without providers"):
            seat_person(by=keeper, at=NOW, seat=one, person=member)
    apart(keeper, review, is_apart=False)
    assert seat_person(by=keeper, at=NOW, seat=other, person=member).pk


def test_keeper_records_it_by_a_form_and_the_reason_is_for_keepers(
    review: Group, keeper: Person, member: Person
) -> None:
    client, address = signed_in(keeper), f"/groups/{review.pk}/providers/"
    assert "They take part." in page(keeper, f"/groups/{review.pk}/")
    assert client.post(address, {"because": WHY}).status_code == 400
    for _ in range(2):  # a form sent twice does not undo itself
        assert client.post(address, {"who": "without", "because": WHY}).status_code == 302
    assert ProvidersApart.objects.get().is_apart
    shown = page(member, f"/groups/{review.pk}/")
    assert "It meets without providers since 15 January 2026." in shown and "Quagmire" not in shown
    assert "Quagmire" in page(keeper, f"/groups/{review.pk}/") and "Kim Keeper" in page(keeper, f"/groups/{review.pk}/")


@pytest.mark.requirement("QUO-13")
@pytest.mark.parametrize("is_apart", [True, False])
def test_room_misses_no_provider_and_the_note_says_that_they_were_not_there(is_apart: bool) -> None:
    live = a_held_meeting(kind=REVIEW)
    if is_apart:
        ProvidersApart.objects.create(
            group=live.group, is_apart=True, from_on=live.group.begun_on, because=WHY, recorded_at=NOW, recorded_by="x"
        )
    room = room_of(live.meeting)
    assert room.opened_at is not None
    missing = " ".join(one.says for one in room.minimum(None, room.opened_at))
    assert ("provider concerned" in missing) is not is_apart and "Care Quality Commission" in missing
    draft_note(by=live.secretary, at=timezone.now(), meeting=live.meeting)
    note = NotePassage.objects.get(meeting=live.meeting, item=None).text
    assert ("Partners met without the providers concerned." in note) is is_apart and "Quagmire" not in note
