"""Whether the parts of one guidance fit each other: a trigger of a level that there is, a level that somebody authorises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product

from sightline.core.rulebook.authority import Authorities
from sightline.core.rulebook.circumstances import Circumstances, Commissioner
from sightline.core.rulebook.clocks import Clocks
from sightline.core.rulebook.duties import LevelMap, Notices
from sightline.core.rulebook.groups import GroupTypes
from sightline.core.rulebook.levels import NATIONAL, REGIONAL, Levels, Need, NeedRule, Triggers
from sightline.core.rulebook.readings import Readings, entry_of
from sightline.core.rulebook.registers import Registers
from sightline.core.rulebook.reports import Reports
from sightline.core.rulebook.shapes import Part
from sightline.core.rulebook.terms import Terms

# What a fault may speak of, and the part in which it stands.
_STANDS_IN = {
    "trigger": "triggers",
    "authority": "authority",
    "notice": "notices",
    "route": "notices",
    "clock": "clocks",
    "pair": "mapping",
    "report": "reports",
    "level": "levels",
    "model": "terms",
    "reading": "readings",
}
_SPEAKS_OF = re.compile(rf"the ({'|'.join(_STANDS_IN)}) “([^”]+)”", re.IGNORECASE)


def faults_between(parts: Mapping[str, Part]) -> tuple[str, ...]:
    """This function will name whatever one part of a guidance says that another does not bear out, or leaves open.

    A guidance without levels of its own says nothing that could be held against them.
    """
    levels, triggers, authority = parts.get("levels"), parts.get("triggers"), parts.get("authority")
    found = list(dangling(parts))
    if isinstance(levels, Levels) and isinstance(triggers, Triggers):
        found += _without_trigger(levels, triggers)
    if isinstance(levels, Levels) and isinstance(authority, Authorities):
        found += _without_authority(levels, authority)
    return tuple(found)


def place_of(fault: str) -> tuple[str, str]:
    """This function will give the part and the entry of which a fault speaks first, so that it is found to be mended."""
    found = _SPEAKS_OF.search(fault)
    return (_STANDS_IN[found[1].lower()], found[2]) if found else ("", "")


def dangling(parts: Mapping[str, Part]) -> tuple[str, ...]:
    """This function will name whatever a part refers to that another part does not have.

    What is merely not said yet is no fault here, so that a house can add a level first and its authority after.
    """
    levels, authority = parts.get("levels"), parts.get("authority")
    notices, clocks, reports = parts.get("notices"), parts.get("clocks"), parts.get("reports")
    found: list[str] = list(_elsewhere(clocks, parts)) if isinstance(clocks, Clocks) else []
    if isinstance(levels, Levels):
        known = {one.id for one in levels.levels}
        named = (pair for part in parts.values() for pair in _named(part))
        found += [f"{where} names a level “{level}” that there is not." for where, level in named if level not in known]
    if isinstance(notices, Notices):
        found += _without_name(notices, authority) if isinstance(authority, Authorities) else ()
        found += _without_clock(notices, clocks)
        found += _without_register(notices, parts.get("registers"))
    if isinstance(reports, Reports):
        found += _without_time(reports, clocks)
    if isinstance(reports, Reports) and isinstance(authority, Authorities):
        found += _without_role(reports, authority)
    terms, types = parts.get("terms"), parts.get("group_types")
    if isinstance(terms, Terms) and isinstance(types, GroupTypes):
        found += _without_type(terms, types)
    readings = parts.get("readings")
    if isinstance(readings, Readings):
        found += _without_entry(readings, parts)
    return tuple(found)


def _named(part: Part) -> Iterator[tuple[str, str]]:
    """Each place of a part that names a level, with the level."""
    match part:
        case Triggers():
            yield from (
                (f"The trigger “{one.id}”", one.of) for one in part.triggers if one.of not in {REGIONAL, NATIONAL}
            )
        case Authorities():
            yield from ((f"The authority “{one.id}”", one.level) for one in part.authorities)
        case Notices():
            yield from ((f"The notice “{one.id}”", level) for one in part.notices for level in one.levels)
        case Clocks():
            yield from ((f"The clock “{one.id.value}”", level) for one in part.clocks for level in one.levels)
        case LevelMap():
            yield from ((f"The pair “{one.id}”", one.comes_nearest) for one in part.pairs)


def _without_trigger(levels: Levels, triggers: Triggers) -> Iterator[str]:
    for level in levels.levels:
        rules: tuple[NeedRule, ...] = (*level.needs, *(levels.every_move if level.rank > 1 else ()))
        if any(one.need is Need.TRIGGER for one in rules) and not triggers.of(level.id):
            yield f"The level “{level.id}” needs a trigger, and “triggers” has none of it."


def _without_authority(levels: Levels, authority: Authorities) -> Iterator[str]:
    for level, route, is_icb in product(levels.levels[1:], Commissioner, (False, True)):
        if authority.of(level.id, Circumstances(commissioned_by=route, is_the_icb=is_icb)) is None:
            yield f"Nobody authorises the level “{level.id}” where it is commissioned by “{route.value}”."
            return


def _without_role(reports: Reports, authority: Authorities) -> Iterator[str]:
    named = {one.id for one in authority.slots}
    for one in reports.templates:
        for slot in sorted({*filter(None, (one.sender_slot, one.recipient_slot))} - named):
            yield f"The report “{one.id}” names a role “{slot.value}” that “authority” does not name."


def _without_name(notices: Notices, authority: Authorities) -> Iterator[str]:
    named = {one.id for one in authority.slots}
    for one in notices.notices:
        for slot in sorted({one.by, one.to, *filter(None, [one.by_if_several])} - named):
            yield f"The notice “{one.id}” names a role “{slot.value}” that “authority” does not name."
    for route in notices.routes:
        for slot in sorted({route.sender, route.to} - named):
            yield f"The route “{route.id}” names a role “{slot.value}” that “authority” does not name."


def _without_type(terms: Terms, types: GroupTypes) -> Iterator[str]:
    for one in terms.models:
        kind = types.type(one.id)
        if kind is None:
            yield f"The model “{one.id}” is for a type of group that “group_types” does not have."
            continue
        known = {to.id for to in kind.reports_to}
        for to in sorted({to for need in one.must_report for to in need.any_of} - known):
            yield f"The model “{one.id}” has to report to “{to}”, to whom groups of that type do not report."


def _without_entry(readings: Readings, parts: Mapping[str, Part]) -> Iterator[str]:
    for one in readings.readings:
        for place in one.stands_in:
            if entry_of(parts, place) is None:
                yield f"The reading “{one.id}” stands in “{place.part}” at “{place.entry}”, which there is not."


def _elsewhere(clocks: Clocks, parts: Mapping[str, Part]) -> Iterator[str]:
    for one in clocks.clocks:
        if one.stands_in is not None and one.stands_in not in parts:
            yield f"The clock “{one.id.value}” has its length in “{one.stands_in}”, which this guidance does not have."


def _without_clock(notices: Notices, clocks: Part | None) -> Iterator[str]:
    for one in notices.notices:
        if one.clock is not None and not (isinstance(clocks, Clocks) and clocks.clock(one.clock)):
            yield f"The notice “{one.id}” comes again by a clock “{one.clock}” that there is not."


def _without_time(reports: Reports, clocks: Part | None) -> Iterator[str]:
    for one in reports.templates:
        if one.clock is not None and not (isinstance(clocks, Clocks) and clocks.clock(one.clock)):
            yield f"The report “{one.id}” comes while a clock “{one.clock.value}” runs that there is not."


def _without_register(notices: Notices, registers: Part | None) -> Iterator[str]:
    for one in notices.notices:
        if one.registers and not isinstance(registers, Registers):
            yield f"The notice “{one.id}” asks for a risk on a register, and this guidance has no part “registers”."
