"""The kinds of message about reports: a kind and an address, and never a title."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sightline.accounts.models import Person
from sightline.notify.kinds import Kind, make_known

REPORT_RECEIVED, REPORT_ACKNOWLEDGED = "report-received", "report-acknowledged"


def register() -> None:
    """This function will make the kinds of reports known."""
    make_known(
        Kind(
            REPORT_RECEIVED,
            "A report was sent to you",
            "A group has sent a report that waits for you to acknowledge it.",
            "Groups have sent {count} reports that wait for you to acknowledge them.",
            may_open,
        ),
        Kind(
            REPORT_ACKNOWLEDGED,
            "A report was acknowledged",
            "A body to which you sent a report has acknowledged it.",
            "Bodies to which you sent reports have acknowledged {count} of them.",
            may_open,
        ),
    )


def may_open(person: Person, record: str, on: date) -> bool:
    """This function will say whether somebody may still read the report that was sent, when word of it is sent."""
    from sightline.reports.models import Report, Sending

    reports = Sending.objects.filter(pk=UUID(record)).order_by().values("version__report")
    return Report.objects.visible_to(person, on).filter(pk__in=reports).exists()
