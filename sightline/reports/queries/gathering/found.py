"""For whom and of what it is gathered, and one line of what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from sightline.core.access import Actor
from sightline.directory.queries import subjects_within
from sightline.groups.models import Group
from sightline.reports.words import RecordKind


@dataclass(frozen=True)
class Scope:
    """Who gathers on which day, for which group, of which period; both its days are in it."""

    actor: Actor
    on: date
    group: Group
    first: date
    last: date

    def covers(self, day: date) -> bool:
        """This function will say whether a day lies in the period."""
        return self.first <= day <= self.last

    def concerns(self, subject: UUID) -> bool:
        """This function will say whether a subject is one that the group looks at: its own, or one in its area."""
        if self.group.subject_id is not None:
            return subject == self.group.subject_id
        return self._inside is None or subject in self._inside

    @cached_property
    def _inside(self) -> frozenset[UUID] | None:
        """The subjects in the area of a group for less than its system; nothing where it is for all of it."""
        if self.group.area.code == self.group.system:
            return None
        return frozenset(subjects_within(self.group.area.code, self.on).values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Found:
    """What one record says, whom it is about, and from which day it is; it stands under the first of whom it is about.

    ``beneath`` is what it says where that name stands over it already.
    """

    kind: RecordKind
    record: UUID
    says: str
    of_day: date
    about: tuple[UUID, ...] = ()
    beneath: str = ""
