"""What arises from a level, for whom, and for which bodies: the one answer for the page before and the operation after."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from sightline.core.escalation.consequences import (
    Change,
    Consequence,
    Recorded,
    Stay,
    consequences,
    from_concern,
    while_staying,
)
from sightline.core.escalation.holding import Home, bodies_of
from sightline.core.rulebook.circumstances import Circumstances
from sightline.core.rulebook.clocks import later_by
from sightline.core.rulebook.duties import Notices
from sightline.core.rulebook.levels import Slot
from sightline.core.surveillance.facts import History
from sightline.directory.models import Organisation, Subject
from sightline.directory.queries import within
from sightline.escalation.models import Duty
from sightline.groups.models import Group
from sightline.groups.queries import GROUP_KINDS
from sightline.rulebook.queries import part_of
from sightline.surveillance.models import Concern, ConcernEnding, LevelDecision, LevelProposal
from sightline.surveillance.queries import guidance_for, history_of, process_lead_of, standing_of
from sightline.surveillance.queries.facts import case_of
from sightline.surveillance.queries.moving import case_from, facts_for, newest_statement
from sightline.surveillance.queries.standing import Guidance

UPDATES = ("region-update", "chairs-update")  # the clocks by which something comes again while a subject stays


@dataclass(frozen=True, slots=True)
class Arising:
    """One task or notice, with the bodies for which its two roles are meant; none where the directory knows none."""

    consequence: Consequence
    doers: tuple[Organisation, ...]
    receivers: tuple[Organisation, ...]

    @property
    def lacks_body(self) -> bool:
        """Whether it is for some body, and the directory knows none."""
        return self.consequence.lacks_body or bool(self.consequence.organisation and not self.receivers)


@dataclass(frozen=True, slots=True)
class Noted:
    """What arises from a concern that was put on record, and the guidance by which it does."""

    guidance: Guidance
    arising: tuple[Arising, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """What comes again while a subject stays at a level, and until when it is due."""

    decision: LevelDecision
    guidance: Guidance
    arising: tuple[Arising, ...]
    cycle: date
    due_on: date


def arising_from(decision: LevelDecision) -> tuple[Arising, ...]:
    """This function will give what arises from a level that was set, by the rules of the day of the decision."""
    case = case_decided(decision)
    change = Change(
        str(decision.pk),
        str(decision.subject_id),
        decision.level_from,
        decision.level_to,
        case,
        is_first_here=_is_first_here(decision.subject_id, decision.pack, before=decision.number),
    )
    on = timezone.localdate(decision.decided_at)
    return _resolved(consequences_by(decision.pack, change, on), case, _home(decision.subject, decision.system, on))


def arising_if_decided(proposal: LevelProposal, on: date) -> tuple[Arising, ...]:
    """This function will give what would arise if a proposal were decided as it stands."""
    case = facts_for(proposal.subject, proposal.system, proposal.concern, on).case
    change = Change(
        str(proposal.pk),
        str(proposal.subject_id),
        proposal.level_from,
        proposal.level_to,
        case,
        is_first_here=_is_first_here(proposal.subject_id, proposal.pack),
    )
    return _resolved(consequences_by(proposal.pack, change, on), case, _home(proposal.subject, proposal.system, on))


def arising_from_concern(concern: Concern, on: date) -> Noted:
    """This function will give what arises from a concern as it stands, where its subject stands (RPT-01).

    Nothing arises from one that is closed, nor again by a rule by which something arose from it before.
    """
    guidance = guidance_for(concern.system, on)
    statement = newest_statement(concern)
    if guidance.notices is None or statement is None or ConcernEnding.objects.filter(concern=concern).exists():
        return Noted(guidance, ())
    level = standing_of(concern.subject, guidance, on).level.id
    case = case_of(concern.subject, on, concern.system, statement)
    case = replace(case, places=_places(concern.subject, concern.system, on))
    found = from_concern(guidance.notices, Recorded(str(concern.pk), str(concern.subject_id), level, case))
    there = set(Duty.objects.filter(concern=concern).values_list("notice", flat=True))
    new = [one for one in found if one.notice.id not in there]
    return Noted(guidance, _resolved(new, case, _home(concern.subject, concern.system, on)))


def _places(subject: Subject, system: str, on: date) -> tuple[str, ...]:
    """The areas of the groups of places in which a subject lies."""
    body = subject.organisation_id
    if body is None:
        return ()
    groups = Group.objects.standing_on(on).filter(kind=GROUP_KINDS[Slot.PLACE_GROUP], system=system)
    areas = {one.area.code: one.area for one in groups.select_related("area").order_by("area__code")}
    return tuple(code for code, area in areas.items() if within(area, on).filter(pk=body).exists())


def case_decided(decision: LevelDecision) -> Circumstances:
    """This function will give the circumstances as whoever decided saw them; else as they were when it was proposed."""
    seen = json.loads(decision.snapshot).get("case")
    return case_from(json.dumps(seen) if seen is not None else decision.proposal.case)


def consequences_by(pack: str, change: Change, on: date) -> tuple[Consequence, ...]:
    """This function will give what arises by one guidance as it stood on a day; nothing where it says nothing of it."""
    found = part_of(pack, "notices", on)
    return consequences(found.content, change) if found and isinstance(found.content, Notices) else ()


def coming_again(decision: LevelDecision, on: date) -> tuple[Coming, ...]:
    """This function will give what comes again, by its clocks, while a subject stays where a decision put it.

    The cycle is counted from the day on which the stay began, so that a level that was confirmed, or exchanged for
    another of the same clock, does not put an update off (SUR-09, PRV-04).
    """
    guidance = guidance_for(decision.system, on)
    notices = guidance.notices
    history = history_of(decision.subject_id)
    standing = history.standing(guidance.levels, on)
    if notices is None or standing.since is None or decision.effective_on > on:
        return ()
    found = []
    for name in UPDATES:
        clock = guidance.clocks.clock(name)
        if clock is None or not clock.is_for(standing.level.id):
            continue
        since = _stays_since(history, guidance, clock.levels, on) or standing.since
        cycle, until = _cycle(since, clock.value, on)
        case = case_decided(decision)
        stay = Stay(str(decision.subject_id), standing.level.id, cycle, case)
        home = _home(decision.subject, decision.system, on)
        arising = _resolved(while_staying(notices, stay, name), case, home)
        found.append(Coming(decision, guidance, arising, cycle, until))
    return tuple(found)


def _cycle(since: date, months: int, on: date) -> tuple[date, date]:
    """The first day of the cycle in which a day falls, and the first day of the one after it."""
    whole = 0
    while later_by(since, (whole + 1) * months) <= on:
        whole += 1
    return later_by(since, whole * months), later_by(since, (whole + 1) * months)


def _stays_since(history: History, guidance: Guidance, levels: Sequence[str], on: date) -> date | None:
    """Since when the subject has been, without a break, at the levels of a clock, in the words of one guidance."""
    since: date | None = None
    for one in history.dated:
        if one.since > on:
            break
        level = history.standing(guidance.levels, one.since).level.id
        since = (since or one.since) if not levels or level in levels else None
    return since


def _is_first_here(subject: UUID, pack: str, before: int | None = None) -> bool:
    """Whether the level before was set under other guidance, so that nobody was told under this one yet (FRW-09)."""
    rows = LevelDecision.objects.filter(subject=subject).order_by("-number")
    last = (rows.filter(number__lt=before) if before is not None else rows).first()
    return last is not None and last.pack != pack


def _home(subject: Subject, system: str, on: date) -> Home:
    lead = process_lead_of(subject, on)
    return Home(system or settings.HOME_SYSTEM, lead.organisation.code if lead else "")


def _resolved(arising: Iterable[Consequence], case: Circumstances, home: Home) -> tuple[Arising, ...]:
    named = [(one, _doers(one, case, home), _receivers(one, case, home)) for one in arising]
    codes = {code for _, doers, receivers in named for code in (*doers, *receivers)}
    known = {one.code: one for one in Organisation.objects.filter(code__in=codes)}
    return tuple(Arising(one, _known(doers, known), _known(receivers, known)) for one, doers, receivers in named)


def _known(codes: Iterable[str], known: Mapping[str, Organisation]) -> tuple[Organisation, ...]:
    return tuple(known[code] for code in codes if code in known)


def _doers(one: Consequence, case: Circumstances, home: Home) -> tuple[str, ...]:
    if one.falls_to is one.to and one.organisation:
        return (one.organisation,)
    return bodies_of(one.falls_to, case, home, one.organisation)


def _receivers(one: Consequence, case: Circumstances, home: Home) -> tuple[str, ...]:
    if one.organisation:
        return (one.organisation,)
    return () if one.lacks_body or one.to is Slot.NHS_ENGLAND_NATION else bodies_of(one.to, case, home)
