"""Says how plain a paper's English is: remarks for whoever wrote it, never a bar (MTG-14; QSG 2017 ¶98)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from sightline.core.meetings.words import few, listed, verb

LONG = 25  # words in a sentence, as the service manual of the NHS counts
HARD = 50  # reading ease below which a text is for specialists
A_FEW_PAGES = 10
_TOO_SHORT = 100  # words of which nothing can be said
_ENDS = re.compile(r"(?<=[.!?])[\"”’)]*\s+|\n\s*\n|\n(?=\s*[•\-–*\d])")
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
_VOWELS = re.compile(r"[aeiouy]+")
_SHORT = re.compile(r"\b[A-Z]{3,6}s?\b")
_KNOWN = frozenset({"NHS", "GP", "GPs", "CQC", "ICB", "MRSA", "COVID", "PDF"})
_FIRST = 5


@dataclass(frozen=True, slots=True)
class Plainness:
    """What was counted of a text: ``ease`` is Flesch’s, of which a hundred is a child’s book."""

    words: int = 0
    sentences: int = 0
    long_sentences: int = 0
    longest: int = 0
    ease: int | None = None
    unexplained: tuple[str, ...] = ()


def plainness(text: str) -> Plainness:
    """This function will count what makes a text heavy: long sentences, long words, letters that nobody spells out."""
    sentences = [found for one in _ENDS.split(text) if (found := _WORD.findall(one))]
    words = [word for one in sentences for word in one]
    if len(words) < _TOO_SHORT:
        return Plainness(len(words), len(sentences))
    lengths = [len(one) for one in sentences]
    syllables = sum(map(_syllables, words))
    ease = 206.835 - 1.015 * len(words) / len(sentences) - 84.6 * syllables / len(words)
    return Plainness(
        words=len(words),
        sentences=len(sentences),
        long_sentences=sum(one > LONG for one in lengths),
        longest=max(lengths),
        ease=round(max(0.0, min(100.0, ease))),
        unexplained=_unexplained(text),
    )


def remarks(found: Plainness, pages: int | None) -> tuple[str, ...]:
    """This function will say in words what its writer may want to mend."""
    said = []
    if pages is not None and pages > A_FEW_PAGES:
        said.append(f"It has {pages} pages. A page in front that says what matters helps whoever has little time.")
    if found.long_sentences:
        are = verb(found.long_sentences, "is", "are")
        said.append(
            f"{few(found.long_sentences, 'sentence')} of {found.sentences} {are} longer than {LONG} words; "
            f"the longest has {found.longest}."
        )
    if found.ease is not None and found.ease < HARD:
        said.append(f"Its reading ease is {found.ease} of 100. From 60 on most people read a text without effort.")
    if found.unexplained:
        said.append(f"These letters are not spelled out in it: {listed(found.unexplained)}.")
    return tuple(said)


def _unexplained(text: str) -> tuple[str, ...]:
    """Letters that stand for words, most frequent first, which are nowhere in brackets nor followed by them."""
    counted = Counter(one for one in _SHORT.findall(text) if one not in _KNOWN)
    spelled = {one for one in counted if f"({one})" in text or f"{one} (" in text}
    return tuple(one for one, _ in counted.most_common() if one not in spelled)[:_FIRST]


def _syllables(word: str) -> int:
    lower = word.lower()
    count = len(_VOWELS.findall(lower))
    if lower.endswith("e") and not lower.endswith("le") and count > 1:
        count -= 1
    return max(1, count)
