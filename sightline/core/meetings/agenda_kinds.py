"""The kinds of items that an agenda holds: when each usually comes, how long it takes, what it serves and why it is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sightline.core.rulebook.meeting import Gathers, Moment
from sightline.core.rulebook.shapes import LOCAL


class Kind(StrEnum):
    """What an item is, in the order in which items of one moment are proposed."""

    INTERESTS = "interests"
    LAST_NOTE = "last_note"
    FEEDBACK = "feedback"
    RATIFYING = "ratifying"
    ACTIONS = "actions"
    ESCALATION = "escalation"
    SUBJECT = "subject"
    STANDING = "standing"
    REPORT = "report"
    PLANNED = "planned"
    THEME = "theme"
    BLIND_SPOT = "blind_spot"
    CONCLUSIONS = "conclusions"


class Purpose(StrEnum):
    """Which of a group's four functions an item serves (GRP-19; SQG 2022 §1.5)."""

    SHARE = "share"
    IDENTIFY = "identify"
    RESPOND = "respond"
    LEARN = "learn"


PURPOSE: Mapping[Purpose, str] = {
    Purpose.SHARE: "Share what is known and put it together",
    Purpose.IDENTIFY: "Identify concerns and opportunities",
    Purpose.RESPOND: "Develop responses and see what they bring",
    Purpose.LEARN: "Test ideas, and celebrate what works",
}


@dataclass(frozen=True, slots=True)
class About:
    """What is usual for items of one kind: when they come, how long they take, what they serve, and why they are there."""

    moment: Moment
    minutes: int
    purpose: Purpose
    title: str
    says: str
    cites: str
    gathers: Gathers | None = None
    may_wait: bool = False  # left for another meeting where there is no time


ABOUT: Mapping[Kind, About] = {
    Kind.INTERESTS: About(
        Moment.OPENING, 5, Purpose.SHARE, "Declarations of interest", "Interests are declared before or at each meeting.",
        "MTG-22; SQG 2022 Annex A, Conflicts of interest", Gathers.INTERESTS,
    ),
    Kind.LAST_NOTE: About(
        Moment.OPENING, 5, Purpose.SHARE, "Note of the last meeting", "The group agrees the note of its last meeting.",
        "QSG 2017 ¶132", Gathers.LAST_NOTE,
    ),
    Kind.FEEDBACK: About(
        Moment.OPENING, 10, Purpose.SHARE, "Feedback from the group above", "The group above answered or made known.",
        "MTG-15, MTG-16; QSG 2017 ¶89-90", Gathers.FEEDBACK,
    ),
    Kind.RATIFYING: About(
        Moment.OPENING, 5, Purpose.RESPOND, "Decisions taken between meetings",
        "It was decided in writing and is to be ratified.", "QUO-08; after SQG 2022 Annex A, Quoracy",
    ),
    Kind.ACTIONS: About(
        Moment.BETWEEN, 10, Purpose.RESPOND, "Action log", "The log is reviewed at each meeting.",
        "MTG-21; SQG 2022 §3.10", Gathers.ACTIONS,
    ),
    Kind.ESCALATION: About(
        Moment.BETWEEN, 15, Purpose.IDENTIFY, "", "It was escalated to this group.", LOCAL, Gathers.ESCALATIONS,
    ),
    Kind.SUBJECT: About(
        Moment.BETWEEN, 15, Purpose.IDENTIFY, "", "It is discussed at each meeting as long as it stands at this level.",
        "MTG-20; QSG 2017 ¶121 and ¶123", Gathers.SUBJECTS,
    ),
    Kind.STANDING: About(Moment.BETWEEN, 10, Purpose.SHARE, "", "It stands on every agenda.", LOCAL),
    Kind.REPORT: About(
        Moment.BETWEEN, 10, Purpose.SHARE, "", "A sub-group reports back.", "GRP-11; SQG 2022 §3.5 and Annex A",
        may_wait=True,
    ),
    Kind.PLANNED: About(
        Moment.BETWEEN, 15, Purpose.SHARE, "", "The plan of business has it for this meeting.",
        "MTG-10; QSG 2017 ¶95", may_wait=True,
    ),
    Kind.THEME: About(
        Moment.BETWEEN, 20, Purpose.LEARN, "", "A member proposed it as a theme.", "MTG-11; QSG 2017 ¶94-95",
        Gathers.THEMES, may_wait=True,
    ),
    Kind.BLIND_SPOT: About(
        Moment.BETWEEN, 10, Purpose.IDENTIFY, "", "Too little is known of it.", "local, after QSG 2017 ¶33", may_wait=True,
    ),
    Kind.CONCLUSIONS: About(
        Moment.CLOSING, 10, Purpose.RESPOND, "Conclusions on levels",
        "What was concluded on each level is said once more.", "MTG-19; QSG 2017 ¶99", Gathers.CONCLUSIONS,
    ),
}  # fmt: skip
SINGLE = frozenset(
    {Kind.INTERESTS, Kind.LAST_NOTE, Kind.FEEDBACK, Kind.ACTIONS, Kind.CONCLUSIONS}
)  # one item holds them all
