"""Records of meetings: planned, with an agenda, with who was there, and with what came of each item."""

from sightline.meetings.models.acting import ItemAction
from sightline.meetings.models.agenda import AgendaItem, AgendaOrder, IntakeAnswer, ItemWithdrawal, ItemWording
from sightline.meetings.models.annexing import AnnexEntry, AnnexReader, FedBack
from sightline.meetings.models.attending import Departure, ItemBegun, Presence, PresenceStruck
from sightline.meetings.models.calendar import CalendarAddress
from sightline.meetings.models.commenting import NoteComment, NoteCommentAnswer
from sightline.meetings.models.conversing import Conversation
from sightline.meetings.models.cycle import (
    BusinessCycle,
    CycleReview,
    PlanEntry,
    PlanEntryDropped,
    PlanEntryMonth,
    ProposedTheme,
    ThemeAnswer,
)
from sightline.meetings.models.involving import BoardMatter, ItemInvolvement
from sightline.meetings.models.noting import AgreedPassage, NoteAgreement, NotePassage, NoteSharing
from sightline.meetings.models.outcomes import (
    ItemNote,
    ItemOutcome,
    ItemTeller,
    OutcomePosition,
)
from sightline.meetings.models.papers import Paper, PaperGiven, PaperRecord, PaperVersion, PaperWithdrawal
from sightline.meetings.models.parting import ItemGuest, ItemRuling, ItemTie, NothingDeclared
from sightline.meetings.models.planning import Meeting, MeetingStep, MeetingTime
from sightline.meetings.models.suspecting import Suspicion, SuspicionReferral
from sightline.meetings.models.telling import ToldOrganisation
from sightline.meetings.models.writing import WrittenAnswer, WrittenQuestion, WrittenResult, WrittenSending

__all__ = [
    "AgendaItem",
    "AgendaOrder",
    "AgreedPassage",
    "AnnexEntry",
    "AnnexReader",
    "BoardMatter",
    "BusinessCycle",
    "CalendarAddress",
    "Conversation",
    "CycleReview",
    "Departure",
    "FedBack",
    "IntakeAnswer",
    "ItemAction",
    "ItemBegun",
    "ItemGuest",
    "ItemInvolvement",
    "ItemNote",
    "ItemOutcome",
    "ItemRuling",
    "ItemTeller",
    "ItemTie",
    "ItemWithdrawal",
    "ItemWording",
    "Meeting",
    "MeetingStep",
    "MeetingTime",
    "NoteAgreement",
    "NoteComment",
    "NoteCommentAnswer",
    "NotePassage",
    "NoteSharing",
    "NothingDeclared",
    "OutcomePosition",
    "Paper",
    "PaperGiven",
    "PaperRecord",
    "PaperVersion",
    "PaperWithdrawal",
    "PlanEntry",
    "PlanEntryDropped",
    "PlanEntryMonth",
    "Presence",
    "PresenceStruck",
    "ProposedTheme",
    "Suspicion",
    "SuspicionReferral",
    "ThemeAnswer",
    "ToldOrganisation",
    "WrittenAnswer",
    "WrittenQuestion",
    "WrittenResult",
    "WrittenSending",
]
