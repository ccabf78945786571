"""The oversight segment of a trust or an ICB by framework year, and the Recovery Support Programme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sightline.core.verdict import ALLOWED, Verdict, refused


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment as published: its number means something only within the framework of its year (ORG-16)."""

    framework_year: str
    number: int
    since: date
    source: str
    until: date | None = None  # the first day on which it no longer counts


@dataclass(frozen=True, slots=True)
class RecoverySupport:
    """Time in the NHS Recovery Support Programme, and who its (System) Improvement Director is (ORG-17)."""

    since: date
    until: date | None = None
    director: str = ""


class SegmentChange(StrEnum):
    """How a segment changed; a lower number stands for less support or intervention."""

    LESS_SUPPORT = "less-support"
    MORE_SUPPORT = "more-support"
    SAME = "same"


def segment_on(segments: Iterable[Segment], day: date) -> Segment | None:
    """This function will give the segment that counted on a day (ORG-16); the latest where several did."""
    counting = [one for one in segments if one.since <= day and (one.until is None or day < one.until)]
    return max(counting, key=lambda one: one.since, default=None)


def may_compare(one: Segment, other: Segment) -> Verdict:
    """This function will say whether two segments may be set side by side: only within one framework year (ORG-16)."""
    if one.framework_year == other.framework_year:
        return ALLOWED
    says = (
        f"Segment {one.number} is of {one.framework_year} and segment {other.number} of {other.framework_year}. The numbers "
        "were given a new meaning in between, so tell each with its year and do not compare them."
    )
    return refused(says, "local")


def change(before: Segment, after: Segment) -> SegmentChange | None:
    """This function will say how a segment changed; nothing where the two cannot be compared."""
    if not may_compare(before, after):
        return None
    if before.number == after.number:
        return SegmentChange.SAME
    return SegmentChange.MORE_SUPPORT if after.number > before.number else SegmentChange.LESS_SUPPORT


def support_on(programmes: Iterable[RecoverySupport], day: date) -> RecoverySupport | None:
    """This function will give the time in the Recovery Support Programme that holds a day (ORG-17)."""
    return next((one for one in programmes if one.since <= day and (one.until is None or day < one.until)), None)


def names_its_director(support: RecoverySupport) -> Verdict:
    """This function will say whether it is known whom to consult before a plan is agreed (ORG-17)."""
    if support.director.strip():
        return ALLOWED
    says = "It is in the Recovery Support Programme and no Improvement Director is on record. Name the one to be consulted."
    return refused(says, "NQB risk response 2022, Core components")
