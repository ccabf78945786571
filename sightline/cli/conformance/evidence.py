"""Gathers where the code claims requirements and which tests show them, and says what does not fit together."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sightline.cli.conformance.catalogue import CATALOGUE, ConformanceError, Requirement
from sightline.cli.conformance.python_source import DEFINITIONS, PythonSource

Named = tuple[str, str]  # an id, and the place or test that names it

DATA_ENDINGS = frozenset({".yaml", ".yml", ".jinja", ".html"})
MARKER = "requirement"
RULES = "sightline/core/"
READ_BY_RULES = ("sightline/core/rulebook/", "sightline/rulebook/packs/")


@dataclass(frozen=True, slots=True)
class Evidence:
    """For each id that is named, the places in the code that claim it and the tests that show it."""

    enforced_in: dict[str, tuple[str, ...]]
    tests: dict[str, tuple[str, ...]]
    uncalled: tuple[str, ...] = ()  # stages of rules that no app calls yet

    def waits(self, name: str) -> bool:
        """This function will say whether an id stands only in rules that nothing calls yet, and in the data they read."""
        places = self.enforced_in.get(name, ())
        in_rules = [any(place.startswith(f"{RULES}{stage}/") for stage in self.uncalled) for place in places]
        in_data = [place.startswith(READ_BY_RULES) for place in places]
        return any(in_rules) and all(a or b for a, b in zip(in_rules, in_data, strict=True))


def gather(root: Path, catalogue: Iterable[Requirement]) -> Evidence:
    """This function will read the whole checkout once; ids that the catalogue lacks are kept, to be reported."""
    pattern = id_pattern({item.prefix for item in catalogue})
    return Evidence(_grouped(_claims(root, pattern)), _grouped(_shown(root, pattern)), _uncalled(root))


def problems(catalogue: Iterable[Requirement], evidence: Evidence) -> list[str]:
    """This function will list claims without a test and names without a requirement, each with its mend."""
    known = {item.id for item in catalogue}
    untested = [
        f"{name} is claimed in {places[0]}{_and_more(places)}, but no test names it. Mark the test that shows it "
        f'with @pytest.mark.{MARKER}("{name}") or name the id in its docstring; if it is not carried out, '
        "take the id out of the code."
        for name, places in evidence.enforced_in.items()
        if name in known and name not in evidence.tests
    ]
    named = _grouped(
        (name, place) for by_id in (evidence.enforced_in, evidence.tests) for name in by_id for place in by_id[name]
    )
    unknown = [
        f"{name} is named in {places[0]}{_and_more(places)}, but {CATALOGUE} has no such requirement. "
        "Correct the id, or add the requirement with its source."
        for name, places in named.items()
        if name not in known
    ]
    return untested + unknown


def id_pattern(prefixes: Iterable[str]) -> re.Pattern[str]:
    """This function will make the pattern of an id: a known prefix, two digits, and more after slashes (01/02)."""
    letters = "|".join(sorted(re.escape(prefix) for prefix in prefixes))
    return re.compile(rf"(?<![\w-])({letters})-(\d\d(?:/\d\d)*)(?![\w/])")


def ids_in(text: str, pattern: re.Pattern[str]) -> Iterator[str]:
    """This function will give every id that a text names, short forms written out."""
    for prefix, numbers in pattern.findall(text):
        for number in numbers.split("/"):
            yield f"{prefix}-{number}"


def _claims(root: Path, pattern: re.Pattern[str]) -> Iterator[Named]:
    """Read the product's own files; migrations are generated and claim nothing."""
    for path in sorted((root / "sightline").rglob("*")):
        if path.suffix not in {".py", *DATA_ENDINGS} or "migrations" in path.parts or not path.is_file():
            continue
        name, text = path.relative_to(root).as_posix(), _read(path)
        if not pattern.search(text):
            continue  # most files name none: do not parse them
        if path.suffix != ".py":
            yield from ((found, name) for found in ids_in(text, pattern))
            continue
        source = _parsed(path, text)
        for number, line in enumerate(source.lines, start=1):
            for found in ids_in(line, pattern):
                scope = source.scope_at(number)
                yield found, f"{name}::{'.'.join(scope.chain)}" if scope else name


def _uncalled(root: Path) -> tuple[str, ...]:
    """The stages of rules that no app imports; documents and commands call rules, and put them to no use."""
    code = root / "sightline"
    users = [one for one in code.rglob("*.py") if one.relative_to(code).parts[0] not in {"core", "cli"}]
    texts = [_read(one) for one in users]
    stages = [one.name for one in (code / "core").glob("*") if (one / "__init__.py").is_file()]
    return tuple(
        sorted(
            one
            for one in stages
            if not any(f"sightline.core.{one} " in f"{text} " or f"sightline.core.{one}." in text for text in texts)
        )
    )


def _shown(root: Path, pattern: re.Pattern[str]) -> Iterator[Named]:
    """Read the test modules: docstrings, comments and markers name ids; data in a test does not."""
    for path in sorted((root / "tests").rglob("test_*.py")):
        name, text = path.relative_to(root).as_posix(), _read(path)
        if not pattern.search(text):
            continue
        source = _parsed(path, text)
        spoken = [(True, *note) for note in (*source.docstrings(), *source.marked(MARKER))]
        spoken += [(False, *note) for note in source.comments()]
        for speaks_for_module, line, note in spoken:
            node = _node_id(source, line, speaks_for_module)
            if node is not None:
                yield from ((found, name + node) for found in ids_in(note, pattern))


def _node_id(source: PythonSource, line: int, speaks_for_module: bool) -> str | None:
    """Say which test, class of tests or module pytest would run for a line; None for what is no test."""
    scope = source.scope_at(line)
    if scope is None or scope.chain == ("pytestmark",):
        return "" if speaks_for_module and _has_tests(source.tree) else None
    path = [part for part in (*scope.within, scope.node) if isinstance(part, DEFINITIONS)]
    names: list[str] = []
    for part in path:
        names.append(part.name)
        if not isinstance(part, ast.ClassDef):
            return "::" + "::".join(names) if part.name.startswith("test") else None
    in_class_itself = isinstance(scope.node, ast.ClassDef) or scope.chain[-1] == "pytestmark"
    return "::" + "::".join(names) if in_class_itself and path and _has_tests(path[-1]) else None


def _has_tests(node: ast.AST) -> bool:
    """Say whether a module or class holds a test function."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return any(isinstance(part, functions) and part.name.startswith("test") for part in ast.walk(node))


def _read(path: Path) -> str:
    """Read a file of ours, which is UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConformanceError(f"{path} is not UTF-8. Save it as UTF-8 and run the command again.") from error


def _parsed(path: Path, text: str) -> PythonSource:
    """Parse a file, or say which one cannot be parsed and where."""
    try:
        return PythonSource(text)
    except SyntaxError as error:
        raise ConformanceError(
            f"{path}, line {error.lineno}: {error.msg}. Mend it and run the command again."
        ) from error


def _grouped(pairs: Iterable[Named]) -> dict[str, tuple[str, ...]]:
    """Gather what belongs to each id, each once, both in order of name."""
    gathered: dict[str, set[str]] = {}
    for name, place in pairs:
        gathered.setdefault(name, set()).add(place)
    return {name: tuple(sorted(gathered[name])) for name in sorted(gathered)}


def _and_more(places: tuple[str, ...]) -> str:
    """Say how many more places there are than the one that is named."""
    return f" and {len(places) - 1} more" if len(places) > 1 else ""
