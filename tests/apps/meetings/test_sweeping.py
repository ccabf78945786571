"""Files of forms that nobody sent: gone after a day, and never one that a paper names or that somebody brought again."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from sightline.accounts.operator import operator
from sightline.audit.models import Event
from sightline.core.verdict import Refused
from sightline.meetings import filing, operations
from sightline.meetings.filing import PAPERS, of_ticket, read_filed, ticket
from sightline.meetings.giving import PaperFile
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import Live, a_live_meeting
from tests.factories.papers import a_file, a_paper

__all__ = ["clock", "folder", "house"]


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a meeting."""
    return a_live_meeting()


def names() -> set[str]:
    """This function will name what lies in the folder of papers."""
    return {one.name for one in (Path(settings.DATA_DIR) / PAPERS).iterdir()}


def aged(name: str, hours: float) -> None:
    """This function will have a file lie there for so many hours."""
    then = (timezone.now() - timedelta(hours=hours)).timestamp()
    os.utime(Path(settings.DATA_DIR) / PAPERS / name, (then, then))


def lone(words: str) -> PaperFile:
    """This function will bring a file into a form that nobody sends."""
    return a_file("a.csv", f"x,y\n{words},1\n".encode())


def sweep() -> int:
    """This function will sweep as the server's clock does."""
    return operations.sweep_papers(by=operator(), at=timezone.now())


def test_what_nobody_sent_within_a_day_goes_and_what_a_paper_names_stays_for_ever(live: Live) -> None:
    a_paper(live.secretary, live.items[0], file=lone("kept"))
    withdrawn = a_paper(live.secretary, live.items[0], file=lone("withdrawn"))
    operations.withdraw_paper(by=live.secretary, at=timezone.now(), paper=withdrawn, because="It is old")
    kept = names()
    young, old = lone("young").sha256, lone("old").sha256
    (Path(settings.DATA_DIR) / PAPERS / "a note of the operator").write_text("x")
    for one in names():
        aged(one, 24 if one == young else 26)
    before = Event.objects.count()
    assert sweep() == 1 and Event.objects.count() == before + 1
    assert names() == kept | {young, "a note of the operator"} and read_filed(old) is None
    assert sweep() == 0


def test_a_file_that_was_half_written_goes_as_well(live: Live) -> None:
    name = f"{lone('half').sha256}.{'0' * 32}"
    (Path(settings.DATA_DIR) / PAPERS / name).write_bytes(b"x,")
    aged(name, 26)
    assert sweep() == 1 and name not in names()


def test_whoever_brings_the_same_again_or_puts_a_form_right_has_another_day(live: Live) -> None:
    again, held = lone("again"), lone("held")
    for one in (again, held):
        aged(one.sha256, 26)
    lone("again")
    words = ticket(held, live.secretary.actor_id)
    assert filing.lying_since(timezone.now() - timedelta(hours=1)) == []
    assert of_ticket(words, live.secretary.actor_id) == held


def test_a_file_that_is_brought_again_while_a_sweep_goes_on_stays(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    file = lone("meanwhile")
    aged(file.sha256, 26)
    found = filing.lying_since

    def then_somebody_brings_it(before: datetime) -> list[str]:
        names = found(before)
        aged(file.sha256, 0)
        return names

    monkeypatch.setattr("sightline.meetings.operations.sweeping.lying_since", then_somebody_brings_it)
    assert sweep() == 0
    assert read_filed(file.sha256) is not None and names() == {file.sha256}


@pytest.mark.parametrize("brought_again", [False, True])
def test_a_sweep_that_is_killed_in_the_middle_loses_nothing_and_the_next_one_ends_it(
    live: Live, monkeypatch: pytest.MonkeyPatch, brought_again: bool
) -> None:
    class Killed(BaseException):
        """The process ends here."""

    first, second = sorted(lone(words).sha256 for words in ("one", "two"))
    for one in (first, second):
        aged(one, 26)
    before = Event.objects.count()

    def killed(self: Path, *_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", killed)
        with pytest.raises(Killed):
            sweep()
    assert names() == {f"{first}.going", second} and Event.objects.count() == before
    if brought_again:
        aged(f"{first}.going", 0)
    assert sweep() == (1 if brought_again else 2)
    assert names() == ({first} if brought_again else set())


def test_a_member_may_not_sweep(live: Live) -> None:
    file = lone("old")
    aged(file.sha256, 26)
    with pytest.raises(Refused):
        operations.sweep_papers(by=live.people["lay"], at=timezone.now())
    assert read_filed(file.sha256) is not None
