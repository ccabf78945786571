"""A funnel as it stands at a moment, frozen into a data pack: where bodies stand and limits run, and few of them by name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import isfinite
from typing import Any
from uuid import UUID

from sightline.core.indicators.funnels import LaidOut, Limits, Stand
from sightline.indicators.catalogue import Indicator
from sightline.indicators.models import Publication
from sightline.indicators.queries.pages import publications_of
from sightline.indicators.queries.peers import Peers
from sightline.meetings.words import NAMED_IN_A_FUNNEL


def funnel_facts(
    indicator: Indicator, peers: Peers, laid: LaidOut, whom: Mapping[UUID, str], expected: Mapping[UUID, str]
) -> dict[str, Any]:
    """This function will write down everything from which a funnel is drawn and told (DAT-01, DAT-03, REC-16).

    Named are the bodies of the pack (``whom``, ``expected``) and those furthest outside the limits. Of all others it
    keeps size and figure alone, so that a paper says no more of anybody than it shows.
    """
    own = {one.place for one in laid.stands if peers.units[one.place].subject in {**whom, **expected}}
    named = own | {one.place for one in laid.outside[:NAMED_IN_A_FUNNEL]}
    drawn = {peers.units[one.place].subject for one in laid.stands}
    return {
        "indicator": indicator.model_dump(mode="json"),
        "start": peers.start,
        "kind": peers.kind,
        "ratio": laid.ratio,
        "method": laid.method,
        "target": laid.target,
        "spread": laid.spread,
        "shown": laid.shown,
        "limits": [_limits(one) for one in laid.limits],
        "named": [
            {"name": peers.units[one.place].name, "own": one.place in own, **_stand(one)}
            for one in laid.stands
            if one.place in named
        ],
        "others": [[_short(one.size), _short(one.ratio), one.outside] for one in laid.stands if one.place not in named],
        "absent": peers.uncounted + len(peers.units) - len(laid.stands),
        "lacking": sorted(name for subject, name in expected.items() if subject not in drawn),
        "publication": latest(indicator.id, peers.start, peers.start),
    }


def latest(indicator: str, first: date, last: date) -> dict[str, Any]:
    """This function will name the newest publication that speaks of these periods."""
    found = next((one for one in publications_of(indicator) if _speaks(one, first, last)), None)
    return {"title": found.title, "published_on": found.published_on} if found else {}


def _speaks(publication: Publication, first_on: date, last_on: date) -> bool:
    first, last = publication.first_period, publication.last_period
    return first is not None and last is not None and first <= last_on and last >= first_on


def _stand(one: Stand) -> dict[str, Any]:
    ends = {"lower": _known(one.lower), "upper": _known(one.upper), "far": _known(one.far)}
    return {"size": one.size, "figure": one.ratio, "outside": one.outside, **ends}


def _limits(one: Limits) -> dict[str, Any]:
    lines = {"lower": [_known(at) for at in one.lower], "upper": [_known(at) for at in one.upper]}
    return {"level": one.level, "sizes": one.sizes, **lines}


def _known(value: float) -> float | None:
    """A number that a record can keep; nothing for one that is none, or without end."""
    return value + 0.0 if isfinite(value) else None  # nought has no sign in every database


def _short(value: float) -> float:
    """As exactly as it can be drawn."""
    return float(f"{value:.6g}")
