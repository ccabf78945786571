"""The tools in force, the signals that fill them in beforehand, and what was recorded with them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from sightline.core.access import Actor
from sightline.core.rulebook import Part, as_text, parse
from sightline.core.rulebook.tools import HeatMap, Origin, RiskProfile, TriggerTool
from sightline.core.signals import Bearing, SignalKind
from sightline.core.signals import Signal as Noticed
from sightline.core.triangulation import oldest_that_counts
from sightline.core.triangulation.triggering import Suggestion, suggestions
from sightline.core.triangulation.weighing import ABSENCES
from sightline.directory.models import Subject
from sightline.indicators.models import Signal
from sightline.indicators.queries import catalogue
from sightline.profiles.models import HeatMapReading, OtherProcess, Template, TriggerAssessment
from sightline.rulebook.queries import PartInForce, pack_in_force, packs, part_with_origin


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool of the rulebook in force, with its version and the one spelling of its content.

    ``origin`` says which guidance tells of it, ``told_in`` names that guidance, and ``in_force`` the one of today.
    """

    part: Part
    name: str
    version: str
    content: str
    origin: Origin | None = None
    told_in: str = ""
    in_force: str = ""
    is_of_today: bool = True

    @property
    def sha256(self) -> str:
        """The name by which the tool as it stands is kept with what was answered."""
        return hashlib.sha256(f"{self.name}\n{self.version}\n{self.content}".encode()).hexdigest()


def current_tool(name: str, on: date) -> Tool | None:
    """This function will give a tool as it is in force on a day; None where the pack of that day does not have it.

    What only a later pack has did not exist yet, and nobody can have used it (FRW-01, FRW-02).
    """
    found, today = part_with_origin(name, on), pack_in_force(on)
    if found is None or found.pack.id != today.id:
        return None
    origin = _origin(found)
    return Tool(
        part=found.content,
        name=name,
        version=str(found.version),
        content=as_text(found.content),
        origin=origin,
        told_in=next((one.title for one in packs() if origin and one.id == origin.pack), ""),
        in_force=today.title,
        is_of_today=origin is None or origin.pack == today.id,
    )


def _origin(found: PartInForce) -> Origin | None:
    """Where a tool comes from; a local version that leaves it out comes from where the pack's own does."""
    for part in (found.content, found.own):
        if isinstance(part, HeatMap | TriggerTool | RiskProfile) and part.origin:
            return part.origin
    return None


def tool_used(template: Template) -> Part:
    """This function will give a tool as it stood when it was used."""
    return parse(template.part, template.content)


def standing_signals(actor: Actor, on: date, subject: Subject) -> list[Signal]:
    """This function will give the signals about a subject that stand, the newest first; concerns before the rest."""
    rows = Signal.objects.visible_to(actor, on).current().filter(subject=subject)
    order = {Bearing.CONCERN.value: 0, Bearing.IMPROVEMENT.value: 1}
    return sorted(rows, key=lambda one: (order.get(one.bearing, 2), -one.until.toordinal(), one.measure, str(one.pk)))


def concerns_that_count(signals: list[Signal], on: date) -> list[Signal]:
    """This function will keep the concerns that count now: recent enough, and not merely an absence."""
    absent = {kind.value for kind in ABSENCES}
    return [
        one
        for one in signals
        if one.bearing == Bearing.CONCERN and one.kind not in absent and one.until >= oldest_that_counts(on)
    ]


@dataclass(frozen=True, slots=True)
class Aids:
    """What was recorded about a subject with the aids, the newest first."""

    readings: tuple[HeatMapReading, ...]
    assessments: tuple[TriggerAssessment, ...]
    processes: tuple[OtherProcess, ...]


def aids_of(actor: Actor, on: date, subject: Subject) -> Aids:
    """This function will give what the actor may read of the aids used about a subject (RSK-09)."""
    readings = HeatMapReading.objects.visible_to(actor, on).filter(subject=subject)
    assessments = TriggerAssessment.objects.visible_to(actor, on).filter(subject=subject)
    processes = OtherProcess.objects.visible_to(actor, on).filter(subject=subject)
    return Aids(
        tuple(readings.select_related("template").order_by("-recorded_at", "pk")),
        tuple(assessments.select_related("template").prefetch_related("answers").order_by("-recorded_at", "pk")),
        tuple(processes.order_by("-held_on", "-recorded_at", "pk")),
    )


def suggested_by_signals(tool: TriggerTool, signals: list[Signal], on: date) -> dict[str, Suggestion]:
    """This function will say to which questions the signals that stand suggest a yes."""
    dimensions = {name: indicator.dimensions for name, indicator in catalogue().items()}
    return suggestions(tool, map(as_noticed, signals), dimensions, on)


def as_noticed(row: Signal) -> Noticed:
    """This function will give a recorded signal in the shape that rules read."""
    return Noticed(
        subject=str(row.subject_id or ""),
        measure=row.measure,
        kind=SignalKind(row.kind),
        bearing=Bearing(row.bearing),
        since=row.since,
        until=row.until,
        periods=row.periods,
        source=row.source,
        publication=str(row.publication_id or ""),
    )
