"""Plans in words: lines of the list, a version with its parts, and what of it is not there yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from sightline.core.improvement.completeness import Part
from sightline.core.improvement.facts import Alignment
from sightline.core.verdict import Reason
from sightline.improvement.models import PlanAction, PlanApproval, PlanVersion
from sightline.improvement.presenters.effects import KpiLine
from sightline.improvement.queries.plans import APPROVED, ENDED, OPEN, PlanRow
from sightline.profiles.presenters.words import stays
from sightline.web.wording import day

UNKNOWN = "somebody no longer listed"
STATES = [(APPROVED, "Approved"), (OPEN, "Not approved"), (ENDED, "Ended")]
Tag = tuple[str, str]
_APPROVED: Tag = ("Approved", "nhsuk-tag--green")
_CHANGED: Tag = ("Changed since it was approved", "nhsuk-tag--yellow")
_ENDED: Tag = ("Ended", "nhsuk-tag--grey")
_DRAFT: Tag = ("Not approved", "nhsuk-tag--grey")


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan of the list."""

    href: str
    name: str
    subject: str
    tag: Tag
    says: str


def plan_lines(rows: Iterable[PlanRow]) -> list[PlanLine]:
    """This function will write plans for a list."""
    return [_line(row) for row in rows]


def _line(row: PlanRow) -> PlanLine:
    says = f"Version {row.newest.number}, written on {day(row.newest.recorded_at)}."
    if row.approved is not None and not row.is_approved:
        says += f" Version {row.approved.number} was approved on {day(row.approved.approval.approved_at)}."
    return PlanLine(
        reverse("plan", args=[row.plan.pk]),
        row.newest.name,
        row.plan.subject.name,
        _ENDED if hasattr(row.plan, "ending") else _tag(row.newest, row.approved),
        says,
    )


def _tag(version: PlanVersion, approved: PlanVersion | None) -> Tag:
    if approved is None:
        return _DRAFT
    return _APPROVED if approved.pk == version.pk else _CHANGED


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part of a plan as it is seen at a glance."""

    name: str
    tag: Tag
    gaps: tuple[Reason, ...]
    source: str


def part_lines(parts: Iterable[Part]) -> list[PartLine]:
    """This function will say of each part whether it is there; what is not asked for here is left out."""
    return [PartLine(one.name, _part_tag(one), one.gaps, one.source) for one in parts if one.is_asked and _is_told(one)]


def _is_told(part: Part) -> bool:
    """What is there and was never asked for outside of this house is told only where it is not right."""
    return bool(part.gaps) or part.source != "local"


def _part_tag(part: Part) -> Tag:
    if not part.gaps:
        return ("There", "nhsuk-tag--green")
    return ("Missing", "nhsuk-tag--red") if part.is_must else ("Advised", "nhsuk-tag--yellow")


@dataclass(frozen=True, slots=True)
class ActionLine:
    """What is done, by whom, by when."""

    what: str
    owner: str
    due: str
    is_past: bool


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version of a plan for its page."""

    version: PlanVersion
    by: str
    tag: Tag
    objectives: tuple[str, ...]
    kpis: tuple[KpiLine, ...]
    actions: tuple[ActionLine, ...]
    commissioners: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    stays: str
    approval: tuple[str, ...]  # who and when; why; why its words stay
    remarks: tuple[str, ...]


def version_view(
    version: PlanVersion,
    *,
    names: Mapping[str, str],
    kpis: Sequence[KpiLine],
    keeps: bool,
    on: date,
) -> VersionView:
    """This function will write one version; why personal data stays in it is for those who keep the record."""
    approval: PlanApproval | None = getattr(version, "approval", None)
    return VersionView(
        version=version,
        by=names.get(version.recorded_by, UNKNOWN),
        tag=_APPROVED if approval else _DRAFT,
        objectives=tuple(version.objectives.splitlines()),
        kpis=tuple(kpis),
        actions=tuple(_action(one, on) for one in version.actions.all()),
        commissioners=tuple(
            (one.organisation.name if one.organisation else one.body, one.action) for one in version.commissioners.all()
        ),
        facts=tuple((label, words) for label, words in _facts(version) if words),
        stays=stays(version.knowingly, keeps),
        approval=_approved(approval, names, keeps) if approval else (),
        remarks=tuple(approval.remarks.splitlines()) if approval else (),
    )


def version_lines(versions: Iterable[PlanVersion]) -> list[tuple[int, str]]:
    """This function will name the versions of a plan, the newest first: each with its number and what came of it."""
    said = []
    for one in versions:
        approved = f", approved on {day(one.approval.approved_at)}" if hasattr(one, "approval") else ""
        said.append((one.number, f"of {day(one.recorded_at)}{approved}"))
    return said[::-1]


def people_of(versions: Iterable[PlanVersion]) -> set[str]:
    """This function will give whoever wrote or approved versions, by their actor ids."""
    return {
        one
        for version in versions
        for one in (version.recorded_by, version.approval.approved_by if hasattr(version, "approval") else "")
        if one
    }


def _action(one: PlanAction, on: date) -> ActionLine:
    body = one.organisation.name if one.organisation else one.body
    return ActionLine(
        one.what, ", ".join(filter(None, [one.owner, body])), day(one.due_on), bool(one.due_on and one.due_on < on)
    )


def _facts(version: PlanVersion) -> Iterable[tuple[str, str]]:
    yield "Starts on", day(version.starts_on)
    yield "Contractual processes and requirements", version.contract
    yield "Regulatory frameworks", version.regulation
    yield "Aligned with", _aligned(version)
    yield "Improvement Director consulted", " on ".join(filter(None, [version.director, day(version.consulted_on)]))
    yield "Recovery plan", version.recovery_plan
    yield "Developed by", version.developed_by
    yield "Developed with", version.developed_with


def _aligned(version: PlanVersion) -> str:
    if version.alignment == Alignment.NONE:
        return "There are no other plans or offers of support to align with."
    return version.aligned_with


def _approved(approval: PlanApproval, names: Mapping[str, str], keeps: bool) -> tuple[str, ...]:
    who = names.get(approval.approved_by, UNKNOWN)
    own = stays(approval.knowingly, keeps)
    return tuple(filter(None, [f"Approved by {who} on {day(approval.approved_at)}.", approval.because, own]))
