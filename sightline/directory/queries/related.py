"""Bodies that belong with others: those from which one came, and those that one runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from sightline.directory.models import Relation, Subject
from sightline.directory.words import Link


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
