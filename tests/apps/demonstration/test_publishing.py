"""The demonstration's key points: public for one meeting, and waiting to be cleared for the next."""

from __future__ import annotations

import pytest

from sightline.demonstration import Part
from sightline.publication.presenters.key_points import state
from sightline.publication.queries.key_points import all_work
from sightline.publication.queries.public import public_groups, public_pages

from .conftest import TODAY, World


@pytest.mark.requirement("REC-08")
def test_key_points_of_the_first_meeting_are_public_and_those_of_the_second_wait(world: World) -> None:
    works = all_work(world.person(Part.CHAIR), TODAY)
    assert [state(one)[0] for one in works] == ["Waits to be cleared", "Public"]
    assert all(one.presides for one in works)
    assert not [remark.words for one in works for remark in one.remarks if remark.must_be_answered]
    (shown,) = public_pages()
    assert "met on" in shown.edition.opening and len(shown.edition.points) == 3
    (group,) = public_groups(TODAY)
    assert group.days and [one.page for one in public_pages(group.group)] == [shown.page]
