"""Who had a version of a report and in which form, for whoever answers for its papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sightline.accounts.queries import names_of
from sightline.core.access import Actor, Permission
from sightline.groups.sight import in_systems
from sightline.reports.models import Report, ReportGiven, ReportVersion

SHOWN = 50  # the newest; the event log has them all


@dataclass(frozen=True, slots=True)
class Given:
    """The newest of those who had a version, each with their name, and how many times it was given in all."""

    rows: tuple[tuple[str, ReportGiven], ...]
    in_all: int


def given_of(actor: Actor, on: date, version: ReportVersion) -> Given | None:
    """This function will give who had a version, to those who keep the papers or audit the system; nothing to others."""
    sees = in_systems(actor, Permission.KEEP_MEETINGS, on) | in_systems(actor, Permission.READ_AUDIT, on)
    if not Report.objects.filter(sees, pk=version.report_id).exists():
        return None
    found = ReportGiven.objects.filter(version=version)
    rows = list(found[:SHOWN])
    names = names_of({one.who for one in rows})
    return Given(tuple((names.get(one.who, "Somebody"), one) for one in rows), found.count())
