"""Taking a list of organisations into the directory, whole, once, and in any order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.garbage import nothing_thrown_away
from sightline.core.verdict import Invalid
from sightline.directory.models import Edition, Subject
from sightline.directory.operations._bodies import Bodies
from sightline.directory.operations._derived import derive
from sightline.directory.operations._links import Links
from sightline.directory.operations._outlines import add_boundaries
from sightline.directory.operations._subjects import keep_subjects
from sightline.directory.records import BoundaryRecord, OrganisationRecord, RelationRecord
from sightline.directory.sources import MET
from sightline.directory.words import Kind, Link, read_kind
from sightline.intake.contract import NamedBody, Parsed


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What one file did to the directory: organisations added, changed, closed, left as they were; links and outlines."""

    added: int = 0
    changed: int = 0
    closed: int = 0
    unchanged: int = 0
    links: int = 0
    boundaries: int = 0
    remarks: tuple[str, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        """Whether the file said nothing that the directory did not hold already."""
        return not (self.added or self.changed or self.closed or self.links or self.boundaries)

    @property
    def words(self) -> str:
        """What was done, in a sentence for whoever brought the file."""
        if self.is_unchanged:
            return "Nothing in it is new."
        counts = (
            (self.added, "organisations added"),
            (self.changed, "changed"),
            (self.closed, "closed"),
            (self.unchanged, "unchanged"),
            (self.links, "links added or changed"),
            (self.boundaries, "boundaries added"),
        )
        return ", ".join(f"{number:,} {what}" for number, what in counts if number) + "."


@operation(Permission.IMPORT_DATA, on="parsed")
def take_in(*, by: Actor, at: datetime, parsed: Parsed, source: str = "") -> TakenIn:
    """This function will take in all that a list of organisations says, or raise Invalid with nothing changed.

    A file's statements are added to those of earlier files; what the directory shows is worked out from them all.

    So files may come in any order, and one that comes again changes nothing (ORG-01, ORG-02, ORG-03).
    """
    if parsed.faults:
        raise Invalid(*(str(fault) for fault in parsed.faults))
    with nothing_thrown_away():
        return _take_in(parsed, source or parsed.source, at)


def _take_in(parsed: Parsed, source: str, at: datetime) -> TakenIn:
    stated = date.fromisoformat(parsed.facts["as_of"]) if parsed.facts.get("as_of") else None
    is_complete = parsed.facts.get("is_complete") == "yes"
    organisations = [r for r in parsed.records if isinstance(r, OrganisationRecord)]
    relations = [r for r in parsed.records if isinstance(r, RelationRecord)]
    if stated:
        Edition.objects.get_or_create(
            source=source, as_of=stated, defaults={"is_complete": is_complete, "recorded_at": at}
        )
    bodies = Bodies(source, stated, at)
    bodies.state([*organisations, *_hinted(organisations, relations)], {r.to_code for r in relations if r.to_code})
    links = Links(source, stated, at)
    links.state(relations, bodies)
    if is_complete:
        bodies.touch_those_left_out()
    bodies.settle(links)
    bodies.save()
    changed_links = links.save()
    boundaries = add_boundaries([r for r in parsed.records if isinstance(r, BoundaryRecord)], source, at)
    changed_links += derive(at, is_about_links=bool(bodies.is_changed or changed_links))
    keep_subjects(bodies.touched, at)
    return TakenIn(
        added=len(bodies.added),
        changed=len(bodies.changed) - bodies.closed,
        closed=bodies.closed,
        unchanged=len(bodies.named) - len(bodies.named & (bodies.added | bodies.changed)),
        links=changed_links,
        boundaries=boundaries,
        remarks=(*parsed.warnings, *bodies.remarks),
    )


def _hinted(organisations: list[OrganisationRecord], relations: list[RelationRecord]) -> list[OrganisationRecord]:
    """What relations show of bodies that the file does not list: a board's predecessor was a board."""
    listed = {record.code for record in organisations}
    kinds: dict[str, Kind] = {}
    for relation in relations:
        if relation.to_kind is Kind.UNKNOWN:
            continue
        if relation.to_code and relation.to_code not in listed:
            kinds.setdefault(relation.to_code, relation.to_kind)
        if relation.link is Link.SUCCEEDED_BY and relation.code not in listed:
            kinds.setdefault(relation.code, relation.to_kind)
    return [OrganisationRecord(code, kind=kind) for code, kind in kinds.items()]


@operation(Permission.IMPORT_DATA)
def ensure_bodies(*, by: Actor, at: datetime, bodies: Iterable[NamedBody]) -> dict[str, Subject]:
    """This function will add bodies first met in a file of figures, and give every body's subject by its code.

    A body that the directory knows keeps what its lists say of it.
    """
    named = {body.code: body for body in bodies}
    known = Bodies(MET, None, at)
    known.find(named)
    fresh = [
        OrganisationRecord(body.code, body.name[:250], read_kind(body.kind, body.code))
        for body in named.values()
        if known.is_nameless(body.code)
    ]
    parents = [link for body in named.values() if known.is_nameless(body.code) for link in _links_of(body)]
    if fresh:
        known.state(fresh, {relation.to_code for relation in parents})
        links = Links(MET, None, at)
        links.state(parents, known)
        known.settle(links)
        known.save()
        links.save()
    subjects = keep_subjects(known.organisations_of(named), at, whoever=True)
    return {code: subjects[known.organisation(code).pk] for code in named}


def _links_of(body: NamedBody) -> list[RelationRecord]:
    stated = (
        (Link.PART_OF, body.parent_code),
        (Link.OPERATED_BY, body.operator_code),
        (Link.LOCATED_IN, body.area_code),
    )
    return [RelationRecord(body.code, link, to_code=code) for link, code in stated if code and code != body.code]
