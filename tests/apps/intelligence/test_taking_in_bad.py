"""Taking in files of intelligence that are bad, large or somebody else's: refused in words, and nothing half."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Role
from sightline.core.verdict import Invalid, Refused
from sightline.directory.models import Subject
from sightline.intelligence.bringing import bring, is_of_words
from sightline.intelligence.models import (
    About,
    Addressee,
    Giver,
    Item,
    NamedReader,
    Passage,
    Report,
    Sighting,
    Tag,
    TextDelivery,
    TextFault,
    Unplaced,
)
from sightline.intelligence.operations import take_in_text
from sightline.intelligence.operations._taking_in_merging import essence, in_passages
from tests.factories.directory import an_organisation
from tests.factories.intelligence import LATER, NOW, SYSTEM, somebody, words_of
from tests.factories.published_texts import (
    BELLS,
    a_comment,
    a_report,
    actions,
    an_action,
    brought,
    comments,
    csv_bytes,
    reports,
    taken_in,
)

pytestmark = pytest.mark.usefixtures("house")
TRUST = "Lantern Hospitals NHS Trust"
TABLES = (Item, About, Giver, Passage, NamedReader, Tag, Sighting, Unplaced, Report, Addressee)


@pytest.fixture
def secretary(house: Path) -> Person:
    return somebody(Role.SECRETARY)


@pytest.fixture
def trust(house: Path) -> Subject:
    return an_organisation("ZL1", TRUST).subjects.get()


def everything() -> dict[str, int]:
    return {table.__name__: table.objects.count() for table in TABLES}


def faults(delivery: TextDelivery) -> list[str]:
    return [f"{one.line or 0}: {one.says} {one.mend}" for one in delivery.faults.order_by("pk")]


# --- bad input


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("lunch.csv", b"dish,price\nsoup,3\n", "No source of words knows"),
        ("file.csv", b"", "It is empty"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + b"x" * 99, "is a PNG picture"),
        ("file.csv", b"%PDF-1.7 reports", "is a PDF document"),
        ("file.exe", b"MZ", "cannot be read"),
        ("reports.xlsx", reports(), "is no workbook"),
        ("file.csv", reports().splitlines()[0] + b"\n", "nothing under them"),
    ],
)
def test_file_that_cannot_be_used_is_refused_in_words(secretary: Person, name: str, content: bytes, says: str) -> None:
    delivery = taken_in(content, secretary, name=name)
    assert delivery.state == "refused" and says in faults(delivery)[0]
    assert not Item.objects.exists()
    assert [event.verb for event in Event.objects.all()] == ["intelligence.take_in_text"]


def test_cell_too_long_to_be_a_text_is_listed_and_costs_no_other_row(trust: Subject, secretary: Person) -> None:
    delivery = taken_in(reports(a_report(concerns="x" * 60_000), a_report("2024-0103")), secretary)
    assert Item.objects.count() == 1
    assert "60,000 characters" in faults(delivery)[0]


def test_cell_of_a_megabyte_is_refused_in_words(trust: Subject, secretary: Person) -> None:
    delivery = taken_in(reports(a_report(concerns="x" * 1_000_000), a_report("2024-0103")), secretary)
    assert delivery.state == "refused" and faults(delivery)
    assert not Item.objects.exists()


def test_text_longer_than_a_passage_is_told_in_several_and_known_again(trust: Subject, secretary: Person) -> None:
    long = "\n\n".join(f"{BELLS} Number {at}." for at in range(600))
    assert 40_000 < len(long) < 50_000
    taken_in(reports(a_report(concerns=long)), secretary)
    texts = words_of(Item.objects.get())
    assert len(texts) == 3 and max(map(len, texts)) <= 20_000
    assert essence("\n\n".join(texts)) == essence(long)
    assert taken_in(reports(a_report(concerns=long)), secretary, at=LATER).known == 1


@pytest.mark.parametrize("text", ["", "a", "x" * 20_001, "word " * 9_000, "line\n" * 9_000, "p\n\n" * 19_999])
def test_no_word_is_lost_between_passages(text: str) -> None:
    parts = in_passages(text)
    assert all(0 < len(part) <= 20_000 for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_marks_that_turn_the_text_are_taken_out(trust: Subject, secretary: Person) -> None:
    taken_in(reports(a_report(concerns=f"\u202e{BELLS}\u2066")), secretary, name="re\u202evsc.csv")
    assert words_of(Item.objects.get()) == [BELLS]
    assert TextDelivery.objects.get().file_name == "revsc.csv"


def test_formula_leads_nowhere(trust: Subject, secretary: Person) -> None:
    delivery = taken_in(actions(an_action(Action="=HYPERLINK(1)"), an_action(Reference="WN-2")), secretary)
    assert Item.objects.count() == 1 and "formula" in faults(delivery)[0]


def test_stop_in_the_middle_leaves_nothing(trust: Subject, secretary: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("sightline.intelligence.operations._taking_in_writing.see_again", killed)
        with pytest.raises(KeyboardInterrupt):
            taken_in(reports(), secretary)
    assert not any(everything().values())
    assert not TextDelivery.objects.exists() and not TextFault.objects.exists() and not Event.objects.exists()
    assert taken_in(reports(), secretary).made == 1


# --- who may


@pytest.mark.parametrize("role", [Role.MEMBER, Role.LAY_MEMBER, Role.CHAIR, Role.PROVIDER, Role.AUDITOR])
def test_who_keeps_no_record_brings_nothing_in(role: Role) -> None:
    with pytest.raises(Refused):
        taken_in(reports(), somebody(role, organisation="ZL1"))
    assert not TextDelivery.objects.exists() and not Event.objects.exists()


def test_file_is_for_a_system_whose_record_the_actor_keeps(secretary: Person) -> None:
    with pytest.raises(Invalid, match="whose record you keep"):
        take_in_text(by=secretary, at=NOW, brought=brought(reports()), system="QZ2")
    assert not any(everything().values()) and not Event.objects.exists()


def test_two_systems_that_bring_the_same_file_each_have_it(trust: Subject) -> None:
    for system in ("QZ1", "QZ2"):
        taken_in(reports(), somebody(Role.SECRETARY, system=system), system=system)
    assert sorted(Item.objects.values_list("system", flat=True)) == ["QZ1", "QZ2"]


# --- many, and the real ones


def test_many_rows_cost_few_questions(trust: Subject, secretary: Person, django_assert_max_num_queries: Any) -> None:
    content = comments(*(a_comment(at, f"The wait was {at} hours.", Trust=TRUST) for at in range(1_000)))
    read = brought(content)
    with django_assert_max_num_queries(400):
        delivery = take_in_text(by=secretary, at=NOW, brought=read, system=SYSTEM)
    assert delivery.made == 1_000
    with django_assert_max_num_queries(200):
        assert take_in_text(by=secretary, at=LATER, brought=read, system=SYSTEM).known == 1_000


def test_source_is_told_from_the_head_of_a_file() -> None:
    assert is_of_words(
        "a.csv", reports(a_report(concerns="long " * 9_000), *(a_report(f"2024-{at:04}") for at in range(900)))
    )
    assert is_of_words(
        "a.csv", csv_bytes(("id", "date", "coroner", "area", "receiver", "concerns"), {"concerns": "x" * 99_999})
    )
    assert not is_of_words("a.csv", b"dish,price\nsoup,3\n")
    assert not is_of_words("a.json", b"{}") and not is_of_words("a.xlsx", b"no book")


SHARED = Path(os.environ.get("SIGHTLINE_SHARED") or Path(__file__).resolve().parents[4] / "shared") / "data"


@pytest.mark.real_data
@pytest.mark.skipif(not (SHARED / "pfd").is_dir(), reason=f"No published files in {SHARED}.")
def test_published_reports_come_in_with_their_answers(secretary: Person) -> None:
    made = []
    for name in ("pfd_health_concerns.csv", "statuses.csv"):
        read = bring(name, (SHARED / "pfd" / name).read_bytes(), date(2026, 11, 21))
        made.append(take_in_text(by=secretary, at=NOW, brought=read, system=SYSTEM))
    assert [(one.made, one.changed) for one in made] == [(1600, 0), (762, 4)]
    assert Report.objects.count() == Item.objects.count() == 2362
    assert Addressee.objects.filter(status="answered").exists()
