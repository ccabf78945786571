"""What the rules are told of a subject and of a case: who commissions it, whom it reaches, and who leads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings

from sightline.core.rulebook.circumstances import Circumstances, Commissioner, Severity
from sightline.core.surveillance.facts import SubjectFacts
from sightline.directory.models import Organisation, Subject
from sightline.directory.queries import (
    commissioned_as,
    commissioned_services,
    facts_of,
    regions_of,
    successors,
    systems_of,
)
from sightline.directory.words import INDEPENDENT, PROVIDERS, FactKind, Kind, SubjectKind
from sightline.surveillance.models import ConcernStatement, ProcessLead

_OVERSEEN = frozenset({Kind.NHS_TRUST, Kind.CARE_TRUST, Kind.AMBULANCE_SERVICE, Kind.ICB})
_CHALLENGED = frozenset({"4"})  # the segment of those with the most support (LVL-14)


def process_lead_of(subject: Subject, on: date) -> ProcessLead | None:
    """This function will give who was agreed last, by a day, to lead for a subject (ORG-11)."""
    rows = ProcessLead.objects.filter(subject=subject, agreed_on__lte=on).select_related("organisation")
    return rows.order_by("-agreed_on", "-recorded_at", "-pk").first()


def reached_by(subject: Subject, on: date, home: str) -> tuple[list[Organisation], list[Organisation]]:
    """This function will give the systems and the regions that a subject belongs to, the home's own where it has none."""
    bodies = [subject.organisation] if subject.organisation else list(Organisation.objects.filter(code=home))
    systems = {one.pk: one for body in bodies for one in systems_of([body], on)[body.pk]}
    regions = {one.pk: one for body in bodies for one in regions_of([body], on)[body.pk]}
    for body in bodies:
        if body.kind == Kind.ICB:
            systems[body.pk] = body
        if body.kind == Kind.REGION:
            regions[body.pk] = body
    return _by_code(systems.values()), _by_code(regions.values())


def _by_code(found: Iterable[Organisation]) -> list[Organisation]:
    return sorted(found, key=lambda one: one.code)


def case_of(subject: Subject, on: date, system: str, statement: ConcernStatement | None = None) -> Circumstances:
    """This function will gather one case as the rules see it.

    What the directory knows is taken from there; what somebody judged, from the newest statement of the concern.
    """
    body = subject.organisation
    systems, regions = reached_by(subject, on, system or settings.HOME_SYSTEM)
    services = commissioned_services(body, on) if body else []
    said = facts_of([body], on)[body.pk] if body else {}
    segment = said.get(FactKind.OVERSIGHT_SEGMENT)
    support = said.get(FactKind.RECOVERY_SUPPORT)
    is_icb = subject.kind in {SubjectKind.ICB, SubjectKind.SYSTEM} and body is not None and body.kind == Kind.ICB
    is_provider = body is not None and Kind(body.kind) in PROVIDERS
    return Circumstances(
        commissioned_by=Commissioner(statement.commissioned_by) if statement else commissioned_as(services),
        severity=Severity(statement.severity) if statement else Severity.NONE,
        is_the_icb=is_icb,
        is_overseen=body is not None and Kind(body.kind) in _OVERSEEN - INDEPENDENT,
        is_challenged=bool(segment and segment.value in _CHALLENGED) or bool(support and support.value),
        has_conflict=bool(statement and statement.has_conflict),
        recurs=bool(statement and statement.is_recurrent),
        is_wider=bool(statement and statement.is_wider),
        needs_national_action=bool(statement and statement.needs_national_action),
        commissioners=tuple(sorted({one.commissioner.code for one in services})),
        systems=tuple(one.code for one in systems),
        regions=tuple(one.code for one in regions),
        providers=(body.code,) if is_provider and body else (),
    )


def subject_facts(subject: Subject, case: Circumstances, on: date) -> SubjectFacts:
    """This function will gather a subject as the rules see it; one that ended names what followed it."""
    body = subject.organisation
    lead = process_lead_of(subject, on)
    heirs = successors(body.code) if body and body.closed_on else ()
    return SubjectFacts(
        id=str(subject.pk),
        name=subject.name,
        case=case,
        organisation=body.code if body else "",
        process_lead=lead.organisation.code if lead else "",
        ended_on=body.closed_on if body else None,
        successors=tuple(one.new.name for one in heirs),
    )
