"""Who may read what somebody told, against a slow reading of the rules one by one; and the rules as a table."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from uuid import UUID

import pytest

from sightline.core.access import Handling, Told, Viewer, may_read, may_read_passage

HOME, ELSEWHERE = "QZ1", "QZ2"
HERE, THERE = UUID(int=1), UUID(int=2)
MEMBER = Viewer("person:member", frozenset({HOME}), frozenset({"QX9"}), frozenset(), hears=True)
SHARED = Told(HOME, Handling.MEMBERS, frozenset({HERE}), frozenset({"QX1"}), "person:giver")


@pytest.mark.parametrize(
    ("viewer", "told", "allowed"),
    [
        (MEMBER, SHARED, True),
        (MEMBER, replace(SHARED, handling=Handling.PUBLIC), True),
        (MEMBER, replace(SHARED, system=ELSEWHERE), False),
        (replace(MEMBER, systems=None), replace(SHARED, system=ELSEWHERE), True),
        (MEMBER, replace(SHARED, handling=Handling.RESTRICTED), False),
        (MEMBER, replace(SHARED, handling=Handling.RESTRICTED, readers=frozenset({"person:member"})), True),
        (MEMBER, replace(SHARED, handling=Handling.ANNEX, readers=frozenset({"person:member"})), False),
        # the provider concerned, though it sits in the group (PER-10)
        (replace(MEMBER, organisations=frozenset({"QX1"})), SHARED, False),
        (replace(MEMBER, organisations=frozenset({"QX1"}), keeps=True), SHARED, True),
        # a declared interest beats every role, and a place on the list
        (replace(MEMBER, conflicts=frozenset({HERE})), SHARED, False),
        (replace(MEMBER, conflicts=frozenset({HERE}), keeps=True), SHARED, False),
        (replace(MEMBER, conflicts=frozenset({THERE})), SHARED, True),
        # what is not reviewed, or set aside, is for those who keep the record
        (MEMBER, replace(SHARED, counts=False), False),
        (replace(MEMBER, keeps=True), replace(SHARED, counts=False), True),
        # whoever hears nothing still has their own words, even in a conflict
        (replace(MEMBER, hears=False), SHARED, False),
        (Viewer("person:giver"), SHARED, True),
        (replace(MEMBER, actor_id="person:giver", conflicts=frozenset({HERE})), SHARED, True),
        (Viewer(""), replace(SHARED, giver=""), False),
    ],
)
@pytest.mark.requirement("IGV-10")
def test_item_is_read_by(viewer: Viewer, told: Told, allowed: bool) -> None:
    assert may_read(viewer, told) is allowed


@pytest.mark.parametrize(
    ("viewer", "told", "handling", "written_by", "allowed"),
    [
        (MEMBER, SHARED, Handling.MEMBERS, "person:giver", True),
        (MEMBER, SHARED, Handling.RESTRICTED, "person:giver", False),
        (MEMBER, replace(SHARED, readers=frozenset({"person:member"})), Handling.RESTRICTED, "person:giver", True),
        # a passage is never freer than its item
        (MEMBER, replace(SHARED, handling=Handling.RESTRICTED), Handling.PUBLIC, "person:giver", False),
        # the giver hears nothing of what others add, unless a role lets them
        (Viewer("person:giver"), SHARED, Handling.MEMBERS, "person:giver", True),
        (Viewer("person:giver"), SHARED, Handling.MEMBERS, "person:keeper", False),
        (Viewer("person:giver"), SHARED, Handling.PUBLIC, "person:keeper", False),
        (replace(MEMBER, actor_id="person:giver"), SHARED, Handling.MEMBERS, "person:keeper", True),
    ],
)
def test_passage_is_read_by(viewer: Viewer, told: Told, handling: Handling, written_by: str, allowed: bool) -> None:
    assert may_read_passage(viewer, told, handling, written_by) is allowed


def _slowly(viewer: Viewer, told: Told) -> bool:
    """The rules one by one, each with its own way out."""
    if viewer.actor_id and told.giver == viewer.actor_id:
        return True
    if told.handling is Handling.ANNEX:
        return False
    if not viewer.hears:
        return False
    for subject in told.subjects:
        if subject in viewer.conflicts:
            return False
    if viewer.systems is not None and all(told.system != mine for mine in viewer.systems):
        return False
    if not viewer.keeps:
        if not told.counts:
            return False
        for code in told.concerned:
            if code in viewer.organisations:
                return False
    if told.handling is Handling.RESTRICTED:
        return any(reader == viewer.actor_id for reader in told.readers)
    return True


def test_every_combination_is_as_the_rules_read_one_by_one() -> None:
    cells = 0
    viewers = product(
        ("person:a", "person:b"),
        (None, frozenset({HOME}), frozenset({ELSEWHERE}), frozenset()),
        (frozenset(), frozenset({"QX1"}), frozenset({"QX2"})),
        (frozenset(), frozenset({HERE}), frozenset({THERE})),
        (True, False),
        (True, False),
    )
    items = list(
        product(
            (HOME, ELSEWHERE),
            Handling,
            (frozenset({HERE}), frozenset({HERE, THERE}), frozenset()),
            (frozenset(), frozenset({"QX1"})),
            ("person:a", ""),
            (frozenset(), frozenset({"person:b"})),
            (True, False),
        )
    )
    for viewer in (Viewer(*facts) for facts in viewers):
        for told in (Told(*facts) for facts in items):
            assert may_read(viewer, told) is _slowly(viewer, told), (viewer, told)
            cells += 1
    assert cells >= 20_000


def test_handling_grows_stricter_and_never_freer() -> None:
    assert [one.rank for one in Handling] == [0, 1, 2, 3]
    for one, other in product(Handling, Handling):
        assert one.or_stricter(other).rank == max(one.rank, other.rank)
