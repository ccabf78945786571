"""When a council is needed at a meeting, by the triggers that were agreed with it (MEM-21)."""

from __future__ import annotations

import pytest

from sightline.core.meetings.councils import About, Triggers, met

SECTORS = {"care_homes": "Care homes"}


@pytest.mark.parametrize(
    ("triggers", "item", "says"),
    [
        (Triggers(), About("Care home", "care_homes", "Oak", lies_in_area=True), ()),
        (Triggers(SECTORS), About("Oak", "care_homes"), ("it is about a provider of its sector “Care homes”",)),
        (Triggers(SECTORS), About("Oak", "dental"), ()),
        (Triggers(SECTORS), About("Care homes"), ()),
        (Triggers(in_area=True), About("Oak", subject="Oak", lies_in_area=True), ("Oak lies in its area",)),
        (Triggers(in_area=True), About("Oak", subject="Oak"), ()),
        (Triggers(words=("care home",)), About("Falls in a CARE HOME, again"), ("its title has “care home”",)),
        (Triggers(words=("care home",)), About("Falls in care homes"), ()),
        (Triggers(words=("SEND",)), About("What we send on"), ("its title has “SEND”",)),
        (Triggers(words=("a+b",)), About("About a+b"), ("its title has “a+b”",)),
    ],
)
def test_given_triggers_and_an_item_then_it_says_which_are_met(
    triggers: Triggers, item: About, says: tuple[str, ...]
) -> None:
    assert met(triggers, item) == says


def test_given_several_triggers_then_all_that_are_met_are_said() -> None:
    every = Triggers(SECTORS, ("oak",), True)
    assert len(met(every, About("Oak", "care_homes", "Oak", lies_in_area=True))) == 3
