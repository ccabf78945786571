"""Brings together what the records say for the sections of a report, as far as whoever gathers it may read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from sightline.core.rulebook.reports import Gatherer, ReportTemplate
from sightline.reports.queries.gathering import acting, levelling, meeting, telling
from sightline.reports.queries.gathering.found import Found, Scope
from sightline.reports.words import RecordKind

GATHERERS: Mapping[Gatherer, Callable[[Scope], Iterable[Found]]] = {
    Gatherer.LEVELS: levelling.levels,
    Gatherer.HIGHEST: levelling.highest,
    Gatherer.PROGRESS: acting.progress,
    Gatherer.RISKS: levelling.risks,
    Gatherer.DECISIONS: meeting.decisions,
    Gatherer.MINUTES: meeting.minutes,
    Gatherer.ACTIONS: acting.agreed,
    Gatherer.OVERDUE: acting.overdue,
    Gatherer.GOOD_PRACTICE: acting.good_practice,
    Gatherer.ESCALATIONS: telling.escalations,
    Gatherer.INTERVENTIONS: telling.interventions,
    Gatherer.TELLINGS: telling.tellings,
}


def gathered_for(template: ReportTemplate, scope: Scope) -> Mapping[str, list[tuple[Gatherer, Found]]]:
    """This function will give the lines of each section in its order; of one record a section has one line.

    A level is told once in a report: who stands at the highest is not among the others further down, with how far the
    actions about it are in one place (RPT-26), and a Risk Summit stands among the interventions where a section tells of
    them (RPT-25). Beneath the name of a body a line does not name it again (RPT-24).
    """
    found: dict[str, list[tuple[Gatherer, Found]]] = {}
    levels = set[UUID]()
    apart = {Gatherer.PROGRESS} & {one for section in template.sections for one in section.gathers}
    progress = {one.record for gatherer in apart for one in GATHERERS[gatherer](scope)}
    for section in template.sections:
        by = {gatherer: list(GATHERERS[gatherer](scope)) for gatherer in section.gathers}
        taken = {one.record: Gatherer.INTERVENTIONS for one in by.get(Gatherer.INTERVENTIONS, ())}
        lines: dict[tuple[RecordKind, UUID], tuple[Gatherer, Found]] = {}
        for gatherer, some in by.items():
            for one in some:
                is_told = one.kind is RecordKind.DECISION and one.record in levels
                is_told |= gatherer is not Gatherer.PROGRESS and one.record in progress
                if not is_told and taken.get(one.record, gatherer) is gatherer:
                    said = replace(one, says=one.beneath or one.says) if section.by_subject else one
                    lines.setdefault((one.kind, one.record), (gatherer, said))
        found[section.id] = list(lines.values())
        levels |= {record for kind, record in lines if kind is RecordKind.DECISION}
    return found
