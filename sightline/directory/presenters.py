"""Areas, histories and accountability in words and rows for a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sightline.directory.models import Organisation
from sightline.directory.queries import Accountability, AreaChoice, History
from sightline.directory.words import FactKind, Kind
from sightline.web.wording import day

FACT = {
    FactKind.MOU: "memorandum of understanding with the region",
    FactKind.QUALITY_LEAD: "executive lead for quality",
    FactKind.QUALITY_STRATEGY: "quality strategy",
    FactKind.GOVERNANCE_PROCESS: "process for governance, risk and response",
    FactKind.SQG_DEFINED: "system quality group",
}


def area_groups(areas: Iterable[AreaChoice]) -> list[tuple[str, list[tuple[str, str]]]]:
    """This function will group areas for a list to choose from: each region with its systems, and their places."""
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    for area in areas:
        if area.kind is Kind.REGION:
            groups.append((area.name, [(area.code, f"All of {area.name}")]))
        else:
            if not groups:
                groups.append(("Systems", []))
            name = f"\N{EM SPACE}{area.name}" if area.kind is Kind.SUB_ICB else area.name
            groups[-1][1].append((area.code, name))
    return groups


def names(organisations: Sequence[Organisation]) -> str:
    """This function will list organisations by name."""
    return ", ".join(organisation.name for organisation in organisations)


def accountability_rows(found: Accountability) -> list[tuple[str, str]]:
    """This function will say where accountability sits, and what is not recorded (ORG-15)."""
    rows = [
        ("Accountable body", names(found.accountable)),
        ("Assuring committee", found.committee),
        ("Region", names(found.regions)),
    ]
    if found.needs_process_lead or found.process_lead:
        rows.insert(1, ("Process lead, agreed among its systems", found.process_lead))
    return rows


def history_lines(history: History) -> list[str]:
    """This function will tell a body's past and future in sentences, the oldest first."""
    lines = [_step(step.old.name, step.new.name, day(step.on), step.is_part) for step in history.before]
    for name, since in history.names[:-1]:
        lines.append(f"Called {name}{f' in a list of {day(since)}' if since else ''}.")
    lines += [_step(step.old.name, step.new.name, day(step.on), step.is_part) for step in history.after]
    return lines


def _step(old: str, new: str, on: str, is_part: bool) -> str:
    when = f" on {on}" if on else ""
    return f"Part of {old} went over to {new}{when}." if is_part else f"{old} became part of {new}{when}."
