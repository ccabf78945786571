"""Figures about a model of themes as tables in plain text, for a terminal and a document alike, and as plain values."""

from __future__ import annotations

from collections.abc import Iterator

from sightline.intelligence.theming.engine import Training
from sightline.intelligence.theming.evaluation import Evaluation, Score, ThemeScore, Total

_HEAD = "| Theme | Learned from | In the test | Precision | Recall | F1 | Named always, F1 | Dictionary, F1 |"
_TOTALS = "| All themes together | Precision | Recall | F1 | Mean of the themes' F1 |"


def evaluation_lines(found: Evaluation) -> Iterator[str]:
    """This function will write an evaluation as lines of Markdown, figures alone and no word of any text."""
    yield _division(found)
    yield ""
    yield _HEAD
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    yield from (_theme(one) for one in found.themes if one.learned.is_offered)
    yield ""
    yield _TOTALS
    yield "|---|--:|--:|--:|--:|"
    for name, total in _named_totals(found):
        yield f"| {name} | {_row(total.micro)} | {_figure(total.macro_f1)} |"
    yield ""
    yield from _remarks(found)


def training_lines(training: Training, by: str) -> Iterator[str]:
    """This function will write what is known of a model, theme by theme."""
    yield (
        f"{by}, trained on {training.at:%d %B %Y at %H:%M} on {training.texts:,} texts from {training.labels_from}, "
        f"heard {training.earliest:%d %B %Y} to {training.latest:%d %B %Y}."
    )
    yield ""
    yield "| Theme | Labelled texts | Named from a probability of | Precision | Recall |"
    yield "|---|--:|--:|--:|--:|"
    for one in training.offered:
        figures = f"{one.threshold:.2f} | {_figure(one.precision)} | {_figure(one.recall)}"
        yield f"| {one.theme} | {one.examples} | {figures} |"
    yield ""
    yield "Precision and recall are those on texts held back from the part of the training that is judged."
    yield from (f"Not offered: {one.theme}. {one.why_not}" for one in training.themes if not one.is_offered)


def evaluation_facts(found: Evaluation) -> dict[str, object]:
    """This function will give an evaluation as plain values, for a machine."""
    since = found.division.since
    return {
        "learned_from": len(found.division.learn),
        "tested_on": len(found.division.test),
        "tested_since": since.isoformat() if since else None,
        "left_out": found.division.left_out,
        "coverage": found.coverage,
        "stated_probability": found.stated,
        "themes": [
            {
                "theme": one.learned.theme,
                "examples": one.learned.examples,
                "offered": one.learned.is_offered,
                "why_not": one.learned.why_not,
                "support": one.model.having,
                **_facts(one.model),
                "f1_named_always": one.always.f1,
                "f1_dictionary": one.dictionary.f1 if one.dictionary else None,
            }
            for one in found.themes
        ],
        "totals": {name: {**_facts(total.micro), "macro_f1": total.macro_f1} for name, total in _named_totals(found)},
    }


def _named_totals(found: Evaluation) -> Iterator[tuple[str, Total]]:
    yield "Model, the themes it offers", found.offered
    yield "Model, every theme, those not offered as missed", found.everything
    yield "The commonest theme for every text", found.commonest
    if found.dictionary and found.beside:
        yield "Dictionary, the themes that both know", found.dictionary
        yield "Model, the same themes", found.beside


def _division(found: Evaluation) -> str:
    division = found.division
    how = f"those heard from {division.since:%d %B %Y} on" if division.since else "drawn by lot"
    words = f"Learned from {len(division.learn):,} texts, tested on {len(division.test):,} others, {how}."
    if division.left_out:
        words += f" {division.left_out} were left out, as their group was learned from."
    return words


def _theme(one: ThemeScore) -> str:
    name = one.learned.theme.replace("|", "\\|")
    simple = f"{_figure(one.always.f1)} | {_figure(one.dictionary.f1 if one.dictionary else None)}"
    return f"| {name} | {one.learned.examples} | {one.model.having} | {_row(one.model)} | {simple} |"


def _remarks(found: Evaluation) -> Iterator[str]:
    yield f"The model named something for {found.coverage:.0%} of the texts and said nothing about the others."
    if found.dictionary_coverage is not None:
        yield f"The dictionary named one of those themes for {found.dictionary_coverage:.0%}."
    if found.stated is not None and found.everything.micro.precision is not None:
        right = found.everything.micro.precision
        yield f"What it named it gave a probability of {found.stated:.2f} on average; {right:.2f} of it was right."
    idle = [one for one in found.themes if not one.learned.is_offered]
    if idle:
        named = "; ".join(f"{one.learned.theme} ({one.learned.examples} / {one.model.having})" for one in idle)
        yield f"Not offered (texts to learn from / in the test): {named}."


def _row(score: Score) -> str:
    return " | ".join(_figure(one) for one in (score.precision, score.recall, score.f1))


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _facts(score: Score) -> dict[str, float | None]:
    return {"precision": score.precision, "recall": score.recall, "f1": score.f1}
