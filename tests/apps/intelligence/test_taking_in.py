"""Taking in files of intelligence: once, whole, in any order, with nothing lost and nothing guessed."""

from __future__ import annotations

import itertools
import random
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Handling, Role
from sightline.core.signals import Bearing, Dimension
from sightline.core.verdict import Invalid
from sightline.directory.models import Subject
from sightline.directory.words import Kind as Body
from sightline.directory.words import Link
from sightline.intelligence.models import (
    About,
    Addressee,
    Giver,
    Item,
    Marking,
    NamedReader,
    Passage,
    Placing,
    Report,
    Sighting,
    Tag,
    TextDelivery,
    Unplaced,
)
from sightline.intelligence.operations import place_name, replace_words, review
from sightline.intelligence.words import Kind, Outcome, Safeguarding, TagKind
from tests.factories.directory import a_relation, an_organisation
from tests.factories.intelligence import LATER, NOW, SYSTEM, TODAY, somebody, words_of
from tests.factories.published_texts import (
    BELLS,
    a_comment,
    a_report,
    a_row,
    actions,
    an_action,
    an_answer,
    answers,
    comments,
    items,
    reports,
    taken_in,
    undated_comments,
)

pytestmark = pytest.mark.usefixtures("house")
TRUST = "Lantern Hospitals NHS Trust"
NUMBER = "943 476 5919"  # an NHS number of the range kept for tests
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


def record() -> list[Any]:
    """All that is on record of items, without the ids and moments that every run makes anew."""
    found = []
    for item in Item.objects.order_by("source_key"):
        report = Report.objects.filter(item=item).first()
        rows = Addressee.objects.filter(report=report).order_by("name") if report else []
        found.append(
            (
                item.source_key,
                item.bearing,
                item.heard_on,
                item.counts,
                sorted(item.about.values_list("subject__key", flat=True)),
                sorted(Passage.objects.filter(item=item, replaced_by=None).values_list("text", flat=True)),
                sorted(item.tags.standing().values_list("kind", "value")),
                sorted(item.unplaced.values_list("words", flat=True)),
                (report.reference, report.area, report.category, report.sent_on) if report else None,
                [(row.name, row.status, row.due_on, row.stated_on, row.organisation_id) for row in rows],
                sorted(item.sightings.values_list("subject__key", "row")),
            )
        )
    return found


# --- what a published file becomes


@pytest.mark.requirement("INT-13", "INT-15")
def test_report_comes_in_as_an_item_that_waits_for_review(trust: Subject, secretary: Person) -> None:
    delivery = taken_in(reports(), secretary)
    item = Item.objects.get()
    assert (delivery.state, delivery.made, delivery.source) == ("settled", 1, "coroners_reports")
    assert (item.kind, item.bearing, item.counts, item.handling) == (
        Kind.DEATH_REPORT, Bearing.CONCERN, False, Handling.PUBLIC,
    )  # fmt: skip
    assert (item.source, item.quadrant, item.origin) == (
        "prevention-of-deaths", "external-qualitative", "coroners_reports",
    )  # fmt: skip
    assert (item.system, item.heard_on, item.source_key) == (
        SYSTEM, date(2024, 3, 1), f"coroners_reports:2024-0101@{SYSTEM}",
    )  # fmt: skip
    assert words_of(item) == [BELLS]
    assert [one.subject for one in item.about.all()] == [trust]
    row = Addressee.objects.get()
    assert (row.name, row.organisation, row.due_on) == (TRUST, trust.organisation, date(2024, 4, 26))
    assert not Giver.objects.exists()
    assert [event.verb for event in Event.objects.all()] == ["intelligence.take_in_text"]


def test_themes_and_their_rows_are_the_machines_and_stand_in_the_matrix(trust: Subject, secretary: Person) -> None:
    taken_in(reports(), secretary)
    tags = Tag.objects.order_by("kind", "value")
    assert all(re.fullmatch(r"dictionary@[0-9a-f]{12}", tag.by_machine) for tag in tags)
    assert ("theme", "staffing") in {(tag.kind, tag.value) for tag in tags}
    assert set(Sighting.objects.values_list("row", "counts")) >= {
        (Dimension.SUSTAINABLE.value, False), (Dimension.SAFE.value, False),
    }  # fmt: skip
    review(by=secretary, at=LATER, item=Item.objects.get(), outcome=Outcome.ACCEPTED, because="It is theirs.")
    assert all(Sighting.objects.values_list("counts", flat=True))


def test_report_without_words_comes_in_without_a_passage_and_is_to_be_looked_at(
    trust: Subject, secretary: Person
) -> None:
    delivery = taken_in(answers(), secretary)
    assert Item.objects.count() == 1 and not Passage.objects.exists()
    assert "says nothing of its concerns" in faults(delivery)[0] and "It came in" in faults(delivery)[0]


@pytest.mark.requirement("CQC-01")
def test_regulators_action_counts_as_the_regulators_road(trust: Subject, secretary: Person) -> None:
    taken_in(actions(), secretary)
    item = Item.objects.get()
    assert (item.kind, item.origin, item.source) == (Kind.ENFORCEMENT, "cqc_api", "cqc-reports")
    assert item.about.get().subject == trust


def test_comment_is_for_members_and_its_body_waits_for_a_person(secretary: Person) -> None:
    delivery = taken_in(
        comments(a_comment(1), a_comment(2, "Very kind people.", **{"Comment sentiment": "1"})), secretary
    )
    assert {item.handling for item in Item.objects.all()} == {Handling.MEMBERS}
    assert sorted(Item.objects.values_list("bearing", flat=True)) == [Bearing.CONCERN, Bearing.IMPROVEMENT]
    assert list(Unplaced.objects.values_list("words", flat=True).distinct()) == ["LHT"]
    assert not Sighting.objects.exists()
    assert "1 name to be placed" in delivery.says


def test_safeguarding_mark_asks_for_a_referral_and_a_marked_person_stays_out(secretary: Person) -> None:
    marked = a_comment(2, "The lady next door.", **{"Person identifiable info?": "1"})
    delivery = taken_in(comments(a_comment(1, "He hit her.", **{"Safeguarding concerns?": "1"}), marked), secretary)
    assert Item.objects.get().safeguarding == Safeguarding.SUSPECTED
    assert any("identify a person" in says for says in faults(delivery))
    taken_in(comments(marked), secretary, knowingly="Its subject asked us to.")
    assert Item.objects.count() == 2


def test_two_trusts_that_number_their_comments_alike_lose_none(secretary: Person) -> None:
    taken_in(comments(a_comment(1)), secretary)
    taken_in(comments(a_comment(1, Trust="Other trust")), secretary)
    taken_in(comments(a_comment(1, "Other words.")), secretary)
    assert Item.objects.count() == 3


# --- whom it is about


@pytest.mark.requirement("INT-13")
def test_merged_body_is_told_of_with_its_successor(trust: Subject, secretary: Person) -> None:
    new = an_organisation("ZL2", "Lantern and Mill NHS Trust", opened_on=date(2025, 4, 1))
    a_relation(trust.organisation, Link.SUCCEEDED_BY, new, valid_from=date(2025, 4, 1))
    taken_in(reports(), secretary)
    assert sorted(About.objects.values_list("subject__key", flat=True)) == ["ZL1", "ZL2"]
    assert Addressee.objects.get().organisation == trust.organisation


def test_name_of_two_bodies_is_not_guessed(secretary: Person) -> None:
    an_organisation("ZH1", "The Harbour Surgery", Body.GP_PRACTICE)
    an_organisation("ZH2", "The Harbour Surgery", Body.GP_PRACTICE)
    taken_in(reports(a_report(receiver="The Harbour Surgery")), secretary)
    assert not About.objects.exists()
    assert Unplaced.objects.get().candidates.split() == ["ZH1", "ZH2"]


def test_national_bodies_wait_for_nobody_but_a_hospital_nobody_knows_does(secretary: Person) -> None:
    taken_in(reports(a_report(receiver="NHS England; Nowhere Hospital; Ministry of Justice")), secretary)
    assert list(Unplaced.objects.values_list("words", flat=True)) == ["Nowhere Hospital"]
    assert Addressee.objects.count() == 3


def test_code_that_contradicts_its_name_waits_with_both(trust: Subject, secretary: Person) -> None:
    an_organisation("ZL9", "Mill Community NHS Trust")
    taken_in(actions(an_action(Code="ZL9")), secretary)
    assert Unplaced.objects.get().candidates.split() == ["ZL1", "ZL9"]
    assert not About.objects.exists()


def test_body_without_a_subject_gets_one(secretary: Person) -> None:
    an_organisation("Z9Z", "NHS Lantern CCG", Body.CCG)
    taken_in(actions(an_action(Code="Z9Z", Name="")), secretary)
    assert About.objects.get().subject.key == "Z9Z"


def test_name_that_a_later_list_makes_plain_waits_no_longer(secretary: Person) -> None:
    taken_in(reports(), secretary)
    assert Unplaced.objects.get().words == TRUST
    trust = an_organisation("ZL1", TRUST).subjects.get()
    assert taken_in(reports(), secretary, at=LATER).changed == 1
    assert not Unplaced.objects.exists()
    assert About.objects.get().subject == trust


# --- editions, order, repetition

FILES = (
    reports(a_report(), a_report("2024-0102", receiver="NHS England; Nowhere Hospital")),
    answers(an_answer("pending", "10/03/2024"), an_answer("pending", "10/03/2024", sent_to="Mill Community NHS Trust")),
    answers(an_answer("overdue", "10/06/2024"), an_answer("received", "10/06/2024", sent_to="Mill Community NHS Trust")),
    reports(a_report(concerns=f"{BELLS} Nobody learned from it.", area="Invented North and East")),
    answers(an_answer("received", "10/08/2024", concerns="The ward had no rota.")),
)  # fmt: skip


@pytest.mark.parametrize(
    "content", [reports(), answers(), comments(), actions(), items(a_row("ZL1"))],
    ids=["reports", "answers", "comments", "actions", "items"],
)  # fmt: skip
def test_same_file_twice_changes_nothing(trust: Subject, secretary: Person, content: bytes) -> None:
    first = taken_in(content, secretary)
    before, counted = record(), everything()
    again = taken_in(content, secretary, at=LATER)
    assert (first.made, again.made, again.changed, again.known) == (1, 0, 0, 1)
    assert (record(), everything()) == (before, counted)


def _in_order(order: tuple[bytes, ...], by: Person) -> list[Any]:
    """What files come to in this order; nothing of it stays."""
    with transaction.atomic():
        for at, content in enumerate(order):
            taken_in(content, by, at=NOW + timedelta(minutes=at))
        found = record()
        transaction.set_rollback(True)
    return found


@pytest.mark.requirement("INT-13")
def test_editions_in_any_order_come_to_the_same(trust: Subject, secretary: Person) -> None:
    an_organisation("ZM1", "Mill Community NHS Trust")
    expected = _in_order(FILES, secretary)
    assert len(expected) == 2
    rows = expected[0][9]
    assert [(name, status, stated) for name, status, _, stated, _ in rows] == [
        (TRUST, "answered", date(2024, 8, 10)),
        ("Mill Community NHS Trust", "answered", date(2024, 6, 10)),
    ]
    orders = list(itertools.permutations(FILES))
    for order in random.Random(20260115).sample(orders, 6):
        assert _in_order(order, secretary) == expected


def test_pairs_of_editions_in_either_order_come_to_the_same(trust: Subject, secretary: Person) -> None:
    for one, other in itertools.combinations(FILES, 2):
        assert _in_order((one, other), secretary) == _in_order((other, one), secretary)


def test_words_that_a_person_took_out_are_not_brought_back(trust: Subject, secretary: Person) -> None:
    from sightline.intelligence.giving import Words

    taken_in(reports(), secretary)
    replace_words(
        by=secretary, at=LATER, passage=Passage.objects.get(), words=Words("The bell was broken.", Handling.PUBLIC),
        because="It named a nurse.",
    )  # fmt: skip
    after = record()
    assert taken_in(reports(), secretary, at=LATER).known == 1
    delivery = taken_in(reports(a_report(concerns=f"{BELLS} And more.")), secretary, at=LATER)
    assert "Somebody replaced words" in faults(delivery)[0]
    assert record() == after


def test_placed_name_stays_placed_when_the_file_comes_again(secretary: Person) -> None:
    body = an_organisation("ZQ8", "Quay Clinic", Body.GP_PRACTICE).subjects.get()
    content = reports(a_report(receiver="The Quay Walk-in Clinic"))
    taken_in(content, secretary)
    place_name(by=secretary, at=LATER, unplaced=Unplaced.objects.get(), subject=body)
    before = record()
    assert taken_in(content, secretary, at=LATER).known == 1
    assert record() == before and Placing.objects.count() == 1


# --- rows without a day


def test_undated_rows_are_listed_and_never_guessed(secretary: Person) -> None:
    delivery = taken_in(undated_comments("Slow.", "Kind."), secretary)
    assert delivery.state == "refused" and not Item.objects.exists()
    assert "None of its 2 rows says on which day" in faults(delivery)[0]
    mixed = taken_in(comments(a_comment(1), a_comment(2, Date="06-2025")), secretary)
    assert mixed.made == 1 and faults(mixed)[0].startswith("3: It does not say on which day")


def test_undated_rows_take_the_day_that_a_person_gives(secretary: Person) -> None:
    assert taken_in(undated_comments("Slow.", "Kind."), secretary, as_of=date(2021, 3, 31)).made == 2
    assert set(Item.objects.values_list("heard_on", flat=True)) == {date(2021, 3, 31)}
    with pytest.raises(Invalid, match="lies ahead"):
        taken_in(undated_comments("Slow."), secretary, as_of=TODAY + timedelta(days=1))


# --- a table of many items


@pytest.mark.requirement("INT-01")
def test_good_rows_of_a_table_count_at_once_and_bad_ones_are_listed(trust: Subject, secretary: Person) -> None:
    an_organisation("ZH1", "The Harbour Surgery", Body.GP_PRACTICE)
    an_organisation("ZH2", "The Harbour Surgery", Body.GP_PRACTICE)
    delivery = taken_in(
        items(
            a_row("ZL1", Dimension="safe", **{"How sure": "hunch"}),
            a_row(TRUST, "The food was good.", **{"Positive or concern": "positive"}),
            a_row("The Harbour Surgery"),
            a_row("Nobody we know"),
            a_row("ZL1", f"Her number is {NUMBER}."),
            a_row("ZL1", "=1+1"),
            a_row("ZL1", "Somebody said it.", Source="A source of my own"),
            a_row("ZL1", "Only for few.", **{"Who may see": "named people"}),
            a_row("ZL1", "Told by nobody.", **{"Told by": "No such body"}),
        ),
        secretary,
    )
    assert (delivery.state, delivery.made, delivery.rows) == ("settled", 2, 9)
    assert all(Item.objects.values_list("counts", flat=True))
    assert Giver.objects.filter(actor_id=secretary.actor_id).count() == 2
    assert list(Tag.objects.filter(kind=TagKind.DIMENSION).values_list("value", "by_machine")) == [("safe", "")]
    assert Sighting.objects.filter(subject=trust, row="safe", counts=True).count() == 1
    said = "\n".join(faults(delivery))
    for line, words in (
        (4, "ZH1 for The Harbour Surgery; ZH2"), (5, "Nobody on record"), (6, "looks like an NHS number"),
        (7, "formula"), (8, "not on the list of sources"), (9, "nobody is named"), (10, "tells it is not known"),
    ):  # fmt: skip
        assert re.search(rf"^{line}: .*{re.escape(words)}", said, re.MULTILINE), (line, said)
    assert NUMBER not in said


def test_rows_with_people_come_in_once_somebody_says_why(trust: Subject, secretary: Person) -> None:
    content = items(a_row("ZL1", f"Her number is {NUMBER}."), a_row("ZL1"))
    assert taken_in(content, secretary).made == 1
    delivery = taken_in(content, secretary, at=LATER, knowingly="The coroner asked for it.")
    assert (delivery.made, delivery.known) == (1, 1)
    assert sorted(Passage.objects.values_list("knowingly", flat=True)) == ["", "The coroner asked for it."]


def test_words_for_fewer_are_for_those_named_alone_and_give_no_theme(trust: Subject, secretary: Person) -> None:
    colleague = somebody()
    few = {"Passage for fewer": "A shortage of staff at night.", "Why for fewer": "Few know of it"}
    row = a_row("ZL1", "All is well.", **few)
    taken_in(items(row), secretary, readers=(colleague.actor_id,))
    assert sorted(Passage.objects.values_list("handling", flat=True)) == ["members", "restricted"]
    assert set(NamedReader.objects.values_list("actor_id", flat=True)) == {colleague.actor_id, secretary.actor_id}
    assert not Tag.objects.filter(value="staffing").exists()


def test_row_is_told_by_the_body_it_names(trust: Subject, secretary: Person) -> None:
    taken_in(items(a_row("ZL1", **{"Told by": "ZL1", "Source": "Healthwatch reports"})), secretary)
    assert Giver.objects.get().organisation == "ZL1"
    item = Item.objects.get()
    assert (item.source, item.origin, item.quadrant) == ("healthwatch-reports", "body:ZL1", "internal-qualitative")


@pytest.mark.requirement("IGV-05")
@pytest.mark.parametrize(
    "cells", [{"Who may see": "named people"}, {"Passage for fewer": "A shortage of staff at night."}]
)
@pytest.mark.parametrize(
    ("why", "of_file", "kept"),
    [("Few know of it", "", "Few know of it"), ("", "All of it", "All of it"), ("Few know", "All of it", "Few know")],
)
def test_row_for_few_is_kept_with_why(
    cells: dict[str, str], why: str, of_file: str, kept: str, trust: Subject, secretary: Person
) -> None:
    colleague = somebody()
    row = a_row("ZL1", "All is well.", **cells, **{"Why for fewer": why})
    delivery = taken_in(items(row, a_row("ZL1")), secretary, readers=(colleague.actor_id,), why_fewer=of_file)
    assert (delivery.made, faults(delivery)) == (2, [])
    marking = Marking.objects.get()
    assert (marking.handling, marking.because, marking.recorded_by) == ("restricted", kept, secretary.actor_id)
    narrow = Passage.objects.get(handling="restricted")
    assert marking.item_id == narrow.item_id
    assert marking.passage == (None if "Who may see" in cells else narrow)


@pytest.mark.requirement("IGV-05")
@pytest.mark.parametrize("with_readers", [True, False])
@pytest.mark.parametrize(
    "cells", [{"Who may see": "named people"}, {"Passage for fewer": "A shortage of staff at night."}]
)
def test_row_for_few_that_lacks_its_reason_is_listed_and_stays_out(
    with_readers: bool, cells: dict[str, str], trust: Subject, secretary: Person
) -> None:
    """It comes in neither for all the members nor for few without a reason."""
    readers = (somebody().actor_id,) if with_readers else ()
    delivery = taken_in(items(a_row("ZL1", "All is well.", **cells), a_row("ZL1")), secretary, readers=readers)
    assert (delivery.made, Passage.objects.filter(text="All is well.").exists()) == (1, False)
    said = [(one.line, one.column) for one in delivery.faults.order_by("pk")]
    assert said == [*([] if with_readers else [(2, "Who may see")]), (2, "Why for fewer")]
    assert not Marking.objects.exists()


def test_reason_that_names_somebody_is_listed(trust: Subject, secretary: Person) -> None:
    row = a_row("ZL1", "All is well.", **{"Who may see": "named people", "Why for fewer": f"Her number is {NUMBER}"})
    delivery = taken_in(items(row, a_row("ZL1")), secretary, readers=(secretary.actor_id,))
    assert [one.column for one in delivery.faults.all()] == ["Why for fewer"]
    with pytest.raises(Invalid, match="without naming"):
        taken_in(items(a_row("ZL1")), secretary, why_fewer=f"Her number is {NUMBER}")
