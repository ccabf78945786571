"""What the directory's own pages read, each for somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.core.access import Actor
from sightline.directory.models import Identifier, Organisation, OrganisationFact, Relation, Subject
from sightline.directory.queries.areas import Unresolved, unresolved
from sightline.directory.words import SubjectKind

_PART = 800  # parameters in one query, below the limit of every database we run on


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A subject whose area was divided, with what is known of the division."""

    subject: Subject
    found: Unresolved


def one_subject(actor: Actor, on: date, subject_id: UUID) -> Subject | None:
    """This function will give one subject with its organisation, or None when there is none that the actor may see."""
    found = Subject.objects.visible_to(actor, on).filter(pk=subject_id)
    return found.select_related("organisation").first()


def unsettled(actor: Actor, on: date) -> list[Unsettled]:
    """This function will list the subjects of whom nothing says which part of a divided area they went to (ORG-03)."""
    found = unresolved(on)
    known: dict[UUID | None, Subject] = {}
    for part in _parts([one.organisation.pk for one in found]):
        visible = Subject.objects.visible_to(actor, on).filter(organisation__in=part).exclude(kind=SubjectKind.ICB)
        known |= {subject.organisation_id: subject for subject in visible}
    listed = [Unsettled(known[one.organisation.pk], one) for one in found if one.organisation.pk in known]
    return sorted(listed, key=lambda one: (one.found.area.name, one.subject.name, one.subject.key))


def _parts(keys: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (keys[at : at + _PART] for at in range(0, len(keys), _PART))


def facts_on_record(organisation: Organisation) -> list[OrganisationFact]:
    """This function will give every fact ever written down about an organisation, the newest first."""
    found = OrganisationFact.objects.filter(organisation=organisation).select_related("other")
    return list(found.order_by("-recorded_at", "-pk"))


def relations_from(organisation: Organisation) -> Sequence[Relation]:
    """This function will give what is stated about an organisation's standing to others, past ones included."""
    found = Relation.objects.filter(origin=organisation).select_related("target")
    return list(found.order_by("link", "target__name", "valid_from", "source", "pk"))


def identifiers_of(organisation: Organisation) -> Sequence[Identifier]:
    """This function will give the other codes by which files know an organisation."""
    return list(Identifier.objects.filter(organisation=organisation).order_by("scheme", "value"))
