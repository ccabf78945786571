"""A report as it is worked on: each section with what was written and gathered, what it lacks, and its content as frozen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sightline.core.reports.hints import hints_on, short_forms
from sightline.core.reports.laying import Said, asked, laid_out, may_freeze, not_said, stated
from sightline.core.rulebook.duties import Purpose
from sightline.core.rulebook.levels import Slot
from sightline.core.rulebook.reports import Gatherer, ReportSection, ReportTemplate
from sightline.core.verdict import Verdict
from sightline.directory.queries import regions_of
from sightline.groups.models import Group
from sightline.groups.queries.standing import GROUP_KINDS
from sightline.reports.models import Gathering, Passage, Report, ReportLine, ReportVersion
from sightline.reports.queries.templates import LaidDown
from sightline.reports.words import NO_SUBJECT, OVER
from sightline.web.wording import day


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
    def parted(self) -> list[tuple[str, list[ReportLine]]]:
        """The lines that go into the report under what stands over them: whom they are about, or of what kind they are.

        Nothing stands over them where all of a section is of one kind by its template.
        """
        found: dict[str, list[ReportLine]] = {}
        for line in self.kept:
            found.setdefault(self._over(line), []).append(line)
        last = found.pop(NO_SUBJECT, None)
        return [*found.items(), *([(NO_SUBJECT if found else "", last)] if last else [])]

    def _over(self, line: ReportLine) -> str:
        if self.section.by_subject:
            return line.about or NO_SUBJECT
        return OVER[Gatherer(line.gathered)] if len(self.section.gathers) > 1 else ""

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

    @property
    def says_purpose(self) -> bool:
        """Whether it has to say if it is for information or for action (RPT-21)."""
        return bool(self.laid and self.laid.template.says_purpose)

    @property
    def likely_purpose(self) -> Purpose:
        """What it is for, by what is asked in it; whoever freezes it says so."""
        asks = bool(self.laid and asked(self.laid.template, self.told))
        return Purpose.ACTION if asks else Purpose.INFORMATION

    def verdict(self, why_no_minutes: str = "", purpose: Purpose | None = None) -> Verdict:
        """This function will say whether it may be frozen as it stands (RPT-10, RPT-21, RPT-25, RPT-28)."""
        assert self.laid is not None, "without its template nothing is frozen"
        return may_freeze(
            self.laid.template, self.told, has_minutes=self.has_minutes, why_no_minutes=why_no_minutes, purpose=purpose
        )

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
        """The whole of it, plain, as it is read before it is frozen: each line with the record that it is of."""
        return self.content_for(None)

    def content_for(self, purpose: Purpose | None) -> dict[str, Any]:
        """This function will give the whole of it, plain, as it is frozen for a purpose."""
        assert self.laid is not None, "without its template there is nothing to lay out"
        template, report = self.laid.template, self.report
        there = {one.heading for one in laid_out(template, self.told)}
        return {
            "title": report.title,
            "group": report.group.name,
            "sender": self._sender(template),
            "name": template.name,
            "recipient": template.recipient,
            "guidance": self.laid.guidance,
            "rules": self.laid.version,
            "cites": template.cites,
            "period": [report.begins_on.isoformat(), report.ends_on.isoformat()],
            "heading": [[label, self._at_head(label)] for label in template.heading],
            "encloses": template.encloses or "",
            "sections": [_as_laid(one, purpose) for one in self.parts if one.section.heading in there],
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
        }
        if label.casefold() in ("local qsg", "system quality group"):
            return self._of_the_system()
        if label.casefold() == "region":
            area = report.group.area
            return ", ".join(one.name for one in regions_of([area], self.on)[area.pk]) or area.name
        return known.get(label.casefold(), "")

    def _sender(self, template: ReportTemplate) -> str:
        """Who reports, where it is not the group itself: its chair, some of its members, or whoever reports to it."""
        slot = template.sender_slot
        return "" if slot and GROUP_KINDS.get(slot) == self.report.group.kind else template.sender

    def _of_the_system(self) -> str:
        """The name of the group for the whole system: this one, or that to which it reports."""
        group, kind = self.report.group, GROUP_KINDS[Slot.SYSTEM_QUALITY_GROUP]
        if group.kind == kind:
            return group.name
        there = Group.objects.standing_on(self.on).filter(kind=kind, system=group.system).order_by("name", "pk")
        return ", ".join(there.values_list("name", flat=True))


def hash_of(content: Mapping[str, Any]) -> str:
    """This function will give the SHA-256 of a report's content: the same content has the same."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _as_laid(part: Part, purpose: Purpose | None) -> dict[str, Any]:
    """One section as it leaves the house: its words, its lines under what stands over them, or its sentence for nothing."""
    section = part.section
    return {
        "id": section.id,
        "under": section.under or "",
        "heading": section.heading,
        "text": part.passage.text if part.passage and section.stands is None else "",
        "stands": stated(section, purpose, is_empty=not part.said.words.strip()),
        "lines": [
            {
                "says": one.says,
                "record": one.record,
                "day": one.of_day.isoformat(),
                "gathered": one.gathered,
                "over": over,
            }
            for over, some in part.parted
            for one in some
        ],
    }
