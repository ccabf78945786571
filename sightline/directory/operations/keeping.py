"""What people write into the directory themselves: subjects, relations, commissioning, codes and facts."""

from __future__ import annotations

from datetime import date, datetime

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Invalid
from sightline.directory.models import Commissioning, Identifier, Organisation, OrganisationFact, Relation, Subject
from sightline.directory.naming import folded
from sightline.directory.operations._bodies import Bodies
from sightline.directory.operations._derived import derive
from sightline.directory.operations._links import Links
from sightline.directory.operations._subjects import keep_subjects
from sightline.directory.records import OrganisationRecord, RelationRecord
from sightline.directory.sources import PERSON
from sightline.directory.words import FactKind, Kind, Link, Route, Scheme, Sector, SubjectKind

# A place, a system or a provider comes with its organisation; these stand for themselves.
_FREE_STANDING = {
    SubjectKind.GROUP, SubjectKind.PLACE, SubjectKind.PATHWAY, SubjectKind.SECTOR, SubjectKind.THEME,
}  # fmt: skip


@operation(Permission.KEEP_DIRECTORY, on="result")
def add_subject(
    *,
    by: Actor,
    at: datetime,
    kind: SubjectKind,
    name: str,
    sector: Sector | None = None,
    organisation: Organisation | None = None,
) -> Subject:
    """This function will add something that may come under surveillance: a pathway, a theme, a board itself (ORG-04)."""
    called = " ".join(name.split())
    if not called or len(called) > 250:
        raise Invalid("Give the subject a name of at most 250 characters.")
    if organisation is None and kind not in _FREE_STANDING:
        raise Invalid(f"A subject of the kind “{kind.value}” needs its organisation: choose it from the directory.")
    key = (
        f"{kind.value}-{organisation.code}" if organisation else f"{kind.value}-{folded(called).replace(' ', '-')}"[:80]
    )
    if Subject.objects.filter(key=key).exists() or (
        organisation and Subject.objects.filter(organisation=organisation, kind=kind).exists()
    ):
        raise Invalid("There is such a subject already: use that one, or choose another name.")
    return Subject.objects.create(
        key=key, kind=kind, name=called, sector=sector or "", organisation=organisation, recorded_at=at
    )


@operation(Permission.KEEP_DIRECTORY)
def add_provider(*, by: Actor, at: datetime, code: str, name: str, kind: Kind, sector: Sector | None = None) -> Subject:
    """This function will add a provider that no list has, with its subject.

    No contract record is asked for: whoever cares for the population is in scope (ORG-08).
    """
    own, called = code.strip().upper(), " ".join(name.split())
    if not own or not called or len(own) > 40 or len(called) > 250:
        raise Invalid("Give the provider a code of at most 40 characters and a name of at most 250.")
    bodies = Bodies(PERSON, None, at)
    bodies.find([own])
    if not bodies.is_nameless(own):
        raise Invalid(f"{own} is in the directory already: {bodies.organisation(own).name}.")
    bodies.state([OrganisationRecord(own, called, kind, sector)], ())
    bodies.settle(Links(PERSON, None, at))
    bodies.save()
    return keep_subjects(bodies.touched, at, whoever=True)[bodies.organisation(own).pk]


@operation(Permission.KEEP_DIRECTORY, on="result")
def record_relation(
    *,
    by: Actor,
    at: datetime,
    origin: Organisation,
    link: Link,
    target: Organisation,
    valid_from: date | None = None,
    valid_to: date | None = None,
    is_part: bool = False,
) -> Relation:
    """This function will write down how one organisation stands to another, or its end when told again (ORG-02, ORG-10).

    A person's word stands beside the lists'; it is how a member of a divided board finds its home.
    """
    if origin.pk == target.pk:
        raise Invalid("Choose two different organisations.")
    _check_days(valid_from, valid_to)
    bodies, links = Bodies(PERSON, None, at), Links(PERSON, None, at)
    record = RelationRecord(
        origin.code, link, to_code=target.code, valid_from=valid_from, valid_to=valid_to, is_part=is_part
    )
    links.state([record], bodies)
    bodies.settle(links)
    bodies.save()
    links.save()
    derive(at, is_about_links=True)
    keep_subjects(bodies.touched, at)
    return Relation.objects.get(origin=origin, link=link, target=target, valid_from=valid_from, source=PERSON)


@operation(Permission.KEEP_DIRECTORY, on="result")
def record_identifier(*, by: Actor, at: datetime, organisation: Organisation, scheme: Scheme, value: str) -> Identifier:
    """This function will write down another code by which files know an organisation."""
    code = value.strip().upper()
    if not code or len(code) > 40:
        raise Invalid("Give a code of at most 40 characters.")
    owner = Identifier.objects.filter(scheme=scheme, value=code).select_related("organisation").first()
    if owner is not None and owner.organisation_id != organisation.pk:
        raise Invalid(f"{code} belongs to {owner.organisation.name} already.")
    return owner or Identifier.objects.create(organisation=organisation, scheme=scheme, value=code, recorded_at=at)


@operation(Permission.KEEP_DIRECTORY, on="result")
def record_commissioning(
    *,
    by: Actor,
    at: datetime,
    provider: Organisation,
    service: str,
    route: Route,
    commissioner: Organisation,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Commissioning:
    """This function will write down who commissions a provider's service, and by which route (ORG-07)."""
    called = " ".join(service.split())
    if not called or len(called) > 200:
        raise Invalid("Name the service in at most 200 characters.")
    if provider.pk == commissioner.pk:
        raise Invalid("A provider cannot commission itself: choose the commissioner.")
    _check_days(valid_from, valid_to)
    return Commissioning.objects.create(
        provider=provider,
        service=called,
        route=route,
        commissioner=commissioner,
        valid_from=valid_from,
        valid_to=valid_to,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_DIRECTORY, on="result")
def record_fact(
    *,
    by: Actor,
    at: datetime,
    organisation: Organisation,
    kind: FactKind,
    value: str,
    source: str,
    detail: str = "",
    other: Organisation | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> OrganisationFact:
    """This function will write down a fact of the governance of quality, with its source (ORG-09, ORG-11, ORG-13/14/15/16/17).

    A later fact of the same kind takes the place of an earlier one, which stays on record.
    """
    if not source.strip():
        raise Invalid("Say where this is written: a document, a decision, a publication.")
    if kind is FactKind.OVERSIGHT_SEGMENT and value not in {"1", "2", "3", "4", "5"}:
        raise Invalid("An oversight segment is a number from 1 to 5; name the framework's year in the detail.")
    if max(len(value), len(source), len(detail)) > 250:
        raise Invalid("Keep each text to 250 characters.")
    _check_days(valid_from, valid_to)
    return OrganisationFact.objects.create(
        organisation=organisation,
        kind=kind,
        value=value.strip(),
        detail=detail.strip(),
        other=other,
        valid_from=valid_from,
        valid_to=valid_to,
        source=source.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


def _check_days(valid_from: date | None, valid_to: date | None) -> None:
    if valid_from and valid_to and valid_to < valid_from:
        raise Invalid("The last day lies before the first: correct one of the two.")
