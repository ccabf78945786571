"""How good a model of themes is: judged on texts it has not seen, beside what could be had without it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sightline.core.intelligence.theming import Dictionary
from sightline.core.verdict import Invalid
from sightline.intelligence.theming.engine import Learned, classify, classify_by_dictionary
from sightline.intelligence.theming.labels import Labelled, each_text_once, key_of
from sightline.intelligence.theming.training import too_few, train

HELD_BACK = 0.25  # of the texts, for the test
_LOTS = 1000

Named = Sequence[frozenset[str]]  # the themes named for each text


@dataclass(frozen=True, slots=True)
class Score:
    """Of so many texts that have a theme, and so many for which it was named, how many were right."""

    having: int
    named: int
    right: int

    @property
    def precision(self) -> float | None:
        """How often it was right when it was named."""
        return self.right / self.named if self.named else None

    @property
    def recall(self) -> float | None:
        """How many of the texts that have it were found."""
        return self.right / self.having if self.having else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall: 1 is perfect, 0 useless."""
        return 2 * self.right / (self.having + self.named) if self.having + self.named else None

    def __add__(self, other: Score) -> Score:
        return Score(self.having + other.having, self.named + other.named, self.right + other.right)


@dataclass(frozen=True, slots=True)
class Division:
    """Texts to learn from and texts to be tested on; none of the second has its words or its group in the first."""

    learn: tuple[Labelled, ...]
    test: tuple[Labelled, ...]
    since: date | None  # the first day of the test; None where texts were drawn by lot
    left_out: int  # texts whose group lies on both sides


@dataclass(frozen=True, slots=True)
class ThemeScore:
    """One theme: what was learned of it, how the model did, and how it would be to name it always, or by dictionary."""

    learned: Learned
    model: Score
    always: Score
    dictionary: Score | None


@dataclass(frozen=True, slots=True)
class Total:
    """All of some themes together: every naming counted alike (micro), or every theme alike (macro)."""

    micro: Score
    macro_f1: float | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a test found. ``coverage`` is the share of texts for which the model named anything at all.

    ``stated`` is the mean probability the model gave what it named: as it should be, near to its micro precision.
    ``dictionary`` and ``beside`` are the dictionary and the model on those themes alone that both have.
    """

    division: Division
    themes: tuple[ThemeScore, ...]
    offered: Total
    everything: Total
    commonest: Total
    dictionary: Total | None
    beside: Total | None
    coverage: float
    dictionary_coverage: float | None
    stated: float | None


def evaluate(
    labelled: Iterable[Labelled], at: datetime, dictionary: Dictionary | None = None, *, by_lot: bool = False
) -> Evaluation:
    """This function will train on the earlier texts, test on the later ones, and set the result beside simple ways.

    Themes with too few examples to be learned count as missed in ``everything``, and are left out of ``offered``.
    """
    division = divide(labelled, by_lot=by_lot)
    if not division.learn or not division.test:
        raise Invalid("There are too few labelled texts to hold some back. Give themes to more texts first.")
    model = train(division.learn, at)
    true = [one.themes for one in division.test]
    texts = [one.text for one in division.test]
    suggested = classify(model, texts)
    named = [frozenset(one.theme for one in each) for each in suggested]
    chances = [one.probability for each in suggested for one in each if one.probability is not None]
    learned = {one.theme: one for one in model.training.themes}
    themes = sorted(set(learned).union(*true))
    spoken = _by_dictionary(dictionary, texts)
    common = _commonest(division.learn)
    known = [theme for theme in themes if dictionary and theme in dictionary.themes]
    scores = tuple(
        ThemeScore(
            learned.get(theme, Learned(theme, 0, why_not=too_few(0))),
            score(theme, true, named),
            score(theme, true, [frozenset({theme})] * len(true)),
            score(theme, true, spoken) if theme in known else None,
        )
        for theme in themes
    )
    return Evaluation(
        division=division,
        themes=scores,
        offered=total([one.theme for one in model.training.offered], true, named),
        everything=total(themes, true, named),
        commonest=total(themes, true, [common] * len(true)),
        dictionary=total(known, true, spoken) if known else None,
        beside=total(known, true, named) if known else None,
        coverage=sum(map(bool, named)) / len(named),
        dictionary_coverage=sum(bool(one & set(known)) for one in spoken) / len(spoken) if known else None,
        stated=sum(chances) / len(chances) if chances else None,
    )


def divide(labelled: Iterable[Labelled], *, by_lot: bool = False) -> Division:
    """This function will hold back the latest quarter of the texts; by lot where asked, or where they have no days.

    Each text is there once, on its earliest day. A whole day falls on one side, and a group that lies on both is
    left out of the test.
    """
    texts = each_text_once(labelled)
    days = Counter(one.heard_on for one in texts)
    since = _first_day_of_test(days, len(texts)) if len(days) > 1 and not by_lot else None
    later = [_lot(one) < HELD_BACK * _LOTS if since is None else one.heard_on >= since for one in texts]
    learn = tuple(one for one, out in zip(texts, later, strict=True) if not out)
    groups = {one.group for one in learn if one.group}
    held = [one for one, out in zip(texts, later, strict=True) if out]
    test = tuple(one for one in held if one.group not in groups)
    return Division(learn, test, since, len(held) - len(test))


def score(theme: str, true: Named, named: Named) -> Score:
    """This function will count one theme over all texts."""
    having = sum(theme in one for one in true)
    said = sum(theme in one for one in named)
    right = sum(theme in one and theme in other for one, other in zip(true, named, strict=True))
    return Score(having, said, right)


def total(themes: Sequence[str], true: Named, named: Named) -> Total:
    """This function will sum up some themes; those that no text of the test has do not count in the mean."""
    scores = [score(theme, true, named) for theme in themes]
    each = [one.f1 for one in scores if one.having and one.f1 is not None]
    return Total(sum(scores, Score(0, 0, 0)), sum(each) / len(each) if each else None)


def _first_day_of_test(days: Counter[date], texts: int) -> date:
    """The day from which on at most a quarter of the texts was heard; the last day where even that has more."""
    left = 0
    ordered = sorted(days, reverse=True)
    for later, day in zip([ordered[0], *ordered], ordered, strict=False):
        left += days[day]
        if left > HELD_BACK * texts:
            return later
    return ordered[-1]


def _lot(one: Labelled) -> int:
    """A number that is drawn from the text or its group alone, and has nothing to do with the folds of training."""
    name = f"lot {one.group or key_of(one.text)}"
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % _LOTS


def _commonest(texts: Sequence[Labelled]) -> frozenset[str]:
    """The theme that most texts have, which somebody who reads nothing would always name."""
    counts = Counter(theme for one in texts for theme in one.themes)
    return frozenset(sorted(counts, key=lambda theme: (-counts[theme], theme))[:1])


def _by_dictionary(dictionary: Dictionary | None, texts: Sequence[str]) -> Named:
    if dictionary is None:
        return [frozenset()] * len(texts)
    return [frozenset(one.theme for one in each) for each in classify_by_dictionary(dictionary, texts)]
