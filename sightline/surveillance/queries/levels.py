"""Reads of proposals, decisions and levels, each for somebody; what is hidden and what is absent look the same."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from sightline.core.access import Actor, Permission, Role, may
from sightline.core.access.rules import ROLES
from sightline.core.rulebook.levels import Level, Levels
from sightline.directory.models import Organisation, Subject
from sightline.directory.words import Kind
from sightline.groups.hearing import bodies_provided_for
from sightline.groups.models import Seat
from sightline.groups.queries import conflicts_of
from sightline.groups.viewers import viewer_of
from sightline.profiles.models import OtherProcess, Profile
from sightline.rulebook.queries import pack, part_of
from sightline.surveillance.models import (
    Concern,
    Dissent,
    LevelDecision,
    LevelProposal,
    LevelQuerySet,
)
from sightline.surveillance.queries.facts import reached_by

_WITH = ("subject__organisation", "concern", "profile", "other_process", "ending", "decision", "followed_by", "follows")
_SITS_APART = frozenset({Role.REGION, Role.PROVIDER})  # whose work in a system no system's grant says


def one_proposal(actor: Actor, on: date, proposal: UUID) -> LevelProposal | None:
    """This function will give a proposal that the actor may read, with all that was said to it."""
    found = LevelProposal.objects.visible_to(actor, on).filter(pk=proposal).select_related(*_WITH)
    return found.prefetch_related(
        "reaches__organisation", "region_answers__organisation", "dissents__organisation", "dissents__withdrawal"
    ).first()


def one_dissent(actor: Actor, on: date, dissent: int) -> Dissent | None:
    """This function will give a dissent from a proposal that the actor may read."""
    seen = LevelProposal.objects.visible_to(actor, on).values("pk")
    found = Dissent.objects.filter(pk=dissent, proposal__in=seen)
    return found.select_related("proposal__subject", "organisation", "withdrawal").first()


def one_decision(actor: Actor, on: date, decision: UUID) -> LevelDecision | None:
    """This function will give a decision that the actor may read, with its proposal, reviews and evidence."""
    found = LevelDecision.objects.visible_to(actor, on).filter(pk=decision)
    found = found.select_related(
        "proposal__concern", "proposal__profile", "proposal__other_process", "subject__organisation",
        "office__organisation", "office__person",
    )  # fmt: skip
    return found.prefetch_related(
        "reviews", "evidence", "proposal__region_answers__organisation", "proposal__dissents__organisation",
        "proposal__dissents__withdrawal", "proposal__reaches__organisation",
    ).first()  # fmt: skip


def decisions_of(actor: Actor, on: date, subject: Subject) -> list[LevelDecision]:
    """This function will give every level of a subject that the actor may read of, the newest first."""
    found = LevelDecision.objects.visible_to(actor, on).filter(subject=subject).order_by("-number")
    return list(found.select_related("office__organisation", "proposal").prefetch_related("reviews"))


def proposals_of(actor: Actor, on: date, subject: Subject) -> list[LevelProposal]:
    """This function will give the proposals about a subject that wait to be decided, the newest first."""
    return list(open_proposals(actor, on).filter(subject=subject))


def open_proposals(actor: Actor, on: date) -> LevelQuerySet[LevelProposal]:
    """This function will give what waits to be decided, as far as the actor may read it."""
    seen = LevelProposal.objects.visible_to(actor, on).filter(ending=None, decision=None, followed_by=None)
    return seen.select_related("subject__organisation").order_by("recorded_at", "pk")


def chain_of(proposal: LevelProposal) -> list[LevelProposal]:
    """This function will give the forms that a proposal had before, the newest first."""
    found = []
    before = proposal.follows
    while before is not None:
        found.append(before)
        before = before.follows
    return found


def is_newest(decision: LevelDecision) -> bool:
    """This function will say whether no later level was set on the same subject."""
    return not LevelDecision.objects.filter(subject=decision.subject_id, number__gt=decision.number).exists()


def may_know_of(actor: Actor, on: date, subject: Subject) -> bool:
    """This function will say whether the actor may be told at which level a subject stands.

    That is whoever hears for one of its systems or sits for its region, unless an interest or their own body closes it
    (COI-03; PER-09). Nobody is told of a level whose record they may not read.
    """
    body = subject.organisation
    code = body.code if body else ""
    if not may(actor, Permission.SEE_LEVELS, on) or subject.pk in conflicts_of(actor, on):
        return False
    viewer = viewer_of(actor, on)
    if code and (code in bodies_provided_for(actor, on) or (code in viewer.organisations and not viewer.keeps)):
        return False
    newest = LevelDecision.objects.filter(subject=subject).order_by("-number").values_list("pk", flat=True).first()
    if newest is not None:
        return LevelDecision.objects.visible_to(actor, on).filter(pk=newest).exists()
    return sits_for(actor, on, subject)


def sits_for(actor: Actor, on: date, subject: Subject) -> bool:
    """This function will say whether the actor sits for one of a subject's systems or regions."""
    home = settings.HOME_SYSTEM
    systems, regions = reached_by(subject, on, home)
    viewer = viewer_of(actor, on)
    if viewer.hears and (viewer.systems is None or not systems or viewer.systems & {one.code for one in systems}):
        return True
    return bool(regions_sat_for(actor, on) & {one.code for one in regions})


def regions_sat_for(actor: Actor, on: date) -> frozenset[str]:
    """This function will name the regions for which the actor sits."""
    held = (one for one in actor.grants if one.role is Role.REGION and one.holds_on(on))
    return frozenset(one.organisation for one in held if one.organisation)


def record_for(actor: Actor, on: date, subject: Subject, permission: Permission) -> str | None:
    """This function will name the group to whose record something new about a subject belongs; nothing where none is.

    It is the actor's own system where the subject belongs to it, else the region for which they sit.
    """
    systems, regions = reached_by(subject, on, settings.HOME_SYSTEM)
    around, above = [one.code for one in systems], [one.code for one in regions]
    held = {
        one.system
        for one in actor.grants
        if one.holds_on(on) and one.role not in _SITS_APART and permission in ROLES[one.role]
    }
    if "" in held:
        return settings.HOME_SYSTEM or next(iter(around), "")
    if mine := [code for code in around if code in held] or (sorted(held) if not around else []):
        return mine[0]
    if permission not in ROLES[Role.REGION]:
        return None
    return next((code for code in above if code in regions_sat_for(actor, on)), None)


def keeps(actor: Actor, on: date, system: str) -> bool:
    """This function will say whether the actor keeps the record of a group: a system's, or their own region's."""
    return viewer_of(actor, on).keeps_record_of(system) or system in regions_sat_for(actor, on)


def regions_to_answer(proposal: LevelProposal) -> list[Organisation]:
    """This function will give the regions that are asked about a proposal: those that it reaches (LVL-09)."""
    found = [one.organisation for one in proposal.reaches.all() if one.organisation.kind == Kind.REGION]
    return sorted(found, key=lambda one: one.name) or _all_regions()


def _all_regions() -> list[Organisation]:
    return list(Organisation.objects.filter(kind=Kind.REGION.value, closed_on=None).order_by("name"))


def bodies_to_dissent(actor: Actor, on: date, proposal: LevelProposal) -> list[Organisation]:
    """This function will give the organisations in whose name the actor may record that they disagree.

    Their own; and, for whoever keeps the record, every one that sits in the group or that the matter reaches.
    """
    own = {one.organisation for one in actor.grants if one.organisation and one.holds_on(on)}
    own |= {one.system for one in actor.grants if one.system and one.holds_on(on) and Role(one.role) in _FOR_THE_BOARD}
    wanted = Q(code__in=own)
    if keeps(actor, on, proposal.system):
        sit = Seat.objects.filter(group__system=proposal.system, organisation__isnull=False).values("organisation")
        wanted |= Q(pk__in=sit) | Q(pk__in=[one.organisation_id for one in proposal.reaches.all()])
    own_body = proposal.subject.organisation_id
    return list(Organisation.objects.filter(wanted).exclude(pk__in=[own_body] if own_body else []).order_by("name"))


_FOR_THE_BOARD = frozenset({Role.QUALITY_LEAD})  # who works for the board itself, whatever their grant names


def assessments_of(actor: Actor, on: date, subject: Subject) -> tuple[list[Profile], list[OtherProcess]]:
    """This function will give the assessments of risk on which a move may rest, as far as the actor reads them (RSK-09)."""
    profiles = Profile.objects.heard_by(actor, on).filter(subject=subject).order_by("-started_at")
    others = OtherProcess.objects.visible_to(actor, on).filter(subject=subject).order_by("-held_on")
    return list(profiles), list(others)


def open_concerns(actor: Actor, on: date, subject: Subject) -> list[Concern]:
    """This function will give the concerns about a subject that are not closed, as far as the actor hears of them."""
    found = Concern.objects.visible_to(actor, on).filter(subject=subject, ending=None)
    return list(found.prefetch_related("statements").order_by("-raised_on", "-recorded_at"))


def rested_on(subject: Subject, concerns: Collection[Concern]) -> Concern | None:
    """This function will give, of some concerns about a subject, the one on which its level was decided last."""
    found = LevelDecision.objects.filter(subject=subject, proposal__concern__in=concerns).order_by("-number")
    key = found.values_list("proposal__concern", flat=True).first()
    return next((one for one in concerns if one.pk == key), None)


def levels_on(pack_id: str, on: date) -> Levels | None:
    """This function will give the levels of a guidance as they read on a day, which is how old records are shown (FRW-02)."""
    found = part_of(pack_id, "levels", on)
    return found.content if found and isinstance(found.content, Levels) else None


def level_in_words(pack_id: str, level: str, on: date) -> tuple[Level | None, str]:
    """This function will give a level by the words of its own guidance, and what that guidance is called."""
    known = levels_on(pack_id, on)
    try:
        title = pack(pack_id).title
    except KeyError:
        title = pack_id
    return (known.level(level) if known else None), title


def bodies_by_code(codes: Collection[str]) -> dict[str, str]:
    """This function will name organisations by their codes."""
    return dict(Organisation.objects.filter(code__in=codes).values_list("code", "name"))


def sits_in(actor: Actor, on: date, system: str) -> bool:
    """This function will say whether the actor sits in a system's group, or for the region whose record it is."""
    held = {
        one.system
        for one in actor.grants
        if one.holds_on(on) and one.role not in _SITS_APART and Permission.RAISE_CONCERN in ROLES[one.role]
    }
    return "" in held or system in held or system in regions_sat_for(actor, on)


def own_dissents(actor: Actor, on: date, standing: Collection[Dissent]) -> list[int]:
    """This function will give the dissents that the actor may take back: their own, and their organisation's."""
    own = {one.organisation for one in actor.grants if one.organisation and one.holds_on(on)}
    return [one.pk for one in standing if one.recorded_by == actor.actor_id or one.organisation.code in own]


def hears_concern(actor: Actor, on: date, concern: UUID | None) -> bool:
    """This function will say whether the actor hears of a concern; a region that a proposal reaches does not (PER-09)."""
    return concern is not None and Concern.objects.visible_to(actor, on).filter(pk=concern).exists()
