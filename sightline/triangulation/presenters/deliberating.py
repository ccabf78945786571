"""Proposals, the answers to them, requests and questions in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.forms import Form
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from sightline.core.rulebook import Contribution, ProposalKind, ProposalRule
from sightline.core.signals import Dimension, Quadrant
from sightline.core.triangulation import Ask, Blindness, BlindSpot, Proposal
from sightline.directory.models import Subject
from sightline.triangulation.models import ProposalDecision, Request
from sightline.triangulation.presenters.matrix import anchor_of
from sightline.triangulation.presenters.pieces import Piece
from sightline.triangulation.queries import Waiting
from sightline.triangulation.words import ABOUT, BLINDNESS, PROPOSAL, WHAT
from sightline.web.quality import DIMENSION, QUADRANT_SHORT
from sightline.web.wording import day, month

SOMEBODY = "somebody who has left"


@dataclass(frozen=True, slots=True)
class ProposalWords:
    """One proposal that waits, with the evidence that it cites and the form to answer it, where the reader may."""

    anchor: str
    title: str
    says: str
    explains: str
    cites: str
    pieces: tuple[Piece, ...]
    form: Form | None


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """What a named person decided about a proposal, when and why; ``step`` is what an acceptance led to."""

    subject: str
    href: str
    title: str
    says: str
    by: str
    at: datetime
    because: str
    goes_through_tool: bool
    asks: str


@dataclass(frozen=True, slots=True)
class SpotWords:
    """One blind spot in words."""

    says: str
    href: str


@dataclass(frozen=True, slots=True)
class AskWords:
    """One question to one body: what it would fill, whether it was asked before, and where it can be put."""

    whom: str
    what: str
    fills: str
    cites: str
    before: str
    href: str


@dataclass(frozen=True, slots=True)
class WaitingWords:
    """What waits about one subject, in a list across subjects: each proposal's title, and what it rests on."""

    subject: str
    href: str
    proposals: tuple[tuple[str, str], ...]


def title_of(kind: ProposalKind, row: Dimension | None) -> str:
    """This function will name a proposal in a few words."""
    return f"{PROPOSAL[kind]}: {ABOUT[row]}" if row else PROPOSAL[kind]


def proposal_words(number: int, one: Proposal, pieces: tuple[Piece, ...], form: Form | None) -> ProposalWords:
    """This function will put a proposal into words."""
    return ProposalWords(
        f"proposal-{number}", title_of(one.kind, one.row), one.says, one.explains, one.cites, pieces, form
    )


def waiting_words(found: Iterable[Waiting]) -> list[WaitingWords]:
    """This function will gather proposals under their subjects, in the order in which these are met.

    Each leads to the picture that it is made from, where the rule's own sentence stands too.
    """
    heaps: dict[UUID, list[Waiting]] = {}
    for one in found:
        heaps.setdefault(one.subject.pk, []).append(one)
    return [
        WaitingWords(
            subject=heap[0].subject.name,
            href=reverse("picture", args=[key]) + "#proposals",
            proposals=tuple((title_of(one.proposal.kind, one.proposal.row), one.proposal.explains) for one in heap),
        )
        for key, heap in heaps.items()
    ]


def answer_words(
    decisions: Iterable[ProposalDecision], rules: Sequence[ProposalRule], names: Mapping[str, str]
) -> list[AnswerWords]:
    """This function will put answers to proposals into words."""
    kinds = {rule.id: rule.kind for rule in rules}
    return [_answer(one, kinds.get(one.rule), names) for one in decisions]


def _answer(one: ProposalDecision, kind: ProposalKind | None, names: Mapping[str, str]) -> AnswerWords:
    what = title_of(kind, Dimension(one.row) if one.row else None) if kind else "A rule that is no longer in force"
    asks = kind in {ProposalKind.ASK_FOR_INFORMATION, ProposalKind.LOOK_FOR_INFORMATION}
    return AnswerWords(
        subject=one.subject.name,
        href=reverse("picture", args=[one.subject_id]) + "#answered",
        title=f"{'Accepted' if one.accepted else 'Declined'}. {what}",
        says=one.says,
        by=names.get(one.recorded_by, SOMEBODY),
        at=one.recorded_at,
        because=one.because,
        goes_through_tool=one.accepted and kind is ProposalKind.TRIGGER_TOOL,
        asks=f"{reverse('ask', args=[one.subject_id])}?decision={one.pk}" if one.accepted and asks else "",
    )


def spot_words(spots: Iterable[BlindSpot]) -> list[tuple[str, list[SpotWords]]]:
    """This function will group blind spots by how blind they are, the blindest first (INT-14)."""
    found: dict[Blindness, list[SpotWords]] = {kind: [] for kind in Blindness}
    for one in spots:
        found[one.kind].append(_spot(one))
    return [(BLINDNESS[kind], some) for kind, some in found.items() if some]


def _spot(one: BlindSpot) -> SpotWords:
    newest = f", nothing since {month(one.newest)}" if one.kind is Blindness.STALE else ""
    href = "" if one.kind is Blindness.NOTHING else f"#{anchor_of(one.row, one.quadrant)}"
    return SpotWords(f"{DIMENSION[one.row]}: {QUADRANT_SHORT[one.quadrant].lower()}{newest}", href)


def ask_words(asks: Iterable[Ask], subject: Subject, contributions: Sequence[Contribution]) -> list[AskWords]:
    """This function will put questions into words; the address of each holds ids alone, never what is asked."""
    ids = {(one.giver, one.what): one.id for one in reversed(contributions)}
    return [_ask(one, subject, ids.get((one.whom, one.what), "")) for one in asks]


def _ask(one: Ask, subject: Subject, of: str) -> AskWords:
    row = one.rows[0].value if len(one.rows) == 1 else ""
    quadrant = one.quadrants[0].value if len(one.quadrants) == 1 else ""
    rows = ", ".join(DIMENSION[row] for row in one.rows)
    return AskWords(
        whom=one.whom,
        what=one.what,
        fills=f"{rows} ({'; '.join(QUADRANT_SHORT[place].lower() for place in one.quadrants)})",
        cites="; ".join(one.cites),
        before=f"The same was asked on {day(one.asked.on)}." if one.asked else "",
        href=f"{reverse('ask', args=[subject.pk])}?{urlencode({'of': of, 'row': row, 'quadrant': quadrant})}",
    )


def question_about(subject: Subject, row: Dimension | None, kind: ProposalKind | None) -> str:
    """This function will begin a question; it tells nothing of what led to it."""
    about = ABOUT[row] if row else "quality"
    if kind is ProposalKind.LOOK_FOR_INFORMATION:
        return f"Which figures about {about} at {subject.name} do you hold, and up to when do they reach?"
    return f"What do you know about {about} at {subject.name}?"


@dataclass(frozen=True, slots=True)
class RequestWords:
    """One request in words."""

    id: UUID
    subject: str
    href: str
    asked_of: str
    question: str
    about: str
    asked: str
    due: str
    state: str
    overdue: bool
    is_open: bool
    answer: str


REQUEST_HEADER = (
    "Subject", "Code", "Asked of", "Question", "Dimension", "Kind of source", "Asked on", "Asked by", "Needed by",
    "State", "Ended on", "Ended by", "What came of it",
)  # fmt: skip


def request_words(found: Iterable[Request], on: date, names: Mapping[str, str]) -> list[RequestWords]:
    """This function will put requests into words."""
    return [request_line(one, on, names) for one in found]


def request_line(one: Request, on: date, names: Mapping[str, str]) -> RequestWords:
    """This function will put one request into words."""
    overdue = _is_open(one) and one.due_on is not None and one.due_on < on
    return RequestWords(
        id=one.pk,
        subject=one.subject.name,
        href=reverse("picture", args=[one.subject_id]),
        asked_of=one.asked_of,
        question=one.question,
        about=_about(one),
        asked=f"Asked on {day(one.recorded_at)} by {names.get(one.recorded_by, SOMEBODY)}",
        due=f"Needed by {day(one.due_on)}" if one.due_on else "No day was set",
        state=_state(one, on),
        overdue=overdue,
        is_open=_is_open(one),
        answer=_outcome(one, names),
    )


def request_rows(found: Iterable[Request], on: date, names: Mapping[str, str]) -> list[tuple[str, ...]]:
    """This function will write requests as rows of a file, its header first; days as year-month-day."""
    return [REQUEST_HEADER, *(_row(one, on, names) for one in found)]


def _row(one: Request, on: date, names: Mapping[str, str]) -> tuple[str, ...]:
    ended = None if _is_open(one) else one.answer
    return (
        one.subject.name,
        one.subject.key,
        one.asked_of,
        one.question,
        DIMENSION[Dimension(one.row)] if one.row else "",
        QUADRANT_SHORT[Quadrant(one.quadrant)] if one.quadrant else "",
        timezone.localdate(one.recorded_at).isoformat(),
        names.get(one.recorded_by, ""),
        one.due_on.isoformat() if one.due_on else "",
        _state(one, on),
        timezone.localdate(ended.recorded_at).isoformat() if ended else "",
        names.get(ended.recorded_by, "") if ended else "",
        ended.says if ended else "",
    )


def asked_before(found: Sequence[Request]) -> list[str]:
    """This function will warn of what was asked about a subject before: nobody is asked twice by mistake (CQC-06)."""
    return [
        f"{one.asked_of} was asked on {day(one.recorded_at)}: “{one.question}” {_state(one, date.min)}."
        for one in found
    ]


def people_in(decisions: Iterable[ProposalDecision], requests: Iterable[Request]) -> set[str]:
    """This function will give the ids of those who answered, asked or ended something."""
    found = {one.recorded_by for one in decisions}
    for one in requests:
        found.add(one.recorded_by)
        if not _is_open(one):
            found.add(one.answer.recorded_by)
    return found


def _is_open(one: Request) -> bool:
    return not hasattr(one, "answer")


def _state(one: Request, on: date) -> str:
    if not _is_open(one):
        return "Answered" if one.answer.came else "Ended without an answer"
    return "Overdue" if one.due_on and one.due_on < on else "Open"


def _about(one: Request) -> str:
    row = DIMENSION[Dimension(one.row)] if one.row else ""
    return ": ".join(filter(None, [row, WHAT[Quadrant(one.quadrant)] if one.quadrant else ""]))


def _outcome(one: Request, names: Mapping[str, str]) -> str:
    if _is_open(one):
        return ""
    by = f"{day(one.answer.recorded_at)}, {names.get(one.answer.recorded_by, SOMEBODY)}"
    return f"{one.answer.says} ({by})".strip()
