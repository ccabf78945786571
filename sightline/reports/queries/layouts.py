"""Reads of Word templates: by which a report leaves, and those of the systems for which somebody keeps the papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.core.access import Actor
from sightline.directory.models import Organisation
from sightline.reports.layouts import ANY_REPORT
from sightline.reports.models import Report, WordTemplate
from sightline.reports.queries.reports import groups_reporting
from sightline.reports.queries.templates import templates_for


def layout_of(report: Report) -> WordTemplate | None:
    """This function will give the template by which a report leaves as Word, for whoever may read the report.

    That for this report comes before that for every report; the newest of each holds.
    """
    rows = WordTemplate.objects.filter(system=report.system, template__in=[ANY_REPORT, report.template])
    newest = {one.template: one for one in rows.defer("data").order_by("number")}
    found = [newest.get(one) for one in (report.template, ANY_REPORT)]
    return next((one for one in found if one is not None and not one.is_end), None)


@dataclass(frozen=True, slots=True)
class Place:
    """For what a template may be: a system and one of its reports, or every one; and what is there, oldest first."""

    system: str
    system_name: str
    template: str
    name: str  # of the report
    versions: tuple[WordTemplate, ...]

    @property
    def key(self) -> str:
        """The place as one word."""
        return f"{self.system}.{self.template}"

    @property
    def newest(self) -> WordTemplate | None:
        """What holds; nothing where nothing was brought, or it was taken out."""
        return self.versions[-1] if self.versions and not self.versions[-1].is_end else None


def places_of(actor: Actor, on: date) -> tuple[Place, ...]:
    """This function will give every place for a template that somebody keeps, by system, that for every report first."""
    reports: dict[str, dict[str, str]] = {}
    for group in groups_reporting(actor, on):
        if group.system:
            laid = reports.setdefault(group.system, {})
            laid |= {one.template.id: one.template.name for one in templates_for(group, on)}
    names = dict(Organisation.objects.filter(code__in=reports).values_list("code", "name"))
    kept = _versions(actor, on)
    return tuple(
        Place(system, names.get(system, system), template, name, tuple(kept.get((system, template), ())))
        for system in sorted(reports, key=lambda one: names.get(one, one))
        for template, name in [(ANY_REPORT, "Every report"), *sorted(reports[system].items(), key=lambda one: one[1])]
    )


def one_layout(actor: Actor, on: date, template: UUID) -> WordTemplate | None:
    """This function will give one version of a template that somebody keeps, with its file."""
    found = WordTemplate.objects.visible_to(actor, on).filter(pk=template).exclude(sha256="")
    return found.select_related("added_by").first()


def _versions(actor: Actor, on: date) -> Mapping[tuple[str, str], Sequence[WordTemplate]]:
    kept: dict[tuple[str, str], list[WordTemplate]] = {}
    rows = WordTemplate.objects.visible_to(actor, on).defer("data").select_related("added_by")
    for one in rows.order_by("number"):
        kept.setdefault((one.system, one.template), []).append(one)
    return kept
