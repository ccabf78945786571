"""The command line: import, assess and audit, for people and for machines; wrong settings with their mend."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sightline.cli import assess, audit, import_
from sightline.cli.main import main
from sightline.core.verdict import Invalid
from sightline.indicators.models import Delivery, Publication, Series
from tests.factories.directory import ods_row
from tests.factories.indicators import SICKNESS, Arrived, emergency, sickness, table, usual, worsening

ROOT = Path(__file__).resolve().parents[3]
BAD = Arrived("bad.csv", b"period,org_code,type,attendances,breaches,admissions\n2025-01-01,ZR1,1,many,1,1\n")
LUNCH = Arrived("lunch.csv", b"dish,price\nsoup,3\n")


@pytest.fixture(autouse=True)
def ready(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This function will spare each command the look at its migrations, which the test database has had."""
    monkeypatch.setattr("sightline.cli.migrate.ready_database", lambda: None)


@pytest.fixture
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield tmp_path_factory.mktemp("inbox")


def _put(inbox: Path, *files: Arrived) -> list[str]:
    for file in files:
        (inbox / file.name).write_bytes(file.content)
    return [str(inbox / file.name) for file in files]


def _run(command: ModuleType, *words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return int(command.handle(parser.parse_args(list(words))))


def _json(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_import_answers_a_machine_with_what_became_of_each_file(
    inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = _put(inbox, sickness({"ZR1": usual(24)}), LUNCH)
    assert _run(import_, *paths, "--json") == 0
    taken, passed_over = _json(capsys)
    assert (taken["file"], taken["state"], taken["source"]) == ("sickness.csv", "accepted", "sickness_absence")
    assert taken["publication"] == str(Publication.objects.get().pk)
    assert (passed_over["state"], passed_over["publication"], passed_over["faults"]) == ("unknown", None, [])
    assert _run(import_, *paths, "--json") == 0
    assert [one["state"] for one in _json(capsys)] == ["unchanged", "unknown"]


def test_refused_file_is_told_in_full_and_sets_the_exit_code(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = _put(inbox, BAD)
    assert _run(import_, *paths, "--json") == 1
    ((fault,),) = [one["faults"] for one in _json(capsys)]
    assert (fault["line"], fault["column"]) == (2, "attendances")
    assert _run(import_, *paths) == 1
    told = capsys.readouterr().out
    assert "bad.csv: Refused whole: 1 thing to mend." in told
    assert "line 2, column “attendances”: “many” is not a number." in told
    assert "1 refused." in told


def test_folder_is_imported_with_all_that_lies_below_it(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (inbox / "below").mkdir()
    _put(inbox, emergency(["ZR1"]))
    _put(inbox / "below", table([ods_row("ZR1", "INVENTED NHS TRUST")], "etr.csv"))
    assert _run(import_, str(inbox)) == 0
    assert "2 taken in." in capsys.readouterr().out
    assert Series.objects.filter(subject__key="ZR1").count() == 4


def test_absent_file_stops_everything_before_it_begins(inbox: Path) -> None:
    with pytest.raises(Invalid, match=r"There is no file .*nowhere\.csv\. Nothing was imported."):
        _run(import_, *_put(inbox, LUNCH), str(inbox / "nowhere.csv"))
    assert not Delivery.objects.exists()


def test_empty_folder_is_answered_with_its_mend(inbox: Path) -> None:
    with pytest.raises(Invalid, match="no file to bring in"):
        _run(import_, str(inbox))


def test_progress_goes_to_the_error_stream_and_quiet_says_only_what_was_refused(
    inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _run(import_, *_put(inbox, sickness({"ZR1": usual(24)})))
    assert "assessing" in capsys.readouterr().err
    _run(import_, *_put(inbox, BAD), "--quiet")
    told = capsys.readouterr()
    assert told.err == ""
    assert "bad.csv" in told.out


def test_assess_counts_what_it_found(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _run(import_, *_put(inbox, sickness({"ZR1": worsening(), "ZR2": usual(24)})), "--json")
    capsys.readouterr()
    assert _run(assess, "--json") == 0
    assert _json(capsys) == {"series": 2, "raised": 0, "continued": 0, "ended": 0}
    assert _run(assess, SICKNESS) == 0
    assert "2 series of 1 indicators assessed: 0 signals raised, 0 go on, 0 ended." in capsys.readouterr().out
    with pytest.raises(Invalid, match="There is no indicator nonsense"):
        _run(assess, "nonsense", SICKNESS)


def test_head_of_the_log_is_signed_and_later_verified(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _run(import_, *_put(inbox, LUNCH), "--json")
    capsys.readouterr()
    head = inbox / "head.json"
    assert _run(audit, "head", "--out", str(head)) == 0
    assert "Give a copy to somebody outside this house." in capsys.readouterr().out
    _run(import_, *_put(inbox, LUNCH), "--json")
    capsys.readouterr()
    assert _run(audit, "verify", "--head", str(head), "--json") == 0
    answer = _json(capsys)
    assert (answer["whole"], answer["breaks"]) == (True, [])
    assert answer["events"] == 4


def test_main_answers_what_is_invalid_in_the_tongue_of_the_asker(
    inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = str(inbox / "nowhere.csv")
    assert main(["import", nowhere]) == 2
    assert "There is no file" in capsys.readouterr().err
    assert main(["import", nowhere, "--json"]) == 2
    assert "There is no file" in _json(capsys)["error"]
    assert main(["nonsense"]) == 2


WRONG = {
    "SIGHTLINE_FILE_LIMIT_MB": ("abc", "Write a whole number from 1 to 200."),
    "SIGHTLINE_HTTPS": ("perhaps", "Write yes or no."),
    "DATABASE_URL": ("mysql://x/y", "Write sqlite:////folder/file.sqlite3 or postgresql://"),
    "SIGHTLINE_SECRET_KEY": ("short", "Give at least 32"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_setting_is_answered_with_its_mend_and_no_trace(name: str, inbox: Path) -> None:
    value, mend = WRONG[name]
    given = {**os.environ, "SIGHTLINE_DATA_DIR": str(inbox / "data"), "DATABASE_URL": "", name: value}
    given.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(
        [sys.executable, "-m", "sightline", "assess", "--json"], cwd=ROOT, env=given, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert name in json.loads(done.stdout)["error"]
    assert mend in json.loads(done.stdout)["error"]
    assert "Traceback" not in done.stderr
