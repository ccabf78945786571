"""Reviewing items, answering givers, joining stories, panels and investigations: by the verbs and on their pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Handling, Role
from sightline.core.verdict import Invalid, Refused
from sightline.directory.models import Subject
from sightline.intelligence.giving import Words
from sightline.intelligence.models import (
    About,
    Feedback,
    Investigation,
    Item,
    Panel,
    Passage,
    Review,
    SameOrigin,
    SharedWith,
    Sighting,
)
from sightline.intelligence.operations import (
    answer_giver,
    describe_investigation,
    note_panel,
    note_sharing,
    review,
    review_many,
    tells_again,
)
from sightline.intelligence.queries.reviewing import handled, waiting
from sightline.intelligence.words import Kind, Outcome
from tests.factories.accounts import a_person
from tests.factories.groups import an_interest
from tests.factories.intelligence import (
    ELSEWHERE,
    LATER,
    NOW,
    SYSTEM,
    TODAY,
    a_body,
    an_item,
    somebody,
)

pytestmark = pytest.mark.usefixtures("house")
WHY = "It is about another home"
SECRET = "The night sister told us that the rota is filled with people who do not exist"


@pytest.fixture
def subject(house: None) -> Subject:
    return a_body("ZI800", "Elm House")


@pytest.fixture
def secretary(house: None) -> Person:
    return somebody(Role.SECRETARY, display_name="Sec Retary")


def verbs() -> list[str]:
    return list(Event.objects.order_by("sequence").values_list("verb", flat=True))


def everything() -> dict[str, Any]:
    tables = (Review, Feedback, SameOrigin, SharedWith, Panel, Investigation)
    counts: dict[str, Any] = {table.__name__: table.objects.count() for table in tables}
    return counts | {"items": list(Item.objects.order_by("pk").values_list("pk", "counts", "kind", "version"))}


def a_published(subject: Subject, text: str = "Published words", **more: Any) -> Item:
    """A published item that waits for its review."""
    item = Item.objects.create(
        **{
            "system": SYSTEM,
            "kind": Kind.DEATH_REPORT.value,
            "bearing": "concern",
            "heard_on": TODAY,
            "origin": "coroners",
            "handling": Handling.PUBLIC.value,
            "counts": False,
            "recorded_at": NOW,
            "recorded_by": "person:nobody",
            **more,
        }
    )
    About.objects.create(item=item, subject=subject)
    Passage.objects.create(item=item, handling=item.handling, text=text, recorded_at=NOW, recorded_by="person:nobody")
    return item


Act = Callable[[Person, Item], Any]
ACTS: dict[str, Act] = {
    "intelligence.review": lambda by, item: review(by=by, at=LATER, item=item, outcome=Outcome.SET_ASIDE, because=WHY),
    "intelligence.answer_giver": lambda by, item: answer_giver(by=by, at=LATER, item=item, says="We went there"),
    "intelligence.note_sharing": lambda by, item: note_sharing(
        by=by, at=LATER, item=item, body="The council", shared_on=TODAY
    ),
    "intelligence.describe_investigation": lambda by, item: describe_investigation(
        by=by, at=LATER, item=item, name="Joint review 7", led_by="The council", asked_for="Its rota"
    ),
    "intelligence.note_panel": lambda by, item: note_panel(
        by=by, at=LATER, item=item, convened_by="The regulator", met_on=TODAY, agreed="To look again"
    ),
}


def an_item_for(verb: str, subject: Subject) -> Item:
    return an_item(subject, kind=Kind.EMERGING_CONCERN if verb == "intelligence.note_panel" else Kind.SOFT)


@pytest.mark.parametrize("verb", ACTS)
def test_keeper_may_and_it_is_recorded_once(verb: str, subject: Subject, secretary: Person) -> None:
    item = an_item_for(verb, subject)
    before = everything()
    ACTS[verb](secretary, item)
    assert everything() != before
    assert verbs() == ["intelligence.share", verb]
    facts = Event.objects.last()
    assert facts is not None
    assert not [word for word in (WHY, "council", "regulator", "rota") if word in facts.facts]


@pytest.mark.requirement("COI-03", "PER-01")
@pytest.mark.parametrize("verb", ACTS)
@pytest.mark.parametrize(
    "who",
    [
        lambda s: somebody(),
        lambda s: somebody(Role.CHAIR),
        lambda s: somebody(Role.PROVIDER, organisation=s.key),
        lambda s: somebody(Role.SECRETARY, system=ELSEWHERE),
        # keeps another system's record and merely sits in this one's group
        lambda s: a_person(Grant(Role.MEMBER, SYSTEM), Grant(Role.QUALITY_LEAD, ELSEWHERE)),
        lambda s: conflicted(s),
    ],
)
def test_others_may_not_and_nothing_changes(verb: str, who: Callable[[Subject], Person], subject: Subject) -> None:
    item = an_item_for(verb, subject)
    before, said = everything(), verbs()
    with pytest.raises(Refused):
        ACTS[verb](who(subject), item)
    assert everything() == before
    assert verbs() == said


def conflicted(subject: Subject) -> Person:
    person = somebody(Role.SECRETARY)
    an_interest(person, subject)
    return person


# --- review


def test_what_is_set_aside_counts_no_more_and_can_count_again(subject: Subject, secretary: Person) -> None:
    item = an_item(subject)
    review(by=secretary, at=NOW, item=item, outcome=Outcome.SET_ASIDE, because=WHY)
    assert not Sighting.objects.filter(counts=True).exists()
    assert Passage.objects.filter(item=item).count() == 1
    review(by=secretary, at=LATER, item=item, outcome=Outcome.ACCEPTED, because="It is theirs after all")
    assert Sighting.objects.filter(counts=True).exists()
    assert list(Review.objects.values_list("outcome", flat=True)) == ["set_aside", "accepted"]


def test_same_decision_twice_changes_nothing_even_from_an_old_page(subject: Subject, secretary: Person) -> None:
    item = an_item(subject)
    as_read = Item.objects.get(pk=item.pk)
    review(by=secretary, at=NOW, item=item, outcome=Outcome.SET_ASIDE, because=WHY)
    before = everything()
    with pytest.raises(Invalid, match="decided already"):
        review(by=secretary, at=LATER, item=as_read, outcome=Outcome.SET_ASIDE, because=WHY)
    assert everything() == before


def test_reason_is_needed(subject: Subject, secretary: Person) -> None:
    with pytest.raises(Refused, match="reason"):
        review(by=secretary, at=NOW, item=an_item(subject), outcome=Outcome.SET_ASIDE, because=" ")


def test_many_published_items_are_reviewed_alike(subject: Subject, secretary: Person) -> None:
    items = [a_published(subject), a_published(subject)]
    assert review_many(by=secretary, at=NOW, items=items, outcome=Outcome.ACCEPTED, because="Read") == 2
    assert list(Item.objects.values_list("counts", flat=True)) == [True, True]
    assert Sighting.objects.filter(counts=True).count() == 2
    assert verbs() == ["intelligence.review_many"]
    assert not waiting(secretary, TODAY).exists()


@pytest.mark.parametrize("kind", ["none", "given", "conflicted"])
def test_many_are_refused_as_a_whole(kind: str, subject: Subject, secretary: Person) -> None:
    other = a_body()
    items = {"none": [], "given": [a_published(subject), an_item(subject)]}.get(
        kind, [a_published(subject), a_published(other)]
    )
    if kind == "conflicted":
        an_interest(secretary, other)
    before = everything()
    with pytest.raises((Invalid, Refused)):
        review_many(by=secretary, at=NOW, items=items, outcome=Outcome.ACCEPTED, because="Read")
    assert everything() == before


# --- what the giver hears


def test_answer_may_not_repeat_what_its_giver_may_not_read(subject: Subject, secretary: Person) -> None:
    giver, reader = somebody(), somebody()
    words = (Words("Nobody answers", Handling.MEMBERS), Words(f"{SECRET}.", Handling.RESTRICTED))
    item = an_item(subject, by=giver, words=words, readers=(reader.actor_id,))
    answer_giver(by=secretary, at=NOW, item=item, says=f"You told us: {SECRET}")
    Passage.objects.create(
        item=item,
        handling=Handling.RESTRICTED.value,
        text="The police are looking at the safe in the office",
        recorded_at=LATER,
        recorded_by=reader.actor_id,
    )
    with pytest.raises(Invalid, match="only named readers"):
        answer_giver(
            by=secretary, at=LATER, item=item, says="Now the police are looking at the safe in the office, thank you"
        )
    assert Feedback.objects.count() == 1


def test_nobody_is_answered_where_nobody_gave(subject: Subject, secretary: Person) -> None:
    with pytest.raises(Invalid, match="Nobody gave"):
        answer_giver(by=secretary, at=NOW, item=a_published(subject), says="Thank you")


# --- one story


def witnesses() -> int:
    return len(set(Sighting.objects.values_list("origin", flat=True)))


@pytest.mark.requirement("INT-04")
def test_two_that_tell_one_story_are_one_witness(subject: Subject, secretary: Person) -> None:
    first, again = an_item(subject, organisation="ZQ1"), an_item(subject, organisation="ZQ2")
    assert witnesses() == 2
    tells_again(by=secretary, at=NOW, item=again, first=first, because="Both sat at one table")
    assert witnesses() == 1
    found = handled(secretary, TODAY, first.pk)
    assert found is not None
    assert [item.pk for item, _ in found.told_with] == [again.pk]


@pytest.mark.parametrize(
    "order", [((1, 0), (2, 1)), ((1, 0), (0, 2)), ((1, 0), (1, 2)), ((0, 1), (2, 0)), ((0, 1), (1, 2))]
)
def test_joining_is_carried_on_in_whatever_order(
    order: tuple[tuple[int, int], ...], subject: Subject, secretary: Person
) -> None:
    items = [an_item(subject, organisation=f"ZQ{number}") for number in range(3)]
    for minute, (item, first) in enumerate(order):
        at = NOW + timedelta(minutes=minute)
        tells_again(by=secretary, at=at, item=items[item], first=items[first], because="The same night")
    assert witnesses() == 1
    for one in items:
        found = handled(secretary, TODAY, one.pk)
        assert found is not None
        assert {item.pk for item, _ in found.told_with} == {item.pk for item in items} - {one.pk}
    with pytest.raises(Invalid, match="one witness already"):
        tells_again(by=secretary, at=LATER, item=items[0], first=items[2], because="Again")


def test_different_subjects_are_not_joined(subject: Subject, secretary: Person) -> None:
    with pytest.raises(Invalid, match="different subjects"):
        tells_again(by=secretary, at=NOW, item=an_item(subject), first=an_item(), because="Alike")
    assert not SameOrigin.objects.exists()


# --- emerging concerns and non-cooperation


@pytest.mark.requirement("INT-06")
def test_panel_belongs_to_an_emerging_concern_and_agrees_on_nothing_beforehand(
    subject: Subject, secretary: Person
) -> None:
    told = {"by": secretary, "at": NOW, "convened_by": "The regulator", "met_on": TODAY + timedelta(days=3)}
    with pytest.raises(Invalid, match="Emerging Concerns"):
        note_panel(item=an_item(subject), agreed="", **told)
    concern = an_item(subject, kind=Kind.EMERGING_CONCERN)
    with pytest.raises(Invalid, match="not met yet"):
        note_panel(item=concern, agreed="To close it", **told)
    assert note_panel(item=concern, agreed="", **told).met_on == TODAY + timedelta(days=3)


@pytest.mark.requirement("INT-12")
def test_investigation_makes_the_item_one_of_its_kind_and_is_described_once(
    subject: Subject, secretary: Person
) -> None:
    item = an_item(subject)
    ACTS["intelligence.describe_investigation"](secretary, item)
    assert Item.objects.get(pk=item.pk).kind == Kind.NON_COOPERATION
    with pytest.raises(Invalid, match="described already"):
        ACTS["intelligence.describe_investigation"](secretary, item)
    with pytest.raises(Invalid, match="another kind"):
        ACTS["intelligence.describe_investigation"](secretary, a_published(subject))


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1)])
def test_days_ahead_are_refused(day: date, subject: Subject, secretary: Person) -> None:
    with pytest.raises(Invalid, match="lies ahead"):
        note_sharing(by=secretary, at=NOW, item=an_item(subject), body="The council", shared_on=day)
