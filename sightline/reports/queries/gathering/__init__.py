"""Brings together what the records say for the sections of a report, as far as whoever gathers it may read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sightline.core.rulebook.reports import Gatherer, ReportTemplate
from sightline.reports.queries.gathering import acting, levelling, meeting, telling
from sightline.reports.queries.gathering.found import Found, Scope

GATHERERS: Mapping[Gatherer, Callable[[Scope], Iterable[Found]]] = {
    Gatherer.LEVELS: levelling.levels,
    Gatherer.HIGHEST: levelling.highest,
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
    """This function will give the lines of each section in its order; of one record a section has one line."""
    found: dict[str, list[tuple[Gatherer, Found]]] = {}
    for section in template.sections:
        lines: dict[tuple[str, object], tuple[Gatherer, Found]] = {}
        for gatherer in section.gathers:
            for one in GATHERERS[gatherer](scope):
                lines.setdefault((one.kind.value, one.record), (gatherer, one))
        found[section.id] = list(lines.values())
    return found
