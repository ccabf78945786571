"""Labelled texts: what a model of themes learns from, each text once, however often it was said."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sightline.core.intelligence.theming import words_in


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text that people have themed: the themes they gave it, the day it was heard, and what it belongs to.

    ``group`` names what must stay together when texts are divided: one respondent, one report, one item. Empty,
    the text stands for itself.
    """

    text: str
    themes: frozenset[str]
    heard_on: date
    group: str = ""


def each_text_once(labelled: Iterable[Labelled]) -> list[Labelled]:
    """This function will join texts of the same words, keeping the themes that at least half of them were given.

    The earliest day counts and with it its group, so that a text that is said again later is not news. Texts
    without a word are left out. The order is that of the days, and does not depend on the order they came in.
    """
    same: defaultdict[str, list[Labelled]] = defaultdict(list)
    for one in labelled:
        if key := key_of(one.text):
            same[key].append(one)
    joined = [(key, _joined(sorted(copies, key=_order))) for key, copies in same.items()]
    return [one for _, one in sorted(joined, key=lambda pair: (pair[1].heard_on, pair[0]))]


def key_of(text: str) -> str:
    """This function will give what two texts of the same words have in common; empty for a text without a word."""
    words = words_in(text)
    return hashlib.sha256(" ".join(words).encode()).hexdigest() if words else ""


def _order(one: Labelled) -> tuple[date, str, str]:
    return one.heard_on, one.group, one.text


def _joined(copies: list[Labelled]) -> Labelled:
    first = copies[0]
    given = Counter(theme for one in copies for theme in one.themes)
    kept = frozenset(theme for theme, times in given.items() if 2 * times >= len(copies))
    return Labelled(first.text, kept, first.heard_on, first.group)
