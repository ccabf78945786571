"""The rules of the house that import contracts cannot say, held by tests."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from sightline.audit.operation import REGISTER

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "sightline"
STAGES = [
    "core",
    "audit",
    "web",
    "intake",
    "rulebook",
    "directory",
    "accounts",
    "notify",
    "groups",
    "actions",
    "indicators",
    "intelligence",
    "triangulation",
    "profiles",
    "surveillance",
    "risks",
    "improvement",
    "escalation",
    "meetings",
    "reports",
    "publication",
    "records",
    "overview",
]
FACES = {"views.py", "forms.py", "presenters.py"}

# Exceptions are listed by name, each with its reason.
LONG_FILES: dict[str, str] = {}
SIGNAL_USERS = {"sightline/audit/apps.py": "append-only triggers are made again after every migrate"}


def sources(under: Path = PACKAGE) -> Iterator[Path]:
    for path in sorted(under.rglob("*.py")):
        if "migrations" not in path.parts and "vendor" not in path.parts:
            yield path


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("sightline.")]


def test_foreign_keys_point_down_the_stages() -> None:
    wrong = []
    for model in our_models():
        stage = STAGES.index(model._meta.app_label)
        for field in model._meta.get_fields():
            ours = isinstance(field, models.ForeignKey) and field.related_model.__module__.startswith("sightline.")
            if ours and STAGES.index(field.related_model._meta.app_label) > stage:
                wrong.append(f"{model.__name__}.{field.name}")
    assert not wrong


def test_every_public_function_in_operations_is_an_operation() -> None:
    wrong = []
    for path in sources():
        inner = path.name.startswith("_")  # the inner rooms of a package of operations are entered from it alone
        if inner or (path.name != "operations.py" and path.parent.name != "operations"):
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                decorated = any(
                    isinstance(d, ast.Call) and getattr(d.func, "id", "") == "operation" for d in node.decorator_list
                )
                if not decorated:
                    wrong.append(f"{name_of(path)}:{node.name}")
    assert not wrong


def test_operations_take_keywords_only_with_by_and_at() -> None:
    for name in (
        "accounts",
        "actions",
        "directory",
        "escalation",
        "groups",
        "improvement",
        "indicators",
        "intelligence",
        "meetings",
        "notify",
        "profiles",
        "publication",
        "records",
        "reports",
        "risks",
        "rulebook",
        "surveillance",
        "triangulation",
    ):
        import_module(f"sightline.{name}.operations")
    assert len(REGISTER) > 20
    assert all({"by", "at"} <= set(entry.takes) for entry in REGISTER.values())


@pytest.mark.parametrize("path", [p for p in sources() if p.name in FACES], ids=name_of)
def test_faces_build_no_querysets(path: Path) -> None:
    attributes = [node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)]
    assert "objects" not in attributes


def test_nobody_enters_another_apps_faces() -> None:
    wrong = []
    for path in sources():
        app = path.relative_to(PACKAGE).parts[0]
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("sightline."):
                parts = node.module.split(".")
                entered = len(parts) > 2 and parts[2] in {"urls", "views", "forms"} and parts[1] not in {app, "web"}
                if entered and app != "config":
                    wrong.append(f"{name_of(path)} → {node.module}")
    assert not wrong


def test_every_model_declares_its_private_fields() -> None:
    for model in our_models():
        declared = model.__dict__.get("private_fields")
        assert isinstance(declared, tuple), f"{model.__name__} does not say which of its fields are private"
        names = {field.name for field in model._meta.get_fields()}
        assert set(declared) <= names, f"{model.__name__} calls a field private that it does not have"


def test_every_page_says_who_may_enter() -> None:
    silent = [
        str(pattern.pattern)
        for pattern in _patterns(get_resolver())
        if not any(hasattr(pattern.callback, f"gate_{word}") for word in ("open", "signed_in", "permission"))
    ]
    assert not silent


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry)
        else:
            yield entry


@pytest.mark.parametrize("path", list(sources()), ids=name_of)
def test_a_file_is_short_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= 400 or name_of(path) in LONG_FILES
    if text.strip():
        assert ast.get_docstring(ast.parse(text)), f"{name_of(path)} does not say what it is for"


def test_no_room_without_a_name() -> None:
    nameless = {"utils.py", "helpers.py", "common.py", "misc.py"}
    assert not [name_of(path) for path in sources() if path.name in nameless]


def test_djangos_signals_are_not_used() -> None:
    users = [name_of(path) for path in sources() if "django.db.models.signals" in path.read_text()]
    assert set(users) == set(SIGNAL_USERS)


def test_the_core_reads_no_clock_no_files_and_no_chance() -> None:
    forbidden = {"random", "secrets", "os", "pathlib", "time", "io"}
    wrong = []
    for path in sources(PACKAGE / "core"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            wrong += [f"{name_of(path)}: {name}" for name in names if name.split(".")[0] in forbidden]
            if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"}:
                wrong.append(f"{name_of(path)}: {node.attr}()")
    assert not wrong


def test_no_generic_relations_and_no_save_overrides() -> None:
    for model in our_models():
        assert "save" not in model.__dict__, model.__name__
        assert not any(field.__class__.__name__ == "GenericForeignKey" for field in model._meta.private_fields)
