"""The action log in words: its lines in Annex D's columns, what a filter leaves out, and the rows of a copy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from sightline.actions.models import ActionOwner
from sightline.actions.origins import Origin
from sightline.actions.queries import Asked, Comment, ImpactLine, LogLine, LogPage, Sort, State
from sightline.actions.words import KIND, LEGEND, OUTCOME
from sightline.core.actions.facts import ActionKind, Outcome
from sightline.core.actions.standing import Pressing, Priority, Status
from sightline.web.wording import day, plural

Tag = tuple[str, str]
PRESSING: Mapping[Pressing, Tag] = {
    Pressing.OVERDUE: ("Overdue", "nhsuk-tag--red"),
    Pressing.SOON: ("Due soon", "nhsuk-tag--yellow"),
    Pressing.ON_TARGET: ("On target", "nhsuk-tag--blue"),
    Pressing.CLOSED: ("Closed", "nhsuk-tag--grey"),
}
STATUS: Mapping[Status, str] = {Status.OPEN: "open", Status.CLOSED: "closed"}
PRIORITY: Mapping[Priority, str] = {
    Priority.HIGH: "high priority, open",
    Priority.ON_TARGET: "on target, open",
    Priority.CLOSED: "closed",
}
STATES = {
    State.OVERDUE: "Overdue",
    State.SOON: "Due within a week",
    State.CLOSED: "Closed",
    State.ALL: "Open and closed",
}
_STATE_SAYS = {
    State.OPEN: "open",
    State.OVERDUE: "overdue",
    State.SOON: "due within a week",
    State.CLOSED: "closed",
    State.ALL: "",
}
SORTS = {Sort.RAISED: "Newest first", Sort.GROUP: "Group", Sort.OWNER: "Owner’s organisation"}
KINDS = [(one.value, name) for one, name in KIND.items()]
OUTCOMES = [(one.value, name) for one, name in OUTCOME.items()]
_ON_PAGE = 2  # comments that a line of the page shows; the action's own page has them all
HEAD = (
    "Date raised", "Status (O, C)", "Priority (1, 2, 3)", "Issue", "Owner", "Resolution", "Due date", "Comments",
    "Group", "About", "Type of action", "Agreed on", "Agreed under",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line of the log as a page shows it."""

    href: str
    raised: str
    status: str
    status_means: str
    priority: str
    priority_means: str
    tag: Tag
    issue: str
    about: str
    group: str
    kind: str
    owner: str
    body: str
    resolution: str
    due: str
    notes: tuple[str, ...]
    comments: tuple[str, ...]
    origin: Origin | None  # where it was agreed, as far as the reader may read that


def rows(lines: Iterable[LogLine], names: Mapping[str, str], origins: Mapping[UUID, Origin]) -> list[LogRow]:
    """This function will write lines of the log for a page."""
    return [row(one, names, origins) for one in lines]


def row(line: LogLine, names: Mapping[str, str], origins: Mapping[UUID, Origin]) -> LogRow:
    """This function will write one line of the log."""
    said = list(comments(line, names))
    return LogRow(
        href=reverse("action", args=[line.action.pk]),
        raised=day(line.action.raised_on),
        status=line.standing.status.value,
        status_means=STATUS[line.standing.status],
        priority=line.standing.priority.value,
        priority_means=PRIORITY[line.standing.priority],
        tag=PRESSING[line.pressing],
        issue=line.statement.issue,
        about=line.action.subject.name if line.action.subject else "",
        group=line.action.group.name,
        kind=KIND[ActionKind(line.statement.kind)],
        owner=owner_name(line.owner),
        body=line.owner.organisation.name,
        resolution=line.statement.resolution,
        due=day(line.due_on),
        notes=tuple(_notes(line)),
        comments=tuple(said[-_ON_PAGE:]),
        origin=origins.get(line.action.pk),
    )


def owner_name(owner: ActionOwner) -> str:
    """This function will name whoever owns an action."""
    return owner.person.display_name if owner.person else owner.name


def comments(line: LogLine, names: Mapping[str, str]) -> Iterator[str]:
    """This function will write what was said of an action, the oldest first, and what changed because of it."""
    for one in line.comments:
        yield _comment(one, names)
    if line.closing is not None:
        outcome = OUTCOME[Outcome(line.closing.outcome)]
        yield f"Closed on {day(line.closing.closed_on)}: {outcome.lower()}. What changed: {line.closing.impact}"


def _comment(one: Comment, names: Mapping[str, str]) -> str:
    if one.is_review:
        return f"{day(one.on)}, looked at by the group{f': {one.says}' if one.says else '.'}"
    who = names.get(one.by, "")
    return f"{day(one.on)}{f', {who}' if who else ''}: {one.says}"


def _notes(line: LogLine) -> Iterator[str]:
    if line.moves:
        yield f"Moved {'once' if line.moves == 1 else f'{line.moves} times'}"
    if line.statement.disagreement and line.hears:
        yield "Committed to by one member alone"


def people_of(lines: Iterable[LogLine]) -> set[str]:
    """This function will give whoever commented, by their actor ids."""
    return {one.by for line in lines for one in line.comments}


def counted(found: LogPage, asked: Asked) -> str:
    """This function will say how many are listed, and how many of which kind are left out."""
    word = _STATE_SAYS[asked.state]
    said = f"{found.fitting:,} {f'{word} ' if word else ''}{'action' if found.fitting == 1 else 'actions'}."
    left = found.total - found.fitting
    if not left:
        return said
    if asked.is_filtered or asked.state not in {State.OPEN, State.ALL}:
        return f"{said} The filter leaves out {plural(left, 'other')}, open and closed together."
    return f"{said} {plural(found.closed, 'closed action')} {'is' if found.closed == 1 else 'are'} not listed."


def pages_in_all(fitting: int, a_page: int) -> int:
    """This function will count the pages of a list."""
    return max(1, -(-fitting // a_page))


def table(found: Iterable[LogLine], names: Mapping[str, str], origins: Mapping[UUID, Origin]) -> list[tuple[str, ...]]:
    """This function will write the log as rows: the columns of Annex D in their order, and a few more behind (ACT-01)."""
    return [HEAD, *(_exported(one, names, origins.get(one.action.pk)) for one in found)]


def _exported(line: LogLine, names: Mapping[str, str], origin: Origin | None) -> tuple[str, ...]:
    said = [*_notes(line), *comments(line, names)]
    return (
        line.action.raised_on.isoformat(), line.standing.status.value, line.standing.priority.value,
        line.statement.issue, f"{owner_name(line.owner)}, {line.owner.organisation.name}", line.statement.resolution,
        line.due_on.isoformat(), "\n".join(said), line.action.group.name,
        line.action.subject.name if line.action.subject else "", KIND[ActionKind(line.statement.kind)],
        origin.on.isoformat() if origin else "", origin.title if origin else "",
    )  # fmt: skip


def title(found: LogPage, asked: Asked, on: date) -> list[str]:
    """This function will write the lines that stand above the table of a workbook."""
    return ["Action log", f"As of {day(on)}. {counted(found, asked)}", LEGEND]


# --- what actions changed


@dataclass(frozen=True, slots=True)
class ImpactRow:
    """What one closed action changed, as a page shows it."""

    href: str
    impact: str
    issue: str
    resolution: str
    says: str
    outcome: Tag
    about: str


def impact_rows(found: Sequence[ImpactLine]) -> list[ImpactRow]:
    """This function will write what closed actions changed for a page."""
    return [_impact(one) for one in found]


def _impact(one: ImpactLine) -> ImpactRow:
    outcome, action = Outcome(one.closing.outcome), one.line.action
    kind = KIND[ActionKind(one.line.statement.kind)]
    colour = "nhsuk-tag--green" if outcome is Outcome.DONE else "nhsuk-tag--grey"
    return ImpactRow(
        href=reverse("action", args=[action.pk]),
        impact=one.closing.impact,
        issue=one.line.statement.issue,
        resolution=one.line.statement.resolution,
        says=f"{kind}. {one.line.owner.organisation.name}. {action.group.name}. Closed on {day(one.closing.closed_on)}.",
        outcome=(OUTCOME[outcome], colour),
        about=action.subject.name if action.subject else "",
    )
