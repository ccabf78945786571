"""What decides whether a meeting may be closed: what came of each item, what waits for a ruling, who tells whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from sightline.actions.models import Action
from sightline.core.meetings.agenda_kinds import Kind
from sightline.core.meetings.closing import Came, ClosingFacts, ItemState, Referral, SubjectState
from sightline.core.meetings.deciding import Outcome
from sightline.core.meetings.interests import unruled
from sightline.directory.models import Subject
from sightline.directory.words import AREAS
from sightline.directory.words import Kind as Body
from sightline.improvement.queries.reviews import owed_by, review_of_group
from sightline.improvement.review_words import KIND as RAPID
from sightline.improvement.review_words import ROUTE
from sightline.meetings.models import AgendaItem, ItemAction, ItemOutcome, ItemTeller, Suspicion
from sightline.meetings.queries.live import Room, outcomes_of, title_of

CLOSED_TO_YOU = "closed to you by an interest"
_ABOUT = frozenset({Kind.SUBJECT.value, Kind.ESCALATION.value, Kind.THEME.value})


def closing_facts(room: Room, seen: Collection[UUID]) -> ClosingFacts:
    """This function will gather what decides whether a meeting may be closed; ``seen`` are the items whose titles are told."""
    tellers = tellers_of(room)
    acted = _acted(room)
    # Numbered as its reader sees the agenda: what is closed to them comes last, so that no gap says what is between.
    ordered = list(enumerate(sorted(room.items, key=lambda one: one.pk not in seen), 1))
    items = tuple(_state(room, number, item, seen) for number, item in ordered)
    subjects = tuple(_subjects(ordered, tellers, acted, seen))
    is_rapid = room.meeting.group.kind == RAPID
    review = review_of_group(room.meeting.group) if is_rapid else None
    return ClosingFacts(
        held_on=room.on,
        items=items,
        subjects=subjects,
        referrals=tuple(_referrals(ordered, seen)),
        owes=tuple(ROUTE[one] for one in owed_by(review, room.on)) if review else (),
        is_uncalled=is_rapid and review is None,
        is_closed=room.ended_at is not None,
    )


def tellers_of(room: Room) -> dict[UUID, ItemTeller]:
    """This function will give, by item, who tells the provider, as it was said last."""
    rows = ItemTeller.objects.newest().filter(item__meeting=room.meeting).select_related("told_by", "subject")
    return {one.item_id: one for one in rows}


def came_of(item: AgendaItem) -> Came:
    """This function will say what came of an item: a decision outweighs everything else."""
    found = {one.outcome for one in outcomes_of(item)}
    if any(one in found for one in Outcome if one.is_decision):
        return Came.DECIDED
    if found - {ItemOutcome.CARRIED_OVER}:
        return Came.DISCUSSED
    return Came.CARRIED_OVER if found else Came.NOTHING_YET


def provider_of(item: AgendaItem) -> Subject | None:
    """This function will give the provider that an item is about, if it is about one (PRV-01)."""
    subject = item.subject or item.group.subject
    body = subject.organisation if subject else None
    return subject if body is not None and Body(body.kind) not in AREAS else None


def _acted(room: Room) -> frozenset[UUID]:
    """The items under which an action was agreed, and those about whose subject one stands in the log since that day."""
    raised = Action.objects.filter(group=room.meeting.group_id, raised_on=room.on).exclude(subject=None)
    about = set(raised.order_by().values_list("subject", flat=True))
    providers = {one.pk: provider_of(one) for one in room.items}
    agreed = ItemAction.objects.filter(item__in=list(providers)).values_list("item", flat=True)
    return frozenset(agreed) | {item for item, subject in providers.items() if subject and subject.pk in about}


def _state(room: Room, number: int, item: AgendaItem, seen: Collection[UUID]) -> ItemState:
    wordings = list(item.wordings.all())
    there = {one.who for one in room.presences}
    waiting = unruled(str(item.pk), room.ties_to(item, there), room.interests.rulings)
    newest = wordings[-1] if wordings else None
    return ItemState(
        number=number,
        title=title_of(item) if item.pk in seen else CLOSED_TO_YOU,
        came=came_of(item),
        unruled=tuple(dict.fromkeys(room.names.get(one.person, one.person) for one in waiting)),
        has_inequalities=item.kind not in _ABOUT or bool(newest and newest.inequality),
        responsible=newest.responsible.display_name if newest and newest.responsible else "",
    )


def _referrals(ordered: Sequence[tuple[int, AgendaItem]], seen: Collection[UUID]) -> Iterator[Referral]:
    """What was suspected under each item, told by the item's name alone: the words themselves stay on its own page."""
    told = {
        item.pk: f"item {number}, {title_of(item)}" if item.pk in seen else CLOSED_TO_YOU for number, item in ordered
    }
    for one in Suspicion.objects.filter(item__in=list(told)).select_related("referral"):
        yield Referral(told[one.item_id], hasattr(one, "referral"))


def _subjects(
    ordered: Sequence[tuple[int, AgendaItem]],
    tellers: dict[UUID, ItemTeller],
    acted: Collection[UUID],
    seen: Collection[UUID],
) -> Iterator[SubjectState]:
    for number, item in ordered:
        subject, teller = provider_of(item), tellers.get(item.pk)
        if subject is None:
            continue
        yield SubjectState(
            name=f"{subject.name} (item {number})" if item.pk in seen else f"the provider of item {number}",
            is_provider=True,
            has_conclusion=came_of(item) is Came.DECIDED,
            has_actions=item.pk in acted,
            told_by=teller.told_by.name if teller and teller.told_by else "",
            not_yet=teller.not_yet if teller else "",
            review_on=teller.review_on if teller else None,
        )
