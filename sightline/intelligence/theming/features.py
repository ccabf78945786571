"""Features of a text: its words, pairs of words and pieces of words, weighed by how rare they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from sightline.core.intelligence.theming import words_in

PIECES = (3, 4, 5)  # letters; they find a word in spite of its spelling
LONGEST_TEXT = 20_000  # letters that are read of one text: a model learns nothing from the rest
LONGEST_WORD = 40
# A feature of fewer texts teaches little; and what only one or two people wrote, a name say, is not kept.
FEWEST_TEXTS = 3
MOST_FEATURES = 40_000
KEPT_WORDS = 50_000

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Booleans = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Rows:
    """Weighed features of several texts: those of text i lie between ``starts[i]`` and ``starts[i + 1]``."""

    starts: Whole
    places: Whole
    weights: Floats


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The features that are looked at, in a fixed order, and how rare each is."""

    features: tuple[str, ...]
    rarity: Floats
    _places: dict[str, int] = field(init=False, repr=False, compare=False)
    _of_words: dict[str, tuple[int, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_places", {feature: place for place, feature in enumerate(self.features)})

    def rows(self, texts: Iterable[str]) -> Rows:
        """This function will weigh the features of each text: damped count times rarity, each text of length one."""
        starts: list[int] = [0]
        places: list[int] = []
        counts: list[int] = []
        for text in texts:
            words = _words(text)
            found = Counter(chain.from_iterable(map(self._of_word, words)))
            found.update(place for pair in _pairs(words) if (place := self._places.get(pair)) is not None)
            places.extend(found)
            counts.extend(found.values())
            starts.append(len(places))
        return self.weighed(np.array(starts, dtype=np.int64), np.array(places, dtype=np.int64), np.array(counts))

    def _of_word(self, word: str) -> tuple[int, ...]:
        """The places of a word and its pieces; remembered, as people use few words often."""
        places = self._of_words.get(word)
        if places is None:
            looked_up = (self._places.get(name) for name in _with_pieces(word))
            places = tuple(place for place in looked_up if place is not None)
            if len(self._of_words) < KEPT_WORDS:
                self._of_words[word] = places
        return places

    def weighed(self, starts: Whole, places: Whole, counts: Whole) -> Rows:
        """This function will weigh features that were counted already."""
        weights = (1 + np.log(counts.astype(np.float64))) * self.rarity[places]
        sizes = np.diff(starts)
        owner = np.repeat(np.arange(len(sizes)), sizes)
        lengths = np.sqrt(np.bincount(owner, weights=weights**2, minlength=len(sizes)))
        lengths[lengths == 0] = 1
        return Rows(starts, places, weights / lengths[owner])

    def known(self, text: str) -> float:
        """This function will give the share of a text's words that were ever learned; none of no words."""
        words = _words(text)
        return sum(word in self._places for word in words) / len(words) if words else 0.0


class Counted:
    """Texts whose features were counted once, so that several models can learn from different parts of them."""

    def __init__(self, texts: Iterable[str]) -> None:
        numbers: dict[str, int] = {}
        starts: list[int] = [0]
        ids: list[NDArray[np.int32]] = []
        counts: list[NDArray[np.int32]] = []
        of_words: dict[str, tuple[int, ...]] = {}
        for text in texts:
            words = _words(text)
            for word in words:
                if word not in of_words:
                    of_words[word] = tuple(numbers.setdefault(name, len(numbers)) for name in _with_pieces(word))
            found = Counter(chain.from_iterable(of_words[word] for word in words))
            found.update(numbers.setdefault(pair, len(numbers)) for pair in _pairs(words))
            ids.append(np.fromiter(found, dtype=np.int32, count=len(found)))
            counts.append(np.fromiter(found.values(), dtype=np.int32, count=len(found)))
            starts.append(starts[-1] + len(found))
        empty = np.empty(0, dtype=np.int32)
        self.names = list(numbers)
        self.starts = np.array(starts, dtype=np.int64)
        self.ids = np.concatenate([empty, *ids])
        self.counts = np.concatenate([empty, *counts])

    def learned_from(self, chosen: Booleans) -> tuple[Vocabulary, Rows]:
        """This function will make a vocabulary of the chosen texts, and weigh these in it.

        It holds the features that enough of them have, the most frequent where there are too many.
        """
        entries = np.repeat(chosen, np.diff(self.starts))
        having = np.bincount(self.ids[entries], minlength=len(self.names))
        enough = np.flatnonzero(having >= FEWEST_TEXTS).tolist()
        enough.sort(key=lambda number: (-having[number], self.names[number]))
        kept = sorted(enough[:MOST_FEATURES], key=self.names.__getitem__)
        rarity = np.log((1 + int(chosen.sum())) / (1 + having[kept].astype(np.float64))) + 1
        vocabulary = Vocabulary(tuple(self.names[number] for number in kept), rarity)
        places = np.full(len(self.names), -1, dtype=np.int64)
        places[kept] = np.arange(len(kept))
        return vocabulary, self._rows(vocabulary, places, chosen)

    def _rows(self, vocabulary: Vocabulary, places: Whole, chosen: Booleans) -> Rows:
        sizes = np.diff(self.starts)
        owner = np.repeat(np.arange(len(sizes)), sizes)
        wanted = chosen[owner] & (places[self.ids] >= 0)
        left = np.bincount(owner[wanted], minlength=len(sizes))[chosen]
        starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(left)])
        return vocabulary.weighed(starts, places[self.ids[wanted]], self.counts[wanted].astype(np.int64))


def _words(text: str) -> list[str]:
    return [word[:LONGEST_WORD] for word in words_in(text[:LONGEST_TEXT])]


def _with_pieces(word: str) -> Iterator[str]:
    """A word and its pieces, these marked by a bar, so that neither can be taken for the other or for a pair."""
    yield word
    edged = f"_{word}_"
    for long in PIECES:
        for at in range(len(edged) - long + 1):
            yield f"|{edged[at : at + long]}"


def _pairs(words: Sequence[str]) -> Iterator[str]:
    return map(" ".join, pairwise(words))
