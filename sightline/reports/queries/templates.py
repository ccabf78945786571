"""By which templates a group reports: those of its guidance that are gathered here and that a group like it sends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sightline.core.rulebook.levels import GROUPS, Slot
from sightline.core.rulebook.reports import Reports, ReportTemplate
from sightline.groups.models import Group
from sightline.groups.queries.standing_pages import group_types, pack_of_group
from sightline.reports.models import Report
from sightline.rulebook.queries import pack, part_of

_ANY_GROUP = frozenset({Slot.GROUP_CHAIR, Slot.SECRETARIAT})  # there is one for each group


@dataclass(frozen=True, slots=True)
class LaidDown:
    """A template, the title of its guidance, and the version that is recorded with what is made by it."""

    template: ReportTemplate
    pack: str
    guidance: str
    version: str


def templates_for(group: Group, on: date) -> tuple[LaidDown, ...]:
    """This function will give the reports that a group may begin on a day (FRW-01, GRP-04, RPT-14, RPT-23)."""
    name = pack_of_group(group, on)
    kind = group_types(name, on).type(group.kind)
    slot = kind.slot if kind else None
    return tuple(one for one in _laid_down(name, on) if one.template.is_gathered and _sends(slot, one.template))


def template_of(report: Report, on: date) -> LaidDown | None:
    """This function will give the template of a report as it stands; nothing where its guidance has it no more."""
    return next((one for one in _laid_down(report.pack, on) if one.template.id == report.template), None)


def _laid_down(name: str, on: date) -> tuple[LaidDown, ...]:
    found = part_of(name, "reports", on)
    if found is None or not isinstance(found.content, Reports):
        return ()
    return tuple(LaidDown(one, name, pack(name).title, str(found.version)) for one in found.content.templates)


def _sends(slot: Slot | None, template: ReportTemplate) -> bool:
    """Whether a group of a role sends it: a template for another kind of group is not offered."""
    sender = template.sender_slot
    return sender not in GROUPS or sender in _ANY_GROUP or sender is slot
