"""One action as its page tells of it: how it stands, and every row of its history that the reader may read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.accounts.models import Person
from sightline.actions.models import (
    Action,
    ActionClosing,
    ActionDue,
    ActionOwner,
    ActionReport,
    ActionReview,
    ActionStatement,
)
from sightline.actions.queries.choices import keeps_log, may_take_on
from sightline.actions.queries.lines import LogLine, log_line
from sightline.core.access import Actor


@dataclass(frozen=True, slots=True)
class ActionView:
    """One action with all that was recorded of it.

    ``hears`` says that the reader is one of the group, or keeps its log. An owner who is not, because the action is
    about their own body for instance, reads what they are to do and their own reports, and nothing that the group said.
    """

    line: LogLine
    hears: bool
    is_own: bool
    keeps: bool
    statements: tuple[ActionStatement, ...]
    owners: tuple[ActionOwner, ...]
    dues: tuple[ActionDue, ...]
    reports: tuple[ActionReport, ...]
    reviews: tuple[ActionReview, ...]
    closings: tuple[ActionClosing, ...]
    may_report: bool

    @property
    def action(self) -> Action:
        """The action itself."""
        return self.line.action

    @property
    def is_closed(self) -> bool:
        """Whether it is closed."""
        return self.line.closing is not None

    @property
    def people(self) -> set[str]:
        """Whoever wrote something down, by their actor ids."""
        told = {one.recorded_by for one in self.statements} | {one.recorded_by for one in self.reports}
        held = {one.recorded_by for one in self.owners} | {one.recorded_by for one in self.dues}
        ends = {one.recorded_by for one in self.closings} | {one.recorded_by for one in self.reviews}
        return told | held | ends | {one.reopening.recorded_by for one in self.closings if hasattr(one, "reopening")}


def one_action(actor: Actor, on: date, action: UUID) -> Action | None:
    """This function will give an action, or None where there is none that the actor may read."""
    found = Action.objects.visible_to(actor, on).filter(pk=action)
    return found.select_related("group__area", "group__subject", "subject__organisation").first()


def action_of_form(actor: Actor, on: date, form_key: UUID) -> Action | None:
    """This function will give the action that a form raised, where the actor may read it."""
    return Action.objects.visible_to(actor, on).filter(form_key=form_key).first()


def action_view(action: Action, actor: Actor, on: date) -> ActionView:
    """This function will gather one action that the actor may read, with its history as far as it is theirs to read."""
    line = log_line(action, actor, on)
    hears = line.hears
    is_own = isinstance(actor, Person) and line.owner.person_id == actor.pk
    keeps = hears and keeps_log(actor, action.system, on)
    reports = ActionReport.objects.filter(action=action)
    works = isinstance(actor, Person) and may_take_on(actor, on)
    return ActionView(
        line=line,
        hears=hears,
        is_own=is_own,
        keeps=keeps,
        statements=tuple(ActionStatement.objects.filter(action=action)) if hears else (line.statement,),
        owners=tuple(ActionOwner.objects.filter(action=action).select_related("organisation", "person")),
        dues=tuple(ActionDue.objects.filter(action=action)),
        reports=tuple(reports if hears else reports.filter(recorded_by=actor.actor_id)),
        reviews=tuple(ActionReview.objects.filter(action=action)) if hears else (),
        closings=tuple(ActionClosing.objects.filter(action=action).select_related("reopening")),
        may_report=line.closing is None and (keeps or (is_own and works)),
    )
