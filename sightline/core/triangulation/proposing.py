"""What the rules of the guidance pack propose where independent sources agree. A named person decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256

from sightline.core.rulebook import ProposalKind, ProposalRule
from sightline.core.signals import ROWS, Bearing, Dimension, Quadrant
from sightline.core.triangulation.evidence import Certainty, Evidence, keys_of, origins_of, spread_of
from sightline.core.triangulation.matrix import Matrix

SUBJECT_OF = {
    Dimension.SAFE: "safety",
    Dimension.EFFECTIVE: "effectiveness",
    Dimension.PERSONALISED: "people’s experience",
    Dimension.WELL_LED: "leadership",
    Dimension.SUSTAINABLE: "resources",
    Dimension.EQUITABLE: "equity",
}
PLACE_OF = {
    Quadrant.INTERNAL_QUANTITATIVE: "figures from inside",
    Quadrant.EXTERNAL_QUANTITATIVE: "figures from outside",
    Quadrant.INTERNAL_QUALITATIVE: "words from inside",
    Quadrant.EXTERNAL_QUALITATIVE: "words from outside",
}


class Family(StrEnum):
    """Kinds of proposal that answer one question: of these a row gets the strongest alone."""

    WORRY = "worry"
    GAP = "gap"
    GOOD = "good"


# Within a family, the weaker step first.
_STEPS: Mapping[Family, tuple[ProposalKind, ...]] = {
    Family.WORRY: (ProposalKind.ASK_FOR_INFORMATION, ProposalKind.DISCUSS, ProposalKind.TRIGGER_TOOL),
    Family.GAP: (ProposalKind.LOOK_FOR_INFORMATION,),
    Family.GOOD: (ProposalKind.NOTE_GOOD_PRACTICE,),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a rule proposes about one row, or about the whole subject where ``row`` is ``None``.

    ``also`` names further rows of which the very same evidence speaks: they make no proposals of their own.
    ``says`` is the rule's own sentence, ``explains`` how many sources, where and since when. ``keys`` cite the
    evidence that counted, and nothing else. ``fingerprint`` holds the rule, the row and the witnesses, these as
    hashes: it is stored with a decision, where readers may be who may not know who spoke.
    """

    rule: str
    kind: ProposalKind
    row: Dimension | None
    says: str
    explains: str
    cites: str
    keys: tuple[str, ...]
    origins: tuple[str, ...]
    quadrants: tuple[Quadrant, ...]
    since: date
    until: date
    fingerprint: str
    also: tuple[Dimension, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A rule that is met, with the evidence that meets it."""

    rule: ProposalRule
    row: Dimension | None
    evidence: tuple[Evidence, ...]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(one.key for one in self.evidence)


def family_of(rule: ProposalRule) -> Family:
    """This function will say which question a rule's proposal answers."""
    return next(family for family, steps in _STEPS.items() if rule.kind in steps)


def strength_of(rule: ProposalRule) -> tuple[int, ...]:
    """This function will give a rule's place among those of its family: what it asks for, then what it asks of."""
    needs = (rule.needs_change, rule.needs_soft, rule.needs_hard, rule.needs_qualitative, rule.lacks_figures)
    step = _STEPS[family_of(rule)].index(rule.kind)
    return (step, rule.sources_at_least, rule.quadrants_at_least, sum(needs), -rule.within_days)


def propose(
    name: str, matrix: Matrix, evidence: Iterable[Evidence], rules: Iterable[ProposalRule]
) -> tuple[Proposal, ...]:
    """This function will say what the rules propose about a subject (INT-04; QSG 2017 ¶33, ¶114, ¶116).

    Counted are origins, not voices, whose evidence is fresh in the matrix and within the rule's days. Where a rule
    asks for change, what was missed all along does not count towards it: most of the country may miss a standard.
    Hunches alone propose nothing, however many; beside a firmer source each counts. Good news never takes from a
    concern. Only a rule that lacks figures falls silent when figures come, good or bad: its question is answered.
    """
    fresh = frozenset(matrix.whole.keys)
    standing = [one for one in {each.key: each for each in evidence}.values() if one.key in fresh]
    places = [(rule, row) for rule in rules for row in (ROWS if rule.same_row else (None,))]
    found = [met for rule, row in places if (met := _met(rule, row, standing, matrix.on))]
    strongest = _strongest(found)
    kept = [one for one in strongest if not any(_covers(other, one) for other in strongest)]
    made = [_proposal(name, one, [other.row for other in strongest if _covers(one, other)]) for one in kept]
    return tuple(sorted(made, key=_place))


def stays_declined(proposal: Proposal, declined: Iterable[str], rules: Iterable[ProposalRule]) -> bool:
    """This function will say whether a proposal adds nothing to one that was declined before.

    ``declined`` holds fingerprints. It stays declined while no witness joins and nothing weightier is proposed; that a
    witness has grown old since is no news.
    """
    known = {rule.id: rule for rule in rules}
    now = known.get(proposal.rule)
    _, rows, witnesses = _parts(proposal.fingerprint)
    for one in declined:
        rule_then, rows_then, witnesses_then = _parts(one)
        then = known.get(rule_then)
        if now is None or then is None or family_of(then) is not family_of(now):
            continue
        # A judgement on one row says nothing about the whole, nor the other way round.
        same_place = bool(rows) is bool(rows_then) and rows <= rows_then
        if same_place and witnesses <= witnesses_then and _asks_no_more(now, then):
            return True
    return False


def _asks_no_more(now: ProposalRule, then: ProposalRule) -> bool:
    steps = _STEPS[family_of(now)]
    return steps.index(now.kind) <= steps.index(then.kind)


def _met(rule: ProposalRule, row: Dimension | None, standing: Sequence[Evidence], on: date) -> _Found | None:
    """The evidence by which a rule is met in a row, or nothing."""
    here = [one for one in standing if row is None or row in one.rows]
    counted = tuple(one for one in here if _counts(rule, one, on))
    is_met = (
        len(origins_of(counted)) >= rule.sources_at_least
        and _spread(counted) >= rule.quadrants_at_least
        and any(one.certainty is not Certainty.HUNCH for one in counted)
        and (not rule.needs_soft or not all(one.hard for one in counted))
        and (not rule.needs_hard or any(one.hard for one in counted))
        and (not rule.needs_qualitative or any(one.in_words for one in counted))
        and (not rule.lacks_figures or all(one.in_words for one in here))
    )
    return _Found(rule, row, counted) if is_met else None


def _counts(rule: ProposalRule, one: Evidence, on: date) -> bool:
    recent = one.until >= on - timedelta(days=rule.within_days)
    return recent and one.bearing is rule.bearing and (one.changed or not rule.needs_change)


def _spread(evidence: Sequence[Evidence]) -> int:
    return spread_of([one.origin for one in evidence if one.quadrant is quadrant] for quadrant in Quadrant)


def _strongest(found: Sequence[_Found]) -> list[_Found]:
    best: dict[tuple[Family, Dimension | None], _Found] = {}
    for one in sorted(found, key=lambda each: (strength_of(each.rule), each.rule.id)):
        best[family_of(one.rule), one.row] = one
    return list(best.values())


def _covers(one: _Found, other: _Found) -> bool:
    """Whether the other proposal would only repeat, of another row, what this one says."""
    if one is other or family_of(one.rule) is not family_of(other.rule) or not other.keys <= one.keys:
        return False
    if one.row is None or strength_of(one.rule) < strength_of(other.rule):
        return False  # the whole says less than a row: never where to look
    same = one.keys == other.keys and strength_of(one.rule) == strength_of(other.rule)
    return not same or other.row is None or ROWS.index(one.row) < ROWS.index(other.row)


def _proposal(name: str, found: _Found, also: Iterable[Dimension | None]) -> Proposal:
    origins, row = origins_of(found.evidence), found.row
    since = min(one.since for one in found.evidence)
    values = {
        "subject": name,
        "dimension": SUBJECT_OF[row] if row else "quality",
        "sources": _counted(len(origins)),
        "since": _day(since),
    }
    others = tuple(one for one in ROWS if one in set(also))
    return Proposal(
        rule=found.rule.id,
        kind=found.rule.kind,
        row=row,
        says=re.sub(r"\{(\w+)\}", lambda place: values.get(place[1], place[0]), found.rule.says),
        explains=_explained(found, others),
        cites=found.rule.cites,
        keys=keys_of(found.evidence),
        origins=origins,
        quadrants=_quadrants(found),
        since=since,
        until=max(one.until for one in found.evidence),
        fingerprint=_fingerprint(found.rule.id, (row, *others) if row else (), origins),
        also=others,
    )


def _explained(found: _Found, also: Sequence[Dimension]) -> str:
    """How many witnesses, on what, where they stand, since when: the sentence beside every proposal."""
    sources = len(origins_of(found.evidence))
    verb = "speaks" if sources == 1 else "speak"
    news = "an improvement in" if found.rule.bearing is Bearing.IMPROVEMENT else "a concern about"
    about = SUBJECT_OF[found.row] if found.row else "quality"
    places = [PLACE_OF[one] for one in _quadrants(found)]
    if any(one.quadrant is None for one in found.evidence):
        places.append("a source that nobody has placed")
    since, until = min(one.since for one in found.evidence), max(one.until for one in found.evidence)
    hunches = sources - len(origins_of(one for one in found.evidence if one.certainty is not Certainty.HUNCH))
    unsure = f" {hunches} of them {'has' if hunches == 1 else 'have'} only a hunch." if hunches else ""
    more = f" The same evidence also bears on {_listed([SUBJECT_OF[one] for one in also])}." if also else ""
    return (
        f"{_counted(sources).capitalize()} {verb} of {news} {about}, in {_listed(places)}. "
        f"The oldest began on {_day(since)}; the newest evidence is of {_day(until)}.{unsure}{more}"
    )


def _quadrants(found: _Found) -> tuple[Quadrant, ...]:
    return tuple(one for one in Quadrant if any(each.quadrant is one for each in found.evidence))


def _counted(sources: int) -> str:
    return f"{sources} independent source{'' if sources == 1 else 's'}"


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _fingerprint(rule: str, rows: Iterable[Dimension], origins: Iterable[str]) -> str:
    witnesses = ".".join(sorted(sha256(origin.encode()).hexdigest()[:16] for origin in origins))
    return f"{rule}|{'+'.join(sorted(row.value for row in rows))}|{witnesses}"


def _parts(fingerprint: str) -> tuple[str, frozenset[str], frozenset[str]]:
    """The rule, the rows (none for the whole subject) and the witnesses."""
    rule, rows, witnesses = fingerprint.split("|")
    return rule, frozenset(filter(None, rows.split("+"))), frozenset(witnesses.split("."))


def _place(proposal: Proposal) -> tuple[int, int, int, str]:
    """What weighs most first; then in the order of the rows, the whole last."""
    steps = [kind for steps in _STEPS.values() for kind in reversed(steps)]
    row = ROWS.index(proposal.row) if proposal.row else len(ROWS)
    return (steps.index(proposal.kind), -len(proposal.origins), row, proposal.rule)
