"""What the readers of a report may stumble over: its length, long sentences, and short forms that nobody spelt out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

LONGEST_SENTENCE = 25  # words; beyond that few follow at first reading
WORDS_ON_A_SIDE = 450  # of A4 with headings, in the size of print that is used here
_SHORT_FORM = re.compile(r"\b(?!NHS\b|UK\b|GPs?\b)[A-Z][A-Z&]*[A-Z]s?\b")
_SPELT_OUT = re.compile(r"((?:[\w’'-]+\s+){1,8})\(([A-Z][A-Z&]*[A-Z])s?\)")
_SENTENCE = re.compile(r"(?<=[.;:?!])\s+|\n+")
_SMALL = frozenset({"and", "of", "the", "for", "in", "on", "to", "with", "by", "a", "an"})


def hints_on(texts: Mapping[str, str], longest_sides: int | None = None) -> tuple[str, ...]:
    """This function will say what may be hard to read in a report, by the headings of its sections.

    They are hints: nothing is refused for them. ``longest_sides`` is how long the template wants it at most (RPT-24).
    """
    return (*_of_length(texts, longest_sides), *_of_words(texts))


def short_forms(texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """This function will list the short forms that a report spells out once, each with its words, in their order.

    Words count where their first letters make the short form, as in "Integrated Care Board (ICB)".
    """
    found: dict[str, str] = {}
    for text in texts.values():
        for words, short in _SPELT_OUT.findall(text):
            if spelt := _spelling(words.split(), short):
                found.setdefault(short, spelt)
    return tuple(sorted(found.items()))


def _of_length(texts: Mapping[str, str], longest_sides: int | None) -> Iterator[str]:
    words = sum(len(text.split()) for text in texts.values())
    if longest_sides and words > longest_sides * WORDS_ON_A_SIDE:
        sides = -(-words // WORDS_ON_A_SIDE)
        yield f"It has {words:,} words, about {sides} sides of A4. The guidance asks for {longest_sides} at most."


def _of_words(texts: Mapping[str, str]) -> Iterator[str]:
    spelt = {short for short, _ in short_forms(texts)}
    told = set[str]()
    for where, text in texts.items():
        for one in dict.fromkeys(found.removesuffix("s") for found in _SHORT_FORM.findall(text)):
            if one not in spelt | told:
                told.add(one)
                yield f"{where}: not everybody knows “{one}”. Spell it out where it comes first, with “({one})” behind it."
        for sentence in _SENTENCE.split(text):
            if (count := len(sentence.split())) > LONGEST_SENTENCE:
                begins = " ".join(sentence.split()[:5])
                yield f"{where}: the sentence “{begins} …” has {count} words. Make two of it."


def _spelling(words: list[str], short: str) -> str:
    """The last of some words whose first letters make a short form, small words between them left aside."""
    letters = short.replace("&", "").casefold()
    for first in range(len(words) - 1, -1, -1):
        some = words[first:]
        if _initials(some) == letters or _initials([one for one in some if one.casefold() not in _SMALL]) == letters:
            return " ".join(some)
    return ""


def _initials(words: list[str]) -> str:
    return "".join(one[0] for one in words).casefold()
