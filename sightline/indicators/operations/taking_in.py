"""Taking files in: what was received, what was accepted as a publication, what was refused and why."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Invalid
from sightline.directory.operations import ensure_bodies
from sightline.directory.queries import subjects_by_code
from sightline.indicators.describing import definition_of
from sightline.indicators.models import (
    Delivery,
    DeliveryFault,
    LocalIndicator,
    Publication,
    Rating,
    Supersession,
)
from sightline.indicators.parts import read_parts, write_part
from sightline.indicators.queries import known_indicators, publications_ranked, received_path, unwatched
from sightline.intake.contract import Fault, Parsed

SHOWN_FAULTS = 1000  # a file with more is beyond mending line by line


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file as it came to the door."""

    name: str
    content: bytes


@operation(Permission.IMPORT_DATA, on="")
def receive_files(*, by: Actor, at: datetime, files: Sequence[Arrived]) -> list[Delivery]:
    """This function will write down one drop of files, each waiting for its turn; Invalid when there is none."""
    if not files:
        raise Invalid("There is no file to bring in. Choose at least one.")
    batch = uuid.uuid4()
    deliveries = []
    for position, file in enumerate(files):
        sha256 = hashlib.sha256(file.content).hexdigest()
        path = received_path(sha256)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(".unfinished")
            unfinished.write_bytes(file.content)
            unfinished.replace(path)
        deliveries.append(
            Delivery(
                batch=batch,
                position=position,
                file_name=Path(file.name).name[:255],
                sha256=sha256,
                size=len(file.content),
                received_at=at,
                received_by=by.actor_id,
            )
        )
    return Delivery.objects.bulk_create(deliveries)


@operation(Permission.IMPORT_DATA, on="delivery")
def accept_publication(*, by: Actor, at: datetime, delivery: Delivery, parsed: Parsed, publisher: str) -> Publication:
    """This function will take in all that a file says, or raise with nothing changed.

    Bodies that a national publisher names and the directory lacks are added to it. The figures become one
    immutable part; a figure that an earlier publication gave too is superseded and stays readable (DAT-05).
    """
    ensure_bodies(by=by, at=at, bodies=[*parsed.bodies, *unwatched(parsed)])
    _ensure_indicators(by, at, parsed)
    publication = Publication(
        source=parsed.source,
        title=parsed.title[:250],
        publisher=publisher,
        sha256=delivery.sha256,
        published_on=parsed.published_on,
        revised=parsed.revised,
        recorded_at=at,
        recorded_by=by.actor_id,
        rows=parsed.rows,
        remarks="\n".join(parsed.warnings),
    )
    if parsed.observations:
        publication.part_sha256 = write_part(settings.DATA_DIR, parsed.observations)
        publication.observations = len(parsed.observations)
        publication.first_period = min(o.start for o in parsed.observations)
        publication.last_period = max(o.start for o in parsed.observations)
        publication.indicators = "\n".join(sorted({o.indicator for o in parsed.observations}))
    publication.save(force_insert=True)
    _note_supersessions(publication, at)
    _add_ratings(publication, parsed)
    says = f"{parsed.rows:,} rows read" + (f", {parsed.skipped:,} passed over" if parsed.skipped else "") + "."
    _settle(delivery, Delivery.State.ACCEPTED, at, parsed.source, says, publication)
    return publication


@operation(Permission.IMPORT_DATA, on="delivery")
def settle_without_change(
    *, by: Actor, at: datetime, delivery: Delivery, state: Delivery.State, says: str, faults: Sequence[Fault] = ()
) -> None:
    """This function will write down that a file changed nothing: refused, unknown or already here.

    The bytes of a file that was not taken in are not kept: nobody knows what is in them.
    """
    DeliveryFault.objects.bulk_create(
        DeliveryFault(delivery=delivery, line=f.line, column=f.column[:200], says=f.says, mend=f.mend)
        for f in faults[:SHOWN_FAULTS]
    )
    _settle(delivery, state, at, delivery.source, says, None)
    if not _is_needed_elsewhere(delivery):
        received_path(delivery.sha256).unlink(missing_ok=True)


def _is_needed_elsewhere(delivery: Delivery) -> bool:
    """Whether the same bytes were taken in, or wait under another name or in another drop."""
    state = Delivery.State
    others = Delivery.objects.filter(sha256=delivery.sha256).exclude(pk=delivery.pk)
    needed = others.filter(state__in=[state.WAITING, state.READING, state.MAPPING, state.ACCEPTED])
    return needed.exists() or Publication.objects.filter(sha256=delivery.sha256).exists()


@operation(Permission.IMPORT_DATA, on="delivery")
def settle_directory_file(*, by: Actor, at: datetime, delivery: Delivery, source: str, says: str) -> None:
    """This function will write down what a file of organisations did to the directory."""
    _settle(delivery, Delivery.State.ACCEPTED, at, source, says, None)


@operation(Permission.IMPORT_DATA, on="delivery")
def await_mapping(*, by: Actor, at: datetime, delivery: Delivery) -> None:
    """This function will set a tidy file aside until a person has said what its columns are."""
    says = "Its columns are not known yet: confirm what each one is."
    _settle(delivery, Delivery.State.MAPPING, at, "tidy", says, None)


def _settle(
    delivery: Delivery, state: Delivery.State, at: datetime, source: str, says: str, publication: Publication | None
) -> None:
    delivery.state, delivery.finished_at, delivery.source = state, at, source
    delivery.says, delivery.publication = says, publication
    delivery.save(update_fields=["state", "finished_at", "source", "says", "publication"])


def _ensure_indicators(by: Actor, at: datetime, parsed: Parsed) -> None:
    known = known_indicators()
    LocalIndicator.objects.bulk_create(
        LocalIndicator(id=named.id, definition=definition_of(named, parsed), recorded_at=at, recorded_by=by.actor_id)
        for named in parsed.indicators
        if named.id not in known
    )


def _note_supersessions(publication: Publication, at: datetime) -> None:
    """Compare the new part with earlier ones of the same source that speak of the same stretch of time."""
    if not publication.part_sha256:
        return
    earlier = [other for other in publications_ranked() if other.pk != publication.pk and _overlap(publication, other)]
    for other in earlier:
        newer, older = (publication, other) if publication.rank > other.rank else (other, publication)
        both = read_parts(settings.DATA_DIR, [(newer.part_sha256, 1), (older.part_sha256, 0)])
        lost = older.observations - both.filter(both["rank"] == 0).height
        if lost > 0:
            Supersession.objects.create(newer=newer, older=older, figures=lost, recorded_at=at)


def _overlap(one: Publication, other: Publication) -> bool:
    if not set(one.indicators.split()) & set(other.indicators.split()):
        return False
    if not (one.first_period and one.last_period and other.first_period and other.last_period):
        return False
    return one.first_period <= other.last_period and other.first_period <= one.last_period


def _add_ratings(publication: Publication, parsed: Parsed) -> None:
    if not parsed.ratings:
        return
    subjects = subjects_by_code({rating.code for rating in parsed.ratings})
    Rating.objects.bulk_create(
        (
            Rating(
                subject=subjects[rating.code],
                about=rating.about,
                service=rating.service,
                rating=rating.rating,
                published_on=rating.published_on,
                inherited_from=rating.inherited_from,
                publication=publication,
            )
            for rating in parsed.ratings
        ),
        ignore_conflicts=True,
    )
