"""Writes down what arises from a level or a concern, once each, and lets those know to whom it falls or who are told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Organisation
from sightline.escalation.messages import DUTY_ARISEN
from sightline.escalation.models import Duty
from sightline.escalation.queries.arising import Arising, arising_from, arising_from_concern
from sightline.escalation.queries.holding import holders_at
from sightline.notify.queueing import queue
from sightline.surveillance.models import Concern, LevelDecision

PROVIDERS = frozenset({Slot.PROVIDER, Slot.PROVIDER_CHAIR})


def write_down(
    origin: LevelDecision | Concern,
    arising: Iterable[Arising],
    *,
    at: datetime,
    arisen_on: date,
    due_on: date | None = None,
    version: str,
    pack: str,
) -> tuple[Duty, ...]:
    """This function will write down each thing that is not on record yet, and queue word of it (RPT-01, RPT-04 to RPT-06).

    The key is unique, and so nothing arises twice however often this is asked for, or by how many at one moment: what
    another wrote down meanwhile is left to them, with the word of it.
    """
    wanted = {one.consequence.key: one for one in arising}
    there = set(Duty.objects.filter(key__in=wanted).values_list("key", flat=True))
    made = [_row(origin, one, at, arisen_on, due_on, version, pack) for key, one in wanted.items() if key not in there]
    Duty.objects.bulk_create(made, ignore_conflicts=True)
    ours = set(Duty.objects.filter(pk__in=[one.pk for one in made]).values_list("pk", flat=True))
    written = tuple(one for one in made if one.pk in ours)
    _let_know([(one, wanted[one.key]) for one in written], at)
    return written


def write_down_level(decision: LevelDecision, at: datetime, arisen_on: date) -> tuple[Duty, ...]:
    """This function will write down what arises from a level that was set, by the rules of its decision."""
    found, rules = arising_from(decision), decision.rules_version
    return write_down(decision, found, at=at, arisen_on=arisen_on, version=rules, pack=decision.pack)


def write_down_concern(concern: Concern, at: datetime) -> tuple[Duty, ...]:
    """This function will write down what arises from a concern where its subject stands, once however often it is restated."""
    on = timezone.localdate(at)
    found = arising_from_concern(concern, on)
    if not found.arising:
        return ()
    return write_down(
        concern, found.arising, at=at, arisen_on=on, version=found.guidance.version, pack=found.guidance.pack
    )


def _row(
    origin: LevelDecision | Concern,
    one: Arising,
    at: datetime,
    arisen_on: date,
    due_on: date | None,
    version: str,
    pack: str,
) -> Duty:
    notice = one.consequence.notice
    within = notice.within_days
    return Duty(
        key=one.consequence.key,
        decision=origin if isinstance(origin, LevelDecision) else None,
        concern=origin if isinstance(origin, Concern) else None,
        subject_id=origin.subject_id,
        system=origin.system,
        pack=pack,
        rules_version=version,
        notice=notice.id,
        name=notice.name,
        says=notice.says,
        cites=notice.cites,
        kind=notice.kind.value,
        purpose=notice.purpose.value,
        force=notice.force.value,
        falls_to=one.consequence.falls_to.value,
        doer=_only(one.doers),
        to=one.consequence.to.value,
        organisation=_only(one.receivers),
        lacks_body=one.lacks_body,
        is_for_lead=Slot.PROCESS_LEAD in {notice.by, notice.by_if_several, notice.to},
        arisen_on=arisen_on,
        due_on=arisen_on + timedelta(days=within) if within is not None else due_on,
        recorded_at=at,
    )


def _only(bodies: Sequence[Organisation]) -> Organisation | None:
    """The one body, where there is one; several share a role until one of them takes it up."""
    return bodies[0] if len(bodies) == 1 else None


def _let_know(made: Sequence[tuple[Duty, Arising]], at: datetime) -> None:
    """Word goes to those to whom something falls, and to those who receive it; a provider is told in words of its own."""
    if not made:
        return
    bodies = {body.pk for _, one in made for body in (*one.doers, *one.receivers)}
    holders = holders_at(bodies, timezone.localdate(at))
    for duty, one in made:
        people = list(holders.of(one.consequence.falls_to, [body.pk for body in one.doers]))
        if one.consequence.to not in PROVIDERS:
            people += holders.of(one.consequence.to, [body.pk for body in one.receivers])
        path = reverse("duty", args=[duty.pk])
        queue(at=at, kind=DUTY_ARISEN, record=str(duty.pk), path=path, people=dict.fromkeys(people))
