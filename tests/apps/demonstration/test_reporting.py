"""The demonstration's report: gathered from its records, sent to the region, and not acknowledged yet."""

from __future__ import annotations

from sightline.demonstration import Part
from sightline.reports.presenters.given import given_lines
from sightline.reports.presenters.working import rows
from sightline.reports.queries.given import given_of
from sightline.reports.queries.reports import reports_of_us, reports_to_us

from .conftest import TODAY, World


def test_the_region_was_sent_a_report_with_lines_of_the_record_and_has_not_acknowledged_it(world: World) -> None:
    (listed,) = reports_of_us(world.person(Part.SECRETARY), TODAY)[0]
    (row,) = rows([listed], TODAY)
    assert row.tag[0] == "Not acknowledged" and "6 days" in row.waits
    assert listed.newest is not None
    assert any(one["lines"] for one in listed.newest.content["sections"])
    assert [one.version for one in reports_to_us(world.person(Part.REGION), TODAY)] == [listed.newest]


def test_who_had_the_report_is_on_record_for_its_keepers_and_not_for_whom_it_was_sent_to(world: World) -> None:
    (listed,) = reports_of_us(world.person(Part.SECRETARY), TODAY)[0]
    assert listed.newest is not None
    found = given_of(world.person(Part.SECRETARY), TODAY, listed.newest)
    assert found is not None
    region = world.person(Part.REGION)
    assert {one.partition(":")[0] for one in given_lines(found)} == {region.display_name}
    assert found.in_all == 2 and given_of(region, TODAY, listed.newest) is None
