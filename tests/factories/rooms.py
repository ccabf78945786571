"""Members of a group and their comings and goings, for tests of the pure rules; every code and name is invented."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sightline.core.meetings.quorum import Member, Quorate, Stay, quorum_at
from sightline.core.rulebook.groups import GroupType, GroupTypes
from sightline.core.rulebook.meeting import Quorum
from tests.factories.levels import part

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
FIVE = ("icb", "local-authority", "provider-collaboratives", "lay", "nhs-england-region")
OTHERS = ("cqc", "hee", "public-health", "primary-care", "maternity")


def kind(pack: str, name: str) -> GroupType:
    """This function will give a type of group as the pack has it."""
    found = part(pack, "group_types", GroupTypes).type(name)
    assert found is not None
    return found


def titles(kind: GroupType) -> dict[str, str]:
    """This function will give what the seats of a type are called."""
    return {one.id: one.title for one in kind.seats}


def at(hour: int, minute: int = 0) -> datetime:
    """This function will give a moment on the day of the meeting."""
    return START.replace(hour=hour, minute=minute)


def members(count: int, categories: Iterable[str] = (*FIVE, *OTHERS)) -> list[Member]:
    """This function will seat so many members, one in each category and the others in none of the guidance."""
    named = list(categories)[:count]
    every = [*named, *[""] * (count - len(named))]
    return [Member(f"seat-{n}", category, f"body-{n}", False, f"p{n}") for n, category in enumerate(every)]


def here(of: Iterable[Member], since: datetime = START, until: datetime | None = None) -> list[Stay]:
    """This function will bring whoever sits on these seats, each for themselves."""
    return [Stay(one.person, one.seat, since, until) for one in of]


def without(of: Iterable[Member], *categories: str) -> list[Member]:
    """This function will leave out the members of some categories."""
    return [one for one in of if one.category not in categories]


def ask(
    type_: GroupType, of: Iterable[Member], stays: Iterable[Stay], moment: datetime = START, apart: Iterable[str] = ()
) -> Quorate:
    """This function will ask a type's quorum about a room."""
    return quorum_at(type_.quorum, of, stays, moment, frozenset(apart), titles=titles(type_))


def reading(rule: Quorum, **chosen: str) -> Quorum:
    """This function will take a quorum with some of its settings chosen otherwise."""
    assert set(chosen) <= {one.id for one in rule.settings}
    settings = (one.model_copy(update={"chosen": chosen.get(one.id, one.chosen)}) for one in rule.settings)
    return rule.model_copy(update={"settings": tuple(settings)})


def later(minutes: int) -> datetime:
    """This function will give a moment so many minutes into the meeting."""
    return START + timedelta(minutes=minutes)
