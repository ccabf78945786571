"""Quorum at a moment: the rule held against a slow, obvious twin, and each way of reading it in sight."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.core.meetings.pairing import Pair, met
from sightline.core.meetings.quorum import Member, Status, Stay, counted_for, quorum_at, quorum_of
from sightline.core.rulebook.meeting import Agreement, Binding, Constituency, Heads, Limbs, Quorum, Route, Vacancies
from tests.factories.rooms import START, ask, at, here, kind, later, members, reading, titles, without

SQG = kind("sqg-2022", "system-group")
PLACE = kind("sqg-2022", "place-group")
assert SQG.quorum and PLACE.quorum
RULE, PLAIN = SQG.quorum, PLACE.quorum


# --- a slow, obvious twin


def slowly(rule: Quorum, seats: list[Member], stays: list[Stay], moment: datetime, apart: frozenset[str]) -> bool:
    """Quorate, by trying every way in which people could count for seats."""
    filled = {one.seat: one for one in seats if not one.is_vacant}
    ways = set()
    for one in stays:
        there = one.arrived <= moment and (one.left is None or moment < one.left)
        if there and one.person not in apart and one.seat in filled and (one.has_authority or not one.deputises):
            ways.add((one.person, one.seat))
    counting = [one for one in seats if not one.is_vacant or rule.vacancies is Vacancies.COUNTED]

    def head(one: Member) -> str:
        if rule.heads is Heads.PERSON and one.person and not one.is_vacant:
            return "p" + one.person
        return "o" + one.organisation if rule.heads is Heads.ORGANISATION and one.organisation else "s" + one.seat

    counted = len({head(one) for one in counting})
    people = sorted({person for person, _ in ways})
    heads = sorted({head(filled[seat]) for _, seat in ways})
    represents = {(person, head(filled[seat])) for person, seat in ways}
    present = most(heads, people, represents) if rule.heads is Heads.PERSON else len(heads)
    needed = 0
    if rule.share is not None or rule.at_least is not None:
        needed = 1
        while needed * 100 < counted * (rule.share or 0) or needed < (rule.at_least or 0):
            needed += 1
    return present >= needed and limbs_met(rule, filled, sorted(ways))


def most(heads: list[str], people: list[str], pairs: set[tuple[str, str]]) -> int:
    few, many = (people, heads) if len(people) <= len(heads) else (heads, people)
    joined = pairs if few is people else {(b, a) for a, b in pairs}
    return max(
        (sum(pair in joined for pair in zip(few, order, strict=False)) for order in permutations(many, len(few))),
        default=0,
    )


def limbs_met(rule: Quorum, filled: dict[str, Member], ways: list[tuple[str, str]]) -> bool:
    """Tries every choice of pairs of a person and a seat; within a limb each person and each seat counts once."""

    def fits(left: tuple[tuple[str, int], ...], people: frozenset[str], seats: frozenset[str]) -> bool:
        if not left:
            return True
        (category, count), rest = left[0], left[1:]
        if not count:
            return fits(rest, frozenset() if rule.limbs is Limbs.EVERY else people, frozenset())
        return any(
            fits(((category, count - 1), *rest), people | {person}, seats | {seat})
            for person, seat in ways
            if filled[seat].category == category and person not in people and seat not in seats
        )

    return fits(tuple((one.seat, one.at_least) for one in rule.of_each), frozenset(), frozenset())


CATEGORIES = ("", "icb", "lay", "council")
PEOPLE = tuple("abcde")


READINGS = [
    reading(RULE, heads=heads, vacancies=vacancies, limbs=limbs, binding=binding).settings
    for heads in Heads
    for vacancies in Vacancies
    for limbs in Limbs
    for binding in Binding
]
LIMBS = st.lists(st.sampled_from(CATEGORIES[1:]), unique=True, max_size=3)
SEATS = st.lists(
    st.tuples(
        st.sampled_from(CATEGORIES),
        st.sampled_from(["", "x", "y"]),
        st.sampled_from([False, False, False, True]),
        st.sampled_from(["", *PEOPLE]),
    ),
    max_size=6,
)
STAYS = st.lists(
    st.tuples(
        st.sampled_from(PEOPLE),
        st.integers(0, 6),
        st.integers(0, 3),
        st.sampled_from([None, 1, 3]),
        st.booleans(),
        st.booleans(),
    ),
    max_size=7,
)


@st.composite
def rooms(draw: st.DrawFn) -> tuple[Quorum, list[Member], list[Stay], frozenset[str]]:
    limbs, share, least = draw(LIMBS), draw(st.sampled_from([None, 1, 33, 50, 51, 100])), draw(st.integers(0, 4))
    rule = Quorum(
        share=share,
        at_least=least or (None if limbs or share else 1),
        of_each=tuple(Constituency(seat=one, at_least=1 + (least == 2), cites="local") for one in limbs),
        settings=draw(st.sampled_from(READINGS)),
        says="As drawn.",
        cites="local",
    )
    seats = [Member(f"s{number}", *given) for number, given in enumerate(draw(SEATS))]
    names = [*(one.seat for one in seats), "elsewhere"]
    stays = [
        Stay(person, names[seat % len(names)], later(begins), None if lasts is None else later(begins + lasts), *deputy)
        for person, seat, begins, lasts, *deputy in draw(STAYS)
    ]
    return rule, seats, stays, frozenset(draw(st.sets(st.sampled_from(PEOPLE), max_size=2)))


@pytest.mark.requirement("QUO-01", "QUO-03", "QUO-04", "QUO-07")
@settings(max_examples=300, deadline=None)
@given(rooms(), st.integers(0, 5))
def test_quorum_is_as_trying_every_way_of_counting_finds(
    room: tuple[Quorum, list[Member], list[Stay], frozenset[str]], minute: int
) -> None:
    rule, seats, stays, apart = room
    found = quorum_at(rule, seats, stays, later(minute), apart)
    assert (found.status is Status.QUORATE) is slowly(rule, seats, stays, later(minute), apart)
    assert bool(found.verdict) is found.is_reached is (found.status is Status.QUORATE)
    assert found.may_transact is (found.is_reached or rule.binding is Binding.RECOMMENDED)
    assert found.present <= found.counted


@settings(max_examples=100, deadline=None)
@given(rooms(), st.integers(0, 5), st.sampled_from(PEOPLE))
def test_nobody_makes_a_meeting_inquorate_by_being_there(
    room: tuple[Quorum, list[Member], list[Stay], frozenset[str]], minute: int, goes: str
) -> None:
    rule, seats, stays, apart = room
    with_them = quorum_at(rule, seats, stays, later(minute), apart)
    without_them = quorum_at(rule, seats, stays, later(minute), apart | {goes})
    assert with_them.present >= without_them.present
    assert with_them.may_transact or not without_them.may_transact


@settings(max_examples=60, deadline=None)
@given(rooms(), st.integers(0, 5))
def test_order_in_which_people_came_changes_nothing(
    room: tuple[Quorum, list[Member], list[Stay], frozenset[str]], minute: int
) -> None:
    rule, seats, stays, apart = room
    turned = list(reversed(stays))
    assert quorum_at(rule, seats, stays, later(minute), apart) == quorum_at(rule, seats, turned, later(minute), apart)


# --- the share


@pytest.mark.requirement("QUO-02")
@pytest.mark.parametrize(
    ("count", "there", "is_quorate"),
    [(10, 5, True), (9, 4, False), (9, 5, True), (1, 1, True), (20, 10, True), (20, 9, False), (0, 0, False)],
)
def test_half_is_reached_by_exactly_half(count: int, there: int, is_quorate: bool) -> None:
    room = members(count)
    found = ask(PLACE, room, here(room[:there]))
    assert found.may_transact is is_quorate and found.present == there and found.counted == count


@pytest.mark.requirement("QUO-03", "MEM-03")
def test_whoever_is_invited_or_keeps_the_record_counts_neither_here_nor_among_the_members() -> None:
    room = members(4)
    guests = [Stay(f"guest-{number}", f"guest-seat-{number}", START) for number in range(9)]
    found = ask(PLACE, room, [*here(room[:1]), *guests])
    assert (found.present, found.counted, found.needed) == (1, 4, 2) and not found.may_transact


@pytest.mark.requirement("QUO-03")
@pytest.mark.parametrize(("vacancies", "counted", "is_quorate"), [("left-out", 3, True), ("counted", 6, False)])
def test_vacant_seats_are_left_out_unless_the_house_counts_them(vacancies: str, counted: int, is_quorate: bool) -> None:
    room = [*members(3), *(replace(one, seat=f"empty-{one.seat}", is_vacant=True, person="") for one in members(3))]
    found = quorum_at(reading(PLAIN, vacancies=vacancies), room, here(room[:2]), START)
    assert found.counted == counted and found.may_transact is is_quorate


@pytest.mark.requirement("QUO-03")
@pytest.mark.parametrize(("heads", "present", "counted"), [("person", 1, 3), ("seat", 2, 4), ("organisation", 1, 2)])
def test_what_counts_as_one_member_is_a_choice_in_sight(heads: str, present: int, counted: int) -> None:
    room = [
        Member("chair", "", "icb", False, "ann"),
        Member("icb", "icb", "icb", False, "ann"),
        Member("first", "", "trust", False, "ben"),
        Member("second", "", "trust", False, "cat"),
    ]
    there = [Stay("ann", "chair", START), Stay("ann", "icb", START)]
    found = quorum_at(reading(PLAIN, heads=heads), room, there, START)
    assert (found.present, found.counted) == (present, counted)


@pytest.mark.requirement("QUO-03")
def test_readings_that_nobody_chose_are_the_first_ones() -> None:
    bare = RULE.model_copy(update={"settings": ()})
    for one in (RULE, bare):
        assert (one.heads, one.vacancies, one.limbs) == (Heads.PERSON, Vacancies.LEFT_OUT, Limbs.ONE)
        assert (one.agreement, one.route) == (Agreement.EVERY_SEAT, Route.AFTER_INQUORATE)


# --- deputies and people on several seats


@pytest.mark.requirement("QUO-04", "MEM-12")
@pytest.mark.parametrize(("has_authority", "is_quorate"), [(True, True), (False, False)])
def test_deputy_counts_where_they_may_decide(has_authority: bool, is_quorate: bool) -> None:
    room = members(10)
    council = next(one for one in room if one.category == "local-authority")
    deputy = Stay("deputy", council.seat, START, deputises=True, has_authority=has_authority)
    found = ask(SQG, room, [*here(without(room, "local-authority")), deputy])
    assert found.may_transact is is_quorate


@pytest.mark.requirement("QUO-04")
def test_deputy_for_two_counts_once() -> None:
    room = members(4)
    found = ask(PLACE, room, [Stay("dot", one.seat, START, deputises=True) for one in room[:2]])
    assert found.present == 1 and not found.may_transact


@pytest.mark.requirement("QUO-04")
def test_member_and_their_own_deputy_are_one_member() -> None:
    room = members(4)
    found = ask(PLACE, room, [*here(room[:1]), Stay("dot", room[0].seat, START, deputises=True)])
    assert found.present == 1


@pytest.mark.requirement("QUO-04")
@pytest.mark.parametrize(("limbs", "is_quorate"), [("one", False), ("every", True)])
def test_one_person_on_two_seats_counts_for_one_that_must_be_there(limbs: str, is_quorate: bool) -> None:
    room = [replace(one, person="ann") if one.category == "local-authority" else one for one in members(10)]
    room = [replace(one, person="ann") if one.category == "lay" else one for one in room]
    found = quorum_at(reading(RULE, limbs=limbs), room, here(room), START, titles=titles(SQG))
    assert found.may_transact is is_quorate
    if not is_quorate:
        assert found.words == (
            "Not quorate: Lay member with lived experience: whoever is here counts for another seat already."
        )


@pytest.mark.requirement("QUO-04")
def test_people_are_counted_for_the_seats_for_which_they_are_needed() -> None:
    """Ann could be there for either; somebody else is there for the ICB, so she counts for the council."""
    pairs = [Pair("icb", "s1", "ann"), Pair("icb", "s2", "ben"), Pair("council", "s3", "ann")]
    assert met({"icb": 1, "council": 1}, pairs) == {"icb": 1, "council": 1}
    assert met({"icb": 2, "council": 1}, pairs) == {"icb": 2, "council": 0}  # what is named first is met first


@pytest.mark.requirement("QUO-05")
def test_two_lay_members_can_be_asked_for() -> None:
    two = tuple(one.model_copy(update={"at_least": 2}) if one.seat == "lay" else one for one in RULE.of_each)
    asked = RULE.model_copy(update={"of_each": two})
    room = [*members(10), Member("other-lay", "lay", "", False, "lou")]
    alone = quorum_at(asked, room, here(room[:10]), START, titles=titles(SQG))
    assert alone.words == "Not quorate: only 1 of 2 is present: Lay member with lived experience."
    assert quorum_at(asked, room, here(room), START).may_transact
    assert quorum_at(RULE, room, here(room[:10]), START).may_transact


def test_whoever_stays_on_a_vacant_seat_counts_for_nobody() -> None:
    room = [replace(one, is_vacant=one.category == "lay") for one in members(10)]
    found = ask(SQG, room, here(room))
    assert found.present == found.counted == 9 and [one.category for one in found.missing] == ["lay"]


# --- moments


@pytest.mark.requirement("QUO-07", "REC-03")
@pytest.mark.parametrize(
    ("moment", "present"),
    [(at(9, 59), 0), (at(10, 0), 1), (at(11, 9), 1), (at(11, 10), 0), (at(11, 30), 1), (at(23, 0), 1)],
)
def test_somebody_is_there_from_when_they_arrive_to_before_they_leave(moment: datetime, present: int) -> None:
    room = members(2)
    stays = [Stay("p0", "seat-0", at(10), at(11, 10)), Stay("p0", "seat-0", at(11, 30))]
    assert ask(PLACE, room, stays, moment).present == present


@pytest.mark.requirement("QUO-07")
def test_hour_that_comes_twice_in_october_is_told_apart() -> None:
    london = ZoneInfo("Europe/London")
    first = datetime(2026, 10, 25, 1, 50, tzinfo=london)
    second = datetime(2026, 10, 25, 1, 10, fold=1, tzinfo=london)  # twenty minutes later
    room = members(1)
    assert ask(PLACE, room, [Stay("p0", "seat-0", first)], second).may_transact
    assert not ask(PLACE, room, [Stay("p0", "seat-0", second)], first).may_transact
    assert Stay("p0", "seat-0", second).arrived == datetime(2026, 10, 25, 1, 10, tzinfo=UTC)


def test_moment_without_a_time_zone_is_no_moment() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Stay("p0", "seat-0", datetime(2026, 3, 2, 10))
    with pytest.raises(ValueError, match="time zone"):
        ask(PLACE, members(1), here(members(1)), datetime(2026, 3, 2, 10))


# --- words


@pytest.mark.requirement("QUO-01")
@pytest.mark.parametrize(
    ("left_out", "says"),
    [
        (("local-authority",), "Not quorate: no local authority member is present."),
        (("icb",), "Not quorate: no ICB member is present."),
        (("nhs-england-region",), "Not quorate: nobody from NHS England’s region is present."),
        (("lay",), "Not quorate: no lay member with lived experience is present."),
        (
            ("icb", "provider-collaboratives"),
            "Not quorate: no ICB member is present; no provider collaborative member is present.",
        ),
        ((), "Quorate: 10 of 10 members are here; 5 are needed."),
    ],
)
def test_chair_reads_who_is_missing(left_out: tuple[str, ...], says: str) -> None:
    room = members(10)
    assert ask(SQG, room, here(without(room, *left_out))).words == says


def test_words_name_the_item_and_give_the_numbers_where_they_fall_short() -> None:
    room = members(20)
    found = ask(SQG, room, here(without(room, "local-authority")[:8]))
    assert found.words_for("item 4") == (
        "Not quorate for item 4: 8 of 20 members are here; 10 are needed; no local authority member is present."
    )
    assert [one.says for one in found.verdict.reasons] == [
        "8 of 20 members are here; 10 are needed.",
        "No local authority member is present.",
    ]
    assert all(one.source == "SQG 2022 §3.20 and Annex A, Quoracy" for one in found.verdict.reasons)


@pytest.mark.requirement("QUO-12")
def test_quorum_of_the_groups_own_terms_stands_before_that_of_the_guidance() -> None:
    own = Quorum(at_least=3, says="Three members.", cites="local")
    assert quorum_of(None, None) is None and quorum_of(RULE, None) is RULE and quorum_of(None, own) is own
    room = members(8)
    assert quorum_at(own, room, here(room[:3]), START).may_transact
    assert quorum_at(own, room, here(room[:2]), START).words == "Not quorate: 2 of 8 members are here; 3 are needed."


def test_counting_asks_for_no_room_at_all() -> None:
    room = members(10)
    assert counted_for(RULE, room, [(one.person, one.seat) for one in room]).may_transact
