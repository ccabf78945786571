"""The rules of triangulation once more, slow and obvious, to hold the real ones against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import product

from sightline.core.rulebook import Freshness, ProposalRule
from sightline.core.signals import ROWS, Bearing, Dimension, Quadrant
from sightline.core.triangulation.blindness import BlindTally, Expected, blind_spots
from sightline.core.triangulation.evidence import Certainty, Evidence
from sightline.core.triangulation.matrix import lay_out


def spread_slowly(places: Sequence[Sequence[str]]) -> int:
    """This function will try every way to seat one witness, or nobody, in each place."""
    seatings = product(*[[None, *place] for place in places])
    taken = ([one for one in seating if one is not None] for seating in seatings)
    return max(len(seats) for seats in taken if len(seats) == len(set(seats)))


def fresh_slowly(evidence: Iterable[Evidence], on: date, freshness: Freshness) -> list[Evidence]:
    """This function will keep what is fresh, by counting days; what nobody placed has the longest time."""
    longest = max(age.days for age in freshness.ages)
    days = {age.quadrant: age.days for age in freshness.ages}
    return [one for one in evidence if (on - one.until).days <= (days[one.quadrant] if one.quadrant else longest)]


def voices_slowly(
    evidence: Iterable[Evidence], row: Dimension | None, quadrant: Quadrant | None, bearing: Bearing
) -> list[str]:
    """This function will name who speaks in one cell in one way, each once."""
    heard: list[str] = []
    for one in evidence:
        fits = (row is None or row in one.rows) and one.quadrant == quadrant and one.bearing == bearing
        if fits and one.origin not in heard:
            heard.append(one.origin)
    return sorted(heard)


def met_slowly(
    rule: ProposalRule, row: Dimension | None, evidence: Iterable[Evidence], on: date, freshness: Freshness
) -> list[Evidence] | None:
    """This function will say by which evidence a rule is met in a row, one requirement after the other."""
    here = [one for one in fresh_slowly(evidence, on, freshness) if row is None or row in one.rows]
    counted = [one for one in here if one.bearing == rule.bearing]
    counted = [one for one in counted if one.until >= on - timedelta(days=rule.within_days)]
    if rule.needs_change:
        counted = [one for one in counted if one.changed]
    if len({one.origin for one in counted}) < rule.sources_at_least:
        return None
    if spread_slowly([sorted({e.origin for e in counted if e.quadrant == q}) for q in Quadrant]) < (
        rule.quadrants_at_least
    ):
        return None
    if all(one.certainty == Certainty.HUNCH for one in counted):
        return None
    soft = {one.origin for one in counted if not one.hard}
    hard = {one.origin for one in counted if one.hard}
    if (rule.needs_soft and not soft) or (rule.needs_hard and not hard):
        return None
    if rule.needs_qualitative and not any(one.in_words for one in counted):
        return None
    if rule.lacks_figures and any(not one.in_words for one in here):
        return None
    return counted


def all_met_slowly(
    rules: Iterable[ProposalRule], evidence: Sequence[Evidence], on: date, freshness: Freshness
) -> dict[tuple[str, Dimension | None], set[str]]:
    """This function will name every rule and row that is met, weaker ones too, with the keys that meet it."""
    found = {}
    for rule in rules:
        for row in ROWS if rule.same_row else (None,):
            counted = met_slowly(rule, row, evidence, on, freshness)
            if counted is not None:
                found[rule.id, row] = {one.key for one in counted}
    return found


def count_blind_slowly(
    evidence: Sequence[Evidence], expected: dict[str, Expected], on: date, freshness: Freshness
) -> list[BlindTally]:
    """This function will lay out one matrix for each subject and count its blind spots."""
    tallies = []
    for subject, cells in expected.items():
        matrix = lay_out([one for one in evidence if one.subject == subject], on, freshness)
        kinds = [spot.kind.value for spot in blind_spots(matrix, freshness, cells)]
        tallies.append(BlindTally(subject, *(kinds.count(kind) for kind in ("nothing", "stale", "single"))))
    return sorted(tallies, key=lambda one: (-one.nothing, -one.stale, -one.single, one.subject))
