"""The demonstration's formal record: a hold for an inquiry, and a request under way whose days are counted."""

from __future__ import annotations

from sightline.demonstration import Part
from sightline.demonstration.organisations import MATERNITY_TRUST
from sightline.records.queries.requests import one_case, requests_for
from sightline.records.queries.retaining import Show, Wanted, holds_for, what_falls_due

from .conftest import TODAY, World


def test_records_are_held_and_a_request_waits_for_decisions_of_its_officer(world: World) -> None:
    officer = world.person(Part.DISCLOSURE)
    in_force, _ = holds_for(officer, TODAY)
    assert [one.subject for one in in_force] == [world.subject(MATERNITY_TRUST)]
    (request,) = requests_for(officer, TODAY).to_answer
    case = one_case(officer, TODAY, request.pk)
    assert case is not None and case.passages and case.passages[0].is_released
    kept = what_falls_due(world.person(Part.SECRETARY), TODAY, Wanted(Show.ALL))
    assert kept.count > 3 and any(one.holds for one in kept.rows) and all(not one.verdict for one in kept.rows)
