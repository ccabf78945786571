"""The clocks of one subject: a long stay in every way of counting it, risks that came back, and what is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sightline.core.rulebook.clocks import Clock, ClockId, Counting
from sightline.core.surveillance.clocks import Due, LongStay, Recurrence, long_stay, recurs, reviews_due
from sightline.core.surveillance.facts import History, Standing
from sightline.directory.models import Subject
from sightline.surveillance.models import Concern, LevelDecision, LevelReview
from sightline.surveillance.queries.standing import Guidance, history_of


@dataclass(frozen=True, slots=True)
class Reading:
    """A long stay by one way of counting quarters; ``is_taken`` where the house counts so (SUR-08)."""

    name: str
    is_taken: bool
    stay: LongStay


@dataclass(frozen=True, slots=True)
class SubjectClocks:
    """What runs for a subject on a day. ``long_stay`` is nothing where the clock is off or it is not at its levels."""

    standing: Standing
    long_stay: LongStay | None
    readings: tuple[Reading, ...]
    recurrences: tuple[tuple[Concern, Recurrence], ...]
    due: tuple[Due, ...]

    @property
    def is_long(self) -> bool:
        """This function will say whether the stay is long, as the house counts."""
        return self.long_stay is not None and self.long_stay.is_long


def clocks_of(
    subject: Subject, guidance: Guidance, on: date, *, last: Mapping[ClockId, date] | None = None
) -> SubjectClocks:
    """This function will work out every clock of a subject on a day (SUR-07 to SUR-09, RSK-07).

    ``last`` says when something was last done of which this stage knows nothing, such as an update to the region.
    """
    history = history_of(subject.pk)
    standing = history.standing(guidance.levels, on)
    clock = guidance.clocks.clock(ClockId.LONG_STAY)
    stay = long_stay(clock, history, guidance.pack, on) if clock else None
    return SubjectClocks(
        standing,
        stay,
        readings(clock, history, guidance.pack, on) if clock and stay else (),
        _recurrences(subject, guidance, on),
        due_at(guidance, standing, newest_decision(subject), on, last),
    )


def readings(clock: Clock, history: History, pack: str, on: date) -> tuple[Reading, ...]:
    """This function will count a long stay in each way that the sentence can be read, and say which is taken (SUR-08)."""
    setting = next(one for one in clock.settings if one.id == "counting")
    found = []
    for choice in setting.choices:
        other = setting.model_copy(update={"chosen": Counting(choice.id).value})
        settings = tuple(other if one.id == "counting" else one for one in clock.settings)
        stay = long_stay(clock.model_copy(update={"settings": settings}), history, pack, on)
        if stay is not None:
            found.append(Reading(choice.name, choice.id == setting.chosen, stay))
    return tuple(found)


def newest_decision(subject: Subject) -> LevelDecision | None:
    """This function will give the decision by which a subject stands where it does, its reviews with it."""
    rows = LevelDecision.objects.filter(subject=subject).order_by("-number")
    return rows.prefetch_related("reviews").first()


def due_at(
    guidance: Guidance,
    standing: Standing,
    decision: LevelDecision | None,
    on: date,
    last: Mapping[ClockId, date] | None = None,
) -> tuple[Due, ...]:
    """This function will give what falls due at the level at which a subject stands, the earliest first (SUR-09)."""
    if decision is None or standing.since is None:
        return ()
    review = last_review(decision)
    done = dict.fromkeys((one.id for one in guidance.clocks.clocks), standing.since)
    if review is not None:
        done[ClockId.LEVEL_REVIEW] = review.reviewed_on
    done |= dict(last or {})
    set_for = review.next_review_on if review is not None else decision.next_review_on
    return reviews_due(guidance.clocks, standing.level.id, done, on, set_for)


def last_review(decision: LevelDecision) -> LevelReview | None:
    """This function will give the newest review of a decision."""
    return max(decision.reviews.all(), key=lambda one: (one.reviewed_on, one.recorded_at), default=None)


def _recurrences(subject: Subject, guidance: Guidance, on: date) -> tuple[tuple[Concern, Recurrence], ...]:
    """Concerns that somebody named as the return of one that was closed, as far as the window takes them in (RSK-07)."""
    clock = guidance.clocks.clock(ClockId.RECURRENCE)
    if clock is None:
        return ()
    rows = Concern.objects.filter(subject=subject, raised_on__lte=on, follows__ending__isnull=False, ending=None)
    found = []
    for one in rows.select_related("follows__ending"):
        assert one.follows is not None
        again = recurs(clock, guidance.levels.triggers, one.follows.ending.ended_on, one.raised_on)
        if again is not None:
            found.append((one, again))
    return tuple(found)
