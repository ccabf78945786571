"""Ties to an item, rulings on them, and who counts: nobody rules on their own, and nothing is open before it is ruled."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from sightline.core.meetings.interests import (
    CONFLICT,
    MEASURE,
    TIE,
    Conflict,
    Interest,
    ItemAbout,
    Measure,
    PersonFacts,
    Ruling,
    Tie,
    TieKind,
    all_ruled,
    apart,
    declared_late,
    held,
    in_minutes,
    may_preside,
    may_rule,
    place_of,
    ruling_on,
    ties_of,
    unruled,
)
from tests.factories.rooms import START, at, later

ITEM, OTHER = "item-4", "item-5"
CHAIRS = frozenset({"chair", "co-chair"})
NAMES = {"ann": "Ann Lamb", "chair": "Cleo Moor", "co-chair": "Dan Reed"}


def tie(
    person: str = "ann",
    item: str = ITEM,
    kind: TieKind = TieKind.DECLARED,
    conflict: Conflict | None = None,
    declared_at: datetime | None = None,
) -> Tie:
    return Tie(person, item, kind, "trust", conflict, declared_at)


def ruling(
    measure: Measure = Measure.LEAVE, person: str = "ann", by: str = "chair", when: datetime = START, item: str = ITEM
) -> Ruling:
    return Ruling(person, item, measure, by, when, "They run the service.")


# --- who is tied


@pytest.mark.requirement("COI-04")
@pytest.mark.parametrize(
    ("person", "kinds"),
    [
        (PersonFacts("ann", bodies=frozenset({"trust", "trust-before"})), [TieKind.OWN_BODY]),
        (PersonFacts("ann", bodies=frozenset({"trust-before"})), [TieKind.OWN_BODY]),
        (PersonFacts("ann", frozenset({"else"}), belongs_to=frozenset({"trust"})), [TieKind.PARTNERSHIP]),
        (PersonFacts("ann", frozenset({"else"}), brings_together=frozenset({"trust"})), [TieKind.PARTNERSHIP]),
        (PersonFacts("ann", frozenset({"else"})), []),
        (PersonFacts("ann"), []),
    ],
)
def test_item_about_ones_own_body_or_its_partnership_is_found_by_itself(
    person: PersonFacts, kinds: list[TieKind]
) -> None:
    item = ItemAbout(ITEM, bodies=frozenset({"trust", "trust-before"}))
    assert [one.kind for one in ties_of(item, person)] == kinds


@pytest.mark.requirement("COI-01", "COI-03")
def test_declared_interest_ties_to_every_item_that_touches_its_subject() -> None:
    declared = Interest("i1", frozenset({"pathway", "trust"}), Conflict.COMPETITION, START)
    person = PersonFacts("ann", interests=(declared,))
    assert ties_of(ItemAbout(ITEM, subjects=frozenset({"pathway"})), person) == (
        Tie("ann", ITEM, TieKind.DECLARED, "i1", Conflict.COMPETITION, START),
    )
    assert ties_of(ItemAbout(ITEM, subjects=frozenset({"elsewhere"})), person) == ()


@pytest.mark.requirement("COI-03")
@pytest.mark.parametrize(
    ("more", "conflict"),
    [
        ({"is_concern": True}, Conflict.REPRESENTED),
        ({"is_concern": True, "is_about_leadership": True}, Conflict.LEADERSHIP),
        ({}, None),
    ],
)
def test_tie_by_ones_own_body_says_which_of_the_groups_conflicts_it_is(
    more: dict[str, bool], conflict: Conflict | None
) -> None:
    item = ItemAbout(ITEM, bodies=frozenset({"trust"}), **more)
    (found,) = ties_of(item, PersonFacts("ann", frozenset({"trust"})))
    assert found.conflict is conflict and found.words.startswith("The item is about their own organisation.")
    assert conflict is None or found.words.endswith(CONFLICT[conflict])


# --- what follows


@pytest.mark.requirement("COI-02")
@pytest.mark.parametrize(
    ("measure", "reads", "in_room", "takes_part", "presides"),
    [
        (Measure.NOTE, True, True, True, True),
        (Measure.NO_PAPERS, False, True, True, False),
        (Measure.SILENT, False, True, False, False),
        (Measure.CHAIR_REPLACED, False, True, False, False),
        (Measure.LEAVE, False, False, False, False),
        (Measure.NOT_ATTEND, False, False, False, False),
    ],
)
def test_each_measure_has_its_consequences(
    measure: Measure, reads: bool, in_room: bool, takes_part: bool, presides: bool
) -> None:
    place = place_of("ann", ITEM, [tie()], [ruling(measure)])
    assert (place.reads_papers, place.in_room, place.takes_part, place.presides) == (
        reads, in_room, takes_part, presides,
    )  # fmt: skip
    assert not place.waits and apart(ITEM, [tie()], [ruling(measure)]) == ({"ann"} if not takes_part else set())


@pytest.mark.requirement("COI-04", "QUO-07")
def test_item_is_closed_to_whoever_is_tied_until_it_is_ruled() -> None:
    place = place_of("ann", ITEM, [tie()], [])
    assert place.waits and not (place.reads_papers or place.in_room or place.takes_part or place.presides)
    assert apart(ITEM, [tie()], []) == {"ann"} and apart(OTHER, [tie()], []) == frozenset()
    assert place_of("ben", ITEM, [tie()], []).takes_part


@pytest.mark.requirement("COI-02")
def test_newest_ruling_holds_and_each_held_for_its_span() -> None:
    first, then = ruling(Measure.LEAVE, when=later(5)), ruling(Measure.NOTE, when=later(20))
    both = [then, first]
    assert ruling_on(both, ITEM, "ann") == then
    assert [ruling_on(both, ITEM, "ann", later(minute)) for minute in (4, 5, 19, 20)] == [None, first, first, then]
    assert [(one.ruling, one.until) for one in held(both, ITEM, "ann")] == [(first, later(20)), (then, None)]
    assert apart(ITEM, [tie()], both, later(10)) == {"ann"} and apart(ITEM, [tie()], both, later(20)) == frozenset()


def test_ruling_stands_also_where_nothing_ties_them_any_more() -> None:
    assert apart(ITEM, [], [ruling(Measure.SILENT)]) == {"ann"}


@pytest.mark.requirement("COI-02")
def test_every_interest_waits_for_its_ruling_before_a_decision() -> None:
    ties = [tie(), tie(kind=TieKind.OWN_BODY), tie("ben"), tie("cat", OTHER)]
    assert [one.person for one in unruled(ITEM, ties, [ruling()])] == ["ben"]
    verdict = all_ruled(ITEM, ties, [], NAMES)
    assert len(verdict.reasons) == 2 and "the interest of Ann Lamb" in verdict.reasons[0].says
    assert all("COI-02" in one.source for one in verdict.reasons)
    assert all_ruled(ITEM, ties, [ruling(), ruling(person="ben")]) and all_ruled("item-6", ties, [])


# --- who rules


@pytest.mark.requirement("COI-02", "CHR-06", "CHR-07")
@pytest.mark.parametrize(
    ("by", "person", "says"),
    [
        ("chair", "ann", ""),
        ("co-chair", "ann", ""),
        ("ben", "ann", "Whoever chairs the meeting rules on interests"),
        ("chair", "chair", "Nobody rules on their own interest. Another who chairs does"),
        ("co-chair", "chair", ""),
    ],
)
def test_whoever_chairs_rules_and_never_on_their_own_interest(by: str, person: str, says: str) -> None:
    verdict = may_rule(ruling(Measure.SILENT, person, by), CHAIRS, [tie(person)], [])
    assert bool(verdict) is (not says) and says in verdict.words


@pytest.mark.requirement("CHR-06", "CHR-07")
def test_chair_who_is_tied_rules_on_nobody_until_another_ruled_that_theirs_is_only_noted() -> None:
    ties = [tie("chair"), tie("ann")]
    refused = may_rule(ruling(), CHAIRS, ties, [])
    assert "rules on nobody’s interest in it" in refused.words and len(refused.reasons) == 1
    noted = ruling(Measure.NOTE, "chair", "co-chair")
    assert may_rule(noted, CHAIRS, ties, []) and may_rule(ruling(), CHAIRS, ties, [noted])
    assert not may_rule(ruling(), CHAIRS, ties, [ruling(Measure.SILENT, "chair", "co-chair")])


def test_chair_without_a_deputy_is_told_to_name_one() -> None:
    verdict = may_rule(ruling(Measure.NOTE, "chair", "chair"), {"chair"}, [tie("chair")], [])
    assert "Name a deputy of the chair or a co-chair" in verdict.words


@pytest.mark.requirement("COI-02")
def test_ruling_says_why_and_replaces_only_somebody_who_chairs() -> None:
    silent = Ruling("ann", ITEM, Measure.LEAVE, "chair", START, " ")
    assert "Say why" in may_rule(silent, CHAIRS, [tie()], []).words
    assert "They do not chair" in may_rule(ruling(Measure.CHAIR_REPLACED), CHAIRS, [tie()], []).words
    assert may_rule(ruling(Measure.CHAIR_REPLACED, "chair", "co-chair"), CHAIRS, [tie("chair")], [])


@pytest.mark.requirement("CHR-06", "CHR-07")
@pytest.mark.parametrize(
    ("person", "rulings", "says"),
    [
        ("chair", [], "keeps them from chairing it"),
        ("chair", [ruling(Measure.NOTE, "chair", "co-chair")], ""),
        ("chair", [ruling(Measure.CHAIR_REPLACED, "chair", "co-chair")], "keeps them from chairing it"),
        ("co-chair", [], ""),
        ("ann", [], "neither as chair"),
    ],
)
def test_item_is_chaired_by_whoever_no_interest_keeps_from_it(person: str, rulings: list[Ruling], says: str) -> None:
    verdict = may_preside(person, ITEM, CHAIRS, [tie("chair")], rulings)
    assert bool(verdict) is (not says) and says in verdict.words


# --- what is told of it


@pytest.mark.requirement("COI-02")
def test_minutes_hold_the_interest_the_item_what_followed_and_who_ruled() -> None:
    says = in_minutes([tie(conflict=Conflict.COMMERCIAL)], ruling(), "Item 4, Lantern Trust", NAMES)
    assert says == (
        "Item 4, Lantern Trust: Ann Lamb left for the item. They declared an interest. What is told here could bring "
        "an advantage in a contract. Decided by Cleo Moor. Reason: They run the service."
    )


@pytest.mark.parametrize(("minutes", "is_late"), [(-1, False), (0, False), (1, True)])
def test_interest_declared_after_the_papers_went_out_is_remarked_upon(minutes: int, is_late: bool) -> None:
    declared = tie(declared_at=at(10) + timedelta(minutes=minutes))
    assert (declared_late(declared, at(10)) is not None) is is_late
    assert declared_late(declared, None) is None and declared_late(tie(), at(10)) is None


def test_every_word_has_its_sentence() -> None:
    assert set(MEASURE) == set(Measure) and set(CONFLICT) == set(Conflict) and set(TIE) == set(TieKind)
    assert all(one.words and one.minuted for one in Measure)
