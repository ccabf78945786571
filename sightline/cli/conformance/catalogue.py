"""Finds the checkout and reads its catalogue of requirements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

CATALOGUE = Path("docs/reference/requirements.yaml")
FIELDS = ("id", "framework", "force", "statement", "source")


class ConformanceError(Exception):
    """The command cannot look: its text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing the guidance asks, with the document and paragraph that asks it."""

    id: str
    framework: str
    force: str
    statement: str
    source: str

    @property
    def prefix(self) -> str:
        """The letters before the dash: the area of work."""
        return self.id.partition("-")[0]


def find_root(start: Path) -> Path:
    """This function will find the checkout, from a folder upwards, by its pyproject.toml and its catalogue."""
    for folder in (start, *start.parents):
        if (folder / "pyproject.toml").is_file():
            if (folder / CATALOGUE).is_file():
                return folder
            raise ConformanceError(
                f"{folder} has no {CATALOGUE}. Change to a checkout of Sightline and run the command again."
            )
    raise ConformanceError(
        f"No pyproject.toml in {start} or above it. This command reads Sightline's source and tests: "
        "change to a checkout of the project and run it again."
    )


def load_catalogue(root: Path) -> tuple[Requirement, ...]:
    """This function will read every requirement in the order of the file, and refuse one that is not whole."""
    try:
        rows: Any = yaml.safe_load((root / CATALOGUE).read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConformanceError(f"{CATALOGUE} cannot be read as YAML: {error}. Mend the file.") from error
    if not isinstance(rows, list) or not rows:
        raise ConformanceError(f"{CATALOGUE} holds no list. Write requirements as items with {', '.join(FIELDS)}.")
    catalogue = tuple(_requirement(row, number) for number, row in enumerate(rows, start=1))
    doubled = _doubled(item.id for item in catalogue)
    if doubled:
        raise ConformanceError(f"{CATALOGUE} has more than one {', '.join(doubled)}. Give each its own id.")
    return catalogue


def _requirement(row: Any, number: int) -> Requirement:
    """Make one requirement; a field that is absent, empty or not text is a mistake in the file."""
    given = row if isinstance(row, dict) else {}
    values = {name: given.get(name) for name in FIELDS}
    faulty = [name for name, value in values.items() if not isinstance(value, str) or not value.strip()]
    if faulty:
        raise ConformanceError(
            f"Item {number} of {CATALOGUE} ({values['id'] or 'no id'}) has no text for: {', '.join(faulty)}. "
            "Fill it in, with quotation marks around anything that looks like a number."
        )
    return Requirement(**{name: str(value) for name, value in values.items()})


def _doubled(ids: Iterable[str]) -> list[str]:
    """List what occurs more than once."""
    seen: set[str] = set()
    again: set[str] = set()
    for name in ids:
        (again if name in seen else seen).add(name)
    return sorted(again)
