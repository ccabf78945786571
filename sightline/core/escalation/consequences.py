"""What arises by itself from a move of level: each task and notice, for each body, with a key so that none comes twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sightline.core.rulebook.circumstances import Circumstances, holds
from sightline.core.rulebook.duties import Each, Notice, Notices, On
from sightline.core.rulebook.levels import Slot


@dataclass(frozen=True, slots=True)
class Change:
    """A change of level that took effect. ``id`` names the decision: the same one brings about the same keys.

    ``is_first_here`` where the level before was set under other guidance: then whatever is due at the level arises,
    though the subject may stay where it was, because nobody was told under this guidance yet.
    """

    id: str
    subject: str
    level_from: str
    level_to: str
    case: Circumstances = field(default_factory=Circumstances)
    is_first_here: bool = False

    def brings_about(self, notice: Notice) -> bool:
        """This function will say whether a notice arises from it, whatever else the notice asks for."""
        is_new = self.is_first_here and notice.occasion is On.ENTERING and self.level_to in notice.levels
        return is_new or notice.arises(self.level_from, self.level_to)


@dataclass(frozen=True, slots=True)
class Stay:
    """A subject that stays at a level; ``cycle`` is the first day of the cycle for which something is due."""

    subject: str
    level: str
    cycle: date
    case: Circumstances = field(default_factory=Circumstances)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A concern as it stands on record, about a subject at a level."""

    id: str
    subject: str
    level: str
    case: Circumstances = field(default_factory=Circumstances)


@dataclass(frozen=True, slots=True)
class Consequence:
    """One task or notice. ``organisation`` is the body whose holder of the role receives it.

    It is empty where the notice goes to the one holder that the rules name, and where the directory does not yet
    know the body: then somebody has to name it, for a duty is not lost with an unknown address.
    """

    key: str
    notice: Notice
    falls_to: Slot
    to: Slot
    organisation: str = ""

    @property
    def lacks_body(self) -> bool:
        """Whether it is for each of some bodies, and none of them is known."""
        return self.notice.each is not Each.ONCE and not self.organisation


def consequences(notices: Notices, change: Change) -> tuple[Consequence, ...]:
    """This function will give what arises from a change of level (RPT-04, RPT-05, RPT-06, PRV-04, LVL-14).

    A subject that goes from one of a notice's levels to another neither enters nor leaves, so that whoever was told
    at Enhanced is not told the same again at Intensive; one that skips Enhanced brings about what is due at both.
    """
    arising = (one for one in notices.notices if change.brings_about(one))
    root = f"{change.subject}/{change.id}"
    return tuple(one for notice in arising for one in _each(notice, root, change.case))


def while_staying(notices: Notices, stay: Stay, clock: str) -> tuple[Consequence, ...]:
    """This function will give what comes again by a clock while a subject stays at a level (SUR-09, PRV-04)."""
    coming = (
        one for one in notices.notices if one.occasion is On.STAYING and one.clock == clock and stay.level in one.levels
    )
    root = f"{stay.subject}/{stay.cycle:%Y-%m-%d}"
    return tuple(one for notice in coming for one in _each(notice, root, stay.case))


def from_concern(notices: Notices, recorded: Recorded) -> tuple[Consequence, ...]:
    """This function will give what arises from a concern at the level where its subject stands (RPT-01; Routine/Place)."""
    arising = (one for one in notices.notices if one.occasion is On.CONCERN and recorded.level in one.levels)
    root = f"{recorded.subject}/{recorded.id}"
    return tuple(one for notice in arising for one in _each(notice, root, recorded.case))


def _each(notice: Notice, root: str, case: Circumstances) -> Iterator[Consequence]:
    if not holds(notice.when, case):
        return
    falls_to = (notice.by_if_several if case.concerns_several else None) or notice.by
    for body in _bodies(notice.each, case):
        key = "/".join(filter(None, (root, notice.id, body)))
        yield Consequence(key, notice, falls_to, notice.to, body)


def _bodies(each: Each, case: Circumstances) -> tuple[str, ...]:
    """The bodies for each of which a notice arises, once each; a pathway without providers has nobody to tell there."""
    match each:
        case Each.ONCE:
            return ("",)
        case Each.PROVIDER:
            return tuple(dict.fromkeys(case.providers))
        case Each.PLACE:
            return tuple(dict.fromkeys(case.places)) or ("",)
        case Each.SYSTEM:
            return tuple(dict.fromkeys(case.systems)) or ("",)
        case Each.REGION:
            return tuple(dict.fromkeys(case.regions)) or ("",)
