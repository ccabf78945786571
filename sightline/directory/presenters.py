"""The directory in words: kinds, where a body comes from, what became of it, and whose levers may be used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sightline.core.risks.oversight import (
    RecoverySupport,
    Segment,
    SegmentChange,
    change,
    may_compare,
    names_its_director,
)
from sightline.core.verdict import ALLOWED
from sightline.directory import wording
from sightline.directory.models import Commissioning, Identifier, Organisation, OrganisationFact, Relation
from sightline.directory.models.choices import label
from sightline.directory.queries import (
    Accountability,
    AreaChoice,
    History,
    Lever,
    MapShape,
    Oversight,
    Succession,
    levers_for,
)
from sightline.directory.queries.pages import Unsettled
from sightline.directory.sources import DERIVED, PERSON
from sightline.directory.words import GOVERNANCE_NEEDED, INDEPENDENT, PROVIDERS, FactKind, Kind, Link, Route, Scheme
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
    *others, last = (_LEVERS[lever] for lever in levers)
    words = f"{', '.join(others)} and {last}"
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


FACT = wording.FACT


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


# Said among who is responsible already, and not twice.
_SAID_ABOVE = {FactKind.PROCESS_LEAD, FactKind.ACCOUNTABLE_BODY, FactKind.ASSURING_COMMITTEE}


def standing_words(
    body: Organisation,
    facts: Mapping[FactKind, OrganisationFact],
    services: Iterable[Commissioning],
    systems: Sequence[Organisation],
) -> list[tuple[str, str]]:
    """This function will say what is on record about a body: systems, services, levers and facts with their source."""
    rows = [("Member of the quality groups of", names(systems))] if systems and body.kind != Kind.ICB else []
    rows += [(f"Service: {one}", f"{route}. {dates}.") for one, route, dates in service_rows(services)]
    if Kind(body.kind) in PROVIDERS:
        rows.append(("Levers", levers_in_words(body, levers_for(body))))
    told = {kind: fact for kind, fact in facts.items() if kind not in _SAID_ABOVE}
    return rows + [(row.label, f"{row.says}. {row.dates}, {row.source}") for row in fact_rows(told)]


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact on a page: what it is about, what it says, since when and by which source; empty where unrecorded."""

    kind: str
    label: str
    says: str = ""
    dates: str = ""
    source: str = ""


def fact_rows(standing: Mapping[FactKind, OrganisationFact], kinds: Iterable[FactKind] = ()) -> list[FactRow]:
    """This function will put the facts in force into words, and name those of ``kinds`` that are not on record."""
    unrecorded = [kind for kind in kinds if kind not in standing]
    rows = {kind: fact_row(standing[kind]) for kind in FACT if kind in standing}
    rows |= {kind: FactRow(kind.value, wording.begun(FACT[kind])) for kind in unrecorded}
    return [rows[kind] for kind in FACT if kind in rows]


def fact_row(fact: OrganisationFact) -> FactRow:
    """This function will put one fact into words."""
    kind = FactKind(fact.kind)
    return FactRow(
        kind=kind.value,
        label=wording.begun(FACT[kind]),
        says=_fact_says(kind, fact),
        dates=span(fact.valid_from, fact.valid_to),
        source=fact.source,
    )


def _fact_says(kind: FactKind, fact: OrganisationFact) -> str:
    said = ", ".join(filter(None, [fact.value, fact.other.name if fact.other else ""]))
    if fact.value in {"yes", "no"}:
        said = said.capitalize()
    if not said:
        return f"None, and known to be missing. {fact.detail}".strip()
    if kind is FactKind.OVERSIGHT_SEGMENT:
        return f"Segment {said} of the framework of {fact.detail}" if fact.detail else f"Segment {said}"
    return f"{said}. {fact.detail}" if fact.detail else said


def span(first: date | None, last: date | None) -> str:
    """This function will say from when to when something holds."""
    words = [f"from {day(first)}" if first else "", f"until {day(last)}" if last else ""]
    return wording.begun(" ".join(filter(None, words))) or "No date recorded"


def service_rows(services: Iterable[Commissioning]) -> list[tuple[str, str, str]]:
    """This function will say of each service who commissions it, by which route, and since when (ORG-07)."""
    return [
        (one.service, f"{wording.begun(wording.ROUTE[Route(one.route)])}: {one.commissioner.name}", _span_of(one))
        for one in services
    ]


def relation_rows(relations: Iterable[Relation]) -> list[tuple[str, str, str]]:
    """This function will say how a body stands to others, since when, and by whose word."""
    return [(_relation_says(one), _span_of(one), _whose_word(one.source)) for one in relations]


def _span_of(record: Commissioning | Relation) -> str:
    return span(record.valid_from, record.valid_to)


def _relation_says(relation: Relation) -> str:
    words = "succeeded in part by" if relation.is_part else wording.LINK[Link(relation.link)]
    return wording.begun(f"{words} {relation.target.name} ({relation.target.code})")


def _whose_word(source: str) -> str:
    if source == PERSON:
        return "Written down here"
    return "Worked out from other relations" if source == DERIVED else f"List “{source.replace('_', ' ')}”"


def identifier_rows(identifiers: Iterable[Identifier]) -> list[tuple[str, str]]:
    """This function will give a body's other codes, each with whose it is."""
    return [(wording.SCHEME[Scheme(one.scheme)], one.value) for one in identifiers]


def unsettled_words(one: Unsettled) -> str:
    """This function will say why nobody can tell where a body belongs now."""
    heirs = names(one.found.candidates)
    return f"{one.found.area.name} was divided among {heirs}. Nothing published says to which of them it went."


def fact_question(kind: FactKind, hint: str) -> dict[str, str]:
    """This function will give the words of the page that asks for a fact."""
    words = FACT[kind]
    return {"title": f"Record: {words}", "intro": hint, "button": "Record", "said": f"Recorded: {words}."}


# The words of the pages that ask for everything else.
SERVICE = {
    "title": "Record who commissions a service",
    "intro": "One service at a time; a provider with several commissioners has several records.",
    "button": "Record the service",
    "said": "The service is recorded.",
}
RELATION = {
    "title": "Record how it stands to another organisation",
    "intro": "What you write stands beside what the lists say. To end a relation, record it again with its last day.",
    "button": "Record the relation",
    "said": "The relation is recorded.",
}
CODE = {
    "title": "Record another code",
    "intro": "Files that use this code will then be understood to speak of this organisation.",
    "button": "Record the code",
    "said": "The code is recorded.",
}
PROVIDER = {
    "title": "Add a provider",
    "intro": "For a provider that no list has. Whoever cares for the population may be watched over: no contract is needed.",
    "button": "Add the provider",
    "said": "The provider is added.",
}
SUBJECT = {
    "title": "Add a subject that is no provider",
    "intro": "What is watched over need not be an organisation: a pathway, a theme, a sector, a group, a place.",
    "button": "Add the subject",
    "said": "The subject is added.",
}


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """One oversight segment on a page, with the year of the framework within which alone it means something."""

    year: str
    segment: str
    dates: str
    source: str
    change: str


_CHANGE = {
    SegmentChange.LESS_SUPPORT: "Less support or intervention than before",
    SegmentChange.MORE_SUPPORT: "More support or intervention than before",
    SegmentChange.SAME: "As before",
}


def segment_rows(oversight: Oversight) -> list[SegmentRow]:
    """This function will tell the segments, the newest first; each is compared within its framework year only (ORG-16)."""
    befores: list[Segment | None] = [None, *oversight.segments]
    pairs = list(zip(befores, oversight.segments, strict=False))
    return [
        SegmentRow(
            one.framework_year or "Not recorded",
            f"Segment {one.number}",
            _dates(one.since, one.until),
            one.source,
            _changed(before, one),
        )
        for before, one in reversed(pairs)
    ]


def _changed(before: Segment | None, one: Segment) -> str:
    if before is None:
        return ""
    found = change(before, one) if one.framework_year else None
    return _CHANGE[found] if found else "Not to be compared: another framework year"


def comparison_words(oversight: Oversight) -> str:
    """This function will refuse to compare segments of several framework years; nothing where all are of one (ORG-16)."""
    for before, one in zip(oversight.segments, oversight.segments[1:], strict=False):
        if verdict := may_compare(before, one):
            continue
        return verdict.reasons[0].says
    return ""


def support_words(oversight: Oversight) -> tuple[list[str], str]:
    """This function will tell the times in the Recovery Support Programme, and what is missing now (ORG-17)."""
    said = [_supported(one, is_now=one == oversight.support) for one in oversight.programmes]
    lacking = names_its_director(oversight.support) if oversight.support else ALLOWED
    return said, "" if lacking else lacking.reasons[0].says


def _supported(one: RecoverySupport, is_now: bool) -> str:
    words = f"In the NHS Recovery Support Programme: {_dates(one.since, one.until).lower()}."
    if not one.director:
        return words
    if not is_now:
        return f"{words} The improvement director was {one.director}."
    return (
        f"{words} The improvement director, {one.director}, is consulted before an action or improvement plan is agreed "
        "(NQB risk response 2022, Core components)."
    )


def memorandum_words(oversight: Oversight) -> list[tuple[str, str]]:
    """This function will say what the region and the board agreed, or that nothing of it is on record (ORG-13)."""
    found = oversight.memorandum
    if found is None:
        return []
    return [
        ("Memorandum", found.name),
        ("What it sets", found.sets or "Not recorded: who owns which risk, and how far the region is involved"),
        ("Since", day(found.since) if found.since != date.min else "No date recorded"),
        ("Source", found.source),
    ]


def missing_words(standing: Mapping[FactKind, OrganisationFact]) -> list[str]:
    """This function will name what a board must have on record and has not (ORG-13, ORG-14; SQG 2022 §1.2)."""
    has = {kind for kind, fact in standing.items() if fact.value or fact.other_id}
    return [FACT[kind] for kind in GOVERNANCE_NEEDED if kind not in has]


def _dates(since: date, until: date | None) -> str:
    """From the first day to the last, where a fact ends before ``until``."""
    return span(None if since == date.min else since, until - timedelta(days=1) if until else None)
