"""What becomes of a question in a meeting: agreed, decided with somebody against, not decided, or only discussed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sightline.core.meetings.interests import Ruling, Tie, all_ruled, apart
from sightline.core.meetings.quorum import Quorate
from sightline.core.meetings.words import few, listed
from sightline.core.verdict import Reason, Verdict

_INQUORATE = "QUO-06; SQG 2022 §3.20"
_RECOMMENDED = "QUO-01; SQG 2022 §3.20"
_POWERS = "GRP-13; QSG 2017 ¶23 and ¶119; SQG 2022 Annex A"
_HOLDER = "REC-07; QSG 2017 ¶119 and ¶132"
_STEPS = "REC-06; QSG 2017 ¶124 and ¶132"
_DISSENT = "REC-05; QSG 2017 ¶132"


class Sort(StrEnum):
    """What sort of decision it is. The last three are powers of an organisation, and never of a group (GRP-13)."""

    AGREEMENT = "agreement"
    VIEW_ON_LEVEL = "view_on_level"
    RECOMMENDATION = "recommendation"
    PERFORMANCE = "performance"
    CONTRACTUAL = "contractual"
    REGULATORY = "regulatory"

    @property
    def words(self) -> str:
        """What it is called."""
        return SORT[self]

    @property
    def needs_powers(self) -> bool:
        """Whether only an organisation may do it, under its own powers."""
        return self in {Sort.PERFORMANCE, Sort.CONTRACTUAL, Sort.REGULATORY}


SORT: Mapping[Sort, str] = {
    Sort.AGREEMENT: "Agreement among members",
    Sort.VIEW_ON_LEVEL: "View on a level",
    Sort.RECOMMENDATION: "Recommendation",
    Sort.PERFORMANCE: "Performance management",
    Sort.CONTRACTUAL: "Action under a contract",
    Sort.REGULATORY: "Regulatory action",
}


class Side(StrEnum):
    """Where an organisation stands on a question."""

    FOR = "for"
    AGAINST = "against"
    ABSTAINS = "abstains"


@dataclass(frozen=True, slots=True)
class Position:
    """Where one organisation stands, who said so, why, and what it will do itself (REC-05, ACT-09; QSG 2017 ¶132).

    A lay member speaks for no organisation, and is told by their own name.
    """

    person: str
    organisation: str
    side: Side
    name: str = ""
    reasons: str = ""
    commits_to: str = ""
    is_statutory_holder: bool = False  # it has statutory responsibility for this decision or service (REC-07)

    @property
    def voice(self) -> str:
        """By what one voice is told from another: an organisation has one."""
        return self.organisation or self.person

    @property
    def called(self) -> str:
        """What it is called."""
        return self.name or self.voice


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be decided: its text, its sort, in whose name it is done, where everybody stands, and what comes next."""

    item: str
    text: str
    sort: Sort = Sort.AGREEMENT
    taken_by: str = ""  # the organisation that acts under its own powers; the group itself leaves it empty
    positions: tuple[Position, ...] = ()
    next_steps: str = ""
    is_material: bool = False  # whether a disagreement matters enough that each member considers its own steps


class Outcome(StrEnum):
    """What a question comes to."""

    AGREED = "agreed"  # nobody is against
    DECIDED = "decided"  # by most, with somebody against on record
    NOT_DECIDED = "not_decided"
    DISCUSSION_ONLY = "discussion_only"

    @property
    def is_decision(self) -> bool:
        """Whether anything was decided."""
        return self in {Outcome.AGREED, Outcome.DECIDED}


OUTCOME: Mapping[Outcome, str] = {
    Outcome.AGREED: "Agreed",
    Outcome.DECIDED: "Agreed by most",
    Outcome.NOT_DECIDED: "Not decided",
    Outcome.DISCUSSION_ONLY: "Discussion only",
}


@dataclass(frozen=True, slots=True)
class Deciding:
    """What a question comes to and why, whether it can be recorded so, and the count of members at that moment (REC-13).

    ``verdict`` names what has to be said or done before anything is recorded; ``because`` why nothing was decided, and
    ``marks`` what is said of it for ever after, such as that the meeting was not quorate and decided all the same.
    """

    outcome: Outcome
    verdict: Verdict
    because: tuple[Reason, ...]
    remarks: tuple[Reason, ...]
    positions: tuple[Position, ...]
    quorate: Quorate
    marks: tuple[Reason, ...] = ()

    @property
    def words(self) -> str:
        """What the minutes say of it, from what came of it to who was against."""
        return " ".join([self._came, *(one.says for one in self.marks)])

    @property
    def _came(self) -> str:
        tally = _tally(self.positions)
        why = " ".join(one.says for one in self.because)
        match self.outcome:
            case Outcome.AGREED if not self.positions:
                return "Agreed; nobody was against."
            case Outcome.AGREED:
                return f"Agreed; nobody was against. {tally}"
            case Outcome.DECIDED:
                return f"Agreed by most. {tally} Against: {listed(_against(self.positions))}."
            case _:
                return " ".join(filter(None, (f"{OUTCOME[self.outcome]}.", why, tally)))


def may_decide(
    question: Question,
    quorate: Quorate,
    ties: Iterable[Tie] = (),
    rulings: Iterable[Ruling] = (),
    names: Mapping[str, str] | None = None,
) -> Deciding:
    """This function will say what a question comes to, and what is lacking before that is recorded.

    No business is transacted unless the meeting is quorate for the item: then it was only discussed (QUO-06; SQG 2022
    §3.20). Where the house reads the quorum as recommended, what is decided stands and is marked (QUO-01). Whoever has
    statutory responsibility is not outvoted (REC-07; QSG 2017 ¶119, ¶132). Where there is no agreement the group says
    what comes next (REC-06; ¶124). Each interest is ruled upon first (COI-02).
    """
    tied, ruled = list(ties), list(rulings)
    because = tuple(_why_not(question, quorate))
    verdict = Verdict(tuple(_lacking(question, bool(because))))
    outcome = _outcome(question, quorate, bool(because))
    if outcome.is_decision:
        verdict &= all_ruled(question.item, tied, ruled, names)
    verdict &= Verdict(tuple(_voices(question, apart(question.item, tied, ruled))))
    marks = marks_of(quorate)
    return Deciding(outcome, verdict, because, tuple(_remarks(question)), question.positions, quorate, marks)


def marks_of(quorate: Quorate) -> tuple[Reason, ...]:
    """This function will say what is marked on anything decided while a quorum that is only recommended is not reached."""
    if quorate.is_reached or not quorate.may_transact:
        return ()
    says = "The meeting was not quorate for it. A quorum is recommended here and not asked for, so that this stands."
    return (Reason(says, _RECOMMENDED), *quorate.verdict.reasons)


def _outcome(question: Question, quorate: Quorate, is_barred: bool) -> Outcome:
    if not quorate.may_transact:
        return Outcome.DISCUSSION_ONLY
    if is_barred:
        return Outcome.NOT_DECIDED
    return Outcome.DECIDED if _against(question.positions) else Outcome.AGREED


def _why_not(question: Question, quorate: Quorate) -> Iterator[Reason]:
    if not quorate.may_transact:
        yield Reason("The meeting was not quorate for it, so that no business was transacted.", _INQUORATE)
        yield from quorate.verdict.reasons
        return
    holders = [one.called for one in question.positions if one.side is Side.AGAINST and one.is_statutory_holder]
    if holders:
        have, are = ("has", "is") if len(holders) == 1 else ("have", "are")
        says = f"{listed(holders)} {have} the statutory responsibility and {are} against; no majority overrides that."
        yield Reason(says, _HOLDER)
    sides = Counter(one.side for one in question.positions)
    if not holders and sides[Side.AGAINST] and sides[Side.AGAINST] >= sides[Side.FOR]:
        yield Reason("No more were for it than against.", _STEPS)
    if question.positions and not sides[Side.FOR] and not sides[Side.AGAINST]:
        yield Reason("Everybody abstained.", _STEPS)


def _lacking(question: Question, is_barred: bool) -> Iterator[Reason]:
    if not question.text.strip():
        yield Reason("Write down what was to be decided, as it was put to the meeting.", "REC-13")
    if question.sort.needs_powers and not question.taken_by:
        says = (
            "A group has no executive power: {} is taken by a member organisation under its own powers. Say by which."
        )
        yield Reason(says.format(question.sort.words[:1].lower() + question.sort.words[1:]), _POWERS)
    for one in question.positions:
        if one.side is Side.AGAINST and not one.reasons.strip():
            yield Reason(f"Write down why {one.called} is against.", _DISSENT)
    if is_barred and question.positions and _against(question.positions) and not question.next_steps.strip():
        says = "There is no agreement. Say what comes next, for example what more must be known, and who finds out."
        yield Reason(says, _STEPS)


def _voices(question: Question, away: frozenset[str]) -> Iterator[Reason]:
    for voice, times in Counter(one.voice for one in question.positions).items():
        if times > 1:
            name = next(one.called for one in question.positions if one.voice == voice)
            yield Reason(f"{name} stands here {few(times, 'time')}. An organisation has one position.", "REC-13")
    for one in question.positions:
        if one.person in away:
            says = f"Whoever spoke for {one.called} takes no part in this item, because of an interest."
            yield Reason(says, "COI-02; SQG 2022 Annex A, Conflicts of interest")


def _remarks(question: Question) -> Iterator[Reason]:
    against = [one for one in question.positions if one.side is Side.AGAINST]
    for one in against:
        if not one.commits_to.strip():
            yield Reason(f"Ask what {one.called} will do itself, and write it down.", _DISSENT)
    if against and question.is_material:
        yield Reason("The disagreement is material: each member considers what steps it takes itself.", _STEPS)


def _against(positions: Iterable[Position]) -> list[str]:
    return [one.called for one in positions if one.side is Side.AGAINST]


def _tally(positions: Iterable[Position]) -> str:
    sides = Counter(one.side for one in positions)
    if not sides:
        return ""
    said = f"{sides[Side.FOR]} for, {sides[Side.AGAINST]} against"
    away = sides[Side.ABSTAINS]
    return f"{said}, {away} abstained." if away else f"{said}."
