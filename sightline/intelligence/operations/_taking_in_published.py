"""What is published, understood: coroners' reports, the regulator's actions, patients' comments."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sightline.core.access import Handling
from sightline.core.intelligence.duties import response_due
from sightline.core.triangulation import road_of
from sightline.directory.models import Subject
from sightline.directory.queries import resolve_many
from sightline.intake.contract import Fault
from sightline.intelligence.giving import Words
from sightline.intelligence.operations._taking_in_merging import Sent, essence
from sightline.intelligence.operations._taking_in_naming import Meant, Naming, subjects_of
from sightline.intelligence.operations._taking_in_shape import Bringing, Road, Taken
from sightline.intelligence.queries import home_of
from sightline.intelligence.sources._comments_survey import PERSON, SAFEGUARDING
from sightline.intelligence.sources.contract import ReportFacts, Telling
from sightline.intelligence.words import Kind, Safeguarding

LONGEST_KEY = 140
TAKE_OUT = "Take it out of the file, or say when you bring it in why it must stay."


def published(
    tellings: Sequence[tuple[Telling, date]], source: str, bringing: Bringing
) -> tuple[list[Taken], list[Fault]]:
    """This function will say what items published tellings are; a comment that may identify somebody is held out."""
    faults: list[Fault] = []
    kept: list[tuple[Telling, date]] = []
    for telling, on in tellings:
        found = _people(telling, bringing)
        faults += [Fault(says, TAKE_OUT, telling.line) for says in found]
        if not found:
            kept.append((telling, on))
    always = any(telling.kind is not Kind.DEATH_REPORT for telling, _ in kept)
    naming = Naming([one for telling, _ in kept for one in telling.about], always=always)
    meant = [_meant(telling, on, naming) for telling, on in kept]
    every = [one for some in meant for one in some]
    subjects = subjects_of(every, bringing.by, bringing.at)
    bodies = {code: body.pk for code, body in resolve_many({one.code for one in every if one.code}).items()}
    road = _road(source, bringing.on)
    taken = [
        _one(telling, on, named, road, source, bringing, subjects, bodies)
        for (telling, on), named in zip(kept, meant, strict=True)
    ]
    return taken, faults


def key_of(source: str, key: str, system: str) -> str:
    """This function will give the name under which an item of a source is known again in a system's record."""
    fit = key if len(key) <= LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest()
    return f"{source}:{fit}" + (f"@{system}" if system else "")


def _people(telling: Telling, bringing: Bringing) -> tuple[str, ...]:
    """Only a comment is looked through: it was written for the provider, and nobody looked at it before."""
    if telling.kind is not Kind.COMMENT or bringing.knowingly:
        return ()
    return (*((PERSON,) if PERSON in telling.held else ()), *bringing.people_in(telling.text))


def _meant(telling: Telling, on: date, naming: Naming) -> tuple[Meant, ...]:
    return tuple(dict.fromkeys(naming.meant(one, on) for one in telling.about))


def _road(source: str, on: date) -> Road:
    entry = home_of(source, on)
    return Road(entry.id if entry else "", entry.quadrant.value if entry else "", road_of(source))


def _one(
    telling: Telling,
    on: date,
    named: tuple[Meant, ...],
    road: Road,
    source: str,
    bringing: Bringing,
    subjects: dict[str, Subject],
    bodies: dict[str, UUID],
) -> Taken:
    is_comment = telling.kind is Kind.COMMENT
    handling = Handling.MEMBERS if is_comment else Handling.PUBLIC
    codes = dict.fromkeys(code for one in named for code in one.codes)
    return Taken(
        line=telling.line,
        key=key_of(source, _own_key(telling), bringing.system),
        kind=telling.kind,
        bearing=telling.bearing,
        heard_on=on,
        road=road,
        handling=handling,
        counts=False,
        words=(Words(telling.text, handling),) if telling.text else (),
        about=tuple(subjects[code].pk for code in codes if code in subjects),
        named=named,
        dimensions=tuple(one.value for one in telling.dimensions),
        report=telling.report,
        sent=_sent(telling.report, {one.words: bodies.get(one.code) for one in named}) if telling.report else (),
        held=telling.held,
        certainty=telling.certainty,
        channel=telling.channel,
        safeguarding=Safeguarding.SUSPECTED if SAFEGUARDING in telling.held else Safeguarding.NO,
    )


def _own_key(telling: Telling) -> str:
    """Two trusts number their comments alike, and an id may be that of a row: body and words belong to it."""
    if telling.kind is not Kind.COMMENT:
        return telling.key
    whole = "\n".join([*(one.name.casefold() for one in telling.about), essence(telling.text)])
    return f"{telling.key[:60]}-{hashlib.sha256(whole.encode()).hexdigest()[:24]}"


def _sent(report: ReportFacts, bodies: dict[str, UUID | None]) -> tuple[Sent, ...]:
    due = report.due_on or (response_due(report.sent_on) if report.sent_on else None)
    last = max((day for day in (due, report.extended_to) if day), default=None)
    return tuple(
        Sent(one.addressee, bodies.get(one.addressee), one.status, last, report.as_of) for one in report.responses
    )
