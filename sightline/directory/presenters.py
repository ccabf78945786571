"""The directory in words: kinds, where a body comes from, what became of it, and whose levers may be used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sightline.directory.models import Organisation
from sightline.directory.models.choices import label
from sightline.directory.queries import Accountability, AreaChoice, History, Lever, MapShape, Succession
from sightline.directory.words import INDEPENDENT, FactKind, Kind
from sightline.web.wording import day

_LEVERS = {
    Lever.CONTRACT: "the contract with its commissioners",
    Lever.OTHER_REGULATORS: "other regulators",
    Lever.NHS_OVERSIGHT: "NHS oversight",
}


def kind_in_words(organisation: Organisation) -> str:
    """This function will name an organisation's kind as people read it."""
    return label(organisation.kind)


def history_in_words(history: History) -> tuple[str, ...]:
    """This function will tell where a body comes from, what it was called, and what became of it (ORG-02)."""
    own = history.organisation
    told = [_took_over(step) for step in history.before if step.new.pk == own.pk]
    told += [f"Called {name} from at least {day(since)}." for name, since in history.names[:-1] if since]
    told += [_became(step) for step in history.after if step.old.pk == own.pk]
    if not any(step.old.pk == own.pk for step in history.after):
        told += _ended(own)
    return tuple(told)


def _took_over(step: Succession) -> str:
    on = f"On {day(step.on)} " if step.on else "At some time "
    return f"{on}took over {'part of ' if step.is_part else ''}{step.old.name} ({step.old.code})."


def _became(step: Succession) -> str:
    on = f"On {day(step.on)} " if step.on else "At some time "
    return f"{on}{'partly ' if step.is_part else ''}became {step.new.name} ({step.new.code})."


def _ended(own: Organisation) -> list[str]:
    if own.closed_on:
        return [f"Closed on {day(own.closed_on)}; no list names a successor."]
    if own.delisted_on:
        return [f"No longer on its list of {day(own.delisted_on)}; no list says why."]
    return []


def levers_in_words(organisation: Organisation, levers: tuple[Lever, ...]) -> str:
    """This function will say which levers may be used, and why NHS oversight may be missing (ORG-12)."""
    words = " and ".join(_LEVERS[lever] for lever in levers)
    why = ""
    if Kind(organisation.kind) in INDEPENDENT:
        why = " NHS England has no regulatory remit over the quality of independent providers."
    return f"Improvement may be brought about through {words}.{why}"


def shape_in_words(shape: MapShape) -> str:
    """This function will say what a shape on the map shows, for those who do not see it."""
    if shape.divided_among:
        return f"Former area of {shape.name}, divided among {', '.join(shape.divided_among)}."
    if shape.made_of and shape.is_incomplete:
        return f"{shape.name}: the former {', '.join(shape.made_of)}, and a part of a divided area."
    if shape.made_of:
        return f"{shape.name}: the former {', '.join(shape.made_of)}."
    return f"{shape.name}, and a part of a divided area." if shape.is_incomplete else shape.name


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
