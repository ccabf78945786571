"""The guidance packs: a folder each, a YAML file each part, read once into frozen objects."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from sightline.core.rulebook import PARTS, Pack, PackFacts, Part, Problem, RulebookError, parse
from sightline.core.rulebook.agreeing import faults_between, place_of
from sightline.core.rulebook.packs import faults_among
from sightline.core.rulebook.reading import line_of, read

_FOLDER = Path(__file__).parent
_FACTS = "pack"


class PackError(ValueError):
    """Pack files that break their shape; every mistake with its file, line and field."""


def load(folder: Path = _FOLDER) -> Mapping[str, Pack]:
    """This function will read every pack of a folder, the oldest first, or raise PackError with all mistakes."""
    problems: list[str] = []
    found = [_read_pack(path.parent, problems) for path in sorted(folder.glob(f"*/{_FACTS}.yaml"))]
    problems += faults_among(pack for pack in found if pack)
    if problems:
        raise PackError("\n".join(problems))
    packs = sorted((pack for pack in found if pack), key=lambda pack: pack.facts.in_force_from)
    return MappingProxyType({pack.id: pack for pack in packs})


def _read_pack(folder: Path, problems: list[str]) -> Pack | None:
    facts: PackFacts | None = None
    parts: dict[str, Part] = {}
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        text = texts[path.stem] = path.read_text(encoding="utf-8")
        try:
            if path.stem == _FACTS:
                facts = read(PackFacts, text)
            elif path.stem in PARTS:
                parts[path.stem] = parse(path.stem, text)
            else:
                raise RulebookError([Problem(0, "", f"no part is called “{path.stem}”.")])
        except RulebookError as error:
            problems += [f"{folder.name}/{path.name}: {problem}" for problem in error.problems]
    if facts and facts.id != folder.name.replace("_", "-"):
        problems.append(f"{folder.name}/{_FACTS}.yaml: the id must be the folder's, “{folder.name.replace('_', '-')}”.")
    problems += [_placed(folder, fault, texts) for fault in faults_between(parts)]
    ordered = {name: parts[name] for name in PARTS if name in parts}
    return Pack(facts, MappingProxyType(ordered)) if facts else None


def _placed(folder: Path, fault: str, texts: Mapping[str, str]) -> str:
    """A fault between parts, with the file and the line at which to begin."""
    part, entry = place_of(fault)
    line = line_of(texts[part], entry) if part in texts else 0
    return f"{folder.name}/{part}.yaml: Line {line}: {fault}" if line else f"{folder.name}: {fault}"


PACKS = load()
