"""Undoing a join of two items: what was counted before counts again, and nothing is lost from the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.verdict import Invalid, Refused
from sightline.directory.models import Subject
from sightline.intelligence.models import Item, SameOrigin, SameOriginEnding, Sighting
from sightline.intelligence.operations import tells_again, undo_join
from sightline.intelligence.queries.joining import joins_of, story_of
from tests.apps.intelligence.test_reviewing import conflicted
from tests.factories.accounts import a_person, signed_in
from tests.factories.intelligence import ELSEWHERE, LATER, NOW, SYSTEM, a_body, an_item, somebody

pytestmark = [pytest.mark.usefixtures("house"), pytest.mark.requirement("INT-04")]
MISTAKE = "One is of the night, the other of the day"


@pytest.fixture
def subject(house: None) -> Subject:
    return a_body("ZI810", "Elm House")


@pytest.fixture
def secretary(house: None) -> Person:
    return somebody(Role.SECRETARY, display_name="Sec Retary")


def witnesses(*items: Item) -> list[str]:
    """The road by which each item counts."""
    rows = dict(Sighting.objects.filter(item__in=items).values_list("item", "origin"))
    return [rows[item.pk] for item in items]


def joined(by: Person, item: Item, first: Item, minutes: int = 1) -> SameOrigin:
    return tells_again(by=by, at=NOW + timedelta(minutes=minutes), item=item, first=first, because="The same night")


def undone(by: Person, told: SameOrigin) -> int:
    return undo_join(by=by, at=NOW + timedelta(hours=1), told=told, because=MISTAKE)


def test_undoing_gives_each_its_own_witness_back_and_keeps_the_join(subject: Subject, secretary: Person) -> None:
    items = [an_item(subject) for _ in range(2)]
    before = witnesses(*items)
    told = joined(secretary, items[1], items[0])
    assert len(set(witnesses(*items))) == 1
    events = Event.objects.count()
    assert undone(secretary, told) == 1
    assert witnesses(*items) == before and len(set(before)) == 2
    assert SameOrigin.objects.get() == told
    assert SameOriginEnding.objects.get().because == MISTAKE
    event = Event.objects.order_by("sequence").last()
    assert event is not None
    assert (Event.objects.count(), event.verb, event.actor) == (
        events + 1,
        "intelligence.undo_join",
        secretary.actor_id,
    )
    assert (event.on_kind, event.on_id) == ("SameOrigin", str(told.pk))
    assert "night" not in event.facts


def test_what_was_joined_before_holds_again(subject: Subject, secretary: Person) -> None:
    """Two stories of two become one of four; undoing that leaves the two stories as they were."""
    a, b, c, d = (an_item(subject) for _ in range(4))
    joined(secretary, b, a, 1)
    joined(secretary, d, c, 2)
    before = witnesses(a, b, c, d)
    last = joined(secretary, c, a, 3)
    assert len(set(witnesses(a, b, c, d))) == 1
    assert undone(secretary, last) == 2
    assert witnesses(a, b, c, d) == before
    assert {one.pk for one in story_of(b)} == {a.pk, b.pk}
    assert {one.pk for one in story_of(c)} == {c.pk, d.pk}


def test_an_earlier_join_is_undone_after_the_one_that_went_beyond_it(subject: Subject, secretary: Person) -> None:
    a, b, c = (an_item(subject) for _ in range(3))
    first = joined(secretary, b, a, 1)
    second = joined(secretary, a, c, 2)
    with pytest.raises(Invalid, match="joined last first"):
        undone(secretary, first)
    assert joins_of(a) == [second]
    undone(secretary, second)
    undone(secretary, first)
    assert len(set(witnesses(a, b, c))) == 3


def test_it_is_undone_once_and_may_be_joined_again(subject: Subject, secretary: Person) -> None:
    a, b = an_item(subject), an_item(subject)
    told = joined(secretary, b, a)
    undone(secretary, told)
    with pytest.raises(Invalid, match="undone already"):
        undone(secretary, told)
    again = tells_again(by=secretary, at=NOW + timedelta(hours=2), item=b, first=a, because="It is the same after all")
    assert len(set(witnesses(a, b))) == 1
    assert (SameOrigin.objects.count(), joins_of(a)) == (2, [again])


@pytest.mark.parametrize(
    "who",
    [
        lambda s: somebody(),
        lambda s: somebody(Role.CHAIR),
        lambda s: somebody(Role.AUDITOR),
        lambda s: somebody(Role.PROVIDER, organisation=s.key),
        lambda s: a_person(Grant(Role.MEMBER, SYSTEM), Grant(Role.SECRETARY, ELSEWHERE)),
        lambda s: conflicted(s),
    ],
)
def test_others_undo_nothing(who: Callable[[Subject], Person], subject: Subject, secretary: Person) -> None:
    a, b = an_item(subject), an_item(subject)
    told = joined(secretary, b, a)
    person = who(subject)
    events = Event.objects.count()
    with pytest.raises(Refused):
        undone(person, told)
    assert signed_in(person).get(f"/intelligence/{a.pk}/same-story/undo/").status_code in {403, 404}
    assert not SameOriginEnding.objects.exists()
    assert Event.objects.count() == events
    assert len(set(witnesses(a, b))) == 1


def test_keeper_undoes_it_on_the_page_and_the_item_tells_of_both(subject: Subject, secretary: Person) -> None:
    a, b = an_item(subject), an_item(subject, "The same night")
    client, address = signed_in(secretary), f"/intelligence/{a.pk}/same-story/undo/"
    assert "nothing to undo" in client.get(address).content.decode()
    told = joined(secretary, b, a)
    assert "Joined by Sec Retary" in client.get(address).content.decode()
    assert client.post(address, {"told": told.pk}).status_code == 400
    assert client.post(address, {"told": told.pk + 7, "because": MISTAKE}).status_code == 400
    assert client.post(address, {"told": told.pk, "because": MISTAKE}).status_code == 302
    for item in (a, b):
        html = client.get(f"/intelligence/{item.pk}/").content.decode()
        assert "Undone by Sec Retary" in html and MISTAKE in html
        assert "tells the same story as these" not in html
    member = signed_in(somebody()).get(f"/intelligence/{a.pk}/").content.decode()
    assert not [word for word in (MISTAKE, "Undone", "Joined") if word in member]


def test_other_items_join_is_none_of_this_one(subject: Subject, secretary: Person) -> None:
    a, b, c, d = (an_item(subject) for _ in range(4))
    told = joined(secretary, b, a)
    joined(secretary, d, c, 2)
    address = f"/intelligence/{c.pk}/same-story/undo/"
    assert signed_in(secretary).post(address, {"told": told.pk, "because": MISTAKE}).status_code == 400
    assert not SameOriginEnding.objects.exists()


def test_keeper_with_an_interest_in_one_learns_nothing_of_the_join(subject: Subject, secretary: Person) -> None:
    """An item about two bodies is joined with one about the first alone; the second body's friend hears but one."""
    other = a_body("ZI811", "Oak House")
    a, b = an_item(subject), an_item(subjects=(subject, other))
    joined(secretary, b, a)
    keeper = conflicted(other)
    html = signed_in(keeper).get(f"/intelligence/{a.pk}/").content.decode()
    assert "The same night" not in html and "undo a joining" not in html
    told = SameOrigin.objects.get()
    with pytest.raises(Refused):
        undo_join(by=keeper, at=LATER, told=told, because=MISTAKE)
