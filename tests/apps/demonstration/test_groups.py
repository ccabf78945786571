"""The demonstration's groups: whom they lack, by which terms they work, and how their actions stand."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from sightline.actions.queries import State, actions_of_group
from sightline.core.actions.standing import Pressing
from sightline.core.groups.terms import TermsStanding
from sightline.core.improvement.rapid import Route
from sightline.demonstration import Part
from sightline.demonstration.geography import MAIN, PLACES
from sightline.groups.models import Group, TermsRecipient
from sightline.groups.presenters.effectiveness import results
from sightline.groups.queries import group_view
from sightline.groups.queries.code import code_in_force, has_yet_to_agree
from sightline.groups.queries.effectiveness import effectiveness_of, waiting_reviews
from sightline.groups.queries.terms import terms_of, terms_standings
from sightline.improvement.queries.doubts import doubts_waiting
from sightline.improvement.queries.improving import AskedImproving, improving_waiting, page_of_improving
from sightline.improvement.queries.reviews import AskedReviews, page_of_reviews, reviews_waiting

from .conftest import TODAY, World


def group(kind: str) -> Group:
    return Group.objects.get(system=MAIN.code, kind=kind)


@pytest.mark.requirement("MEM-01")
def test_the_quality_groups_seats_fill_what_the_guidance_expects_and_show_the_gaps(world: World) -> None:
    view = group_view(group("system-group"), TODAY)
    assert {one.seat.category for one in view.seats} == {
        *("chair", "secretariat", "icb", "local-authority", "nhs-england-region", "cqc", "lay"),
        *("provider-collaboratives", "maternity"),
    }
    missing = {one.seat.id for one in view.lacking}
    assert {"maternity", "primary-care"} <= missing
    assert not missing & {"icb", "lay", "nhs-england-region", "cqc", "provider-collaboratives"}


@pytest.mark.requirement("GRP-02")
def test_terms_of_one_group_are_approved_and_soon_due_and_those_of_another_only_begun(world: World) -> None:
    ours, place = group("system-group"), group("place-group")
    found = terms_standings([place], TODAY)
    assert found[place.pk] is TermsStanding.DRAFT
    view = terms_of(ours, TODAY)
    assert view.standing is TermsStanding.DUE
    assert view.in_force is not None
    assert view.in_force.number == 3
    councils = TermsRecipient.objects.filter(version=view.in_force, to="local-authority")
    assert set(councils.values_list("organisation__code", flat=True)) == {one.gss for one in PLACES}


@pytest.mark.requirement("COI-06")
def test_one_member_has_agreed_to_the_code_and_others_are_asked(world: World) -> None:
    ours = group("system-group")
    assert code_in_force(ours, TODAY) is not None
    assert not has_yet_to_agree(world.person(Part.LOCAL_AUTHORITY), ours, TODAY)
    assert has_yet_to_agree(world.person(Part.HEALTHWATCH), ours, TODAY)


@pytest.mark.requirement("ACT-01", "ACT-08")
def test_the_action_log_holds_actions_in_every_state(world: World) -> None:
    by = world.person(Part.SECRETARY)
    lines = actions_of_group(group("system-group"), by, TODAY, State.ALL)
    assert Counter(one.pressing for one in lines) == {
        Pressing.OVERDUE: 1,
        Pressing.SOON: 1,
        Pressing.ON_TARGET: 4,
        Pressing.CLOSED: 1,
    }
    assert [one.moves for one in lines if one.pressing is Pressing.OVERDUE] == [1]
    assert max(one.owner.number for one in lines) == 2, "one was handed on"
    (review,) = actions_of_group(group("rapid-quality-review"), by, TODAY)
    assert review.due_on > TODAY + timedelta(days=7)


@pytest.mark.requirement("PER-10")
def test_the_provider_concerned_reads_its_own_action_alone(world: World) -> None:
    provider = world.person(Part.SUBJECT_PROVIDER)
    (line,) = actions_of_group(group("system-group"), provider, TODAY, State.ALL)
    assert line.owner.person == provider
    assert not line.hears
    assert [one.is_review for one in line.comments] == [False]


@pytest.mark.requirement("LRN-02")
def test_the_quality_group_was_asked_twice_how_it_works_and_is_being_asked(world: World) -> None:
    ours = group("system-group")
    seen = effectiveness_of(world.person(Part.SECRETARY), ours, TODAY)
    assert [(one.answered, one.asked, bool(one.shown)) for one in seen.closed] == [(6, 7, True), (7, 7, True)]
    assert [(one.answered, bool(one.shown)) for one in seen.open_now] == [(2, False)]
    (result,) = results(seen)
    assert {one.trend.split(" ")[0] for one in result.rows} >= {"More"}
    assert len(result.words) == 3 and seen.reflections and seen.shared
    assert [one.group for one in waiting_reviews(world.person(Part.HEALTHWATCH), TODAY)] == [ours]


@pytest.mark.requirement("RQR-03", "RQR-05")
def test_a_rapid_review_found_something_and_owes_the_region_its_report(world: World) -> None:
    lead = world.person(Part.QUALITY_LEAD)
    (row,), total = page_of_reviews(lead, TODAY, AskedReviews(), 1)
    assert total == 1 and row.owed == (Route.REGION,) and row.is_late
    assert row.newest is not None and row.newest.plan is not None and row.newest.diagnosis
    assert reviews_waiting(lead, TODAY) == 1


@pytest.mark.requirement("QIG-05", "QIG-06", "QIG-07")
def test_an_improvement_group_heard_the_regulator_and_waits_for_what_others_owe(world: World) -> None:
    lead = world.person(Part.QUALITY_LEAD)
    (row,), total = page_of_improving(lead, TODAY, AskedImproving(), 1)
    assert total == 1 and row.plans == 1
    assert [one.id for one in row.lacks.reports] == ["national-action", "workforce", "trainees"]
    assert improving_waiting(lead, TODAY) == 3
    waits = doubts_waiting(lead, TODAY)
    assert (len(waits.milestones), len(waits.concerns)) == (1, 1)
