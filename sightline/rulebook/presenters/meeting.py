"""How a group of a type meets, in words: how often, when it is quorate, and what stands on every agenda."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sightline.core.rulebook.groups import GroupType
from sightline.core.rulebook.meeting import Moment, Quorum


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule beside where it comes from; ``title`` is empty where the sentence says it all."""

    title: str
    says: str
    cites: str


@dataclass(frozen=True, slots=True)
class Meets:
    """How a group meets. An empty part is one on which the guidance is silent."""

    often: tuple[RuleLine, ...]
    quorate: tuple[RuleLine, ...]
    agenda: tuple[RuleLine, ...]
    asks: tuple[RuleLine, ...] = ()

    @property
    def is_silent(self) -> bool:
        """Whether the guidance says nothing of it at all."""
        return not (self.often or self.quorate or self.agenda or self.asks)


def meets(kind: GroupType) -> Meets:
    """This function will say how a group of a type meets, each rule beside its paragraph.

    Where the guidance lays down no quorum none is made up, and no meeting is called inquorate (QSG 2017, by absence).
    """
    often = [RuleLine("", kind.cadence.says, kind.cadence.cites)] if kind.cadence else []
    return Meets(
        often=tuple(often),
        quorate=tuple(_quorate(kind, kind.quorum)) if kind.quorum else (),
        agenda=tuple(_agenda(kind)),
        asks=tuple(RuleLine("", one.asks, one.cites) for one in kind.prompts),
    )


def _quorate(kind: GroupType, quorum: Quorum) -> Iterator[RuleLine]:
    yield RuleLine("", quorum.says, quorum.cites)
    titles = {one.id: one.title for one in kind.seats}
    for one in quorum.of_each:
        least = f"At least {one.at_least} must be there." if one.at_least > 1 else "At least one must be there."
        yield RuleLine(titles[one.seat], f"{least} {one.note}" if one.note else least, one.cites)
    if quorum.outside:
        yield RuleLine("Where it is not reached", quorum.outside.says, quorum.outside.cites)
    for setting in quorum.settings:
        if setting.id == "binding":
            taken = next(one for one in setting.choices if one.id == setting.chosen)
            yield RuleLine(setting.name, f"{taken.name}.", taken.cites)


_MOMENT = {Moment.OPENING: "At the start. ", Moment.BETWEEN: "", Moment.CLOSING: "At the end. "}


def _agenda(kind: GroupType) -> Iterator[RuleLine]:
    for one in kind.standing_items:
        responsible = " It names the member who is responsible." if one.has_responsible else ""
        yield RuleLine(one.title, f"{_MOMENT[one.moment]}{one.says}{responsible}", one.cites)
