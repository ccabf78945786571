"""Milestones in words: how each stands, what was noted of it, and the one line of activity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from sightline.core.improvement.milestones import Activity, Lasts, Progress, Standing
from sightline.improvement.models import MilestoneEntry, Plan, ProviderConcern
from sightline.improvement.presenters.plans import UNKNOWN, Tag
from sightline.improvement.queries.milestones import MilestoneView
from sightline.profiles.presenters.words import stays
from sightline.web.wording import day, plural

_TAGS: Mapping[Progress | None, Tag] = {
    None: ("Nothing noted yet", "nhsuk-tag--grey"),
    Progress.UNDER_WAY: ("On its way", "nhsuk-tag--blue"),
    Progress.IN_DOUBT: ("May not be reached", "nhsuk-tag--orange"),
    Progress.MISSED: ("Will not be reached", "nhsuk-tag--red"),
    Progress.REACHED: ("Reached", "nhsuk-tag--green"),
}
_LASTS = {
    Lasts.NOT_YET: "It is too early to say whether it lasts.",
    Lasts.YES: "It is embedded and will last.",
    Lasts.NO: "It does not last: it is slipping back.",
}


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """One milestone as it is seen at a glance; ``notes`` are what to know besides."""

    number: int
    what: str
    due: str
    owner: str
    evidence: str
    assurance: str
    tag: Tag
    notes: tuple[str, ...]


def milestone_line(one: MilestoneView) -> MilestoneLine:
    """This function will write one milestone as the group reads it."""
    return _line(one, _TAGS[one.standing.progress], tuple(_notes(one.standing)))


def own_line(one: MilestoneView, on: date) -> MilestoneLine:
    """This function will write one milestone as its provider reads it: what was agreed, and what it said last itself."""
    said = one.standing.provider
    past = bool(one.said.due_on and one.said.due_on < on and said is not Progress.REACHED)
    tag: Tag = (f"You said: {_TAGS[said][0].lower()}", _TAGS[said][1]) if said else ("No update yet", "nhsuk-tag--grey")
    return _line(one, tag, ("Its day has passed.",) if past else ())


def _line(one: MilestoneView, tag: Tag, notes: tuple[str, ...]) -> MilestoneLine:
    said = one.said
    body = said.organisation.name if said.organisation else said.body
    return MilestoneLine(
        one.number,
        said.what or "Not said",
        day(said.due_on),
        ", ".join(filter(None, [said.owner, body])),
        said.evidence,
        said.assurance,
        tag,
        notes,
    )


def _notes(standing: Standing) -> Iterable[str]:
    if standing.is_overdue:
        yield "Its day has passed."
    if standing.is_reached:
        yield "Assured." if standing.is_assured else "Nobody has assured it yet."
        yield _LASTS[standing.lasts]
    if standing.provider:
        yield f"The provider has said since: {_TAGS[standing.provider][0].lower()}."


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry about a milestone; ``parts`` are its texts, each with its label."""

    by: str
    at: datetime
    tag: Tag
    is_providers: bool
    parts: tuple[tuple[str, str], ...]
    lasts: str
    stays: str


def entry_lines(entries: Iterable[MilestoneEntry], names: Mapping[str, str], keeps: bool) -> list[EntryLine]:
    """This function will write what was noted, the newest first."""
    return [_entry(one, names, keeps) for one in entries][::-1]


def _entry(one: MilestoneEntry, names: Mapping[str, str], keeps: bool) -> EntryLine:
    said = (("", one.says), ("Evidence", one.evidence), ("Assured by", one.assured_by), ("How", one.assured_how))
    is_reached = one.progress == Progress.REACHED and not one.is_providers
    return EntryLine(
        by=names.get(one.recorded_by, UNKNOWN),
        at=one.recorded_at,
        tag=_TAGS[Progress(one.progress)],
        is_providers=one.is_providers,
        parts=tuple((label, words) for label, words in said if words),
        lasts=_LASTS[Lasts(one.lasts)] if is_reached else "",
        stays=stays(one.knowingly, keeps),
    )


@dataclass(frozen=True, slots=True)
class ConcernLine:
    """One new concern that the provider told, with what it does already, and what became of it.

    ``taken_up`` says that the group took it up; ``answer`` is what it does about it, for the group alone.
    """

    key: int
    by: str
    at: datetime
    says: str
    steps: str
    stays: str
    taken_up: str
    is_open: bool
    answer: str = ""
    answer_stays: str = ""


def concern_lines(
    concerns: Iterable[ProviderConcern], names: Mapping[str, str], keeps: bool, *, for_group: bool = False
) -> list[ConcernLine]:
    """This function will write the concerns that the provider told of; what the group does about them stays with the group."""
    return [_concern(one, names, keeps, for_group) for one in concerns]


def _concern(one: ProviderConcern, names: Mapping[str, str], keeps: bool, for_group: bool) -> ConcernLine:
    answer = getattr(one, "answer", None)
    taken = f"Taken up by the group on {day(answer.recorded_at)}." if answer else "Not taken up yet."
    own = answer if for_group else None
    return ConcernLine(
        key=one.pk,
        by=names.get(one.recorded_by, UNKNOWN),
        at=one.recorded_at,
        says=one.says,
        steps=one.steps,
        stays=stays(one.knowingly, keeps),
        taken_up=taken,
        is_open=answer is None,
        answer=own.says if own else "",
        answer_stays=stays(own.knowingly, keeps) if own else "",
    )


@dataclass(frozen=True, slots=True)
class DoubtLine:
    """One milestone that its provider doubts, with what it said."""

    href: str
    plan: str
    subject: str
    line: MilestoneLine
    tag: Tag
    says: str


def doubt_line(one: MilestoneView, plan: Plan, name: str) -> DoubtLine:
    """This function will write a milestone that its provider doubts."""
    said = next(entry for entry in reversed(one.entries) if entry.is_providers)
    href = reverse("milestone", args=[plan.pk, one.number])
    return DoubtLine(href, name, plan.subject.name, milestone_line(one), _TAGS[one.standing.provider], said.says)


@dataclass(frozen=True, slots=True)
class UntakenLine:
    """One new concern that nobody has taken up."""

    href: str
    plan: str
    subject: str
    at: datetime
    says: str


def untaken_line(one: ProviderConcern, name: str) -> UntakenLine:
    """This function will write a new concern that nobody has taken up."""
    href = reverse("plan_concern", args=[one.plan_id, one.pk])
    return UntakenLine(href, name, one.plan.subject.name, one.recorded_at, one.says)


def activity_words(found: Activity) -> str:
    """This function will say in one line how far the work has come; it says nothing of what changed for people."""
    if not found.all:
        return "No milestones are agreed, so nobody can say how far the work has come."
    says = f"{found.reached} of {plural(found.all, 'milestone')} reached, {found.lasting} of them assured and lasting"
    doubts = [
        f"{found.in_doubt} in doubt" if found.in_doubt else "",
        f"{found.overdue} past {'its' if found.overdue == 1 else 'their'} day" if found.overdue else "",
    ]
    return "; ".join(filter(None, [says, *doubts])) + "."
