"""How many of several needs the people in a room can meet at once, where one person counts for one of them only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

Node: TypeAlias = tuple[str, str]  # what sort of thing it is, and its id


@dataclass(frozen=True, slots=True)
class Pair:
    """That a person is there for a seat, and the one need that this seat helps to meet."""

    need: str
    seat: str
    person: str


def met(needs: Mapping[str, int], pairs: Iterable[Pair]) -> dict[str, int]:
    """This function will say how far each need is met at most, where each person and each seat counts once.

    Needs stand in their order: where there are too few people for all, those named first are met first. It is the
    largest flow from the needs by way of seats to people, found one person at a time.
    """
    ways = list(dict.fromkeys(one for one in pairs if one.need in needs))
    room: dict[Node, dict[Node, int]] = defaultdict(lambda: defaultdict(int))
    for one in ways:  # a seat serves one need, by a way of width one, and so counts once
        room["need", one.need]["seat", one.seat] = 1
        room["seat", one.seat]["person", one.person] = 1
    free = {one.person for one in ways}
    found = dict.fromkeys(needs, 0)
    for need, count in needs.items():
        while found[need] < count and (way := _way(("need", need), room, free)):
            _take(way, room)
            free.discard(way[-1][1])
            found[need] += 1
    return found


def _way(begins: Node, room: Mapping[Node, Mapping[Node, int]], free: set[str]) -> list[Node]:
    """A way from a need to somebody who counts for nothing yet, along which others may change what they count for."""
    came: dict[Node, Node] = {}
    open_, seen = [begins], {begins}
    while open_:
        here = open_.pop()
        if here[0] == "person" and here[1] in free:
            way = [here]
            while way[-1] != begins:
                way.append(came[way[-1]])
            return way[::-1]
        for there, width in list(room[here].items()):
            if width and there not in seen:
                seen.add(there)
                came[there] = here
                open_.append(there)
    return []


def _take(way: Sequence[Node], room: dict[Node, dict[Node, int]]) -> None:
    for here, there in pairwise(way):
        room[here][there] -= 1
        room[there][here] += 1
