"""Reads one part from the YAML that people write, and writes it back; every mistake with its line and field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from sightline.core.rulebook.shapes import Strict

S = TypeVar("S", bound=Strict)

# The safe loader that is written in C, where the machine has it: all packs are read when a command starts.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

LONGEST = 200_000  # characters; the longest part of ours has a tenth of it
DEEPEST = 12  # no part nests half as deep; a text that does is no part


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: on which line, in which field, and what is wrong; line 0 is the text as a whole."""

    line: int
    field: str
    says: str

    def __str__(self) -> str:
        where = f"Line {self.line}" if self.line else "The text"
        return f"{where}, {self.field}: {self.says}" if self.field else f"{where}: {self.says}"


class RulebookError(ValueError):
    """A text that breaks the shape of its part; carries every mistake that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def read(shape: type[S], text: str) -> S:
    """This function will make the object that a text describes, or raise RulebookError."""
    node = _composed(text)
    doubles = list(_doubles(node))
    if doubles:
        raise RulebookError(doubles)
    try:
        plain = _LOADER(text).get_single_data()
    except (yaml.YAMLError, ValueError) as error:  # a date such as 2026-02-31 is a ValueError of Python's
        raise RulebookError([_not_yaml(error)]) from None
    if not isinstance(plain, dict):
        raise RulebookError([Problem(1, "", f"it must begin with one of {_fields(shape)}, each with a colon.")])
    try:
        return shape.model_validate(plain)
    except ValidationError as error:
        found = [
            Problem(_line_of(node, dict(one)), _named(one["loc"]), _says(dict(one)))
            for one in error.errors()
            if not (one["type"] == "too_short" and one["input"])  # its entries are wrong, and told of already
        ]
        raise RulebookError(sorted(set(found), key=lambda one: (one.line, one.field))) from None


def line_of(text: str, entry: str) -> int:
    """This function will give the line on which an entry of a part stands, by its id; 0 where there is none."""
    return _entry_line(_composed(text), entry)


@lru_cache(maxsize=256)
def as_text(part: Strict) -> str:
    """This function will write a part as the YAML that reads as the same part: one spelling for each content."""
    plain = _in_order(part.model_dump(mode="json", exclude_defaults=True))
    text: str = yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=110)
    return text


def _in_order(plain: Any) -> Any:
    """An entry as people write it: its id first, where it comes from last."""
    if isinstance(plain, list):
        return [_in_order(one) for one in plain]
    if not isinstance(plain, dict):
        return plain
    rank = {"id": 0, "cites": 2}
    return {name: _in_order(plain[name]) for name in sorted(plain, key=lambda name: rank.get(name, 1))}


def _composed(text: str) -> yaml.Node:
    """The text as nodes that know their lines; nothing that grows when it is read, and nothing bottomless."""
    if len(text) > LONGEST:
        raise RulebookError([Problem(0, "", f"it is longer than {LONGEST:,} characters.")])
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            line = event.start_mark.line + 1 if event.start_mark else 0
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                says = "“&” and “*” at the start of a value are not used here; put the value in quotes."
                raise RulebookError([Problem(line, "", says)])
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise RulebookError([Problem(line, "", "lists stand too deep within lists.")])
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        raise RulebookError([_not_yaml(error)]) from None
    if node is None:
        raise RulebookError([Problem(0, "", "it is empty.")])
    return node


def _not_yaml(error: Exception) -> Problem:
    mark = getattr(error, "problem_mark", None)
    says = str(getattr(error, "problem", "") or getattr(error, "reason", "") or error).split("\n")[0]
    return Problem(mark.line + 1 if mark else 0, "", f"it cannot be read as YAML ({says}).")


def _doubles(node: yaml.Node) -> Iterable[Problem]:
    """Fields that stand twice in one entry: YAML would silently keep the last."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if str(key.value) in seen:
                yield Problem(key.start_mark.line + 1, str(key.value), "it stands twice in one entry.")
            seen.add(str(key.value))
            yield from _doubles(value)
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _doubles(one)


def _says(error: dict[str, Any]) -> str:
    match error["type"]:
        case "missing":
            return "it is missing."
        case "extra_forbidden":
            return "there is no such field; check its spelling."
        case "string_type":
            return "it must be words; put it in quotes."
        case "string_too_short":
            return f"it needs at least {error['ctx']['min_length']} characters."
        case "value_error":
            return f"{error['ctx']['error']}."
        case _:
            return f"{error['msg'][:1].lower()}{error['msg'][1:]}."


def _named(place: Iterable[int | str]) -> str:
    """The way to a field as a reader counts: entries from 1."""
    return " › ".join(f"number {part + 1}" if isinstance(part, int) else str(part) for part in place)


def _line_of(node: yaml.Node, error: dict[str, Any]) -> int:
    """The line of a mistake. One that only the whole shows stands with the first entry that it names."""
    line, within = _found(node, error["loc"])
    if error["type"] != "value_error":
        return line
    named = re.findall("“([^”]+)”", str(error["ctx"]["error"]))
    return next(filter(None, (_entry_line(within, one) for one in named)), line)


def _entry_line(node: yaml.Node, name: str) -> int:
    """The line of the last entry with an id: of two with the same, the second is the one too many."""
    return max((at for id_, at in _ids(node) if id_ == name), default=0)


def _ids(node: yaml.Node) -> Iterator[tuple[str, int]]:
    if isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _ids(one)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "id":
                yield str(value.value), value.start_mark.line + 1
            yield from _ids(value)


def _found(node: yaml.Node, place: Iterable[int | str]) -> tuple[int, yaml.Node]:
    """A field and the line on which it stands; for a missing one, what should hold it."""
    line = node.start_mark.line + 1
    for part in place:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == part), None)
            if pair is None:
                return line, node
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line, node


def _fields(shape: type[Strict]) -> str:
    return ", ".join(f"“{name}”" for name in shape.model_fields)
