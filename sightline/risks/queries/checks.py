"""What a register finds out about itself: everything the checks look at, gathered in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from sightline.audit.keeping import until_changed_by
from sightline.core.access import Actor
from sightline.core.risks import Finding, Register, RiskFacts, SubjectNow, check_register
from sightline.core.rulebook.registers import Tier
from sightline.core.rulebook.selfchecks import Check
from sightline.core.signals import Bearing
from sightline.core.signals import Signal as Noticed
from sightline.directory.models import Organisation, OrganisationFact, Relation, Subject
from sightline.directory.queries import facts_of as facts_of_bodies
from sightline.directory.queries import subjects_within
from sightline.directory.words import FactKind, Link
from sightline.groups.hearing import bodies_provided_for
from sightline.groups.queries import conflicts_of
from sightline.groups.viewers import viewer_of
from sightline.indicators.models import Signal
from sightline.indicators.queries import catalogue
from sightline.profiles.models import OtherProcess, Profile
from sightline.risks.models import RegisterLine, Risk, RiskNow, RiskQuerySet, RiskSubject
from sightline.risks.queries.facts import facts_of
from sightline.risks.queries.ledgers import Ledger, standing
from sightline.risks.queries.levels import unknown_levels
from sightline.risks.queries.rules import levels_by_rank, risk_rules
from sightline.surveillance.queries import guidance_for, standings_of
from sightline.triangulation.queries.worry import as_noticed

WATCHED = frozenset({Tier.SYSTEM})  # whose registers ask what is missing about the bodies of their area
# The apps whose tables the checks look at: a meeting, a plan or an exchange changes nothing that they find.
RESTS_ON = (
    "risks", "surveillance", "profiles", "indicators", "intelligence", "groups", "accounts", "directory", "rulebook",
)  # fmt: skip
CHANGES_FOR = timedelta(days=183)  # for so long before and after a merger a body is in transition (QSG 2017 ¶7)


@dataclass(frozen=True, slots=True)
class Checked:
    """A register, looked at by itself: how many risks it looked at, and what it found, in the order of the checks."""

    risks: int
    by_check: Mapping[Check, tuple[Finding, ...]]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that was found."""
        return tuple(one for some in self.by_check.values() for one in some)

    @property
    def counts(self) -> Mapping[Check, int]:
        """How much each check found."""
        return {check: len(some) for check, some in self.by_check.items()}


@dataclass(frozen=True, slots=True)
class _Sight:
    """What of a register is not for a reader. Two who see the same share what was found."""

    risks: frozenset[UUID]
    subjects: frozenset[UUID]
    levels: frozenset[UUID]  # the subjects whose level they may not know


@dataclass(frozen=True, slots=True)
class Named:
    """The titles of risks and the names of subjects that findings speak of, by their ids."""

    risks: Mapping[str, str]
    subjects: Mapping[str, str]


def names_behind(actor: Actor, on: date, findings: Collection[Finding]) -> Named:
    """This function will name what findings are about."""
    subjects = Subject.objects.filter(pk__in={one.subject for one in findings if one.subject})
    return Named(
        {str(key): title for key, title in titles_of(actor, on, {one.risk for one in findings if one.risk}).items()},
        {str(key): name for key, name in subjects.order_by().values_list("pk", "name")},
    )


def titles_of(actor: Actor, on: date, risks: Collection[UUID | str]) -> Mapping[UUID, str]:
    """This function will give the titles, as they now are, of those risks that the reader may see."""
    seen = Risk.objects.visible_to(actor, on).filter(pk__in=risks)
    rows = RiskNow.objects.filter(risk__in=seen.values("pk")).order_by()
    return dict(rows.values_list("risk", "statement__title"))


def checks_of(actor: Actor, on: date, ledger: Ledger) -> Checked:
    """This function will look through a register as far as the reader sees it (RSK-15).

    It is worked out again only once something changed on which it rests.
    """
    own = bodies_provided_for(actor, on) | viewer_of(actor, on).organisations
    closed = conflicts_of(actor, on) | frozenset(
        Subject.objects.filter(organisation__code__in=own).values_list("pk", flat=True) if own else ()
    )
    hidden = frozenset(_beside(ledger).hidden_from(actor, on).order_by().values_list("pk", flat=True))
    return _checked(ledger, on, _Sight(hidden, closed, unknown_levels(actor, on, _subjects_on(ledger, on))))


@until_changed_by("risks")
def _subjects_on(ledger: Ledger, on: date) -> frozenset[UUID]:
    about = RiskSubject.objects.filter(risk__in=standing(ledger, on).values("risk"))
    return frozenset(about.order_by().values_list("subject", flat=True).distinct())


@until_changed_by(*RESTS_ON)
def _checked(ledger: Ledger, on: date, sight: _Sight) -> Checked:
    stands = standing(ledger, on).values_list("risk", flat=True)
    mine = {str(key) for key in stands if key not in sight.risks}
    found: dict[Check, list[Finding]] = defaultdict(list)
    for one in check_register(_gathered(ledger, on, sight)):
        if not one.risk or one.risk in mine:
            found[one.check].append(one)
    return Checked(len(mine), {check: tuple(some) for check, some in found.items()})


def _gathered(ledger: Ledger, on: date, sight: _Sight) -> Register:
    """A register for its checks, with the risks beside it that bear on the answer: what came back may have stood there."""
    guidance = guidance_for(ledger.body.code, on)
    risks = _risks(ledger, on, sight)
    known = _watched(ledger, on) - sight.subjects | {UUID(key) for one in risks for key in one.subjects}
    standings = standings_of(known - sight.levels, guidance, on)
    return Register(
        on=on,
        rules=risk_rules(on),
        risks=risks,
        subjects=subjects_now(known, {pk: one.level.id for pk, one in standings.items()}, on),
        signals=signals_of(known),
        dimensions={name: one.dimensions for name, one in catalogue().items()},
        levels_by_rank=levels_by_rank(guidance),
    )


def _risks(ledger: Ledger, on: date, sight: _Sight) -> tuple[RiskFacts, ...]:
    """The register's own, and others of the same record about the same bodies or about those of its area."""
    stands = Q(pk__in=standing(ledger, on).values("risk"))
    about_same = RiskSubject.objects.filter(risk__in=standing(ledger, on).values("risk")).order_by()
    watched = Q(subject__in=_watched(ledger, on))
    near = RiskSubject.objects.filter(Q(subject__in=about_same.values("subject")) | watched).order_by()
    every = _beside(ledger).filter(stands | Q(pk__in=near.values("risk")))
    return tuple(facts_of([one for one in every if one.pk not in sight.risks], on).values())


def _beside(ledger: Ledger) -> RiskQuerySet:
    """Every risk of the records that the register's own belong to, and of its body's own record."""
    return Risk.objects.filter(system__in=_systems_of(ledger))


def _systems_of(ledger: Ledger) -> frozenset[str]:
    lines = RegisterLine.objects.filter(tier=ledger.tier.value, body=ledger.body.pk, until=None).order_by()
    return frozenset({*lines.values_list("system", flat=True).distinct(), ledger.body.code})


def _watched(ledger: Ledger, on: date) -> frozenset[UUID]:
    """The bodies of the area about which anything worrying stands."""
    if ledger.tier not in WATCHED:
        return frozenset()
    worrying = Signal.objects.current().filter(subject=OuterRef("pk"), bearing=Bearing.CONCERN.value)
    within = subjects_within(ledger.body.code, on).filter(Exists(worrying))
    return frozenset(within.order_by().values_list("pk", flat=True))


def subjects_now(keys: Collection[UUID], levels: Mapping[UUID, str], on: date) -> dict[str, SubjectNow]:
    """This function will give what the checks ask of subjects, as the directory and the profiles have it on a day."""
    subjects = list(Subject.objects.filter(pk__in=keys).select_related("organisation"))
    bodies = [one.organisation for one in subjects if one.organisation is not None]
    said, merged, changing = facts_of_bodies(bodies, on), _merged(bodies, on), _in_transition(bodies, on)
    profiled = set(Profile.objects.filter(subject__in=keys).order_by().values_list("subject", flat=True))
    profiled |= set(OtherProcess.objects.filter(subject__in=keys).order_by().values_list("subject", flat=True))
    return {
        str(one.pk): _subject_now(one, levels.get(one.pk, ""), said, merged, changing, one.pk in profiled)
        for one in subjects
    }


def _subject_now(
    subject: Subject,
    level: str,
    said: Mapping[UUID, Mapping[FactKind, OrganisationFact]],
    merged: Mapping[UUID, str],
    changing: Collection[UUID],
    has_profile: bool,
) -> SubjectNow:
    body = subject.organisation
    if body is None:
        return SubjectNow(str(subject.pk), level, has_profile=has_profile)
    facts = said.get(body.pk, {})
    support, director = facts.get(FactKind.RECOVERY_SUPPORT), facts.get(FactKind.IMPROVEMENT_DIRECTOR)
    return SubjectNow(
        key=str(subject.pk),
        level=level,
        closed_on=body.closed_on,
        merged_into=merged.get(body.pk, ""),
        has_profile=has_profile,
        in_transition=body.pk in changing,
        in_recovery_support=bool(support and support.value),
        improvement_director=director.value if director else "",
    )


def _merged(bodies: Collection[Organisation], on: date) -> dict[UUID, str]:
    rows = Relation.objects.filter(origin__in=bodies, link=Link.SUCCEEDED_BY, valid_from__lte=on)
    return dict(rows.order_by("valid_from", "pk").values_list("origin", "target__name"))


def _in_transition(bodies: Collection[Organisation], on: date) -> set[UUID]:
    """Whoever takes over another body, or is taken over, shortly before or after the day."""
    near = Q(valid_from__gte=on - CHANGES_FOR, valid_from__lte=on + CHANGES_FOR, link=Link.SUCCEEDED_BY)
    rows = Relation.objects.filter(near, Q(origin__in=bodies) | Q(target__in=bodies))
    return {pk for pair in rows.order_by().values_list("origin", "target") for pk in pair}


def signals_of(keys: Collection[UUID]) -> dict[str, tuple[Noticed, ...]]:
    """This function will give the signs of concern that stand about subjects, as the checks know them."""
    found: dict[str, list[Noticed]] = defaultdict(list)
    rows = Signal.objects.current().filter(subject__in=keys, bearing=Bearing.CONCERN.value)
    for row in rows.order_by("since", "pk"):
        found[str(row.subject_id)].append(as_noticed(row))
    return {key: tuple(some) for key, some in found.items()}
