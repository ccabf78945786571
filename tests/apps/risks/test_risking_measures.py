"""What stands against a risk and where it stands: controls, gaps, actions, registers and links, by who may, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.registers import Tier
from sightline.core.verdict import Already, Invalid, Refused
from sightline.risks.giving import Placing
from sightline.risks.models import Measure, MeasureStep, Place, PlaceEnding, Risk, RiskLink
from sightline.risks.operations import (
    add_measure,
    close_risk,
    link_risk,
    place_risk,
    remove_from_register,
    restate_risk,
    step_measure,
)
from sightline.risks.queries.facts import facts_of_one
from sightline.risks.words import LinkKind, MeasureHow, MeasureKind
from sightline.surveillance.models import Concern
from tests.factories.indicators import NOW, TODAY
from tests.factories.risks import SYSTEM, WRITER, Kept, a_kept_system, opened, stated

Act = Callable[[Person, Risk, Kept], object]
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def kept(house: None) -> Kept:
    """This function will make a trust in a system, and the people around it."""
    return a_kept_system()


def a_concern(kept: Kept) -> Concern:
    """This function will raise a concern about the trust."""
    return Concern.objects.create(
        subject=kept.subject, system=SYSTEM, raised_on=TODAY, form_key=uuid4(), recorded_at=NOW, recorded_by=WRITER
    )


def a_measure(kept: Kept, risk: Risk, kind: MeasureKind = MeasureKind.CONTROL, **more: object) -> Measure:
    """This function will add a measure against a risk."""
    return add_measure(by=kept.lead, at=NOW, risk=risk, kind=kind, says="Huddle", **more)  # type: ignore[arg-type]


def on_icb(kept: Kept, risk: Risk) -> Place:
    """This function will put a risk on the main register of the ICB."""
    return place_risk(by=kept.lead, at=NOW, risk=risk, tier=Tier.ICB, body=kept.icb, reference="I-7")


ACTS: dict[str, Act] = {
    "add_measure": lambda by, risk, kept: add_measure(
        by=by, at=NOW, risk=risk, kind=MeasureKind.ACTION, says="Recruit", holder="Matron", due_on=TOMORROW
    ),
    "step_measure": lambda by, risk, kept: step_measure(
        by=by, at=NOW, measure=risk.measures.first() or a_measure(kept, risk), how=MeasureHow.ASSURED
    ),
    "place_risk": lambda by, risk, kept: place_risk(by=by, at=NOW, risk=risk, tier=Tier.ICB, body=kept.icb),
    "remove_from_register": lambda by, risk, kept: remove_from_register(
        by=by, at=NOW, place=risk.places.first() or on_icb(kept, risk), because="It is the place’s own"
    ),
    "link_risk": lambda by, risk, kept: link_risk(by=by, at=NOW, risk=risk, record=a_concern(kept)),
}


@pytest.mark.parametrize("verb", ACTS)
def test_whoever_keeps_the_record_may_and_it_is_recorded_once(kept: Kept, verb: str) -> None:
    risk = opened(kept)

    ACTS[verb](kept.secretary, risk, kept)

    assert Event.objects.filter(verb=f"risks.{verb}").count() == 1


@pytest.mark.parametrize("who", ["member", "regional", "provider", "conflicted"])
@pytest.mark.parametrize("verb", ACTS)
def test_nobody_else_may_and_nothing_is_recorded(kept: Kept, verb: str, who: str) -> None:
    risk = opened(kept)
    a_measure(kept, risk)
    if verb == "remove_from_register":
        on_icb(kept, risk)
    before = [model.objects.count() for model in (Measure, MeasureStep, Place, PlaceEnding, RiskLink)]

    with pytest.raises(Refused):
        ACTS[verb](getattr(kept, who), risk, kept)

    assert [model.objects.count() for model in (Measure, MeasureStep, Place, PlaceEnding, RiskLink)] == before
    assert Event.objects.filter(verb=f"risks.{verb}", actor=getattr(kept, who).actor_id).count() == 0


def test_nothing_is_done_about_a_closed_risk(kept: Kept) -> None:
    risk = opened(kept)
    a_measure(kept, risk), on_icb(kept, risk)
    close_risk(by=kept.lead, at=NOW, risk=risk, because="It held")

    for verb, act in ACTS.items():
        with pytest.raises(Refused, match="closed"):
            act(kept.lead, risk, kept)
            pytest.fail(f"{verb} was done")


@pytest.mark.requirement("RPT-03")
def test_t15_minor_concern_of_an_icb_commissioned_service_is_kept_off_the_regional_register(kept: Kept) -> None:
    risk = opened(kept)

    with pytest.raises(Refused) as refusal:
        place_risk(by=kept.lead, at=NOW, risk=risk, tier=Tier.REGION, body=kept.region)

    assert refusal.value.verdict.reasons[0].source == "NQB risk response 2022, Routine/Regional"
    assert not Place.objects.exists()


@pytest.mark.requirement("RPT-03")
def test_risk_is_not_even_opened_where_it_asks_for_a_register_that_it_may_not_stand_on(kept: Kept) -> None:
    with pytest.raises(Refused):
        opened(kept, places=(Placing(Tier.ICB, kept.icb), Placing(Tier.REGION, kept.region)))

    assert not Risk.objects.exists() and not Place.objects.exists()


@pytest.mark.requirement("RPT-03")
def test_minor_concern_of_a_service_that_nhs_england_commissions_goes_onto_the_regional_register(kept: Kept) -> None:
    risk = opened(kept, is_nhs_england_commissioned=True)

    place_risk(by=kept.lead, at=NOW, risk=risk, tier=Tier.REGION, body=kept.region)

    assert Risk.objects.visible_to(kept.regional, TODAY).filter(pk=risk.pk).exists()


@pytest.mark.requirement("RSK-02")
def test_another_number_on_a_register_takes_the_place_of_the_first(kept: Kept) -> None:
    risk = opened(kept)
    on_icb(kept, risk)

    place_risk(by=kept.lead, at=NOW, risk=risk, tier=Tier.ICB, body=kept.icb, reference="I-9")

    assert [one.reference for one in facts_of_one(risk, TODAY).places] == ["I-9"]
    assert Place.objects.count() == 2
    with pytest.raises(Already):
        place_risk(by=kept.lead, at=NOW, risk=risk, tier=Tier.ICB, body=kept.icb, reference="I-9")


@pytest.mark.requirement("RPT-04")
def test_system_concern_is_not_taken_off_a_register_on_which_it_has_to_stand(kept: Kept) -> None:
    risk = opened(kept, severity=Severity.SYSTEM)
    place = on_icb(kept, risk)

    with pytest.raises(Refused) as refusal:
        remove_from_register(by=kept.lead, at=NOW, place=place, because="So")
    assert refusal.value.verdict.reasons[0].source == "NQB risk response 2022, Enhanced/System"

    restate_risk(by=kept.lead, at=NOW, risk=risk, stated=stated(), seen=1, because="It is milder")
    remove_from_register(by=kept.lead, at=NOW, place=place, because="The place deals with it")
    assert facts_of_one(risk, TODAY).places == ()


def test_region_takes_a_risk_off_its_own_register_and_off_no_other(kept: Kept) -> None:
    risk = opened(kept, severity=Severity.SIGNIFICANT)
    ours = on_icb(kept, risk)
    theirs = place_risk(by=kept.lead, at=NOW, risk=risk, tier=Tier.REGION, body=kept.region)

    with pytest.raises(Refused):
        remove_from_register(by=kept.regional, at=NOW, place=ours, because="So")
    remove_from_register(by=kept.regional, at=NOW, place=theirs, because="The system deals with it")

    assert facts_of_one(risk, TODAY).tiers == {Tier.ICB}


def test_register_is_of_the_body_that_keeps_one_of_its_kind(kept: Kept) -> None:
    risk = opened(kept, severity=Severity.SIGNIFICANT)

    with pytest.raises(Invalid, match="keeps no register of this kind"):
        place_risk(by=kept.lead, at=NOW, risk=risk, tier=Tier.REGION, body=kept.icb)


@pytest.mark.parametrize("kind", MeasureKind)
@pytest.mark.parametrize("how", MeasureHow)
def test_each_measure_becomes_what_its_kind_can_become(kept: Kept, kind: MeasureKind, how: MeasureHow) -> None:
    can = {
        (MeasureKind.CONTROL, MeasureHow.ASSURED),
        (MeasureKind.GAP, MeasureHow.BORNE),
        (MeasureKind.ACTION, MeasureHow.DONE),
    }
    measure = a_measure(kept, opened(kept), kind)

    if (kind, how) in can or how is MeasureHow.ENDED:
        step_measure(by=kept.lead, at=NOW, measure=measure, how=how, because="For a reason")
        assert measure.steps.get().how == how.value
    else:
        with pytest.raises(Invalid):
            step_measure(by=kept.lead, at=NOW, measure=measure, how=how, because="For a reason")
        assert not measure.steps.exists()


@pytest.mark.parametrize("how", [MeasureHow.BORNE, MeasureHow.ENDED])
def test_gap_is_borne_or_closed_for_a_reason(kept: Kept, how: MeasureHow) -> None:
    gap = a_measure(kept, opened(kept), MeasureKind.GAP)

    with pytest.raises(Invalid, match="why"):
        step_measure(by=kept.lead, at=NOW, measure=gap, how=how)


def test_what_counts_no_more_becomes_nothing_else(kept: Kept) -> None:
    control = a_measure(kept, opened(kept))
    step_measure(by=kept.lead, at=NOW, measure=control, how=MeasureHow.ENDED, because="The ward closed")

    with pytest.raises(Already):
        step_measure(by=kept.lead, at=NOW, measure=control, how=MeasureHow.ASSURED)


def test_action_closes_a_gap_of_the_same_risk(kept: Kept) -> None:
    risk = opened(kept)
    gap, elsewhere = a_measure(kept, risk, MeasureKind.GAP), a_measure(kept, opened(kept), MeasureKind.GAP)

    a_measure(kept, risk, MeasureKind.ACTION, against=gap)
    assert facts_of_one(risk, TODAY).gaps[0].has_action
    with pytest.raises(Invalid):
        a_measure(kept, risk, MeasureKind.ACTION, against=elsewhere)


def test_measure_that_was_added_before_is_there_once(kept: Kept) -> None:
    risk = opened(kept)
    a_measure(kept, risk)

    with pytest.raises(Already):
        a_measure(kept, risk)


def test_risk_is_linked_once_to_what_its_keeper_may_see(kept: Kept) -> None:
    risk, concern = opened(kept), a_concern(kept)
    link_risk(by=kept.lead, at=NOW, risk=risk, record=concern)

    assert risk.links.get().kind == LinkKind.CONCERN.value
    with pytest.raises(Already):
        link_risk(by=kept.lead, at=NOW, risk=risk, record=concern)
    hidden = a_concern(kept)
    Concern.objects.filter(pk=hidden.pk).update(system="QZ2")
    with pytest.raises(Refused):
        link_risk(by=kept.lead, at=NOW, risk=risk, record=hidden)
