"""The demonstration's formal record: a hold for an inquiry, a request under way, and an old one proposed for disposal."""

from __future__ import annotations

from sightline.demonstration import Part
from sightline.demonstration.organisations import MATERNITY_TRUST
from sightline.records.queries.requests import one_case, requests_for
from sightline.records.queries.retaining import Show, Wanted, disposals_waiting, holds_for, what_falls_due

from .conftest import TODAY, World


def test_records_are_held_a_request_waits_for_its_officer_and_an_old_one_for_a_second_person(world: World) -> None:
    officer = world.person(Part.DISCLOSURE)
    in_force, _ = holds_for(officer, TODAY)
    assert [one.subject for one in in_force] == [world.subject(MATERNITY_TRUST)]
    (request,) = requests_for(officer, TODAY).to_answer
    case = one_case(officer, TODAY, request.pk)
    assert case is not None and case.passages and case.passages[0].is_released
    secretary = world.person(Part.SECRETARY)
    kept = what_falls_due(secretary, TODAY, Wanted(Show.ALL))
    assert kept.count > 3 and any(one.holds for one in kept.rows)
    assert [one.of.id for one in kept.rows if one.verdict] == ["request"]
    assert disposals_waiting(secretary, TODAY) == 1 and disposals_waiting(officer, TODAY) == 0
