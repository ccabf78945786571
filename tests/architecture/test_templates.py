"""No page takes a word away from the pages: what a template names is not the name of what every template can use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory
from jinja2 import Environment, TemplateSyntaxError, meta, nodes, pass_context
from jinja2.runtime import Context

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "sightline").glob("*/templates/**/*.html"))

# Words that mean something in the language itself; of these it refuses only “none”, “true” and “false”.
LANGUAGE = {"loop", "self", "super", "caller", "varargs", "kwargs"}

# Exceptions are listed by name, each with its reason.
MAY_SHADOW: dict[tuple[str, str], str] = {}


def made() -> Environment:
    engine: Any = engines["jinja2"]
    return engine.env


def words_of_pages() -> tuple[set[str], set[str]]:
    """The globals of the environment, and the words that Django puts into every page besides."""
    seen: set[str] = set()

    @pass_context
    def note(context: Context) -> str:
        seen.update(context.get_all())
        return ""

    engines["jinja2"].from_string("{{ note() }}").render({"note": note}, RequestFactory().get("/"))
    everywhere = set(made().globals)
    return everywhere, seen - everywhere - {"note"}


def named(source: str) -> Iterator[tuple[str, bool]]:
    """Each name that a template gives to something, and whether it is what a macro is handed."""
    for node in made().parse(source).find_all((nodes.Name, nodes.Macro, nodes.Import, nodes.FromImport)):
        match node:
            case nodes.Name(ctx="store" | "param"):
                yield node.name, node.ctx == "param"
            case nodes.Macro():
                yield node.name, False
            case nodes.Import():
                yield node.target, False
            case nodes.FromImport():
                for name in node.names:
                    yield name if isinstance(name, str) else name[1], False


def taken(source: str) -> list[str]:
    """The names that a template takes away. A macro may be handed csrf_input as csrf_input: it cannot see it otherwise."""
    everywhere, of_page = words_of_pages()
    return [
        name
        for name, is_handed in named(source)
        if name in everywhere | LANGUAGE or (name in of_page and not is_handed)
    ]


def parents(source: str) -> Iterator[str]:
    """The templates of ours that a template extends, the nearest first."""
    for node in made().parse(source).find_all(nodes.Extends):
        name = node.template.as_const()
        if found := next((one for one in TEMPLATES if one.as_posix().endswith(f"/templates/{name}")), None):
            yield found.read_text()
            yield from parents(found.read_text())


def hidden(source: str) -> set[str]:
    """The words that a template awaits from its view, and that a template which it extends gives to something else."""
    given = {name for parent in parents(source) for name, is_handed in named(parent) if not is_handed}
    own = {name for name, _ in named(source)}
    return given & meta.find_undeclared_variables(made().parse(source)) - own


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_template_takes_no_word_from_the_pages(path: Path) -> None:
    where = path.relative_to(ROOT).as_posix()
    assert [name for name in taken(path.read_text()) if (where, name) not in MAY_SHADOW] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_view_gives_is_not_hidden_by_the_frame_of_its_page(path: Path) -> None:
    assert hidden(path.read_text()) == set()


def test_a_template_whose_words_are_hidden_is_told() -> None:
    frame = '{% extends "web/layout.html" %}{% block content %}'
    assert hidden(frame + "{{ summary }}{% endblock %}") == {"summary"}
    assert hidden(frame + "{% for summary in rows %}{{ summary }}{% endfor %}{% endblock %}") == set()
    assert (
        hidden(
            frame.replace("{% block", '{% from "web/parts.html" import banner %}{% block')
            + "{{ banner(1) }}{% endblock %}"
        )
        == set()
    )


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("{% set url = 1 %}", "url"),
        ("{% set link %}words{% endset %}", "link"),
        ("{% for static in rows %}{{ static }}{% endfor %}", "static"),
        ("{% for one, charts in rows %}{% endfor %}", "charts"),
        ("{% macro menu() %}{% endmacro %}", "menu"),
        ("{% macro told(url) %}{{ url }}{% endmacro %}", "url"),
        ("{% call(range) told() %}{% endcall %}", "range"),
        ("{% with dict = 1 %}{% endwith %}", "dict"),
        ('{% import "web/parts.html" as link %}', "link"),
        ('{% from "web/parts.html" import empty as url %}', "url"),
        ("{% set csrf_input = 1 %}", "csrf_input"),
        ("{% for request in requests %}{% endfor %}", "request"),
        ("{% for user in users %}{% endfor %}", "user"),
        ("{% set messages = [] %}", "messages"),
        ("{% for loop in loops %}{% endfor %}", "loop"),
        ("{% if a %}{% for b in c %}{% set url = b %}{% endfor %}{% endif %}", "url"),
    ],
)
def test_a_template_that_takes_a_word_is_told(source: str, name: str) -> None:
    assert taken(source) == [name]


@pytest.mark.parametrize(
    "source",
    [
        "{{ url('home') }}",
        "{% set here = url('home') %}",
        "{% set state = namespace(url=1) %}{% set state.url = 2 %}",
        "{% block url %}{% endblock %}",
        "{% macro form(fields, csrf_input) %}{{ csrf_input }}{% endmacro %}",
        "{% if one is none %}{% endif %}",
        "{% for number in numbers %}{{ number | number }}{% endfor %}",
        '{% from "web/parts.html" import empty %}{{ empty("Nothing", href=link("home")) }}',
    ],
)
def test_a_template_that_uses_the_words_is_not(source: str) -> None:
    assert taken(source) == []


@pytest.mark.parametrize(
    "source", ["{% set none = 1 %}", "{% macro none() %}{% endmacro %}", "{% for true in rows %}{% endfor %}"]
)
def test_the_language_itself_refuses_what_the_rule_leaves_to_it(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        made().parse(source)


def test_the_words_of_every_page_are_known() -> None:
    everywhere, of_page = words_of_pages()
    assert {"url", "link", "static", "charts", "menu", "range"} <= everywhere
    assert {"request", "csrf_input", "csrf_token", "user", "messages"} <= of_page
    assert len(TEMPLATES) > 200
