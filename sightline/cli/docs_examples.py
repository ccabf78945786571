"""The acceptance examples as the specification tests tell them: read from the tests, and never run for it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SPEC = Path("tests/spec")
_TOLD = re.compile(r"T(\d+):\s*")  # at the start of a docstring
_NAMED = re.compile(r"test_t(\d+)_")
_CAPITALS = {"icb": "ICB", "icbs": "ICB’s", "nhs": "NHS", "england": "England", "nhses": "NHS England’s"}


@dataclass(frozen=True, slots=True)
class Example:
    """One test that shows an acceptance example: what it says, which requirements, and of how many cases it is a table."""

    number: int
    says: str
    requirements: tuple[str, ...]
    cases: int
    file: str
    test: str


def find_spec(start: Path) -> Path | None:
    """This function will find the folder of the specification tests, from a folder upwards; installed, there is none."""
    return next((one / SPEC for one in (start, *start.parents) if (one / SPEC).is_dir()), None)


def examples_in(folder: Path) -> list[Example]:
    """This function will read every test that names an acceptance example, by its docstring or by its own name."""
    found = [
        example
        for path in sorted(folder.rglob("test_*.py"))
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and (example := _example(node, path.relative_to(folder).as_posix()))
    ]
    return sorted(found, key=lambda one: (one.number, one.file))  # within a file, in its own order


def document(folder: Path) -> str:
    """This function will write the examples as a table, by their number."""
    lines = [
        "# Acceptance examples",
        "",
        "What the guidance means in single cases. Each line is a test in `tests/spec`, with how many cases it is tried on.",
        "",
        "| Example | What it says | Requirements | Cases | Told in |",
        "|---|---|---|---|---|",
    ]
    for one in examples_in(folder):
        test = f"[{one.file}](../../{SPEC.as_posix()}/{one.file})"
        lines.append(f"| T{one.number} | {one.says} | {', '.join(one.requirements)} | {one.cases} | {test} |")
    return "\n".join(lines) + "\n"


def _example(node: ast.FunctionDef, file: str) -> Example | None:
    told = " ".join((ast.get_docstring(node) or "").split())
    by_words, by_name = _TOLD.match(told), _NAMED.match(node.name)
    named = by_words or by_name
    if named is None or not node.name.startswith("test_"):
        return None
    name = node.name[by_name.end() :] if by_name else node.name.removeprefix("test_")
    more = told[by_words.end() :] if by_words else told
    says = " ".join(_sentence(one) for one in (_in_words(name), more) if one).replace("|", "\\|")
    marks = list(_marks(node))
    requirements = tuple(word for name, call in marks if name == "requirement" for word in _words(call))
    return Example(int(named[1]), says, requirements, _cases(marks), file, node.name)


def _in_words(name: str) -> str:
    return " ".join(_CAPITALS.get(one, one) for one in name.split("_"))


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith(('.', '?')) else '.'}"


def _marks(node: ast.FunctionDef) -> Iterator[tuple[str, ast.Call]]:
    for one in node.decorator_list:
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute):
            yield one.func.attr, one


def _words(call: ast.Call) -> list[str]:
    return [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def _cases(marks: list[tuple[str, ast.Call]]) -> int:
    """How many cases a test is a table of; where the table is made elsewhere, the test counts as one."""
    count = 1
    for name, call in marks:
        if name == "parametrize" and len(call.args) > 1 and isinstance(call.args[1], (ast.List, ast.Tuple)):
            count *= len(call.args[1].elts)
    return count
