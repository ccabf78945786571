"""What a register finds out about itself: everything the checks look at, as far as a reader sees it, kept and mended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from sightline.audit.keeping import until_changed_by
from sightline.core.access import Actor
from sightline.core.risks import Finding, Looked, Register, RiskFacts, SubjectNow, look_again, look_through
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
from sightline.risks.models import RegisterLine, Risk, RiskNow
from sightline.risks.queries.ledgers import Ledger
from sightline.risks.queries.levels import unknown_levels
from sightline.risks.queries.record import ELSEWHERE, Record, elsewhere, record_of
from sightline.risks.queries.rules import levels_by_rank, risk_rules
from sightline.risks.words import WRITTEN_BY
from sightline.surveillance.queries import guidance_for, standings_of
from sightline.triangulation.queries.worry import as_noticed

WATCHED = frozenset({Tier.SYSTEM})  # whose registers ask what is missing about the bodies of their area
CHANGES_FOR = timedelta(days=183)  # for so long before and after a merger a body is in transition (QSG 2017 ¶7)
AT_MOST = 32  # registers, as readers see them, of which is kept what was found


@dataclass(frozen=True, slots=True)
class Checked:
    """A register, looked at by itself: how many risks it looked at, and what it found, in the order of the checks."""

    risks: int
    looked: Looked

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that was found."""
        return self.looked.findings

    @property
    def counts(self) -> Mapping[Check, int]:
        """How much each check found."""
        return self.looked.counts

    def of(self, check: Check, first: int = 0, last: int | None = None) -> tuple[Finding, ...]:
        """This function will give what a check found, from one place to another."""
        return self.looked.of(check, first, last)


@dataclass(frozen=True, slots=True)
class _Sight:
    """What of a register is not for a reader. Two who see the same share what was found."""

    risks: frozenset[str]
    subjects: frozenset[str]
    levels: frozenset[str]  # the subjects whose level they may not know

    def apart(self, other: _Sight) -> int:
        """This function will count what one of two may see and the other may not."""
        pairs = ((self.risks, other.risks), (self.subjects, other.subjects), (self.levels, other.levels))
        return sum(len(one ^ two) for one, two in pairs)


@dataclass(frozen=True, slots=True)
class _Laid:
    """Which risks a register looks at, and what they are about.

    ``own`` stand on it. ``near`` are these and the others of the same records about the same bodies, or about those of
    the area that are watched: what came back may have stood there.
    """

    own: frozenset[str]
    near: frozenset[str]
    about: frozenset[str]  # the subjects of its own
    subjects: frozenset[str]  # those of all that are near
    watched: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a register looks at, whoever reads it, and everything that is known of what its risks are about."""

    records: tuple[Record, ...]
    around: object
    laid: _Laid
    every: Mapping[str, RiskFacts]
    subjects: Mapping[str, SubjectNow]
    signals: Mapping[str, tuple[Noticed, ...]]
    look: Register  # without risks and subjects: the day and the rules


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

    What was found is kept for all who see the same, and only what may be otherwise is looked at again.
    """
    systems = _systems_of(ledger)
    ground = _ground(ledger, on, systems)
    own = bodies_provided_for(actor, on) | viewer_of(actor, on).organisations
    closed = conflicts_of(actor, on) | frozenset(
        Subject.objects.filter(organisation__code__in=own).values_list("pk", flat=True) if own else ()
    )
    hidden = Risk.objects.filter(system__in=systems).hidden_from(actor, on)
    unknown = unknown_levels(actor, on, [UUID(one) for one in ground.laid.about])
    told = (hidden.order_by().values_list("pk", flat=True), closed, unknown)
    return _checked(ledger, ground, _Sight(*(frozenset(map(str, keys)) for keys in told)))


_grounds: dict[Ledger, _Ground] = {}
_found: dict[tuple[Ledger, _Sight], tuple[_Ground, Checked]] = {}


def _checked(ledger: Ledger, ground: _Ground, sight: _Sight) -> Checked:
    """Where nobody saw just this before, what is found begins with what somebody found who sees almost the same."""
    before = _found.pop((ledger, sight), None)
    if before is None or before[0] is not ground:
        nearest = min(
            (key for key in list(_found) if key[0] == ledger), key=lambda key: key[1].apart(sight), default=None
        )
        begun = before or (_found.get(nearest) if nearest else None)
        look = _seen(ground, sight)
        looked = look_again(begun[1].looked, look) if begun else look_through(look)
        before = (ground, Checked(len(ground.laid.own - sight.risks), looked))
    while len(_found) >= AT_MOST:
        _found.pop(next(iter(_found)), None)  # whose turn was longest ago
    _found[ledger, sight] = before
    return before[1]


def _seen(ground: _Ground, sight: _Sight) -> Register:
    """What a register looks at without what is not for the reader."""
    every, laid = ground.every, ground.laid
    if sight.risks.isdisjoint(laid.near):
        risks, subjects = tuple(every.values()), laid.subjects
    else:
        risks = tuple(one for key, one in every.items() if key not in sight.risks)
        subjects = frozenset(subject for one in risks for subject in one.subjects)
    known = laid.watched - sight.subjects | subjects
    return replace(
        ground.look,
        risks=risks,
        own=laid.own - sight.risks,
        subjects={
            key: replace(one, level="") if key in sight.levels else one
            for key, one in ground.subjects.items()
            if key in known
        },
        signals={key: some for key, some in ground.signals.items() if key in known},
    )


def _ground(ledger: Ledger, on: date, systems: Collection[str]) -> _Ground:
    around = elsewhere()
    records = tuple(record_of(one, on) for one in sorted(systems))
    kept = _grounds.get(ledger)
    if kept is not None and (kept.around is not around or kept.look.on != on):
        kept = None
    if kept is not None and _same(kept.records, records):
        return kept
    laid = kept.laid if kept and _laid_alike(kept.records, records) else None
    laid = laid or _laid(ledger, records, kept.laid.watched if kept else _watched(ledger, on))
    every = _every(records, laid)
    made = _Ground(records, around, laid, every, *_known(kept, ledger, on, laid.watched | laid.subjects))
    if len(_grounds) >= 2 * AT_MOST:
        _grounds.clear()
    _grounds[ledger] = made
    return made


def _laid(ledger: Ledger, records: Collection[Record], watched: frozenset[str]) -> _Laid:
    own: frozenset[str] = frozenset()
    own = own.union(*(one.by_place.get((ledger.tier.value, ledger.body.pk), own) for one in records))
    about = _subjects(records, own)
    near = own.union(*(one.by_subject.get(subject, ()) for one in records for subject in about | watched))
    return _Laid(own, near, about, _subjects(records, near), watched)


def _subjects(records: Collection[Record], risks: frozenset[str]) -> frozenset[str]:
    return frozenset(about for one in records for about, some in one.by_subject.items() if not some.isdisjoint(risks))


def _every(records: tuple[Record, ...], laid: _Laid) -> Mapping[str, RiskFacts]:
    every = {key: told for one in records for key, told in one.told.items() if key in laid.near}
    if sum(1 for one in records if one.told) > 1:
        every = dict(sorted(every.items(), key=lambda pair: pair[1].order))
    return {key: told.facts for key, told in every.items()}


def _same(some: Collection[Record], others: Collection[Record]) -> bool:
    return len(some) == len(others) and all(one is other for one, other in zip(some, others, strict=True))


def _laid_alike(some: Collection[Record], others: Collection[Record]) -> bool:
    return len(some) == len(others) and all(one.is_laid_out_as(other) for one, other in zip(some, others, strict=True))


def _known(
    kept: _Ground | None, ledger: Ledger, on: date, subjects: frozenset[str]
) -> tuple[Mapping[str, SubjectNow], Mapping[str, tuple[Noticed, ...]], Register]:
    """What is known of subjects, and the rules: kept while nothing changed elsewhere and there is no other subject."""
    if kept is not None and subjects <= kept.subjects.keys():
        return kept.subjects, kept.signals, kept.look
    guidance, keys = guidance_for(ledger.body.code, on), [UUID(one) for one in subjects]
    standings = standings_of(keys, guidance, on)
    look = Register(
        on=on,
        rules=risk_rules(on),
        risks=(),
        dimensions={name: one.dimensions for name, one in catalogue().items()},
        levels_by_rank=levels_by_rank(guidance),
    )
    return subjects_now(keys, {pk: one.level.id for pk, one in standings.items()}, on), signals_of(keys), look


@until_changed_by(*WRITTEN_BY)
def _systems_of(ledger: Ledger) -> frozenset[str]:
    """On whose records the risks of a register are, and its body's own."""
    lines = RegisterLine.objects.filter(tier=ledger.tier.value, body=ledger.body.pk, until=None).order_by()
    return frozenset({*lines.values_list("system", flat=True).distinct(), ledger.body.code})


@until_changed_by(*ELSEWHERE)
def _watched(ledger: Ledger, on: date) -> frozenset[str]:
    """The bodies of the area about which anything worrying stands."""
    if ledger.tier not in WATCHED:
        return frozenset()
    worrying = Signal.objects.current().filter(subject=OuterRef("pk"), bearing=Bearing.CONCERN.value)
    within = subjects_within(ledger.body.code, on).filter(Exists(worrying))
    return frozenset(str(key) for key in within.order_by().values_list("pk", flat=True))


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
