"""What happened to a subject, one kind of event after another, as far as one reader may see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import CharField, F, Q, QuerySet, Value
from django.utils import timezone

from sightline.core.access import Actor, Permission, Role, Viewer, systems_where
from sightline.core.triangulation.weighing import ABSENCES
from sightline.directory.models import Relation, Subject
from sightline.directory.words import Link
from sightline.escalation.models import Telling
from sightline.groups.hearing import heard_by
from sightline.indicators.models import Rating, Signal
from sightline.intelligence.models import About, Addressee, Item, Passage, Release, ReleaseAnswer, ReleaseDecision
from sightline.intelligence.queries.releases import released_to
from sightline.intelligence.words import Kind, ReleaseStep
from sightline.overview.queries.gathering import Past
from sightline.profiles.models import HeatMapReading, OtherProcess, Profile, TriggerAssessment
from sightline.surveillance.models import Concern, LevelDecision
from sightline.triangulation.models import ProposalDecision, Request, RequestAnswer

A_PAGE = 100
_ABSENT = frozenset(kind.value for kind in ABSENCES)
OVERALL = "overall"  # what a rating of a body as a whole is about
CONTINUED = "continued"  # why a signal ended whose pattern goes on in another row


class MomentKind(StrEnum):
    """The kinds of event by which a timeline is filtered."""

    FIGURES = "figures"
    SILENCE = "silence"
    TOLD = "told"
    REGULATOR = "regulator"
    DEATHS = "deaths"
    RISK = "risk"
    LEVEL = "level"
    ASKED = "asked"
    RELEASED = "released"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Raised:
    """A pattern was noticed, or figures fell silent; the record itself once it is shown."""

    key: UUID
    signal: Signal | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """It is no longer so."""

    key: UUID
    signal: Signal | None = None


@dataclass(frozen=True, slots=True)
class ToldItem:
    """Somebody told something, or it was published; of its words, what the reader may read."""

    item: Item
    passages: tuple[Passage, ...] = ()
    addressees: tuple[Addressee, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """What the regulator found on one day, each with what it had found before."""

    subject: Subject
    changes: tuple[tuple[Rating, str], ...]


@dataclass(frozen=True, slots=True)
class Aided:
    """A risk profile was begun, or an aid used: which, its record, and the level that it suggested."""

    which: str
    record: UUID
    word: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A proposal was answered."""

    decision: ProposalDecision


@dataclass(frozen=True, slots=True)
class AskedFor:
    """Somebody was asked for information; with the answer, what came of it."""

    request: Request
    answer: RequestAnswer | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A copy was released to the provider or withdrawn, or the provider answered; ``is_own`` for the provider itself."""

    release: Release
    step: str
    is_own: bool
    answer: ReleaseAnswer | None = None


@dataclass(frozen=True, slots=True)
class RaisedConcern:
    """A concern was raised; its newest words."""

    concern: Concern
    says: str


@dataclass(frozen=True, slots=True)
class Levelled:
    """A level was set, in the words of its own guidance."""

    decision: LevelDecision
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ToldProvider:
    """The provider was told about its level; ``is_own`` for the provider itself."""

    telling: Telling
    is_own: bool


@dataclass(frozen=True, slots=True)
class Became:
    """A body was taken over by another, whole or in part."""

    step: Relation


What = (
    Raised
    | Ended
    | ToldItem
    | Judged
    | Aided
    | Decided
    | AskedFor
    | Given
    | Became
    | RaisedConcern
    | Levelled
    | ToldProvider
)


@dataclass(frozen=True, slots=True)
class Moment:
    """One event: its day, its kind, a key that no other has, and the record behind it."""

    on: date
    kind: MomentKind
    key: str
    what: What


@dataclass(frozen=True, slots=True)
class Span:
    """Which part of a timeline is wanted: what was recorded by a day, and what comes after the last that was shown."""

    today: date
    known_on: date | None = None
    after_on: date | None = None
    after_key: str = ""
    kinds: frozenset[MomentKind] = field(default_factory=frozenset)

    @property
    def end(self) -> datetime | None:
        """The first moment that was not yet known; None where everything counts."""
        if self.known_on is None or self.known_on >= self.today:
            return None
        return timezone.make_aware(datetime.combine(self.known_on + timedelta(days=1), time.min))

    def wants(self, *kinds: MomentKind) -> bool:
        """This function will say whether any of these kinds is asked for; none named asks for all."""
        return not self.kinds or bool(self.kinds & set(kinds))

    def knew(self, at: datetime) -> bool:
        """This function will say whether something was recorded by then."""
        return self.end is None or at < self.end

    def recorded(self, name: str = "recorded_at") -> Q:
        """This function will keep what was recorded by then."""
        return Q() if self.end is None else Q((f"{name}__lt", self.end))

    def holds(self, moment: Moment) -> bool:
        """This function will say whether a moment belongs to what is wanted."""
        if self.kinds and moment.kind not in self.kinds:
            return False
        return self.after_on is None or (-moment.on.toordinal(), moment.key) > (
            -self.after_on.toordinal(),
            self.after_key,
        )


def noticed(span: Span, standing: Iterable[Signal], past: Iterable[Past]) -> Iterator[Moment]:
    """This function will tell what was noticed in figures, and what is no longer so; a pattern that goes on is one."""
    for row in standing:
        if row.continues_id is None and span.knew(row.raised_at):
            yield Moment(
                timezone.localdate(row.raised_at), _noticed_as(row.kind), f"raised:{row.pk.hex}", Raised(row.pk)
            )
    for one in past:
        kind, key = _noticed_as(one.kind), one.key.hex
        if one.continues is None and span.knew(one.raised_at):
            yield Moment(timezone.localdate(one.raised_at), kind, f"raised:{key}", Raised(one.key))
        if one.ended_at is not None and one.because != CONTINUED and span.knew(one.ended_at):
            yield Moment(timezone.localdate(one.ended_at), kind, f"ended:{key}", Ended(one.key))


def _noticed_as(kind: str) -> MomentKind:
    return MomentKind.SILENCE if kind in _ABSENT else MomentKind.FIGURES


TOLD_AS = {Kind.DEATH_REPORT: MomentKind.DEATHS, Kind.ENFORCEMENT: MomentKind.REGULATOR}


def told(viewer: Viewer, span: Span, subject: Subject) -> Iterator[Moment]:
    """This function will tell which items the viewer may see; their words are read for those that are shown."""
    wanted = [kind.value for kind in Kind if span.wants(TOLD_AS.get(kind, MomentKind.TOLD))]
    about = About.objects.filter(subject=subject).values("item")
    found = Item.objects.seen_by(viewer).filter(span.recorded(), pk__in=about, kind__in=wanted)
    # There may be thousands of comments about one body: no more are read than a page can show.
    for row in found.filter(_not_shown(span, "told")).order_by("-heard_on", "pk")[: A_PAGE + 1]:
        yield Moment(row.heard_on, TOLD_AS.get(Kind(row.kind), MomentKind.TOLD), f"told:{row.pk.hex}", ToldItem(row))


def _not_shown(span: Span, name: str) -> Q:
    """In the database's words what ``Span.holds`` says of keys that begin with a name."""
    if span.after_on is None:
        return Q()
    before, _, bare = span.after_key.partition(":")
    same_day = Q(heard_on=span.after_on)
    if before > name:
        same_day = Q(pk__in=[])
    elif before == name:
        same_day &= Q(pk__gt=UUID(bare))
    return Q(heard_on__lt=span.after_on) | same_day


def judged(span: Span, subject: Subject, ratings: Iterable[Rating]) -> Iterator[Moment]:
    """This function will tell each change of the regulator's ratings, and of the overall rating of sites that it runs."""
    wanted = (
        one
        for one in ratings
        if not one.service
        and (one.subject_id == subject.pk or one.about == OVERALL)
        and span.knew(one.publication.recorded_at)
    )
    last: dict[tuple[UUID, str], str] = {}
    days: dict[tuple[date, UUID], list[tuple[Rating, str]]] = {}
    for row in sorted(wanted, key=lambda one: (one.published_on, one.pk)):
        before = last.get((row.subject_id, row.about), "")
        if before != row.rating:
            days.setdefault((row.published_on, row.subject_id), []).append((row, before))
        last[row.subject_id, row.about] = row.rating
    for (on, key), changes in days.items():
        yield Moment(on, MomentKind.REGULATOR, f"judged:{key.hex}", Judged(changes[0][0].subject, tuple(changes)))


def aided(actor: Actor, span: Span, subject: Subject) -> Iterator[Moment]:
    """This function will tell which aids were used and which profiles begun, in one query for them all."""
    sight = heard_by(actor, span.today)
    both = sight | Q(pk__in=Profile.objects.shared_with(actor, span.today).values("pk"))
    text = CharField()
    kinds: tuple[tuple[QuerySet[HeatMapReading] | QuerySet[TriggerAssessment] | QuerySet[OtherProcess], str], ...] = (
        (HeatMapReading.objects.filter(sight), "suggested"),
        (TriggerAssessment.objects.filter(sight), "recommended"),
        (OtherProcess.objects.filter(sight), "name"),
    )
    begun = Profile.objects.filter(both, span.recorded("started_at"), subject=subject).order_by()
    first = begun.annotate(at=F("started_at"), word=Value("", text), which=Value("profile", text))
    rows = first.values_list("pk", "at", "word", "which").union(
        *(
            found.filter(span.recorded(), subject=subject)
            .order_by()
            .annotate(at=F("recorded_at"), word=F(word), which=Value(found.model.__name__, text))
            .values_list("pk", "at", "word", "which")
            for found, word in kinds
        ),
        all=True,
    )
    for key, at, word, which in rows:
        yield Moment(timezone.localdate(at), MomentKind.RISK, f"aided:{key.hex}", Aided(which, key, word))


def deliberated(span: Span, decisions: Iterable[ProposalDecision], requests: Iterable[Request]) -> Iterator[Moment]:
    """This function will tell which proposals were answered, what was asked of whom, and what came of it."""
    for one in decisions:
        if span.knew(one.recorded_at):
            on = timezone.localdate(one.recorded_at)
            yield Moment(on, MomentKind.ASKED, f"decided:{one.pk.hex}", Decided(one))
    for asked in requests:
        if span.knew(asked.recorded_at):
            on = timezone.localdate(asked.recorded_at)
            yield Moment(on, MomentKind.ASKED, f"requested:{asked.pk.hex}", AskedFor(asked))
        answer = getattr(asked, "answer", None)
        if answer is not None and span.knew(answer.recorded_at):
            on = timezone.localdate(answer.recorded_at)
            yield Moment(on, MomentKind.ASKED, f"replied:{asked.pk.hex}", AskedFor(asked, answer))


def released(actor: Actor, viewer: Viewer, span: Span, subject: Subject) -> Iterator[Moment]:
    """This function will tell what was released to the provider: to it, its own copies; to who keeps them, each step."""
    steps = {step.release_id: [step] for step in _own_copies(actor, span, subject)}
    own = frozenset(steps)
    for step in _kept_steps(actor, viewer, span, subject):
        if step.release_id not in own:
            steps.setdefault(step.release_id, []).append(step)
    for some in steps.values():
        for step in some:
            what = Given(step.release, step.step, step.release_id in own)
            on = timezone.localdate(step.recorded_at)
            yield Moment(on, MomentKind.RELEASED, f"given:{step.release_id.hex}.{step.step}", what)
    known = {key: some[0].release for key, some in steps.items()}
    answers = ReleaseAnswer.objects.filter(span.recorded(), release__in=known) if known else ()
    for answer in answers:
        what = Given(known[answer.release_id], "", answer.release_id in own, answer)
        on = timezone.localdate(answer.recorded_at)
        yield Moment(on, MomentKind.RELEASED, f"given:{answer.release_id.hex}.answer{answer.pk}", what)


def _own_copies(actor: Actor, span: Span, subject: Subject) -> Sequence[ReleaseDecision]:
    provides = any(one.role is Role.PROVIDER and one.holds_on(span.today) for one in actor.grants)
    if subject.organisation is None or not provides:
        return ()
    standing = released_to(actor, span.today).filter(to=subject.organisation).values("pk")
    rows = ReleaseDecision.objects.filter(span.recorded(), release__in=standing, step=ReleaseStep.RELEASED.value)
    return list(rows.select_related("release__to"))


def _kept_steps(actor: Actor, viewer: Viewer, span: Span, subject: Subject) -> Sequence[ReleaseDecision]:
    """For those who write copies or release them in the group, about what they hear: as on the item's own page."""
    ways = (Permission.REVIEW_INTELLIGENCE, Permission.RELEASE_INTELLIGENCE)
    systems = [systems_where(actor, one, span.today) for one in ways]
    if not viewer.hears or not any(one is None or one for one in systems):
        return ()
    about = Q(item__in=About.objects.filter(subject=subject).values("item"))
    if subject.organisation is not None:
        about |= Q(to=subject.organisation)
    found = Release.objects.filter(about, item__in=Item.objects.heard_by(viewer).values("pk"))
    if None not in systems:
        found = found.filter(item__system__in=frozenset().union(*(one for one in systems if one)))
    rows = ReleaseDecision.objects.filter(span.recorded(), release__in=found.values("pk"))
    return list(
        rows.exclude(step=ReleaseStep.REFUSED.value).select_related("release__to").order_by("recorded_at", "pk")
    )


def became(span: Span, subject: Subject) -> Iterator[Moment]:
    """This function will tell by which mergers a body came to be, and what became of it; each once, as first stated."""
    if subject.organisation is None:
        return
    either = Q(origin=subject.organisation) | Q(target=subject.organisation)
    rows = Relation.objects.filter(either, span.recorded(), link=Link.SUCCEEDED_BY, valid_from__lte=span.today)
    seen: set[tuple[UUID, UUID]] = set()
    for row in rows.select_related("origin", "target").order_by("valid_from", "pk"):
        if (row.origin_id, row.target_id) not in seen and row.valid_from is not None:
            seen.add((row.origin_id, row.target_id))
            yield Moment(row.valid_from, MomentKind.BODY, f"became:{row.pk}", Became(row))
