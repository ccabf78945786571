"""People counted for needs, each for one only: held against a twin that tries every way."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.core.meetings.pairing import Pair, met

NEED_OF = {"s1": "icb", "s2": "icb", "s3": "icb", "s4": "council", "s5": "council", "s6": "lay"}
NEEDS = {"icb": 2, "council": 1, "lay": 1}


def slowly(needs: dict[str, int], pairs: list[Pair]) -> tuple[int, ...]:
    """Every choice of pairs in which no person and no seat stands twice; of them the best, needs in their order."""
    best = dict.fromkeys(needs, 0)

    def choose(left: list[Pair], found: dict[str, int], used: frozenset[str]) -> tuple[int, ...]:
        if not left:
            return tuple(found.values())
        one, rest = left[0], left[1:]
        without = choose(rest, found, used)
        if {one.person, one.seat} & used or found[one.need] == needs[one.need]:
            return without
        taken = {**found, one.need: found[one.need] + 1}
        return max(without, choose(rest, taken, used | {one.person, one.seat}))

    return choose(list(dict.fromkeys(pairs)), best, frozenset())


PAIRS = st.lists(
    st.builds(
        lambda seat, person: Pair(NEED_OF[seat], seat, person),
        st.sampled_from(sorted(NEED_OF)),
        st.sampled_from("abcd"),
    ),
    max_size=11,
)


@pytest.mark.requirement("QUO-04")
@settings(max_examples=400, deadline=None)
@given(PAIRS, st.permutations(sorted(NEEDS)))
def test_needs_are_met_as_far_as_trying_every_way_finds(pairs: list[Pair], order: list[str]) -> None:
    needs = {one: NEEDS[one] for one in order}
    found = met(needs, pairs)
    assert tuple(found.values()) == slowly(needs, pairs)
    assert sum(found.values()) == max(
        sum(met({one: NEEDS[one] for one in turned}, pairs).values()) for turned in (order, order[::-1])
    )


@pytest.mark.requirement("QUO-04")
@pytest.mark.parametrize("turned", [False, True])
def test_somebody_counts_for_another_seat_where_that_makes_room(turned: bool) -> None:
    ways = [
        ("icb", "s1", "ann"),
        ("icb", "s2", "ben"),
        ("council", "s4", "ann"),
        ("lay", "s6", "ben"),
        ("lay", "s6", "cat"),
    ]
    pairs = [Pair(*one) for one in (reversed(ways) if turned else ways)]
    assert met({"icb": 1, "council": 1, "lay": 1}, pairs) == {"icb": 1, "council": 1, "lay": 1}


@pytest.mark.requirement("QUO-04")
def test_two_people_for_one_seat_are_not_two_who_speak_for_it() -> None:
    pairs = [Pair("lay", "s6", "ann"), Pair("lay", "s6", "ben")]
    assert met({"lay": 2}, pairs) == {"lay": 1}


def test_needs_that_nobody_meets_and_pairs_that_nobody_needs() -> None:
    assert met({"icb": 1}, []) == {"icb": 0} and met({}, [Pair("icb", "s1", "ann")]) == {}
