"""Facts of risks: what the rules are told of one and of many, on a day, and as it was known on another."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.core.access import Grant, Role
from sightline.core.risks import Gap, Place, Score, Status, Target
from sightline.core.rulebook.registers import Tier
from sightline.directory.words import Kind
from sightline.risks.models import Acceptance, Measure, MeasureStep, PlaceEnding, RiskReview, RiskScore, RiskStatement
from sightline.risks.queries.facts import facts_of, facts_of_one
from sightline.risks.words import MeasureHow, MeasureKind, ScoreKind
from sightline.surveillance.models import Concern
from tests.factories.accounts import a_person
from tests.factories.directory import an_organisation
from tests.factories.risks import STATED, WRITER, a_risk, moment

OPENED, LATER, TODAY = date(2026, 1, 12), date(2026, 3, 2), date(2026, 6, 1)

pytestmark = pytest.mark.usefixtures("house")


def written(day: date) -> dict[str, object]:
    """This function will say who wrote a row, and when."""
    return {"recorded_at": moment(day), "recorded_by": WRITER}


@pytest.mark.requirement("RSK-15")
def test_facts_hold_what_the_rows_say() -> None:
    trust, icb = an_organisation("ZR1"), an_organisation("QZ1", kind=Kind.ICB)
    risk = a_risk(
        subjects=[trust.subjects.get()],
        initial=(4, 4),
        scores=[((4, 3), OPENED), ((3, 3), LATER)],
        target=(1, 3),
        places=[(Tier.ICB, icb, "I-7")],
        is_recurrent=True,
        accountable=icb,
        partners="Two\nOne\nTwo",
        review_on=date(2026, 7, 1),
    )

    facts = facts_of_one(risk, TODAY)

    assert facts.subjects == (str(trust.subjects.get().pk),)
    assert (facts.initial, facts.target) == (Score(4, 4, OPENED), Target(1, 3))
    assert facts.scores == (Score(4, 3, OPENED), Score(3, 3, LATER))
    assert facts.places == (Place(Tier.ICB, OPENED, "I-7"),)
    assert (facts.modifiers, facts.partners) == (frozenset({"recurrent"}), ("Two", "One"))
    assert facts.accountable and (facts.accountable.name, facts.accountable.is_group) == (icb.name, False)
    assert (facts.status, facts.review_on, facts.reviewed_on) == (Status.OPEN, date(2026, 7, 1), None)


def test_what_was_said_and_scored_later_does_not_count_on_an_earlier_day() -> None:
    risk = a_risk(scores=[((4, 3), OPENED), ((2, 2), LATER)])
    RiskStatement.objects.create(
        risk=risk, number=2, **{**STATED, "title": "Falls on one ward", "category": "workforce"}, **written(LATER)
    )

    before, after = facts_of_one(risk, LATER - timedelta(days=1)), facts_of_one(risk, LATER)

    assert (before.title, before.category, before.current) == ("Falls on two wards", "safety", Score(4, 3, OPENED))
    assert (after.title, after.category, after.current) == ("Falls on one ward", "workforce", Score(2, 2, LATER))


def test_what_was_recorded_later_about_an_earlier_day_is_left_out_where_one_looks_as_it_was_known() -> None:
    risk = a_risk(scores=[((4, 3), OPENED)])
    RiskScore.objects.create(
        risk=risk,
        kind=ScoreKind.CURRENT.value,
        likelihood=5,
        consequence=5,
        holds_from=OPENED + timedelta(days=1),
        **written(LATER),
    )

    day = OPENED + timedelta(days=2)
    assert facts_of_one(risk, day).current == Score(5, 5, OPENED + timedelta(days=1), has_rationale=False)
    assert facts_of_one(risk, day, known_on=day).current == Score(4, 3, OPENED)


def test_risk_of_which_nothing_was_known_yet_is_not_there() -> None:
    risk = a_risk(recorded_at=moment(LATER))

    assert facts_of([risk], TODAY, known_on=OPENED) == {}
    assert facts_of([risk], OPENED)[risk.pk].title == "Falls on two wards"


def test_gap_with_an_open_action_is_being_dealt_with_and_one_that_is_borne_may_stay() -> None:
    risk = a_risk()
    answered, borne, closed, bare = (
        Measure.objects.create(risk=risk, kind=MeasureKind.GAP.value, says=says, **written(OPENED))
        for says in ("One", "Two", "Three", "Four")
    )
    Measure.objects.create(
        risk=risk, kind=MeasureKind.ACTION.value, says="Recruit", against=answered, **written(OPENED)
    )
    done = Measure.objects.create(
        risk=risk, kind=MeasureKind.ACTION.value, says="Ask", holder="Matron", against=bare, **written(OPENED)
    )
    for measure, how in ((borne, MeasureHow.BORNE), (closed, MeasureHow.ENDED), (done, MeasureHow.DONE)):
        MeasureStep.objects.create(measure=measure, how=how.value, happened_on=LATER, **written(LATER))

    facts = facts_of_one(risk, TODAY)

    assert sorted(map(repr, facts.gaps)) == sorted(map(repr, (Gap(has_action=True), Gap(is_borne=True), Gap())))
    assert {(one.has_holder, one.is_done) for one in facts.actions} == {(False, False), (True, True)}


def test_control_is_as_old_as_its_last_assurance_and_one_that_was_ended_holds_nothing() -> None:
    risk = a_risk()
    held, gone = (
        Measure.objects.create(risk=risk, kind=MeasureKind.CONTROL.value, says=says, **written(OPENED))
        for says in ("Huddle", "Rota")
    )
    for day in (OPENED, LATER):
        MeasureStep.objects.create(measure=held, how=MeasureHow.ASSURED.value, happened_on=day, **written(day))
    MeasureStep.objects.create(measure=gone, how=MeasureHow.ENDED.value, happened_on=LATER, **written(LATER))

    assert [one.assured_on for one in facts_of_one(risk, TODAY).controls] == [LATER]
    assert {one.assured_on for one in facts_of_one(risk, OPENED).controls} == {OPENED, None}


def test_place_counts_until_the_day_on_which_it_ends() -> None:
    body = an_organisation("ZR1")
    risk = a_risk(places=[(Tier.PLACE, body)])
    PlaceEnding.objects.create(place=risk.places.get(), ended_on=LATER, because="Raised", **written(LATER))

    assert facts_of_one(risk, LATER - timedelta(days=1)).tiers == {Tier.PLACE}
    assert facts_of_one(risk, LATER).tiers == frozenset()


def test_acceptance_holds_until_the_risk_has_another_score() -> None:
    risk = a_risk(scores=[((4, 3), OPENED)])
    Acceptance.objects.create(risk=risk, accepted_by="Chief executive", because="Nothing else can", **written(LATER))

    assert facts_of_one(risk, LATER).status is Status.ACCEPTED
    RiskScore.objects.create(risk=risk, kind="current", likelihood=4, consequence=5, holds_from=TODAY, **written(TODAY))
    assert (facts_of_one(risk, TODAY).status, facts_of_one(risk, TODAY).acceptance) == (Status.OPEN, None)
    assert facts_of_one(risk, LATER).status is Status.ACCEPTED


def test_review_named_last_counts() -> None:
    risk = a_risk(review_on=date(2026, 2, 1))
    RiskReview.objects.create(
        risk=risk, reviewed_on=LATER, says="Holds", next_review_on=date(2026, 9, 1), **written(LATER)
    )

    assert facts_of_one(risk, OPENED).review_on == date(2026, 2, 1)
    assert (facts_of_one(risk, LATER).review_on, facts_of_one(risk, LATER).reviewed_on) == (date(2026, 9, 1), LATER)


def test_owner_whose_last_role_ended_was_last_there_the_day_before() -> None:
    gone = a_person(Grant(Role.SECRETARY, valid_to=LATER), display_name="Ada Gone")
    stays = a_person(Grant(Role.SECRETARY, valid_to=LATER), Role.MEMBER, display_name="Sam Stays")

    assert facts_of_one(a_risk(owner=gone), TODAY).owner.until == LATER - timedelta(days=1)
    assert facts_of_one(a_risk(owner=stays), TODAY).owner.until is None
    assert facts_of_one(a_risk(owner_name="Matron", owner_until=OPENED), TODAY).owner.until == OPENED


@pytest.mark.requirement("LRN-01")
def test_first_thing_on_record_about_any_subject_says_since_when_the_matter_was_known() -> None:
    first, second = an_organisation("ZR1").subjects.get(), an_organisation("ZR2").subjects.get()
    for subject, day in ((first, LATER), (second, OPENED)):
        Concern.objects.create(subject=subject, raised_on=day, form_key=uuid4(), **written(day))

    assert facts_of_one(a_risk(subjects=[first, second]), TODAY).known_since == OPENED
    assert facts_of_one(a_risk(subjects=[first]), TODAY).known_since == LATER
    assert facts_of_one(a_risk(), TODAY).known_since is None


def test_as_many_queries_for_many_risks_as_for_one() -> None:
    subject = an_organisation("ZR1").subjects.get()
    several = [a_risk(subjects=[subject], scores=[((3, 3), OPENED)]) for _ in range(4)]

    counts = []
    for risks in (several[:1], several):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = facts_of(risks, TODAY)
        counts.append(len(asked))
        assert list(found) == [one.pk for one in risks]
    assert counts[0] == counts[1] <= 17
