"""Duties in words: whose they are, where they stand, how old they are; the list as a table for a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.core.escalation.following import DutyHow, DutyStatus, Following
from sightline.core.rulebook.duties import NoticeKind
from sightline.core.rulebook.levels import Force, Slot
from sightline.directory.models import Organisation
from sightline.escalation.models import Duty, DutyStep
from sightline.escalation.queries.arising import Arising
from sightline.escalation.queries.deciding import Followed
from sightline.escalation.queries.duties import OF_PROVIDERS, Show, Whose, following_of, stands_now
from sightline.escalation.queries.registering import Register
from sightline.web.wording import day, plural

Role = Callable[[Slot], str]

STATUS = {
    DutyStatus.OPEN: ("Open", "nhsuk-tag--blue"),
    DutyStatus.NOT_YET: ("Not yet", "nhsuk-tag--yellow"),
    DutyStatus.DONE: ("Done", "nhsuk-tag--green"),
    DutyStatus.ACKNOWLEDGED: ("Acknowledged", "nhsuk-tag--green"),
    DutyStatus.DECLINED: ("Not to be done", "nhsuk-tag--grey"),
}
AWAITS = ("Done, not acknowledged yet", "nhsuk-tag--aqua-green")
HOW = {
    DutyHow.DONE: "Done",
    DutyHow.ACKNOWLEDGED: "Acknowledged",
    DutyHow.DECLINED: "Not to be done",
    DutyHow.NOT_YET: "Not yet",
    DutyHow.HANDED_OVER: "Handed over",
}
FORCE = {
    Force.MUST: "The guidance says it must be done",
    Force.SHOULD: "The guidance says it should be done",
    Force.MAY: "The guidance leaves it open",
}
KIND = {NoticeKind.TASK: "Task", NoticeKind.NOTICE: "To be told"}
SHOWS = {
    Show.OPEN: "Open",
    Show.OVERDUE: "Overdue",
    Show.UNTOLD: "Providers not told yet",
    Show.SETTLED: "Settled",
    Show.ALL: "Open and settled",
}
WHOSE = {Whose.ALL: "Everybody’s", Whose.MINE: "Mine"}
NOBODY = "Nobody holds this office here yet"
NO_BODY = "the directory does not say which body that is"
UNKNOWN = "somebody no longer listed"
# What to do next, by whether it may be called done.
REGISTERS_SAY = {
    True: "If these risks are what the level is about, record it as done below.",
    False: "It can be called done once a risk stands on each. Until then say “Not yet”, or “Not to be done” with the reason.",
}


@dataclass(frozen=True, slots=True)
class End:
    """One end of a duty: the role, the body, and the people who answer for it here."""

    role: str
    body: str
    people: str = ""

    @property
    def words(self) -> str:
        """The role with its body."""
        return f"{self.role}, {self.body}" if self.body else self.role


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty in a list."""

    id: UUID
    name: str
    says: str
    cites: str
    force: str
    kind: str
    subject: str
    subject_id: UUID
    falls_to: End
    to: End
    status: str
    tag: str
    due: str
    age: str
    is_overdue: bool
    arisen_on: date
    rules: str
    offer: str = ""  # that it looks done, for a person to say so; or what it still lacks


def duty_row(duty: Duty, on: date, role: Role, registers: Sequence[Register] = ()) -> DutyRow:
    """This function will put one duty into words; of its registers it says whether a risk stands on each."""
    stands, now = following_of(duty, on), stands_now(duty)
    status, tag = _status(duty, stands)
    return DutyRow(
        id=duty.pk,
        name=duty.name,
        says=duty.says,
        cites=duty.cites,
        force=FORCE[Force(duty.force)],
        kind=KIND[NoticeKind(duty.kind)],
        subject=duty.subject.name,
        subject_id=duty.subject_id,
        falls_to=End(role(now.falls_to), _name(now.doer)),
        to=End(role(Slot(duty.to)), NO_BODY if duty.lacks_body else _name(now.organisation)),
        status=status,
        tag=tag,
        due=due_words(duty, stands),
        age=age_words(duty, stands),
        is_overdue=stands.is_overdue,
        arisen_on=duty.arisen_on,
        rules=duty.rules_version,
        offer=_offer(stands, registers),
    )


def _offer(stands: Following, registers: Sequence[Register]) -> str:
    if stands.is_settled or not registers:
        return ""
    there = sum(bool(one.there) for one in registers)
    if there == len(registers):
        return "A risk stands on each register: it looks done"
    return f"A risk stands on {there} of {plural(len(registers), 'register')}"


def _status(duty: Duty, stands: Following) -> tuple[str, str]:
    if stands.status is DutyStatus.DONE and not stands.is_settled:
        return AWAITS
    if (
        stands.status is DutyStatus.OPEN
        and Slot(duty.to) in OF_PROVIDERS
        and NoticeKind(duty.kind) is NoticeKind.NOTICE
    ):
        return "Not told yet", "nhsuk-tag--blue"
    return STATUS[stands.status]


def due_words(duty: Duty, stands: Following) -> str:
    """This function will say until when something is due, or when it is looked at again."""
    if stands.is_settled:
        return ""
    if stands.review_on is not None:
        return f"Look at it again on {day(stands.review_on)}"
    return f"Due by {day(duty.due_on)}" if duty.due_on else "The guidance gives no day"


def age_words(duty: Duty, stands: Following) -> str:
    """This function will say how long a duty has been open, or was until it was settled (PRV-03)."""
    days = plural(stands.days, "day")
    if stands.is_settled:
        return f"Settled after {days}" if stands.days else "Settled on the same day"
    if stands.days == 0:
        return "New today"
    return f"Open for {days}"


def _name(body: Organisation | None) -> str:
    return body.name if body is not None else ""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One thing that happened to a duty."""

    how: str
    on: date
    by: str
    says: str
    review_on: date | None


def step_rows(duty: Duty, names: Mapping[str, str]) -> list[StepRow]:
    """This function will list what happened to a duty, the newest first."""
    rows = [_step_row(duty, one, names.get(one.recorded_by, UNKNOWN)) for one in duty.steps.all()]
    return rows[::-1]


def _step_row(duty: Duty, one: DutyStep, by: str) -> StepRow:
    says = one.says
    if one.body is not None:
        verb = "goes" if duty.to == Slot.PROCESS_LEAD.value else "falls"
        says = f"From then on it {verb} to {one.body.name}, which was agreed to lead. Nothing else of it changed."
    return StepRow(HOW[DutyHow(one.how)], one.happened_on, by, says, one.review_on)


@dataclass(frozen=True, slots=True)
class FollowRow:
    """One thing that would arise from a decision, in words, before it is made."""

    name: str
    says: str
    cites: str
    force: str
    kind: str
    is_told_apart: bool  # a provider reads words of its own, and never this record
    falls_to: End
    to: End


def follow_rows(follows: Sequence[Followed], role: Role) -> list[FollowRow]:
    """This function will say what tasks would arise and who would be told, with their names."""
    rows = []
    for one in follows:
        notice, found = one.arising.consequence.notice, one.arising
        row = FollowRow(
            name=notice.name,
            says=notice.says,
            cites=notice.cites,
            force=FORCE[notice.force],
            kind=KIND[notice.kind],
            is_told_apart=found.consequence.to.value in OF_PROVIDERS,
            falls_to=End(role(found.consequence.falls_to), _names(found.doers), people_words(one.doers, "")),
            to=End(role(found.consequence.to), _to_body(found), people_words(one.receivers, "")),
        )
        rows.append(row)
    return rows


def _to_body(found: Arising) -> str:
    return NO_BODY if found.lacks_body else _names(found.receivers)


def _names(bodies: Iterable[Organisation]) -> str:
    return " or ".join(one.name for one in bodies)


def people_words(people: Iterable[object], nobody: str = NOBODY) -> str:
    """This function will name the people of an office, or say that nobody holds it."""
    return ", ".join(str(one) for one in people) or nobody


HEAD = (
    "About", "What", "Kind", "How strongly", "Falls to", "Goes to", "Status", "Arisen on", "Due", "Age", "Guidance",
    "Rules",
)  # fmt: skip


def table(rows: Iterable[DutyRow]) -> list[list[str]]:
    """This function will write the list as rows of text, its header first; days as year-month-day."""
    found = [list(HEAD)]
    for one in rows:
        found.append(
            [
                one.subject, one.name, one.kind, one.force, one.falls_to.words, one.to.words, one.status,
                one.arisen_on.isoformat(), one.due, one.age, one.cites, one.rules,
            ]
        )  # fmt: skip
    return found
