"""The reference of the statistics for Python: every public name, its shapes, units, errors and source, from the code."""

from __future__ import annotations

import dataclasses
import enum
import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import FunctionType, ModuleType

from sightline.core import statistics

# What each command of the same name is made of.
BENEATH = {
    "spc": ("series.assess", "blocks.assess_block"),
    "spc --chart": ("charts.draw", "advice.advise"),
    "spc --chart run-medians": ("runs.take_medians",),
    "scan": ("phases.assess_column", "newest.newest_points"),
    "nation": ("phases.assess_column", "newest.newest_points"),
    "funnel": ("funnels.assess_funnel", "discovery.discover"),
    "cusum": ("cusums.tabular_cusum", "ewma.ewma"),
    "bernoulli": ("cusums.bernoulli_cusum",),
    "ewma": ("ewma.baseline", "ewma.ewma"),
    "poisson": ("cusums.poisson_cusum",),
    "evidence": ("evidence.rank_evidence",),
    "changes": ("changes.propose_changes",),
    "doubts": ("doubts.doubts",),
    "disclosure": ("disclosure.publish",),
}
# Needs the extra [fast] to be loaded, and is never called by hand.
_LEFT_OUT = {"compiled"}
_BEFORE = """# Statistics from Python

Functions over numpy arrays in `sightline.core.statistics`; no database, no settings. The examples run as tests.

- `(n,)` is a shape: one number per point, in order of time unless it says otherwise.
- `Floats` is an array of float64, NaN where something is missing; `Ints`, `Flags` and `Marks` are arrays of whole
  numbers, of true and false, and of bits.
- What cannot be used raises `sightline.core.verdict.Invalid`, whose `problems` say what is wrong and how to mend it.

| Command | Functions |
|---|---|
"""


def document() -> str:
    """This function will write every public name of the statistics, module by module."""
    rows = (f"| `sightline {command}` | {', '.join(map(_link, names))} |\n" for command, names in BENEATH.items())
    return _BEFORE + "".join(rows) + "".join(_section(module) for module in modules())


def _link(name: str) -> str:
    return f"[`{name}`](#{name.partition('.')[0]})"


def modules() -> list[ModuleType]:
    """This function will load the modules of the statistics in the order of their names."""
    names = sorted(one.name for one in pkgutil.iter_modules(statistics.__path__))
    return [import_module(f"{statistics.__name__}.{name}") for name in names if name not in _LEFT_OUT]


def public(module: ModuleType) -> Iterator[tuple[str, FunctionType | type]]:
    """This function will give the public functions and classes that a module itself defines, in its order."""
    for name, one in vars(module).items():
        if isinstance(one, FunctionType | type) and one.__module__ == module.__name__ and not name.startswith("_"):
            yield name, one
        elif hasattr(one, "__wrapped__") and one.__module__ == module.__name__ and not name.startswith("_"):
            yield name, one.__wrapped__  # kept answers


def _section(module: ModuleType) -> str:
    name = module.__name__.rpartition(".")[2]
    parts = [f"\n## {name}\n\n{_words(module)}\n"]
    for title, one in public(module):
        parts.append(_class(title, one) if isinstance(one, type) else _function(title, one, "###"))
    return "".join(parts)


def _function(title: str, one: FunctionType, level: str) -> str:
    signature = str(inspect.signature(one)).replace("'", "")
    return f"\n{level} {title}\n\n```python\n{title}{signature}\n```\n\n{_words(one)}\n"


def _class(title: str, one: type) -> str:
    parts = [f"\n### {title}\n\n{_words(one)}\n"]
    if issubclass(one, enum.Enum):
        parts.append("\n" + ", ".join(f"`{member.name}` ({member.value!r})" for member in one) + "\n")
    elif dataclasses.is_dataclass(one):
        fields = (f"`{field.name}: {field.type}`" for field in dataclasses.fields(one))
        parts.append("\n" + ", ".join(fields) + "\n")
    for name, member in vars(one).items():
        if name.startswith("_"):
            continue
        if isinstance(member, property):
            parts.append(f"\n- `.{name}` – {_first(member)}\n")
        elif isinstance(member, FunctionType | classmethod):
            bare = member.__func__ if isinstance(member, classmethod) else member
            signature = str(inspect.signature(bare)).replace("'", "").replace("(self, ", "(").replace("(self)", "()")
            parts.append(f"\n- `.{name}{signature.replace('(cls, ', '(')}` – {_first(bare)}\n")
    return "".join(parts)


def _first(one: object) -> str:
    """All that a docstring says, in one line."""
    return " ".join(_words(one).split())


def _words(one: object) -> str:
    """A docstring as Markdown: no double ticks, and its examples as code."""
    text = (inspect.getdoc(one) or "").replace("``", "`").removeprefix("This function will ")
    lines: list[str] = []
    inside = False
    for line in (text[:1].upper() + text[1:]).splitlines():
        if line.startswith(">>>") and not inside:
            lines.append("```pycon")
            inside = True
        if inside and not line.strip():
            lines.append("```")
            inside = False
        lines.append(line)
    return "\n".join([*lines, "```"] if inside else lines)
