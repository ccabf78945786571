"""The words of what somebody needs to take part in a meeting. No Django."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Need(StrEnum):
    """What somebody needs to take part (MTG-28; SQG 2022 Annex C)."""

    HEARING_LOOP = "hearing-loop"
    CAPTIONS = "captions"
    SIGN_LANGUAGE = "sign-language"
    CHAT = "chat"
    LARGE_PRINT = "large-print"
    EASY_READ = "easy-read"
    PAPER = "paper"
    STEP_FREE = "step-free"
    BREAKS = "breaks"
    FROM_AFAR = "from-afar"


NEED: Mapping[Need, str] = {
    Need.HEARING_LOOP: "A hearing loop",
    Need.CAPTIONS: "Captions while people speak",
    Need.SIGN_LANGUAGE: "An interpreter for sign language",
    Need.CHAT: "To write in the chat instead of speaking",
    Need.LARGE_PRINT: "Papers in large print",
    Need.EASY_READ: "Papers in easy read",
    Need.PAPER: "Papers printed and posted",
    Need.STEP_FREE: "A way in without steps",
    Need.BREAKS: "Breaks at fixed times",
    Need.FROM_AFAR: "To join by video or telephone",
}
NEED_MEANS: Mapping[Need, str] = {
    Need.HEARING_LOOP: "In the room, with a microphone for each speaker.",
    Need.CAPTIONS: "In the room or on the screen.",
    Need.SIGN_LANGUAGE: "Booked ahead: say below which language.",
    Need.CHAT: "Somebody reads it out at the right moment.",
    Need.LARGE_PRINT: "At least 18 point, unless you say otherwise below.",
    Need.EASY_READ: "Short sentences with pictures.",
    Need.PAPER: "A few days ahead.",
    Need.STEP_FREE: "With a lift where there are floors.",
    Need.BREAKS: "At least once an hour.",
    Need.FROM_AFAR: "Also where the others meet in a room.",
}
