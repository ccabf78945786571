"""What the directory holds of a subject: who answers for it, what is written down of it, where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sightline.audit.keeping import until_anything_changes
from sightline.directory.models import Commissioning, Organisation, OrganisationFact, Subject
from sightline.directory.queries import (
    Accountability,
    History,
    accountability_of,
    commissioned_services,
    facts_of,
    governance_gaps,
    history_of,
    systems_of,
)
from sightline.directory.words import FactKind, SubjectKind


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything of the directory that a subject's page shows; ``body`` and what follows only for an organisation."""

    accountability: Accountability
    body: Organisation | None = None
    history: History | None = None
    facts: Mapping[FactKind, OrganisationFact] = field(default_factory=dict)
    services: tuple[Commissioning, ...] = ()
    systems: tuple[Organisation, ...] = ()
    missing: tuple[FactKind, ...] = ()


@until_anything_changes
def standing_of(subject: Subject, on: date) -> Standing:
    """This function will read what the directory holds: the same for everybody who may open the subject's page."""
    accountability, body = accountability_of(subject, on), subject.organisation
    if body is None:
        return Standing(accountability)
    return Standing(
        accountability=accountability,
        body=body,
        history=history_of(body),
        facts=facts_of([body], on)[body.pk],
        services=tuple(commissioned_services(body, on)),
        systems=systems_of([body], on)[body.pk],
        missing=_missing(subject, on),
    )


def _missing(subject: Subject, on: date) -> tuple[FactKind, ...]:
    """What a board must have on record and has not (ORG-14)."""
    if subject.kind not in {SubjectKind.SYSTEM, SubjectKind.ICB}:
        return ()
    return tuple(kind for gap in governance_gaps(on) if gap.board == subject.organisation for kind in gap.missing)
