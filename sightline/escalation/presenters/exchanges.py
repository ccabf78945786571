"""Exchanges in words: lines of the lists, an exchange as a thread, the ways to send, and plain text to take away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.accounts.models import Person
from sightline.core.escalation.answering import Age, Course, ExchangeHow, ExchangeKind, Side, Status
from sightline.core.escalation.sending import BY_ROUTE, CONDITIONS
from sightline.core.rulebook.duties import Purpose
from sightline.core.rulebook.levels import Slot, Trigger
from sightline.directory.words import Kind
from sightline.escalation.models import Exchange, ExchangeStep
from sightline.escalation.queries.exchange_ends import End, Receiving
from sightline.escalation.queries.exchange_ways import Way
from sightline.escalation.queries.exchanges import CopyShown, Line
from sightline.surveillance.queries.log_copy import CopiedRow, LogCopy
from sightline.web.wording import day, plural

Names = Mapping[Slot, str]
KINDS: Mapping[ExchangeKind, str] = {
    ExchangeKind.ESCALATION: "Escalation",
    ExchangeKind.DUTY_RISK: "Duty-risk notice",
    ExchangeKind.CHALLENGE: "Check and challenge",
    ExchangeKind.UPDATE: "Update",
    ExchangeKind.SHARING: "Shared",
    ExchangeKind.FEEDBACK: "What came of it",
    ExchangeKind.RECEIVED: "Letter",
}
_STATUS: Mapping[Status, tuple[str, str]] = {
    Status.WAITING: ("Not acknowledged", "nhsuk-tag--orange"),
    Status.ACKNOWLEDGED: ("Acknowledged", "nhsuk-tag--blue"),
    Status.ANSWERED: ("Answered", "nhsuk-tag--green"),
    Status.DECLINED: ("Declined", "nhsuk-tag--purple"),
    Status.FED_BACK: ("Fed back", "nhsuk-tag--green"),
    Status.CLOSED: ("Closed", "nhsuk-tag--grey"),
}
_PURPOSE = {Purpose.INFORMATION: "For information", Purpose.ACTION: "For action"}
_DID = {
    ExchangeHow.ACKNOWLEDGED: "Acknowledged",
    ExchangeHow.ANSWERED: "Answered",
    ExchangeHow.DECLINED: "Declined",
    ExchangeHow.FED_BACK: "Fed back to those from whom it came",
    ExchangeHow.CLOSED: "Closed",
}
DOES: Mapping[ExchangeHow, str] = {
    ExchangeHow.ACKNOWLEDGED: "Acknowledge",
    ExchangeHow.ANSWERED: "Answer",
    ExchangeHow.DECLINED: "Decline",
    ExchangeHow.FED_BACK: "Feed back what came of it",
    ExchangeHow.CLOSED: "Close",
}
STEP_SAYS: Mapping[ExchangeHow, str] = {
    ExchangeHow.ACKNOWLEDGED: "You confirm that it arrived. Both ends see that, and who did it.",
    ExchangeHow.ANSWERED: "Both ends read the answer. Leave out anything by which a person could be recognised.",
    ExchangeHow.DECLINED: "Both ends read the reason. Say what could be done instead, where you can.",
    ExchangeHow.FED_BACK: "Local groups learn what came of what they raised. Both ends read what you write here.",
    ExchangeHow.CLOSED: "Nothing more can be added once it is closed.",
}
HEADER = (
    "To or from us", "Kind", "About", "Title", "From", "To", "Purpose", "Sent on", "Where it stands", "Waits for",
    "Days waiting", "Asked by", "Days late", "What is asked",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One exchange in a list."""

    id: UUID
    title: str
    kind: str
    status: str
    tag: str
    ends: str
    says: str
    waits: str
    is_late: bool
    is_your_turn: bool


def row(line: Line, names: Names) -> Row:
    """This function will write an exchange for a list."""
    one = line.exchange
    status, tag = _STATUS[line.status]
    subject = f"About {one.subject.name}. " if one.subject else ""
    return Row(
        one.pk, one.title, KINDS[line.course.kind], status, tag, ends(one, names),
        f"{subject}{_PURPOSE[line.course.purpose]}. {_sent(one)} {day(one.sent_on)}.",
        waiting(one, line.age, line.course), line.age.days_late > 0, line.is_your_turn,
    )  # fmt: skip


def _sent(one: Exchange) -> str:
    return "Arrived on" if one.kind == ExchangeKind.RECEIVED else "Sent on"


def waiting(one: Exchange, age: Age, course: Course) -> str:
    """This function will say for whom an exchange waits and for how long, alike to both ends (RPT-13)."""
    if age.waits_for is None:
        return ""
    acknowledged = any(step.how is ExchangeHow.ACKNOWLEDGED for step in course.steps)
    if age.waits_for is Side.SENDER:
        turn = f"{one.from_body.name} to tell those from whom it came what came of it"
    else:
        turn = f"{one.to_body.name} to {'answer' if acknowledged else 'acknowledge'} it"
    since = "It waits" if age.days == 0 else f"It has waited {plural(age.days, 'day')}"
    late = f" It is {plural(age.days_late, 'day')} past the day that was asked for." if age.days_late else ""
    return f"{since} for {turn}.{late}"


def ends(one: Exchange, names: Names) -> str:
    """This function will say from whom to whom it went."""
    return f"From {end_words(one.sender, one.from_body.name, names, one)} to {end_words(one.recipient, one.to_body.name, names)}."


def end_words(slot: str, body: str, names: Names, letter: Exchange | None = None) -> str:
    """This function will name an end: the body, and its role in the guidance's word; of a letter, the body alone."""
    if letter is not None and letter.kind == ExchangeKind.RECEIVED:
        return body
    return f"{body} ({names[Slot(slot)]})"


def csv_row(line: Line, names: Names, heap: str) -> list[str]:
    """This function will write an exchange for a table to take away."""
    one, age = line.exchange, line.age
    turn = {None: "Nobody", Side.SENDER: "Its sender", Side.RECIPIENT: "Its recipient"}[age.waits_for]
    return [
        heap, KINDS[line.course.kind], one.subject.name if one.subject else "", one.title,
        end_words(one.sender, one.from_body.name, names, one), end_words(one.recipient, one.to_body.name, names),
        _PURPOSE[line.course.purpose], day(one.sent_on), _STATUS[line.status][0], turn,
        str(age.days) if age.waits_for else "", day(one.due_on), str(age.days_late) if age.days_late else "", one.asks,
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One step of a thread: what happened, when, by whom for which body, in which words."""

    what: str
    on: date
    by: str
    says: str
    at: datetime
    why_stays: str = ""


def thread(one: Exchange, people: Mapping[str, str]) -> list[Entry]:
    """This function will write an exchange as what happened in turn, with who did it for which body (RPT-13)."""
    first = "Arrived by letter and written down" if one.kind == ExchangeKind.RECEIVED else "Sent"
    body = one.to_body.name if one.kind == ExchangeKind.RECEIVED else one.from_body.name
    begun = Entry(first, one.sent_on, _by(one.recorded_by, body, people), one.says, one.recorded_at, one.knowingly)
    return [begun, *(_entry(one, step, people) for step in one.steps.all())]


def _entry(one: Exchange, step: ExchangeStep, people: Mapping[str, str]) -> Entry:
    how = ExchangeHow(step.how)
    is_back = how in {ExchangeHow.FED_BACK, ExchangeHow.CLOSED} and one.kind != ExchangeKind.RECEIVED
    body = one.from_body.name if is_back else one.to_body.name
    return Entry(
        _DID[how], step.happened_on, _by(step.recorded_by, body, people), step.says, step.recorded_at, step.knowingly
    )


def _by(actor: str, body: str, people: Mapping[str, str]) -> str:
    return f"{people.get(actor, 'somebody no longer listed')}, for {body}"


@dataclass(frozen=True, slots=True)
class Top:
    """The head of an exchange's page."""

    kind: str
    status: str
    tag: str
    purpose: str
    waits: str
    is_late: bool


def top(one: Exchange, course: Course, status: Status, age: Age) -> Top:
    """This function will write where an exchange stands."""
    words, tag = _STATUS[status]
    purpose = _PURPOSE[course.purpose]
    return Top(KINDS[course.kind], words, tag, purpose, waiting(one, age, course), age.days_late > 0)


@dataclass(frozen=True, slots=True)
class WayRow:
    """One way to send, with its paragraph, and why it is closed where it is."""

    key: str
    name: str
    to: str
    says: str
    cites: str
    condition: str
    closed: str
    is_usual: bool = False


_NAMED = {
    ExchangeKind.ESCALATION: "Escalate to {}",
    ExchangeKind.DUTY_RISK: "Give notice of a risk to its duties to {}",
    ExchangeKind.CHALLENGE: "Ask {}: check and challenge",
    ExchangeKind.SHARING: "Share with {}",
    ExchangeKind.FEEDBACK: "Feed back to {}",
    ExchangeKind.UPDATE: "Send the update to {}",
}
_FEW = 3


def way_row(way: Way, names: Names) -> WayRow:
    """This function will write a way that stands before a sender."""
    is_named = len(way.bodies) == 1 and way.kind in BY_ROUTE
    to = _recipient(way, names)
    name = _NAMED[way.kind].format(f"{to}, {way.bodies[0].name}" if is_named else to)
    some = "" if is_named else ", ".join(one.name for one in way.bodies[:_FEW])
    more = f" and {len(way.bodies) - _FEW} more" if len(way.bodies) > _FEW else ""
    condition = f"Only if {CONDITIONS[way.when]}." if way.is_for_sender_to_say else ""
    return WayRow(way.key, name, f"{some}{more}", way.says, way.cites, condition, way.verdict.words, way.is_usual)


def _recipient(way: Way, names: Names) -> str:
    name = names[way.recipient]
    if way.kind is not ExchangeKind.SHARING:
        return _the(name)
    if way.recipient is Slot.SECRETARIAT:
        return "a clinical network or collaborative"
    if way.recipient is Slot.LOCAL_AUTHORITY:
        return _the(name)
    return f"{'a' if way.end.body.kind == Kind.REGION and way.bodies[0].kind == Kind.ICB else 'another'} {name}"


def _the(name: str) -> str:
    """A role within a sentence: a proper name keeps its capitals, and a body's own name takes no article."""
    if name.startswith("NHS England"):
        return name
    is_proper = name[:2].isupper() or any(word[:1].isupper() for word in name.split()[1:])
    return f"the {name if is_proper else name[:1].lower() + name[1:]}"


def end_name(end: End, names: Names) -> str:
    """This function will say in whose name something is sent."""
    return f"{names[end.slot]}, {end.body.name}"


def receiving_words(there: Receiving, role: str, body: str) -> str:
    """This function will say who receives what goes to a role of a body."""
    if there.holders:
        return f"It goes to {_people(there.holders)}: {role}, {body}."
    if there.others:
        return f"It goes to {_people(there.others)}, of {body}. Nobody holds this role there yet: {role}."
    return f"Nobody of {body} works here. You tell them yourself, and write down here what they answer."


def _people(people: Sequence[Person]) -> str:
    names = [one.display_name for one in people]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def trigger_words(one: Exchange, known: Iterable[Trigger]) -> list[Trigger]:
    """This function will give the triggers that were named, in the guidance's words."""
    named = one.triggers.split()
    return [trigger for trigger in known if trigger.id in named]


def log_rows(copy: CopyShown) -> list[list[str]]:
    """This function will write the copy that went with an exchange as a table."""
    return log_table(copy.log)


def log_table(log: LogCopy) -> list[list[str]]:
    """This function will write a log as a table: subject, sector, level, since, actions, why, review."""
    return [_log_row(one) for one in log.rows]


def _log_row(one: CopiedRow) -> list[str]:
    return [one.name, one.sector, one.current, day(one.since), "; ".join(one.actions), one.reason, day(one.review_due)]


LOG_HEADER = ("Provider or system", "Sector", "Level", "Since", "Actions", "Why", "Review due")


def plain_text(one: Exchange, names: Names, entries: Sequence[Entry], copy: CopyShown | None) -> str:
    """This function will write an exchange as plain text to take away; no section of it is blank (RPT-28)."""
    lines = [
        KINDS[ExchangeKind(one.kind)], one.title, ends(one, names), f"{_sent(one)} {day(one.sent_on)}.",
        f"{_PURPOSE[Purpose(one.purpose)]}.",
    ]  # fmt: skip
    if one.subject:
        lines.append(f"About {one.subject.name}.")
    for entry in entries:
        lines += ["", f"{entry.what} on {day(entry.on)} by {entry.by}", *([entry.says] if entry.says else [])]
    if one.asks and one.kind != ExchangeKind.UPDATE:
        lines += ["", f"Asked{f' by {day(one.due_on)}' if one.due_on else ''}", one.asks]
    if copy is not None:
        lines += ["", f"The surveillance log of {copy.log.name} as it was known on {day(copy.log.on)}"]
        lines += (
            [" | ".join(LOG_HEADER), *(" | ".join(row) for row in log_rows(copy))]
            if copy.log.rows
            else ["None identified"]
        )
        lines.append(f"Fixed when it was sent: {copy.sha256}")
    return "\n".join(lines) + "\n"
