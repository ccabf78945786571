"""From the regulator's ratings to signals: a low rating is a concern, a higher one than before an improvement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sightline.core.signals import Bearing, Side, SignalKind
from sightline.core.signals import Signal as Noticed
from sightline.directory.models import Subject
from sightline.indicators.models import Rating

OVERALL = "cqc-overall-rating"
SITES = "cqc-sites-below-good"
MEASURES = (OVERALL, SITES)
SOURCE = "cqc_api"
RANK = {"inadequate": 0, "requires improvement": 1, "good": 2, "outstanding": 3}
GOOD = RANK["good"]


def rating_signals(ratings: Iterable[Rating], operators: Mapping[str, Subject]) -> dict[str, list[Noticed]]:
    """This function will give, by measure, what the latest overall ratings say.

    Each body has at most one signal of its own: below good is a concern, whether it rose or fell; good or better
    is an improvement when the rating before it was lower. Whoever runs sites that are below good has one more,
    which counts them: a chain goes wrong across its homes before anyone rates the chain.
    """
    chains: dict[str, list[Rating]] = {}
    for rating in sorted(ratings, key=lambda one: one.published_on):
        # "Not rated" and its like are no judgement and say nothing.
        if rating.about == "overall" and not rating.service and rating.rating.casefold() in RANK:
            chains.setdefault(rating.subject.key, []).append(rating)
    own = [_own(key, chain) for key, chain in chains.items()]
    by_operator: dict[str, list[Rating]] = {}
    for key, chain in chains.items():
        if key in operators and operators[key].key != key:
            by_operator.setdefault(operators[key].key, []).append(chain[-1])
    sites = [_sites(key, latest) for key, latest in by_operator.items()]
    return {OVERALL: [s for s in own if s is not None], SITES: [s for s in sites if s is not None]}


def _own(key: str, chain: Sequence[Rating]) -> Noticed | None:
    latest = chain[-1]
    rank = _rank(latest)
    before = next((_rank(one) for one in reversed(chain[:-1]) if _rank(one) != rank), None)
    if rank < GOOD:
        bearing = Bearing.CONCERN
    elif before is not None and rank > before:
        bearing = Bearing.IMPROVEMENT
    else:
        return None
    side = Side.LOW if bearing is Bearing.CONCERN else Side.HIGH
    return _noticed(key, OVERALL, bearing, side, _first_of_run(chain), latest, 1, float(rank))


def _sites(key: str, latest: Sequence[Rating]) -> Noticed | None:
    low = [one for one in latest if _rank(one) < GOOD]
    if not low:
        return None
    newest = max(low, key=lambda one: one.published_on)
    first = min(one.published_on for one in low)
    return _noticed(key, SITES, Bearing.CONCERN, Side.LOW, first, newest, len(low), float(len(latest)))


def _noticed(
    key: str, measure: str, bearing: Bearing, side: Side, since: date, latest: Rating, periods: int, value: float
) -> Noticed:
    return Noticed(
        subject=key,
        measure=measure,
        kind=SignalKind.RATING,
        bearing=bearing,
        since=since,
        until=latest.published_on,
        periods=periods,
        source=SOURCE,
        publication=str(latest.publication_id),
        side=side,
        value=value,
    )


def _rank(rating: Rating) -> int:
    return RANK[rating.rating.casefold()]


def _first_of_run(chain: Sequence[Rating]) -> date:
    """The day since when the latest rating has stood, however often it was confirmed."""
    first = chain[-1]
    for rating in reversed(chain):
        if _rank(rating) != _rank(first):
            break
        first = rating
    return first.published_on
