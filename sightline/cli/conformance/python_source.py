"""Reads one Python file for what it names: which definition a line belongs to, its comments and docstrings."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True)
class Scope:
    """One definition or named constant: its first and last line, decorators included, and how to reach it."""

    first: int
    last: int
    chain: tuple[str, ...]
    node: ast.stmt
    within: tuple[ast.stmt, ...] = ()


class PythonSource:
    """A parsed file; raises SyntaxError where Python itself would."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.splitlines()
        self.tree = ast.parse(text)
        self.scopes = tuple(_scopes(self.tree.body))

    def scope_at(self, line: int) -> Scope | None:
        """This function will find the innermost definition that a line belongs to.

        A comment straight above a definition belongs to it: that is where a reader looks for its reason.
        """
        below = line
        while below <= len(self.lines) and self.lines[below - 1].lstrip().startswith("#"):
            below += 1
        starting = [scope for scope in self.scopes if scope.first == below != line]
        around = [scope for scope in self.scopes if scope.first <= line <= scope.last]
        return max(starting or around, key=lambda scope: len(scope.chain), default=None)

    def comments(self) -> Iterator[tuple[int, str]]:
        """This function will give every comment with its line."""
        for token in tokenize.generate_tokens(io.StringIO(self.text).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string

    def docstrings(self) -> Iterator[tuple[int, str]]:
        """This function will give every docstring, of the module, a class or a function, with its first line."""
        for node in ast.walk(self.tree):
            if isinstance(node, (ast.Module, *DEFINITIONS)) and ast.get_docstring(node, clean=False):
                yield node.body[0].lineno, ast.get_docstring(node, clean=False) or ""

    def marked(self, name: str) -> Iterator[tuple[int, str]]:
        """This function will give the texts in every `pytest.mark.<name>(...)` with their lines."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name:
                for given in node.args:
                    if isinstance(given, ast.Constant) and isinstance(given.value, str):
                        yield given.lineno, given.value


def _scopes(body: list[ast.stmt], chain: tuple[str, ...] = (), within: tuple[ast.stmt, ...] = ()) -> Iterator[Scope]:
    """Walk definitions inwards, and the constants named in a module or a class."""
    for node in body:
        if isinstance(node, DEFINITIONS):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            yield Scope(first, node.end_lineno or first, (*chain, node.name), node, within)
            yield from _scopes(node.body, (*chain, node.name), (*within, node))
        elif name := _assigned(node):
            yield Scope(node.lineno, node.end_lineno or node.lineno, (*chain, name), node, within)
        else:
            for part in ("body", "orelse", "finalbody"):
                yield from _scopes(getattr(node, part, []), chain, within)


def _assigned(node: ast.stmt) -> str:
    """Name the constant that a statement sets; empty when it sets none."""
    target: ast.expr | None = None
    if isinstance(node, ast.AnnAssign):
        target = node.target
    elif isinstance(node, ast.Assign) and len(node.targets) == 1:
        target = node.targets[0]
    return target.id if isinstance(target, ast.Name) else ""
