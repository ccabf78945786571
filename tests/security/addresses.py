"""Every address of the house, found by walking the URL resolver."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.security.examples import EXAMPLES
from tests.security.personas import Cast


@dataclass(frozen=True)
class Address:
    """One URL pattern: its name with namespaces, its route as written, the view that answers."""

    name: str
    route: str
    view: Callable[..., Any]
    takes: tuple[str, ...]


def addresses() -> list[Address]:
    """This function will list every URL pattern of the root URL configuration."""
    return list(_walk(get_resolver().url_patterns, "", "", ()))


def _walk(
    patterns: list[URLPattern | URLResolver], route: str, namespace: str, takes: tuple[str, ...]
) -> Iterator[Address]:
    for found in patterns:
        here = route + str(found.pattern)
        names = takes + tuple(found.pattern.converters)
        if isinstance(found, URLResolver):
            inner = f"{namespace}{found.namespace}:" if found.namespace else namespace
            yield from _walk(found.url_patterns, here, inner, names)
        else:
            yield Address(namespace + (found.name or f"(no name) {here}"), here, found.callback, names)


def path_of(row: str, cast: Cast, who: str) -> str:
    """This function will give the path of a row of the access table, as a persona would ask for it."""
    make = EXAMPLES.get(row)
    return reverse(row.partition("@")[0], kwargs=dict(make(cast, who)) if make else None)


def path_of_nothing(row: str, cast: Cast, who: str) -> str:
    """This function will give the path of a row with the keys of records that are not there; its words stay."""
    arguments = {name: _nowhere(value) for name, value in EXAMPLES[row](cast, who).items()}
    return reverse(row.partition("@")[0], kwargs=arguments)


def _nowhere(key: Any) -> Any:
    match key:
        case str():
            return key
        case int():
            return 999_999_999
        case _:
            return uuid4()
