"""Choosing a subject by typing: a code is taken, a name only without doubt, and what is doubtful is offered, not guessed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sightline.directory.choosing import ChoosesSubjects, SubjectWords, choose_subject, described, words_for
from sightline.directory.models import Alias, Identifier, Organisation, Subject
from sightline.directory.naming import folded
from sightline.directory.words import Kind, Scheme, SubjectKind
from tests.factories import directory as make

pytestmark = pytest.mark.django_db


class Telling(ChoosesSubjects):
    """A form as another app would write it."""

    about = SubjectWords()
    instead = SubjectWords(label="And whom else?", required=False)


def telling(actor: make.Somebody = make.ONLOOKER, **sent: str) -> Telling:
    return Telling(sent, actor=actor, on=make.TODAY)


def subject_of(code: str) -> Subject:
    return Subject.objects.get(key=code)


@pytest.fixture(autouse=True)
def country() -> None:
    """A trust with another name and another code, a board beside its system, and three homes of like names."""
    trust = make.an_organisation("ZR1", "Lantern Hospitals NHS Trust")
    Alias.objects.create(organisation=trust, name="LHT", folded=folded("LHT"), source="list", recorded_at=make.AT)
    Identifier.objects.create(organisation=trust, scheme=Scheme.CQC_PROVIDER, value="1-77", recorded_at=make.AT)
    board = make.an_organisation("QZ1", "Lantern ICB", Kind.ICB)
    Identifier.objects.create(organisation=board, scheme=Scheme.GSS, value="E54000001", recorded_at=make.AT)
    Subject.objects.create(
        key="icb-QZ1", kind=SubjectKind.ICB, name="The board of Lantern", organisation=board, recorded_at=make.AT
    )
    make.an_organisation("ZH1", "The Willows", Kind.CARE_HOME, postcode="ZA1 1AA")
    make.an_organisation("ZH2", "The Willows", Kind.CARE_HOME, postcode="ZB2 2BB", closed_on=date(2024, 1, 31))
    make.an_organisation("ZH3", "The Willows Nursing Home", Kind.CARE_HOME)
    make.an_organisation("ZH4", "Mill House", Kind.CARE_HOME)


MEANT: list[tuple[str, str, list[str]]] = [
    # words, the one that is meant, those to choose from
    ("ZR1", "ZR1", []),
    ("  zr1 ", "ZR1", []),
    ("1-77", "ZR1", []),
    ("Lantern Hospitals NHS Trust", "ZR1", []),
    ("lantern  hospitals nhs trust", "ZR1", []),
    ("LHT", "ZR1", []),
    ("Lantern Hospitals NHS Trust (ZR1)", "ZR1", []),
    ("The Willows (ZH2)", "ZH2", []),
    ("The Willows (ZH4)", "", []),  # another's code: neither is taken
    ("E54000001", "QZ1", []),  # the system, and not the board that shares its code
    ("icb-QZ1", "icb-QZ1", []),
    ("The Willows", "", ["ZH1", "ZH2", "ZH3"]),  # two of the very name, and the open one first
    ("Mill", "", ["ZH4"]),  # one alone, and yet not its name
    ("trust lantern", "", ["ZR1"]),  # in any order
    ("lantern", "", ["ZR1", "QZ1", "icb-QZ1"]),
    ("nobody at all", "", []),
    ("", "", []),
    ("%", "", []),
]


@pytest.mark.parametrize(("words", "one", "several"), MEANT)
def test_words_mean_one_several_or_none(words: str, one: str, several: list[str]) -> None:
    meant = choose_subject(words, make.ONLOOKER, make.TODAY)
    assert (meant.one.key if meant.one else "") == one
    assert [subject.key for subject in meant.several] == several
    assert not meant.more


def test_whoever_may_not_see_a_subject_cannot_tell_that_it_is_there() -> None:
    for words in ("ZH1", "The Willows", "The Willows (ZH1)", "ZZ9"):
        meant = choose_subject(words, make.of_provider("ZR1"), make.TODAY)
        assert (meant.one, meant.several) == (None, ())
    assert choose_subject("LHT", make.of_provider("ZR1"), make.TODAY).one == subject_of("ZR1")


def test_what_is_written_for_a_subject_means_it_again() -> None:
    for subject in Subject.objects.all():
        assert choose_subject(words_for(subject), make.ONLOOKER, make.TODAY).one == subject


def test_no_more_are_listed_than_can_be_chosen_from_and_it_is_said_that_there_are() -> None:
    for number in range(25):
        make.an_organisation(f"ZP{number}", f"Practice of {number} streets", Kind.GP_PRACTICE)
    meant = choose_subject("practice of", make.ONLOOKER, make.TODAY)
    assert len(meant.several) == 20 and meant.more
    assert "type more of the name" in str(telling(about="practice of"))


def test_one_that_is_meant_takes_the_place_of_the_words() -> None:
    form = telling(about="LHT")
    assert form.is_valid()
    assert form.cleaned_data == {"about": subject_of("ZR1"), "instead": None}


def test_where_several_fit_the_form_offers_them_and_keeps_what_was_typed() -> None:
    form = telling(about="the willows")
    assert not form.is_valid()
    assert list(form.fields) == ["about", "about_chosen", "instead"]
    assert form.errors == {"about_chosen": ["Choose which one you mean by “the willows”."]}
    html = str(form)
    assert 'value="the willows"' in html and html.count('type="radio"') == 3
    assert "Care home, ZA1 1AA, code ZH1" in html and "closed on 31 January 2024" in html


def test_the_chosen_one_is_meant_and_leaves_no_trace_of_the_list() -> None:
    form = telling(about="the willows", about_chosen=str(subject_of("ZH2").pk))
    assert form.is_valid()
    assert form.cleaned_data == {"about": subject_of("ZH2"), "instead": None}


@pytest.mark.parametrize("words", ["mill", "nobody at all"])
def test_a_choice_from_an_older_list_does_not_count_for_other_words(words: str) -> None:
    form = telling(about=words, about_chosen=str(subject_of("ZH2").pk))
    assert not form.is_valid()


def test_nobody_is_chosen_whom_the_reader_may_not_see() -> None:
    form = telling(make.of_provider("ZR1"), about="the willows", about_chosen=str(subject_of("ZH2").pk))
    assert not form.is_valid()
    assert "Nothing here fits “the willows”" in form.errors["about"][0]


def test_two_questions_in_one_form_do_not_mix() -> None:
    chosen = {"about_chosen": str(subject_of("ZH1").pk), "instead_chosen": str(subject_of("ZH4").pk)}
    form = telling(about="willows", instead="mill", **chosen)
    assert form.is_valid()
    assert (form.cleaned_data["about"].key, form.cleaned_data["instead"].key) == ("ZH1", "ZH4")


@pytest.mark.parametrize("words", ["", "   ", "a\0b", "x" * 301])
def test_what_is_no_name_is_refused_like_in_any_other_field(words: str) -> None:
    form = telling(about=words)
    assert not form.is_valid()
    assert list(form.errors) == ["about"]
    assert "about_chosen" not in form.fields


def test_a_form_not_yet_sent_asks_for_nothing() -> None:
    form = Telling(actor=make.ONLOOKER, on=make.TODAY, initial={"about": words_for(subject_of("ZR1"))})
    assert not form.errors and list(form.fields) == ["about", "instead"]
    assert 'value="Lantern Hospitals NHS Trust (ZR1)"' in str(form)


DESCRIBED: list[tuple[dict[str, Any], str]] = [
    ({"kind": Kind.GP_PRACTICE}, "GP practice, code ZX"),
    ({"kind": Kind.CARE_HOME, "postcode": "ZA1 1AA"}, "Care home, ZA1 1AA, code ZX"),
    ({"kind": Kind.NHS_TRUST, "closed_on": date(2020, 3, 31)}, "NHS trust, code ZX, closed on 31 March 2020"),
    ({"kind": Kind.ICB}, "System, code ZX"),
]


@pytest.mark.parametrize(("given", "says"), DESCRIBED)
def test_a_subject_is_told_from_others_of_its_name(given: dict[str, Any], says: str) -> None:
    make.an_organisation("ZX", "The Willows", **given)
    assert described(subject_of("ZX")) == says


def test_a_subject_without_an_organisation_and_one_of_unknown_kind_are_described_too() -> None:
    theme = Subject.objects.create(key="theme-falls", kind=SubjectKind.THEME, name="Falls", recorded_at=make.AT)
    assert described(theme) == "Theme"
    body = Organisation.objects.create(code="ZY", name="Some body", recorded_at=make.AT)
    assert described(make.a_subject(body)) == "Organisation, code ZY"
