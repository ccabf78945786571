"""Marks: which rules a point fulfils and on which side, all of them, in one byte.

The four rules of the block kernel fill the byte. The charts of ``charts.py`` know more rules; theirs follow in the
bits above it, so that one reading serves both.
"""

from __future__ import annotations

from enum import IntFlag
from functools import cache

from sightline.core.signals import Rule, Side


class Mark(IntFlag):
    """One bit for each rule and side, in order of priority: the lowest bit set is the leading cause.

    The order outside, trend, two of three, shift is the one that the reference vectors record. A rising trend
    is on the high side and a falling one on the low side, wherever its points lie.
    """

    OUTSIDE_HIGH = 1
    OUTSIDE_LOW = 2
    TREND_HIGH = 4
    TREND_LOW = 8
    TWO_OF_THREE_HIGH = 16
    TWO_OF_THREE_LOW = 32
    SHIFT_HIGH = 64
    SHIFT_LOW = 128


_RULES = (
    *(Rule.OUTSIDE, Rule.TREND, Rule.TWO_OF_THREE, Rule.SHIFT),
    *(Rule.MOVING_RANGE, Rule.FOUR_OF_FIVE, Rule.WITHIN, Rule.BEYOND, Rule.ALTERNATING, Rule.LONG_RUN),
)
_SIDES = (Side.HIGH, Side.LOW)
# Rules about the pattern as a whole, which speaks for neither side.
SIDELESS = frozenset({Rule.WITHIN, Rule.BEYOND, Rule.ALTERNATING})
ANY_HIGH = 0b01010101
ANY_LOW = 0b10101010


def mark(rule: Rule, side: Side) -> int:
    """This function will give the bit that stands for one rule on one side; rules without a side use one bit."""
    return 1 << (2 * _RULES.index(rule) + (side is Side.LOW))


@cache
def causes(marks: int) -> tuple[tuple[Rule, Side], ...]:
    """This function will spell out the bits of one point as rules and sides, the leading one first."""
    return tuple(
        (rule, side)
        for rule in _RULES
        for side in ((Side.NONE,) if rule in SIDELESS else _SIDES)
        if marks & mark(rule, side)
    )


@cache
def rules_on(marks: int, side: Side) -> tuple[Rule, ...]:
    """This function will name the rules that one point fulfils on one side."""
    return tuple(rule for rule, at in causes(marks) if at is side)


@cache
def sides(marks: int) -> tuple[Side, ...]:
    """This function will name the sides on which one point shows special cause, that of the leading rule first."""
    found = dict.fromkeys(side for _, side in causes(marks))
    return tuple(found)
