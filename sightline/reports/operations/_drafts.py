"""What every operation on a draft needs: the report held against others who write, its lines, and whom it is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.access import Actor
from sightline.core.publication.checking import named_in
from sightline.core.rulebook.reports import ReportTemplate
from sightline.core.verdict import Refused, refused
from sightline.directory.models import Subject
from sightline.directory.words import AREAS
from sightline.reports.models import Gathering, Report, ReportLine, ReportSubject
from sightline.reports.queries.drafts import Draft
from sightline.reports.queries.gathering import gathered_for
from sightline.reports.queries.gathering.found import Scope
from sightline.reports.queries.reports import one_draft
from sightline.reports.queries.templates import LaidDown

NOT_YOURS = refused("Reports are written by whoever keeps the papers of the group.", "PER-01; RPT-08")
CLOSED = refused(
    "You wrote of somebody in whom you have an interest, or for whom you work. Let another write this.", "COI-03"
)
NO_TEMPLATE = refused("The guidance by which this report was begun has no such report any more.", "FRW-02")


def kept_draft(by: Actor, at: datetime, report: Report) -> tuple[Draft, LaidDown]:
    """This function will give a report that the actor keeps, held against whoever writes at the same time."""
    Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    found = one_draft(by, timezone.localdate(at), report.pk)
    if found is None or not found.keeps:
        raise Refused(NOT_YOURS)
    if found.laid is None:
        raise Refused(NO_TEMPLATE)
    return found, found.laid


def gather(by: Actor, at: datetime, report: Report, template: ReportTemplate) -> Gathering:
    """This function will add a gathering of what the actor may read, and whom its lines are about."""
    on = timezone.localdate(at)
    scope = Scope(by, on, report.group, report.begins_on, report.ends_on)
    newest = report.gatherings.last()
    made = Gathering.objects.create(
        report=report, number=(newest.number if newest else 0) + 1, recorded_at=at, recorded_by=by.actor_id
    )
    gathered = gathered_for(template, scope)
    about = {key for some in gathered.values() for _, one in some for key in one.about}
    names = dict(Subject.objects.filter(pk__in=about).order_by().values_list("pk", "name"))
    lines = []
    for section, found in gathered.items():
        for place, (gatherer, one) in enumerate(found, 1):
            line = ReportLine(
                gathering=made, section=section, place=place, gathered=gatherer.value, kind=one.kind.value,
                says=one.says, about=names[one.about[0]] if one.about else "", of_day=one.of_day,
            )  # fmt: skip
            setattr(line, f"{one.kind.value}_id", one.record)
            lines.append(line)
    ReportLine.objects.bulk_create(lines)
    make_about(report, about)
    return made


def name_subjects(by: Actor, on: date, report: Report, texts: Iterable[str]) -> None:
    """This function will write down who is named in words, and refuse them to whoever may not write of these (COI-03)."""
    bodies = Subject.objects.exclude(organisation=None).exclude(organisation__kind__in=[one.value for one in AREAS])
    names = dict(bodies.order_by("pk").values_list("name", "pk"))
    found = {names[name] for text in texts for name in named_in(text, sorted(names))}
    make_about(report, found)
    if not Report.objects.visible_to(by, on).filter(pk=report.pk).exists():
        raise Refused(CLOSED)


def make_about(report: Report, subjects: Iterable[UUID]) -> None:
    """This function will write down whom a report is about, beside those of whom that is known."""
    there = set(report.subjects.values_list("subject", flat=True))
    ReportSubject.objects.bulk_create([ReportSubject(report=report, subject_id=one) for one in set(subjects) - there])


def person(by: Actor) -> Person:
    """This function will give the person who acts; Refused where it is none."""
    if not isinstance(by, Person):
        raise Refused(refused("A report bears the name of a person."))
    return by
