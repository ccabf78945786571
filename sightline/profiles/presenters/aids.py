"""The heat map and the trigger tool in words and rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from sightline.core.rulebook.tools import HeatMap, HintKind, TriggerTool
from sightline.core.triangulation.heat import suggest
from sightline.core.triangulation.triggering import Answer, Recommendation, Suggestion, recommend
from sightline.profiles.models import HeatMapReading, OtherProcess, TriggerAssessment
from sightline.profiles.presenters.words import named, stays
from sightline.profiles.queries import Tool, tool_used
from sightline.web.wording import count_word, day, plural

ANSWER = {
    Answer.YES: ("Yes", "nhsuk-tag--orange"),
    Answer.NO: ("No", "nhsuk-tag--white"),
    Answer.NOT_KNOWN: ("Not known", "nhsuk-tag--purple"),
}


@dataclass(frozen=True, slots=True)
class Provenance:
    """Which guidance tells of a tool, and how it stands to the guidance in force, so that none passes for today's."""

    word: str
    tag: str
    says: str
    under: str
    told_in: str
    cites: str
    is_kept: bool  # from earlier guidance, by local choice


def provenance(tool: Tool | None) -> Provenance | None:
    """This function will say where a tool comes from and by which paragraph it is kept (FRW-02, FRW-04)."""
    if tool is None or tool.origin is None:
        return None
    word, tag = ("Told of in the guidance in force", "nhsuk-tag--blue")
    if not tool.is_of_today:
        word, tag = ("An aid kept by local choice, not guidance in force", "nhsuk-tag--purple")
    origin = tool.origin
    told_in = tool.told_in or origin.pack
    return Provenance(word, tag, origin.says, origin.under, told_in, origin.cites, not tool.is_of_today)


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One reading of the heat map."""

    level: str
    says: str
    why: str
    counted: str
    at: datetime
    by: str
    version: str
    stays: str


def reading_rows(
    readings: Sequence[HeatMapReading], names: Mapping[str, str], explains: bool = False
) -> list[ReadingRow]:
    """This function will make a row of each reading; keepers are told why what looks like personal data stays."""
    return [_reading_row(one, names, explains) for one in readings]


def _reading_row(one: HeatMapReading, names: Mapping[str, str], explains: bool) -> ReadingRow:
    found = suggest(cast(HeatMap, tool_used(one.template)), one.issues, one.risk, one.confidence)
    counted = f"{plural(one.issues, 'issue')}, as counted from the signals"
    if one.issues != one.issues_counted:
        counted = f"{plural(one.issues, 'issue')} in place of the {one.issues_counted} counted: {one.issues_because}"
    return ReadingRow(
        level=found.level.name if found else one.suggested,
        says=found.says if found else "",
        why=one.because,
        counted=counted,
        at=one.recorded_at,
        by=named(one.recorded_by, names),
        version=one.template.version,
        stays=stays(one.knowingly, explains),
    )


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer on a page."""

    asks: str
    word: str
    tag: str
    note: str
    signals: str


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """One pass through the trigger tool."""

    step: str
    says: str
    reasons: tuple[str, ...]
    unknown: tuple[str, ...]
    could_be: str
    is_profile: bool
    why: str
    answers: tuple[AnswerRow, ...]
    at: datetime
    by: str
    version: str
    stays: str


def assessment_rows(
    assessments: Sequence[TriggerAssessment], names: Mapping[str, str], explains: bool = False
) -> list[AssessmentRow]:
    """This function will make a row of each assessment; the first is the one that counts."""
    return [_assessment_row(one, names, explains) for one in assessments]


def _assessment_row(one: TriggerAssessment, names: Mapping[str, str], explains: bool) -> AssessmentRow:
    tool = cast(TriggerTool, tool_used(one.template))
    given = {row.question: row for row in one.answers.all()}
    advice = recommend(tool, {question: Answer(row.answer) for question, row in given.items()})
    return AssessmentRow(
        step=advice.step.name,
        says=advice.step.says,
        reasons=reasons(tool, advice),
        unknown=tuple(question.asks for question in advice.not_known),
        could_be=advice.could_be.name if advice.could_be else "",
        is_profile=advice.step.id == tool.profile_step,
        why=one.because,
        answers=tuple(
            AnswerRow(
                question.asks,
                *ANSWER[Answer(given[question.id].answer)],
                given[question.id].note,
                _stood(given[question.id].signals),
            )
            for question in tool.questions
            if question.id in given
        ),
        at=one.recorded_at,
        by=named(one.recorded_by, names),
        version=one.template.version,
        stays=stays(one.knowingly, explains),
    )


def reasons(tool: TriggerTool, advice: Recommendation) -> tuple[str, ...]:
    """This function will give a sentence for each rule that leads to a step, with where the rule comes from."""
    said = [f"{rule.because} ({'a local rule' if rule.is_local else rule.cites})" for rule in advice.met]
    if advice.not_known:
        what = plural(len(advice.not_known), "answer is", "answers are")
        said.append(f"{what} not known, which is a finding: further information is needed. (QSG 2017 ¶121)")
    return tuple(said or ["No answer gives reason for concern."])


def suggestion_words(found: Mapping[str, Suggestion]) -> dict[str, str]:
    """This function will say, by question, what the signals suggest; whoever answers confirms it or does not."""
    return {question: _suggestion(one) for question, one in found.items()}


def _suggestion(one: Suggestion) -> str:
    count = len(one.signals)
    stand = f"{count_word(count)} {'signal stands' if count == 1 else 'signals stand'}"
    match one.kind:
        case HintKind.SOURCES:
            what = f"{count_word(one.sources)} independent sources have concerns"
        case HintKind.LASTING:
            what = f"{stand} here that lasted so long, the oldest since {day(min(s.since for s in one.signals))}"
        case HintKind.SILENCE:
            what = f"{stand} for figures that are missing, late or stopped"
        case _:
            what = f"{stand} here, the newest of {day(max(s.until for s in one.signals))}"
    return f"The signals suggest yes: {what}."


def _stood(signals: int) -> str:
    return f"{plural(signals, 'signal')} suggested yes" if signals else ""


@dataclass(frozen=True, slots=True)
class ProcessRow:
    """Another process by which risk was assessed."""

    name: str
    held_on: date
    reference: str
    why: str
    by: str
    stays: str


def process_rows(
    processes: Sequence[OtherProcess], names: Mapping[str, str], explains: bool = False
) -> list[ProcessRow]:
    """This function will make a row of each other process."""
    return [
        ProcessRow(
            one.name,
            one.held_on,
            one.reference,
            one.because,
            named(one.recorded_by, names),
            stays(one.knowingly, explains),
        )
        for one in processes
    ]


@dataclass(frozen=True, slots=True)
class Grid:
    """The matrix at one degree of confidence: a heading, and a row of levels for each band of issues."""

    confidence: str
    risks: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def grids(heat_map: HeatMap) -> list[Grid]:
    """This function will lay the matrix out, so that everybody can see how a suggestion comes about."""
    levels = {one.id: one.name for one in heat_map.levels}
    bands = {one.id: one.name for one in heat_map.issues}
    return [
        Grid(
            degree.name,
            tuple(one.name for one in heat_map.risk),
            tuple((bands[row.issues], tuple(levels[level] for level in row.levels)) for row in table.rows),
        )
        for degree, table in zip(heat_map.confidence, heat_map.matrix, strict=True)
    ]
