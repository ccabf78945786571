"""How each kind of record goes that can be disposed of, by two people.

A kind that is not here is kept: too much that stays was made from its words. What another record that stays rests on
is in the way of disposal; the database refuses to take it out besides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sightline.core.records.retaining import may_go
from sightline.core.rulebook.keeping import RecordKind
from sightline.core.verdict import Verdict
from sightline.records.giving import What
from sightline.records.queries.going.improvement import PLAN, REVIEW
from sightline.records.queries.going.points import KEY_POINTS
from sightline.records.queries.going.reports import REPORT
from sightline.records.queries.going.requests import REQUEST
from sightline.records.queries.going.risks import RISK
from sightline.records.queries.going.shape import Going

__all__ = ["GOING", "Going", "verdicts", "what_of"]

GOING: Mapping[RecordKind, Going] = {
    RecordKind.REQUEST: REQUEST,
    RecordKind.REPORT: REPORT,
    RecordKind.KEY_POINTS: KEY_POINTS,
    RecordKind.RISK: RISK,
    RecordKind.PLAN: PLAN,
    RecordKind.REVIEW: REVIEW,
}


def verdicts(kind: RecordKind, records: Sequence[Any], years: int | None, on: date) -> Mapping[Any, Verdict]:
    """This function will say of records of one kind, by key, whether what stands around them lets them go."""
    if kind not in GOING or not records:
        return {}
    return {
        key: may_go(older=one.older, is_leaned_on=one.is_leaned_on, worked_on=one.worked_on, years=years, on=on)
        for key, one in GOING[kind].around(records).items()
    }


def what_of(kind: RecordKind, record: Any) -> What | None:
    """This function will name a record for a proposal to dispose of it; nothing for a kind that is not disposed of."""
    return GOING[kind].what(record) if kind in GOING else None
