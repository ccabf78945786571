"""Where are we most worried: the database's order is the rule's, and everybody sees only what they may."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from sightline.core.access import Actor, Grant, Role
from sightline.core.signals import Bearing, SignalKind
from sightline.core.triangulation import COUNTS_FOR_DAYS, place
from sightline.directory.models import Subject
from sightline.directory.words import Kind, Link
from sightline.indicators.models import Signal
from sightline.triangulation.queries import Picture, current_signals, most_worrying, pictures, tally
from tests.factories.directory import KEEPER, a_relation, an_organisation, of_provider
from tests.factories.indicators import NOW, TODAY, a_signal

pytestmark = pytest.mark.usefixtures("house")
KINDS = (SignalKind.SPECIAL_CAUSE, SignalKind.TARGET_MISSED, SignalKind.TARGET_MISSED, SignalKind.STOPPED)
SOURCES = ("ae_monthly", "shmi", "sickness_absence", "tidy")
LONG_AGO = NOW - timedelta(days=900)


@dataclass(frozen=True)
class Anybody:
    """An actor with any grants, or none."""

    grants: tuple[Grant, ...]
    actor_id: str = "person:anybody"


def _subjects(count: int) -> list[Subject]:
    return [an_organisation(f"ZR{n}", f"N{n:03}").subjects.get() for n in range(count)]


def _worried(actor: Actor = KEEPER, **more: object) -> list[Picture]:
    return most_worrying(actor, TODAY, {}, **more)[0]  # type: ignore[arg-type]


def _codes(found: list[Picture]) -> list[str]:
    return [picture.subject.key for picture in found]


@pytest.mark.parametrize("seed", range(4))
def test_database_gives_the_order_of_the_rule(seed: int) -> None:
    chance = random.Random(seed)
    subjects = _subjects(24)
    for subject in subjects:
        for _ in range(chance.randint(0, 6)):
            until = TODAY - timedelta(days=chance.choice([10, 40, 300, COUNTS_FOR_DAYS, COUNTS_FOR_DAYS + 1, 2000]))
            a_signal(
                subject,
                source=chance.choice(SOURCES),
                kind=chance.choice(KINDS),
                bearing=chance.choice([Bearing.CONCERN, Bearing.CONCERN, Bearing.IMPROVEMENT, Bearing.NEITHER]),
                since=until,
                until=until,
            )
    slow = [one for one in pictures(KEEPER, TODAY, {}, [s.pk for s in subjects]) if one.standing.agreeing]
    slow.sort(key=lambda one: place(one.standing, one.subject.name))
    found, total = most_worrying(KEEPER, TODAY, {}, count=100)
    assert _codes(found) == _codes(slow)
    assert total == len(slow) > 5
    pages = [most_worrying(KEEPER, TODAY, {}, first=at, count=3)[0] for at in range(0, total, 3)]
    assert [code for page in pages for code in _codes(page)] == _codes(slow)


def test_subjects_of_one_name_each_stand_on_one_page_alone() -> None:
    for number in range(12):
        a_signal(an_organisation(f"ZS{number}", "The Surgery").subjects.get())
    pages = [_codes(_worried(first=at, count=5)) for at in (0, 5, 10)]
    assert sorted(code for page in pages for code in page) == sorted(f"ZS{number}" for number in range(12))


def test_standard_missed_all_along_comes_after_something_that_changed() -> None:
    missed, changed = _subjects(2)
    a_signal(missed, kind=SignalKind.TARGET_MISSED, until=date(2025, 12, 1))
    a_signal(changed, until=date(2025, 6, 1))
    assert _codes(_worried()) == [changed.key, missed.key]


def test_old_ended_silent_or_good_evidence_worries_nobody() -> None:
    old, ended, silent, good, neither = _subjects(5)
    a_signal(old, since=date(2020, 1, 1), until=date(2020, 6, 1))
    Signal.objects.filter(pk=a_signal(ended).pk).update(stands=False)
    for kind in (SignalKind.STOPPED, SignalKind.MISSING, SignalKind.LATE):
        a_signal(silent, kind=kind)
    a_signal(good, bearing=Bearing.IMPROVEMENT)
    a_signal(neither, bearing=Bearing.NEITHER)
    assert most_worrying(KEEPER, TODAY, {}) == ([], 0)


def test_two_indicators_from_one_source_are_one_witness() -> None:
    one_source, two_sources = _subjects(2)
    for measure in ("ae-4h-all-types", "ae-4h-type-1", "ae-attendances"):
        a_signal(one_source, source="ae_monthly", measure=measure, until=date(2025, 12, 1))
    a_signal(two_sources, source="shmi", measure="shmi")
    a_signal(two_sources)
    found = _worried()
    assert _codes(found) == [two_sources.key, one_source.key]
    assert [len(picture.standing.agreeing) for picture in found] == [2, 1]


def test_counts_of_the_home_page_are_those_of_its_lists() -> None:
    first, second, third = _subjects(3)
    a_signal(first)
    a_signal(first, source="shmi", measure="shmi", raised_at=LONG_AGO)
    a_signal(second, bearing=Bearing.IMPROVEMENT, raised_at=LONG_AGO)
    a_signal(third, kind=SignalKind.STOPPED, bearing=Bearing.NEITHER)
    a_signal(None, kind=SignalKind.LATE, bearing=Bearing.NEITHER)
    a_signal(third, since=date(2019, 1, 1), until=date(2019, 8, 1))
    counts = tally(KEEPER, TODAY, NOW - timedelta(days=7))
    assert (counts.new, counts.worsening, counts.improving, counts.missing) == (1, 1, 1, 2)


def test_provider_sees_its_own_and_what_concerns_everybody() -> None:
    own, other = _subjects(2)
    for subject in (own, other):
        a_signal(subject)
        a_signal(subject, kind=SignalKind.STOPPED, bearing=Bearing.NEITHER)
    a_signal(None, kind=SignalKind.LATE, bearing=Bearing.NEITHER)
    actor = of_provider(own.key)
    assert _codes(_worried(actor)) == [own.key]
    assert set(current_signals(actor, TODAY).values_list("subject__key", flat=True)) == {own.key, None}
    assert not pictures(actor, TODAY, {}, [other.pk])
    assert tally(actor, TODAY, LONG_AGO).worsening == 1


def test_provider_sees_the_bodies_that_became_its_own() -> None:
    old, new, other = _subjects(3)
    assert old.organisation and new.organisation and other.organisation
    a_relation(old.organisation, Link.SUCCEEDED_BY, new.organisation)
    a_relation(old.organisation, Link.SUCCEEDED_BY, other.organisation)
    for subject in (old, new, other):
        a_signal(subject)
    assert set(_codes(_worried(of_provider(new.key)))) == {old.key, new.key}


@pytest.mark.parametrize("grants", [(), (Grant(Role.ADMINISTRATOR),), (Grant(Role.MEMBER, valid_to=date(2020, 1, 1)),)])
def test_whoever_may_see_nothing_sees_nothing(grants: tuple[Grant, ...]) -> None:
    (subject,) = _subjects(1)
    a_signal(subject)
    assert _worried(Anybody(grants)) == []


def test_area_narrows_the_list_but_a_late_publication_is_late_everywhere(house: Path) -> None:
    inside, outside = _subjects(2)
    area = an_organisation("QZ9", "A system", Kind.ICB)
    assert inside.organisation
    a_relation(inside.organisation, Link.PART_OF, area)
    a_signal(inside)
    a_signal(outside)
    a_signal(None, kind=SignalKind.LATE, bearing=Bearing.NEITHER)
    within = Subject.objects.filter(pk=inside.pk)
    assert _codes(_worried(within=within)) == [inside.key]
    counts = tally(KEEPER, TODAY, LONG_AGO, within)
    assert (counts.worsening, counts.missing) == (1, 1)
