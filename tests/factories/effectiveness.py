"""Reviews of a group's own work for tests, as though they had been answered long ago."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sightline.accounts.models import Person
from sightline.groups.models import EffectivenessReview, Group, ReviewAnswered, ReviewAsked, ReviewTally
from tests.factories.accounts import LONG_AGO

STATEMENTS = (
    {"id": "trust", "name": "High trust", "says": "We can talk openly.", "cites": "SQG 2022 footnote 11"},
    {"id": "voice", "name": "Inclusive", "says": "Everybody takes part.", "cites": "SQG 2022 footnote 11"},
)


def a_review(
    group: Group,
    last_day: date,
    asked: Iterable[Person] = (),
    answered: Iterable[Person] = (),
    counts: dict[str, Sequence[int]] | None = None,
    words: Sequence[str] = (),
    **more: Any,
) -> EffectivenessReview:
    """This function will make a review of three weeks; ``counts`` gives each statement its six numbers."""
    done = {one.pk for one in answered}
    given = {
        "pack": "sqg-2022",
        "edition": "sqg-2022 v1",
        "questionnaire": "characteristics",
        "title": "What an effective group is like",
        "statements": list(STATEMENTS),
        "fewest": 5,
        "opened_on": last_day - timedelta(days=21),
        "recorded_by": "operator:test",
        **more,
    }
    review = EffectivenessReview.objects.create(group=group, last_day=last_day, recorded_at=LONG_AGO, **given)
    rows = counts or {one["id"]: (0, 0, 0, 0, len(done), 0) for one in review.statements}
    ReviewTally.objects.create(
        review=review,
        answered=sum(next(iter(rows.values()))),
        counts={key: list(row) for key, row in rows.items()},
        words=sorted(words),
    )
    for one in asked:
        row = ReviewAsked.objects.create(review=review, person=one)
        if one.pk in done:
            ReviewAnswered.objects.create(asked=row)
    return review
