"""The answer every rule gives: allowed, or the reasons why not, each with its source."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONE = r"[A-Z]{3}-\d\d(?:/\d\d)*"
_OWN_NUMBERS = re.compile(rf"{_ONE}(?:(?:, | to | and ){_ONE})*")


def paragraph(source: str) -> str:
    """This function will leave of a source what a reader can look up: the guidance, without our catalogue's numbers.

    "MTG-07; SQG 2022 Annex B §3" is "SQG 2022 Annex B §3", and nothing is left of "REC-16".
    """
    return "; ".join(part for part in source.split("; ") if not _OWN_NUMBERS.fullmatch(part))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something may not be done, in words a reader can act on, and where the rule comes from."""

    says: str
    source: str = ""

    @property
    def cited(self) -> str:
        """The words with the paragraph behind them, where there is one."""
        where = paragraph(self.source)
        return f"{self.says} ({where})" if where else self.says


@dataclass(frozen=True, slots=True)
class Verdict:
    """Allowed when there are no reasons against; true in a condition, so that ``if may_x(...)`` reads well."""

    reasons: tuple[Reason, ...] = ()

    def __bool__(self) -> bool:
        return not self.reasons

    def __and__(self, other: Verdict) -> Verdict:
        return Verdict(self.reasons + other.reasons)

    @property
    def words(self) -> str:
        """All reasons as one text; empty when allowed."""
        return " ".join(reason.says for reason in self.reasons)


ALLOWED = Verdict()


def refused(says: str, source: str = "") -> Verdict:
    """This function will make a verdict with one reason against."""
    return Verdict((Reason(says, source),))


class Refused(Exception):
    """An operation was not allowed; carries the verdict, and is answered in one place for all faces."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.words)
        self.verdict = verdict


def demand(verdict: Verdict) -> None:
    """This function will raise Refused, with every reason against, where a rule does not allow it."""
    if not verdict:
        raise Refused(verdict)


class Invalid(Exception):
    """What was given cannot be used; each problem says what is wrong and what to do instead."""

    def __init__(self, *problems: str) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class Already(Invalid):
    """The very same was recorded before; what it says is on record, once."""
