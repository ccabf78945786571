"""Addresses of meetings."""

from django.urls import path

from sightline.meetings.views import agenda, calendar, live, live_doing, live_items, live_suspecting, planning
from sightline.meetings.views import agenda, live, live_doing, live_items, live_suspecting, noting, planning
from sightline.meetings.views import agenda, annexing, live, live_doing, live_items, live_suspecting, noting, planning

urlpatterns = [
    path("meetings/", planning.meetings_page, name="meetings"),
    path("meetings/plan/", planning.meeting_plan, name="meeting_plan"),
    path("meetings/<uuid:meeting>/", planning.meeting_page, name="meeting"),
    path("meetings/<uuid:meeting>/meeting.ics", calendar.meeting_calendar, name="meeting_calendar"),
    path("meetings/calendar/", calendar.calendar_page, name="calendar"),
    path("meetings/calendar/end/", calendar.calendar_end, name="calendar_end"),
    path("calendars/<str:secret>/meetings.ics", calendar.calendar_feed, name="calendar_feed"),
    path("meetings/<uuid:meeting>/move/", planning.meeting_move, name="meeting_move"),
    path("meetings/<uuid:meeting>/cancel/", planning.meeting_cancel, name="meeting_cancel"),
    path("meetings/<uuid:meeting>/agenda/draft/", agenda.agenda_draft, name="agenda_draft"),
    path("meetings/<uuid:meeting>/agenda/order/", agenda.agenda_order, name="agenda_order"),
    path("meetings/<uuid:meeting>/agenda/add/", agenda.item_add, name="item_add"),
    path("meetings/items/<uuid:item>/reword/", agenda.item_reword, name="item_reword"),
    path("meetings/items/<uuid:item>/take-off/", agenda.item_withdraw, name="item_withdraw"),
    path("meetings/items/<uuid:item>/invite/", agenda.item_invite, name="item_invite"),
    path("meetings/<uuid:meeting>/note/", noting.note_page, name="note"),
    path("meetings/<uuid:meeting>/note/draft/", noting.note_draft, name="note_draft"),
    path("meetings/<uuid:meeting>/note/share/", noting.note_share, name="note_share"),
    path("meetings/<uuid:meeting>/note/write/", noting.note_write, name="note_write"),
    path("meetings/<uuid:meeting>/note/write/<uuid:item>/", noting.note_write, name="note_item"),
    path("meetings/<uuid:meeting>/note/agree/", noting.note_agree, name="note_agree"),
    path("meetings/<uuid:meeting>/note/annex/", annexing.note_annex, name="note_annex"),
    path("meetings/<uuid:meeting>/note/annex/readers/", annexing.note_readers, name="note_readers"),
    path("meetings/<uuid:meeting>/note/fed-back/", annexing.note_fed_back, name="note_fed_back"),
    path("meetings/<uuid:meeting>/live/", live.live_page, name="meeting_live"),
    path("meetings/<uuid:meeting>/live/open/", live_doing.live_open, name="meeting_open"),
    path("meetings/<uuid:meeting>/live/close/", live_doing.live_close, name="meeting_close"),
    path("meetings/<uuid:meeting>/live/arrive/", live_doing.live_arrive, name="meeting_arrive"),
    path("meetings/<uuid:meeting>/live/here/<uuid:presence>/leave/", live_doing.live_leave, name="meeting_leave"),
    path("meetings/<uuid:meeting>/live/here/<uuid:presence>/strike/", live_doing.live_strike, name="meeting_strike"),
    path("meetings/<uuid:meeting>/live/<uuid:item>/", live.live_item_page, name="meeting_live_item"),
    path("meetings/<uuid:meeting>/live/<uuid:item>/begin/", live_items.live_begin, name="item_begin"),
    path("meetings/<uuid:meeting>/live/<uuid:item>/interest/", live_items.live_declare, name="item_interest"),
    path("meetings/<uuid:meeting>/live/<uuid:item>/rule/<uuid:person>/", live_items.live_rule, name="item_rule"),
    path("meetings/<uuid:meeting>/live/<uuid:item>/note/", live_items.live_note, name="item_note"),
    path("meetings/<uuid:meeting>/live/<uuid:item>/outcome/", live_items.live_outcome, name="item_outcome"),
    path("meetings/<uuid:meeting>/live/<uuid:item>/carry-over/", live_items.live_carry, name="item_carry"),
    path("meetings/<uuid:meeting>/live/<uuid:item>/tell/", live_items.live_tell, name="item_tell"),
    path("meetings/<uuid:meeting>/live/<uuid:item>/suspicion/", live_suspecting.live_suspicion, name="item_suspicion"),
    path(
        "meetings/<uuid:meeting>/live/<uuid:item>/suspicion/<uuid:suspicion>/",
        live_suspecting.live_referral,
        name="item_referral",
    ),
]
