"""Every page of key points: written by the secretary, cleared by the chair, released, read by anybody, and withdrawn."""

from __future__ import annotations

from playwright.sync_api import expect

from sightline.demonstration import Part
from tests.journeys.house import SECRETARY, House, heading
from tests.journeys.looking import Looker
from tests.journeys.walking import found_from

CHAIR = Part.CHAIR
BEFORE = ("all_key_points", "key_points", "key_points_write", "key_points_withdraw", "group_listing", "group_unlist")
FOR_ALL = ("public_front", "public_list", "public_page", "public_group", "public_year", "public_follow")
PUBLISHED = (*BEFORE, *FOR_ALL, "key_points_clear", "key_points_release", "group_list")


def test_given_key_points_that_wait_when_they_are_cleared_and_released_then_anybody_reads_them_until_withdrawn(
    house: House, looker: Looker
) -> None:
    page, chair, stranger = house.visit(SECRETARY), house.visit(CHAIR), house.visit()
    for name, address in found_from(page, ("/key-points/",), BEFORE).items():
        page.goto(address)
        looker.look(page, name)
    (clear,) = found_from(chair, ("/key-points/",), ("key_points_clear",)).values()
    chair.goto(clear)
    looker.look(chair, "key_points_clear")
    chair.get_by_role("button", name="Clear them").click()
    expect(chair.locator("main")).to_contain_text("Cleared, not released")
    (tell,) = found_from(chair, ("/key-points/",), ("group_list",)).values()
    chair.goto(tell)
    looker.look(chair, "group_list")
    page.goto(clear.replace("/clear/", "/release/"))
    looker.look(page, "key_points_release")
    page.get_by_role("button", name="Release them").click()
    page.get_by_role("link", name="The public page").click()
    public = page.url
    for name, address in found_from(stranger, ("/public/",), FOR_ALL).items():
        stranger.goto(address)
        looker.look(stranger, name)
    stranger.goto(public)
    expect(stranger.locator("main")).to_contain_text("nurses work at night")
    page.goto(clear.replace("/clear/", "/withdraw/"))
    page.get_by_label("Why are they withdrawn?").fill("They were too early.")
    page.get_by_role("button", name="Withdraw them").click()
    stranger.goto(public)
    heading(stranger, "These key points were withdrawn")
    expect(stranger.locator("main")).not_to_contain_text("too early")
    looker.look(stranger, "public_page@withdrawn")


def test_given_a_group_when_anybody_gives_an_address_then_they_are_told_to_look_into_their_mailbox(
    house: House, looker: Looker
) -> None:
    page = house.visit()
    (follow,) = found_from(page, ("/public/",), ("public_follow",)).values()
    page.goto(follow)
    page.get_by_role("button", name="Send me the first letter").click()
    expect(page.get_by_role("alert")).to_contain_text("Give your e-mail address.")
    looker.look(page, "public_follow@refused")
    page.get_by_label("Your e-mail address").fill("reader@public.example")
    page.get_by_role("button", name="Send me the first letter").click()
    heading(page, "Look into your mailbox")
    looker.look(page, "public_follow@asked")
    page.goto("/public/follow/made-up/confirm/")
    heading(page, "This link no longer works")
    looker.look(page, "public_follow_confirm@over")
