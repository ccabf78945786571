"""A local version of one part has to fit the other parts of its guidance, as they count that day."""

from __future__ import annotations

import html

import pytest
from django.test import Client
from django.utils import timezone

from sightline.audit.models import Event
from sightline.core.access import Role
from sightline.core.verdict import Invalid
from sightline.rulebook.models import LocalPart
from sightline.rulebook.operations import change_part, withdraw_local_part
from sightline.rulebook.packs import PACKS
from sightline.rulebook.queries import part
from tests.factories.accounts import a_person, signed_in
from tests.factories.house import clock, folder, house
from tests.factories.indicators import KEEPER
from tests.factories.rulebook import a_change, in_force

__all__ = ["clock", "folder", "house"]
pytestmark = pytest.mark.usefixtures("house")


def change(name: str, old: str, new: str) -> LocalPart:
    """This function will keep a local version of a part in which one thing is changed."""
    return change_part(
        by=KEEPER,
        at=timezone.now(),
        pack="sqg-2022",
        part=name,
        content=a_change(name, old, new),
        derived_from=str(in_force(name).version),
        because="We decided so",
    )


@pytest.mark.requirement("FRW-08")
@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("triggers", "of: intensive", "of: purple", "a level “purple” that there is not"),
        ("notices", "clock: chairs-update", "clock: purple", "a clock “purple” that there is not"),
        ("authority", "- id: regional-support-group", "- id: group-chair", "stands twice"),
    ],
)
def test_local_version_that_fits_nothing_is_refused_and_nothing_is_kept(
    name: str, old: str, new: str, says: str
) -> None:
    before = Event.objects.count()
    with pytest.raises(Invalid, match=says):
        change(name, old, new)
    assert not LocalPart.objects.exists() and Event.objects.count() == before


@pytest.mark.requirement("FRW-08", "LVL-19")
def test_house_that_switches_the_long_stay_on_has_it_from_then_on() -> None:
    assert not next(one for one in part("clocks", timezone.localdate()).clocks if one.id == "long-stay").is_on
    change("clocks", "is_on: false", "is_on: true")
    assert next(one for one in part("clocks", timezone.localdate()).clocks if one.id == "long-stay").is_on


def test_level_can_be_called_otherwise_and_then_taken_back() -> None:
    change("levels", "name: Enhanced", "name: Closer watch")
    found = part("levels", timezone.localdate()).level("enhanced")
    assert found and found.name == "Closer watch"
    withdraw_local_part(by=KEEPER, at=timezone.now(), pack="sqg-2022", part="levels", because="Back to the common word")
    assert part("levels", timezone.localdate()) == PACKS["sqg-2022"].parts["levels"]


@pytest.mark.requirement("SUR-04")
def test_page_calls_levels_and_roles_by_their_names() -> None:
    member: Client = signed_in(a_person(Role.LAY_MEMBER))
    words = html.unescape(member.get("/rules/notices/").content.decode())
    assert "Regional Support Group" in words and "ICB executive lead for quality" in words
    assert "chairs-update" not in words and "Update to those who were notified of Intensive" in words
    assert "regional-support-group" not in words and "icb-executive-quality-lead" not in words
    levels = html.unescape(member.get("/rules/levels/").content.decode())
    assert "Needs:</span> Set the day of the next review." in levels
    assert "May be done:</span> Rapid Quality Review meeting" in levels
    clocks = html.unescape(member.get("/rules/clocks/").content.decode())
    assert "Runs:</span> No" in clocks and "A quarter of the financial year, from April" in clocks
