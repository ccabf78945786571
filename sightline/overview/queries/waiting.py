"""What waits for the reader: reviews, referrals and proposals for who keeps the record, letters for a provider."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from sightline.accounts.models import Person
from sightline.audit.keeping import until_anything_changes
from sightline.core.access import Actor, Permission, Role, may
from sightline.core.records.answering import working_days_left
from sightline.escalation.models import Telling
from sightline.escalation.queries.duties import Show, Wanted, Whose, listed
from sightline.escalation.queries.exchanges import Asked, exchanges_for
from sightline.groups.queries.effectiveness import waiting_reviews
from sightline.groups.queries.subgroups import reports_waiting
from sightline.groups.viewers import viewer_of
from sightline.improvement.queries.doubts import doubts_waiting
from sightline.improvement.queries.improving import improving_waiting
from sightline.improvement.queries.milestones import own_milestones_due
from sightline.improvement.queries.reviews import reviews_waiting as reviews_due
from sightline.intelligence.models import Item, Referral
from sightline.intelligence.queries.releases import Letter, letters
from sightline.intelligence.queries.reviewing import waiting
from sightline.intelligence.words import ReferralKind, Safeguarding
from sightline.meetings.queries import meetings_for
from sightline.meetings.queries.cycle import reviews_waiting, themes_waiting
from sightline.meetings.queries.reviewing import unreviewed_logs
from sightline.meetings.queries.telling import waiting_to_tell
from sightline.notify.queries import how_many_new
from sightline.records.queries.requests import requests_waiting, rules_on
from sightline.records.queries.retaining import disposals_waiting
from sightline.surveillance.queries.waiting import waiting_for
from sightline.triangulation.queries.proposing import proposals_waiting

_A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Waits:
    """How much waits for somebody who keeps the record of a group, or decides in it."""

    reviews: int = 0
    referrals: int = 0
    proposals: int = 0
    levels: int = 0  # to decide, or to answer for a region
    level_reviews: int = 0  # levels whose review is due
    duties: int = 0
    exchanges: int = 0
    told: int = 0  # of what a provider was told, what it has not answered
    milestones: int = 0  # of the reader's own organisation, due soon or past their day
    messages: int = 0
    questionnaires: int = 0  # about a group's own work
    action_logs: int = 0  # that the reader keeps, and that no meeting looked at in time
    meetings: int = 0  # within a week, of those that the reader may come to
    cycle_reviews: int = 0  # that groups whose papers the reader keeps were to hold by now
    themes: int = 0  # proposed to those groups, and not answered
    to_tell: int = 0  # meetings of which the reader has yet to tell their organisation
    reports_back: int = 0  # due soon or overdue, of sub-groups that the reader leads
    improving: int = 0  # asked for and missing in the improvement groups that the reader keeps or chairs
    doubts: int = 0  # milestones that a provider doubts and concerns that it told, of plans that the reader keeps
    requests: int = 0  # for information, that the reader answers
    request_days: int | None = None  # working days left for the first of them, less than nothing where that is over
    disposals: int = 0  # proposed by another, that the reader may agree to
    rapid_reviews: int = 0  # that the reader keeps or chairs, whose day has come, and that are not closed


def waits_for(actor: Actor, on: date) -> Waits:
    """This function will count what waits: for whoever keeps the record, decides, holds an office, or was written to."""
    keeps = bool(may(actor, Permission.REVIEW_INTELLIGENCE, on))
    decides = bool(may(actor, Permission.DECIDE_PROPOSAL, on))
    sees = bool(may(actor, Permission.SEE_LEVELS, on))
    return _waits_for(actor, on, keeps, decides, sees)


@until_anything_changes
def _waits_for(actor: Actor, on: date, keeps: bool, decides: bool, sees: bool) -> Waits:
    found = Waits(
        reviews=waiting(actor, on).count() if keeps else 0,
        referrals=_safeguarding_owed(actor, on) if keeps else 0,
        proposals=len(proposals_waiting(actor, on)) if keeps or decides else 0,
        told=Telling.objects.told_to(actor, on).filter(answers=None).count(),
        milestones=own_milestones_due(actor, on),
        messages=how_many_new(actor, on) if isinstance(actor, Person) else 0,
        questionnaires=waiting_reviews(actor, on).count() if may(actor, Permission.SHARE_INTELLIGENCE, on) else 0,
        action_logs=sum(one.keeps for one in unreviewed_logs(actor, on))
        if may(actor, Permission.KEEP_ACTIONS, on)
        else 0,
        meetings=_soon(actor, on) if may(actor, Permission.SEE_MEETINGS, on) else 0,
        cycle_reviews=reviews_waiting(actor, on) if may(actor, Permission.KEEP_MEETINGS, on) else 0,
        themes=themes_waiting(actor, on) if may(actor, Permission.KEEP_MEETINGS, on) else 0,
        to_tell=len(waiting_to_tell(actor, on)),
        reports_back=len(reports_waiting(actor, on)),
        disposals=disposals_waiting(actor, on),
        **_requests(actor, on),
    )
    return _of_levels(found, actor, on) if sees else found


def _of_levels(found: Waits, actor: Actor, on: date) -> Waits:
    levels, lists = waiting_for(actor, on), exchanges_for(actor, on, Asked())
    return replace(
        found,
        levels=len(levels.to_decide) + len(levels.to_answer),
        level_reviews=len(levels.reviews),
        duties=listed(actor, on, Wanted(Show.OPEN, Whose.MINE)).count(),
        rapid_reviews=reviews_due(actor, on),
        improving=improving_waiting(actor, on),
        doubts=doubts_waiting(actor, on).count,
        exchanges=len({one.exchange.pk for one in (*lists.to_us, *lists.from_us) if one.is_your_turn}),
    )


def _requests(actor: Actor, on: date) -> dict[str, Any]:
    """Requests for information to answer, and how many working days are left for the first (IGV-04)."""
    count, first = requests_waiting(actor, on)
    if first is None:
        return {}
    holidays = rules_on(on).content.bank_holidays.days
    return {"requests": count, "request_days": working_days_left(on, first, holidays)}


def _soon(actor: Actor, on: date) -> int:
    coming, _ = meetings_for(actor, on)
    return sum(one.held_on <= on + _A_WEEK for one in coming)


def _safeguarding_owed(actor: Actor, on: date) -> int:
    """Items of which abuse or neglect is suspected, and of which no referral is recorded (SAF-01)."""
    viewer = viewer_of(actor, on)
    made = Referral.objects.filter(item=OuterRef("pk"), kind=ReferralKind.SAFEGUARDING.value)
    found = Item.objects.heard_by(viewer).filter(~Exists(made), safeguarding=Safeguarding.SUSPECTED.value)
    return (found if viewer.kept is None else found.filter(system__in=viewer.kept)).count()


def letters_for(actor: Actor, on: date) -> list[Letter]:
    """This function will list what stands released to the reader's own body; nothing for whoever speaks for none."""
    provides = any(one.role is Role.PROVIDER and one.holds_on(on) for one in actor.grants)
    return letters(actor, on) if provides else []
