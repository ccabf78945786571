"""What every operation on levels asks first, and whom a new proposal is brought to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import partial

from django.urls import reverse

from sightline.accounts.models import Person
from sightline.core.access import Actor
from sightline.core.rulebook.levels import Need, Slot
from sightline.core.verdict import Invalid, Refused, demand, refused
from sightline.directory.models import Organisation, Subject
from sightline.groups.models import Office
from sightline.notify.queueing import queue
from sightline.surveillance.messages import LEVEL_TO_DECIDE, REGION_TO_ANSWER
from sightline.surveillance.models import LevelDecision, LevelProposal, Reach
from sightline.surveillance.queries.facts import reached_by
from sightline.surveillance.queries.levels import keeps, may_know_of, regions_to_answer, sits_in
from sightline.surveillance.queries.moving import Judged, fits, still_open

NOT_YOURS = refused(
    "This is for those who hear of the matter: not for whoever has an interest in it, belongs to it, or sits elsewhere.",
    "COI-03",
)
NOT_FOR_GROUP = refused("You do not sit in the group to whose record this belongs.", "PER-09")
NOT_KEEPER = refused("This is for those who keep the record of the group, or sit for the region.", "PER-01")
NOT_HOLDER = refused("You do not hold this office. Ask whoever holds it.", "PER-06 to PER-08")


def demand_hears(by: Actor, on: date, subject: Subject) -> None:
    """This function will raise Refused unless the actor may be told at which level a subject stands."""
    if not may_know_of(by, on, subject):
        raise Refused(NOT_YOURS)


def demand_sits(by: Actor, on: date, system: str) -> None:
    """This function will raise Refused unless the actor sits in a system's group, or for the region whose record it is."""
    if not sits_in(by, on, system):
        raise Refused(NOT_FOR_GROUP)


def demand_keeper(by: Actor, on: date, system: str) -> None:
    """This function will raise Refused unless the actor keeps the record of the group."""
    if not keeps(by, on, system):
        raise Refused(NOT_KEEPER)


def seen_proposal(by: Actor, on: date, proposal: LevelProposal) -> LevelProposal:
    """This function will give a proposal anew, locked with its subject, so that of two who act one comes after the other.

    Raises Refused where the actor may not read it, or where it waits no longer.
    """
    list(Subject.objects.select_for_update().filter(pk=proposal.subject_id))
    found = LevelProposal.objects.visible_to(by, on).filter(pk=proposal.pk).select_related(
        "subject__organisation", "concern", "profile", "other_process", "ending", "decision", "followed_by", "follows"
    )  # fmt: skip
    one = found.prefetch_related("reaches__organisation", "region_answers__organisation").first()
    if one is None:
        raise Refused(NOT_YOURS)
    demand(still_open(one))
    return one


def held_office(by: Actor, office: Office) -> Office:
    """This function will give an office anew; raises Refused where it is another's. Whether it is still held the rules say."""
    found = Office.objects.filter(pk=office.pk).select_related("organisation", "person", "ending").first()
    if found is None or found.person.actor_id != by.actor_id:
        raise Refused(NOT_HOLDER)
    return found


def write_reach(proposal: LevelProposal, home: str, on: date) -> None:
    """This function will write down which systems and regions a proposal reaches (ORG-11)."""
    systems, regions = reached_by(proposal.subject, on, home)
    bodies = {one.pk: one for one in [*systems, *regions]}
    bodies |= {one.pk: one for one in Organisation.objects.filter(code=home)}
    Reach.objects.bulk_create(Reach(proposal=proposal, organisation=one) for one in bodies.values())


def bring_to_those_asked(proposal: LevelProposal, judged: Judged, at: datetime, on: date) -> None:
    """This function will queue word for those who may decide, and for the regions that are asked (LVL-09)."""
    path = reverse("level_proposal", args=[proposal.pk])
    queue_it = partial(queue, at=at, record=str(proposal.pk), path=path)
    queue_it(kind=LEVEL_TO_DECIDE, people=_who_read(proposal, _deciders(judged, on), on))
    needs = judged.offer.needs if judged.offer else ()
    if any(one.need is Need.REGIONAL_AGREEMENT for one in needs):
        asked = Office.objects.in_force(on).filter(
            slot=Slot.NHS_ENGLAND_REGION.value, organisation__in=[one.pk for one in regions_to_answer(proposal)]
        )
        people = (one.person for one in asked.select_related("person"))
        queue_it(kind=REGION_TO_ANSWER, people=_who_read(proposal, people, on))


def next_number(subject: Subject) -> int:
    """This function will give the number of the next level of a subject."""
    last = LevelDecision.objects.filter(subject=subject).order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def day_is_told(on: date, day: date) -> None:
    """This function will raise Invalid where something is said to have been said on a day that is still to come."""
    if day > on:
        raise Invalid("This day is still to come. Give the day on which it was said.")


def _deciders(judged: Judged, on: date) -> Iterator[Person]:
    authority = judged.authority
    if authority is None:
        return
    offices = Office.objects.in_force(on).filter(slot__in=[one.value for one in authority.slots])
    for one in offices.select_related("person", "organisation"):
        if fits(authority, judged.facts, Slot(one.slot), one.organisation.code):
            yield one.person


def _who_read(proposal: LevelProposal, people: Iterable[Person], on: date) -> list[Person]:
    """Those who may open it, each once, and not whoever proposed it."""
    found = {one.pk: one for one in people if one.actor_id != proposal.recorded_by}
    seen = LevelProposal.objects.filter(pk=proposal.pk)
    return [one for one in found.values() if seen.visible_to(one, on).exists()]
