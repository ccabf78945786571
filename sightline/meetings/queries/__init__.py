"""Reads of meetings: what is planned and was held, agendas, and what the record brings to the next one."""

from sightline.meetings.queries.drafting import draft_of
from sightline.meetings.queries.meetings import (
    AgendaLine,
    GroupMeets,
    MeetingView,
    agenda_of,
    groups_meeting,
    last_planned,
    meeting_of_form,
    meetings_for,
    newest_wording,
    one_item,
    one_meeting,
    seen_meeting,
    short_notice,
)
from sightline.meetings.queries.ordering import order_number

__all__ = [
    "AgendaLine",
    "GroupMeets",
    "MeetingView",
    "agenda_of",
    "draft_of",
    "groups_meeting",
    "last_planned",
    "meeting_of_form",
    "meetings_for",
    "newest_wording",
    "one_item",
    "one_meeting",
    "order_number",
    "seen_meeting",
    "short_notice",
]
