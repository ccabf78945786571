"""Levels in words: tags, proposals, what is said to them, decisions over time, clocks, and what waits."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone

from sightline.core.intelligence.wording import first_line
from sightline.core.rulebook.authority import Authorities, Authority
from sightline.core.rulebook.clocks import Clock, ClockId, Unit
from sightline.core.rulebook.levels import Level, Levels, Slot, Triggers
from sightline.core.surveillance.clocks import Due
from sightline.core.surveillance.facts import Standing
from sightline.core.surveillance.moving import Remark
from sightline.groups.models import Office
from sightline.profiles.models import OtherProcess, Profile
from sightline.profiles.presenters.words import stays
from sightline.surveillance.models import Concern, Dissent, LevelDecision, LevelProposal, LevelReview, RegionAnswer
from sightline.surveillance.queries.level_clocks import SubjectClocks
from sightline.surveillance.queries.levels import level_in_words, levels_on
from sightline.surveillance.queries.moving import remark_words
from sightline.surveillance.queries.standing import Guidance
from sightline.surveillance.words import Ending, EvidenceKind
from sightline.web.wording import day, moment, plural

UNKNOWN = "somebody no longer listed"
_PIECE = {
    EvidenceKind.SIGNAL.value: "Figures",
    EvidenceKind.INTELLIGENCE.value: "Intelligence",
    EvidenceKind.PROFILE.value: "Structured risk profile",
    EvidenceKind.OTHER_PROCESS.value: "Other assessment of risk",
}
_ENDED = {Ending.WITHDRAWN: "Withdrawn", Ending.DECLINED: "Declined"}
_UNIT = {Unit.DAYS: "day", Unit.MONTHS: "month", Unit.QUARTERS: "quarter", Unit.MEETINGS: "meeting"}


@dataclass(frozen=True, slots=True)
class LevelTag:
    """A level by its word, its colour and how high it stands; the word says all, the colour repeats it."""

    name: str
    tag: str
    place: str


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, and the paragraph from which it comes."""

    says: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing on record, under its heading; several lines where it is a list."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """What one tier may do at a level, as a checklist (LVL-22)."""

    by: str
    activities: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One level that was set, in the words of its own guidance (FRW-02)."""

    decision: LevelDecision
    number: int
    before: LevelTag
    after: LevelTag
    guidance: str
    office: str
    is_override: bool
    nearest: str


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One clock in words."""

    name: str
    says: str
    source: str
    is_late: bool = False


def level_tag(level: Level | None, levels: Levels | None, fallback: str) -> LevelTag:
    """This function will give a level as a tag: grey at the lowest, red at the highest."""
    if level is None or levels is None:
        return LevelTag(fallback, "nhsuk-tag--grey", "")
    highest = len(levels.levels)
    colour = "nhsuk-tag--red" if level.rank == highest else "nhsuk-tag--orange"
    colour = "nhsuk-tag--yellow" if level.rank == 2 and highest > 2 else colour
    colour = "nhsuk-tag--grey" if level.rank == 1 else colour
    return LevelTag(level.name, colour, f"level {level.rank} of {highest}")


def tag_now(guidance: Guidance, level: str) -> LevelTag:
    """This function will give a level of the guidance of today as a tag."""
    levels = guidance.levels.levels
    return level_tag(levels.level(level), levels, level)


def tag_then(pack: str, level: str, on: date, levels: Levels | None) -> LevelTag:
    """This function will give a level in the words of the guidance under which it was set."""
    found, _ = level_in_words(pack, level, on)
    return level_tag(found, levels, level)


def standing_words(standing: Standing) -> str:
    """This function will say since when a subject stands at its level, or that nobody ever moved it."""
    if standing.since is None:
        return "No level was ever set. Whatever nobody moved stands here."
    says = f"Since {day(standing.since)}."
    if standing.is_indicative:
        says += (
            " It was set under earlier guidance, in other words. This level comes nearest, which is indicative only: "
            "what was decided then is not re-labelled."
        )
    return says


def authority_words(authority: Authority | None, names: Authorities) -> Told:
    """This function will say whose decision a move is (LVL-05 to LVL-07)."""
    if authority is None:
        return Told("The guidance names nobody who authorises this.")
    who = " or ".join(names.name(one) for one in authority.slots)
    return Told(f"{who} decides. {authority.says}", authority.cites)


def menus(level: Level | None) -> tuple[Menu, ...]:
    """This function will give what may be done at a level, tier by tier (LVL-22, SUR-11)."""
    if level is None:
        return ()
    return tuple(
        Menu(by, tuple(Told(one.name, one.cites) for one in some))
        for by, some in groupby(level.activities, key=lambda one: one.by)
    )


def remark_lines(remarks: Sequence[Remark], bodies: Mapping[str, str]) -> list[Told]:
    """This function will write the remarks of the rules, bodies by their names instead of their codes."""
    return [Told(remark_words(one, bodies), one.source) for one in remarks]


def proposal_facts(proposal: LevelProposal, triggers: Triggers) -> list[Fact]:
    """This function will write everything on which a proposal rests, and leave out what was not given."""
    named = [triggers.trigger(one) for one in proposal.triggers.split()]
    found = [
        Fact("Reason", (proposal.reason,)),
        Fact("Triggers", tuple(f"{one.says} ({one.cites})" for one in named if one)),
        Fact("Assessment of risk", tuple(assessment_lines(proposal.profile, proposal.other_process))),
        Fact("Why not closer to the point of care", (proposal.why_not_closer,)),
        Fact("Other options exhausted", (proposal.options_exhausted,)),
        Fact("Protection", ("People need protection at once.",) if proposal.people_need_protection else ()),
        Fact("Follows up", (proposal.follow_up_person,)),
        Fact("Actions", tuple(proposal.actions.splitlines())),
        Fact("Plan", (proposal.plan,)),
        Fact("Evidence that it will last", (proposal.exit_evidence,)),
        Fact(_view_heading(proposal), (proposal.group_view,)),
        Fact("Conflicts of interest", (proposal.conflict_check,)),
        Fact("Next review", (day(proposal.next_review_on),) if proposal.next_review_on else ()),
    ]
    return [one for one in (Fact(one.heading, tuple(filter(None, one.lines))) for one in found) if one.lines]


def assessment_lines(profile: Profile | None, other: OtherProcess | None) -> list[str]:
    """This function will name the assessments of risk on which a move rests (RSK-09)."""
    lines = [f"Structured risk profile begun on {day(profile.started_at)}"] if profile else []
    return lines + ([f"{other.name}, held on {day(other.held_on)}"] if other else [])


def _view_heading(proposal: LevelProposal) -> str:
    return f"View of the group on {day(proposal.group_met_on)}" if proposal.group_met_on else "View of the group"


def answer_lines(answers: Iterable[RegionAnswer], names: Mapping[str, str], explains: bool) -> list[Told]:
    """This function will write what each region said, the newest first (LVL-09)."""
    made = []
    for one in sorted(answers, key=lambda one: one.recorded_at, reverse=True):
        said = f"{one.organisation.name} {'agrees' if one.is_agreed else 'does not agree'}, on {day(one.said_on)}"
        by = names.get(one.recorded_by, UNKNOWN)
        wrote = f" Written down by {by}." if by != one.said_by else ""
        words = (f"{said}. Said by {one.said_by}.{wrote}", one.says, stays(one.knowingly, explains))
        made.append(Told(" ".join(filter(None, words))))
    return made


@dataclass(frozen=True, slots=True)
class DissentLine:
    """One dissent: whose, why, what they will do, and whether it stands."""

    row: Dissent
    name: str
    says: str
    commits_to: str
    is_statutory: bool
    stands: bool
    from_earlier: bool
    may_withdraw: bool
    stays: str


def dissent_lines(
    proposal: LevelProposal, standing: Sequence[Dissent], mine: Iterable[int], explains: bool
) -> list[DissentLine]:
    """This function will write every dissent, those from an earlier form of the proposal among them (REC-05, REC-07)."""
    own, stands = list(proposal.dissents.all()), {one.pk for one in standing}
    earlier = [one for one in standing if one.proposal_id != proposal.pk]
    able = set(mine)
    return [
        DissentLine(
            one, one.organisation.name, one.reasons, one.commits_to, one.is_statutory_holder, one.pk in stands,
            one.proposal_id != proposal.pk, one.pk in able and one.pk in stands, stays(one.knowingly, explains),
        )
        for one in [*own, *earlier]
    ]  # fmt: skip


def history_lines(
    proposal: LevelProposal, chain: Sequence[LevelProposal], names: Mapping[str, str], explains: bool
) -> list[tuple[datetime, str]]:
    """This function will tell what happened to a proposal, the newest first."""
    found = [(proposal.recorded_at, f"Proposed by {names.get(proposal.recorded_by, UNKNOWN)}.")]
    found += [
        (one.recorded_at, f"An earlier form was proposed by {names.get(one.recorded_by, UNKNOWN)}.") for one in chain
    ]
    for answer in proposal.region_answers.all():
        found.append((answer.recorded_at, f"{answer.organisation.name} answered."))
    for one in proposal.dissents.all():
        found.append((one.recorded_at, f"{one.organisation.name} dissented."))
        back = getattr(one, "withdrawal", None)
        if back is not None:
            found.append((back.recorded_at, f"{one.organisation.name} took its dissent back."))
    ending, decision = getattr(proposal, "ending", None), getattr(proposal, "decision", None)
    if ending is not None:
        by = names.get(ending.recorded_by, UNKNOWN)
        says = f"{_ENDED[Ending(ending.how)]} by {by}: {ending.because} {stays(ending.knowingly, explains)}"
        found.append((ending.recorded_at, says.strip()))
    if decision is not None:
        found.append((decision.decided_at, f"Decided by {names.get(decision.decided_by, UNKNOWN)}."))
    return sorted(found, key=lambda one: one[0], reverse=True)


def decision_rows(decisions: Sequence[LevelDecision], guidance: Guidance) -> list[DecisionRow]:
    """This function will write decisions over time, each in the words of the guidance of its day (FRW-02, FRW-09)."""
    return [_decision_row(one, guidance) for one in decisions]


def _decision_row(one: LevelDecision, guidance: Guidance) -> DecisionRow:
    on = timezone.localdate(one.decided_at)
    then = levels_on(one.pack, on)
    _, title = level_in_words(one.pack, one.level_to, on)
    return DecisionRow(
        decision=one,
        number=one.number,
        before=tag_then(one.pack, one.level_from, on, then),
        after=tag_then(one.pack, one.level_to, on, then),
        guidance=title,
        office=f"{slot_name(one, guidance)}, {one.office.organisation.name}",
        is_override=one.is_override,
        nearest=_nearest(one, guidance),
    )


def slot_name(decision: LevelDecision, guidance: Guidance) -> str:
    """This function will call a role as the guidance does."""
    return guidance.levels.authority.name(Slot(decision.slot))


def _nearest(one: LevelDecision, guidance: Guidance) -> str:
    """What comes nearest in the guidance of today, told as what it is (FRW-09)."""
    if one.pack == guidance.pack or guidance.levels.mapping is None:
        return ""
    pair = guidance.levels.mapping.nearest(one.pack, one.level_to)
    if pair is None:
        return f"Nothing in {guidance.name} comes near it."
    return f"Comes nearest to {guidance.level_name(pair.comes_nearest)} in {guidance.name}. Indicative only."


def clock_lines(clocks: SubjectClocks, guidance: Guidance, on: date) -> list[ClockLine]:
    """This function will write every clock of a subject: a long stay in each way of counting, and what is due."""
    found = [
        ClockLine(
            f"Long stay, {'as counted here' if one.is_taken else 'counted the other way'}",
            f"{one.name}. {_stay_words(one.stay.quarters, one.stay.is_long, one.stay.fires_on)}",
            one.stay.source,
            one.is_taken and one.stay.is_long,
        )
        for one in clocks.readings
    ]
    for concern, again in clocks.recurrences:
        says = (
            f"A concern came back {plural(again.months, 'month')} after it was closed (raised anew on "
            f"{day(concern.raised_on)}). {' '.join(one.says for one in again.triggers)} That is a trigger for the region."
        )
        found.append(ClockLine("The same risk again", says, again.source, True))
    return found + [_due_line(one, guidance, on) for one in clocks.due]


def _stay_words(quarters: int, is_long: bool, fires_on: date) -> str:
    counted = plural(quarters, "quarter")
    if is_long:
        return f"{counted} so far. It has been long since {day(fires_on)}: record why it stays, and tell the region."
    return f"{counted} so far. It becomes long on {day(fires_on)}."


def _due_line(one: Due, guidance: Guidance, on: date) -> ClockLine:
    """A review is late or is not; whether an update was sent another stage knows, so that only its rhythm is told here."""
    clock = guidance.clocks.clock(one.clock)
    if one.clock is ClockId.LEVEL_REVIEW:
        if one.due_on is None:
            return ClockLine(one.name, "At the next meeting: no day is set.", one.source)
        says = f"{'Overdue since' if one.is_overdue else 'Due by'} {day(one.due_on)}."
        return ClockLine(one.name, says, one.source, one.is_overdue)
    every = _every(clock) if clock else "every time"
    return ClockLine(one.name, f"At least {every} while it stands at this level.", one.source)


def _every(clock: Clock) -> str:
    unit = _UNIT[clock.unit] if clock.unit else "time"
    return f"every {unit}" if clock.value == 1 else f"every {plural(clock.value, unit)}"


def review_lines(reviews: Iterable[LevelReview], names: Mapping[str, str], explains: bool) -> list[Told]:
    """This function will write the reviews of a level, the newest first."""
    made = []
    for one in sorted(reviews, key=lambda one: one.recorded_at, reverse=True):
        following = f" Next on {day(one.next_review_on)}." if one.next_review_on else " Next at the next meeting."
        says = f"{day(one.reviewed_on)}, by {names.get(one.recorded_by, UNKNOWN)}: it stays. {one.because}{following}"
        made.append(Told(f"{says} {stays(one.knowingly, explains)}".strip()))
    return made


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A piece of evidence as it was frozen; ``href`` where the reader may look at the record itself."""

    kind: str
    says: str
    sha256: str
    href: str = ""


def evidence_rows(decision: LevelDecision) -> list[EvidenceRow]:
    """This function will write what was frozen with a decision: signals in their words, all else by kind and hash."""
    return [
        EvidenceRow(_PIECE.get(one.kind, one.kind), one.says or "Its words stay with the record itself.", one.sha256)
        for one in decision.evidence.all()
    ]


def is_unchanged(decision: LevelDecision) -> bool:
    """This function will say whether what was kept of a decision still has the hash that it had."""
    text = decision.snapshot.encode("utf-8", "surrogatepass")
    return hashlib.sha256(text).hexdigest() == decision.snapshot_sha256


def concern_choices(concerns: Iterable[Concern]) -> list[tuple[str, str]]:
    """This function will name concerns by how they begin, so that one can be chosen."""
    made = []
    for one in concerns:
        said = max(one.statements.all(), key=lambda said: said.number, default=None)
        words = first_line(said.says, 90) if said else ""
        made.append((str(one.pk), f"{words} (raised on {day(one.raised_on)})"))
    return made


def assessment_choices(profiles: Iterable[Profile], others: Iterable[OtherProcess]) -> list[tuple[str, str]]:
    """This function will name the assessments of risk from which one can be chosen."""
    made = [(f"profile:{one.pk}", assessment_lines(one, None)[0]) for one in profiles]
    return made + [(f"process:{one.pk}", assessment_lines(None, one)[0]) for one in others]


def decided_words(decision: LevelDecision, names: Mapping[str, str], guidance: Guidance) -> str:
    """This function will say who decided, in which role, for whom, and when (LVL-08)."""
    who = names.get(decision.decided_by, UNKNOWN)
    role = f"{slot_name(decision, guidance)} of {decision.office.organisation.name}"
    delegate = ", as delegate" if decision.office.is_delegate else ""
    return f"Decided by {who} as {role}{delegate}, at {moment(decision.decided_at)}."


def office_words(office: Office, names: Authorities) -> str:
    """This function will name an office: its role, and for which body."""
    return f"{names.name(Slot(office.slot))}, {office.organisation.name}"
