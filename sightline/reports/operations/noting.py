"""Who had a frozen report and in which form, as it is given to them."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Already, Refused, refused
from sightline.reports.models import ReportGiven, ReportVersion
from sightline.reports.queries.reports import one_version
from sightline.reports.words import Form

ABSENT = refused("There is no such report, or it is not for you.", "PER-03")


@operation(Permission.SEE_MEETINGS, on="version")
def note_report_given(*, by: Actor, at: datetime, version: ReportVersion, form: Form) -> ReportGiven:
    """This function will write down that somebody is given a version of a report now, and in which form (IGV-08).

    Once a day for each form. Raises Refused where it is not for the actor, and Already where it is on record today.
    """
    today = timezone.localdate(at)
    found = one_version(by, today, version.report_id, version.number)
    if found is None:
        raise Refused(ABSENT)
    made, is_new = ReportGiven.objects.get_or_create(
        version=found, who=by.actor_id, form=form.value, on=today,
        defaults={"recorded_at": at, "recorded_by": by.actor_id},
    )  # fmt: skip
    if not is_new:
        raise Already("That it was given today is on record.")
    return made
