"""How a word of the directory becomes a database choice, with its label."""

from __future__ import annotations

from enum import StrEnum

_CAPITALS = {"Nhs": "NHS", "Icb": "ICB", "Ccg": "CCG", "Cqc": "CQC", "Gp": "GP", "Nice": "NICE", "Sub icb": "Sub-ICB"}


def label(word: StrEnum | str) -> str:
    """This function will write a word of the directory as people read it: “gp_practice” is “GP practice”."""
    text = str(word).replace("_", " ").capitalize()
    for plain, right in _CAPITALS.items():
        if text == plain or text.startswith(plain + " "):
            text = right + text[len(plain) :]
    return text


def choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    """This function will give every word with its label."""
    return [(word.value, label(word)) for word in words]


def one_of(words: type[StrEnum]) -> list[str]:
    """This function will give the bare words, for a constraint."""
    return [word.value for word in words]
