"""Reads of the rulebook: which pack is in force, and each part of it with the house's own changes applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast, overload

from django.utils import timezone

from sightline.audit.keeping import until_anything_changes
from sightline.core import rulebook
from sightline.core.rulebook import (
    Pack,
    Part,
    RulebookError,
    Successor,
    Version,
    as_text,
    authority,
    clocks,
    duties,
    effectiveness,
    groups,
    holder_of,
    in_force,
    levels,
    parse,
    registers,
    reports,
    risks,
    selfchecks,
    terms,
    tools,
)
from sightline.core.rulebook import packs as packing
from sightline.core.rulebook.agreeing import dangling, faults_between
from sightline.rulebook.models import LocalPart
from sightline.rulebook.packs import PACKS


@dataclass(frozen=True, slots=True)
class LocalVersion:
    """A local version as it is kept: which part of which pack, by whom, when and why; empty content takes it back."""

    change: int
    pack: str
    part: str
    content: str
    derived_from: str
    because: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class PartInForce:
    """A part and where it comes from: the pack, the version, and the local version where one counts.

    ``problems`` is filled where a local version no longer fits the shape of its part; the pack's own counts then, so
    that no page fails for it, and the local one waits to be mended.
    """

    name: str
    pack: Pack
    version: Version
    content: Part
    local: LocalVersion | None = None
    problems: tuple[str, ...] = ()

    @property
    def is_local(self) -> bool:
        """Whether the house's own version counts."""
        return self.local is not None and not self.problems

    @property
    def text(self) -> str:
        """What a person changes: the version that counts, or the broken local one that waits to be mended."""
        return self.local.content if self.local is not None and self.problems else as_text(self.content)

    @property
    def own(self) -> Part:
        """The part as the pack itself has it."""
        return self.pack.parts[self.name]

    @property
    def is_behind(self) -> bool:
        """Whether the pack has a newer edition than the one that the local version was made from."""
        return self.local is not None and not _made_from(self.local, self.pack)


@dataclass(frozen=True, slots=True)
class Faults:
    """Where a changed part would no longer fit the others of its guidance, and did so before.

    What it refers to and is not there has to be mended first; what it leaves unsaid may be said after it is kept.
    """

    to_mend: tuple[str, ...] = ()
    left_open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """Every part in force on one day; read once, so that a page asks the database once."""

    on: date
    pack: Pack
    parts: Mapping[str, PartInForce]

    def part(self, name: str) -> Part | None:
        """This function will give a part, or nothing where no guidance in force has it."""
        found = self.parts.get(name)
        return found.content if found else None


def packs() -> tuple[Pack, ...]:
    """This function will give every pack, the oldest first."""
    return tuple(PACKS.values())


def pack(pack_id: str) -> Pack:
    """This function will give a pack as published, without local changes; KeyError where there is none of that name."""
    return PACKS[pack_id]


def pack_in_force(on: date) -> Pack:
    """This function will give the guidance in force on a day (FRW-01); the oldest before any was."""
    return in_force(packs(), on)


def replaced_by(pack_id: str, on: date) -> Successor | None:
    """This function will give the guidance that had come in the place of another by a day (FRW-03)."""
    return packing.replaced_by(packs(), pack_id, on)


def rules_on(on: date) -> Rules:
    """This function will give all parts in force on a day, local changes applied."""
    kept = _local_versions()
    holders = {name: holder_of(packs(), name, on) for name in rulebook.PARTS}
    parts = {name: _applied(holder, name, on, kept) for name, holder in holders.items() if holder}
    return Rules(on, pack_in_force(on), parts)


def standing_on(on: date) -> dict[str, list[PartInForce]]:
    """This function will give every part of every pack as it stood on a day, by pack, in force or not."""
    kept = _local_versions()
    return {holder.id: [_applied(holder, name, on, kept) for name in holder.parts] for holder in packs()}


def part_with_origin(name: str, on: date) -> PartInForce | None:
    """This function will give a part in force on a day, and tell its pack, its version, and whether it is local.

    A part that the pack in force lacks is taken from the next later pack that has it; a part that only an earlier
    pack has is in force no longer, and ``part_of`` alone gives it.
    """
    holder = holder_of(packs(), name, on)
    return _applied(holder, name, on, _local_versions()) if holder else None


def part_of(pack_id: str, name: str, on: date) -> PartInForce | None:
    """This function will give a part of a named pack as it stood on a day, in force or not."""
    holder = PACKS.get(pack_id)
    return _applied(holder, name, on, _local_versions()) if holder and name in holder.parts else None


def clocks_of(pack_id: str, on: date) -> clocks.Clocks | None:
    """This function will give the clocks of a named pack as they stood on a day; nothing where it has none."""
    found = part_of(pack_id, "clocks", on)
    return cast(clocks.Clocks, found.content) if found else None


def is_stopped(pack_id: str, clock_id: clocks.ClockId, on: date) -> bool:
    """This function will say whether a house has switched a clock of a named pack off."""
    found = clocks_of(pack_id, on)
    return found is not None and found.is_stopped(clock_id)


def faults_of(now: PartInForce, made: Part, on: date) -> Faults:
    """This function will hold a changed part against the other parts of its guidance, as they count on a day (FRW-08)."""
    others = {one.name: one.content for one in standing_on(on)[now.pack.id]}
    changed = {**others, now.name: made}
    to_mend = tuple(one for one in dangling(changed) if one not in dangling(others))
    known = {*to_mend, *faults_between(others)}
    return Faults(to_mend, tuple(one for one in faults_between(changed) if one not in known))


@overload
def part(name: Literal["sources"], on: date) -> rulebook.Sources: ...
@overload
def part(name: Literal["contributions"], on: date) -> rulebook.Contributions: ...
@overload
def part(name: Literal["freshness"], on: date) -> rulebook.Freshness: ...
@overload
def part(name: Literal["proposals"], on: date) -> rulebook.Proposals: ...
@overload
def part(name: Literal["themes"], on: date) -> rulebook.Themes: ...
@overload
def part(name: Literal["grading"], on: date) -> rulebook.Grading: ...
@overload
def part(name: Literal["evidence"], on: date) -> rulebook.EvidenceCategories: ...
@overload
def part(name: Literal["populations"], on: date) -> rulebook.Populations: ...
@overload
def part(name: Literal["issue_types"], on: date) -> rulebook.IssueTypes: ...
@overload
def part(name: Literal["safeguarding"], on: date) -> rulebook.SafeguardingPrompts: ...
@overload
def part(name: Literal["heat_map"], on: date) -> tools.HeatMap: ...
@overload
def part(name: Literal["trigger_tool"], on: date) -> tools.TriggerTool: ...
@overload
def part(name: Literal["risk_profile"], on: date) -> tools.RiskProfile: ...
@overload
def part(name: Literal["levels"], on: date) -> levels.Levels: ...
@overload
def part(name: Literal["triggers"], on: date) -> levels.Triggers: ...
@overload
def part(name: Literal["authority"], on: date) -> authority.Authorities: ...
@overload
def part(name: Literal["notices"], on: date) -> duties.Notices: ...
@overload
def part(name: Literal["mapping"], on: date) -> duties.LevelMap: ...
@overload
def part(name: Literal["clocks"], on: date) -> clocks.Clocks: ...
@overload
def part(name: Literal["risk_matrix"], on: date) -> risks.RiskMatrix: ...
@overload
def part(name: Literal["risk_appetite"], on: date) -> risks.RiskAppetite: ...
@overload
def part(name: Literal["registers"], on: date) -> registers.Registers: ...
@overload
def part(name: Literal["register_checks"], on: date) -> selfchecks.RegisterChecks: ...
@overload
def part(name: Literal["group_types"], on: date) -> groups.GroupTypes: ...
@overload
def part(name: Literal["reports"], on: date) -> reports.Reports: ...
@overload
def part(name: Literal["terms"], on: date) -> terms.Terms: ...
@overload
def part(name: Literal["effectiveness"], on: date) -> effectiveness.Effectiveness: ...
@overload
def part(name: str, on: date) -> Part | None: ...
def part(name: str, on: date) -> Part | None:
    """This function will give a part in force on a day, local changes applied; nothing where no guidance has it.

    The newest pack holds every part that is named above, so that for these there is always one.
    """
    found = part_with_origin(name, on)
    return found.content if found else None


def local_versions(pack_id: str, name: str) -> tuple[LocalVersion, ...]:
    """This function will give every local version of a part, the newest first, those taken back included."""
    return tuple(reversed([one for one in _local_versions() if (one.pack, one.part) == (pack_id, name)]))


@until_anything_changes
def _local_versions() -> tuple[LocalVersion, ...]:
    return tuple(
        LocalVersion(
            change=row.pk,
            pack=row.pack,
            part=row.part,
            content=row.content,
            derived_from=row.derived_from_version,
            because=row.because,
            at=row.recorded_at,
            by=row.recorded_by,
        )
        for row in LocalPart.objects.order_by("pk")
    )


def _applied(holder: Pack, name: str, on: date, kept: tuple[LocalVersion, ...]) -> PartInForce:
    """The newest local version that was kept by the end of the day, or the pack's own."""
    own = holder.parts[name]
    mine = [one for one in kept if (one.pack, one.part) == (holder.id, name) and timezone.localdate(one.at) <= on]
    newest = mine[-1] if mine else None
    version = Version(holder.id, holder.version, newest.change if newest else 0)
    if newest is None or not newest.content:
        return PartInForce(name, holder, version, own)
    try:
        return PartInForce(name, holder, version, parse(name, newest.content), newest)
    except RulebookError as error:
        return PartInForce(name, holder, version, own, newest, tuple(str(one) for one in error.problems))


def _made_from(local: LocalVersion, holder: Pack) -> bool:
    edition = str(Version(holder.id, holder.version))
    return local.derived_from == edition or local.derived_from.startswith(f"{edition},")
