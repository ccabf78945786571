"""An action begins and changes hands: raised in a group's log, worded anew, given to another owner, due on another day."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.actions.giving import Overtaken, Owner, Stated
from sightline.actions.models import Action, ActionDue, ActionOwner, ActionStatement
from sightline.actions.operations._rows import (
    NOT_YOURS,
    add_due,
    add_owner,
    demand_owner,
    kept,
    standing_closing,
)
from sightline.actions.queries.choices import groups_to_keep
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.actions.rules import closed, may_move, may_raise
from sightline.core.verdict import Already, Invalid, Refused, demand
from sightline.directory.models import Subject
from sightline.groups.models import Group

OVERTAKEN = "Somebody else worded it anew while you were at it. Read that first."


@operation(Permission.KEEP_ACTIONS, on="result")
def raise_action(
    *,
    by: Actor,
    at: datetime,
    group: Group,
    stated: Stated,
    owner: Owner,
    due_on: date,
    form_key: UUID,
    subject: Subject | None = None,
    raised_on: date | None = None,
    knowingly: str = "",
) -> Action:
    """This function will raise an action in a group's log, with its owner and its due date (ACT-01, ACT-03, ACT-07).

    It was raised today, unless another day is given. An action of a group about one subject is about that subject.
    Raises Refused where the group itself would own it (GRP-13), or where the actor does not keep the log of the group.
    """
    today = timezone.localdate(at)
    if not any(one.pk == group.pk for one in groups_to_keep(by, today)):
        raise Refused(NOT_YOURS)
    if Action.objects.filter(form_key=form_key).exists():
        raise Already("This action was raised already.")
    day, about = raised_on or today, subject or group.subject
    demand(may_raise(day, due_on, today))
    demand_owner(owner, group, today)
    made = Action.objects.create(
        group=group, system=group.system, subject=about, raised_on=day, form_key=form_key, recorded_at=at,
        recorded_by=by.actor_id,
    )  # fmt: skip
    if not Action.objects.read_by(by, today).filter(pk=made.pk).exists():  # its subject is closed to them
        raise Refused(NOT_YOURS)
    _word(made, 1, stated, knowingly, by, at)
    ActionDue.objects.create(
        action=made, number=1, due_on=due_on, form_key=uuid4(), recorded_at=at, recorded_by=by.actor_id
    )
    add_owner(made, 1, owner, by, at, uuid4())
    return made


@operation(Permission.KEEP_ACTIONS, on="action")
def restate_action(
    *, by: Actor, at: datetime, action: Action, seen: int, stated: Stated, because: str, knowingly: str = ""
) -> ActionStatement:
    """This function will word an action anew, with the reason; earlier words stay on record.

    ``seen`` is the wording that the writer had before them; raises Overtaken where it is not the newest.
    """
    found = kept(by, timezone.localdate(at), action)
    if standing_closing(found):
        raise Refused(closed())
    newest = ActionStatement.objects.filter(action=found).order_by("-number")[0]
    if seen != newest.number:
        raise Overtaken(OVERTAKEN)
    return _word(found, newest.number + 1, stated, knowingly, by, at, because)


@operation(Permission.KEEP_ACTIONS, on="action")
def change_owner(
    *, by: Actor, at: datetime, action: Action, owner: Owner, because: str, form_key: UUID, knowingly: str = ""
) -> ActionOwner:
    """This function will give an action to another owner, with the reason; who owned it before stays on record (ACT-08)."""
    today = timezone.localdate(at)
    found = kept(by, today, action)
    if ActionOwner.objects.filter(form_key=form_key).exists():
        raise Already("This owner is on record already.")
    if standing_closing(found):
        raise Refused(closed())
    demand_owner(owner, found.group, today)
    last = ActionOwner.objects.filter(action=found).order_by("-number")[0]
    same = (last.organisation_id, last.person_id, last.name)
    if same == (owner.organisation and owner.organisation.pk, owner.person and owner.person.pk, owner.name.strip()):
        raise Invalid("They own it already. Choose somebody else, or another organisation.")
    knowingly = why_it_stays([because], knowingly)
    return add_owner(found, last.number + 1, owner, by, at, form_key, because.strip(), knowingly)


@operation(Permission.KEEP_ACTIONS, on="action")
def change_due_date(
    *, by: Actor, at: datetime, action: Action, due_on: date, because: str, form_key: UUID, knowingly: str = ""
) -> ActionDue:
    """This function will make an action due on another day, with the reason; earlier days stay on record (ACT-08)."""
    found = kept(by, timezone.localdate(at), action)
    if ActionDue.objects.filter(form_key=form_key).exists():
        raise Already("This day is on record already.")
    demand(may_move(found.raised_on, due_on, is_closed=standing_closing(found) is not None))
    return add_due(found, due_on, because, why_it_stays([because], knowingly), form_key, by, at)


def _word(
    action: Action, number: int, stated: Stated, knowingly: str, by: Actor, at: datetime, because: str = ""
) -> ActionStatement:
    if not stated.issue.strip() or not stated.resolution.strip():
        raise Invalid("Say what the action answers, and what is to be done.")
    return ActionStatement.objects.create(
        action=action,
        number=number,
        issue=stated.issue.strip(),
        resolution=stated.resolution.strip(),
        done_when=stated.done_when.strip(),
        kind=stated.kind.value,
        disagreement=stated.disagreement.strip(),
        knowingly=why_it_stays([*stated.words, because], knowingly),
        because=because.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
