"""``sightline themes``: trains, evaluates and shows, and says what to do where it cannot."""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import dataclass

import pytest

from sightline.cli import main as command
from sightline.cli import themes
from sightline.core.intelligence.theming import compiled
from sightline.intelligence.theming.keeping import load
from tests.factories.theming import comments


@dataclass(frozen=True)
class Entry:
    id: str
    phrases: tuple[str, ...]
    name: str = ""
    rows: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


DICTIONARY = compiled([Entry("food", ("soup", "lunch", "meal*")), Entry("attitude", ("kind", "rude"))])


@pytest.fixture
def folder(tmp_path, settings, monkeypatch, db):
    """A data folder of its own; that the database is ready is held elsewhere."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(command, "set_up_django", lambda: None)
    monkeypatch.setattr("sightline.cli.migrate.ready_database", lambda: None)
    monkeypatch.setattr(themes, "_own_labels", lambda today: comments())
    monkeypatch.setattr(themes, "_dictionary", lambda today: DICTIONARY)
    return tmp_path


@pytest.fixture
def labelled(tmp_path):
    path = tmp_path / "labelled.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["text", "themes", "date", "group"])
        writer.writerows([one.text, ";".join(sorted(one.themes)), one.heard_on, one.group] for one in comments(320))
    return path


def run(*words):
    return command.main(["themes", *map(str, words)])


def test_it_trains_on_the_systems_own_labels_and_keeps_the_model(folder, capsys):
    assert run("train") == 0
    said = capsys.readouterr().out
    kept = load(folder)
    assert kept.training.labels_from == themes.OWN
    assert kept.training.dictionary == DICTIONARY.version
    assert said.startswith(f"{kept.by}, trained on ")
    assert "| food |" in said
    assert run("show") == 0
    assert capsys.readouterr().out == said


def test_it_answers_a_machine(folder, capsys):
    assert run("show", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"model": None}
    assert run("train", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["model"] == load(folder).by
    assert {one["theme"] for one in answer["themes"]} == {"food", "staff", "waiting"}


def test_it_says_that_there_is_no_model(folder, capsys):
    assert run("show") == 0
    assert "Train one: sightline themes train" in capsys.readouterr().out


def test_it_evaluates_a_file_and_keeps_nothing(folder, labelled, capsys):
    assert run("evaluate", "--from", labelled, "--source", "labelled") == 0
    said = capsys.readouterr().out
    assert "tested on 80 others, those heard from" in said
    assert "Dictionary, the themes that both know" in said
    assert run("evaluate", "--from", labelled, "--source", "labelled", "--by-lot", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["tested_since"] is None
    assert {one["theme"] for one in answer["themes"]} == {"food", "staff", "waiting"}
    assert load(folder) is None


def test_labels_of_others_are_learned_as_the_dictionarys_themes(folder, tmp_path, capsys):
    path = tmp_path / "theirs.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["label", "feedback"])
        names = {"staff": "Staff", "food": "Miscellaneous"}
        writer.writerows([names.get(theme, "Access"), one.text] for one in comments() for theme in one.themes)
    assert run("train", "--from", path, "--source", "patient_comments") == 0
    assert [one.theme for one in load(folder).training.themes] == ["attitude"]
    assert run("evaluate", "--from", path, "--source", "patient_comments", "--json") == 0
    out = capsys.readouterr().out.splitlines()[-1]
    assert {one["theme"] for one in json.loads(out)["themes"]} == {"Staff", "Miscellaneous", "Access"}
    assert run("evaluate", "--from", path, "--source", "patient_comments", "--translate") == 0
    assert "| attitude |" in capsys.readouterr().out


def test_without_the_extra_it_says_how_to_install_it(folder, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    assert run("train") == 2
    assert "pip install 'sightline[text]'" in capsys.readouterr().err


def test_a_model_that_learned_nothing_does_not_replace_the_one_in_use(folder, capsys, monkeypatch):
    assert run("train") == 0
    before = load(folder).fingerprint
    texts = [type(one)(one.text, frozenset({"luck"} if n % 7 == 0 else ()), one.heard_on)
             for n, one in enumerate(comments())]  # fmt: skip
    monkeypatch.setattr(themes, "_own_labels", lambda today: texts)
    assert run("train") == 2
    assert "the model in use stays as it was" in capsys.readouterr().err
    assert load(folder).fingerprint == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["evaluate", "--source", "labelled"], "Name it with --from FILE"),
        (["evaluate", "--from", "x.csv"], "--source patient_comments, death_reports or labelled"),
        (["evaluate", "--from", "x.csv", "--source", "tarot"], "--source patient_comments"),
        (["train", "--from", "/nowhere/x.csv", "--source", "labelled"], "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_answered_with_the_mend(folder, words, says, capsys):
    assert run(*words) == 2
    assert says in capsys.readouterr().err
