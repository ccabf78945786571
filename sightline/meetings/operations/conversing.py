"""What members say to each other between meetings, written down for the group (MTG-08)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.directory.models import Subject
from sightline.groups.models import Group
from sightline.meetings.models import Conversation
from sightline.meetings.queries.conversing import groups_writing, open_subject
from sightline.meetings.writing_given import Spoken

NOT_HERE = refused("This is written down by whoever sits in the group or keeps its papers.", "MTG-08")


@operation(Permission.SEE_MEETINGS, on="result")
def record_conversation(
    *, by: Actor, at: datetime, group: Group, subject: Subject, spoken: Spoken, form_key: UUID, knowingly: str = ""
) -> Conversation:
    """This function will write down who spoke with whom about a subject between meetings, and what follows (MTG-08).

    Raises Refused for whoever neither sits in the group nor keeps its papers, and where an interest closes the subject.
    """
    today = timezone.localdate(at)
    found = open_subject(by, today, subject.pk)
    groups = groups_writing(by, today, found) if found else []
    if group.pk not in {one.pk for one in groups}:
        raise Refused(NOT_HERE)
    if Conversation.objects.filter(form_key=form_key).exists():
        raise Already("This is on record already.")
    if not spoken.between.strip() or not spoken.said.strip():
        raise Invalid("Say who spoke with whom, and what was said.")
    if spoken.held_on > today:
        raise Invalid("What was said is written down once it was said. Give that day.")
    return Conversation.objects.create(
        group=group,
        system=group.system,
        subject=subject,
        held_on=spoken.held_on,
        way=spoken.way.value,
        between=spoken.between.strip(),
        said=spoken.said.strip(),
        follows=spoken.follows.strip(),
        knowingly=why_it_stays([spoken.between, spoken.said, spoken.follows], knowingly),
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
