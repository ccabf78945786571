"""What becomes of an action: reports on how it goes, looks at it in a meeting, its closing with the impact, its reopening."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.actions.models import Action, ActionClosing, ActionReopening, ActionReport, ActionReview
from sightline.actions.operations._rows import add_due, held, kept, standing_closing
from sightline.actions.queries.choices import keeps_log
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.actions.facts import Outcome
from sightline.core.actions.rules import closed, may_close, may_move, may_reopen
from sightline.core.verdict import Already, Invalid, Refused, demand, refused

NOT_OWNER = refused("Only its owner, and whoever keeps the action log, reports on an action.", "ACT-07")


@operation(Permission.SHARE_INTELLIGENCE, on="action")
def report_on_action(
    *, by: Actor, at: datetime, action: Action, says: str, form_key: UUID, knowingly: str = ""
) -> ActionReport:
    """This function will record what the owner of an action, or whoever keeps the log, says of how it goes."""
    today = timezone.localdate(at)
    is_own = Action.objects.owned_by(by).filter(pk=action.pk).exists()
    keeps = keeps_log(by, action.system, today) and Action.objects.read_by(by, today).filter(pk=action.pk).exists()
    if not is_own and not keeps:
        raise Refused(NOT_OWNER)
    found = held(action)
    if ActionReport.objects.filter(form_key=form_key).exists():
        raise Already("This report is on record already.")
    if standing_closing(found):
        raise Refused(closed())
    if not says.strip():
        raise Invalid("Say how it goes.")
    return ActionReport.objects.create(
        action=found, says=says.strip(), knowingly=why_it_stays([says], knowingly), form_key=form_key, recorded_at=at,
        recorded_by=by.actor_id,
    )  # fmt: skip


@operation(Permission.KEEP_ACTIONS, on="action")
def review_action(
    *,
    by: Actor,
    at: datetime,
    action: Action,
    reviewed_on: date,
    form_key: UUID,
    comment: str = "",
    knowingly: str = "",
) -> ActionReview:
    """This function will record that the group looked at an action on a day, with what was said, where anything was.

    The log is reviewed at each meeting (ACT-04; SQG 2022 §3.10). What is closed may be looked at too.
    """
    today = timezone.localdate(at)
    found = kept(by, today, action)
    if ActionReview.objects.filter(form_key=form_key).exists():
        raise Already("That it was looked at is on record already.")
    if not found.raised_on <= reviewed_on <= today:
        raise Invalid("The group looked at it on a day since it was raised, and not in time to come. Choose that day.")
    return ActionReview.objects.create(
        action=found, reviewed_on=reviewed_on, comment=comment.strip(), knowingly=why_it_stays([comment], knowingly),
        form_key=form_key, recorded_at=at, recorded_by=by.actor_id,
    )  # fmt: skip


@operation(Permission.KEEP_ACTIONS, on="action")
def close_action(
    *,
    by: Actor,
    at: datetime,
    action: Action,
    outcome: Outcome,
    impact: str,
    form_key: UUID,
    closed_on: date | None = None,
    knowingly: str = "",
) -> ActionClosing:
    """This function will close an action with what changed because of it, today or on a day before (ACT-04)."""
    today = timezone.localdate(at)
    found = kept(by, today, action)
    if ActionClosing.objects.filter(form_key=form_key).exists():
        raise Already("This action is closed already.")
    day = closed_on or today
    demand(may_close(found.raised_on, day, today, impact, is_closed=standing_closing(found) is not None))
    return ActionClosing.objects.create(
        action=found,
        number=ActionClosing.objects.filter(action=found).count() + 1,
        closed_on=day,
        outcome=outcome.value,
        impact=impact.strip(),
        knowingly=why_it_stays([impact], knowingly),
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_ACTIONS, on="action")
def reopen_action(
    *,
    by: Actor,
    at: datetime,
    action: Action,
    because: str,
    form_key: UUID,
    due_on: date | None = None,
    knowingly: str = "",
) -> ActionReopening:
    """This function will open an action again, with the reason and, where one is given, another due date."""
    today = timezone.localdate(at)
    found = kept(by, today, action)
    if ActionReopening.objects.filter(form_key=form_key).exists():
        raise Already("This action is open again already.")
    standing = standing_closing(found)
    if standing is None:
        raise Refused(may_reopen(is_closed=False))
    why = why_it_stays([because], knowingly)
    made = ActionReopening.objects.create(
        closing=standing, reopened_on=today, because=because.strip(), knowingly=why, form_key=form_key,
        recorded_at=at, recorded_by=by.actor_id,
    )  # fmt: skip
    if due_on is not None:
        demand(may_move(found.raised_on, due_on, is_closed=False))
        add_due(found, due_on, because, why, uuid4(), by, at)
    return made
