"""Themes by dictionary: which themes a text speaks of, in the words that governance staff wrote down.

A theme says what a text is about, never whether it is praise or blame: “they were not rude” is about the manner
of staff as much as “they were rude”. Negation is therefore not looked at. Where a turn of phrase misleads
(“no complaints” is not about complaints) it belongs in the theme's ``exclude``.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from sightline.core.signals import Dimension
from sightline.core.verdict import Invalid

FEWEST_BEFORE_STAR = 2  # “a*” would find almost everything
LONGEST_PHRASE = 40  # words
# A word may hold an apostrophe, and what cannot be seen: soft hyphens, joiners, accents that stand by themselves.
_WORD = re.compile(r"[^\W_]+(?:['’\u0300-\u036f\u00ad\u200b-\u200d\u2060]+[^\W_]+)*")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200d\u2060]")
_ENDS_SENTENCE = re.compile(r"[.!?;:…]|\n\s*\n")
_KEPT_WORDS = 50_000


class ThemeEntry(Protocol):
    """One theme of a dictionary: what it is called, on which rows of the matrix it bears, which words speak of it."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def rows(self) -> Sequence[Dimension]: ...
    @property
    def phrases(self) -> Sequence[str]: ...
    @property
    def exclude(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Found:
    """One phrase in a text, as the dictionary writes it, and where it stands."""

    phrase: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """A theme that a text speaks of, with every place that says so, in the order of the text."""

    theme: str
    found: tuple[Found, ...]

    @property
    def phrases(self) -> tuple[str, ...]:
        """Each phrase that was found, once, in the order in which it first stands."""
        return tuple(dict.fromkeys(one.phrase for one in self.found))


@dataclass(slots=True)
class _Node:
    """A word deep in the dictionary: what may follow it, and whose phrases end here."""

    words: dict[str, _Node] = field(default_factory=dict)
    starred: dict[str, _Node] = field(default_factory=dict)
    lengths: tuple[int, ...] = ()
    ends: list[tuple[int, str, bool]] = field(default_factory=list)  # theme's place, phrase, whether it excludes


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A dictionary made ready for reading; ``version`` is the fingerprint of all that decides what it finds."""

    version: str
    themes: tuple[str, ...]
    _root: _Node = field(repr=False, compare=False)
    _longest: int = field(repr=False, compare=False)
    _first: dict[str, tuple[_Node, ...]] = field(default_factory=dict, repr=False, compare=False)


_Plain = tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]


def compiled(entries: Iterable[ThemeEntry]) -> Dictionary:
    """This function will make a dictionary ready for reading, once for each version of it (DAT-10; QSG 2017 ¶109).

    A dictionary that cannot be used is refused with every fault; ``faults_in`` names them beforehand.
    """
    listed = tuple(entries)
    if faults := faults_in(listed):
        raise Invalid(*faults)
    return _compiled(tuple((one.id, tuple(one.phrases), tuple(one.exclude)) for one in listed))


def faults_in(entries: Iterable[ThemeEntry]) -> tuple[str, ...]:
    """This function will say, for whoever edits a dictionary, what in it cannot be used and what to write instead."""
    found, seen = [], set()
    for entry in entries:
        if entry.id in seen:
            found.append(f"The theme “{entry.id}” is there twice. Join the two.")
        seen.add(entry.id)
        if not entry.phrases:
            found.append(f"“{entry.name}” has no phrases. Write at least one.")
        for phrase in (*entry.phrases, *entry.exclude):
            if says := _fault(phrase):
                found.append(f"“{entry.name}”: the phrase “{phrase}” {says}")
    return tuple(found)


def matched(text: str, dictionary: Dictionary) -> tuple[Match, ...]:
    """This function will find the themes a text speaks of, in the order of the dictionary (INT-15; SQG 2022 §2.2).

    Whole words count, in any case and with or without accents; ``wait*`` is every word that begins so. A phrase
    does not reach across the end of a sentence. A place that a phrase of the theme's ``exclude`` covers does not
    count, nor one that a longer phrase of the same theme holds. Time grows with the text, never with its square.
    """
    hits: dict[int, list[Found]] = {}
    barred: dict[int, list[tuple[int, int]]] = {}
    for place, phrase, excludes, start, end in _hits(_words_of(text, dictionary._longest + 1), dictionary):
        if excludes:
            barred.setdefault(place, []).append((start, end))
        else:
            hits.setdefault(place, []).append(Found(phrase, start, end))
    matches = []
    for place in sorted(hits):
        if kept := _counting(hits[place], barred.get(place, [])):
            matches.append(Match(dictionary.themes[place], kept))
    return tuple(matches)


def words_in(text: str) -> list[str]:
    """This function will give the words of a text as dictionary and model compare them: no case, accent, apostrophe."""
    return [_plain(found.group()) for found in _WORD.finditer(text)]


# --- making ready


@lru_cache(maxsize=8)
def _compiled(plain: _Plain) -> Dictionary:
    root, longest = _Node(), 0
    for place, (_, phrases, excludes) in enumerate(plain):
        for phrase, bars in [(one, False) for one in phrases] + [(one, True) for one in excludes]:
            words = _asked(phrase)
            node = root
            for word in words:
                longest = max(longest, len(word))
                branch = node.starred if word.endswith("*") else node.words
                node = branch.setdefault(word.rstrip("*"), _Node())
            node.ends.append((place, phrase, bars))
    _measure(root)
    version = hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()
    return Dictionary(version, tuple(one[0] for one in plain), root, longest)


def _measure(node: _Node) -> None:
    """Note how long the beginnings are that a node knows; phrases are short, so this goes no deeper than they."""
    node.lengths = tuple(sorted({len(start) for start in node.starred}))
    for below in (*node.words.values(), *node.starred.values()):
        _measure(below)


def _asked(phrase: str) -> tuple[str, ...]:
    """A phrase as the words it asks for, a star kept at the end of those that are only beginnings."""
    words = []
    for found in _WORD.finditer(phrase):
        words.append(_plain(found.group()) + ("*" if phrase[found.end() : found.end() + 1] == "*" else ""))
    return tuple(words)


def _fault(phrase: str) -> str:
    words = _asked(phrase)
    if not words:
        return "has no word in it. Write what people say."
    if len(words) > LONGEST_PHRASE:
        return f"has more than {LONGEST_PHRASE} words. Keep the words that tell."
    if phrase.count("*") != sum(word.endswith("*") for word in words):
        return "has a star that does not follow a word. A star stands straight after the beginning of a word."
    if re.search(r"\*[^\W_]", phrase):
        return "has a star inside a word. A star stands at the end."
    if any(word.endswith("*") and len(word) <= FEWEST_BEFORE_STAR for word in words):
        return f"needs at least {FEWEST_BEFORE_STAR} letters before its star, or it finds too much."
    return ""


# --- reading

_Word = tuple[str, int, int, bool]  # the plain word, where it stands, whether a sentence ended before it


def _words_of(text: str, longest: int) -> list[_Word]:
    """Each word of a text; one longer than any in the dictionary is cut, as the rest cannot matter."""
    words, before = [], 0
    for found in _WORD.finditer(text):
        start, end = found.span()
        ended = start - before > 1 and bool(_ENDS_SENTENCE.search(text, before, start))
        words.append((_plain(found.group()[: longest + 8])[:longest], start, end, ended))
        before = end
    return words


def _plain(word: str) -> str:
    """A word without case, accents, apostrophes or the s of the genitive."""
    if not word.isascii():
        word = _UNSEEN.sub("", unicodedata.normalize("NFKD", word).replace("’", "'"))
        word = "".join(letter for letter in word if not unicodedata.combining(letter))
    word = word.casefold()
    return word.removesuffix("'s").replace("'", "") if "'" in word else word


def _hits(words: list[_Word], dictionary: Dictionary) -> Iterator[tuple[int, str, bool, int, int]]:
    """Every phrase that stands in a text, as theme's place, phrase, whether it excludes, start and end."""
    for at, (word, start, _, _) in enumerate(words):
        nodes = _first(word, dictionary)
        ahead = at
        while nodes:
            end = words[ahead][2]
            for node in nodes:
                for place, phrase, excludes in node.ends:
                    yield place, phrase, excludes, start, end
            ahead += 1
            if ahead == len(words) or words[ahead][3]:
                break
            nodes = tuple(below for node in nodes for below in _following(node, words[ahead][0]))


def _first(word: str, dictionary: Dictionary) -> tuple[_Node, ...]:
    """Where a phrase may begin with this word; remembered, as people use few words often."""
    known = dictionary._first.get(word)
    if known is None:
        known = _following(dictionary._root, word)
        if len(dictionary._first) < _KEPT_WORDS:
            dictionary._first[word] = known
    return known


def _following(node: _Node, word: str) -> tuple[_Node, ...]:
    whole = node.words.get(word)
    starred = (node.starred.get(word[:length]) for length in node.lengths if length <= len(word))
    return tuple(below for below in (whole, *starred) if below is not None)


def _counting(found: list[Found], barred: list[tuple[int, int]]) -> tuple[Found, ...]:
    """What is left of a theme's places without those that an exclusion covers or a longer one holds."""
    kept: list[Found] = []
    bars = sorted(barred)
    at = covered = reached = 0
    for one in sorted(found, key=lambda place: (place.start, -place.end, place.phrase)):
        while at < len(bars) and bars[at][0] <= one.start:
            covered = max(covered, bars[at][1])
            at += 1
        if covered < one.end and reached < one.end:
            kept.append(one)
            reached = one.end
    return tuple(kept)
