"""Reads of reports, each for somebody: what is due, the list, one draft, and what was frozen of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Prefetch

from sightline.core.access import Actor
from sightline.core.reports.changing import Changed, Gathered, changes_between
from sightline.core.rulebook.clocks import Unit, later_by
from sightline.escalation.queries.exchanges import last_updates
from sightline.groups.beside import belongs_there
from sightline.groups.hearing import groups_seen
from sightline.groups.models import Group
from sightline.meetings.keeping import keeps_meetings
from sightline.reports.models import Receipt, Report, ReportLine, ReportVersion, Sending
from sightline.reports.queries.drafts import Draft, Part
from sightline.reports.queries.templates import LaidDown, template_of, templates_for
from sightline.reports.sight import sent_to
from sightline.rulebook.queries import is_stopped

A_PAGE = 50


def one_draft(actor: Actor, on: date, report: UUID) -> Draft | None:
    """This function will give a report that somebody may read, with all that was written and gathered; else nothing."""
    found = Report.objects.visible_to(actor, on).filter(pk=report)
    one = found.select_related("group__area", "author").first()
    return draft_of(one, on, keeps=keeps_meetings(actor, one.system, on)) if one else None


def draft_of(report: Report, on: date, *, keeps: bool) -> Draft:
    """This function will put a report together for whoever may read it, as was asked before."""
    laid = template_of(report, on)
    passages = {one.section: one for one in report.passages.all()}  # in order, so that the newest of each stays
    gathering = report.gatherings.last()
    lines: dict[str, list[ReportLine]] = defaultdict(list)
    rows = gathering.lines.select_related("outcome__item", "regulation", "telling") if gathering else ()
    for line in rows:
        lines[line.section].append(line)
    versions = report.versions.select_related("frozen_by").prefetch_related(
        Prefetch("sendings", Sending.objects.select_related("to_body", "sent_by", "receipt__received_by"))
    )
    parts = tuple(
        Part(one, passages.get(one.id), tuple(lines[one.id])) for one in (laid.template.sections if laid else ())
    )
    return Draft(report, laid, parts, gathering, tuple(versions), keeps, on)


def changes_since(draft: Draft) -> tuple[Changed, ...]:
    """This function will say what the newest gathering holds that the one before did not, and the other way round."""
    two = list(draft.report.gatherings.order_by("-number").prefetch_related("lines")[:2])
    if len(two) < 2:
        return ()
    now, before = ([Gathered(one.section, one.record, one.says) for one in some.lines.all()] for some in two)
    return changes_between(before, now)


def one_version(actor: Actor, on: date, report: UUID, number: int) -> ReportVersion | None:
    """This function will give a version that somebody may read: those of the group each, a recipient what it was sent."""
    seen = Report.objects.visible_to(actor, on).filter(pk=report).select_related("group").first()
    if seen is None:
        return None
    found = ReportVersion.objects.filter(report=seen, number=number).select_related("report__group", "frozen_by")
    if not is_within(actor, on, seen):
        found = found.filter(sendings__in=Sending.objects.filter(sent_to(actor, on))).distinct()
    return found.first()


def is_within(actor: Actor, on: date, report: Report) -> bool:
    """This function will say whether somebody reads a report as one of the group, its keeper or its auditor."""
    return Report.objects.filter(belongs_there(actor, on), pk=report.pk).exists()


def lines_of(version: ReportVersion) -> list[ReportLine]:
    """This function will give the lines that were gathered for a version, each with the record that it is of."""
    if version.gathering_id is None:
        return []
    found = ReportLine.objects.filter(gathering=version.gathering_id)
    return list(found.select_related("outcome__item", "regulation", "telling"))


def is_newest(version: ReportVersion) -> bool:
    """This function will say whether no version came after one."""
    return not ReportVersion.objects.filter(report=version.report_id, number__gt=version.number).exists()


def may_send(actor: Actor, on: date, version: ReportVersion) -> bool:
    """This function will say whether somebody sends a version: whoever keeps the papers, and the newest alone."""
    return keeps_meetings(actor, version.report.system, on) and is_newest(version)


def sendings_of(version: ReportVersion) -> list[Sending]:
    """This function will give everything that was sent of a version, for whoever is of the group."""
    return list(version.sendings.select_related("version", "to_body", "sent_by", "receipt__received_by"))


def sendings_there(actor: Actor, on: date, version: ReportVersion) -> list[Sending]:
    """This function will give what went of a version to bodies for which somebody works, and is not acknowledged."""
    found = version.sendings.filter(sent_to(actor, on), receipt=None)
    return list(found.select_related("version", "to_body"))


@dataclass(frozen=True, slots=True)
class Listed:
    """One report in the list: its newest version, and its sendings that wait to be acknowledged."""

    report: Report
    name: str
    versions: tuple[ReportVersion, ...]

    @property
    def newest(self) -> ReportVersion | None:
        """The version that was frozen last."""
        return self.versions[-1] if self.versions else None

    @property
    def sendings(self) -> tuple[Sending, ...]:
        """Everything that was sent of it."""
        return tuple(one for version in self.versions for one in version.sendings.all())

    @property
    def waiting(self) -> tuple[Sending, ...]:
        """What nobody acknowledged yet, the longest waiting first."""
        return tuple(one for one in self.sendings if not hasattr(one, "receipt"))


def reports_of_us(actor: Actor, on: date, page: int = 1) -> tuple[list[Listed], int]:
    """This function will give one page of the reports of the groups in which somebody is, the newest first, and how many."""
    found = Report.objects.visible_to(actor, on).filter(belongs_there(actor, on)).select_related("group")
    versions = ReportVersion.objects.prefetch_related(
        Prefetch("sendings", Sending.objects.select_related("to_body", "receipt"))
    )
    rows = found.prefetch_related(Prefetch("versions", versions))[(page - 1) * A_PAGE : page * A_PAGE]
    kinds = {(one.pack, one.template): one for one in rows}  # few templates name many reports
    names = {kind: _name_of(one, on) for kind, one in kinds.items()}
    listed = [Listed(one, names[one.pack, one.template], tuple(one.versions.all())) for one in rows]
    return listed, found.count()


def reports_to_us(actor: Actor, on: date) -> list[Sending]:
    """This function will give what was sent to the bodies for which somebody works, what waits first; at most a page."""
    seen = Report.objects.visible_to(actor, on).order_by().values("pk")
    found = Sending.objects.filter(sent_to(actor, on), version__report__in=seen)
    rows = found.select_related("version__report__group", "to_body", "receipt__received_by")
    waits = ~Exists(Receipt.objects.filter(sending=OuterRef("pk")))
    return list(rows.annotate(waits=waits).order_by("-waits", "-sent_on", "-recorded_at", "pk")[:A_PAGE])


def one_sending(actor: Actor, on: date, sending: UUID) -> Sending | None:
    """This function will give what was sent to a body for which somebody works, where they may read it."""
    seen = Report.objects.visible_to(actor, on).order_by().values("pk")
    found = Sending.objects.filter(sent_to(actor, on), pk=sending, version__report__in=seen)
    return found.select_related("version__report__group", "to_body", "receipt").first()


@dataclass(frozen=True, slots=True)
class Due:
    """A report that comes at an interval: when it went last, and by when it goes again."""

    group: Group
    laid: LaidDown
    last: date | None
    by: date | None


def reports_due(actor: Actor, on: date) -> list[Due]:
    """This function will say by when each report with an interval is due again, for the groups that somebody keeps.

    The update of a quarter that went up as an exchange is this report too, so that nobody is asked for it twice.
    """
    groups = [one for one in groups_reporting(actor, on) if one.subject_id is None]
    rows = Sending.objects.filter(version__report__group__in=groups).order_by()
    told = rows.values_list("version__report__group", "version__report__template").annotate(last=Max("sent_on"))
    last = {(group, template): sent for group, template, sent in told}
    updates = last_updates(sorted({one.system for one in groups if one.system}))
    found = []
    for group in groups:
        for laid in templates_for(group, on):
            cadence, clock = laid.template.cadence, laid.template.clock
            if clock and is_stopped(laid.pack, clock, on):
                continue
            if cadence and cadence.unit is Unit.MONTHS:
                times = [last.get((group.pk, laid.template.id))]
                times += [updates.get(group.system)] if laid.template.is_update else []
                sent = max((one for one in times if one), default=None)
                found.append(Due(group, laid, sent, later_by(sent, cadence.value) if sent else None))
    return sorted(found, key=lambda one: (one.by or date.min, one.group.name, one.laid.template.name))


def groups_reporting(actor: Actor, on: date) -> list[Group]:
    """This function will give the groups for which somebody may begin a report."""
    found = Group.objects.standing_on(on).filter(groups_seen(actor, on)).select_related("area").order_by("name", "pk")
    return [one for one in found if keeps_meetings(actor, one.system, on)]


def _name_of(report: Report, on: date) -> str:
    laid = template_of(report, on)
    return laid.template.name if laid else report.template
