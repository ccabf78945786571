"""The reference for Python is whole and true: each public name says what it does and raises, and each example runs."""

from __future__ import annotations

import ast
import doctest
import inspect
import re
from dataclasses import is_dataclass
from pathlib import Path
from textwrap import dedent

import pytest

from sightline.cli import docs_statistics
from sightline.cli.main import COMMANDS

MODULES = docs_statistics.modules()
PUBLIC = [(module, name, one) for module in MODULES for name, one in docs_statistics.public(module)]
PAGE = Path(__file__).resolve().parents[4] / "docs" / "reference" / "statistics.md"
# Each of them is called by a command, and begins a reader's way into its module.
WITH_EXAMPLE = {
    *("assess", "draw", "assess_funnel", "tabular_cusum", "poisson_cusum", "bernoulli_cusum", "ewma", "advise"),
    *("propose_changes", "rank_evidence", "discover", "doubts", "publish", "take_medians", "exact_limits"),
}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_every_example_runs_as_it_stands(module):
    failed, _ = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert failed == 0


def test_what_the_commands_call_has_an_example():
    assert {name for _, name, one in PUBLIC if ">>>" in (inspect.getdoc(one) or "")} == WITH_EXAMPLE


def _raised(function):
    """What the body of a function raises by itself."""
    tree = ast.parse(dedent(inspect.getsource(function)))
    calls = (node.exc for node in ast.walk(tree) if isinstance(node, ast.Raise) and node.exc is not None)
    return {call.func.id for call in calls if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)}


@pytest.mark.parametrize(
    ("module", "name", "one"), PUBLIC, ids=[f"{m.__name__.rpartition('.')[2]}.{n}" for m, n, _ in PUBLIC]
)
def test_every_public_name_says_what_it_does_and_what_it_raises(module, name, one):
    members = [one, *(m for n, m in vars(one).items() if not n.startswith("_"))] if isinstance(one, type) else [one]
    for member in members:
        if isinstance(member, property | classmethod) or inspect.isfunction(member) or isinstance(member, type):
            assert inspect.getdoc(member), (name, member)
        if inspect.isfunction(member):
            for error in _raised(member) - {"AssertionError"}:
                assert error in inspect.getdoc(member), f"{name} raises {error} and does not say so"
    if is_dataclass(one):
        assert not inspect.getdoc(one).startswith(f"{name}(")  # dataclasses make up such a line where there is none


def test_the_page_names_every_public_name_and_each_command_its_functions():
    page = PAGE.read_text(encoding="utf-8")
    headings = set(re.findall(r"^### (\w+)$", page, re.MULTILINE))
    assert {name for _, name, _ in PUBLIC} <= headings
    alone = {name for name, (_, _, database) in COMMANDS.items() if not database} - {"conformance"}
    assert {command.split()[0] for command in docs_statistics.BENEATH} == alone
    by_name = {module.__name__.rpartition(".")[2]: module for module in MODULES}
    for names in docs_statistics.BENEATH.values():
        for name in names:
            module, _, function = name.partition(".")
            assert callable(getattr(by_name[module], function))
