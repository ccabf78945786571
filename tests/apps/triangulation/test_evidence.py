"""Evidence of every sort in one shape: who is one witness, which ratings count, and what is quiet but known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sightline.core.access import Actor, Handling
from sightline.core.signals import Bearing, Dimension, Quadrant
from sightline.core.triangulation import Certainty, Evidence
from sightline.directory.models import Subject
from sightline.directory.words import Kind, Link
from sightline.indicators.queries import catalogue
from sightline.indicators.rating import OVERALL, SITES
from sightline.intelligence.words import TagKind
from sightline.triangulation.queries import evidence_of, places_of
from tests.factories.directory import KEEPER, a_relation, an_organisation
from tests.factories.indicators import TODAY, a_signal
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


@pytest.fixture
def body(house: None) -> Subject:
    return a_watched_body()


def evidence(subject: Subject, actor: Actor = KEEPER) -> list[Evidence]:
    """This function will give the evidence about one subject that somebody may see."""
    return evidence_of(actor, TODAY, [subject.pk])[subject.pk]


@pytest.mark.requirement("INT-04")
def test_two_people_of_one_body_are_one_witness_and_of_two_bodies_two(body: Subject) -> None:
    partner = a_partner("ZP1")
    told(body, "", by=partner)
    told(body, "", by=partner)
    assert len({one.origin for one in evidence(body)}) == 1
    told(body, "ZP2")
    assert len(evidence(body)) == 3 and len({one.origin for one in evidence(body)}) == 2


@pytest.mark.requirement("INT-04", "DAT-03")
def test_two_indicators_of_one_return_are_one_witness(body: Subject) -> None:
    for measure in ("ae-4h-all-types", "ae-12h-dta-waits"):
        a_signal(body, source="ae_monthly", measure=measure)
    found = evidence(body)
    assert len(found) == 2 and {one.origin for one in found} == {"ae_monthly"}


def test_the_regulator_is_one_witness_by_whichever_file_it_speaks() -> None:
    places = places_of(catalogue(), TODAY)
    regulator = [name for name, one in catalogue().items() if one.source in {"cqc_api", "care_home_ratings"}]
    assert len({catalogue()[name].source for name in regulator}) == 2
    assert {places[name].origin for name in regulator} == {"cqc_api"}


def test_what_is_told_is_soft_as_sure_as_it_was_said_and_stands_in_its_rows(body: Subject) -> None:
    item = told(body, "ZP1", tags=((TagKind.DIMENSION, "caring"), (TagKind.DIMENSION, "safe")))
    (one,) = evidence(body)
    assert one.key == f"item:{item.pk}" and not one.hard and one.certainty is Certainty.FAIRLY_SURE
    assert one.rows == (Dimension.SAFE, Dimension.PERSONALISED) and one.quadrant is Quadrant.EXTERNAL_QUALITATIVE
    assert (one.since, one.until, one.bearing) == (TODAY, TODAY, Bearing.CONCERN)


def test_a_quiet_series_is_evidence_that_the_subject_is_measured(body: Subject) -> None:
    measured(body, until=date(2025, 8, 1))
    (one,) = evidence(body)
    assert (one.bearing, one.until, one.hard) == (Bearing.NEITHER, date(2025, 8, 1), True)
    assert one.rows == (Dimension.WELL_LED, Dimension.SUSTAINABLE)


@pytest.mark.requirement("INT-13")
def test_a_rating_is_a_worry_only_once_a_person_has_confirmed_it(body: Subject) -> None:
    rated(body)
    rated(body, about="effective", rating="Good")
    signal = a_rating_signal(body)
    assert {one.bearing for one in evidence(body)} == {Bearing.NEITHER}
    keeper = people_around(body).secretary
    confirmed(signal, keeper)
    worries = [one for one in evidence(body) if one.is_concern]
    assert [(one.label, one.rows, one.certainty) for one in worries] == [(OVERALL, (Dimension.SAFE,), Certainty.SURE)]
    confirmed(signal, keeper, counts=False, because="It was about the body before")
    assert not [one for one in evidence(body) if one.is_concern]


def test_ratings_of_sites_speak_of_whoever_runs_them(body: Subject) -> None:
    assert body.organisation
    home = an_organisation("ZH1", "Home", Kind.CARE_HOME)
    a_relation(home, Link.OPERATED_BY, body.organisation)
    rated(home.subjects.get(), about="caring", rating="Inadequate")
    (one,) = evidence(body)
    assert (one.bearing, one.rows) == (Bearing.NEITHER, (Dimension.PERSONALISED,))
    confirmed(a_rating_signal(body, measure=SITES), people_around(body).secretary)
    (worry,) = [one for one in evidence(body) if one.is_concern]
    assert worry.rows == (Dimension.PERSONALISED,)


def test_an_older_answer_of_the_regulator_gives_way_to_the_newest(body: Subject) -> None:
    rated(body, rating="Inadequate", on=date(2020, 1, 1))
    newest = rated(body, rating="Good", on=date(2025, 1, 1))
    assert [one.key for one in evidence(body)] == [f"rating:{newest.pk}"]


@pytest.mark.requirement("IGV-08", "COI-03", "PER-10")
def test_everybody_has_the_evidence_that_they_may_see_and_no_more(body: Subject) -> None:
    people = people_around(body)
    a_signal(body)
    told(body, "ZP1")
    narrow = told(body, "ZP2", handling=Handling.RESTRICTED, readers=frozenset({people.chair.actor_id}))
    seen = {who: {one.key for one in evidence(body, who)} for who in vars(people).values()}
    soft = {who: {key for key in keys if key.startswith("item:")} for who, keys in seen.items()}
    assert all(len(keys) - len(soft[who]) == 1 for who, keys in seen.items())
    assert len(soft[people.member]) == len(soft[people.auditor]) == len(soft[people.lead]) == 1
    assert soft[people.chair] == soft[people.member] | {f"item:{narrow.pk}"}
    assert soft[people.provider] == soft[people.conflicted] == soft[people.elsewhere] == set()


def test_a_silence_and_what_no_longer_stands_are_no_evidence(body: Subject) -> None:
    a_signal(body, kind="stopped")
    a_signal(body, stands=False)
    a_signal(body, measure="nobody-knows")
    assert evidence(body) == []


def test_old_evidence_is_given_for_the_matrix_to_call_it_old(body: Subject) -> None:
    long_ago = TODAY - timedelta(days=900)
    told(body, "ZP1", heard_on=long_ago)
    assert [one.until for one in evidence(body)] == [long_ago]
