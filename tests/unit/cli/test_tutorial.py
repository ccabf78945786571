"""The tutorial is true: each of its commands prints what it shows, and draws the pictures that stand beside it."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from sightline.cli.main import main
from sightline.web import typesetting

DOCS = Path(__file__).resolve().parents[3] / "docs"
TEXT = (DOCS / "tutorial.md").read_text(encoding="utf-8")
BLOCKS = [block.partition("\n") for block in re.findall(r"```console\n\$ (.*?)```", TEXT, re.DOTALL)]
PICTURES = sorted(re.findall(r"\]\(tutorial/pictures/(.*?)\)", TEXT))


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """The files of the tutorial in a folder of their own, and letters set by nobody."""
    shutil.copytree(DOCS / "tutorial", tmp_path / "docs" / "tutorial")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(typesetting, "png_of", lambda drawings: [b"x"] * len(drawings))
    return tmp_path


def test_the_tutorial_shows_every_command_that_needs_files_alone():
    shown = {shlex.split(command)[1] for command, _, _ in BLOCKS}
    assert shown == {
        *("spc", "funnel", "cusum", "bernoulli", "ewma", "poisson", "evidence", "changes", "doubts", "disclosure"),
    }
    assert [name for name in PICTURES if not (DOCS / "tutorial" / "pictures" / name).is_file()] == []
    assert sorted(path.name for path in (DOCS / "tutorial" / "pictures").iterdir()) == PICTURES


@pytest.mark.parametrize(("command", "_", "prints"), BLOCKS, ids=[block[0].split()[1] for block in BLOCKS])
def test_each_command_prints_what_stands_there_and_draws_its_pictures(checkout, capsys, command, _, prints):
    program, *arguments = shlex.split(command)
    assert program == "sightline" and main(arguments) == 0
    assert capsys.readouterr().out == prints
    drawn = sorted(checkout.glob("answer/**/*.svg"))
    assert bool(drawn) is ("--picture" in arguments)
    for path in drawn:
        assert path.name in PICTURES
        shown = (DOCS / "tutorial" / "pictures" / path.name).read_text(encoding="utf-8")
        assert path.read_text(encoding="utf-8") == shown, f"copy {path.name} as the command draws it now"


def test_the_python_in_it_runs_as_it_stands():
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    assert code.count("assert") == 2
    exec(compile(code, "tutorial.md", "exec"), {})
