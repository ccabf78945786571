"""Every provider, place, system and region is a subject of surveillance as soon as it is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sightline.directory.models import Organisation, Subject
from sightline.directory.operations._bodies import chunks
from sightline.directory.operations._rows import add_rows
from sightline.directory.words import SUBJECT_OF, Kind, SubjectKind


def keep_subjects(organisations: Sequence[Organisation], at: datetime, *, whoever: bool = False) -> dict[UUID, Subject]:
    """This function will add missing subjects, bring names and sectors up to date, and give subjects by organisation.

    ``whoever`` makes a subject of any body at all, because figures were published about it.
    """
    known: dict[UUID, Subject] = {}
    for part in chunks(body.pk for body in organisations):
        for found in Subject.objects.filter(organisation__in=part).exclude(kind=SubjectKind.ICB):
            if found.organisation_id:
                known[found.organisation_id] = found
    new: list[Subject] = []
    altered: list[Subject] = []
    for body in organisations:
        kind = SUBJECT_OF.get(Kind(body.kind), SubjectKind.ORGANISATION if whoever else None)
        if (subject := known.get(body.pk)) is None and kind is not None:
            made = Subject(
                key=body.code, kind=kind, name=body.name, sector=body.sector, organisation_id=body.pk, recorded_at=at
            )
            known[body.pk] = made
            new.append(made)
        elif subject is not None and _brought_up_to_date(subject, body, kind):
            altered.append(subject)
    add_rows(new)
    Subject.objects.bulk_create(
        altered,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["key", "kind", "name", "sector"],
        batch_size=500,
    )
    return known


def _brought_up_to_date(subject: Subject, body: Organisation, kind: SubjectKind | None) -> bool:
    now = (body.code, str(kind or subject.kind), body.name, body.sector)
    if (subject.key, str(subject.kind), subject.name, subject.sector) == now:
        return False
    subject.key, subject.kind, subject.name, subject.sector = now
    return True
