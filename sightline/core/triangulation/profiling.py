"""The rules of a structured risk profile: where both sides differ, who may sign, what voids it, when it is reviewed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sightline.core.rulebook.tools import RiskBand, RiskProfile
from sightline.core.verdict import ALLOWED, Verdict, refused

SOURCE = "QSG 2017, box after ¶122"


class Side(StrEnum):
    """The two who work on a profile together; each writes its own side, and nobody writes the other's."""

    COMMISSIONER = "commissioner"
    PROVIDER = "provider"

    @property
    def other(self) -> Side:
        """The side that this one is not."""
        return Side.PROVIDER if self is Side.COMMISSIONER else Side.COMMISSIONER


class Status(StrEnum):
    """How far a profile has come."""

    DRAFT = "draft"
    SHARED = "shared"
    SIGNED_BY_ONE = "signed_by_one"
    AGREED = "agreed"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Assessed:
    """What one side wrote about one domain; ``number`` counts its versions from 1. No score means not judged yet."""

    domain: str
    side: Side
    number: int
    evidence_for: str = ""
    evidence_against: str = ""
    good_practice: str = ""
    view: str = ""
    measures: tuple[str, ...] = ()
    likelihood: int | None = None
    consequence: int | None = None
    confidence: str = ""
    signals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature: whose, for which side, and on which text."""

    side: Side
    by: str
    content_hash: str
    at: datetime


def content_hash(template: str, assessed: Iterable[Assessed]) -> str:
    """This function will make the hash to which a signature binds: the template and all that both sides share.

    The numbers of the versions are part of it, so that whoever writes something and then takes it back has changed it.
    """
    rows = [
        [
            one.domain, one.side.value, one.number, one.evidence_for, one.evidence_against, one.good_practice, one.view,
            list(one.measures), one.likelihood, one.consequence, one.confidence, list(one.signals),
        ]
        for one in sorted(assessed, key=lambda one: (one.domain, one.side, one.number))
    ]  # fmt: skip
    text = json.dumps([template, rows], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def standing(signed: Iterable[Signed], now: str) -> dict[Side, Signed]:
    """This function will give the signatures that hold: those on the text as it now is. Any later change voids them."""
    return {one.side: one for one in sorted(signed, key=lambda one: one.at) if one.content_hash == now}


def agreed_at(signed: Iterable[Signed], now: str) -> datetime | None:
    """This function will say since when both sides have signed the text as it now is; None where they have not."""
    held = standing(signed, now)
    return max(one.at for one in held.values()) if len(held) == len(Side) else None


def status_of(
    *, is_shared: bool, signed: Iterable[Signed], now: str, is_followed: bool, follower_is_agreed: bool
) -> Status:
    """This function will say how far a profile has come.

    An agreed profile holds until the one that follows it is agreed too; one that never was agreed gives way at once.
    """
    held = standing(signed, now) if is_shared else {}
    agreed = len(held) == len(Side)
    if is_followed and (follower_is_agreed or not agreed):
        return Status.SUPERSEDED
    if agreed:
        return Status.AGREED
    if held:
        return Status.SIGNED_BY_ONE
    return Status.SHARED if is_shared else Status.DRAFT


def may_write(side: Side, is_shared: bool, is_followed: bool) -> Verdict:
    """This function will say whether a side may write: the provider once it was shared, nobody once it was followed."""
    verdict = ALLOWED
    if is_followed:
        verdict &= refused("A newer profile of this subject was started. Write in that one.", SOURCE)
    if side is Side.PROVIDER and not is_shared:
        verdict &= refused("It has not been shared with the provider yet.", SOURCE)
    return verdict


@dataclass(frozen=True, slots=True)
class Signing:
    """What the rule of signing must know. ``seen`` is the hash of the text that the signer had before
    them, ``current`` of the text as it now is."""

    side: Side
    by: str
    seen: str
    current: str
    signed: tuple[Signed, ...] = ()
    is_shared: bool = True
    is_followed: bool = False
    unwritten: tuple[str, ...] = ()  # names of domains about which the commissioner's side says nothing yet
    unshared: tuple[str, ...] = ()  # names of domains in which it wrote something that was not shared


def may_sign(asked: Signing) -> Verdict:
    """This function will say whether somebody may sign a profile for their side (RSK-10; QSG 2017, box after ¶122).

    The two sides are two people, each signs what both can read, and each signs what they have seen.
    """
    verdict = may_write(asked.side, asked.is_shared, asked.is_followed)
    if asked.side is Side.COMMISSIONER and not asked.is_shared:
        verdict &= refused("Share it with the provider first: what only one side can read cannot be agreed.", SOURCE)
    if asked.unwritten:
        verdict &= refused(f"Nothing is shared yet about: {', '.join(asked.unwritten)}.", SOURCE)
    if asked.side is Side.COMMISSIONER and asked.unshared:
        verdict &= refused(f"Something was written and not shared in: {', '.join(asked.unshared)}.", SOURCE)
    held = standing(asked.signed, asked.current)
    if asked.side in held:
        verdict &= refused("Your side has signed this text already.", SOURCE)
    if (other := held.get(asked.side.other)) is not None and other.by == asked.by:
        verdict &= refused("You signed for the other side. Two people sign, one for each.", SOURCE)
    if asked.seen != asked.current:
        verdict &= refused("It was changed while you read it. Read it again before you sign.", SOURCE)
    return verdict


# --- both sides beside each other


class Point(StrEnum):
    """On what the two sides may differ by more than words."""

    BAND = "band"
    LIKELIHOOD = "likelihood"
    CONSEQUENCE = "consequence"
    CONFIDENCE = "confidence"


@dataclass(frozen=True, slots=True)
class Difference:
    """One point on which the sides differ; both answers stay on the record, side by side."""

    point: Point
    commissioner: str
    provider: str


def band_of(template: RiskProfile, one: Assessed | None) -> RiskBand | None:
    """This function will look up the band of what a side wrote; None where it did not judge."""
    if one is None or one.likelihood is None or one.consequence is None:
        return None
    return template.band(one.likelihood, one.consequence)


def differences(template: RiskProfile, ours: Assessed | None, theirs: Assessed | None) -> tuple[Difference, ...]:
    """This function will name where both sides judged and judged differently (QSG 2017 ¶132); none is overwritten."""
    if ours is None or theirs is None:
        return ()
    names = {one.id: one.name for one in template.confidence}
    here, there = band_of(template, ours), band_of(template, theirs)
    pairs: list[tuple[Point, str, str]] = []
    if here and there:
        pairs = [
            (Point.BAND, here.name, there.name),
            (Point.LIKELIHOOD, str(ours.likelihood), str(theirs.likelihood)),
            (Point.CONSEQUENCE, str(ours.consequence), str(theirs.consequence)),
        ]
    if ours.confidence and theirs.confidence:
        both = (names.get(ours.confidence, ours.confidence), names.get(theirs.confidence, theirs.confidence))
        pairs.append((Point.CONFIDENCE, *both))
    return tuple(Difference(*pair) for pair in pairs if pair[1] != pair[2])


# --- the yearly review of its measures


def all_measures(template: RiskProfile, written: Mapping[tuple[str, Side], Assessed]) -> tuple[str, ...]:
    """This function will list the measures that either side names, in the order of the domains, each once."""
    found: dict[str, str] = {}
    for domain in template.domains:
        for side in Side:
            one = written.get((domain.id, side))
            for measure in one.measures if one else ():
                found.setdefault(measure.casefold(), measure)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """What a review did to the list of measures."""

    added: tuple[str, ...]
    dropped: tuple[str, ...]
    kept: tuple[str, ...]


def measures_changed(before: Collection[str], after: Collection[str]) -> MeasureChange:
    """This function will compare two lists of measures; the same words in other capitals are the same measure."""
    was, now = {one.casefold() for one in before}, {one.casefold() for one in after}
    return MeasureChange(
        added=tuple(one for one in after if one.casefold() not in was),
        dropped=tuple(one for one in before if one.casefold() not in now),
        kept=tuple(one for one in after if one.casefold() in was),
    )


def review_due(template: RiskProfile, agreed_on: date, reviewed_on: Iterable[date]) -> date:
    """This function will say when the measures are due for review: a year after agreement or the last review (RSK-10)."""
    return later_by(max([agreed_on, *reviewed_on]), template.review_months)


def later_by(day: date, months: int) -> date:
    """This function will give the same day so many months later, or the last day of a shorter month."""
    whole = day.year * 12 + day.month - 1 + months
    first = date(whole // 12, whole % 12 + 1, 1)
    following = date((whole + 1) // 12, (whole + 1) % 12 + 1, 1)
    return first.replace(day=min(day.day, (following - first).days))


def is_overdue(due: date, on: date) -> bool:
    """This function will say whether a review was due before the day."""
    return due < on
