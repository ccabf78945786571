"""What every operation on an action begins with: the action, held, and its newest rows; and the message to its owner."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from sightline.actions.giving import Owner
from sightline.actions.messages import ACTION_YOURS
from sightline.actions.models import Action, ActionClosing, ActionDue, ActionOwner
from sightline.actions.queries.choices import keeps_log, may_take_on
from sightline.core.access import Actor
from sightline.core.actions.rules import may_own
from sightline.core.verdict import Invalid, Refused, demand, refused
from sightline.groups.models import Group
from sightline.notify.queueing import queue

NOT_YOURS = refused(
    "This is for those who keep the action log of this group, and for nobody who has an interest in what it is about.",
    "COI-03",
)


def held(action: Action) -> Action:
    """This function will give an action with its row locked, so that two who change it come one by one."""
    return Action.objects.select_for_update(of=("self",)).select_related("group").get(pk=action.pk)


def kept(by: Actor, on: date, action: Action) -> Action:
    """This function will give an action, held, to whoever keeps its log and may read it; Refused for anybody else."""
    found = Action.objects.read_by(by, on).filter(pk=action.pk)
    if not keeps_log(by, action.system, on) or not found.exists():
        raise Refused(NOT_YOURS)
    return held(action)


def standing_closing(action: Action) -> ActionClosing | None:
    """This function will give the closing that stands, or nothing where the action is open."""
    return ActionClosing.objects.filter(action=action, reopening=None).order_by("-number").first()


def demand_owner(owner: Owner, group: Group, on: date) -> None:
    """This function will raise Refused for an owner that the rules do not allow: the group itself above all (GRP-13)."""
    groups = Group.objects.standing_on(on).filter(system=group.system).values_list("name", flat=True)
    demand(may_own(owner.owning, [group.name, *groups]))
    if owner.person is not None and not may_take_on(owner.person, on):
        raise Invalid(
            f"{owner.person.display_name} has no role here with which to work on an action. Give the name only."
        )


def add_owner(
    action: Action,
    number: int,
    owner: Owner,
    by: Actor,
    at: datetime,
    form_key: UUID,
    because: str = "",
    knowingly: str = "",
) -> ActionOwner:
    """This function will write down who owns an action, and tell them, unless they did it themselves."""
    assert owner.organisation is not None, "the rules let nobody own an action without an organisation"
    made = ActionOwner.objects.create(
        action=action,
        number=number,
        organisation=owner.organisation,
        person=owner.person,
        name=owner.name.strip(),
        because=because,
        knowingly=knowingly,
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    if owner.person is not None and owner.person.actor_id != by.actor_id:
        path, record = reverse("action", args=[action.pk]), str(action.pk)
        queue(at=at, kind=ACTION_YOURS, record=record, path=path, people=[owner.person], again=str(number))
    return made


def add_due(
    action: Action, due_on: date, because: str, knowingly: str, form_key: UUID, by: Actor, at: datetime
) -> ActionDue:
    """This function will write down another due date; Invalid where it is the one that holds."""
    last = ActionDue.objects.filter(action=action).order_by("-number")[0]
    if last.due_on == due_on:
        raise Invalid("It is due on that day already. Choose another day.")
    return ActionDue.objects.create(
        action=action, number=last.number + 1, due_on=due_on, because=because.strip(), knowingly=knowingly,
        form_key=form_key, recorded_at=at, recorded_by=by.actor_id,
    )  # fmt: skip
