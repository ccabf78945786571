"""How key points go: version by version, each with its public copy and the drafts before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Min, Q
from django.utils import timezone

from sightline.core.rulebook.keeping import RecordKind
from sightline.meetings.models import Meeting
from sightline.publication.models import Clearance, Edition, KeyPoint, KeyPoints, Release, Withdrawal
from sightline.records.giving import What
from sightline.records.models import RequestPassage
from sightline.records.queries.going.shape import Around, Copies, Going, Rows


def _key_points_rows(points: KeyPoints) -> Rows:
    """What goes with a version: its public copy too, and the drafts before it. The public address stays, and says so."""
    versions = KeyPoints.objects.filter(meeting=points.meeting_id, number__lte=points.number)
    mine = versions.order_by().values("pk")
    edition = points.release.edition
    return {
        "points": KeyPoint.objects.filter(key_points__in=mine),
        "clearances": Clearance.objects.filter(key_points__in=mine),
        "releases": Release.objects.filter(key_points=points),
        "versions": versions,
        "withdrawals": Withdrawal.objects.filter(edition=edition),
        "copies": Edition.objects.filter(pk=edition.pk),
    }


def _around_key_points(versions: Sequence[KeyPoints]) -> Mapping[Any, Around]:
    keys, meetings = [one.pk for one in versions], {one.meeting_id for one in versions}
    released = KeyPoints.objects.filter(meeting__in=meetings, release__isnull=False).order_by()
    first = dict(released.values_list("meeting").annotate(Min("number")))
    copies = dict(Release.objects.filter(key_points__in=keys).order_by().values_list("edition", "key_points"))
    leaned = RequestPassage.objects.filter(edition__in=copies).order_by().values_list("edition", flat=True)
    taken = {copies[one] for one in leaned}
    return {
        one.pk: Around(
            older=f"Version {first[one.meeting_id]}" if first[one.meeting_id] < one.number else "",
            is_leaned_on=one.pk in taken,
        )
        for one in versions
    }


def _copy_of(points: KeyPoints) -> Copies:
    edition = points.release.edition
    said = {"opening": edition.opening, "points": edition.points, "changed": edition.changed}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return [(points.number, hashlib.sha256(text.encode()).hexdigest())]


KEY_POINTS = Going(
    what=lambda one: What(RecordKind.KEY_POINTS, one.meeting_id, one.number),
    find=lambda what: Q(meeting=what.record, number=what.number),
    day=lambda one: timezone.localdate(one.release.recorded_at),
    group=lambda one: one.meeting.group,
    locked=lambda one: Meeting.objects.filter(pk=one.meeting_id),
    rows=_key_points_rows,
    copies=_copy_of,
    around=_around_key_points,
    models=frozenset({KeyPoint, Clearance, Release, KeyPoints, Withdrawal, Edition}),
    in_the_way=frozenset({RequestPassage}),
)
