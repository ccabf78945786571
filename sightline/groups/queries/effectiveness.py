"""Reads of the reviews of a group's work: what waits for whom, and results once they may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet

from sightline.accounts.models import Person
from sightline.core.access import Actor, Permission, may
from sightline.core.groups.effectiveness import Outcome, may_show, outcome
from sightline.core.groups.sitting import PARTS_OF_MEMBERS
from sightline.core.rulebook.clocks import later_by
from sightline.core.rulebook.effectiveness import AnsweredBy, Effectiveness, Questionnaire
from sightline.core.verdict import Verdict
from sightline.groups.membership import keeps_members, reads_members
from sightline.groups.models import (
    ChairSelfReview,
    EffectivenessReview,
    Group,
    GroupReflection,
    ReviewAsked,
    Seating,
)
from sightline.groups.queries.interests import conflicts_of
from sightline.groups.queries.standing_pages import pack_of_group
from sightline.groups.queries.terms import presides
from sightline.rulebook.queries import PartInForce, part_of, part_with_origin, standing_on

PAST = 5  # closed reviews of one questionnaire that a page holds against each other
LISTED = 20  # reflections on a page
READ = 100  # reviews of a group that a page goes through, the newest first


@dataclass(frozen=True, slots=True)
class Instrument:
    """One questionnaire as it counts on a day: with its guidance, and from how many answers on results are shown."""

    part: PartInForce
    content: Effectiveness
    questionnaire: Questionnaire

    @property
    def key(self) -> str:
        """The word by which a form names it."""
        return f"{self.part.pack.id}:{self.questionnaire.id}"


@dataclass(frozen=True, slots=True)
class ReviewView:
    """One review: how many were asked and answered, whether results are shown, and if so which.

    ``outcomes`` is by the id of the statement; nothing of one of which too few had something to say. ``words`` is empty
    for whoever may not read them.
    """

    review: EffectivenessReview
    asked: int
    answered: int
    shown: Verdict
    outcomes: Mapping[str, Outcome | None]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupEffectiveness:
    """What the page of a group's work tells: what is open, what closed, what was made of it, and when it is due again."""

    open_now: tuple[ReviewView, ...]
    closed: tuple[ReviewView, ...]
    reflections: tuple[GroupReflection, ...]
    shared: tuple[ChairSelfReview, ...]
    due_on: date
    months: int
    cites: str


def rules_of_group(group: Group, on: date) -> PartInForce:
    """This function will give how a group looks at its own work: by its guidance, or by the next that says so."""
    found = part_of(pack_of_group(group, on), "effectiveness", on) or part_with_origin("effectiveness", on)
    assert found is not None, "the newest guidance has it"
    return found


def instruments(group: Group, answered_by: AnsweredBy, on: date) -> tuple[Instrument, ...]:
    """This function will give the questionnaires that a group may use, those of its own guidance first."""
    own = rules_of_group(group, on)
    others = [
        one
        for parts in standing_on(on).values()
        for one in parts
        if one.name == "effectiveness" and one.pack.id != own.pack.id
    ]
    return tuple(
        Instrument(part, _content(part), one) for part in (own, *others) for one in _content(part).of(answered_by)
    )


def _content(part: PartInForce) -> Effectiveness:
    assert isinstance(part.content, Effectiveness)
    return part.content


def may_lead(actor: Actor, group: Group, on: date) -> bool:
    """This function will say whether somebody opens reviews of a group and reads what people would change.

    Whoever keeps the group does, and whoever chairs it.
    """
    return keeps_members(actor, group, on) or (reads_members(actor, group, on) and presides(actor, group, on))


def members_to_ask(group: Group, on: date) -> tuple[Person, ...]:
    """This function will give whom a review asks: whoever sits in the group as a member, and who stands in for them."""
    parts = [one.value for one in PARTS_OF_MEMBERS]
    sits = Seating.objects.in_force(on).filter(seat__group=group, seat__part__in=parts).select_related("person")
    people = {one.person_id: one.person for one in sits.prefetch_related("person__role_grants")}
    found = (one for one in people.values() if may(one, Permission.SHARE_INTELLIGENCE, on))
    return tuple(sorted(found, key=lambda one: str(one.pk)))


def waiting_reviews(actor: Actor, on: date) -> QuerySet[EffectivenessReview]:
    """This function will give the reviews that somebody was asked in and has not answered, where they still sit."""
    if not isinstance(actor, Person):
        return EffectivenessReview.objects.none()
    asked = ReviewAsked.objects.filter(person=actor, answered=None).order_by()
    sits = Seating.objects.in_force(on).filter(person=actor).order_by()
    found = EffectivenessReview.objects.filter(
        pk__in=asked.values("review"), group__in=sits.values("seat__group"), opened_on__lte=on, last_day__gte=on
    )
    if closed := conflicts_of(actor, on):
        found = found.exclude(group__subject__in=closed)
    return found.select_related("group").order_by("last_day", "pk")


def answered_by(actor: Actor, views: Iterable[ReviewView]) -> frozenset[UUID]:
    """This function will give those of some reviews that somebody has answered."""
    if not isinstance(actor, Person):
        return frozenset()
    ids = [one.review.pk for one in views]
    found = ReviewAsked.objects.filter(person=actor, review__in=ids, answered__isnull=False)
    return frozenset(found.values_list("review", flat=True))


def may_open_review(person: Person, review_id: UUID, on: date) -> bool:
    """This function will say whether a review still waits for somebody."""
    may_say = bool(may(person, Permission.SHARE_INTELLIGENCE, on))
    return may_say and waiting_reviews(person, on).filter(pk=review_id).exists()


def effectiveness_of(actor: Actor, group: Group, on: date) -> GroupEffectiveness:
    """This function will gather what a reader of a group may know of how it works (LRN-02, MTG-26)."""
    leads = may_lead(actor, group, on)
    rows = EffectivenessReview.objects.filter(group=group).select_related("tally")
    counted = rows.annotate(asked_count=Count("asked")).order_by("-last_day", "-recorded_at", "pk")
    views = [_view(one, on, leads) for one in counted[:READ]]
    closed = [one for one in views if not one.review.is_open(on)]
    rules = rules_of_group(group, on)
    content = _content(rules)
    last = max((one.review.last_day for one in views), default=group.begun_on)
    return GroupEffectiveness(
        open_now=tuple(one for one in views if one.review.is_open(on)),
        closed=tuple(closed),
        reflections=tuple(GroupReflection.objects.filter(group=group)[:LISTED]),
        shared=tuple(self_reviews(group).filter(sharing__isnull=False)[:LISTED]),
        due_on=later_by(last, content.rhythm.months),
        months=content.rhythm.months,
        cites=content.rhythm.cites,
    )


def _view(review: EffectivenessReview, on: date, reads_words: bool) -> ReviewView:
    tally = review.tally
    shown = may_show(last_day=review.last_day, answered=tally.answered, fewest=review.fewest, on=on)
    outcomes = {key: outcome(row, review.fewest) for key, row in tally.counts.items()} if shown else {}
    return ReviewView(
        review=review,
        asked=getattr(review, "asked_count", 0),
        answered=tally.answered,
        shown=shown,
        outcomes=outcomes,
        words=tuple(tally.words) if shown and reads_words else (),
    )


def by_questionnaire(closed: Iterable[ReviewView]) -> list[list[ReviewView]]:
    """This function will part closed reviews by what was asked, each list the newest first."""
    found: dict[tuple[str, str], list[ReviewView]] = {}
    for one in closed:
        found.setdefault((one.review.pack, one.review.questionnaire), []).append(one)
    return [some[:PAST] for some in found.values()]


def self_reviews(group: Group) -> QuerySet[ChairSelfReview]:
    """This function will give what those who chair a group think of their own chairing, the newest first."""
    return ChairSelfReview.objects.filter(group=group).select_related("person", "sharing")


def own_self_reviews(actor: Actor, group: Group) -> tuple[ChairSelfReview, ...]:
    """This function will give somebody their own: nobody else is ever given them here (LRN-05)."""
    if not isinstance(actor, Person):
        return ()
    return tuple(self_reviews(group).filter(person=actor)[:LISTED])


def own_self_review(actor: Actor, review_id: UUID) -> ChairSelfReview | None:
    """This function will find one of somebody's own; to anybody else it is as if it were not there."""
    if not isinstance(actor, Person):
        return None
    found = ChairSelfReview.objects.select_related("group__area", "group__subject", "person", "sharing")
    return found.filter(pk=review_id, person=actor).first()
