"""Which bodies hold an item: each road by which one came to hold it, and nothing that the record cannot know."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest

from sightline.accounts.models import Person
from sightline.core.access import Grant, Handling, Role
from sightline.directory.models import Organisation, Subject
from sightline.directory.words import Kind as Body
from sightline.intelligence.models import Item
from sightline.intelligence.operations import (
    decide_release,
    note_sharing,
    prepare_release,
    refer,
    review,
    take_copy,
)
from sightline.intelligence.queries.holding import Holder, Road, holding_of
from sightline.intelligence.words import Kind, Outcome, ReferralKind, ReleaseStep, Wish
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import an_organisation
from tests.factories.groups import an_interest
from tests.factories.intelligence import BELL, ELSEWHERE, LATER, NOW, SYSTEM, TODAY, a_body, an_item, somebody

pytestmark = [pytest.mark.usefixtures("house"), pytest.mark.requirement("IGV-03")]
BOARD, COUNCIL, WATCH = "Board of the River", "River Council", "River Watch"


@pytest.fixture
def subject(house: None) -> Subject:
    an_organisation(SYSTEM, BOARD, Body.ICB)
    an_organisation("ZH1", COUNCIL)
    an_organisation("ZH2", WATCH)
    return a_body("ZI900", "Elm House")


@pytest.fixture
def secretary(house: None) -> Person:
    return somebody(Role.SECRETARY, display_name="Kim Keeper")


@pytest.fixture
def item(subject: Subject) -> Item:
    return an_item(subject, by=somebody(organisation="ZH1"), organisation="ZH1")


def holders(item: Item, road: Road) -> list[Holder]:
    return [one for one in holding_of(item).holders if one.road is road]


def page(person: Person, item: Item) -> str:
    answer = signed_in(person).get(f"/intelligence/{item.pk}/holding/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def file_of(person: Person, item: Item) -> list[list[str]]:
    answer = signed_in(person).get(f"/intelligence/{item.pk}/holding/list.csv")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode())))


def test_board_and_giver_hold_it_from_the_first(item: Item) -> None:
    assert holding_of(item).holders == (Holder(BOARD, Road.RECORD, TODAY), Holder(COUNCIL, Road.GIVER, TODAY))


def test_whoever_was_told_or_referred_to_holds_it_with_the_day(item: Item, secretary: Person) -> None:
    earlier = TODAY - timedelta(days=2)
    note_sharing(by=secretary, at=NOW, item=item, body="Fire service", shared_on=earlier)
    way = {"kind": ReferralKind.SAFEGUARDING, "body": "Adults board", "reference": "A1"}
    refer(by=secretary, at=NOW, item=item, referred_on=TODAY, **way)
    assert holders(item, Road.SHARED) == [Holder("Fire service", Road.SHARED, earlier)]
    assert holders(item, Road.REFERRED) == [Holder("Adults board", Road.REFERRED, TODAY)]


def test_the_provider_holds_a_copy_once_it_is_released_and_after_it_is_withdrawn(
    item: Item, subject: Subject, secretary: Person
) -> None:
    body = subject.organisation
    assert isinstance(body, Organisation)
    chair = somebody(Role.CHAIR)
    made = prepare_release(by=secretary, at=NOW, item=item, to=body, text="Please look at the nights.")
    assert holders(item, Road.RELEASED) == []
    decide_release(by=chair, at=NOW, release=made, step=ReleaseStep.RELEASED, because="It helps")
    assert holders(item, Road.RELEASED) == [Holder("Elm House", Road.RELEASED, TODAY)]
    decide_release(by=chair, at=LATER, release=made, step=ReleaseStep.WITHDRAWN, because="Wrong body")
    assert holders(item, Road.RELEASED) == [Holder("Elm House", Road.RELEASED, TODAY, withdrawn=True)]
    assert "withdrawn since" in page(secretary, item)


def test_a_refused_copy_is_held_by_nobody(item: Item, subject: Subject, secretary: Person) -> None:
    made = prepare_release(by=secretary, at=NOW, item=item, to=subject.organisation, text="Please look at the nights.")
    decide_release(by=somebody(Role.CHAIR), at=NOW, release=made, step=ReleaseStep.REFUSED, because="Too soon")
    assert holders(item, Road.RELEASED) == []


def test_lists_taken_away_since_are_possibilities_counted_by_body(item: Item) -> None:
    watch = somebody(organisation="ZH2")
    take_copy(by=watch, at=NOW - timedelta(days=1), items=[item.pk])  # before it was told
    assert holders(item, Road.COPY) == []
    take_copy(by=watch, at=LATER, items=[item.pk])
    take_copy(by=somebody(organisation="ZH2"), at=LATER + timedelta(days=1), items=[item.pk])
    take_copy(by=somebody(), at=LATER, items=[item.pk])
    take_copy(by=somebody(system=ELSEWHERE, organisation="ZH1"), at=LATER, items=[])  # sits in another group
    assert holders(item, Road.COPY) == [
        Holder("", Road.COPY, TODAY),
        Holder(WATCH, Road.COPY, TODAY + timedelta(days=1), times=2),
    ]


def test_words_that_are_only_said_stand_in_no_list(subject: Subject) -> None:
    item = an_item(subject, verbal_only=True)
    take_copy(by=somebody(organisation="ZH2"), at=LATER, items=[item.pk])
    assert holders(item, Road.COPY) == []


def test_the_page_says_what_is_certain_and_what_nobody_knows(item: Item, secretary: Person) -> None:
    take_copy(by=somebody(organisation="ZH2"), at=LATER, items=[item.pk])
    shown = page(secretary, item)
    for says in (BOARD, COUNCIL, WATCH, "The group is no public body", "May hold a copy", "leave no trace"):
        assert says in shown
    assert "It was published" not in shown
    rows = file_of(secretary, item)
    assert rows[0] == [f"Official: for those who keep the record of the quality group of {BOARD}"]
    assert rows[1][0].startswith("Taken by Kim Keeper at ")
    assert [row[0] for row in rows[-3:]] == [BOARD, COUNCIL, WATCH]
    assert [row[3] for row in rows[-3:]] == ["yes", "yes", "possibly"]
    assert BELL not in str(rows) + shown


def test_who_asked_not_to_be_named_is_in_no_file(subject: Subject, secretary: Person) -> None:
    item = an_item(subject, by=somebody(organisation="ZH1"), organisation="ZH1", wish=Wish.UNNAMED)
    assert "It asked not to be named" in page(secretary, item)
    assert COUNCIL not in str(file_of(secretary, item))


def test_what_is_published_may_be_held_by_anybody(subject: Subject, secretary: Person) -> None:
    item = an_item(subject)
    Item.objects.filter(pk=item.pk).update(kind=Kind.ENFORCEMENT.value)
    assert "It was published" in page(secretary, item)


def test_a_restricted_item_says_so_on_its_file(subject: Subject, secretary: Person) -> None:
    item = an_item(subject, handling=Handling.RESTRICTED, readers=(secretary.actor_id,))
    assert file_of(secretary, item)[0][0].startswith("Official – Sensitive: ")


def test_what_was_set_aside_is_held_all_the_same(item: Item, secretary: Person) -> None:
    review(by=secretary, at=NOW, item=item, outcome=Outcome.SET_ASIDE, because="Twice told")
    assert BOARD in page(secretary, item)


@pytest.mark.parametrize("suffix", ["", "list.csv"])
def test_it_is_for_those_who_keep_the_record_and_hear_it(item: Item, subject: Subject, suffix: str) -> None:
    conflicted = somebody(Role.SECRETARY)
    an_interest(conflicted, subject)
    both = a_person(Grant(Role.MEMBER, SYSTEM), Grant(Role.SECRETARY, ELSEWHERE))
    for person, status in (
        (somebody(Role.QUALITY_LEAD), 200),
        (conflicted, 404),
        (both, 404),
        (somebody(Role.SECRETARY, system=ELSEWHERE), 404),
        (somebody(Role.CHAIR), 403),
        (somebody(), 403),
        (somebody(Role.AUDITOR), 403),
        (somebody(Role.PROVIDER, organisation="ZI900"), 403),
    ):
        client = signed_in(person)
        assert client.get(f"/intelligence/{item.pk}/holding/{suffix}").status_code == status
        if status != 403:
            assert client.get(f"/intelligence/{uuid4()}/holding/{suffix}").status_code == 404
