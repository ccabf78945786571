"""What is known: the indicators, the publications, and how tidy files were mapped."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Max

from sightline.audit.keeping import until_anything_changes
from sightline.directory.queries import organisation_ids, resolve_many, subjects_by_code
from sightline.indicators.catalogue import CATALOGUE, Indicator, read_indicator
from sightline.indicators.models import Delivery, LocalIndicator, Publication, Series, TidyMapping
from sightline.indicators.sources.tidy import Mapping, guess_mapping, guess_of
from sightline.intake.contract import Fault, NamedBody, Parsed, ReceivedFile, Table
from sightline.intake.reading import read
from sightline.intake.rows import headed


def catalogue() -> dict[str, Indicator]:
    """This function will give every indicator by id: the house's own catalogue and what was added here."""
    return {**_added_here(), **CATALOGUE}


@until_anything_changes
def _added_here() -> dict[str, Indicator]:
    local = LocalIndicator.objects.values_list("id", "definition")
    return {name: read_indicator(json.loads(text)) for name, text in local}


def known_indicators() -> frozenset[str]:
    """This function will give the ids of every indicator."""
    return frozenset(CATALOGUE) | frozenset(LocalIndicator.objects.values_list("id", flat=True))


def publications_ranked(known_at: datetime | None = None) -> list[Publication]:
    """This function will give publications with figures, the one that counts most last.

    ``known_at`` leaves out what was recorded later: what did we know on that day?
    """
    found = Publication.objects.exclude(part_sha256="")
    if known_at is not None:
        found = found.filter(recorded_at__lte=known_at)
    return sorted(found, key=lambda publication: publication.rank)


def received_path(sha256: str) -> Path:
    """This function will say where the bytes of a received file lie, under a name that tells nothing."""
    return Path(settings.DATA_DIR) / "received" / sha256[:2] / sha256


def received_file(delivery: Delivery) -> ReceivedFile:
    """This function will read a delivered file again, or raise Unreadable."""
    return read(delivery.file_name, received_path(delivery.sha256).read_bytes())


def tidy_table(file: ReceivedFile) -> Table:
    """This function will give the table of a tidy file from its headings on: no cover sheet, no title above them."""
    for table in file.tables:
        guessed = guess_mapping(table)
        if guessed.is_complete:
            at = headed(table, guessed.headings) or 0
            return replace(table, rows=table.rows[at:], lines=table.lines[at:])
    return file.tables[0] if file.tables else Table((), (), ())


def shape_of(file: ReceivedFile) -> str:
    """This function will name a tidy file's shape: a hash of its header row, so that like files are read alike."""
    table = tidy_table(file)
    header = table.rows[0] if table.rows else ()
    return hashlib.sha256("\x1f".join(cell.strip().casefold() for cell in header).encode()).hexdigest()


def mapping_for(file: ReceivedFile) -> Mapping | None:
    """This function will give the mapping that people confirmed for files like this one; None where any is lacking."""
    rows = TidyMapping.objects.filter(shape=shape_of(file)).order_by("recorded_at", "pk")
    confirmed = [Mapping.from_plain(json.loads(row.mapping)) for row in rows]
    if not confirmed:
        return None
    # Files of one shape may hold different indicators: each was confirmed with its own file.
    indicators = {one.written: one for mapping in confirmed for one in mapping.indicators}
    guessed = guess_of(file)
    if guessed is None or any(one.written not in indicators for one in guessed.indicators):
        return None
    return replace(confirmed[-1], indicators=tuple(indicators.values()), title=confirmed[-1].title or guessed.title)


def unassessed() -> set[str]:
    """This function will name the indicators with figures that came after their last assessment."""
    came: dict[str, datetime] = {}
    for names, at in Publication.objects.exclude(part_sha256="").values_list("indicators", "recorded_at"):
        came.update({name: at for name in names.split() if name not in came or came[name] < at})
    assessed = dict(Series.objects.order_by().values_list("indicator").annotate(Max("assessed_at")))
    return {name for name, at in came.items() if name not in assessed or assessed[name] < at}


def unknown_codes(parsed: Parsed) -> list[Fault]:
    """This function will find codes that neither the directory nor the file itself gives a name."""
    first_line: dict[str, int | None] = {}
    for observation in parsed.observations:
        first_line.setdefault(observation.code, observation.line)
    named = {body.code for body in parsed.bodies}
    asked = set(first_line) - named
    found = organisation_ids(asked).keys()
    known = found | subjects_by_code(asked - found).keys()
    return [
        Fault(
            f"The code “{code}” is not in the directory.",
            "Import the file of organisations that has it, or correct the code.",
            line,
        )
        for code, line in first_line.items()
        if code not in named and code not in known
    ]


def unwatched(parsed: Parsed) -> list[NamedBody]:
    """This function will give bodies that the directory lists but nobody watches yet: figures make them subjects."""
    codes = {observation.code for observation in parsed.observations} - {body.code for body in parsed.bodies}
    lacking = codes - subjects_by_code(codes).keys()
    return [NamedBody(body.code, body.name) for body in resolve_many(lacking).values()]
