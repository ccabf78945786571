"""Who may read what somebody told: one pure rule, beside which the database's answer is held."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sightline.core.access.words import Handling


@dataclass(frozen=True, slots=True)
class Viewer:
    """A reader, with everything on which their sight rests on a day.

    ``systems`` are the codes of the systems for which they hear intelligence; None means every one.
    ``organisations`` are the codes of their own body's family. ``conflicts`` are the subjects in which they
    declared an interest. ``hears`` says that a role lets them see what others told, ``keeps`` that they keep the
    record: who prepares a meeting about a body must hold what is said of it, even their own. ``kept`` are the systems
    whose record they keep, None for every one: who keeps one system's record may be a mere member of another's group.
    """

    actor_id: str
    systems: frozenset[str] | None = frozenset()
    organisations: frozenset[str] = frozenset()
    conflicts: frozenset[UUID] = frozenset()
    hears: bool = False
    keeps: bool = False
    kept: frozenset[str] | None = None

    def keeps_record_of(self, system: str) -> bool:
        """This function will say whether they keep the record of one system."""
        return self.keeps and (self.kept is None or system in self.kept)


@dataclass(frozen=True, slots=True)
class Told:
    """What the rule must know of an item: where it belongs, whom it concerns, who gave it, how far it may travel.

    ``counts`` is false while a published item awaits its review, and once an item was set aside.
    """

    system: str
    handling: Handling
    subjects: frozenset[UUID] = frozenset()
    concerned: frozenset[str] = frozenset()  # codes of the organisations that it is about
    giver: str = ""
    readers: frozenset[str] = frozenset()  # actor ids on its own list
    counts: bool = True


def may_read(viewer: Viewer, told: Told) -> bool:
    """This function will say whether a reader may see an item at all (IGV-08, IGV-10; COI-03; PER-10).

    A reader's own words stay theirs. Beyond that a declared interest denies, and beats every role. Whoever may not
    see an item must not be able to tell that it is there.
    """
    return _gave(viewer, told.giver) or (_hears_of(viewer, told) and _reaches(viewer, told.handling, told))


def may_read_passage(viewer: Viewer, told: Told, passage: Handling, written_by: str) -> bool:
    """This function will say whether a reader may see one passage: the stricter of its handling and its item's.

    Who wrote a passage sees it. The giver of an item does not thereby see what others add to it.
    """
    narrow = told.handling.or_stricter(passage)
    return _gave(viewer, written_by) or (_hears_of(viewer, told) and _reaches(viewer, narrow, told))


def _gave(viewer: Viewer, giver: str) -> bool:
    return bool(viewer.actor_id) and viewer.actor_id == giver


def _hears_of(viewer: Viewer, told: Told) -> bool:
    if not viewer.hears or viewer.conflicts & told.subjects:
        return False
    if viewer.systems is not None and told.system not in viewer.systems:
        return False
    return viewer.keeps_record_of(told.system) or (told.counts and not viewer.organisations & told.concerned)


def _reaches(viewer: Viewer, handling: Handling, told: Told) -> bool:
    match handling:
        case Handling.PUBLIC | Handling.MEMBERS:
            return True
        case Handling.RESTRICTED:
            return viewer.actor_id in told.readers
        case Handling.ANNEX:
            return False  # an identity is opened on purpose, from its annex, and each time it is recorded
