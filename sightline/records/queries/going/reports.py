"""How a report goes: version by version, and as a whole with its last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from sightline.core.rulebook.keeping import RecordKind
from sightline.records.giving import What
from sightline.records.models import RequestPassage
from sightline.records.queries.going.shape import Around, Going, Rows
from sightline.reports.models import (
    Gathering,
    Passage,
    Receipt,
    Report,
    ReportGiven,
    ReportLine,
    ReportSubject,
    ReportVersion,
    Sending,
)


def _report_rows(version: ReportVersion) -> Rows:
    """What goes with a version; the report with its last, and before that what was written and gathered for none left."""
    report = version.report
    found: dict[str, QuerySet[Any]] = {
        "receipts": Receipt.objects.filter(sending__version=version),
        "sendings": Sending.objects.filter(version=version),
        "given": ReportGiven.objects.filter(version=version),
        "versions": ReportVersion.objects.filter(pk=version.pk),
    }
    later = ReportVersion.objects.filter(report=report).exclude(pk=version.pk).order_by("number").first()
    gatherings, sections = Gathering.objects.filter(report=report), Passage.objects.filter(report=report)
    if later is not None:
        first = later.gathering.number if later.gathering else 0
        gatherings = gatherings.filter(number__lt=first)
        newer = Passage.objects.filter(
            report=OuterRef("report"), section=OuterRef("section"), number__gt=OuterRef("number")
        )
        sections = sections.filter(Exists(newer.filter(recorded_at__lte=later.recorded_at)))
    found |= {
        "lines": ReportLine.objects.filter(gathering__in=gatherings.order_by().values("pk")),
        "gatherings": gatherings,
        "sections": sections,
    }
    if later is None:
        found["about"] = ReportSubject.objects.filter(report=report)
        found["reports"] = Report.objects.filter(pk=report.pk)
    return found


def _around_reports(versions: Sequence[ReportVersion]) -> Mapping[Any, Around]:
    reports = {one.report_id for one in versions}
    standing = ReportVersion.objects.filter(report__in=reports).order_by().values_list("report")
    ends = {key: (first, last) for key, first, last in standing.annotate(Min("number"), Max("number"))}
    leaned = RequestPassage.objects.filter(version__in=[one.pk for one in versions]).order_by()
    taken = set(leaned.values_list("version", flat=True))
    worked = [
        *Passage.objects.filter(report__in=reports).order_by().values_list("report").annotate(Max("recorded_at")),
        *Gathering.objects.filter(report__in=reports).order_by().values_list("report").annotate(Max("recorded_at")),
    ]
    found = {}
    for one in versions:
        first, last = ends[one.report_id]
        since = [at for key, at in worked if key == one.report_id and at > one.recorded_at]
        found[one.pk] = Around(
            older=f"Version {first}" if first < one.number else "",
            is_leaned_on=one.pk in taken,
            worked_on=timezone.localdate(max(since)) if since and first == last else None,
        )
    return found


REPORT = Going(
    what=lambda one: What(RecordKind.REPORT, one.report_id, one.number),
    find=lambda what: Q(report=what.record, number=what.number),
    day=lambda one: timezone.localdate(one.recorded_at),
    group=lambda one: one.report.group,
    locked=lambda one: Report.objects.filter(pk=one.report_id),
    rows=_report_rows,
    copies=lambda one: [(one.number, one.sha256)],
    around=_around_reports,
    models=frozenset(
        {Receipt, Sending, ReportGiven, ReportVersion, ReportLine, Gathering, Passage, ReportSubject, Report}
    ),
    in_the_way=frozenset({RequestPassage}),
)
