"""The words of the registers, as records keep them. No Django here."""

from __future__ import annotations

from enum import StrEnum

# By which operations rows of risks come, change and go: those of this app, and a disposal when their period has ended.
WRITTEN_BY = ("risks", "records.answer_disposal")


class ScoreKind(StrEnum):
    """Which score it is."""

    INITIAL = "initial"  # before anything was done
    CURRENT = "current"
    TARGET = "target"


class MeasureKind(StrEnum):
    """What stands against a risk, or is missing."""

    CONTROL = "control"
    GAP = "gap"
    ACTION = "action"


class MeasureHow(StrEnum):
    """What became of a control, a gap or an action."""

    ASSURED = "assured"  # somebody made sure that the control holds
    BORNE = "borne"  # the gap may stay, for a reason
    DONE = "done"
    ENDED = "ended"  # it counts no more


class LinkKind(StrEnum):
    """What a risk is linked to."""

    SIGNAL = "signal"
    INTELLIGENCE = "intelligence"
    CONCERN = "concern"
    DECISION = "decision"


class FindingKind(StrEnum):
    """What a look-back records (LRN-01)."""

    KNOWN = "known"
    MISSED = "missed"
    LESSON = "lesson"
