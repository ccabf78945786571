"""Taking lists in: any order gives one directory, a file that comes again changes nothing, a bad one neither."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sightline.audit.models import Event
from sightline.core.verdict import Invalid, Refused
from sightline.directory.models import (
    Alias,
    Boundary,
    Edition,
    Identifier,
    Listing,
    NamedLink,
    Organisation,
    Relation,
    Subject,
)
from sightline.directory.operations import ensure_bodies, take_in
from sightline.directory.queries import find_organisation
from sightline.directory.words import Kind, Link, SubjectKind
from sightline.intake.contract import Fault, NamedBody
from tests.factories import directory as make

pytestmark = pytest.mark.django_db

SHOWN: dict[Any, tuple[str, ...]] = {
    Organisation: ("code", "name", "kind", "sector", "opened_on", "closed_on", "delisted_on", "postcode"),
    Subject: ("key", "kind", "name", "sector", "organisation__code"),
    Listing: ("organisation__code", "source", "name", "kind", "closed_on", "first_stated", "last_stated"),
    Relation: (
        "origin__code", "link", "target__code", "valid_from", "valid_to", "is_part", "is_by_name", "source",
        "first_stated", "last_stated",
    ),
    NamedLink: ("origin__code", "link", "name", "first_stated", "last_stated"),
    Identifier: ("organisation__code", "scheme", "value"),
    Alias: ("organisation__code", "name"),
    Boundary: ("organisation__code", "code"),
    Edition: ("source", "as_of"),
}  # fmt: skip


def directory() -> dict[str, list[tuple[Any, ...]]]:
    """Everything the directory holds, but for keys and moments of recording."""
    return {model.__name__: sorted(model.objects.values_list(*columns), key=str) for model, columns in SHOWN.items()}


def empty() -> None:
    for model in (Subject, Boundary, NamedLink, Relation, Listing, Identifier, Alias, Edition, Organisation):
        model.objects.all().delete()


def import_all() -> None:
    for file in make.everything():
        make.import_file(file)


@pytest.mark.parametrize("seed", range(4))
def test_files_in_any_order_give_one_directory(seed: int) -> None:
    import_all()
    expected = directory()
    empty()
    files = make.everything()
    files.reverse() if seed == 0 else random.Random(seed).shuffle(files)
    for file in files:
        make.import_file(file)
    assert directory() == expected


def test_a_file_that_comes_again_changes_nothing_and_says_so() -> None:
    import_all()
    before = directory()
    for file in make.everything():
        taken = make.import_file(file)
        assert taken.is_unchanged, (file.name, taken)
        assert taken.words == "Nothing in it is new."
    assert directory() == before


def test_a_first_file_says_what_it_added() -> None:
    taken = make.import_file(make.trusts_before())
    assert (taken.added, taken.changed, taken.closed) == (6, 0, 0)  # four trusts, and two systems they name
    assert taken.words == "6 organisations added, 4 links added or changed."


def test_a_later_edition_says_whom_it_closed_and_changed() -> None:
    make.import_file(make.trusts_before())
    taken = make.import_file(make.trusts_after())
    assert (taken.added, taken.closed, taken.changed, taken.unchanged) == (0, 2, 1, 1)


def test_a_file_with_a_fault_is_refused_whole() -> None:
    before = directory()
    bad = replace(make.parsed(make.boards()), faults=(Fault("It is wrong.", "Mend it.", 3),))
    with pytest.raises(Invalid, match=r"Line 3: It is wrong\."):
        take_in(by=make.KEEPER, at=make.AT, parsed=bad)
    assert directory() == before
    assert not Event.objects.exists()


def test_whoever_may_not_import_changes_nothing() -> None:
    with pytest.raises(Refused):
        take_in(by=make.ONLOOKER, at=make.AT, parsed=make.parsed(make.boards()))
    assert not Organisation.objects.exists()
    assert not Event.objects.exists()


def test_a_file_is_recorded_as_one_event() -> None:
    make.import_file(make.boards())
    event = Event.objects.get()
    assert event.verb == "directory.take_in"
    assert event.actor == make.KEEPER.actor_id


def test_a_name_in_capitals_is_brought_down_and_a_better_spelling_wins() -> None:
    make.import_file(make.trusts_before())
    assert Organisation.objects.get(code="ZR1").name == "University Hospitals of Lantern NHS Trust"
    make.import_file(
        make.received([make.MAPPING_HEADER, ["ZR3", "Harbour HOSPITALS NHS Trust", "Q0B", "NHS B ICB", "West"]])
    )
    assert Organisation.objects.get(code="ZR3").name == "Harbour HOSPITALS NHS Trust"


def test_the_latest_edition_names_a_body_whichever_came_first() -> None:
    make.import_file(make.trusts_after())
    make.import_file(make.trusts_before())
    assert Organisation.objects.get(code="ZR1").name == "Lantern and Mill NHS Foundation Trust"


def test_whoever_a_complete_list_leaves_out_is_no_longer_listed() -> None:
    make.import_file(make.trusts_before())
    assert Organisation.objects.get(code="ZR4").is_open(make.TODAY)
    make.import_file(make.trusts_after())
    gone = Organisation.objects.get(code="ZR4")
    assert (gone.closed_on, gone.delisted_on) == (None, date(2024, 10, 31))
    assert gone.is_open(date(2024, 10, 30))
    assert not gone.is_open(date(2024, 10, 31))


@pytest.mark.requirement("ORG-02")
def test_a_body_that_others_succeeded_closed_the_day_before() -> None:
    make.import_file(make.areas())
    make.import_file(make.boards())
    assert Organisation.objects.get(code="Q0C").closed_on == date(2026, 3, 31)
    assert Organisation.objects.get(code="Q0B").closed_on is None


def test_a_later_list_that_still_has_a_body_open_beats_a_succession() -> None:
    make.import_file(make.successions())
    assert Organisation.objects.get(code="ZO1").closed_on == date(2002, 3, 31)
    make.import_file(make.received([make.ods_row("ZO1", "SURVIVOR NHS TRUST", opened="20050101")]))
    assert Organisation.objects.get(code="ZO1").closed_on is None


def test_a_later_edition_moves_a_headquarters_and_ends_the_earlier_link() -> None:
    make.import_file(make.received([make.ods_row("ZR1", "A TRUST", system="Q0A", opened="20200101")]))
    make.import_file(
        make.received(
            [
                make.ods_row("ZR1", "A TRUST", system="Q0B", opened="20200101"),
                make.ods_row("ZR2", "B", opened="20240101"),
            ]
        )
    )
    ends = dict(Relation.objects.filter(origin__code="ZR1").values_list("target__code", "valid_to"))
    assert ends == {"Q0A": date(2023, 12, 31), "Q0B": None}


def test_a_system_named_in_words_is_found_once_a_list_names_it() -> None:
    make.import_file(make.trust_list())
    parts = Relation.objects.filter(origin__code="ZR3", link=Link.PART_OF)
    assert not parts.exists()
    make.import_file(make.boards())
    assert sorted(parts.values_list("target__code", flat=True)) == ["Q0B", "Q0M"]


def test_a_name_that_two_boards_bear_is_matched_to_neither() -> None:
    import_all()
    make.import_file(make.received([make.BOARD_HEADER, ["Q0X", "Harbour ICB", "", "", "", "Northern Waters", ""]]))
    assert not Relation.objects.filter(origin__code="ZR3", link=Link.PART_OF, target__code__in=["Q0X"]).exists()
    assert not Relation.objects.filter(origin__code="ZR3", is_by_name=True, target__code="Q0B").exists()


@pytest.mark.requirement("ORG-04")
def test_every_provider_place_system_and_region_is_a_subject_and_a_network_is_not() -> None:
    import_all()
    kinds = dict(Subject.objects.values_list("key", "kind"))
    assert kinds["ZR1"] == kinds["Z0001"] == kinds["ZU001"] == SubjectKind.ORGANISATION
    assert kinds["9Z1"] == kinds["E06900001"] == SubjectKind.PLACE
    assert kinds["S0N"] == SubjectKind.SYSTEM
    assert kinds["E40900001"] == SubjectKind.REGION
    assert kinds["E92900001"] == SubjectKind.NATION
    assert "U99001" not in kinds


def test_a_subject_follows_the_name_of_its_organisation() -> None:
    make.import_file(make.trusts_before())
    make.import_file(make.trusts_after())
    assert Subject.objects.get(key="ZR1").name == "Lantern and Mill NHS Foundation Trust"


def test_a_boundary_under_a_newer_code_finds_its_area_by_name() -> None:
    make.import_file(make.boundaries())
    make.import_file(make.areas())
    assert Boundary.objects.get(code="E54900093").organisation.code == "Q0C"
    found = find_organisation("E54900093")
    assert found is not None
    assert found.code == "Q0C"


def test_bodies_first_met_in_figures_are_added_with_their_subjects() -> None:
    bodies = [
        NamedBody("1-990000001", "Seaview House", "care_home", operator_code="1-990000002"),
        NamedBody("E06900002", "Millshire"),
        NamedBody("ZZ9", "Something Unheard Of"),
    ]
    subjects = ensure_bodies(by=make.KEEPER, at=make.AT, bodies=bodies)
    assert {code: subject.kind for code, subject in subjects.items()} == {
        "1-990000001": SubjectKind.ORGANISATION,
        "E06900002": SubjectKind.PLACE,
        "ZZ9": SubjectKind.ORGANISATION,
    }
    assert subjects["1-990000001"].sector == "care_homes"
    assert Relation.objects.get().link == Link.OPERATED_BY
    assert Event.objects.get().verb == "directory.ensure_bodies"


def test_a_known_body_keeps_what_its_lists_say() -> None:
    make.import_file(make.trusts_after())
    ensure_bodies(by=make.KEEPER, at=make.AT, bodies=[NamedBody("ZR1", "lantern hosp", "provider")])
    known = Organisation.objects.get(code="ZR1")
    assert (known.name, known.kind) == ("Lantern and Mill NHS Foundation Trust", Kind.NHS_TRUST)


def test_a_body_met_under_another_schemes_code_goes_on_under_its_own() -> None:
    met = ensure_bodies(by=make.KEEPER, at=make.AT, bodies=[NamedBody("E54900001", "Lantern")])["E54900001"]
    make.import_file(make.areas())
    board = Organisation.objects.get(code="Q0A")
    assert board.pk == met.organisation_id
    assert not Organisation.objects.filter(code="E54900001").exists()
    again = ensure_bodies(by=make.KEEPER, at=make.AT, bodies=[NamedBody("E54900001", "Lantern")])
    assert again["E54900001"].pk == met.pk
    assert again["E54900001"].key == "Q0A"


def test_meeting_bodies_is_refused_to_an_onlooker() -> None:
    with pytest.raises(Refused):
        ensure_bodies(by=make.ONLOOKER, at=make.AT, bodies=[NamedBody("ZZ9", "X")])
    assert not Organisation.objects.exists()
