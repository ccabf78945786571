"""Bringing files in by the page: several at once, with progress, every refusal in full, and no thread in the way."""

from __future__ import annotations

import csv
import io
import re
import uuid
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from sightline.audit.models import Event
from sightline.core.access import Actor, Grant, Role
from sightline.indicators import working
from sightline.indicators.drop import Step, work_through
from sightline.indicators.models import Delivery, Publication
from sightline.indicators.operations import Arrived
from tests.factories.accounts import a_person, signed_in
from tests.factories.indicators import KEEPER, dropped, emergency, received, series_of, sickness, usual

pytestmark = pytest.mark.usefixtures("house")
State = Delivery.State
BAD = b"period,org_code,type,attendances,breaches,admissions\n2025-01-01,ZR1,1,=1+1,@x,-5\n2025-02-01,ZR1,1,10,20,5\n"


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[tuple[uuid.UUID, Actor]]:
    """This function will keep what pages begin from running, and remember it."""
    asked: list[tuple[uuid.UUID, Actor]] = []
    monkeypatch.setattr("sightline.indicators.working.start", lambda batch, by: asked.append((batch, by)))
    return asked


@pytest.fixture
def secretary(house: Path) -> Client:
    return signed_in(a_person(Role.SECRETARY))


def page(client: Client, address: str) -> str:
    """This function will give a page that must be there."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def _uploaded(*files: Arrived) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(file.name, file.content) for file in files]


def test_several_files_are_dropped_at_once_and_followed_to_the_end(
    secretary: Client, begun: list[tuple[uuid.UUID, Actor]]
) -> None:
    files = [sickness({"ZR1": usual(24)}), Arrived("lunch.csv", b"dish,price\nsoup,3\n"), Arrived("bad.csv", BAD)]
    answer = secretary.post("/import/", {"files": _uploaded(*files)})
    ((batch, by),) = begun
    assert answer["Location"] == f"/import/{batch}/"
    assert [d.file_name for d in Delivery.objects.order_by("position")] == ["sickness.csv", "lunch.csv", "bad.csv"]
    assert "0 of 3 files settled" in page(secretary, f"/import/{batch}/")
    work_through(batch, by=by)
    html = page(secretary, f"/import/{batch}/")
    assert "3 of 3 files settled" in html
    assert "1 taken in" in html and "1 refused" in html and "1 not of a kind that is known" in html
    assert "other files were not stopped" in html
    assert f"/publications/{Publication.objects.get().pk}/" in html
    assert series_of("ZR1").points == 24
    lately = page(secretary, "/import/")
    assert f"/import/{batch}/" in lately
    assert "NHS sickness absence rates" in lately


def test_drop_page_shows_every_fault_with_its_line_column_and_mend(secretary: Client) -> None:
    (delivery,) = dropped(Arrived("bad.csv", BAD))
    html = page(secretary, f"/import/{delivery.batch}/")
    assert "bad.csv" in html and "What is wrong in bad.csv" in html
    faults = list(delivery.faults.order_by("line", "pk"))
    assert {fault.line for fault in faults} == {2, 3} and len(faults) >= 4
    rows = re.findall(r'<tr><td class="s-number">(\d+)</td>', html)
    assert sorted(map(int, rows)) == sorted(fault.line for fault in faults if fault.line)
    text = secretary.get(f"/import/files/{delivery.pk}/faults.csv").content.decode()
    written = list(csv.reader(io.StringIO(text)))
    assert len(written) == len(faults) + 1
    assert not [cell for row in written for cell in row if cell[:1] in {"=", "+", "-", "@"}]


def test_page_shows_the_first_faults_of_many_and_the_download_all(secretary: Client) -> None:
    lines = [b"period,org_code,type,attendances,breaches,admissions"]
    lines += [b"2025-01-01,ZR1,9,10,1,1"] * 120
    (delivery,) = dropped(Arrived("bad.csv", b"\n".join(lines)))
    assert delivery.faults.count() == 120
    assert "50 of 120 are shown." in page(secretary, f"/import/{delivery.batch}/")
    text = secretary.get(f"/import/files/{delivery.pk}/faults.csv").content.decode()
    assert len(text.splitlines()) == 121


def test_post_without_a_file_says_what_to_do(secretary: Client, begun: list[tuple[uuid.UUID, Actor]]) -> None:
    answer = secretary.post("/import/", {})
    assert answer.status_code == 400
    assert "Choose at least one file." in answer.content.decode()
    assert not begun and not Delivery.objects.exists() and not Event.objects.exists()


def test_file_above_the_limit_is_named_with_the_limit(secretary: Client, begun: list[tuple[uuid.UUID, Actor]]) -> None:
    with override_settings(PUBLISHED_FILE_LIMIT=1000):
        answer = secretary.post("/import/", {"files": _uploaded(sickness({"ZR1": usual(24)}), Arrived("ok.csv", b"a"))})
    html = answer.content.decode()
    assert answer.status_code == 400
    assert "sickness.csv" in html and "ok.csv" not in html
    assert not begun and not Delivery.objects.exists()


STRANGE = ["../../etc/passwd.csv", "C:\\Users\\me\\x.csv", "<b>bold</b>.csv", "a" * 300 + ".csv", "ü\u202egpj.csv"]


@pytest.mark.parametrize("name", STRANGE)
def test_name_of_a_file_is_only_a_name(
    secretary: Client, name: str, begun: list[tuple[uuid.UUID, Actor]], house: Path
) -> None:
    secretary.post("/import/", {"files": _uploaded(Arrived(name, b"dish,price\nsoup,3\n"))})
    delivery = Delivery.objects.get()
    assert "/" not in delivery.file_name and len(delivery.file_name) <= 255
    work_through(delivery.batch, by=KEEPER)
    assert "<b>bold" not in page(secretary, f"/import/{delivery.batch}/")
    assert not [path for path in house.rglob("*") if "passwd" in path.name]


def test_empty_house_says_that_nothing_came_yet(secretary: Client) -> None:
    html = page(secretary, "/import/")
    assert "Nothing has been brought in yet." in html
    assert "No source has spoken yet." in html


@pytest.mark.parametrize("role", [Role.MEMBER, Role.PROVIDER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_whoever_may_not_import_is_turned_away_and_nothing_is_kept(
    role: Role, begun: list[tuple[uuid.UUID, Actor]], house: Path
) -> None:
    client = signed_in(a_person(Grant(role, organisation="ZR1" if role is Role.PROVIDER else "")))
    (delivery,) = dropped(Arrived("bad.csv", BAD))
    before = Delivery.objects.count()
    assert client.post("/import/", {"files": _uploaded(Arrived("a.csv", b"x"))}).status_code == 403
    for address in ("/import/", f"/import/{delivery.batch}/", f"/import/files/{delivery.pk}/faults.csv"):
        assert client.get(address).status_code == 403
    assert client.post(f"/import/{delivery.batch}/").status_code == 403
    assert Delivery.objects.count() == before
    assert not begun


def test_interrupted_drop_offers_to_be_taken_up_and_is(secretary: Client, begun: list[tuple[uuid.UUID, Actor]]) -> None:
    deliveries = received(sickness({"ZR1": usual(24)}), emergency(["ZR1"]))
    batch = deliveries[0].batch

    def killed(step: Step) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work_through(batch, by=KEEPER, watch=killed)
    html = page(secretary, f"/import/{batch}/")
    assert "The work stopped before it was done." in html and "Take it up again" in html
    assert "1 of 2 files settled" in html
    assert secretary.post(f"/import/{batch}/").status_code == 302
    work_through(*begun[0][:1], by=begun[0][1])
    html = page(secretary, f"/import/{batch}/")
    assert "2 of 2 files settled" in html and "Take it up again" not in html


def test_drop_killed_between_the_last_file_and_its_assessment_can_be_taken_up(
    secretary: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = received(sickness({"ZR1": usual(24)}))[0].batch

    def killed(**given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("sightline.indicators.drop.assess", killed)
        with pytest.raises(KeyboardInterrupt):
            work_through(batch, by=KEEPER)
    assert Delivery.objects.get().state == State.ACCEPTED
    assert "Take it up again" in page(secretary, f"/import/{batch}/")
    work_through(batch, by=KEEPER)
    assert series_of("ZR1").points == 24
    assert "Take it up again" not in page(secretary, f"/import/{batch}/")


def test_running_drop_shows_its_progress_with_and_without_a_script(
    secretary: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = received(sickness({"ZR1": usual(24)}))[0].batch
    monkeypatch.setattr(working, "is_running", lambda asked: asked == batch)
    html = page(secretary, f"/import/{batch}/")
    assert "progress.js" in html and "Show how far it is now" in html
    assert "<progress" in html and "Take it up again" not in html


def test_work_is_begun_once_and_forgotten_when_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    batch, done = uuid.uuid4(), []
    threads: list[object] = []

    class Thread:
        def __init__(self, **given: object) -> None:
            threads.append(given["args"])

        def start(self) -> None:
            """Nothing runs beside the test."""

    monkeypatch.setattr(working.threading, "Thread", Thread)
    monkeypatch.setattr(working, "work_through", lambda batch, by: done.append(batch))
    monkeypatch.setattr(working, "close_old_connections", lambda: None)
    monkeypatch.setattr(working.connection, "close", lambda: None)
    working.start(batch, KEEPER)
    working.start(batch, KEEPER)
    assert threads == [(batch, KEEPER)]
    assert working.is_running(batch)
    working._work(batch, KEEPER)
    assert done == [batch] and not working.is_running(batch)


def test_work_that_fails_is_logged_and_no_longer_runs(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(batch: uuid.UUID, by: Actor) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(working, "work_through", broken)
    monkeypatch.setattr(working, "close_old_connections", lambda: None)
    monkeypatch.setattr(working.connection, "close", lambda: None)
    batch = uuid.uuid4()
    working._work(batch, KEEPER)
    assert not working.is_running(batch)
    assert "take it up again" in caplog.text
