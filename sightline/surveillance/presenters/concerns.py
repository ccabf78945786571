"""Concerns in words: lines of the list, what is said of one, and rows of a copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from sightline.core.intelligence.wording import first_line
from sightline.core.rulebook.authority import CommissionerName
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.registers import Registers
from sightline.profiles.presenters.words import stays
from sightline.surveillance.models import ConcernEnding, ConcernReferral, ConcernStatement, ProcessLead
from sightline.surveillance.queries.concerns import CLOSED, OPEN, ConcernRow
from sightline.surveillance.words import Modifier
from sightline.web.wording import day, moment, plural

BEGINNING = 200
UNKNOWN = "somebody no longer listed"
_SEVERITY_TAG = {
    Severity.NONE: "nhsuk-tag--grey",
    Severity.MINOR: "nhsuk-tag--grey",
    Severity.MODERATE: "nhsuk-tag--yellow",
    Severity.SYSTEM: "nhsuk-tag--yellow",
    Severity.SIGNIFICANT: "nhsuk-tag--orange",
    Severity.VERY_SIGNIFICANT: "nhsuk-tag--red",
}
STATES = [(OPEN, "Open"), (CLOSED, "Closed")]
WAITING = [("yes", "Only where a referral is owed")]
HEADER = (
    "Subject", "Code", "Level", "Severity", "Complex", "Recurrent", "Raised on", "Closed on", "Referral owed",
    "Pieces of evidence", "What is wrong", "Why not closer to care", "Causes in the system",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ConcernLine:
    """One concern of the list."""

    href: str
    subject: str
    severity: tuple[str, str]
    begins: str
    says: str
    waits: bool
    is_open: bool


def severity_tag(severity: str, registers: Registers | None) -> tuple[str, str]:
    """This function will give the guidance's word for a severity, and its colour."""
    known = Severity(severity)
    return severity_names(registers)[known.value], _SEVERITY_TAG[known]


def severity_names(registers: Registers | None) -> dict[str, str]:
    """This function will give every word for how grave a concern is, rising; ids where no guidance has words."""
    named = {one.id.value: one.name for one in registers.severities} if registers else {}
    return {one.value: named.get(one.value, one.value) for one in Severity}


def concern_lines(rows: Iterable[ConcernRow], registers: Registers | None) -> list[ConcernLine]:
    """This function will write concerns for a list."""
    return [_line(row, registers) for row in rows]


def _line(row: ConcernRow, registers: Registers | None) -> ConcernLine:
    ending = getattr(row.concern, "ending", None)
    facts = [
        f"Raised on {day(row.concern.raised_on)}",
        f"Closed on {day(ending.ended_on)}" if ending else f"The subject stands at {row.level}",
        *modifier_words(row.statement, registers),
        plural(row.evidence, "piece of evidence", "pieces of evidence")
        if row.evidence
        else "No evidence that you may read",
    ]
    return ConcernLine(
        href=reverse("concern", args=[row.concern.pk]),
        subject=row.concern.subject.name,
        severity=severity_tag(row.statement.severity, registers),
        begins=first_line(row.statement.says, BEGINNING),
        says=". ".join(facts) + ".",
        waits=row.waits_for_referral,
        is_open=ending is None,
    )


def modifier_words(statement: ConcernStatement, registers: Registers | None) -> list[str]:
    """This function will name what makes a concern weigh more than its severity says."""
    names = {one.id: one.name for one in registers.modifiers} if registers else {}
    found = ((Modifier.COMPLEX, statement.is_complex), (Modifier.RECURRENT, statement.is_recurrent))
    return [names.get(one.value, one.value) for one, holds in found if holds]


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One statement of a concern as its page shows it."""

    number: int
    severity: tuple[str, str]
    modifiers: tuple[str, ...]
    says: str
    facts: tuple[tuple[str, str], ...]
    by: str
    at: datetime
    because: str


def statement_lines(
    statements: Iterable[ConcernStatement],
    names: Mapping[str, str],
    registers: Registers | None,
    commissioners: Iterable[CommissionerName],
    keeps_record: bool,
) -> list[StatementLine]:
    """This function will write what was said of a concern, the newest first."""
    routes = {one.id.value: one.name for one in commissioners}
    made = [
        StatementLine(
            number=one.number,
            severity=severity_tag(one.severity, registers),
            modifiers=tuple(modifier_words(one, registers)),
            says=one.says,
            facts=_facts(one, routes, keeps_record),
            by=names.get(one.recorded_by, UNKNOWN),
            at=one.recorded_at,
            because=one.because,
        )
        for one in statements
    ]
    return made[::-1]


def _facts(one: ConcernStatement, routes: Mapping[str, str], keeps_record: bool) -> tuple[tuple[str, str], ...]:
    reaches = [
        "It may bear on other areas, on a region or on the nation." if one.is_wider else "",
        "It needs action by a national body." if one.needs_national_action else "",
        "A conflict of interest stands in the way of those who would usually lead." if one.has_conflict else "",
    ]
    facts = [
        ("Commissioned by", routes.get(one.commissioned_by, one.commissioned_by)),
        ("How far it reaches", " ".join(filter(None, reaches))),
        ("Why not closer to the point of care", one.why_not_closer or "Not said yet."),
        ("Causes and solutions in the wider system", one.system_causes),
        ("What looks like personal data stays", one.knowingly if keeps_record else ""),
    ]
    return tuple((label, words) for label, words in facts if words)


def referral_words(one: ConcernReferral, names: Mapping[str, str], keeps_record: bool) -> str:
    """This function will say to whom a matter was reported, when, and under which reference."""
    how = "Raised as a strategic matter with" if one.is_strategic else "Reported to"
    reference = f", reference {one.reference}" if one.reference else ""
    by = names.get(one.recorded_by, UNKNOWN)
    says = f"{how} {one.body} on {day(one.referred_on)}{reference}. Recorded by {by} at {moment(one.recorded_at)}."
    return " ".join(filter(None, [says, stays(one.knowingly, keeps_record)]))


def lead_words(one: ProcessLead, keeps_record: bool) -> str:
    """This function will say who leads, since when, and with whom it was agreed."""
    says = f"{one.organisation.name} leads since {day(one.agreed_on)}, agreed with: {one.agreed_with}. {one.because}"
    return " ".join(filter(None, [says, stays(one.knowingly, keeps_record)]))


def ending_words(one: ConcernEnding, names: Mapping[str, str], keeps_record: bool) -> str:
    """This function will say when a concern was closed, by whom and why."""
    says = f"Closed on {day(one.ended_on)} by {names.get(one.recorded_by, UNKNOWN)}: {one.because}"
    return " ".join(filter(None, [says, stays(one.knowingly, keeps_record)]))


def copy_rows(
    rows: Sequence[ConcernRow], registers: Registers | None, *, taken_by: str, at: datetime, is_whole: bool
) -> list[tuple[str, ...]]:
    """This function will write concerns as rows of a file, with how far it may travel on top (IGV-08)."""
    top: list[tuple[str, ...]] = [
        ("Official – Sensitive: for members of the quality group",),
        (f"Taken by {taken_by} at {moment(at)}. Not to be passed on.",),
    ]
    if not is_whole:
        top.append((f"These are the newest {len(rows):,}. There are more: choose a narrower filter to have them all.",))
    return [*top, HEADER, *(_copy_row(row, registers) for row in rows)]


def _copy_row(row: ConcernRow, registers: Registers | None) -> tuple[str, ...]:
    said, ending = row.statement, getattr(row.concern, "ending", None)
    return (
        row.concern.subject.name,
        row.concern.subject.key,
        row.level,
        severity_tag(said.severity, registers)[0],
        _yes(said.is_complex),
        _yes(said.is_recurrent),
        row.concern.raised_on.isoformat(),
        ending.ended_on.isoformat() if ending else "",
        _yes(row.waits_for_referral),
        str(row.evidence),
        said.says,
        said.why_not_closer,
        said.system_causes,
    )


def _yes(holds: bool) -> str:
    return "Yes" if holds else "No"
