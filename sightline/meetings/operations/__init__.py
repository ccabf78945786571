"""What people do with meetings: plan them, put an agenda together, hold them, and end them."""

from sightline.meetings.operations.acting import agree_action
from sightline.meetings.operations.agenda import (
    add_item,
    draft_agenda,
    invite_to_item,
    order_agenda,
    reword_item,
    withdraw_item,
)
from sightline.meetings.operations.annexing import add_to_annex, feed_back, name_annex_readers
from sightline.meetings.operations.attending import begin_item, record_arrival, record_departure, strike_presence
from sightline.meetings.operations.calendar import end_calendar_address, make_calendar_address
from sightline.meetings.operations.closing import close_meeting, open_meeting
from sightline.meetings.operations.commenting import answer_comment, comment_on_note
from sightline.meetings.operations.conversing import record_conversation
from sightline.meetings.operations.cycle import (
    add_to_plan,
    agree_cycle,
    draft_plan,
    drop_from_plan,
    move_in_plan,
    record_cycle_review,
)
from sightline.meetings.operations.deciding import carry_over, name_teller, record_outcome, write_note
from sightline.meetings.operations.involving import raise_with_board, record_involvement
from sightline.meetings.operations.noting import agree_note, draft_note, share_note, write_passage
from sightline.meetings.operations.papers import (
    add_paper,
    make_chart_paper,
    make_data_pack,
    make_record_paper,
    note_papers_given,
    revise_paper,
    withdraw_paper,
)
from sightline.meetings.operations.planning import cancel_meeting, move_meeting, plan_meeting
from sightline.meetings.operations.reminding import remind_of_meetings
from sightline.meetings.operations.ruling import declare_nothing, declare_tie, rule_on_interest
from sightline.meetings.operations.suspecting import note_suspicion, refer_suspicion
from sightline.meetings.operations.sweeping import sweep_papers
from sightline.meetings.operations.telling import tell_organisation
from sightline.meetings.operations.theming import answer_theme, propose_theme
from sightline.meetings.operations.writing import (
    answer_in_writing,
    conclude_in_writing,
    deem_urgent,
    lapse_questions,
    put_in_writing,
    record_answer,
    withdraw_question,
)

__all__ = [
    "add_item",
    "add_paper",
    "add_to_annex",
    "add_to_plan",
    "agree_action",
    "agree_cycle",
    "agree_note",
    "answer_comment",
    "answer_in_writing",
    "answer_theme",
    "begin_item",
    "cancel_meeting",
    "carry_over",
    "close_meeting",
    "comment_on_note",
    "conclude_in_writing",
    "declare_nothing",
    "declare_tie",
    "deem_urgent",
    "draft_agenda",
    "draft_note",
    "draft_plan",
    "drop_from_plan",
    "end_calendar_address",
    "feed_back",
    "invite_to_item",
    "lapse_questions",
    "make_calendar_address",
    "make_chart_paper",
    "make_data_pack",
    "make_record_paper",
    "move_in_plan",
    "move_meeting",
    "name_annex_readers",
    "name_teller",
    "note_papers_given",
    "note_suspicion",
    "open_meeting",
    "order_agenda",
    "plan_meeting",
    "propose_theme",
    "put_in_writing",
    "raise_with_board",
    "record_answer",
    "record_arrival",
    "record_conversation",
    "record_cycle_review",
    "record_departure",
    "record_involvement",
    "record_outcome",
    "refer_suspicion",
    "remind_of_meetings",
    "revise_paper",
    "reword_item",
    "rule_on_interest",
    "share_note",
    "strike_presence",
    "sweep_papers",
    "tell_organisation",
    "withdraw_item",
    "withdraw_paper",
    "withdraw_question",
    "write_note",
    "write_passage",
]
