"""Trains a model of themes, chooses each theme's threshold on texts held back, and leaves out what it cannot learn."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sightline.core.verdict import Invalid
from sightline.intelligence.theming.engine import Learned, ThemeModel, Training, certainty, scores_of
from sightline.intelligence.theming.features import Booleans, Counted, Floats, Rows, Vocabulary
from sightline.intelligence.theming.labels import Labelled, each_text_once, key_of

FEWEST_EXAMPLES = 30  # of a theme, texts said twice counted once
LEAST_PRECISION = 0.5  # a theme that would be wrong more often than right is not offered
FOLDS = 5
STRENGTH = 5.0  # how far a coefficient may go; not tuned, as results hardly move between 3 and 30
INSTALL = "Training a model needs scikit-learn. Install it with: pip install 'sightline[text]'"

NEVER = -20.0  # the score of a theme of which nothing was seen


@dataclass(frozen=True, slots=True)
class _Fitted:
    """Coefficients and intercepts of some themes over one vocabulary."""

    vocabulary: Vocabulary
    coefficients: NDArray[np.float32]
    intercepts: Floats


@dataclass(frozen=True, slots=True)
class _Judged:
    """What was learned of a theme, and the line by which its scores become probabilities."""

    learned: Learned
    slope: float
    shift: float


def train(
    labelled: Iterable[Labelled], at: datetime, *, dictionary_version: str = "", labels_from: str = ""
) -> ThemeModel:
    """This function will train a model on labelled texts; the same texts always give the same model.

    Texts without any theme teach what is none. A theme with fewer than 30 examples is not offered, nor one that
    would be wrong more often than right on texts held back; the model says which and why.
    """
    _require_scikit()
    texts = each_text_once(labelled)
    examples = Counter(theme for one in texts for theme in one.themes)
    enough = [theme for theme in sorted(examples) if FEWEST_EXAMPLES <= examples[theme] < len(texts)]
    if not enough:
        raise Invalid(
            f"No theme has {FEWEST_EXAMPLES} labelled texts yet, so nothing can be learned. "
            "Give themes to more texts, or use the dictionary alone."
        )
    counted = Counted(one.text for one in texts)
    judged = _judged(counted, texts, enough)
    offered = [one for one in judged if one.learned.is_offered]
    fitted = _fit(counted, texts, [one.learned.theme for one in offered], np.ones(len(texts), dtype=np.bool_))
    slopes, shifts = (np.array([getattr(one, name) for one in offered]) for name in ("slope", "shift"))
    known = [*_too_few(examples, enough, len(texts)), *(one.learned for one in judged)]
    training = Training(
        at=at,
        texts=len(texts),
        earliest=texts[0].heard_on,
        latest=texts[-1].heard_on,
        dictionary=dictionary_version,
        labels_from=labels_from,
        themes=tuple(sorted(known, key=lambda one: one.theme)),
    )
    return ThemeModel(
        training,
        fitted.vocabulary,
        (slopes[:, None] * fitted.coefficients).astype(np.float32),
        slopes * fitted.intercepts + shifts,
    )


def fold_of(one: Labelled) -> int:
    """This function will say with which fifth of the texts one is held back: all of a group together."""
    name = f"group {one.group}" if one.group else key_of(one.text)
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % FOLDS


def too_few(examples: int) -> str:
    """This function will say why a theme with so many examples is not offered."""
    return f"It has {examples} labelled {'text' if examples == 1 else 'texts'}; {FEWEST_EXAMPLES} are needed."


def _too_few(examples: Counter[str], enough: Sequence[str], of: int) -> Iterator[Learned]:
    for theme in set(examples) - set(enough):
        why = too_few(examples[theme])
        if examples[theme] == of:
            why = "Every text has it, so there is nothing to tell apart."
        yield Learned(theme, examples[theme], why_not=why)


def _judged(counted: Counted, texts: Sequence[Labelled], themes: Sequence[str]) -> list[_Judged]:
    """Each theme, judged on every text by a model that had not seen it."""
    folds = np.array([fold_of(one) for one in texts])
    scores = np.zeros((len(texts), len(themes)))
    for fold in range(FOLDS):
        held = folds == fold
        if held.any() and not held.all():
            seen = _fit(counted, texts, themes, ~held)
            rows = seen.vocabulary.rows(one.text for one, out in zip(texts, held, strict=True) if out)
            scores[held] = scores_of(rows, seen.coefficients, seen.intercepts)
    return [
        _judge(theme, scores[:, place], np.array([theme in one.themes for one in texts]))
        for place, theme in enumerate(themes)
    ]


def _judge(theme: str, scores: Floats, true: Booleans) -> _Judged:
    """How a theme's scores become probabilities that mean what they say, and the threshold that serves it best.

    A model that is held back from trusting its coefficients too far says less of rare themes than is true; a line
    through its scores on texts held back puts that right and leaves their order as it is (Platt's scaling).
    """
    line = _require_scikit()(C=1e3, solver="liblinear", random_state=0, intercept_scaling=10.0)
    line.fit(scores[:, None], true)
    # A slope below nought would say that the theme is likelier the less the model finds of it.
    slope, shift = max(float(line.coef_[0, 0]), 0.0), float(line.intercept_[0])
    return _Judged(_threshold(theme, certainty(slope * scores + shift), true), slope, shift)


def _threshold(theme: str, chances: Floats, true: Booleans) -> Learned:
    """The threshold of highest F1 among those at which the theme is right at least half the time."""
    order = np.argsort(-chances, kind="stable")
    ranked = chances[order]
    right = np.cumsum(true[order])
    named = np.arange(1, len(order) + 1)
    precision, recall = right / named, right / true.sum()
    f1 = 2 * right / (named + true.sum())
    last_of_ties = np.append(ranked[1:] < ranked[:-1], True)
    usable = last_of_ties & (precision >= LEAST_PRECISION) & (right > 0)
    if not usable.any():
        why = "On texts held back it was wrong more often than right."
        return Learned(theme, int(true.sum()), why_not=why)
    best = int(np.argmax(np.where(usable, f1, -1)))
    below = ranked[best + 1] if best + 1 < len(ranked) else 0.0
    return Learned(
        theme,
        int(true.sum()),
        threshold=round(float((ranked[best] + below) / 2), 6),
        precision=round(float(precision[best]), 4),
        recall=round(float(recall[best]), 4),
    )


def _fit(counted: Counted, texts: Sequence[Labelled], themes: Sequence[str], chosen: Booleans) -> _Fitted:
    """One logistic regression for each theme; a theme that these texts do not tell apart is never proposed."""
    regression = _require_scikit()
    vocabulary, rows = counted.learned_from(chosen)
    features = _sparse(rows, len(vocabulary.features))
    coefficients = np.zeros((len(themes), len(vocabulary.features)), dtype=np.float32)
    intercepts = np.full(len(themes), NEVER)
    for place, theme in enumerate(themes):
        true = np.array([theme in one.themes for one in texts])[chosen]
        if features.shape[1] and 0 < true.sum() < len(true):
            fitted = regression(C=STRENGTH, solver="liblinear", dual=True, random_state=0).fit(features, true)
            coefficients[place], intercepts[place] = fitted.coef_[0], fitted.intercept_[0]
    return _Fitted(vocabulary, coefficients, intercepts)


def _sparse(rows: Rows, features: int) -> Any:
    from scipy.sparse import csr_matrix

    return csr_matrix((rows.weights, rows.places, rows.starts), shape=(len(rows.starts) - 1, features))


def _require_scikit() -> Any:
    """The class that learns; refused with the mend where the extra is not installed."""
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError as missing:
        raise Invalid(INSTALL) from missing
    return LogisticRegression
