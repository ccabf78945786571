"""The action log: one open action that a provider owns, with every kind of row; and one that is closed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from sightline.actions.models import (
    Action,
    ActionClosing,
    ActionDue,
    ActionOwner,
    ActionReopening,
    ActionReport,
    ActionReview,
    ActionStatement,
)
from sightline.core.actions.facts import ActionKind, Outcome
from sightline.directory.models import Organisation, Subject
from sightline.groups.models import Group
from tests.security.personas import HOME, SUBJECT, Cast


def build(cast: Cast) -> None:
    """This function will make an open action about the provider, which owns it now, and a closed one."""
    wrote: dict[str, Any] = {"recorded_at": timezone.now(), "recorded_by": cast.people["secretariat"].actor_id}
    cast.records["action"] = _action(cast, wrote)
    cast.records["closed action"] = _action(cast, wrote)
    _close(cast.records["closed action"], 2, wrote)


def an_agreed_action(group: Group, wrote: dict[str, Any]) -> Action:
    """This function will make an open action of a group about nobody, which nobody with an account owns."""
    today, body = timezone.localdate(), Organisation.objects.get(code=HOME)
    made = Action.objects.create(group=group, system=HOME, raised_on=today, form_key=uuid4(), **wrote)
    words = dict.fromkeys(("issue", "resolution", "done_when", "disagreement", "knowingly"), "x")
    ActionStatement.objects.create(action=made, number=1, kind=ActionKind.SUPPORT.value, **words, **wrote)
    ActionDue.objects.create(action=made, number=1, due_on=today, form_key=uuid4(), **wrote)
    ActionOwner.objects.create(action=made, number=1, organisation=body, name="x", form_key=uuid4(), **wrote)
    ActionReport.objects.create(action=made, says="x", form_key=uuid4(), **wrote)
    return made


def _action(cast: Cast, wrote: dict[str, Any]) -> Action:
    today = timezone.localdate()
    subject, body = Subject.objects.get(key=SUBJECT), Organisation.objects.get(code=HOME)
    made = Action.objects.create(
        group=cast.records["group"], system=HOME, subject=subject, raised_on=today, form_key=uuid4(), **wrote
    )
    words = dict.fromkeys(("issue", "resolution", "done_when", "disagreement", "knowingly"), "x")
    for number, because in ((1, ""), (2, "x")):  # the first of each is there without a reason
        why = {"number": number, "because": because, **wrote}
        ActionStatement.objects.create(action=made, kind=ActionKind.SUPPORT.value, **words, **why)
        due = today + timedelta(days=number)
        ActionDue.objects.create(action=made, due_on=due, knowingly="x", form_key=uuid4(), **why)
        whom = {"name": "x"} if number == 1 else {"person": cast.people["subject_provider"]}
        ActionOwner.objects.create(action=made, organisation=body, knowingly="x", form_key=uuid4(), **whom, **why)
    ActionReport.objects.create(action=made, says="x", knowingly="x", form_key=uuid4(), **wrote)
    ActionReview.objects.create(
        action=made, reviewed_on=today, comment="x", knowingly="x", form_key=uuid4(), **wrote
    )  # fmt: skip
    ActionReopening.objects.create(
        closing=_close(made, 1, wrote), reopened_on=today, because="x", knowingly="x", form_key=uuid4(), **wrote
    )
    return made


def _close(action: Action, number: int, wrote: dict[str, Any]) -> ActionClosing:
    return ActionClosing.objects.create(
        action=action, number=number, closed_on=timezone.localdate(), outcome=Outcome.DONE.value, impact="x",
        knowingly="x", form_key=uuid4(), **wrote,
    )  # fmt: skip
