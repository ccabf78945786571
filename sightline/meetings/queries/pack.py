"""The pack of one reader: the items of a meeting that they read, each with its papers, and nothing of any other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sightline.core.access import Actor
from sightline.meetings.models import PaperVersion
from sightline.meetings.queries.meetings import AgendaLine, MeetingView, agenda_of
from sightline.meetings.queries.papers import papers_of


@dataclass(frozen=True, slots=True)
class PackItem:
    """An item with its papers, in their order."""

    line: AgendaLine
    papers: tuple[PaperVersion, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """What somebody reads before a meeting."""

    view: MeetingView
    items: tuple[PackItem, ...]

    @property
    def papers(self) -> tuple[PaperVersion, ...]:
        """Every paper in it."""
        return tuple(paper for one in self.items for paper in one.papers)

    @property
    def recorded(self) -> tuple[PaperVersion, ...]:
        """The papers that were made from the record, whose words stand in the pack itself."""
        return tuple(one for one in self.papers if hasattr(one, "record"))

    @property
    def files(self) -> tuple[PaperVersion, ...]:
        """The papers that are files."""
        return tuple(one for one in self.papers if not hasattr(one, "record"))


def pack_of(actor: Actor, on: date, view: MeetingView) -> Pack:
    """This function will put together what somebody reads: numbers, times and contents are their own (COI-04, PER-03)."""
    lines = agenda_of(actor, on, view)
    papers = papers_of(actor, on, [one.item for one in lines])
    return Pack(view, tuple(PackItem(one, papers.get(one.item.pk, ())) for one in lines))
