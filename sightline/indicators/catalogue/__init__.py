"""The catalogue of indicators: YAML files beside this one, read once into frozen objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from pydantic import ValidationError

from sightline.core.signals import Dimension
from sightline.indicators.catalogue.schema import (
    Better,
    ChartKind,
    DataCard,
    Indicator,
    SmallNumbers,
    SourceFile,
    Target,
    TargetKind,
    Unit,
)

__all__ = [
    "CATALOGUE",
    "Better",
    "CatalogueError",
    "ChartKind",
    "DataCard",
    "Dimension",
    "Indicator",
    "SmallNumbers",
    "Target",
    "TargetKind",
    "Unit",
    "load",
    "read_indicator",
]

_FOLDER = Path(__file__).parent


class CatalogueError(ValueError):
    """A catalogue file that breaks its shape; every mistake with its file, line and field."""


def read_indicator(plain: Mapping[str, Any]) -> Indicator:
    """This function will make an indicator of plain values, as JSON holds them, or raise CatalogueError."""
    try:
        return Indicator.model_validate(dict(plain))
    except ValidationError as error:
        problems = (f"{_field(one['loc'])}: {one['msg']}" for one in error.errors())
        raise CatalogueError("\n".join(problems)) from None


def load(folder: Path = _FOLDER) -> Mapping[str, Indicator]:
    """This function will read every YAML file of a folder; an id may stand only once among them all."""
    found: dict[str, Indicator] = {}
    problems: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        for indicator in _read_file(path, problems):
            if indicator.id in found:
                problems.append(f"{path.name}: the id “{indicator.id}” stands in another file or place too.")
            found[indicator.id] = indicator
    if problems:
        raise CatalogueError("\n".join(problems))
    return MappingProxyType(found)


def _read_file(path: Path, problems: list[str]) -> tuple[Indicator, ...]:
    text = path.read_text(encoding="utf-8")
    try:
        plain = yaml.safe_load(text)
        file = SourceFile.model_validate(plain)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problems.append(
            f"{path.name}, line {mark.line + 1 if mark else '?'}: it is not YAML ({error.__class__.__name__})."
        )
    except ValidationError as error:
        for one in error.errors():
            problems.append(f"{path.name}, line {_line(text, one['loc'])}, {_field(one['loc'])}: {one['msg']}")
    else:
        if file.source != path.stem:
            problems.append(f"{path.name}, line 1, source: it must be the name of the file, “{path.stem}”.")
        cited = {"source": file.source, "publisher": file.publisher, "address": file.address}
        return tuple(indicator.model_copy(update=cited) for indicator in file.indicators)
    return ()


def _field(place: Iterable[int | str]) -> str:
    return ".".join(str(part) for part in place) or "the whole"


def _line(text: str, place: Iterable[int | str]) -> int:
    """The line on which a field stands; for a missing field, the line of what should hold it."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    line = 1
    for part in place:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == part), None)
            if pair is None:
                return line
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line


CATALOGUE = load()
