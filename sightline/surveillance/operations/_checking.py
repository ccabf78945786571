"""What every operation on concerns asks first: whether the actor hears of it, and whether the form came before."""

from __future__ import annotations

from datetime import date

from sightline.core.access import Actor
from sightline.core.verdict import Invalid, Refused, refused
from sightline.directory.models import Subject
from sightline.surveillance.models import Concern
from sightline.surveillance.queries.concerns import record_for, subject_heard, works_on

NOT_YOURS = refused(
    "This is for members of the quality group, and for nobody who has an interest in this subject or works for it.",
    "COI-03",
)
CLOSED = "This concern is closed. Where it comes back, raise it again."
DAY_TO_COME = "This day is still to come. Give the day on which it was done."


def demand_record(by: Actor, on: date, subject: Subject) -> str:
    """This function will name the record that a concern joins; raises Refused where the actor sits in no such group."""
    system = record_for(by, on, subject)
    if system is None or subject_heard(by, on, subject.pk) is None:
        raise Refused(NOT_YOURS)
    return system


def locked_concern(by: Actor, on: date, concern: Concern, *, may_be_closed: bool = False) -> Concern:
    """This function will give a concern with its row locked, so that two who write at once come one by one.

    Raises Refused where the actor does not hear of it, and Invalid where it is closed.
    """
    found = Concern.objects.visible_to(by, on).filter(pk=concern.pk).select_for_update(of=("self",)).first()
    if found is None or not works_on(by, on, found):
        raise Refused(NOT_YOURS)
    if not may_be_closed and hasattr(found, "ending"):
        raise Invalid(CLOSED)
    return found


def demand_past(day: date, today: date) -> None:
    """This function will raise Invalid for a day that is still to come."""
    if day > today:
        raise Invalid(DAY_TO_COME)
