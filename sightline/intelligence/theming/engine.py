"""The model of themes: for each theme a weighted sum of features, and a threshold below which it says nothing.

Learning needs scikit-learn, the extra ``[text]``; using what was learned needs numpy alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from sightline.core.intelligence.theming import Dictionary, matched
from sightline.intelligence.theming.features import Floats, Rows, Vocabulary

LEAST_KNOWN = 0.5  # of a text's words: below, it is another language, or about something never learned


@dataclass(frozen=True, slots=True)
class Suggested:
    """A theme that a machine proposes for a text. ``by`` names the machine, ``probability`` only where it has one."""

    theme: str
    probability: float | None
    by: str


@dataclass(frozen=True, slots=True)
class Learned:
    """What learning made of one theme: from how many texts, and how often it was right on texts held back.

    ``why_not`` is empty for a theme that is offered. ``precision`` and ``recall`` are those at the threshold, each
    text judged by a model that had not seen it; None where nothing was tried.
    """

    theme: str
    examples: int
    threshold: float = 1.0
    precision: float | None = None
    recall: float | None = None
    why_not: str = ""

    @property
    def is_offered(self) -> bool:
        """Whether the model may propose it."""
        return not self.why_not


@dataclass(frozen=True, slots=True)
class Training:
    """When a model was trained, on what, and what became of each theme."""

    at: datetime
    texts: int
    earliest: date
    latest: date
    dictionary: str  # version of the dictionary that was in force, empty where there was none
    labels_from: str  # whose labels: the deployment's own, or a file
    themes: tuple[Learned, ...]

    @property
    def offered(self) -> tuple[Learned, ...]:
        """The themes the model may propose, in the order of its coefficients."""
        return tuple(one for one in self.themes if one.is_offered)


@dataclass(frozen=True, slots=True, eq=False)
class ThemeModel:
    """A trained model: a row of ``coefficients`` and an intercept for each theme that is offered."""

    training: Training
    vocabulary: Vocabulary
    coefficients: NDArray[np.float32]
    intercepts: Floats
    fingerprint: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fingerprint", _fingerprint(self))

    @property
    def by(self) -> str:
        """The name under which it makes suggestions, which says exactly which model it was."""
        return f"model@{self.fingerprint[:12]}"


def classify(model: ThemeModel, texts: Iterable[str]) -> list[tuple[Suggested, ...]]:
    """This function will propose themes for each text, the surest first; none where the model is unsure (INT-15).

    The answer for a text does not depend on the others it is asked with.
    """
    asked = list(texts)
    rows = model.vocabulary.rows(asked)
    offered = model.training.offered
    answers = []
    chances = probabilities_of(rows, model.coefficients, model.intercepts)
    for text, probabilities in zip(asked, chances, strict=True):
        named: list[Suggested] = []
        if model.vocabulary.known(text) >= LEAST_KNOWN:
            pairs = zip(offered, probabilities.tolist(), strict=True)
            named = [Suggested(one.theme, chance, model.by) for one, chance in pairs if chance >= one.threshold]
        answers.append(tuple(sorted(named, key=lambda one: (-(one.probability or 0), one.theme))))
    return answers


def classify_by_dictionary(dictionary: Dictionary, texts: Iterable[str]) -> list[tuple[Suggested, ...]]:
    """This function will propose for each text the themes whose phrases stand in it, in the dictionary's order."""
    by = f"dictionary@{dictionary.version[:12]}"
    return [tuple(Suggested(one.theme, None, by) for one in matched(text, dictionary)) for text in texts]


def probabilities_of(rows: Rows, coefficients: NDArray[np.float32], intercepts: Floats) -> Floats:
    """This function will give the probability of each theme for each text, texts downwards."""
    return certainty(scores_of(rows, coefficients, intercepts))


def certainty(scores: Floats) -> Floats:
    """This function will turn scores into probabilities."""
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -500, 500))), dtype=np.float64)


def scores_of(rows: Rows, coefficients: NDArray[np.float32], intercepts: Floats) -> Floats:
    """This function will give the score of each theme for each text, texts downwards."""
    across = np.ascontiguousarray(coefficients.T, dtype=np.float64)
    scores = np.empty((len(rows.starts) - 1, len(intercepts)))
    # One text at a time, so that rounding is the same whatever it is asked together with.
    for at, (start, stop) in enumerate(zip(rows.starts[:-1], rows.starts[1:], strict=True)):
        scores[at] = rows.weights[start:stop] @ across[rows.places[start:stop]]
    return scores + intercepts


def facts_of(training: Training) -> dict[str, object]:
    """This function will give what is known of a training as plain values, for a file or a machine."""
    themes = [asdict(one) for one in training.themes]
    days = {"at": training.at.isoformat(), "earliest": f"{training.earliest}", "latest": f"{training.latest}"}
    return {
        **days,
        "texts": training.texts,
        "dictionary": training.dictionary,
        "labels_from": training.labels_from,
        "themes": themes,
    }


def _fingerprint(model: ThemeModel) -> str:
    """One name for everything that decides what a model answers."""
    whole = hashlib.sha256(json.dumps(facts_of(model.training), sort_keys=True, allow_nan=False).encode())
    whole.update(json.dumps(model.vocabulary.features, ensure_ascii=False).encode())
    arrays: Sequence[tuple[NDArray[np.generic], str]] = (
        (model.vocabulary.rarity, "<f8"),
        (model.coefficients, "<f4"),
        (model.intercepts, "<f8"),
    )
    for array, kind in arrays:
        whole.update(repr(array.shape).encode())
        whole.update(np.ascontiguousarray(array).astype(kind).tobytes())
    return whole.hexdigest()
