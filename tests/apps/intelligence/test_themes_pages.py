"""Themes: shown to those who may see, small counts untold, given anew by machine and never over a person's own."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from django.test import Client

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.cli import themes as command
from sightline.core.access import Handling, Role
from sightline.core.intelligence.trends import Heard
from sightline.core.verdict import Refused
from sightline.directory.models import Subject
from sightline.intelligence.giving import Words
from sightline.intelligence.models import Item, Sighting, Tag, TagRemoval
from sightline.intelligence.operations import review_many, tag, theme_items
from sightline.intelligence.presenters.themes import FEW, themes_page
from sightline.intelligence.queries import labelled_texts
from sightline.intelligence.queries.themes import Spoken
from sightline.intelligence.theming.engine import Learned, ThemeModel, Training
from sightline.intelligence.theming.features import Vocabulary
from sightline.intelligence.theming.keeping import store
from sightline.intelligence.words import Outcome, TagKind
from tests.factories.accounts import signed_in
from tests.factories.groups import an_interest
from tests.factories.intelligence import LATER, SYSTEM, TODAY, a_body, an_item, somebody
from tests.factories.published_texts import a_comment, a_report, comments, reports, taken_in

pytestmark = pytest.mark.usefixtures("house")
ADDRESS = "/intelligence/themes/"
TRUST = "Lantern Hospitals NHS Trust"
THEME, ROW = TagKind.THEME, TagKind.DIMENSION


@pytest.fixture
def lead(house: Path) -> Person:
    return somebody(Role.QUALITY_LEAD)


@pytest.fixture
def trust(house: Path) -> Subject:
    return a_body("ZL1", TRUST)


def standing(item: Item, kind: TagKind = THEME) -> dict[str, str]:
    return dict(item.tags.standing().filter(kind=kind).values_list("value", "by_machine"))


def accepted(by: Person) -> None:
    """All that waits is reviewed."""
    review_many(
        by=by, at=LATER, items=list(Item.objects.filter(counts=False)), outcome=Outcome.ACCEPTED, because="It is fine."
    )


# --- the page


def page(client: Client, query: str = "") -> str:
    answer = client.get(ADDRESS + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_empty_page_says_what_to_do_and_that_no_model_is_trained(lead: Person) -> None:
    html = page(signed_in(lead))
    assert "speaks of a theme yet" in html and "No model is trained; the dictionary is used." in html
    assert "/rules/themes/" in html


@pytest.mark.requirement("DAT-10")
def test_page_counts_what_the_reader_may_see_and_counts(trust: Subject, lead: Person) -> None:
    taken_in(reports(a_report(), a_report("2024-0102")), lead)
    member = signed_in(somebody())
    assert "speaks of a theme yet" in page(member)
    accepted(lead)
    html = page(member)
    assert "Not enough staff" in html and "Mar 2024" in html and "Items heard in all" in html
    placed = page(member, f"?theme=staffing&subject={trust.pk}&kind=death_report")
    assert "Not enough staff, place by place" in placed and "too few to say" in placed
    assert "speaks of a theme yet" in page(member, "?kind=comment")
    assert page(member, "?kind=nonsense&theme=nonsense&subject=nonsense&area=NOWHERE\x00")
    involved = somebody()
    an_interest(involved, trust)
    assert "speaks of a theme yet" in page(signed_in(involved))
    assert "speaks of a theme yet" in page(signed_in(somebody(system="QZ2")))


@pytest.mark.parametrize("role", [Role.PROVIDER, Role.REGION, Role.FOI_OFFICER, Role.ADMINISTRATOR])
def test_page_is_for_those_who_see_intelligence(role: Role) -> None:
    assert signed_in(somebody(role, organisation="ZL1")).get(ADDRESS).status_code == 403


def test_few_comments_are_never_counted_out(trust: Subject, lead: Person) -> None:
    rows = [a_comment(at, f"The wait was {at} hours.", Trust=TRUST) for at in range(3)]
    taken_in(comments(*rows), lead)
    accepted(lead)
    html = page(signed_in(lead), "?theme=waiting")
    assert FEW in html and ">3<" not in html


NAMES = {"waiting": "Waiting", "food": "Food"}


def heard(month: int, waiting: int, others: int) -> list[Heard]:
    on = date(2025 + (month - 1) // 12, (month - 1) % 12 + 1, 9)
    return [Heard(on, frozenset({"waiting"}), "ZL1")] * waiting + [Heard(on, frozenset({"food"}), "ZL1")] * others


def spoken(counts: list[tuple[int, int]], *, has_comments: bool) -> Spoken:
    all_of_it = tuple(one for month, (waiting, others) in enumerate(counts, 1) for one in heard(month, waiting, others))
    return Spoken(all_of_it, all_of_it, {"ZL1": TRUST}, has_comments)


@pytest.mark.parametrize(
    ("count", "has_comments", "cell", "whole"),
    [(4, True, FEW, "110 or more"), (4, False, "4", "114"), (5, True, "5", "115"), (0, True, "0", "110")],
)
def test_sum_does_not_betray_the_count_that_is_not_told(count: int, has_comments: bool, cell: str, whole: str) -> None:
    shown = themes_page(spoken([(10, 20)] * 11 + [(count, 20)], has_comments=has_comments), NAMES, "waiting")
    row = next(one for one in shown.rows if one.name == "Waiting")
    assert (row.cells[-1], row.whole) == (cell, whole)


@pytest.mark.parametrize(("months", "charts"), [(11, 0), (12, 2), (40, 2)])
def test_charts_begin_with_twelve_months(months: int, charts: int) -> None:
    shown = themes_page(spoken([(10, 20)] * months, has_comments=True), NAMES, "")
    assert len(shown.charts) == charts and len(shown.months) == 12
    assert all("<svg" in one.drawing and "%" in one.says for one in shown.charts)


def test_chart_leaves_out_months_whose_count_is_not_told() -> None:
    few = spoken([(10, 20)] * 11 + [(3, 20)], has_comments=True)
    assert [one.name for one in themes_page(few, NAMES, "").charts] == ["Food"]
    open_ones = spoken([(10, 20)] * 11 + [(3, 20)], has_comments=False)
    assert [one.name for one in themes_page(open_ones, NAMES, "").charts] == ["Waiting", "Food"]


def a_model(theme: str, word: str) -> ThemeModel:
    """A model that names one theme wherever one word stands."""
    training = Training(
        datetime(2026, 1, 1, tzinfo=UTC), 400, date(2024, 1, 1), date(2025, 1, 1), "", "own labels",
        (Learned(theme, 120, 0.5, 0.91, 0.62), Learned("food", 4, why_not="Too few examples.")),
    )  # fmt: skip
    vocabulary = Vocabulary((word,), np.array([1.0]))
    return ThemeModel(training, vocabulary, np.array([[20.0]], dtype=np.float32), np.array([-2.0]))


def test_page_tells_how_good_the_model_is(lead: Person, house: Path) -> None:
    model = a_model("digital", "blimp")
    store(house, model)
    html = page(signed_in(lead))
    assert model.by in html and "91%" in html and "62%" in html and "Too few examples." in html
    (house / "themes" / "current.json").write_text("{}")
    assert "cannot be read" in page(signed_in(lead))


# --- theming again


@pytest.mark.requirement("INT-15")
def test_items_without_themes_get_them_and_given_rows_stay(trust: Subject, lead: Person) -> None:
    soft = an_item(trust, "The wait is far too long.")
    taken_in(reports(), lead)
    Tag.objects.filter(item__kind="death_report").delete()
    assert theme_items(by=lead, at=LATER, items=[item.pk for item in Item.objects.all()]) == 2
    assert standing(soft)["waiting"].startswith("dictionary@")
    assert standing(soft, ROW) == {"safe": ""}  # who shares something says its rows themselves
    report = Item.objects.get(kind="death_report")
    assert "staffing" in standing(report) and standing(report, ROW)
    assert set(Sighting.objects.filter(item=report).values_list("row", flat=True)) == set(standing(report, ROW))
    assert Event.objects.filter(verb="intelligence.theme_items").count() == 1
    assert theme_items(by=lead, at=LATER, items=[soft.pk, report.pk]) == 0
    assert not TagRemoval.objects.exists()


def test_what_a_person_settled_stays_theirs(trust: Subject, lead: Person) -> None:
    given, emptied = an_item(trust, "The wait is too long."), an_item(trust, "The food is cold.")
    theme_items(by=lead, at=LATER, items=[emptied.pk])
    assert standing(emptied)
    tag(by=lead, at=LATER, item=given, kind=THEME, values=("food",))
    tag(by=lead, at=LATER, item=emptied, kind=THEME, values=())
    assert theme_items(by=lead, at=LATER, items=[given.pk, emptied.pk]) == 0
    assert standing(given) == {"food": ""} and not standing(emptied)


def test_theme_that_no_words_bear_any_more_is_taken_back_and_stays_on_record(trust: Subject, lead: Person) -> None:
    item = an_item(trust, "The wait is too long.")
    Tag.objects.create(
        item=item, kind=THEME, value="food", by_machine="dictionary@old", recorded_at=LATER, recorded_by="x"
    )
    theme_items(by=lead, at=LATER, items=[item.pk])
    assert list(standing(item)) == ["waiting"]
    assert TagRemoval.objects.get().recorded_by.startswith("dictionary@")
    Tag.objects.filter(value="waiting").delete()
    assert theme_items(by=lead, at=LATER, items=[item.pk]) == 1  # a machine's own change settles nothing


def test_words_for_fewer_give_no_theme(trust: Subject, lead: Person) -> None:
    words = (Words("All is well.", Handling.MEMBERS), Words("The wait is too long.", Handling.RESTRICTED))
    item = an_item(trust, words=words, readers=(lead.actor_id,))
    theme_items(by=lead, at=LATER, items=[item.pk])
    assert "waiting" not in standing(item)


def test_model_proposes_beside_the_dictionary(trust: Subject, lead: Person, house: Path) -> None:
    model = a_model("digital", "blimp")
    store(house, model)
    item = an_item(trust, "blimp blimp")
    theme_items(by=lead, at=LATER, items=[item.pk])
    assert standing(item) == {"digital": model.by}


def test_other_systems_items_are_passed_over(trust: Subject, lead: Person) -> None:
    item = an_item(trust, "The wait is too long.")
    other = somebody(Role.QUALITY_LEAD, system="QZ2")
    assert theme_items(by=other, at=LATER, items=[item.pk]) == 0 and not standing(item)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.SECRETARY, Role.CHAIR])
def test_who_keeps_no_rules_themes_nothing(trust: Subject, role: Role) -> None:
    item = an_item(trust, "The wait is too long.")
    with pytest.raises(Refused):
        theme_items(by=somebody(role), at=LATER, items=[item.pk])
    assert not standing(item)


def test_only_themes_that_people_gave_are_learned_from(trust: Subject, lead: Person) -> None:
    given = an_item(trust, "The wait is too long.")
    an_item(trust, "The food is cold.")
    narrow = an_item(trust, "Only for few.", handling=Handling.RESTRICTED, readers=(lead.actor_id,))
    theme_items(by=lead, at=LATER, items=[item.pk for item in Item.objects.all()])
    for item in (given, narrow):
        tag(by=lead, at=LATER, item=item, kind=THEME, values=("waiting", "capacity"))
    (one,) = labelled_texts(TODAY)
    assert (one.text, one.themes, one.group) == (
        "The wait is too long.", frozenset({"waiting", "capacity"}), str(given.pk),
    )  # fmt: skip


def test_command_themes_everything(
    trust: Subject, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sightline.cli.migrate.ready_database", lambda: None)
    monkeypatch.setattr(command, "AT_ONCE", 2)
    for at in range(5):
        an_item(trust, f"The wait is {at} hours.", system=SYSTEM)
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    assert command.handle(parser.parse_args(["apply", "--json"])) == 0
    assert json.loads(capsys.readouterr().out) == {"items": 5, "changed": 5}
    assert command.handle(parser.parse_args(["apply"])) == 0
    assert "5 items looked at, 0 changed." in capsys.readouterr().out
