"""Every page of what is told, laid side by side and worked on: each found by the house's own links, and looked at."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from sightline.demonstration import Part
from tests.journeys.house import LEAD, PROVIDER, SECRETARY, House
from tests.journeys.looking import Looker
from tests.journeys.walking import found_from


@dataclass(frozen=True)
class Walk:
    """Who walks, from where, and the pages that they must come by."""

    who: Part
    starts: tuple[str, ...]
    pages: tuple[str, ...]


WALKS = {
    "rules and interests": Walk(
        LEAD,
        ("/rules/", "/interests/", "/agreements/", "/indicators/sets/"),
        (
            *("rules", "rule_part", "rule_change", "source_add", "source_retire"),
            *("interests", "interest_declare", "interest_record", "interest_end"),
            *("agreements", "agreement_record", "metric_sets", "metric_set_new"),
        ),
    ),
    "what was told": Walk(
        LEAD,
        (
            "/intelligence/mine/",
            "/intelligence/?kind=soft",
            "/intelligence/",
            "/intelligence/review/",
            "/intelligence/referrals/",
        ),
        (
            *("items", "item", "share", "my_intelligence", "item_add_words", "item_handling", "item_tags"),
            *("passage_replace", "review", "item_review", "item_same_story", "item_shared_with"),
            *("referrals", "item_refer", "item_holding", "item_mark"),
        ),
    ),
    "what leaves the group": Walk(
        LEAD,
        ("/intelligence/releases/", "/intelligence/annexes/", "/intelligence/?kind=soft"),
        ("releases", "release", "release_prepare", "annexes", "annex", "annex_add"),
    ),
    "files of words": Walk(
        LEAD,
        ("/intelligence/import/", "/intelligence/names/", "/intelligence/themes/"),
        ("intelligence_import", "intelligence_import_result", "names_to_place", "name_to_place", "themes"),
    ),
    "side by side": Walk(
        LEAD,
        ("/proposals/", "/blind-spots/", "/requests/", "/ratings/"),
        ("picture", "ask", "requests", "request_end", "proposals", "blind_spots", "ratings_to_review"),
    ),
    "profiles": Walk(
        LEAD,
        ("/",),
        (
            *("profiles", "profile_start", "profile_other_process", "heat_map", "heat_map_new", "trigger_tool"),
            "trigger_tool_new",
        ),
    ),
    "a secretary": Walk(SECRETARY, ("/", "/intelligence/review/"), ("home", "subject", "picture", "review", "items")),
    "the provider concerned": Walk(
        PROVIDER,
        ("/", "/released/", "/intelligence/mine/"),
        ("released", "released_one", "share", "picture", "subject"),
    ),
    "a Healthwatch officer": Walk(
        Part.HEALTHWATCH, ("/intelligence/mine/", "/intelligence/"), ("my_intelligence", "items", "item", "share")
    ),
}


@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS)
def test_given_a_reader_when_they_follow_the_links_then_they_find_every_page_and_can_use_it(
    house: House, looker: Looker, walk: Walk
) -> None:
    page = house.visit(walk.who)
    found = found_from(page, walk.starts, walk.pages)
    assert set(found) == set(walk.pages)
    for name, address in found.items():
        page.goto(address)
        looker.look(page, name)
