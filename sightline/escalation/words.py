"""The words of escalation, as records keep them. No Django here."""

from __future__ import annotations

from enum import StrEnum


class DutyHow(StrEnum):
    """What happened to a duty."""

    DONE = "done"  # the task is done, or the notice has gone
    ACKNOWLEDGED = "acknowledged"  # by whoever was to be told
    DECLINED = "declined"  # with a reason
    NOT_YET = "not_yet"  # with a reason and a day on which to look again (PRV-06)


class ExchangeKind(StrEnum):
    """What kind of exchange it is."""

    ESCALATION = "escalation"
    CHALLENGE = "challenge"  # a question by the region about a subject, as check and challenge (LVL-25)
    UPDATE = "update"  # levels and actions, at least once a quarter (SUR-09)
    SHARING = "sharing"  # what other areas may want to know, good practice too (NET-01, RPT-12)
    FEEDBACK = "feedback"  # what came of it, told back down (NET-02)
    RECEIVED = "received"  # what came in by letter, from a safeguarding board for instance (SAF-04, SAF-05)


class ExchangeHow(StrEnum):
    """What happened to an exchange."""

    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    DECLINED = "declined"  # with a reason
    FED_BACK = "fed_back"  # the answer went back to those from whom it came
    CLOSED = "closed"
