"""Which subjects stand in a surveillance log on a day, and the level that each was last known to be at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db.models import CharField, Exists, F, OuterRef, Q, Window
from django.db.models.functions import Cast, RowNumber
from django.utils import timezone

from sightline.audit.keeping import until_changed_by
from sightline.core.access import Actor, Permission, Role, may
from sightline.core.access.rules import ROLES
from sightline.core.surveillance.facts import Dated, History
from sightline.directory.models import Organisation, Subject
from sightline.directory.queries import commissioned_by, subjects_within
from sightline.directory.words import Kind
from sightline.groups.hearing import bodies_provided_for
from sightline.groups.queries import conflicts_of
from sightline.groups.viewers import viewer_of
from sightline.surveillance.models import LevelDecision, LevelReview, ProcessLead, Reach
from sightline.surveillance.models.decisions import LevelQuerySet

# What changes levels, their reviews, and what a log calls its subjects and who may read of them. The first two name the
# decision, so that of what was kept they change only what it is about.
DECIDED, REVIEWED, BEARS = "surveillance.decide_level", "surveillance.review_level", ("directory",)
_PART = 800  # parameters in one query, below the limit of every database we run on


@dataclass(frozen=True, slots=True)
class SetLevel:
    """A level as it was set: by which decision, under which guidance, from when, and when it was decided."""

    decision: str
    pack: str
    level: str
    effective_on: date
    decided_at: datetime

    @property
    def dated(self) -> Dated:
        """The level as the rules know it."""
        return Dated(self.level, self.pack, self.effective_on)


@dataclass(frozen=True, slots=True)
class Entry:
    """One subject in the log, and the level set last: as much as tells where it stands among thousands.

    Without a level it was never moved. Its keys are text as the database gives it, because of thousands only those of
    one page are looked up.
    """

    key: str
    name: str
    code: str
    sector: str
    decision: str = ""
    pack: str = ""
    level: str = ""
    since: date | None = None
    next_review_on: date | None = None

    @property
    def subject(self) -> UUID:
        """The key of the subject."""
        return UUID(self.key)

    @property
    def history(self) -> History:
        """As much of its history as tells where it stands."""
        return History((Dated(self.level, self.pack, self.since),) if self.since else ())


@dataclass(frozen=True, slots=True)
class Review:
    """A review at which the level stayed as it was, and why."""

    reviewed_on: date
    because: str
    next_review_on: date | None


@dataclass(frozen=True, slots=True)
class Proposed:
    """What was proposed with a level: the actions, one a line, and the reason."""

    actions: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Alike:
    """Levels told apart by what the database is asked for, so that readers of the same ones share what was read."""

    words: tuple[str, tuple[Any, ...]]
    levels: LevelQuerySet[LevelDecision] = field(compare=False)

    @classmethod
    def of(cls, known: LevelQuerySet[LevelDecision]) -> Self:
        try:
            return cls(known.query.sql_with_params(), known)
        except EmptyResultSet:  # nothing at all, which is the same for everyone
            return cls(("", ()), known.none())


def end_of(day: date) -> datetime:
    """This function will give the first moment after a day, as clocks in London show it."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def known_levels(actor: Actor, today: date, system: str, on: date) -> LevelQuerySet[LevelDecision]:
    """This function will choose the decisions that the actor may read, decided and in effect by the end of a day.

    A system's log, or a region's, holds what stands on its own record and what reaches it (SUR-05, ORG-11). Whoever
    reads one log only reads no more than that, so that there is nothing to choose.
    """
    found: LevelQuerySet[LevelDecision] = LevelDecision.objects.visible_to(actor, today)
    if system and _codes(actor, today) != {system}:
        reach = Reach.objects.filter(proposal=OuterRef("proposal"), organisation__code=system)
        found = found.filter(Q(system=system) | Exists(reach))
    return found.filter(decided_at__lt=end_of(on), effective_on__lte=on)


def entries_of(known: LevelQuerySet[LevelDecision]) -> tuple[Entry, ...]:
    """This function will give each subject that was ever levelled, with the level set last; of one day, the last given."""
    return _entries(_Alike.of(known))


def _with_decided(kept: tuple[Entry, ...], decisions: Sequence[str], known: _Alike) -> tuple[Entry, ...]:
    fresh = {one.key: one for one in _read_entries(_about_same(known, decisions))}
    return (*(fresh.pop(one.key, one) for one in kept), *fresh.values())


@until_changed_by(*BEARS, mends={DECIDED: _with_decided})
def _entries(known: _Alike) -> tuple[Entry, ...]:
    return _read_entries(known.levels)


def _read_entries(known: LevelQuerySet[LevelDecision]) -> tuple[Entry, ...]:
    keys = {"of": Cast("subject", CharField()), "by": Cast("pk", CharField())}
    fields = ("of", "by", "pack", "level_to", "effective_on", "next_review_on")
    names = _names()
    return tuple(Entry(of, *names[of], *level) for of, *level in _newest(known).annotate(**keys).values_list(*fields))


def _about_same(known: _Alike, decisions: Sequence[str]) -> LevelQuerySet[LevelDecision]:
    """Of the levels that are known those of the subjects about which something was decided."""
    about = LevelDecision.objects.filter(pk__in=decisions).order_by()
    return known.levels.filter(subject__in=about.values("subject"))


@until_changed_by("directory")
def _names() -> Mapping[str, tuple[str, str, str]]:
    """Name, code and sector of every subject by its key: few change, and those of every log are among them."""
    rows = Subject.objects.order_by().annotate(of=Cast("pk", CharField()))
    return {of: (name, key, sector) for of, name, key, sector in rows.values_list("of", "name", "key", "sector")}


def systems_of_decisions(known: LevelQuerySet[LevelDecision]) -> dict[str, str]:
    """This function will say on which system's record each decision stands."""
    return dict(known.order_by().annotate(by=Cast("pk", CharField())).values_list("by", "system"))


def never_moved(actor: Actor, today: date, system: str, on: date, besides: Collection[str]) -> list[Entry]:
    """This function will give the open subjects of a system of which the log knows no level; they stand at the lowest.

    Whatever the actor may not hear of stays out altogether, so that its absence tells nothing (COI-03, PER-10).
    """
    if not system or not may(actor, Permission.SEE_LEVELS, today):
        return []
    own = viewer_of(actor, today).organisations | bodies_provided_for(actor, today)
    inside = (
        Subject.objects.visible_to(actor, today).open_on(on).filter(pk__in=subjects_within(system, on).values("pk"))
    )
    keyed = inside.order_by().annotate(of=Cast("pk", CharField()))
    closed_to_them = conflicts_of(actor, today)
    return [
        Entry(of, name, code, sector)
        for pk, of, name, code, sector, body in keyed.values_list(
            "pk", "of", "name", "key", "sector", "organisation__code"
        )
        if of not in besides and pk not in closed_to_them and body not in own
    ]


def histories_of(known: LevelQuerySet[LevelDecision], entries: Collection[Entry]) -> Mapping[str, Sequence[SetLevel]]:
    """This function will give the known levels of subjects, the oldest first, by the key of the subject."""
    if len(entries) > _PART:
        return _all_histories(_Alike.of(known))
    return _histories(known.filter(subject__in=[one.subject for one in entries]))


def _with_told(
    kept: Mapping[str, Sequence[SetLevel]], decisions: Sequence[str], known: _Alike
) -> Mapping[str, Sequence[SetLevel]]:
    return {**kept, **_histories(_about_same(known, decisions))}


@until_changed_by(*BEARS, mends={DECIDED: _with_told})
def _all_histories(known: _Alike) -> Mapping[str, Sequence[SetLevel]]:
    return _histories(known.levels)


def _histories(some: LevelQuerySet[LevelDecision]) -> Mapping[str, Sequence[SetLevel]]:
    keys = {"of": Cast("subject", CharField()), "by": Cast("pk", CharField())}
    fields = ("of", "by", "pack", "level_to", "effective_on", "decided_at")
    found: dict[str, list[SetLevel]] = defaultdict(list)
    for subject, *level in some.order_by("effective_on", "number").annotate(**keys).values_list(*fields):
        found[subject].append(SetLevel(*level))
    return found


def reviews_of(
    known: LevelQuerySet[LevelDecision], on: date, entries: Collection[Entry]
) -> Mapping[str, Sequence[Review]]:
    """This function will give the reviews, known by the end of a day, of the levels at which subjects stand.

    The oldest come first, by the key of the decision that they are about.
    """
    if len(entries) > _PART:
        return _all_reviews(_Alike.of(known), on)
    return _reviews(on, (UUID(one.decision) for one in entries if one.decision))


def _with_reviewed(
    kept: Mapping[str, Sequence[Review]], decisions: Sequence[str], known: _Alike, on: date
) -> Mapping[str, Sequence[Review]]:
    return {**kept, **_reviews(on, map(UUID, decisions))}


@until_changed_by(*BEARS, mends={REVIEWED: _with_reviewed})
def _all_reviews(known: _Alike, on: date) -> Mapping[str, Sequence[Review]]:
    """Of the levels that hold. One that is decided later has no review yet, and each that it has then is told of."""
    return _reviews(on, (UUID(one.decision) for one in _entries(known)))


def _reviews(on: date, decisions: Iterable[UUID]) -> Mapping[str, Sequence[Review]]:
    found: dict[str, list[Review]] = defaultdict(list)
    for part in _parts(decisions):
        rows = LevelReview.objects.filter(decision__in=part, recorded_at__lt=end_of(on), reviewed_on__lte=on)
        keyed = rows.annotate(about=Cast("decision", CharField()))
        for about, day, because, again in keyed.values_list("about", "reviewed_on", "because", "next_review_on"):
            found[about].append(Review(day, because, again))
    return found


def _newest(known: LevelQuerySet[LevelDecision]) -> LevelQuerySet[LevelDecision]:
    """The decision of each subject by which its level was set last; of one day, the one given last."""
    place = Window(RowNumber(), partition_by="subject", order_by=[F("effective_on").desc(), F("number").desc()])
    return known.order_by().annotate(place=place).filter(place=1)


def closed_on(entries: Collection[Entry]) -> dict[str, date]:
    """This function will say when the bodies of subjects closed, of those that did, by the key of the subject."""
    found: dict[str, date] = {}
    for part in _parts([one.subject for one in entries]):
        rows = Subject.objects.filter(pk__in=part).exclude(organisation__closed_on=None).order_by()
        keyed = rows.annotate(of=Cast("pk", CharField()))
        found |= dict(keyed.values_list("of", "organisation__closed_on"))
    return found


def proposed_of(entries: Collection[Entry]) -> dict[str, Proposed]:
    """This function will give what was proposed with the level at which each stands, by the key of the decision."""
    found: dict[str, Proposed] = {}
    for part in _parts([UUID(one.decision) for one in entries if one.decision]):
        rows = LevelDecision.objects.filter(pk__in=part).order_by().annotate(by=Cast("pk", CharField()))
        for key, actions, reason in rows.values_list("by", "proposal__actions", "proposal__reason"):
            found[key] = Proposed(tuple(one.strip() for one in actions.splitlines() if one.strip()), reason)
    return found


def subjects_led_by(word: str, on: date) -> set[UUID]:
    """This function will find the subjects that a body commissions or leads for, told by its code or a part of its name."""
    bodies = Organisation.objects.filter(Q(code__iexact=word) | Q(name__icontains=word))
    bought = Subject.objects.filter(organisation__in=commissioned_by(bodies, on))
    rows = ProcessLead.objects.filter(agreed_on__lte=on, recorded_at__lt=end_of(on))
    leads = dict(rows.order_by("agreed_on", "recorded_at", "pk").values_list("subject", "organisation"))
    named = set(bodies.filter(pk__in=set(leads.values())).values_list("pk", flat=True)) if leads else set()
    return set(bought.values_list("pk", flat=True)) | {subject for subject, body in leads.items() if body in named}


def logs_of(actor: Actor, today: date) -> Mapping[str, str]:
    """This function will name the systems and regions whose log the actor may open: their codes, with what each is called.

    Who reads levels everywhere is offered whoever has a level on record, and the house's own system.
    """
    codes = _codes(actor, today)
    if codes is not None:
        return dict(Organisation.objects.filter(code__in=codes).order_by("name").values_list("code", "name"))
    areas = Organisation.objects.filter(kind__in=[Kind.ICB, Kind.REGION])
    decided = LevelDecision.objects.filter(system=OuterRef("code"))
    reached = Reach.objects.filter(organisation=OuterRef("pk"))
    has_one = Q(Exists(decided)) | Q(Exists(reached)) | Q(code=settings.HOME_SYSTEM or None)
    return dict(areas.filter(has_one).order_by("name").values_list("code", "name"))


def _codes(actor: Actor, today: date) -> set[str] | None:
    """The codes of those for whom the actor reads levels; None for everyone."""
    found = set[str]()
    for grant in actor.grants:
        if grant.holds_on(today) and Permission.SEE_LEVELS in ROLES[grant.role]:
            code = grant.organisation if grant.role is Role.REGION else grant.system
            if not code and grant.role is not Role.REGION:
                return None
            found |= {code} - {""}
    return found


def _parts(keys: Iterable[UUID]) -> Iterator[list[UUID]]:
    everything = list(keys)
    return (everything[at : at + _PART] for at in range(0, len(everything), _PART))
