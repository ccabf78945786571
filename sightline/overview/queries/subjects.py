"""Lists of subjects, one of them, and how many in each system are worried about."""

from __future__ import annotations

from collections import Counter
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from sightline.core.access import Actor
from sightline.directory.models import Subject
from sightline.directory.queries import codes_of_systems, subjects_within
from sightline.triangulation.queries.worry import worrying_subjects


def subjects(actor: Actor, on: date, kind: str, sector: str, area: str, word: str) -> QuerySet[Subject]:
    """This function will give open subjects that the actor may see, filtered as asked."""
    found = Subject.objects.visible_to(actor, on).open_on(on).select_related("organisation")
    if kind:
        found = found.filter(kind=kind)
    if sector:
        found = found.filter(sector=sector)
    if area:
        found = found.filter(pk__in=subjects_within(area, on).values("pk"))
    if word:
        by_code = found.filter(key__iexact=word)
        found = found.filter(name__icontains=word) | by_code
    return found.order_by("name", "key")


def one_subject(actor: Actor, on: date, subject_id: UUID) -> Subject | None:
    """This function will give one subject, or None when there is none that the actor may see."""
    found = Subject.objects.visible_to(actor, on).filter(pk=subject_id)
    return found.select_related("organisation").first()


def concerns_by_system(actor: Actor, on: date) -> dict[str, int]:
    """This function will count the subjects with a concern that counts now, by their system's code."""
    bodies = worrying_subjects(actor, on).order_by().values_list("organisation", flat=True).distinct()
    systems = codes_of_systems(on)
    return dict(Counter(code for body in bodies if body for code in systems.get(body, ())))
