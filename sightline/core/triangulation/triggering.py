"""The trigger tool: from answers to a recommended next step, and from signals to what they suggest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sightline.core.rulebook.tools import Hint, HintKind, Question, Step, StepRule, TriggerTool
from sightline.core.signals import Bearing, Dimension, Signal, SignalKind, row_of
from sightline.core.triangulation.weighing import ABSENCES, oldest_that_counts


class Answer(StrEnum):
    """What may be answered. Not known is a finding, and never counts as no."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The next step that the answers lead to, and every reason for it.

    ``met`` are the rules that lead to this step or a milder one, the strongest first. ``not_known`` are the questions
    to which nobody knew the answer. ``could_be`` is the step if all of those turned out to be yes, where that is
    another one.
    """

    step: Step
    met: tuple[StepRule, ...]
    not_known: tuple[Question, ...]
    could_be: Step | None


def recommend(tool: TriggerTool, answers: Mapping[str, Answer]) -> Recommendation:
    """This function will recommend the strongest step to which a rule leads (RSK-10; QSG 2017, box after ¶122).

    A question without an answer counts as not known. Where anything is not known, the step is at least that of
    ``when_not_known`` (QSG 2017 ¶33, ¶121).
    """
    unknown = tuple(q for q in tool.questions if answers.get(q.id, Answer.NOT_KNOWN) is Answer.NOT_KNOWN)
    yes = frozenset(q.id for q in tool.questions if answers.get(q.id) is Answer.YES)
    met, place = _reached(tool, yes)
    if unknown:
        place = max(place, tool.rank(tool.when_not_known))
    highest = max(place, _reached(tool, yes | {q.id for q in unknown})[1])
    return Recommendation(tool.steps[place], met, unknown, tool.steps[highest] if highest > place else None)


def _reached(tool: TriggerTool, yes: Collection[str]) -> tuple[tuple[StepRule, ...], int]:
    met = sorted((rule for rule in tool.rules if _is_met(rule, yes)), key=lambda rule: -tool.rank(rule.step))
    return tuple(met), tool.rank(met[0].step) if met else 0


def _is_met(rule: StepRule, yes: Collection[str]) -> bool:
    counted = [one for one in yes if not rule.among or one in rule.among]
    return (
        all(one in yes for one in rule.all_of)
        and (not rule.any_of or any(one in yes for one in rule.any_of))
        and len(counted) >= rule.at_least
    )


@dataclass(frozen=True, slots=True)
class Suggestion:
    """That signals suggest a yes to a question: how many stand behind it, and from how many independent sources."""

    kind: HintKind
    signals: tuple[Signal, ...]
    sources: int


def suggestions(
    tool: TriggerTool, signals: Iterable[Signal], dimensions: Mapping[str, Collection[Dimension]], on: date
) -> dict[str, Suggestion]:
    """This function will say to which questions the signals that stand suggest a yes; a person confirms each.

    ``dimensions`` gives the quality dimensions of each measure. There is no suggestion of a no: that nothing was
    noticed is no answer (INT-14).
    """
    given = list(signals)
    found = {}
    for question in tool.questions:
        if question.hint is not None and (behind := _behind(question.hint, given, dimensions, on)):
            found[question.id] = Suggestion(question.hint.kind, tuple(behind), len({one.source for one in behind}))
    return found


def _behind(
    hint: Hint, signals: Sequence[Signal], dimensions: Mapping[str, Collection[Dimension]], on: date
) -> list[Signal]:
    """The signals for which a hint suggests a yes; none where they are too few."""
    if hint.kind is HintKind.SILENCE:
        silent = [one for one in signals if one.kind in ABSENCES]
        return silent if len(silent) >= hint.at_least else []
    recent = [one for one in signals if one.until >= oldest_that_counts(on) and one.kind not in ABSENCES]
    rows = {row_of(dimension) for dimension in hint.dimensions}
    concerns = [
        one
        for one in recent
        if one.bearing is Bearing.CONCERN and (not rows or rows & {row_of(d) for d in dimensions.get(one.measure, ())})
    ]
    match hint.kind:
        case HintKind.SOURCES:
            return concerns if len({one.source for one in concerns}) >= hint.at_least else []
        case HintKind.LASTING:
            concerns = [one for one in concerns if months_between(one.since, one.until) >= hint.months]
        case HintKind.RATINGS:
            concerns = [one for one in concerns if one.kind is SignalKind.RATING]
        case HintKind.CONCERNS:
            pass
    return concerns if len(concerns) >= hint.at_least else []


def months_between(first: date, last: date) -> int:
    """This function will count the whole months between two days."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
