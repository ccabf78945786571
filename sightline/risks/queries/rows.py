"""The rows of many risks, read table by table, as they were on record on a day; ``facts`` makes them into facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import CharField, F, Min, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from sightline.accounts.models import Person, RoleGrant
from sightline.core.signals import Bearing
from sightline.directory.models import Organisation
from sightline.groups.models import Group
from sightline.indicators.models import Signal
from sightline.intelligence.models import Item
from sightline.risks.models import (
    Acceptance,
    LookBack,
    Measure,
    MeasureStep,
    Place,
    RiskEnding,
    RiskLink,
    RiskReview,
    RiskScore,
    RiskStatement,
    RiskSubject,
)
from sightline.risks.words import ScoreKind
from sightline.surveillance.models import Concern

Row = TypeVar("Row", bound=tuple[Any, ...])


@dataclass(frozen=True, slots=True)
class Then:
    """A day, and until when something has to be on record to count for it.

    ``known_on`` leaves out what came to be known later. What bears no day of its own counts from when it was recorded.
    """

    on: date
    known_on: date | None = None

    @property
    def knew(self) -> Q:
        """What was on record by the day on which one looks, if one is named."""
        return Q() if self.known_on is None else Q(recorded_at__lt=day_after(self.known_on))

    @property
    def said(self) -> Q:
        """What was on record by the day itself."""
        return Q(recorded_at__lt=day_after(min(self.on, self.known_on or self.on)))


def day_after(day: date) -> datetime:
    """This function will give the first moment after a day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


@dataclass(frozen=True, slots=True)
class Those:
    """Risks whose rows are read: some by their ids, or all on the record of a system."""

    ids: Collection[UUID] = ()
    system: str | None = None

    def where(self, path: str = "risk") -> Q:
        """This function will choose the rows that lead to one of them."""
        return Q((f"{path}__in", self.ids)) if self.system is None else Q((f"{path}__system", self.system))


class Keys(dict[str, str]):
    """Ids as text, by how the database writes them: each is read as an id once, however many rows have it."""

    def __missing__(self, told: str) -> str:
        self[told] = found = str(UUID(told))
        return found


class StatementRow(NamedTuple):
    """What is said of a risk; whom it names by their ids."""

    risk: str
    recorded_at: datetime
    title: str
    cause: str
    event: str
    effect: str
    category: str
    severity: str
    is_complex: bool
    is_recurrent: bool
    is_healthcare: bool
    is_authority_assured: bool
    is_nhs_england_commissioned: bool
    is_nationally_commissioned: bool
    accountable: UUID | None
    accountable_group: UUID | None
    owner: UUID | None
    owner_name: str
    owner_until: date | None
    shared_owners: str
    partners: str
    pathways: str
    rests_on_judgement: bool
    why_raised: str
    review_on: date | None


class ScoreRow(NamedTuple):
    """One score."""

    risk: str
    kind: str
    likelihood: int
    consequence: int
    holds_from: date
    by_on: date | None
    rationale: str
    pk: int


class MeasureRow(NamedTuple):
    """One control, gap or action."""

    risk: str
    kind: str
    holder: str
    due_on: date | None
    key: str
    against: str | None


class StepRow(NamedTuple):
    """What became of a control, a gap or an action."""

    measure: str
    how: str
    happened_on: date


class PlaceRow(NamedTuple):
    """One register on which a risk stands."""

    risk: str
    tier: str
    since: date
    reference: str
    body: UUID


class AcceptanceRow(NamedTuple):
    """That somebody bears a risk."""

    risk: str
    accepted_by: str
    until: date | None
    recorded_at: datetime


class ReviewRow(NamedTuple):
    """One review."""

    risk: str
    reviewed_on: date
    next_review_on: date | None
    recorded_at: datetime


class EndingRow(NamedTuple):
    """The end of a risk."""

    risk: str
    ended_on: date
    because: str


@dataclass(frozen=True, slots=True)
class Rows:
    """Every row that bears on some risks, by risk unless it says otherwise; the newest come last."""

    statements: Mapping[str, list[StatementRow]]
    subjects: Mapping[str, list[str]]
    scores: Mapping[str, list[ScoreRow]]
    told: Mapping[int, datetime]  # when the current scores of what somebody bears were put on record, by score
    measures: Mapping[str, list[MeasureRow]]
    steps: Mapping[str, list[StepRow]]  # by measure
    places: Mapping[str, list[PlaceRow]]
    acceptances: Mapping[str, list[AcceptanceRow]]
    reviews: Mapping[str, list[ReviewRow]]
    endings: Mapping[str, list[EndingRow]]
    looked_back: frozenset[str]


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of those whom risks name, and of what they are about and linked to; other apps keep it."""

    people: Mapping[UUID, tuple[str, bool]]  # the names of owners, and whether they may still sign in
    left: Mapping[UUID, date]  # the first day on which an owner held no role any more
    bodies: Mapping[UUID, tuple[str, date | None]]  # the names of those who answer for risks, and when they closed
    groups: Mapping[UUID, str]
    evidence: Mapping[str, tuple[date, ...]]  # the days of what a risk is linked to
    known: Mapping[str, date]  # the first day on which anything was on record about a subject


def rows_of(those: Those, then: Then) -> Rows:
    """This function will read every row of some risks: one query for each table, however many there are."""
    mine, day, keys = those.where(), then.on, Keys()
    steps = MeasureStep.objects.filter(then.knew, those.where("measure__risk"), happened_on__lte=day)
    places = Place.objects.filter(mine & then.knew, since__lte=day).exclude(_left_register(then))
    borne = Acceptance.objects.filter(mine & then.said)
    scores = RiskScore.objects.filter(mine & then.knew, holds_from__lte=day)
    dear = scores.filter(kind=ScoreKind.CURRENT.value, risk__in=borne.order_by().values("risk"))
    subjects = RiskSubject.objects.filter(mine).order_by("pk").annotate(about=Cast("subject", CharField()))
    reviews = RiskReview.objects.filter(mine & then.knew, reviewed_on__lte=day)
    measures = Measure.objects.filter(mine & then.said).annotate(
        key=Cast("pk", CharField()), closes=Cast("against", CharField())
    )
    looked_back = LookBack.objects.filter(mine & then.knew, as_of__lte=day).order_by()
    return Rows(
        statements=_grouped(
            RiskStatement.objects.filter(mine & then.knew).order_by("number"),
            StatementRow,
            keys,
            *StatementRow._fields[1:],
        ),
        subjects={
            keys[risk]: [keys[one] for _, one in pairs]
            for risk, pairs in _lists(_of(subjects).values_list("of", "about")).items()
        },
        scores=_grouped(scores, ScoreRow, keys, *ScoreRow._fields[1:]),
        told=dict(dear.order_by().values_list("pk", "recorded_at")),
        measures=_grouped(measures, MeasureRow, keys, *MeasureRow._fields[1:-1], "closes"),
        steps=_grouped(steps, StepRow, None, *StepRow._fields[1:], by="measure"),
        places=_grouped(places, PlaceRow, keys, *PlaceRow._fields[1:]),
        acceptances=_grouped(borne, AcceptanceRow, keys, *AcceptanceRow._fields[1:]),
        reviews=_grouped(reviews, ReviewRow, keys, *ReviewRow._fields[1:]),
        endings=_grouped(
            RiskEnding.objects.filter(mine & then.knew, ended_on__lte=day), EndingRow, keys, *EndingRow._fields[1:]
        ),
        looked_back=frozenset(str(one) for one in looked_back.values_list("risk", flat=True)),
    )


def around_of(those: Those, then: Then, said: Iterable[StatementRow]) -> Around:
    """This function will read what other apps know of those whom some risks name, and of what they are about."""
    statements = list(said)
    owners, bodies, groups = (
        {key for key in keys if key is not None}
        for keys in (
            {one.owner for one in statements},
            {one.accountable for one in statements},
            {one.accountable_group for one in statements},
        )
    )
    people = Person.objects.filter(pk__in=owners).values_list("pk", "display_name", "is_active")
    closed = Organisation.objects.filter(pk__in=bodies).values_list("pk", "name", "closed_on")
    return Around(
        people={key: (name, is_active) for key, name, is_active in people},
        left=_left(owners) if owners else {},
        bodies={key: (name, on) for key, name, on in closed},
        groups=dict(Group.objects.filter(pk__in=groups).values_list("pk", "name")),
        evidence=_evidence(those, then),
        known=first_on_record(those),
    )


def _evidence(those: Those, then: Then) -> Mapping[str, tuple[date, ...]]:
    days = ("signal__until", "item__heard_on", "concern__raised_on", "decision__effective_on")
    rows = _lists(_of(RiskLink.objects.filter(those.where() & then.said)).values_list("of", *days))
    keys = Keys()
    return {
        keys[risk]: tuple(day for _, *some in links for day in some if day is not None) for risk, links in rows.items()
    }


def first_on_record(those: Those) -> dict[str, date]:
    """This function will give, for each subject of some risks, the first day on which a worry about it was on record.

    Counted are signals of concern, what was told as a concern and still counts, and concerns that were raised (LRN-01).
    """
    subjects = RiskSubject.objects.filter(those.where()).order_by().values("subject")
    concern = Bearing.CONCERN.value
    signals = Signal.objects.filter(subject__in=subjects, bearing=concern).order_by()
    items = Item.objects.counting().filter(about__subject__in=subjects, bearing=concern).order_by()
    concerns = Concern.objects.filter(subject__in=subjects).order_by()
    found: dict[str, date] = {}
    for rows in (
        signals.values("subject").annotate(first=Min("first_raised_at")).values_list("subject", "first"),
        items.values(about_whom=F("about__subject"))
        .annotate(first=Min("recorded_at"))
        .values_list("about_whom", "first"),
        concerns.values("subject").annotate(first=Min("recorded_at")).values_list("subject", "first"),
    ):
        for subject, moment in rows:
            day, key = timezone.localdate(moment), str(subject)
            found[key] = min(day, found.get(key, day))
    return found


def _left_register(then: Then) -> Q:
    gone = Q(ending__ended_on__lte=then.on)
    return gone if then.known_on is None else gone & Q(ending__recorded_at__lt=day_after(then.known_on))


def _left(owners: Collection[UUID]) -> dict[UUID, date]:
    """Those of whom every role has a last day; who holds one without an end is still there."""
    ends: dict[UUID, list[date | None]] = defaultdict(list)
    for grant in RoleGrant.objects.filter(person__in=owners).select_related("ending"):
        ends[grant.person_id].append(grant.ends_on)
    return {who: max(day for day in days if day) for who, days in ends.items() if all(days)}


def _of(rows: QuerySet[Any], by: str = "risk") -> QuerySet[Any]:
    keyed: QuerySet[Any] = rows.annotate(of=Cast(by, CharField()))
    return keyed


def _grouped(
    rows: QuerySet[Any], shape: type[Row], keys: Keys | None, *names: str, by: str = "risk"
) -> dict[str, list[Row]]:
    """By the id of a risk as text; where no keys are given, as the database writes them."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in _of(rows, by).values_list("of", *names):
        found[row[0]].append(shape(*row))
    return found if keys is None else {keys[told]: some for told, some in found.items()}


def _lists(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found
