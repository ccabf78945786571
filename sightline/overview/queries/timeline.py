"""Everything dated about a subject on one line of time, newest first, as far as one reader may see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sightline.core.access import Actor, Viewer
from sightline.indicators.models import Signal
from sightline.intelligence.models import Addressee
from sightline.intelligence.queries import passages_of
from sightline.intelligence.words import Kind
from sightline.overview.queries import moments
from sightline.overview.queries.gathering import Gathered
from sightline.overview.queries.governed import governed, told_to_provider
from sightline.overview.queries.moments import A_PAGE, Ended, Moment, MomentKind, Raised, Span, ToldItem, What


@dataclass(frozen=True, slots=True)
class Asked:
    """What a timeline is asked for: kinds (none for all), where to go on, and what was known on a day."""

    kinds: frozenset[MomentKind] = frozenset()
    before: str = ""
    known_on: date | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of moments; ``earlier`` says where to go on, and is empty at the end."""

    moments: tuple[Moment, ...]
    earlier: str = ""


def timeline_of(actor: Actor, on: date, found: Gathered, asked: Asked) -> Timeline:
    """This function will give one page of all that is dated about a subject, the newest first.

    What the reader may not see leaves no gap and no count.
    """
    span = _span(on, asked)
    wanted = sorted(
        (one for one in _every(actor, span, found) if span.holds(one)),
        key=lambda one: (-one.on.toordinal(), one.key),
    )
    page = wanted[:A_PAGE]
    earlier = f"{page[-1].on.isoformat()}.{page[-1].key}" if len(wanted) > A_PAGE else ""
    return Timeline(_filled(found, span, page), earlier)


def _span(on: date, asked: Asked) -> Span:
    """A place to go on that nobody could have been given is no place."""
    day, _, key = asked.before.partition(".")
    name, _, bare = key.partition(":")
    try:
        after = date.fromisoformat(day)
        if name == "told":
            UUID(bare)
    except ValueError:
        return Span(on, asked.known_on, kinds=asked.kinds)
    return Span(on, asked.known_on, after, key, asked.kinds)


def _every(actor: Actor, span: Span, found: Gathered) -> Iterator[Moment]:
    subject, viewer = found.subject, found.viewer
    if span.wants(MomentKind.FIGURES, MomentKind.SILENCE):
        yield from moments.noticed(span, found.standing, found.past)
    if span.wants(MomentKind.TOLD, MomentKind.REGULATOR, MomentKind.DEATHS):
        yield from moments.told(viewer, span, subject)
    if span.wants(MomentKind.REGULATOR):
        yield from moments.judged(span, subject, found.ratings)
    if span.wants(MomentKind.RISK):
        yield from moments.aided(actor, span, subject)
    if span.wants(MomentKind.LEVEL):
        yield from governed(actor, span, subject)
    if span.wants(MomentKind.ASKED):
        yield from moments.deliberated(span, found.picture.answered, found.picture.requests)
    if span.wants(MomentKind.RELEASED):
        yield from moments.released(actor, viewer, span, subject)
        yield from told_to_provider(actor, span, subject)
    if span.wants(MomentKind.BODY):
        yield from moments.became(span, subject)


def _filled(found: Gathered, span: Span, page: list[Moment]) -> tuple[Moment, ...]:
    """Records and words are read for what is shown alone."""
    signals = _signals(found, page)
    told = _told(found.viewer, span, page)
    return tuple(replace(one, what=_what(one.what, signals, told)) for one in page)


def _what(what: What, signals: Mapping[UUID, Signal], told: Mapping[UUID, ToldItem]) -> What:
    match what:
        case Raised(key):
            return Raised(key, signals.get(key))
        case Ended(key):
            return Ended(key, signals.get(key))
        case ToldItem(item):
            return told[item.pk]
        case _:
            return what


def _signals(found: Gathered, page: list[Moment]) -> Mapping[UUID, Signal]:
    known = {one.pk: one for one in found.standing}
    missing = {one.what.key for one in page if isinstance(one.what, Raised | Ended)} - set(known)
    past = Signal.objects.in_bulk(missing) if missing else {}
    return {**known, **past}


def _told(viewer: Viewer, span: Span, page: list[Moment]) -> Mapping[UUID, ToldItem]:
    """The words that the reader may read, and had been recorded; what is only to be said has none here."""
    items = [one.what.item for one in page if isinstance(one.what, ToldItem)]
    words = passages_of(viewer, [item.pk for item in items if not item.verbal_only]) if items else {}
    reports = [item.pk for item in items if item.kind == Kind.DEATH_REPORT]
    addressed: dict[UUID, list[Addressee]] = {}
    if reports:
        rows = Addressee.objects.filter(report__item__in=reports).select_related("report").order_by("name")
        for row in rows:
            addressed.setdefault(row.report.item_id, []).append(row)
    return {
        item.pk: ToldItem(
            item,
            tuple(passage for passage in words.get(item.pk, ()) if span.knew(passage.recorded_at)),
            tuple(addressed.get(item.pk, ())),
        )
        for item in items
    }
