"""The rows of many risks, read table by table, as they were on record on a day; ``facts`` makes them into facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import F, Min, Q, QuerySet
from django.utils import timezone

from sightline.accounts.models import RoleGrant
from sightline.core.signals import Bearing
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


class ScoreRow(NamedTuple):
    """One score."""

    risk: UUID
    kind: str
    likelihood: int
    consequence: int
    holds_from: date
    by_on: date | None
    rationale: str
    recorded_at: datetime


class MeasureRow(NamedTuple):
    """One control, gap or action."""

    risk: UUID
    pk: UUID
    kind: str
    against: UUID | None
    holder: str
    due_on: date | None


class StepRow(NamedTuple):
    """What became of a control, a gap or an action."""

    measure: UUID
    how: str
    happened_on: date


class PlaceRow(NamedTuple):
    """One register on which a risk stands."""

    risk: UUID
    tier: str
    since: date
    reference: str


class AcceptanceRow(NamedTuple):
    """That somebody bears a risk."""

    risk: UUID
    accepted_by: str
    until: date | None
    recorded_at: datetime


class ReviewRow(NamedTuple):
    """One review."""

    risk: UUID
    reviewed_on: date
    next_review_on: date | None
    recorded_at: datetime


class EndingRow(NamedTuple):
    """The end of a risk."""

    risk: UUID
    ended_on: date
    because: str


class LinkRow(NamedTuple):
    """The days of what a risk is linked to; of each only one is there."""

    risk: UUID
    signal: date | None
    item: date | None
    concern: date | None
    decision: date | None


@dataclass(frozen=True, slots=True)
class Rows:
    """Every row that bears on some risks, by risk; ``steps`` by measure, ``known`` and ``left`` by subject and person."""

    statements: Mapping[UUID, list[RiskStatement]]
    subjects: Mapping[UUID, list[UUID]]
    scores: Mapping[UUID, list[ScoreRow]]
    measures: Mapping[UUID, list[MeasureRow]]
    steps: Mapping[UUID, list[StepRow]]
    places: Mapping[UUID, list[PlaceRow]]
    acceptances: Mapping[UUID, list[AcceptanceRow]]
    reviews: Mapping[UUID, list[ReviewRow]]
    endings: Mapping[UUID, list[EndingRow]]
    links: Mapping[UUID, list[LinkRow]]
    looked_back: frozenset[UUID]
    known: Mapping[UUID, date]  # the first day on which anything was on record about a subject
    left: Mapping[UUID, date]  # the first day on which somebody who owns a risk held no role any more


def rows_of(ids: Collection[UUID], then: Then) -> Rows:
    """This function will read every row that bears on some risks: one query for each table, however many there are."""
    mine, day = Q(risk__in=ids), then.on
    statements = _statements(ids, then)
    subjects = _lists(RiskSubject.objects.filter(mine).order_by("pk").values_list("risk", "subject"))
    owners = {one.owner_id for several in statements.values() for one in several if one.owner_id is not None}
    scores = RiskScore.objects.filter(mine & then.knew, holds_from__lte=day)
    steps = MeasureStep.objects.filter(then.knew, measure__risk__in=ids, happened_on__lte=day)
    places = Place.objects.filter(mine & then.knew, since__lte=day).exclude(_left_register(then))
    return Rows(
        statements=statements,
        subjects={risk: [one for _, one in pairs] for risk, pairs in subjects.items()},
        scores=_grouped(
            scores, ScoreRow, "kind", "likelihood", "consequence", "holds_from", "by_on", "rationale", "recorded_at"
        ),
        measures=_grouped(
            Measure.objects.filter(mine & then.said), MeasureRow, "pk", "kind", "against", "holder", "due_on"
        ),
        steps=_lists(StepRow(*row) for row in steps.values_list("measure", "how", "happened_on")),
        places=_grouped(places, PlaceRow, "tier", "since", "reference"),
        acceptances=_grouped(
            Acceptance.objects.filter(mine & then.said), AcceptanceRow, "accepted_by", "until", "recorded_at"
        ),
        reviews=_grouped(
            RiskReview.objects.filter(mine & then.knew, reviewed_on__lte=day),
            ReviewRow,
            "reviewed_on",
            "next_review_on",
            "recorded_at",
        ),
        endings=_grouped(
            RiskEnding.objects.filter(mine & then.knew, ended_on__lte=day), EndingRow, "ended_on", "because"
        ),
        links=_grouped(
            RiskLink.objects.filter(mine & then.said),
            LinkRow,
            "signal__until",
            "item__heard_on",
            "concern__raised_on",
            "decision__effective_on",
        ),
        looked_back=frozenset(LookBack.objects.filter(mine & then.knew, as_of__lte=day).values_list("risk", flat=True)),
        known=first_on_record(ids),
        left=_left(owners),
    )


def first_on_record(risks: Collection[UUID]) -> dict[UUID, date]:
    """This function will give, for each subject of some risks, the first day on which a worry about it was on record.

    Counted are signals of concern, what was told as a concern and still counts, and concerns that were raised (LRN-01).
    """
    subjects = RiskSubject.objects.filter(risk__in=risks).values("subject")
    concern = Bearing.CONCERN.value
    signals = Signal.objects.filter(subject__in=subjects, bearing=concern).order_by()
    items = Item.objects.counting().filter(about__subject__in=subjects, bearing=concern).order_by()
    concerns = Concern.objects.filter(subject__in=subjects).order_by()
    found: dict[UUID, date] = {}
    for rows in (
        signals.values("subject").annotate(first=Min("first_raised_at")).values_list("subject", "first"),
        items.values(about_whom=F("about__subject"))
        .annotate(first=Min("recorded_at"))
        .values_list("about_whom", "first"),
        concerns.values("subject").annotate(first=Min("recorded_at")).values_list("subject", "first"),
    ):
        for subject, moment in rows:
            day = timezone.localdate(moment)
            found[subject] = min(day, found.get(subject, day))
    return found


def _statements(ids: Collection[UUID], then: Then) -> dict[UUID, list[RiskStatement]]:
    rows = RiskStatement.objects.filter(then.knew, risk__in=ids)
    found: dict[UUID, list[RiskStatement]] = defaultdict(list)
    for one in rows.select_related("accountable", "accountable_group", "owner").order_by("risk", "number"):
        found[one.risk_id].append(one)
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


def _grouped(rows: QuerySet[Any], shape: type[Row], *names: str) -> dict[UUID, list[Row]]:
    return _lists(shape(*row) for row in rows.values_list("risk", *names))


def _lists(rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found
