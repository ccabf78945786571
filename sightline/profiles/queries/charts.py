"""The charts behind signals that a profile keeps in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.core.access import Actor
from sightline.directory.models import Subject
from sightline.indicators.queries import catalogue
from sightline.indicators.queries.pages import quiet_series


@dataclass(frozen=True, slots=True)
class Charts:
    """A subject's charts that a reader may open: indicators by their names, as the words of signals have them."""

    subject: UUID
    indicators: Mapping[str, str]

    def indicator_in(self, words: str) -> str:
        """This function will name the indicator of which a signal's words speak; empty where it has no chart."""
        said = words.partition(": ")[2]
        named = [name for name in self.indicators if said.startswith(f"{name}. ")]
        return self.indicators[max(named, key=len)] if named else ""


def charts_of(actor: Actor, on: date, subject: Subject) -> Charts:
    """This function will give a subject's charts that the actor may open (DAT-12)."""
    known = catalogue()
    ids = {one.indicator for one in quiet_series(actor, on, [subject.pk])}
    return Charts(subject.pk, {known[name].name: name for name in ids if name in known})
