"""Whether a meeting is quorate at a moment and for an item: who is there, counted as the guidance or the house has it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sightline.core.meetings.pairing import Pair, met
from sightline.core.meetings.words import few, nobody_from, verb
from sightline.core.rulebook.groups import SeatPart
from sightline.core.rulebook.levels import Slot
from sightline.core.rulebook.meeting import Binding, Heads, Limbs, Quorum, Vacancies
from sightline.core.verdict import ALLOWED, Reason, Verdict

# Whose seats are members'. Whoever keeps the record or is invited counts neither among them nor as present (MEM-03).
MEMBERS = frozenset({SeatPart.MEMBER, SeatPart.CHAIR, SeatPart.CO_CHAIR, SeatPart.DEPUTY_CHAIR})


@dataclass(frozen=True, slots=True)
class Member:
    """One standing seat of a member on the day (QUO-03); ``category`` is the expected seat that it fills, if any.

    ``among`` names whom it adds where the guidance wants several sorts on seats of one category.
    ``person`` is whoever sits on it. Where it is not told each seat is taken to have a person of its own. ``chairs_for``
    is in whose name they chair the group from it, if they do.
    """

    seat: str
    category: str
    organisation: str
    is_vacant: bool = False
    person: str = ""
    among: str = ""
    chairs_for: Slot | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """That somebody was there for a seat, from a moment to before another (REC-03); no ``left`` means still there.

    Moments know their time zone, and are kept in UTC, where no hour comes twice.
    """

    person: str
    seat: str
    arrived: datetime
    left: datetime | None = None
    deputises: bool = False
    has_authority: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "arrived", in_utc(self.arrived))
        if self.left is not None:
            object.__setattr__(self, "left", in_utc(self.left))

    def covers(self, moment: datetime) -> bool:
        """This function will say whether they were there at a moment."""
        at = in_utc(moment)
        return self.arrived <= at and (self.left is None or at < self.left)

    @property
    def counts(self) -> bool:
        """Whether it counts for a quorum: a deputy's does where they may decide (QUO-04, MEM-12; SQG 2022 Annex A)."""
        return not self.deputises or self.has_authority


def in_utc(moment: datetime) -> datetime:
    """This function will give a moment in UTC; one without a time zone is a mistake of whoever wrote the code."""
    if moment.tzinfo is None:
        raise ValueError("a moment in a meeting knows its time zone")
    return moment.astimezone(UTC)


class Status(StrEnum):
    """How a meeting stands at a moment; a group that has no quorum is never called inquorate (QUO-12)."""

    QUORATE = "quorate"
    NOT_QUORATE = "not_quorate"
    NONE_SET = "none_set"


@dataclass(frozen=True, slots=True)
class Missing:
    """A seat that must be there and is not, or not often enough. ``is_taken`` says that whoever is there counts for another."""

    category: str
    title: str
    needed: int
    here: int
    cites: str = ""
    is_taken: bool = False

    @property
    def words(self) -> str:
        """What is missing, as part of a sentence."""
        if self.is_taken:
            return f"{self.title}: whoever is here counts for another seat already"
        if self.here:
            return f"only {self.here} of {self.needed} is present: {self.title}"
        return nobody_from(self.title)


@dataclass(frozen=True, slots=True)
class Quorate:
    """The answer at one moment: how many are there, of how many, how many are needed, and which seats are missing."""

    status: Status
    present: int = 0
    counted: int = 0
    needed: int = 0
    missing: tuple[Missing, ...] = ()
    verdict: Verdict = ALLOWED
    heads: Heads = Heads.PERSON
    binding: Binding = Binding.MUST

    @property
    def is_reached(self) -> bool:
        """Whether nobody is lacking; where no quorum is set, none is."""
        return self.status is not Status.NOT_QUORATE

    @property
    def may_transact(self) -> bool:
        """Whether business may be transacted: the quorum is reached, or only recommended (QUO-01, QUO-06; SQG 2022 §3.20)."""
        return self.is_reached or self.binding is Binding.RECOMMENDED

    @property
    def words(self) -> str:
        """What a chair reads; nothing where the group has no quorum (QUO-12)."""
        return self.words_for("")

    def words_for(self, item: str) -> str:
        """This function will say how it stands for an item, such as "item 4", or for the meeting where none is named."""
        what = f" for {item}" if item else ""
        match self.status:
            case Status.NONE_SET:
                return ""
            case Status.QUORATE:
                return f"Quorate{what}: {self.numbers}."
            case Status.NOT_QUORATE:
                says = [one.words for one in self.missing]
                if self.present < self.needed:
                    says.insert(0, self.numbers)
                return f"Not quorate{what}: {'; '.join(says)}."

    @property
    def numbers(self) -> str:
        """How many are here, of how many, and how many are needed."""
        return _numbers(self.heads, self.present, self.counted, self.needed)


def quorum_of(guidance: Quorum | None, local: Quorum | None) -> Quorum | None:
    """This function will give the quorum that counts: that of the group's own terms where they have one (QUO-12).

    The guidance of 2017 lays down none, so that a group under it has one only by its own terms of reference.
    """
    return local if local is not None else guidance


def quorum_at(
    rule: Quorum | None,
    members: Iterable[Member],
    stays: Iterable[Stay],
    moment: datetime,
    apart: Collection[str] = (),
    *,
    titles: Mapping[str, str] | None = None,
) -> Quorate:
    """This function will say whether a meeting is quorate at a moment, without those who stand apart (QUO-07).

    A share is reached by exactly that share (QUO-01, QUO-02; SQG 2022 §3.20 and Annex A, Quoracy); a place's group
    needs no seat in particular (QUO-11; SQG 2022 Annex B §5). The members are the seats that are a member's on the
    day (QUO-03). Deputies count where they have authority, and one person for one seat that must be there (QUO-04).
    ``titles`` are what the seats of the guidance are called.
    """
    if rule is None:
        return Quorate(Status.NONE_SET)
    here = [one for one in stays if one.counts and one.covers(moment) and one.person not in apart]
    return counted_for(rule, members, [(one.person, one.seat) for one in here], titles=titles)


def counted_for(
    rule: Quorum,
    members: Iterable[Member],
    there: Iterable[tuple[str, str]],
    *,
    titles: Mapping[str, str] | None = None,
) -> Quorate:
    """This function will count people for seats, each given as person and seat: in a room, or among those who agree."""
    sitting = list(members)
    filled = {one.seat: one for one in sitting if not one.is_vacant}
    pairs = list(dict.fromkeys((person, filled[seat]) for person, seat in there if seat in filled))
    present = _present(rule.heads, pairs)
    counted = len({_head(rule.heads, one) for one in _denominator(rule, sitting)})
    needed = _needed(rule, counted)
    missing = tuple(_missing(rule, pairs, titles or {}))
    reasons = [Reason(f"{one.words[:1].upper()}{one.words[1:]}.", one.cites) for one in missing]
    if present < needed:
        reasons.insert(0, Reason(f"{_numbers(rule.heads, present, counted, needed)}.", rule.cites))
    status = Status.NOT_QUORATE if reasons else Status.QUORATE
    return Quorate(status, present, counted, needed, missing, Verdict(tuple(reasons)), rule.heads, rule.binding)


def _denominator(rule: Quorum, members: Sequence[Member]) -> Iterator[Member]:
    counts_empty = rule.vacancies is Vacancies.COUNTED
    return (one for one in members if counts_empty or not one.is_vacant)


def _head(heads: Heads, member: Member) -> str:
    """By what a member is told from the others; whoever has no organisation, as a lay member, is one for themselves."""
    match heads:
        case Heads.PERSON if member.person and not member.is_vacant:
            return f"person {member.person}"
        case Heads.ORGANISATION if member.organisation:
            return f"organisation {member.organisation}"
    return f"seat {member.seat}"


def _present(heads: Heads, pairs: Sequence[tuple[str, Member]]) -> int:
    if heads is not Heads.PERSON:
        return len({_head(heads, member) for _, member in pairs})
    needs = {_head(heads, member): 1 for _, member in pairs}  # a person counts once, also one who deputises for two
    return sum(met(needs, (Pair(_head(heads, member), member.seat, person) for person, member in pairs)).values())


def _needed(rule: Quorum, counted: int) -> int:
    """How many must be there: a share is rounded up, and nobody at all is never enough."""
    if rule.share is None and rule.at_least is None:
        return 0
    share = -(-counted * (rule.share or 0) // 100)  # exact: whole numbers only
    return max(1, share, rule.at_least or 0)


def _missing(rule: Quorum, pairs: Sequence[tuple[str, Member]], titles: Mapping[str, str]) -> Iterator[Missing]:
    needs = {one.seat: one.at_least for one in rule.of_each}
    ways = [Pair(member.category, member.seat, person) for person, member in pairs if member.category in needs]
    alone = {need: met({need: count}, ways)[need] for need, count in needs.items()}
    found = alone if rule.limbs is Limbs.EVERY else met(needs, ways)
    for one in rule.of_each:
        here = found[one.seat]
        if here < one.at_least:
            is_taken = alone[one.seat] >= one.at_least
            yield Missing(one.seat, titles.get(one.seat, one.seat), one.at_least, here, one.cites, is_taken)


def _numbers(heads: Heads, present: int, counted: int, needed: int) -> str:
    what = "organisation" if heads is Heads.ORGANISATION else "member"
    are, need = verb(present, "is", "are"), verb(needed, "is", "are")
    return f"{present} of {few(counted, what)} {are} here; {needed} {need} needed"
