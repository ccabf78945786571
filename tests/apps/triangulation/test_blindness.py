"""Blind spots of many subjects at once: the quick way gives what the picture of each subject gives, to everybody."""

from __future__ import annotations

import csv
import io
import random
from datetime import timedelta

import pytest
from django.urls import reverse

from sightline.accounts.models import Person
from sightline.core.access import Actor, Handling
from sightline.core.signals import ROWS, Bearing, Dimension
from sightline.core.triangulation import Blindness, BlindTally
from sightline.directory.models import Subject
from sightline.directory.words import Kind, Link
from sightline.intelligence.models import Item
from sightline.intelligence.words import TagKind
from sightline.triangulation.presenters.lists import blind_lines
from sightline.triangulation.queries import blind_page, one_sided, picture_of
from tests.factories.accounts import signed_in
from tests.factories.directory import KEEPER, a_relation, an_organisation
from tests.factories.indicators import TODAY, a_signal
from tests.factories.intelligence import an_item
from tests.factories.triangulation import (
    a_partner,
    a_rating_signal,
    a_watched_body,
    confirmed,
    measured,
    people_around,
    rated,
    told,
)

pytestmark = pytest.mark.usefixtures("house")
AGES = (5, 200, 400, 600, 800)
SOURCES = ("media", "complaints", "cqc-reports", "")
ABOUT = ("safe", "effective", "caring", "responsive", "well_led", "overall")


def slowly(actor: Actor, subjects: list[Subject], row: Dimension | None = None) -> list[BlindTally]:
    """The obvious way: the whole picture of each subject, its blind spots counted one by one."""
    made = []
    for subject in subjects:
        spots = [spot for spot in picture_of(actor, TODAY, subject).spots if row is None or spot.row is row]
        kinds = [spot.kind for spot in spots]
        made.append(BlindTally(str(subject.pk), *(kinds.count(kind) for kind in Blindness)))
    return sorted(made, key=lambda tally: tally.place)


def quickly(actor: Actor, row: Dimension | None = None) -> list[BlindTally]:
    """This function will count as the page does."""
    rows, total = blind_page(actor, TODAY, Subject.objects.all(), 0, 1_000, row)
    assert total == len(rows)
    return [one.tally for one in rows]


def _at_random(chance: random.Random, subjects: list[Subject], partners: list[Person], keeper: Person) -> None:
    for _ in range(14):
        subject, age = chance.choice(subjects), timedelta(days=chance.choice(AGES))
        match chance.randrange(6):
            case 0:
                indicator = chance.choice(["sickness-absence-rate", "ae-4h-all-types", "ae-12h-dta-rate"])
                if not subject.series.filter(indicator=indicator):
                    measured(subject, TODAY - age, indicator)
            case 1:
                rated(subject, chance.choice(["Good", "Inadequate"]), chance.choice(ABOUT), TODAY - age)
            case 2:
                signal = a_rating_signal(subject, on=TODAY - age)
                if chance.random() < 0.7:
                    confirmed(signal, keeper, counts=chance.random() < 0.7)
            case 3:
                a_signal(subject, since=TODAY - age, until=TODAY - age, measure="ae-4h-type-1", source="ae_monthly")
            case _:
                partner = chance.choice(partners)
                handling = chance.choice([Handling.MEMBERS, Handling.RESTRICTED])
                an_item(
                    subject,
                    by=partner,
                    heard_on=TODAY - age,
                    source=chance.choice(SOURCES),
                    bearing=chance.choice(list(Bearing)),
                    handling=handling,
                    readers=frozenset({partners[0].actor_id}) if handling is Handling.RESTRICTED else frozenset(),
                    tags=tuple((TagKind.DIMENSION, one.value) for one in chance.sample(ROWS, chance.randrange(3))),
                )


@pytest.mark.requirement("INT-14")
@pytest.mark.parametrize("seed", range(4))
def test_the_page_counts_what_the_pictures_of_all_subjects_hold(seed: int) -> None:
    chance = random.Random(seed)
    subjects = [a_watched_body(f"ZR{number}", f"Body {number}") for number in range(3)]
    home = an_organisation("ZH1", "Home", Kind.CARE_HOME)
    assert subjects[0].organisation
    a_relation(home, Link.OPERATED_BY, subjects[0].organisation)
    subjects.append(home.subjects.get())
    people, partners = people_around(subjects[1]), [a_partner(f"ZP{number}") for number in range(3)]
    _at_random(chance, subjects, partners, people.lead)
    every = list(Subject.objects.select_related("organisation"))
    for actor in (people.member, people.lead, people.elsewhere, partners[0], people.conflicted):
        open_ = [one for one in every if picture_of(actor, TODAY, one).takes_part]
        assert quickly(actor) == slowly(actor, open_)
    row = chance.choice(ROWS)
    assert quickly(people.lead, row) == slowly(people.lead, every, row)


def test_an_old_second_voice_does_not_make_a_single_one_two() -> None:
    subject = a_watched_body()
    told(subject, "ZP1")
    told(subject, "ZP2", heard_on=TODAY - timedelta(days=700))
    tally = next(one for one in quickly(KEEPER) if one.subject == str(subject.pk))
    assert (tally.nothing, tally.stale, tally.single) == (23, 0, 1)


def test_who_takes_no_part_is_not_told_that_little_is_known() -> None:
    subject = a_watched_body()
    people = people_around(subject)
    assert str(subject.pk) in {one.subject for one in quickly(people.member)}
    assert str(subject.pk) not in {one.subject for one in quickly(people.conflicted)}
    assert quickly(people.provider) == []


# --- as a signal


@pytest.mark.requirement("INT-14", "DAT-04")
def test_a_concern_of_which_only_figures_or_only_words_speak_is_named() -> None:
    figures, words, both = (a_watched_body(f"ZR{n}", f"Body {n}") for n in range(3))
    people = people_around(figures)
    a_signal(figures)
    told(words, "ZP1")
    a_signal(both)
    measured(both)
    told(both, "ZP2", tags=((TagKind.DIMENSION, "well-led"), (TagKind.DIMENSION, "sustainably-resourced")))
    measured(figures)
    found = one_sided(people.member, TODAY, Subject.objects.all())
    told_of = {(one.subject, one.row, one.lacks_figures, one.lacks_words) for one in found}
    assert told_of == {
        (figures.pk, Dimension.WELL_LED, False, True),
        (figures.pk, Dimension.SUSTAINABLE, False, True),
        (words.pk, Dimension.SAFE, True, False),
    }
    lines = {line.says for line in blind_lines(found, Subject.objects.in_bulk())}
    assert "A concern about safety stands, and there are no figures about it at all." in lines
    assert "A concern about leadership stands, and nobody has said anything about it." in lines
    assert {one.subject for one in one_sided(people.conflicted, TODAY, Subject.objects.all())} == {words.pk}


# --- the page


def test_the_page_lists_filters_and_leads_to_the_picture() -> None:
    subject, other = a_watched_body(), a_watched_body("ZR2", "Harbour Trust")
    told(subject, "ZP1")
    client = signed_in(people_around(subject).member)
    html = " ".join(client.get(reverse("blind_spots")).content.decode().split())
    assert html.index("Harbour Trust") < html.index("Lantern Trust") and "Each has 24 places." in html
    assert f'href="/subjects/{other.pk}/picture/#blind"' in html
    html = client.get("/blind-spots/?row=safe&kind=organisation").content.decode()
    assert (
        "Each has 4 places." in html and "blind-spots.csv?kind=organisation&amp;sector=&amp;area=&amp;row=safe" in html
    )
    assert "No subject fits." in client.get("/blind-spots/?kind=theme").content.decode()
    assert client.get("/blind-spots/?row=nonsense&page=99").status_code == 200


def test_the_file_holds_every_row_and_no_formula() -> None:
    a_watched_body("ZR1", "=cmd() Trust")
    people = people_around(a_watched_body("ZR2", "Harbour Trust"))
    answer = signed_in(people.member).get(reverse("blind_spots_csv"))
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert rows[0][:2] == ["Subject", "Code"] and {row[6] for row in rows[1:]} == {"24"}
    assert {"'=cmd() Trust", "Harbour Trust"} <= {row[0] for row in rows}
    assert signed_in(people.provider).get(reverse("blind_spots_csv")).status_code == 403


def test_what_one_may_not_hear_does_not_change_the_count() -> None:
    subject = a_watched_body()
    people = people_around(subject)
    before = {who: quickly(who) for who in (people.member, people.elsewhere)}
    told(subject, "ZP1", handling=Handling.RESTRICTED, readers=frozenset({people.chair.actor_id}))
    assert Item.objects.count() == 1
    # A partner's body came with the item, and is a subject of its own.
    for who, earlier in before.items():
        assert [one for one in quickly(who) if one.subject == str(subject.pk)] == [
            one for one in earlier if one.subject == str(subject.pk)
        ]
    assert next(one for one in quickly(people.chair) if one.subject == str(subject.pk)).single == 1
