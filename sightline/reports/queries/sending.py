"""To whom a report may go, who is told, and who acknowledges it."""

from __future__ import annotations

from datetime import date

from sightline.accounts.models import Person
from sightline.core.access import Actor
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Organisation
from sightline.directory.words import Kind
from sightline.escalation.queries.exchange_ends import GROUP_OF, End, answers_for, receiving
from sightline.escalation.queries.exchange_ways import bodies_for
from sightline.reports.models import Report, Sending


def bodies_to_send(report: Report, on: date) -> tuple[Organisation, ...]:
    """This function will give the bodies to which a report may go: board, councils, region and nation of its area.

    So a report can go to the board itself, to the councils of the system, and up (RPT-09, RPT-11, RPT-14, RPT-23).
    """
    system = Organisation.objects.filter(code=report.system).first() or report.group.area
    end = End(Slot.SYSTEM_QUALITY_GROUP, system, report.system)
    ways = (Slot.SYSTEM_QUALITY_GROUP, Slot.NHS_ENGLAND_REGION, Slot.NHS_ENGLAND_NATION, Slot.LOCAL_AUTHORITY)
    found = {one.pk: one for slot in ways for one in bodies_for(end, slot, on)}
    return tuple(found.values())


def told_of(sending: Sending, on: date) -> tuple[Person, ...]:
    """This function will give who is told that a report came and may read it; nobody is called to what is closed."""
    kind = Kind(sending.to_body.kind)
    there = receiving(GROUP_OF.get(kind, Slot.LOCAL_AUTHORITY), sending.to_body, on).people
    report = sending.version.report_id
    return tuple(one for one in there if Report.objects.visible_to(one, on).filter(pk=report).exists())


def may_acknowledge(actor: Actor, on: date, sending: Sending) -> bool:
    """This function will say whether somebody answers for the body to which a report went; not whoever sent it."""
    sent_by = isinstance(actor, Person) and actor.pk == sending.sent_by_id
    return not sent_by and sending.to_body.code in answers_for(actor, on)
