"""The page on which an action is agreed under an item of a meeting."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.actions.queries.choices import bodies_seated
from sightline.actions.stating import NewActionForm, owning
from sightline.core.access import Permission
from sightline.meetings import operations
from sightline.meetings.views.asking import ask
from sightline.meetings.views.live import item_context
from sightline.meetings.views.live_items import kept_item
from sightline.web.asking import sent
from sightline.web.gate import needs, reader


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_MEETINGS)
def live_action(request: HttpRequest, meeting: UUID, item: UUID) -> HttpResponse:
    """This function will ask for an action that was agreed under an item (ACT-01, ACT-06)."""
    found, today = kept_item(request, meeting, item), timezone.localdate()
    group = found.live.room.meeting.group
    about = found.item.subject or group.subject
    form = NewActionForm(
        sent(request), has_subject=about is not None, has_day=True, **owning(reader(request), group, today)
    )

    def act(**more: Any) -> object:
        return operations.agree_action(item=found.item, **form.given(), **more)

    context = {
        **item_context(found),
        "heading": "Which action was agreed?",
        "button": "Add the action",
        "about": about,
        "bodies": bodies_seated(group, today),
    }
    back = reverse("meeting_live_item", args=[meeting, item])
    return ask(request, form, act, "The action is in the log.", back, "meetings/live_action.html", context)
