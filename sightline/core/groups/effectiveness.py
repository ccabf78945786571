"""How the answers of many become one result: counted and mixed as they come, and shown from a number on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from sightline.core.verdict import ALLOWED, Verdict, refused

SOURCE = "LRN-02"


class Step(IntEnum):
    """How far somebody agrees with a statement; the number is its place in a count."""

    CANNOT_SAY = 0
    STRONGLY_DISAGREE = 1
    DISAGREE = 2
    NEITHER = 3
    AGREE = 4
    STRONGLY_AGREE = 5


Counts = Mapping[str, Sequence[int]]  # by the id of a statement: how often each step was chosen, in the steps' order


@dataclass(frozen=True, slots=True, repr=False)
class Answers:
    """What one person answers. It shows nothing of itself: all answers look alike to an event, a log and a trace.

    The record of an event keeps a keyed hash of what it is not told to keep, and a hash of so few possible answers
    could be found by trying them all.
    """

    steps: Mapping[str, Step]
    words: str = ""

    def __repr__(self) -> str:
        return "Answers"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one statement. ``given`` leaves out who could not say; ``median`` may lie between two steps."""

    agree: int
    neither: int
    disagree: int
    cannot_say: int
    median: float

    @property
    def given(self) -> int:
        """How many answered otherwise than that they cannot say."""
        return self.agree + self.neither + self.disagree


def nothing_counted(statements: Iterable[str]) -> dict[str, list[int]]:
    """This function will give the count before anybody has answered."""
    return {one: [0] * len(Step) for one in statements}


def counted(counts: Counts, answers: Answers) -> dict[str, list[int]]:
    """This function will add somebody's answers to the count. Raises ValueError unless each statement has one."""
    if set(counts) != set(answers.steps):
        raise ValueError("Each statement needs one answer.")
    return {
        one: [many + (step == answers.steps[one]) for step, many in zip(Step, row, strict=True)]
        for one, row in counts.items()
    }


def mixed(words: Iterable[str], one_more: str) -> list[str]:
    """This function will put words among those of others in the order of the alphabet, which tells nothing of time."""
    return sorted([*words, *filter(None, [one_more.strip()])])


def outcome(row: Sequence[int], fewest: int) -> Outcome | None:
    """This function will say what came of a statement; nothing where fewer than ``fewest`` had something to say of it."""
    chosen = [step for step in Step if step is not Step.CANNOT_SAY for _ in range(row[step])]
    if len(chosen) < fewest:
        return None
    middle = len(chosen) // 2
    median = float(chosen[middle]) if len(chosen) % 2 else (chosen[middle - 1] + chosen[middle]) / 2
    return Outcome(
        agree=row[Step.AGREE] + row[Step.STRONGLY_AGREE],
        neither=row[Step.NEITHER],
        disagree=row[Step.DISAGREE] + row[Step.STRONGLY_DISAGREE],
        cannot_say=row[Step.CANNOT_SAY],
        median=median,
    )


def may_show(*, last_day: date, answered: int, fewest: int, on: date) -> Verdict:
    """This function will say whether results are shown: after the last day, and from a number of answers on (LRN-02).

    Before, two looks at them, one before and one after somebody answered, would give away what they said.
    """
    if on <= last_day:
        return refused("Nobody sees results while it can still be answered.", SOURCE)
    if answered < fewest:
        return refused(f"Too few answered to show what they said without telling who. It takes {fewest}.", SOURCE)
    return ALLOWED
