"""What every operation here asks first: on which side somebody stands, and by which template."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import models

from sightline.core.access import Actor
from sightline.core.rulebook import Part
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.directory.models import Subject
from sightline.profiles.models import Profile, Template
from sightline.profiles.queries import Sheet, Tool, current_tool, sheet_for, works_for_commissioner

P = TypeVar("P", bound=Part)

NOT_YOURS = refused(
    "This is for the commissioner’s side, and for nobody who has an interest in this subject or belongs to it.",
    "COI-03",
)
NOT_WRITER = refused(
    "You do not work on this profile, neither for the commissioner’s side nor for this provider.", "PER-10"
)


def demand_commissioner(by: Actor, on: date, subject: Subject, profile: Profile | None = None) -> None:
    """This function will raise Refused unless the actor works on the commissioner's side."""
    if not works_for_commissioner(by, on, subject, profile):
        raise Refused(NOT_YOURS)


def demand_new(model: type[models.Model], form_key: UUID) -> None:
    """This function will raise Already where the same form was sent before."""
    if model._default_manager.filter(form_key=form_key).exists():
        raise Already("This was recorded already.")


def tool_in_force(name: str, shape: type[P], on: date) -> tuple[Tool, P]:
    """This function will give a tool in force; raises Invalid where there is none."""
    tool = current_tool(name, on)
    if tool is None or not isinstance(tool.part, shape):
        raise Invalid("The guidance in force has no such tool. Whoever keeps the rules can add one.")
    return tool, tool.part


def kept(tool: Tool, at: datetime) -> Template:
    """This function will keep a tool as it stands with what is answered by it, once for each version."""
    made, _ = Template.objects.get_or_create(
        sha256=tool.sha256,
        defaults={"part": tool.name, "version": tool.version, "content": tool.content, "recorded_at": at},
    )
    return made


def locked_sheet(by: Actor, on: date, profile: Profile) -> Sheet:
    """This function will gather a profile anew with its row locked, so that two who write at once come one by one.

    Raises Refused where the actor may not even read it, in the words of one that they may not write.
    """
    found = Profile.objects.visible_to(by, on).filter(pk=profile.pk).select_for_update(of=("self",)).first()
    if found is None:
        raise Refused(NOT_WRITER)
    return sheet_for(by, on, found)
