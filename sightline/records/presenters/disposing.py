"""Proposals to dispose of a record, and certificates that it was done, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sightline.records.models import Disposal
from sightline.records.presenters.retaining import GREEN, GREY, YELLOW
from sightline.web.wording import day, plural

_ROWS = (
    ("passages", "passage", "passages"),
    ("rulings", "decision on a passage", "decisions on passages"),
    ("consultations", "answer of another body", "answers of other bodies"),
    ("packs", "version that was given out", "versions that were given out"),
)


@dataclass(frozen=True, slots=True)
class DisposalRow:
    """One proposal or certificate as its list shows it."""

    disposal: Disposal
    name: str
    tag: tuple[str, str]
    says: str


def disposal_rows(found: Sequence[Disposal]) -> list[DisposalRow]:
    """This function will put proposals and certificates into the lines of a list."""
    return [DisposalRow(one, name_of(one), tag_of(one), _says(one)) for one in found]


def name_of(one: Disposal) -> str:
    """This function will name what is disposed of by its day, and by nothing that stood in it."""
    return f"Request for information of {day(one.received_on)}"


def tag_of(one: Disposal) -> tuple[str, str]:
    """This function will say how a proposal stands, in a word and its colour."""
    answer = getattr(one, "answer", None)
    if answer is None:
        return "Waits for a second person", YELLOW
    return ("Disposed of", GREY) if answer.agreed else ("Kept", GREEN)


def facts(one: Disposal) -> list[tuple[str, str]]:
    """This function will give what a proposal or a certificate says: what, by which schedule, by whom, what went."""
    found = [
        ("What", name_of(one)),
        ("Its key in the log", str(one.record)),
        ("Kept as", f"{one.kept_as}, {one.rules_version}"),
        ("Its period", f"Counted from {day(one.begun_on)}, ended on {day(one.due_on)}"),
        ("Proposed", f"{one.proposed_by}, {day(one.proposed_on)}"),
    ]
    answer = getattr(one, "answer", None)
    if answer is None:
        return found
    if not answer.agreed:
        return [*found, ("Kept", f"{answer.answered_by}, {day(answer.answered_on)}: {answer.because}")]
    rows = answer.gone.get("rows", {})
    went = ["the request", *(plural(rows[name], one_, many) for name, one_, many in _ROWS if rows.get(name))]
    found += [("Agreed", f"{answer.answered_by}, {day(answer.answered_on)}"), ("What went", ", ".join(went))]
    return found + [(f"SHA-256 of version {number}", sha256) for number, sha256 in answer.gone.get("given_out", ())]


def _says(one: Disposal) -> str:
    answer = getattr(one, "answer", None)
    proposed = f"Proposed by {one.proposed_by}, {day(one.proposed_on)}"
    if answer is None:
        return proposed
    return f"{proposed}. {'Agreed' if answer.agreed else 'Kept'} by {answer.answered_by}, {day(answer.answered_on)}"
