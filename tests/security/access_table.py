"""Reads the access table: from rows a person can read to one expected answer for each cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.security.personas import PERSONAS, SIGNED_OUT

FILE = Path(__file__).with_name("access_table.txt")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
ANSWERS = {"200", "204", "302", "400", "403", "404", "405", "410", "sign-in"}


class WrongTable(Exception):
    """The table cannot be read: which line, and what is wrong with it."""


@dataclass(frozen=True)
class Row:
    """What some personas are answered at one address, method by method."""

    name: str
    answers: dict[str, str]
    who: frozenset[str]


def read_table(text: str) -> dict[str, dict[str, dict[str, str]]]:
    """This function will give, for each row name, persona and method, the expected answer."""
    table: dict[str, dict[str, dict[str, str]]] = {}
    for row in _rows(text):
        people = table.setdefault(row.name, {who: _turned_away(who) for who in PERSONAS})
        for who in row.who:
            if people[who] != _turned_away(who):
                raise WrongTable(f"{row.name} has two rows for {who}.")
            people[who] = row.answers
    return table


def _turned_away(who: str) -> dict[str, str]:
    return dict.fromkeys(METHODS, "sign-in" if who in SIGNED_OUT else "403")


def _rows(text: str) -> Iterator[Row]:
    groups: dict[str, list[str]] = {}
    written: list[tuple[int, list[str]]] = []
    for number, line in _lines(text):
        if line.startswith("group ") and "=" in line:
            name, _, members = line.removeprefix("group ").partition("=")
            groups[name.strip()] = members.split()
        else:
            written.append((number, line.split()))
    for number, words in written:
        if len(words) < 4:
            raise WrongTable(f"Line {number}: a row is NAME GET POST WHO ….")
        name, get, post, *rest = words
        answers = {"GET": get, "HEAD": get, "POST": post, "PUT": "405", "PATCH": "405", "DELETE": "405"}
        while rest and "=" in rest[0]:
            method, _, answer = rest.pop(0).partition("=")
            answers[method] = answer
        if wrong := set(answers.values()) - ANSWERS or set(answers) - set(METHODS):
            raise WrongTable(f"Line {number}: {', '.join(sorted(wrong))} is no answer or no method.")
        less = [word.removeprefix("-") for word in rest if word.startswith("-")]
        more = [word for word in rest if not word.startswith("-")]
        named, left_out = (frozenset(_people(some, groups, number)) for some in (more, less))
        if unknown := left_out - named:
            raise WrongTable(f"Line {number}: {', '.join(sorted(unknown))} is left out of a group without them.")
        yield Row(name, answers, named - left_out)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines without remarks; one that is indented goes on from the line before."""
    joined: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.partition("#")[0].rstrip()
        if bare.startswith(" ") and joined:
            joined[-1] = (joined[-1][0], joined[-1][1] + bare)
        elif bare:
            joined.append((number, bare))
    yield from joined


def _people(words: list[str], groups: dict[str, list[str]], number: int) -> Iterator[str]:
    for word in words:
        if word in PERSONAS:
            yield word
        elif word in groups:
            yield from _people(groups[word], groups, number)
        else:
            raise WrongTable(f"Line {number}: {word} is neither a persona nor a group.")
