"""What waits for the reader in words: only what is there, each with where to go."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.overview.queries import Waits
from sightline.web.environment import link
from sightline.web.wording import plural


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """One thing that waits and the page on which it is done; no page, no address."""

    says: str
    href: str


def waiting_lines(waits: Waits) -> list[WaitingLine]:
    """This function will say what waits for somebody, what is theirs to decide first."""
    said = (
        (waits.levels, "level waits for you", "levels wait for you", "levels_waiting"),
        (waits.level_reviews, "level is due for review", "levels are due for review", "levels_waiting"),
        (
            waits.rapid_reviews,
            "Rapid Quality Review waits to be written down and closed",
            "Rapid Quality Reviews wait to be written down and closed",
            "rapid_list",
        ),
        (
            waits.doubts,
            "doubt or concern of a provider waits for you",
            "doubts or concerns of providers wait for you",
            "plans_doubted",
        ),
        (
            waits.improving,
            "thing is asked for in an improvement group",
            "things are asked for in improvement groups",
            "improving_list",
        ),
        (waits.duties, "duty is yours", "duties are yours", "duties"),
        (waits.exchanges, "exchange waits for your answer", "exchanges wait for your answer", "exchanges"),
        (waits.reviews, "item waits for review", "items wait for review", "review"),
        (
            waits.referrals,
            "safeguarding referral is not recorded yet",
            "safeguarding referrals are not recorded yet",
            "referrals",
        ),
        (waits.proposals, "proposal waits", "proposals wait", "proposals"),
        (waits.told, "thing you were told waits for an answer", "things you were told wait for an answer", "told"),
        (waits.milestones, "milestone of yours is due", "milestones of yours are due", "own_plans"),
        (waits.questionnaires, "questionnaire waits for you", "questionnaires wait for you", "questionnaires"),
        (waits.action_logs, "action log waits to be reviewed", "action logs wait to be reviewed", "actions"),
        (waits.meetings, "meeting within a week", "meetings within a week", "meetings"),
        (
            waits.cycle_reviews,
            "review of a group’s cycle or frequency is due",
            "reviews of groups’ cycles or frequencies are due",
            "meetings",
        ),
        (waits.themes, "theme waits for an answer", "themes wait for an answer", "meetings"),
        (
            waits.to_tell,
            "meeting to tell your organisation of",
            "meetings to tell your organisation of",
            "meetings",
        ),
        (waits.reports_back, "report of a sub-group is yours", "reports of sub-groups are yours", "sub_groups"),
        (
            waits.requests,
            f"request for information to answer, {_left(waits.request_days)}",
            f"requests for information to answer, the first {_left(waits.request_days)}",
            "information_requests",
        ),
        (
            waits.disposals,
            "record proposed for disposal, which needs a second person",
            "records proposed for disposal, which need a second person",
            "disposals",
        ),
        (waits.messages, "new message", "new messages", "messages"),
    )
    return [WaitingLine(plural(count, one, several), link(page)) for count, one, several, page in said if count]


def _left(days: int | None) -> str:
    if days is None or days < 0:
        return "overdue"
    return f"with {plural(days, 'working day')} left"
