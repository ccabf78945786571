"""Reads of reports, each for somebody: what is due, the list, one draft with what it lacks, and what was frozen of it."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Prefetch

from sightline.core.access import Actor
from sightline.core.reports.changing import Changed, Gathered, changes_between
from sightline.core.reports.hints import hints_on, short_forms
from sightline.core.reports.laying import Said, laid_out, may_freeze, not_said
from sightline.core.rulebook.clocks import Unit, later_by
from sightline.core.rulebook.reports import Gatherer, ReportSection
from sightline.core.verdict import Verdict
from sightline.directory.queries import regions_of
from sightline.escalation.queries.exchanges import last_updates
from sightline.groups.beside import belongs_there
from sightline.groups.hearing import groups_seen
from sightline.groups.models import Group
from sightline.meetings.keeping import keeps_meetings
from sightline.reports.models import Gathering, Passage, Receipt, Report, ReportLine, ReportVersion, Sending
from sightline.reports.queries.templates import LaidDown, template_of, templates_for
from sightline.reports.sight import sent_to
from sightline.rulebook.queries import is_stopped
from sightline.web.wording import day

A_PAGE = 50


@dataclass(frozen=True)
class Part:
    """One section of a draft: what was written, and what was gathered and goes into it or is left out."""

    section: ReportSection
    passage: Passage | None
    lines: tuple[ReportLine, ...]

    @property
    def kept(self) -> tuple[ReportLine, ...]:
        """The lines that go into the report."""
        out = set(self.passage.left_out) if self.passage else set()
        nothing = self.passage is not None and self.passage.is_none
        return () if nothing else tuple(one for one in self.lines if one.record not in out)

    @property
    def said(self) -> Said:
        """The section as the rules know it."""
        words = [self.passage.text] if self.passage and self.passage.text else []
        is_none = bool(self.passage and self.passage.is_none)
        return Said(self.section.id, "\n".join([*words, *(one.says for one in self.kept)]), is_none)


@dataclass(frozen=True)
class Draft:
    """A report as its keepers work on it."""

    report: Report
    laid: LaidDown | None
    parts: tuple[Part, ...]
    gathering: Gathering | None
    versions: tuple[ReportVersion, ...]
    keeps: bool
    on: date

    @property
    def newest(self) -> ReportVersion | None:
        """The version that was frozen last."""
        return self.versions[-1] if self.versions else None

    @property
    def told(self) -> tuple[Said, ...]:
        """What is told, section by section; what stands there by itself is not told by anybody."""
        return tuple(one.said for one in self.parts if one.section.stands is None)

    @property
    def has_minutes(self) -> bool:
        """Whether there is a meeting whose minutes go with it."""
        return any(line.gathered == Gatherer.MINUTES.value for one in self.parts for line in one.kept)

    @property
    def needs_why(self) -> bool:
        """Whether it has to say why no minutes go with it."""
        return bool(self.laid and self.laid.template.needs_minutes and not self.has_minutes)

    def verdict(self, why_no_minutes: str = "") -> Verdict:
        """This function will say whether it may be frozen as it stands (RPT-10, RPT-25, RPT-28)."""
        assert self.laid is not None, "without its template nothing is frozen"
        return may_freeze(self.laid.template, self.told, has_minutes=self.has_minutes, why_no_minutes=why_no_minutes)

    @property
    def blanks(self) -> frozenset[str]:
        """The sections of which nobody said anything yet: they will say their sentence for nothing, or lack one."""
        return frozenset(not_said(self.laid.template, self.told)) if self.laid else frozenset()

    @property
    def hints(self) -> tuple[str, ...]:
        """What may be hard to read in it (RPT-24)."""
        return hints_on(self._texts, self.laid.template.longest_sides) if self.laid else ()

    @property
    def _texts(self) -> Mapping[str, str]:
        return {one.section.title: one.said.words for one in self.parts}

    @cached_property
    def content(self) -> dict[str, Any]:
        """The whole of it, plain, as it is frozen: each line with the record that it is of."""
        assert self.laid is not None, "without its template there is nothing to lay out"
        template, report = self.laid.template, self.report
        laid = {one.heading: one.words for one in laid_out(template, self.told)}
        return {
            "title": report.title,
            "group": report.group.name,
            "name": template.name,
            "recipient": template.recipient,
            "guidance": self.laid.guidance,
            "rules": self.laid.version,
            "cites": template.cites,
            "period": [report.begins_on.isoformat(), report.ends_on.isoformat()],
            "heading": [[label, self._at_head(label)] for label in template.heading],
            "encloses": template.encloses or "",
            "sections": [_as_laid(one, laid[one.section.heading]) for one in self.parts if one.section.heading in laid],
            "short_forms": [list(one) for one in short_forms(self._texts)],
        }

    @property
    def stamp(self) -> str:
        """A hash of all that would be frozen, so that nobody freezes what they did not read."""
        return hash_of(self.content)

    def _at_head(self, label: str) -> str:
        report = self.report
        known = {
            "date": day(self.on),
            "title": report.title,
            "agenda item": report.agenda_item,
            "meeting": report.for_meeting,
            "for meeting on": report.for_meeting,
            "paper author": str(report.author),
            "paper authors": str(report.author),
            "report of": str(report.author),
            "local qsg": report.group.name,
            "system quality group": report.group.name,
        }
        if label.casefold() == "region":
            area = report.group.area
            return ", ".join(one.name for one in regions_of([area], self.on)[area.pk]) or area.name
        return known.get(label.casefold(), "")


def hash_of(content: Mapping[str, Any]) -> str:
    """This function will give the SHA-256 of a report's content: the same content has the same."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _as_laid(part: Part, words: str) -> dict[str, Any]:
    """One section as it leaves the house: its words, its lines, or its sentence for nothing."""
    text = part.passage.text if part.passage else ""
    alone = "" if part.said.words.strip() and part.section.stands is None else words
    return {
        "id": part.section.id,
        "heading": part.section.heading,
        "text": text if part.section.stands is None else "",
        "stands": alone,
        "lines": [
            {"says": one.says, "record": one.record, "day": one.of_day.isoformat(), "gathered": one.gathered}
            for one in part.kept
        ],
    }


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
