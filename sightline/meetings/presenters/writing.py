"""Decisions in writing in words: what is asked, by when, who answered what, how it stands, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sightline.core.meetings.outside import Answer
from sightline.meetings.queries.ratifying import Ratification, Ratified
from sightline.meetings.queries.writing import APART, SILENT, VACANT, Written, seat_by_seat
from sightline.meetings.words import HEARD, RESULT, Heard, Result
from sightline.web.wording import moment

Tag = tuple[str, str]
_STATE: Mapping[str, Tag] = {
    Answer.AGREES.value: ("Agrees", "nhsuk-tag--green"),
    Answer.DECLINES.value: ("Does not agree", "nhsuk-tag--orange"),
    SILENT: ("Has not answered", "nhsuk-tag--grey"),
    VACANT: ("Nobody sits here", "nhsuk-tag--grey"),
    APART: ("Takes no part", "nhsuk-tag--grey"),
}
_RESULT: Mapping[Result, str] = {
    Result.CARRIED: "nhsuk-tag--green",
    Result.NOT_CARRIED: "nhsuk-tag--orange",
    Result.LAPSED: "nhsuk-tag--grey",
    Result.WITHDRAWN: "nhsuk-tag--grey",
}
_RATIFIED: Mapping[Ratified, Tag] = {
    Ratified.WAITS: ("Not yet ratified", "nhsuk-tag--yellow"),
    Ratified.RATIFIED: ("Ratified", "nhsuk-tag--green"),
    Ratified.REFUSED: ("Not ratified", "nhsuk-tag--orange"),
}
WAITS, ASKED, OVER_TIME = "Waits for the chair", "Members are asked", "Time is up: waits for the chair"


@dataclass(frozen=True, slots=True)
class SeatLine:
    """How one seat stands in a question."""

    title: str
    name: str
    organisation: str
    tag: Tag
    why: str
    how: str
    heard: str
    is_statutory_holder: bool


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question of a list."""

    id: UUID
    group: str
    title: str
    closes: str
    tag: Tag
    is_yours: bool
    answered: str
    is_over: bool


def question_tag(view: Written, now: datetime) -> Tag:
    """This function will say where a question stands."""
    if view.result is not None:
        result = Result(view.result.result)
        return RESULT[result], _RESULT[result]
    if view.sending is None:
        return WAITS, "nhsuk-tag--yellow"
    return (ASKED, "nhsuk-tag--blue") if now < view.question.closes_at else (OVER_TIME, "nhsuk-tag--yellow")


def ratified_tag(found: Ratification | None) -> Tag | None:
    """This function will say whether what was agreed in writing was ratified since."""
    return _RATIFIED[found.state] if found else None


def ratified_words(found: Ratification | None) -> str:
    """This function will say what the meeting recorded when it ratified something or did not."""
    if found is None or found.outcome is None:
        return ""
    return f"{moment(found.outcome.at)}: {found.outcome.text}"


def question_lines(views: Iterable[Written], person: UUID | None, now: datetime) -> list[QuestionLine]:
    """This function will write the questions that are under way, those that wait for the reader first."""
    lines = [_question(one, person, now) for one in views]
    return sorted(lines, key=lambda one: not (one.is_yours and not one.answered))


def _question(view: Written, person: UUID | None, now: datetime) -> QuestionLine:
    is_yours = person is not None and view.is_waiting_for(person, now)
    return QuestionLine(
        id=view.question.pk,
        group=view.item.group.name,
        title=view.title,
        closes=moment(view.question.closes_at),
        tag=question_tag(view, now),
        is_yours=is_yours,
        answered=own_words(view, person) if is_yours and person else "",
        is_over=view.result is not None,
    )


def own_words(view: Written, person: UUID) -> str:
    """This function will say what somebody answered last, or nothing."""
    mine = [one for one in view.answers if one.person_id == person]
    if not mine:
        return ""
    last = max(mine, key=lambda one: (one.at, one.number))
    says = "You agreed" if last.answer == Answer.AGREES else "You did not agree"
    counts = "" if last.has_authority else " It does not count: nobody has said yet that you may decide for this seat."
    return f"{says}, on {moment(last.at)}.{counts}"


def seat_lines(view: Written) -> list[SeatLine]:
    """This function will tell how each seat stands; of a question that is over as it stood when it ended."""
    rows = view.result.snapshot["seats"] if view.result else seat_by_seat(view)
    return [_seat(one) for one in rows]


def _seat(row: Mapping[str, str]) -> SeatLine:
    at = moment(datetime.fromisoformat(row["at"])) if row["at"] else ""
    how = f"{HEARD[Heard(row['how'])]}, {at}" if row["how"] else ""
    return SeatLine(
        title=row["title"],
        name=row["name"],
        organisation=row["organisation"],
        tag=_STATE[row["state"]],
        why=row["why"],
        how=how,
        heard=row["heard"],
        is_statutory_holder=bool(row["is_statutory_holder"]),
    )


def standing_words(view: Written) -> str:
    """This function will say how a question stands, or stood when it ended; where its other reading differs, that too."""
    if view.result is not None:
        return str(view.result.snapshot["words"])
    stands = view.standing
    if stands is None:
        return ""
    if stands.is_carried:
        return stands.words.replace("Carried:", "Enough agree:", 1)
    return stands.words.replace("Not carried:", "Not enough agree yet:", 1)
