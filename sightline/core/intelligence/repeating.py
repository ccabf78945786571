"""Whether a text repeats what fewer people may read: words in a row of a passage, or a name out of an annex."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from sightline.core.intelligence.checking import PersonalKind, find_personal
from sightline.core.intelligence.folding import fold

RUN = 8  # words in a row that two texts hardly share by chance
SHORTEST = 3  # a passage of fewer words says nothing that could be told from common speech
_WORD = re.compile(r"[^\W_]+")
_PARTS = re.compile(r"[\n,;:()/|]| [–—-] ")
_CAPITALS = re.compile(r"(?:[A-Z][\w'-]*[ \t]+)+[A-Z][\w'-]*")
_NUMBER = re.compile(r"\d(?:[ -]?\d){4,}")
# What somebody is called by their work names nobody.
_CALLINGS = frozenset(
    {"carer", "consultant", "director", "doctor", "house", "hospital", "manager", "matron", "midwife", "nurse"}
    | {"patient", "porter", "resident", "sister", "staff", "surgeon", "trust", "ward"}
)


def repeats(told: str, kept_back: str, freely_said: Iterable[str] = ()) -> bool:
    """This function will say whether a text repeats words in a row of one that fewer may read.

    Case, accents and punctuation make no difference. A run that is freely said elsewhere is no secret. A passage
    shorter than a run counts as a whole.
    """
    secret = _words(kept_back)
    length = min(RUN, len(secret))
    if length < SHORTEST:
        return False
    free = {run for text in freely_said for run in _runs(_words(text), length)}
    return bool((set(_runs(secret, length)) - free) & set(_runs(_words(told), length)))


def repeats_identity(told: str, identity: str, public: Iterable[str] = ()) -> bool:
    """This function will say whether a text names whom an annex is about (IGV-02; QSG 2017 ¶115).

    It looks for each part of the identity that is written as a name, for the last word of such a name alone, and for
    long numbers; ``public`` are the names of the bodies concerned, which are no secret.
    """
    common = {word for text in public for word in _words(text)} | _CALLINGS
    names = [name for name in _names(fold(identity).text) if not set(_words(name)) <= common]
    if any(one.kind is PersonalKind.NAME for one in find_personal(told, names)):
        return True
    said = re.sub(r"[ -]", "", fold(told).text)
    return any(re.sub(r"[ -]", "", number) in said for number in _NUMBER.findall(fold(identity).text))


def _names(identity: str) -> Iterator[str]:
    for part in _PARTS.split(identity):
        if re.search(r"[A-Z]", part):
            yield part.strip()
    for run in _CAPITALS.findall(identity):
        words = run.split()
        yield from (f"{first} {second}" for first, second in pairwise(words))
        if len(words[-1]) > SHORTEST:
            yield words[-1]


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text).text.casefold())


def _runs(words: list[str], length: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[first : first + length]) for first in range(len(words) - length + 1))
