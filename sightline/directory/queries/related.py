"""Bodies that belong with others: those from which one came, those that one runs, and its whole family."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from sightline.audit.keeping import until_anything_changes
from sightline.directory.models import Organisation, Relation, Subject
from sightline.directory.words import AREAS, PROVIDERS, Kind, Link

_GROUPS = (Kind.CHAIN, Kind.COLLABORATIVE)
_WHOLE = (*PROVIDERS, *_GROUPS)  # what others are a part of without its being an area


@dataclass(frozen=True, slots=True)
class Precursor:
    """A body that went over whole into another."""

    code: str
    name: str
    on: date | None


def precursors(codes: Collection[str]) -> dict[str, tuple[Precursor, ...]]:
    """This function will give, by code, the bodies that became it whole; a divided body is nobody's history (ORG-02)."""
    rows = Relation.objects.filter(link=Link.SUCCEEDED_BY, is_part=False).values_list(
        "target__code", "origin__code", "origin__name", "valid_from"
    )
    found: dict[str, dict[str, Precursor]] = defaultdict(dict)
    for new, old, name, on in rows.order_by("valid_from", "origin__code"):
        if new in codes:
            found[new].setdefault(old, Precursor(old, name, on))
    return {code: tuple(some.values()) for code, some in found.items()}


def with_those_it_runs(subject: Subject, on: date) -> list[Subject]:
    """This function will give a subject and the subjects of every site that its organisation runs on the day."""
    if subject.organisation is None:
        return [subject]
    running = Relation.objects.valid_on(on).filter(link=Link.OPERATED_BY, target=subject.organisation)
    return list(Subject.objects.filter(Q(pk=subject.pk) | Q(organisation__in=running.values("origin"))))


def operators(on: date) -> dict[str, Subject]:
    """This function will give, by a site's code, the subject of whoever runs it on the day."""
    running = Relation.objects.valid_on(on).filter(link=Link.OPERATED_BY).values_list("origin__code", "target_id")
    pairs = list(running)
    found = Subject.objects.filter(organisation__in={target for _, target in pairs}).select_related("organisation")
    subjects = {subject.organisation_id: subject for subject in found}
    return {code: subjects[target] for code, target in pairs if target in subjects}


@until_anything_changes
def family_of(code: str, on: date) -> frozenset[str]:
    """This function will give the codes of all bodies that are one body's own affair on a day (COI-03, COI-04; PER-10).

    They are itself; whatever it runs, or has as a part or member, all the way down; whoever runs it and the chain or
    collaborative that it is a member of, all the way up; and the predecessors and successors of each. Nobody goes up
    and then down: a home is its chain's affair, and the chain the home's, but a sister home is a competitor like any
    other. In the same way a neighbour that came out of one divided body is not family. What a body became speaks for
    it: who is known under the code of a trust that merged has the sites of the merged trust. An area is nobody's
    business: it has no members here, only its own history.
    """
    line = _successions()
    heirs = _reached({code}, line.heirs)
    # What a divided body ran went to one of its heirs, and nobody says to which: only whole ones hand it down.
    bearers = heirs | _reached({code}, line.whole)
    bodies = Organisation.objects.filter(code__in=bearers).values_list("code", "pk", "kind")
    known = {one: (pk, kind) for one, pk, kind in bodies}
    family = {code}
    if code in known and known[code][1] not in AREAS:
        family |= _walked({pk for pk, _ in known.values()}, {known[one][0] for one in heirs}, on)
    return frozenset(_reached(family, line.heirs) | _reached(family, line.olds))


@until_anything_changes
def is_area(code: str) -> bool:
    """This function will say whether a code is that of a place, a system or a region, and so of no provider's."""
    return Organisation.objects.filter(code=code, kind__in=AREAS).exists()


_Steps = Mapping[str, set[str]]


@dataclass(frozen=True, slots=True)
class _Successions:
    """Who became whom, by code: heirs, those before, and those before of whom a body is the only heir."""

    heirs: _Steps
    olds: _Steps
    whole: _Steps


@until_anything_changes
def _successions() -> _Successions:
    heirs: dict[str, set[str]] = defaultdict(set)
    olds: dict[str, set[str]] = defaultdict(set)
    rows = Relation.objects.filter(link=Link.SUCCEEDED_BY).order_by()
    # Codes and not ids, which take ten times as long to read.
    for old, new in rows.values_list("origin__code", "target__code"):
        heirs[old].add(new)
        olds[new].add(old)
    whole = {new: {one for one in some if len(heirs[one]) == 1} for new, some in olds.items()}
    return _Successions(dict(heirs), dict(olds), whole)


def _reached(starts: set[str], steps: _Steps) -> set[str]:
    found, waiting = set(starts), list(starts)
    while waiting:
        further = steps.get(waiting.pop(), set()) - found
        found |= further
        waiting += further
    return found


def _walked(down: set[UUID], up: set[UUID], on: date) -> set[str]:
    """The codes of all that lies beneath some bodies, and of all that stands above others: a query for each storey."""
    beneath, above = set(down), set(up)
    codes: set[str] = set()
    while down or up:
        lower: set[UUID] = set()
        upper: set[UUID] = set()
        for origin, origin_code, target, target_code in _ties(Q(target__in=down) | Q(origin__in=up), on):
            if target in down:
                lower.add(origin)
                codes.add(origin_code)
            if origin in up:
                upper.add(target)
                codes.add(target_code)
        down, up = lower - beneath, upper - above
        beneath |= down
        above |= up
    return codes


def _ties(between: Q, on: date) -> Iterable[tuple[UUID, str, UUID, str]]:
    ties = Q(link=Link.OPERATED_BY) | Q(link=Link.PART_OF, target__kind__in=_WHOLE)
    ties |= Q(link=Link.MEMBER_OF, target__kind__in=_GROUPS)
    rows = Relation.objects.valid_on(on).filter(between, ties).exclude(origin__kind__in=AREAS).order_by()
    return rows.exclude(target__kind__in=AREAS).values_list("origin_id", "origin__code", "target_id", "target__code")


def sites_run_by(subjects: Collection[UUID], on: date) -> dict[UUID, list[UUID]]:
    """This function will give, for each of these subjects, the subjects of the sites that its organisation runs."""
    running = Relation.objects.valid_on(on).filter(link=Link.OPERATED_BY, target__subjects__in=subjects)
    pairs = running.values_list("target__subjects", "origin__subjects").order_by("pk")
    found: dict[UUID, list[UUID]] = {}
    for runner, site in pairs:
        if runner in subjects and site is not None:
            found.setdefault(runner, []).append(site)
    return found
