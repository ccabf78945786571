"""Reads of concerns, each for somebody: the list, one concern with all that is known of it, and whose record it joins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Subquery

from sightline.core.access import Actor, Permission, systems_where
from sightline.core.access.rules import ROLES
from sightline.core.rulebook.circumstances import Commissioner
from sightline.core.rulebook.registers import Registers
from sightline.core.surveillance.concerning import ConcernFacts, lacking
from sightline.core.surveillance.facts import Standing, SubjectFacts
from sightline.core.verdict import Reason
from sightline.directory.models import Organisation, Subject
from sightline.directory.queries import systems_of
from sightline.groups.queries import person_of
from sightline.profiles.queries import hears_of
from sightline.rulebook.queries import part_of, part_with_origin
from sightline.surveillance.models import (
    Concern,
    ConcernEnding,
    ConcernQuerySet,
    ConcernReferral,
    ConcernStatement,
    LevelDecision,
    LevelProposal,
    ProcessLead,
)
from sightline.surveillance.queries.concern_evidence import EvidenceSeen, counted_evidence
from sightline.surveillance.queries.facts import case_of, process_lead_of, subject_facts
from sightline.surveillance.queries.standing import Guidance, guidance_for, standing_of, standings_of
from sightline.surveillance.words import EvidenceKind

A_PAGE = 50
AT_MOST = 2_000  # concerns of one copy
OPEN, CLOSED = "open", "closed"
_ASSESSED = (EvidenceKind.PROFILE.value, EvidenceKind.OTHER_PROCESS.value)


@dataclass(frozen=True, slots=True)
class AskedConcerns:
    """What the list was asked for; empty words leave nothing out."""

    state: str = OPEN
    severity: str = ""
    subject: UUID | None = None
    waiting: bool = False  # only where abuse or neglect is suspected and no referral is recorded


@dataclass(frozen=True, slots=True)
class ConcernRow:
    """One concern of the list, as it was said last, and how many pieces of evidence its reader may see."""

    concern: Concern
    statement: ConcernStatement
    waits_for_referral: bool
    evidence: int
    level: str


def page_of_concerns(actor: Actor, on: date, asked: AskedConcerns, page: int) -> tuple[list[ConcernRow], int]:
    """This function will give one page of the concerns that the actor hears of, the newest first, and how many there are."""
    found = _found(actor, on, asked)
    first = (page - 1) * A_PAGE
    return _rows(found[first : first + A_PAGE], actor, on), found.count()


def concerns_to_copy(actor: Actor, on: date, asked: AskedConcerns) -> list[ConcernRow]:
    """This function will give what the list is asked for, as many as one copy holds."""
    return _rows(_found(actor, on, asked)[:AT_MOST], actor, on)


def concerns_about(actor: Actor, on: date, subject: Subject, *, only_open: bool = True) -> list[ConcernRow]:
    """This function will give the concerns about one subject that the actor hears of, the newest first."""
    return _rows(_found(actor, on, AskedConcerns(OPEN if only_open else "", subject=subject.pk)), actor, on)


def one_concern(actor: Actor, on: date, concern: UUID) -> Concern | None:
    """This function will give a concern, or None where there is none that the actor hears of."""
    rows = Concern.objects.visible_to(actor, on).filter(pk=concern)
    return rows.select_related("subject__organisation", "ending", "follows").first()


def concern_of_form(actor: Actor, on: date, form_key: UUID) -> Concern | None:
    """This function will give the concern that a form raised, where the actor hears of it."""
    return Concern.objects.visible_to(actor, on).filter(form_key=form_key).first()


def subject_heard(actor: Actor, on: date, subject: UUID) -> Subject | None:
    """This function will give a subject about which the actor hears what members say, or None."""
    found = Subject.objects.visible_to(actor, on).filter(pk=subject).select_related("organisation").first()
    return found if found and hears_of(actor, on, found) else None


def record_for(actor: Actor, on: date, subject: Subject) -> str | None:
    """This function will name the system on whose record the actor puts a concern; None where they sit in no group.

    It is theirs and, where they sit in several groups, one to which the subject belongs.
    """
    sits = _sits_for(actor, on)
    if not sits:
        return None
    body = subject.organisation
    around = [area.code for area in systems_of([body], on)[body.pk]] if body else []
    if "" in sits:
        return settings.HOME_SYSTEM or next(iter(around), "")
    return next((code for code in around if code in sits), min(sits))


def sits_in_a_group(actor: Actor, on: date) -> bool:
    """This function will say whether there is any group on whose record the actor could put a concern."""
    return bool(_sits_for(actor, on))


def works_on(actor: Actor, on: date, concern: Concern) -> bool:
    """This function will say whether the actor, who hears of a concern, sits in the group on whose record it is."""
    return not {"", concern.system}.isdisjoint(_sits_for(actor, on))


def _sits_for(actor: Actor, on: date) -> frozenset[str]:
    """The systems in whose groups the actor both hears and speaks; an empty word among them means every one."""
    asked = {Permission.SEE_INTELLIGENCE, Permission.RAISE_CONCERN}
    return frozenset(one.system for one in actor.grants if one.holds_on(on) and asked <= ROLES[one.role])


def closes_it(actor: Actor, on: date, concern: Concern) -> bool:
    """This function will say whether a concern is the actor's to close: they raised it, chair, or keep the record."""
    for duty in (Permission.KEEP_GROUPS, Permission.DECIDE_PROPOSAL):
        systems = systems_where(actor, duty, on)
        if systems is None or concern.system in systems:
            return True
    return concern.recorded_by == actor.actor_id and person_of(actor.actor_id) is not None


@dataclass(frozen=True, slots=True)
class KnownConcern:
    """One concern with everything that is known of it but its evidence; statements run from the oldest."""

    concern: Concern
    statements: tuple[ConcernStatement, ...]
    referrals: tuple[ConcernReferral, ...]
    ending: ConcernEnding | None
    facts: ConcernFacts
    subject: SubjectFacts
    guidance: Guidance
    standing: Standing
    lead: ProcessLead | None
    others: int  # further open concerns about the subject

    @property
    def newest(self) -> ConcernStatement:
        """What was said last."""
        return self.statements[-1]

    @property
    def people(self) -> frozenset[str]:
        """Whoever wrote anything of it, by their actor ids."""
        wrote = {self.concern.recorded_by, *(one.recorded_by for one in self.statements)}
        wrote |= {one.recorded_by for one in self.referrals}
        return frozenset(wrote | ({self.ending.recorded_by} if self.ending else set()))

    @property
    def lacks(self) -> tuple[Reason, ...]:
        """What is missing before the next level up can be proposed on it."""
        return lacking(self.guidance.levels, self.subject, self.standing.level, self.facts)


def as_seen(known: KnownConcern, seen: EvidenceSeen) -> KnownConcern:
    """This function will tell of a concern as though what its reader may not see were not there (PER-09)."""
    kinds = [one.evidence.kind for one in seen.linked]
    facts = replace(known.facts, evidence=len(kinds), has_risk_profile=any(kind in _ASSESSED for kind in kinds))
    return replace(known, facts=facts)


def known_concern(concern: Concern, on: date) -> KnownConcern:
    """This function will gather one concern, which the caller has seen that the reader hears of."""
    statements = tuple(concern.statements.order_by("number"))
    guidance = guidance_for(concern.system, on)
    standing = standing_of(concern.subject, guidance, on)
    case = case_of(concern.subject, on, concern.system, statements[-1])
    referrals = tuple(concern.referrals.order_by("referred_on", "pk"))
    facts = _facts(concern, statements[-1], referrals, guidance, standing)
    return KnownConcern(
        concern=concern,
        statements=statements,
        referrals=referrals,
        ending=getattr(concern, "ending", None),
        facts=facts,
        subject=subject_facts(concern.subject, case, on),
        guidance=guidance,
        standing=standing,
        lead=process_lead_of(concern.subject, on),
        others=facts.others_open,
    )


def prefilled_route(subject: Subject, on: date, system: str) -> Commissioner:
    """This function will say who commissions, as far as the directory tells (LVL-07)."""
    return case_of(subject, on, system).commissioned_by


def registers_for(pack: str, on: date) -> Registers | None:
    """This function will give the words for severity of a guidance or, where it has none, of the next that has them."""
    found = part_of(pack, "registers", on) or part_with_origin("registers", on)
    return found.content if found and isinstance(found.content, Registers) else None


def leads_to_choose(subject: Subject, on: date, system: str) -> tuple[Organisation, ...]:
    """This function will give the bodies of which one may lead: those that commission, and the boards concerned (ORG-11)."""
    case = case_of(subject, on, system)
    codes = {*case.commissioners, *case.systems} - {subject.organisation.code if subject.organisation else ""}
    return tuple(Organisation.objects.filter(code__in=codes).order_by("name", "code"))


def needs_lead(subject: Subject, on: date, system: str) -> bool:
    """This function will say whether several commissioners or systems are concerned (ORG-11)."""
    return case_of(subject, on, system).concerns_several


def _found(actor: Actor, on: date, asked: AskedConcerns) -> ConcernQuerySet:
    newest = ConcernStatement.objects.filter(concern=OuterRef("pk")).order_by("-number")
    referred = ConcernReferral.objects.filter(concern=OuterRef("pk"), is_strategic=False)
    found = Concern.objects.visible_to(actor, on).annotate(
        severity=Subquery(newest.values("severity")[:1]),
        suspected=Subquery(newest.values("is_abuse_suspected")[:1]),
        is_referred=Exists(referred),
    )
    if asked.state:
        found = found.filter(ending__isnull=asked.state == OPEN)
    if asked.severity:
        found = found.filter(severity=asked.severity)
    if asked.subject:
        found = found.filter(subject=asked.subject)
    if asked.waiting:
        found = found.filter(suspected=True, is_referred=False, ending__isnull=True)
    return found.select_related("subject", "ending").order_by("-raised_on", "-recorded_at", "pk")


def _rows(concerns: ConcernQuerySet, actor: Actor, on: date) -> list[ConcernRow]:
    listed = list(concerns)
    keys = [one.pk for one in listed]
    newest = {row.concern_id: row for row in ConcernStatement.objects.filter(concern__in=keys).order_by("number")}
    levels, evidence = _levels(listed, on), counted_evidence(actor, on, keys)
    referred = set(
        ConcernReferral.objects.filter(concern__in=keys, is_strategic=False).values_list("concern", flat=True)
    )
    return [
        ConcernRow(
            concern=one,
            statement=newest[one.pk],
            waits_for_referral=newest[one.pk].is_abuse_suspected
            and one.pk not in referred
            and not hasattr(one, "ending"),
            evidence=evidence.get(one.pk, 0),
            level=levels[one.pk],
        )
        for one in listed
    ]


def _levels(concerns: Sequence[Concern], on: date) -> Mapping[UUID, str]:
    """Where the subject of each concern stands, in the words of the concern's own group."""
    found: dict[UUID, str] = {}
    for system in {one.system for one in concerns}:
        guidance = guidance_for(system, on)
        own = [one for one in concerns if one.system == system]
        standings = standings_of({one.subject_id for one in own}, guidance, on)
        found |= {one.pk: standings[one.subject_id].level.name for one in own}
    return found


def _facts(
    concern: Concern,
    newest: ConcernStatement,
    referrals: Sequence[ConcernReferral],
    guidance: Guidance,
    standing: Standing,
) -> ConcernFacts:
    kinds = list(concern.evidence.filter(removal__isnull=True).values_list("kind", flat=True))
    others = Concern.objects.filter(subject=concern.subject_id, system=concern.system, ending__isnull=True)
    waiting = LevelProposal.objects.filter(
        concern=concern, decision__isnull=True, ending__isnull=True, followed_by__isnull=True
    )
    return ConcernFacts(
        is_open=not hasattr(concern, "ending"),
        is_abuse_suspected=newest.is_abuse_suspected,
        is_referred=any(not one.is_strategic for one in referrals),
        is_proposed_on=waiting.exists(),
        rests_on_it=_rests_on(concern, guidance, standing),
        others_open=others.exclude(pk=concern.pk).count(),
        level=standing.level.name,
        evidence=len(kinds),
        has_risk_profile=any(kind in _ASSESSED for kind in kinds),
        why_not_closer=newest.why_not_closer,
    )


def _rests_on(concern: Concern, guidance: Guidance, standing: Standing) -> bool:
    """Whether the subject was raised on this concern since it last stood at the lowest level."""
    lowest = guidance.levels.levels.lowest.id
    if standing.level.id == lowest:
        return False
    rests = False
    decided = LevelDecision.objects.filter(subject=concern.subject_id).order_by("number")
    for level, behind in decided.values_list("level_to", "proposal__concern"):
        rests = level != lowest and (rests or behind == concern.pk)
    return rests
