"""Proposals to dispose of a record, and certificates that it was done, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sightline.core.rulebook.keeping import RecordKind
from sightline.records.models import Disposal
from sightline.records.presenters.retaining import GREEN, GREY, YELLOW
from sightline.records.queries.going import GOING
from sightline.web.wording import day, listed, plural

GOES_TOO: Mapping[RecordKind, str] = {
    RecordKind.REQUEST: "all that was taken into it",
    RecordKind.REPORT: "what was gathered and written for it, to whom it went and who had it",
    RecordKind.KEY_POINTS: "the copy that the public reads and the drafts before it",
    RecordKind.RISK: "its scores, measures and lines on every register",
    RecordKind.PLAN: "all its versions, and what was noted of its milestones",
    RecordKind.REVIEW: "what it found and to whom it reported",
}
_MANY: Mapping[RecordKind, str] = {
    RecordKind.NOTE: "notes of meetings",
    RecordKind.KEY_POINTS: "key points",
    RecordKind.REPORT: "reports",
    RecordKind.DECISION: "decisions on levels",
    RecordKind.RISK: "risks",
    RecordKind.PLAN: "improvement plans",
    RecordKind.REVIEW: "Rapid Quality Reviews",
    RecordKind.REQUEST: "requests for information",
}
_ONE: Mapping[RecordKind, str] = {
    RecordKind.REQUEST: "the request",
    RecordKind.REPORT: "the version",
    RecordKind.KEY_POINTS: "the version",
    RecordKind.RISK: "the risk",
    RecordKind.PLAN: "the plan",
    RecordKind.REVIEW: "the review",
}
_ROWS: Mapping[RecordKind, Sequence[tuple[str, str, str]]] = {
    RecordKind.REQUEST: (
        ("passages", "passage", "passages"),
        ("rulings", "decision on a passage", "decisions on passages"),
        ("consultations", "answer of another body", "answers of other bodies"),
        ("packs", "version that was given out", "versions that were given out"),
    ),
    RecordKind.REPORT: (
        ("reports", "report, of which no version is left", "reports"),
        ("sections", "section as it was written", "sections as they were written"),
        ("lines", "line as it was gathered", "lines as they were gathered"),
        ("sendings", "sending", "sendings"),
        ("receipts", "receipt", "receipts"),
        ("given", "note of who had it", "notes of who had it"),
    ),
    RecordKind.KEY_POINTS: (
        ("versions", "text", "texts, drafts among them"),
        ("points", "point", "points"),
        ("clearances", "clearance", "clearances"),
        ("copies", "public copy", "public copies"),
        ("withdrawals", "withdrawal", "withdrawals"),
    ),
    RecordKind.RISK: (
        ("statements", "statement", "statements"),
        ("scores", "score", "scores"),
        ("measures", "measure", "measures"),
        ("steps", "step of a measure", "steps of measures"),
        ("places", "place on a register", "places on registers"),
        ("reviews", "review", "reviews"),
        ("acceptances", "acceptance", "acceptances"),
    ),
    RecordKind.PLAN: (
        ("versions", "version", "versions"),
        ("milestones", "milestone", "milestones"),
        ("entries", "entry on a milestone", "entries on milestones"),
        ("actions", "planned action", "planned actions"),
        ("approvals", "approval", "approvals"),
        ("concerns", "concern that the provider told", "concerns that the provider told"),
    ),
    RecordKind.REVIEW: (
        ("findings", "version of its findings", "versions of its findings"),
        ("reports", "note of whom it reported to", "notes of whom it reported to"),
    ),
}  # what went, by the names under which it was counted


@dataclass(frozen=True, slots=True)
class DisposalRow:
    """One proposal or certificate as its list shows it."""

    disposal: Disposal
    name: str
    tag: tuple[str, str]
    says: str


def what_goes() -> str:
    """This function will say which kinds of record are disposed of here, and which are kept whatever their period."""
    goes, stays = ([_MANY[one] for one in RecordKind if (one in GOING) is yes] for yes in (True, False))
    return (
        f"Once their period has ended, {listed(goes)} go when one person proposes it and another agrees; a certificate of"
        f" each stays. These are kept, as too much else was made from their words: {listed(stays)}."
    )


def disposal_rows(found: Sequence[Disposal]) -> list[DisposalRow]:
    """This function will put proposals and certificates into the lines of a list."""
    return [DisposalRow(one, name_of(one), tag_of(one), _says(one)) for one in found]


def name_of(one: Disposal) -> str:
    """This function will name what is disposed of by its kind, group, version and day, and by nothing that stood in it."""
    group = f" of {one.group.name}" if one.group else ""
    match RecordKind(one.kind):
        case RecordKind.REPORT:
            return f"Report{group}, version {one.number}, frozen on {day(one.of_day)}"
        case RecordKind.KEY_POINTS:
            return f"Key points{group}, version {one.number}, released on {day(one.of_day)}"
        case RecordKind.RISK:
            return f"Risk that was closed on {day(one.of_day)}"
        case RecordKind.PLAN:
            return f"Improvement plan that ended on {day(one.of_day)}"
        case RecordKind.REVIEW:
            return f"Rapid Quality Review that was closed on {day(one.of_day)}"
        case _:
            return f"Request for information of {day(one.of_day)}"


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
    kind, rows = RecordKind(one.kind), answer.gone.get("rows", {})
    went = [_ONE[kind], *(plural(rows[name], one_, many) for name, one_, many in _ROWS[kind] if rows.get(name))]
    found += [("Agreed", f"{answer.answered_by}, {day(answer.answered_on)}"), ("What went", ", ".join(went))]
    return found + [(f"SHA-256 of version {number}", sha256) for number, sha256 in answer.gone.get("given_out", ())]


def gone_words(one: Disposal) -> str:
    """This function will say, where a record was read, that it was disposed of, and when."""
    return f"{name_of(one)}: disposed of on {day(one.answer.answered_on)}, when its period had ended."


def _says(one: Disposal) -> str:
    answer = getattr(one, "answer", None)
    proposed = f"Proposed by {one.proposed_by}, {day(one.proposed_on)}"
    if answer is None:
        return proposed
    return f"{proposed}. {'Agreed' if answer.agreed else 'Kept'} by {answer.answered_by}, {day(answer.answered_on)}"
