"""Sub-groups in words: who reports to whom, when each last did and next does, and what it reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sightline.core.groups.reporting_back import Pace
from sightline.groups.models import Group, ReportBack, Seat, Seating, SubGroup
from sightline.groups.queries.subgroups import SubGroupView
from sightline.web.wording import day, plural

Tag = tuple[str, str]
NOBODY = "Nobody sits on the seat that leads it"
# Where a sub-group follows one provider's plan, monitoring stays where it was (GRP-12).
MONITORING = (
    "Monitoring progress stays with the provider’s regulator. The sub-group supports, and does not do it twice."
)
MONITORING_CITES = "QSG 2013 slides, QSG example; GRP-12"
_TAGS: Mapping[Pace, Tag] = {
    Pace.OVERDUE: ("Report overdue", "nhsuk-tag--red"),
    Pace.SOON: ("Report due soon", "nhsuk-tag--yellow"),
    Pace.LATER: ("On time", "nhsuk-tag--green"),
    Pace.DONE: ("All reported", "nhsuk-tag--grey"),
}


@dataclass(frozen=True, slots=True)
class SubGroupLine:
    """One sub-group in a list."""

    id: UUID
    name: str
    parent: UUID
    parent_name: str
    tag: Tag
    leads: str
    when: str
    provider: UUID | None
    provider_name: str


@dataclass(frozen=True, slots=True)
class SubGroupPage:
    """What is asked of one sub-group; ``kept`` is for those who keep the groups."""

    line: SubGroupLine
    task: str
    rhythm: str
    kept: str
    before: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report, with its day and the group to which it was given."""

    when: str
    text: str
    asks: str
    subject: UUID | None
    subject_name: str


def lines(views: Iterable[SubGroupView]) -> list[SubGroupLine]:
    """This function will write sub-groups for a list, those whose report is overdue first."""
    order = list(Pace)
    return [line(one) for one in sorted(views, key=lambda one: (order.index(one.pace), one.row.group.name))]


def line(view: SubGroupView) -> SubGroupLine:
    """This function will write one sub-group."""
    row = view.row
    return SubGroupLine(
        id=row.group_id,
        name=row.group.name,
        parent=view.parent.pk,
        parent_name=view.parent.name,
        tag=_TAGS[view.pace],
        leads=f"Led by {_named(view.leads)}" if view.leads else NOBODY,
        when=f"{_last(view)} {_next(view)}".strip(),
        provider=row.provider_id,
        provider_name=row.provider.name if row.provider else "",
    )


def page(view: SubGroupView, before: Iterable[SubGroup], names: Mapping[str, str] | None) -> SubGroupPage:
    """This function will put into words what is asked of one sub-group; ``names`` are given for those who keep it."""
    row = view.row
    kept = "" if names is None else f"{row.because.rstrip('.')}. Recorded by {names.get(row.recorded_by, 'somebody')}."
    return SubGroupPage(line(view), row.task, _rhythm(row), kept, tuple(_before(one) for one in before))


def report_lines(rows: Iterable[ReportBack]) -> list[ReportLine]:
    """This function will write reports."""
    return [
        ReportLine(
            when=f"{day(one.reported_on)}, to {one.group.name}",
            text=one.text,
            asks=one.asks,
            subject=one.subject_id,
            subject_name=one.subject.name if one.subject else "",
        )
        for one in rows
    ]


def group_choices(groups: Iterable[Group]) -> dict[str, str]:
    """This function will give groups as a form offers them."""
    return {str(one.pk): one.name for one in groups}


def seat_choices(seats: Iterable[tuple[Seat, tuple[Seating, ...]]]) -> dict[Seat, str]:
    """This function will give the seats that may lead, each with who sits there."""
    return {seat: _named(sits) if sits else "Nobody sits there" for seat, sits in seats}


def _named(sits: Iterable[Seating]) -> str:
    return ", ".join(f"{one.person.display_name}{' (deputy)' if one.is_deputy else ''}" for one in sits)


def _last(view: SubGroupView) -> str:
    return f"Last reported on {day(view.last_on)}." if view.last_on else "It has not reported yet."


def _next(view: SubGroupView) -> str:
    match view.pace:
        case Pace.DONE:
            return "Nothing more is due."
        case Pace.OVERDUE:
            return f"A report was due on {day(view.due_on)}."
        case _:
            return f"The next report is due on {day(view.due_on)}."


def _rhythm(row: SubGroup) -> str:
    first = f"For the first time by {day(row.first_on)}"
    again = f", then {'every month' if row.every_months == 1 else f'every {row.every_months} months'}"
    done = f" The work is to be done by {day(row.done_by)}; a last report is due then." if row.done_by else ""
    return f"{first}{again if row.every_months else ''}.{done}"


def _before(row: SubGroup) -> tuple[str, str]:
    to = f"to {row.parent.name}" if row.parent else "to no group"
    return f"Recorded on {day(row.recorded_at)}: reports {to}.", row.task


def counted(found: Iterable[SubGroupView]) -> str:
    """This function will say how many sub-groups there are, and of how many a report is overdue."""
    views = list(found)
    late = sum(one.pace is Pace.OVERDUE for one in views)
    over = f" {plural(late, 'report is', 'reports are')} overdue." if late else ""
    return f"{plural(len(views), 'sub-group')}.{over}"
