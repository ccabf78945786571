"""What is looked for in words that the public is to read: few people, bodies by name, and what is hard to follow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Worry(StrEnum):
    """What may be wrong with words that the public reads."""

    FEW_PEOPLE = "few_people"
    NAMED_BODY = "named_body"
    HARD_TO_FOLLOW = "hard_to_follow"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at before the words are public, and where it stands."""

    worry: Worry
    where: str
    says: str

    @property
    def must_be_answered(self) -> bool:
        """Whether somebody has to say why it may stay; what is only hard to follow may stay as it is."""
        return self.worry is not Worry.HARD_TO_FOLLOW

    @property
    def words(self) -> str:
        """The remark with its place."""
        return f"{self.where}: {self.says}"


LONGEST_SENTENCE = 25  # words; beyond that few follow at first reading
_SHORTEST_NAME = 4
_PEOPLE = (
    "patients|people|persons|residents|children|babies|mothers|women|men|deaths|families|staff|nurses|doctors|midwives"
    "|carers|users|pupils|cases|incidents"
)
_ONE = "patient|person|resident|child|baby|mother|woman|man|death|family|nurse|doctor|midwife|carer|case|incident"
_BETWEEN = r"\s+(?:[\w’'-]+\s+){0,2}"
_FEW = re.compile(
    rf"\b(?:(?:two|three|four|[2-4]|a few|fewer than (?:five|5)){_BETWEEN}(?:{_PEOPLE})|(?:one|1|single){_BETWEEN}(?:{_ONE}))\b",
    re.IGNORECASE,
)
_SHORT_FORM = re.compile(r"\b(?!NHS\b|UK\b|GP\b|GPs\b)[A-Z]{2,}s?\b")
_SENTENCE = re.compile(r"(?<=[.;:?!])\s+|\n+")
_LEGAL_FORM = re.compile(r"\s+(?:NHS\s+)?(?:Foundation\s+)?Trust$|\s+(?:Limited|Ltd|CIC|plc)\.?$", re.IGNORECASE)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'"})


def remarks_on(texts: Mapping[str, str], bodies: Iterable[str]) -> tuple[Remark, ...]:
    """This function will look through words for the public, by their places, and say what has to be looked at.

    ``bodies`` are the names of those who give care. Each is remarked upon alike, whatever is thought of it: a remark
    that came for some of them alone would tell whoever may not know at which level they stand.
    """
    names = _shortened(bodies)
    return tuple(one for where, text in texts.items() for one in _of_one(where, text, names))


def named_in(text: str, bodies: Iterable[str]) -> tuple[str, ...]:
    """This function will give those of some names that stand in words, with or without what a body's legal form adds."""
    return tuple(_named(_plain(text), _shortened(bodies)))


def _shortened(bodies: Iterable[str]) -> list[tuple[str, str]]:
    """Names with what people say for them; what is too short would be found everywhere."""
    return [(name, short) for name in bodies if len(short := _plain(_LEGAL_FORM.sub("", name))) >= _SHORTEST_NAME]


def _named(plain: str, names: list[tuple[str, str]]) -> Iterator[str]:
    return (name for name, short in names if short in plain and re.search(rf"(?<!\w){re.escape(short)}(?!\w)", plain))


def _of_one(where: str, text: str, names: list[tuple[str, str]]) -> Iterator[Remark]:
    for found in dict.fromkeys(one.group().strip() for one in _FEW.finditer(text)):
        says = f"“{found}” is so few that somebody may know who they are. Leave the number out, or say why it may stay."
        yield Remark(Worry.FEW_PEOPLE, where, says)
    for name in _named(_plain(text), names):
        says = f"{name} is named. Leave the name out, or say why the public may read that it was spoken of."
        yield Remark(Worry.NAMED_BODY, where, says)
    for short_form in dict.fromkeys(_SHORT_FORM.findall(text)):
        yield Remark(Worry.HARD_TO_FOLLOW, where, f"Not everybody knows “{short_form}”. Spell it out.")
    for sentence in _SENTENCE.split(text):
        if (count := len(sentence.split())) > LONGEST_SENTENCE:
            begins = " ".join(sentence.split()[:5])
            yield Remark(Worry.HARD_TO_FOLLOW, where, f"The sentence “{begins} …” has {count} words. Make two of it.")


def _plain(text: str) -> str:
    return " ".join(text.translate(_APOSTROPHES).casefold().split())
