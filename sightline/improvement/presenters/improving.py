"""Quality Improvement Groups in words: lines of the list, why one was convened, what it watches, and who agrees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from sightline.core.improvement.overseeing import Answer, Convener, Instigator, Stands
from sightline.core.rulebook.improving import Improvement, Limb, Told
from sightline.improvement.improving_words import ANSWER, CONVENER, ENGAGED, INSTIGATOR, STANDS, Engaged
from sightline.improvement.models import ImprovementGroup, ImprovementGroupEnding, MemberReport, Stakeholder
from sightline.improvement.presenters.milestones import MilestoneLine, activity_words, milestone_line
from sightline.improvement.presenters.plans import UNKNOWN, Tag
from sightline.improvement.queries.improving import ENDED, OPEN, REPORTS, ImprovingRow, Lacks, PartyView, WatchedPlan
from sightline.improvement.queries.milestones import activity_of
from sightline.profiles.presenters.words import stays
from sightline.web.environment import link
from sightline.web.wording import day, plural

STATES = [(OPEN, "Under way"), (ENDED, "Ended")]
_OPEN: Tag = ("Under way", "nhsuk-tag--blue")
_LACKS: Tag = ("Something is missing", "nhsuk-tag--orange")
_ENDED: Tag = ("Ended", "nhsuk-tag--grey")
_ANSWERS: Mapping[Answer | None, Tag] = {
    None: ("Not asked yet", "nhsuk-tag--grey"),
    Answer.AGREES: (ANSWER[Answer.AGREES], "nhsuk-tag--green"),
    Answer.DISAGREES: (ANSWER[Answer.DISAGREES], "nhsuk-tag--red"),
}
_ENGAGED: Mapping[Engaged, Tag] = {
    Engaged.PLANNED: (ENGAGED[Engaged.PLANNED], "nhsuk-tag--yellow"),
    Engaged.IN_PLACE: (ENGAGED[Engaged.IN_PLACE], "nhsuk-tag--green"),
    Engaged.ENDED: (ENGAGED[Engaged.ENDED], "nhsuk-tag--grey"),
}
_ACT: Tag = ("Somebody has to act", "nhsuk-tag--orange")
_NO_ACT: Tag = ("Nothing to act on", "nhsuk-tag--green")
_ASKED_FOR: Tag = ("Asked for", "nhsuk-tag--red")


@dataclass(frozen=True, slots=True)
class ImprovingLine:
    """One group of the list."""

    href: str
    subject: str
    tag: Tag
    says: str


def improving_lines(rows: Iterable[ImprovingRow]) -> list[ImprovingLine]:
    """This function will write groups for a list."""
    return [_line(row) for row in rows]


def _line(row: ImprovingRow) -> ImprovingLine:
    one = row.improving
    said = [f"Convened on {day(one.convened_on)}."]
    if hasattr(one, "ending"):
        said.append(f"Ended on {day(one.ending.ends_on)}.")
    else:
        said.append(
            f"It watches {plural(row.plans, 'plan')}." if row.plans else "It watches no plan that you may read."
        )
        if row.lacks.count:
            said.append(f"{plural(row.lacks.count, 'thing is', 'things are')} asked for and missing.")
    return ImprovingLine(page_of(one), one.subject.name, state_tag(one, row.lacks), " ".join(said))


def page_of(improving: ImprovementGroup) -> str:
    """This function will give the address of a group's page, which a later stage holds."""
    return link("improving", improving.pk)


def state_tag(improving: ImprovementGroup, lacks: Lacks) -> Tag:
    """This function will say how a group stands."""
    if hasattr(improving, "ending"):
        return _ENDED
    return _LACKS if lacks.count else _OPEN


def missing_words(lacks: Lacks) -> list[str]:
    """This function will say what is asked for and missing, and what to do (QIG-06, QIG-07, MEM-23)."""
    said = [f"{one.name}: nothing was told within one interval of the group. Ask for it." for one in lacks.reports]
    if lacks.plans:
        said.append("It watches no plan yet. Say which plans it sees through.")
    if lacks.stakeholders:
        said.append("Nobody else with a stake is on its list. Name them, each with a member who answers for it.")
    return said


def convened_facts(one: ImprovementGroup) -> list[tuple[str, str]]:
    """This function will say why a group was convened, on whose instigation, and how it stands (QIG-01 to QIG-03)."""
    sort = INSTIGATOR[Instigator(one.instigator)]
    asked = f"{one.instigated_by} ({sort})" if one.instigated_by else sort
    told = [
        ("What it sees through", one.purpose),
        ("Asked for by", f"{asked}, on {day(one.instigated_on)}"),
        ("Convened by", f"{CONVENER[Convener(one.convener)]}, on {day(one.convened_on)}"),
        ("Why the region convened it", one.why_region),
        ("How it stands", STANDS[Stands(one.stands)] + "."),
        ("The wider process", one.wider),
    ]
    return [(label, words) for label, words in told if words]


# --- what it watches


@dataclass(frozen=True, slots=True)
class PlanWatched:
    """One plan that a group watches: how far it has come, and each milestone with how it stands."""

    name: str
    href: str
    about: str
    tag: Tag
    activity: str
    milestones: tuple[tuple[str, MilestoneLine], ...]  # each with the address of its page
    unanswered: str


def plans_watched(found: Iterable[WatchedPlan]) -> list[PlanWatched]:
    """This function will write the plans that a group watches."""
    return [_plan(one) for one in found]


def _plan(one: WatchedPlan) -> PlanWatched:
    tag: Tag = ("Approved", "nhsuk-tag--green") if one.is_approved else ("Not approved", "nhsuk-tag--grey")
    said = f"{plural(one.unanswered, 'new concern', 'new concerns')} of the provider not taken up yet"
    return PlanWatched(
        one.version.name,
        reverse("plan", args=[one.plan.pk]),
        one.plan.subject.name,
        _ENDED if hasattr(one.plan, "ending") else tag,
        activity_words(activity_of(list(one.milestones))),
        tuple((reverse("milestone", args=[one.plan.pk, said.number]), milestone_line(said)) for said in one.milestones),
        said if one.unanswered else "",
    )


# --- what was told


@dataclass(frozen=True, slots=True)
class ReportSaid:
    """One report as it was told."""

    head: str
    says: str
    tag: Tag
    stays: str


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One thing that the guidance has a group put on record: who tells it, the newest, and what was told before."""

    told: str
    name: str
    by: str
    asks: str
    source: str
    tag: Tag | None
    newest: ReportSaid | None
    before: tuple[ReportSaid, ...]


def told_lines(
    asked: Sequence[Told],
    reports: Mapping[str, Sequence[MemberReport]],
    lacks: Lacks,
    seats: Mapping[str, str],
    names: Mapping[str, str],
    keeps: bool,
) -> list[ToldLine]:
    """This function will write what was told of each thing; ``seats`` names the expected seats of the guidance by their ids."""
    missing = {one.id for one in lacks.reports}
    found = []
    for one in asked:
        said = [_said(row, names, keeps) for row in reports.get(one.id, ())[: REPORTS + 1]]
        newest = said[0] if said else None
        tag = _ASKED_FOR if one.id in missing else newest.tag if newest else None
        by = seats.get(one.seat, one.seat) if one.seat else ""
        found.append(ToldLine(one.id, one.name, by, one.says, one.cites, tag, newest, tuple(said[1:])))
    return found


def _said(one: MemberReport, names: Mapping[str, str], keeps: bool) -> ReportSaid:
    told = f"Told by {one.given_by} on" if one.given_by else "Of"
    head = f"{told} {day(one.on)}, written down by {names.get(one.recorded_by, UNKNOWN)}."
    return ReportSaid(head, one.says, _ACT if one.needs_action else _NO_ACT, stays(one.knowingly, keeps))


@dataclass(frozen=True, slots=True)
class StakeholderLine:
    """Somebody with a stake."""

    number: int
    who: str
    how: str
    owner: str
    tag: Tag
    stays: str


def stakeholder_lines(found: Iterable[Stakeholder], owners: Mapping[str, str], keeps: bool) -> list[StakeholderLine]:
    """This function will write those with a stake; ``owners`` names by the id of a seat who sits there."""
    return [
        StakeholderLine(
            one.number, one.who, one.how, owners.get(str(one.owner_id), one.owner.title),
            _ENGAGED[Engaged(one.engaged)], stays(one.knowingly, keeps),
        )
        for one in found
    ]  # fmt: skip


# --- its end


@dataclass(frozen=True, slots=True)
class PartyLine:
    """Somebody who is asked whether the group has done what it is for, and what they answered."""

    party: str
    name: str
    tag: Tag
    says: str
    before: tuple[str, ...]


def party_lines(found: Iterable[PartyView]) -> list[PartyLine]:
    """This function will write who is asked, and what each answered (QIG-09)."""
    return [_party(one) for one in found]


def _party(one: PartyView) -> PartyLine:
    said = [
        " ".join(
            filter(
                None,
                [
                    f"{ANSWER[Answer(row.answer)]}, {day(row.on)}{f' ({row.given_by})' if row.given_by else ''}.",
                    row.says,
                ],
            )
        )
        for row in one.answers
    ]
    return PartyLine(one.party, one.name, _ANSWERS[one.asked.answer], said[0] if said else "", tuple(said[1:]))


def condition_lines(rule: Improvement, met: frozenset[Limb]) -> list[tuple[str, str, Tag]]:
    """This function will write the two conditions of an end, each with its paragraph and whether the record holds it."""
    return [
        (one.says, one.cites, ("Met", "nhsuk-tag--green") if one.id in met else ("Not met yet", "nhsuk-tag--grey"))
        for one in rule.ending.conditions
    ]


def ending_facts(
    ending: ImprovementGroupEnding, rule: Improvement, names: Mapping[str, str], keeps: bool
) -> list[tuple[str, str]]:
    """This function will write with what a group ended (QIG-08, QIG-09)."""
    met = set(ending.met.splitlines())
    held = [one.name for one in rule.ending.conditions if one.id.value in met]
    told = [
        ("Ended", f"On {day(ending.ends_on)}, by {names.get(ending.recorded_by, UNKNOWN)}"),
        ("Conditions that held", "\n".join(held)),
        ("Not in agreement", ending.disagreed),
        ("Why without the other", ending.because),
        ("What it leaves behind", ending.statement),
        ("Outstanding milestones", ending.outstanding),
        ("Kept knowingly", stays(ending.knowingly, keeps)),
    ]
    return [(label, words) for label, words in told if words]


def own_of(improving: ImprovementGroup, reports: Iterable[MemberReport]) -> set[str]:
    """This function will give whoever convened a group and wrote down what was told, by their actor ids."""
    found = {improving.recorded_by, *(one.recorded_by for one in reports)}
    return found | {improving.ending.recorded_by} if hasattr(improving, "ending") else found
