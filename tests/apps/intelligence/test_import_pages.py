"""Bringing intelligence in by the page and by the command line: several files, every fault, nothing for others' eyes."""

from __future__ import annotations

import argparse
import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from sightline.accounts.models import Person
from sightline.cli import import_
from sightline.core.access import Role
from sightline.core.verdict import Invalid
from sightline.intelligence.models import Item, Marking, NamedReader, Passage, TextDelivery
from tests.factories.accounts import signed_in
from tests.factories.indicators import sickness, usual
from tests.factories.intelligence import SYSTEM, a_body, somebody
from tests.factories.published_texts import (
    a_comment,
    a_report,
    a_row,
    comments,
    items,
    reports,
    taken_in,
    undated_comments,
)

pytestmark = pytest.mark.usefixtures("house")
ADDRESS = "/intelligence/import/"
NUMBER = "943 476 5919"  # an NHS number of the range kept for tests


@pytest.fixture
def secretary(house: Path) -> Person:
    return somebody(Role.SECRETARY)


@pytest.fixture
def client(secretary: Person) -> Client:
    return signed_in(secretary)


def sent(client: Client, *files: tuple[str, bytes], **more: Any) -> str:
    """This function will bring files in by the page and give the page that answers."""
    uploaded = [SimpleUploadedFile(name, content) for name, content in files]
    answer = client.post(ADDRESS, {"files": uploaded, **more}, follow=True)
    return answer.content.decode()


def test_several_files_are_brought_in_each_by_itself(client: Client) -> None:
    html = sent(client, ("reports.csv", reports()), ("lunch.csv", b"dish,price\nsoup,3\n"), ("c.csv", comments()))
    assert sorted(TextDelivery.objects.values_list("file_name", "state", "system")) == [
        ("c.csv", "settled", SYSTEM), ("lunch.csv", "refused", SYSTEM), ("reports.csv", "settled", SYSTEM),
    ]  # fmt: skip
    assert Item.objects.count() == 2
    assert "No source of words knows a file of this kind." in html and "1 new, 0 changed, 0 here already." in html
    assert "Say whom names mean" in html


def test_empty_page_says_what_is_recognised_and_what_to_do(client: Client) -> None:
    html = client.get(ADDRESS).content.decode()
    assert "Nothing has been brought in yet." in html
    assert "reports to prevent future deaths" in html and "Many items of soft intelligence" in html
    assert "Leave out names of patients and staff." in html


def test_post_without_a_file_or_with_a_day_ahead_says_what_to_do(client: Client) -> None:
    answer = client.post(ADDRESS, {"as_of_-day": "1"})
    assert answer.status_code == 400 and "Choose at least one file." in answer.content.decode()
    day = {"as_of-day": "1", "as_of-month": "1", "as_of-year": "2999"}
    assert "The day lies ahead" in sent(client, ("c.csv", undated_comments("Slow.")), **day)
    with override_settings(PUBLISHED_FILE_LIMIT=10):
        assert "Larger than" in sent(client, ("c.csv", comments()))
    assert not TextDelivery.objects.exists()


def test_day_readers_and_reason_reach_the_items(client: Client) -> None:
    a_body("ZL1", "Lantern Hospitals NHS Trust")
    colleague = somebody()
    day = {"as_of-day": "31", "as_of-month": "3", "as_of-year": "2021"}
    sent(client, ("c.csv", undated_comments("Slow.")), **day)
    assert Item.objects.get().heard_on.isoformat() == "2021-03-31"
    row = a_row("ZL1", f"Her number is {NUMBER}.", **{"Who may see": "named people"})
    few = {"readers": [colleague.actor_id], "why_fewer": " Few know of it "}
    assert "does not say why the members" in sent(client, ("i.csv", items(row)), readers=[colleague.actor_id])
    assert "looks like an NHS number" in sent(client, ("i.csv", items(row)), **{**few, "why_fewer": f"Of {NUMBER}"})
    sent(client, ("i.csv", items(row)), **few, wanted="  The coroner asked for it. ")
    assert Marking.objects.get().because == "Few know of it"
    assert Passage.objects.get(handling="restricted").knowingly == "The coroner asked for it."
    assert NamedReader.objects.filter(actor_id=colleague.actor_id).exists()


def test_result_shows_first_faults_and_the_download_has_all(client: Client, secretary: Person) -> None:
    rows = [a_comment(at, f"Slow {at}.", **{"Comment sentiment": "=9"}) for at in range(120)]
    delivery = taken_in(comments(a_comment(999), *rows), secretary)
    html = client.get(f"{ADDRESS}{delivery.pk}/").content.decode()
    assert "50 of 120 are shown." in html
    text = client.get(f"{ADDRESS}{delivery.pk}/faults.csv").content.decode()
    written = list(csv.reader(io.StringIO(text)))
    assert len(written) == 121 and not [cell for row in written for cell in row if cell[:1] in {"=", "+", "-", "@"}]
    assert f"{ADDRESS}{delivery.pk}/" in client.get(ADDRESS).content.decode()


def test_template_is_the_table_that_comes_back(client: Client) -> None:
    a_body("ZL1", "Lantern Hospitals NHS Trust")
    headings = client.get(f"{ADDRESS}table.csv").content.decode().strip()
    line = ["ZL1", "Nobody answers.", "2026-01-10", "", "", "concern", "", "", "", "", "", ""]
    sent(client, ("filled.csv", f"{headings}\n{','.join(line)}\n".encode()))
    assert Item.objects.get().counts


@pytest.mark.parametrize("role", [Role.MEMBER, Role.PROVIDER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_whoever_may_not_import_is_turned_away(secretary: Person, role: Role) -> None:
    delivery = taken_in(reports(), secretary)
    client = signed_in(somebody(role, organisation="ZL1"))
    for address in (ADDRESS, f"{ADDRESS}{delivery.pk}/", f"{ADDRESS}{delivery.pk}/faults.csv", f"{ADDRESS}table.csv"):
        assert client.get(address).status_code == 403
    assert client.post(ADDRESS, {}).status_code == 403


def test_other_systems_files_are_not_there(secretary: Person) -> None:
    delivery = taken_in(reports(), secretary, name="secret name.csv")
    other = signed_in(somebody(Role.SECRETARY, system="QZ2"))
    assert "secret name" not in other.get(f"{ADDRESS}?file={delivery.pk}&file=nonsense").content.decode()
    for page in ("", "faults.csv"):
        assert other.get(f"{ADDRESS}{delivery.pk}/{page}").status_code == 404


# --- the command line


@pytest.fixture
def inbox(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("sightline.cli.migrate.ready_database", lambda: None)
    return tmp_path_factory.mktemp("inbox")


def run(*words: str) -> int:
    """This function will run the command."""
    parser = argparse.ArgumentParser()
    import_.add_arguments(parser)
    return int(import_.handle(parser.parse_args(list(words))))


def test_command_takes_figures_and_words_together(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = sickness({"ZR1": usual(24)})
    contents = {"1.csv": reports(a_report(), a_report("2024-0102")), "2.csv": figures.content, "3.csv": b"dish\nsoup\n"}
    for name, content in contents.items():
        (inbox / name).write_bytes(content)
    assert run(str(inbox), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["file"], one["state"], one["source"]) for one in told] == [
        ("1.csv", "accepted", "coroners_reports"),
        ("2.csv", "accepted", "sickness_absence"),
        ("3.csv", "unknown", ""),
    ]
    assert all(set(one) == {"file", "sha256", "state", "source", "says", "publication", "faults"} for one in told)
    assert run(str(inbox / "1.csv"), "--json") == 0
    assert json.loads(capsys.readouterr().out)[0]["state"] == "unchanged"
    assert Item.objects.count() == 2


def test_command_asks_for_a_day_and_takes_it(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (inbox / "c.csv").write_bytes(undated_comments("Slow."))
    assert run(str(inbox)) == 1
    assert "Its one row does not say on which day" in capsys.readouterr().out
    assert run(str(inbox), "--as-of", "2021-03-31") == 0
    assert "1 taken in." in capsys.readouterr().out
    with pytest.raises(Invalid, match="is no day"):
        run(str(inbox), "--as-of", "31/3/2021")
