"""Every page of meetings: planned ones found by links, and one held from its opening to its end by secretary and chair."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from sightline.demonstration import Part
from tests.journeys.house import SECRETARY, House, heading
from tests.journeys.looking import Looker
from tests.journeys.walking import found_from

CHAIR, COUNCIL = Part.CHAIR, Part.LOCAL_AUTHORITY
REVIEW = "Rapid Quality Review: "
PLANNED = (
    "meetings", "meeting_plan", "meeting", "meeting_move", "meeting_cancel", "item_add", "item_reword", "item_withdraw",
    "item_invite", "calendar", "pack", "paper_add", "paper_data_pack", "paper_record", "paper", "paper_revise", "paper_withdraw",
    "meeting_live", "meeting_open",
)  # fmt: skip
CHARTED = ("series", "paper_chart")
AT_THE_MEETING = (
    "meeting_nothing",
    "meeting_arrive", "meeting_leave", "meeting_strike", "meeting_live_item", "item_begin", "item_interest", "item_note",
    "item_outcome", "item_action", "item_carry", "item_lived", "item_board", "item_suspicion", "item_referral",
    "item_tell",
)  # fmt: skip
NOTED = (
    "note", "note_write", "note_item", "note_comment", "note_comment_item", "note_answer", "note_annex", "note_readers",
    "note_fed_back", "note_told",
)  # fmt: skip
CYCLED = (
    "cycle", "cycle_agree", "cycle_add", "cycle_move", "cycle_drop", "cycle_review", "cycle_coverage",
    "cycle_theme_answer",
)  # fmt: skip

TO_BE_PUT = ("meeting_live", "meeting_live_item", "conversations", "conversation_add", "written_put")
BY_THE_CHAIR = ("written_conclude",)
BY_THE_SECRETARY = ("written_heard", "written_withdraw")
BETWEEN = (*TO_BE_PUT, *BY_THE_CHAIR, *BY_THE_SECRETARY)


def look_at(page: Page, looker: Looker, starts: tuple[str, ...], names: tuple[str, ...]) -> None:
    """This function will find a page of every name by links, and look at each."""
    found = found_from(page, starts, names)
    assert set(found) == set(names)
    for name, address in found.items():
        page.goto(address)
        looker.look(page, name)


def test_given_a_secretary_when_they_follow_the_links_of_meetings_then_they_find_every_page_and_can_use_it(
    house: House, looker: Looker
) -> None:
    look_at(house.visit(SECRETARY), looker, ("/meetings/",), PLANNED)
    look_at(house.visit(SECRETARY), looker, ("/indicators/",), CHARTED)


def test_given_meetings_that_were_held_when_secretary_and_chair_follow_the_links_then_they_find_their_notes(
    house: House, looker: Looker
) -> None:
    look_at(house.visit(SECRETARY), looker, ("/meetings/",), NOTED)
    look_at(house.visit(CHAIR), looker, ("/meetings/",), ("note_agree",))
    look_at(house.visit(COUNCIL), looker, ("/meetings/",), ("note_tell",))


def test_given_a_business_cycle_when_its_links_are_followed_then_secretary_and_member_find_every_page(
    house: House, looker: Looker
) -> None:
    look_at(house.visit(SECRETARY), looker, ("/meetings/",), CYCLED)
    look_at(house.visit(COUNCIL), looker, ("/meetings/",), ("cycle_theme",))


def test_given_an_agenda_when_an_item_is_dragged_or_moved_by_its_button_then_it_stands_elsewhere(house: House) -> None:
    page = house.visit(SECRETARY)
    page.goto("/meetings/")
    page.locator("main li", has_text="System Quality Group").get_by_role("link").first.click()
    titles = page.locator(".s-agenda h3")
    expect(titles.nth(2)).to_be_visible()  # a click does not wait for the page that it leads to
    first, second, third = titles.all_inner_texts()[:3]
    page.get_by_role("button", name=re.compile(rf"^Move down\s*: {re.escape(first)}")).press("Enter")
    expect(titles.nth(0)).to_have_text(second)
    expect(titles.nth(1)).to_have_text(first)
    with page.expect_navigation():
        page.locator(".s-agenda > li").nth(2).drag_to(
            page.locator(".s-agenda > li").nth(0), target_position={"x": 9, "y": 3}
        )
    expect(titles.nth(0)).to_have_text(third)


def test_given_a_meeting_today_when_it_is_held_then_each_page_serves_and_the_last_says_what_is_open(
    house: House, looker: Looker
) -> None:
    page = house.visit(SECRETARY)
    page.goto("/meetings/")
    page.locator("main li", has_text=REVIEW).locator("a[href^='/meetings/']:not([href*='plan'])").first.click()
    page.get_by_role("link", name="To the meeting, on its day").click()
    live = page.url
    page.get_by_role("button", name="Open the meeting now").click()
    heading(page, "The meeting is open")
    member = house.visit(COUNCIL)
    member.goto(live)
    expect(member.locator("#here")).to_have_text("Who is here (0)")
    for name in ("Perpetua Whinfell", "Callum Thistlewood"):
        page.get_by_role("button", name=re.compile(rf"^Is here\s*: {name}")).click()
    page.get_by_role("button", name=re.compile(r"^Begin\s+item 1$")).click()
    heading(page, "Item 1: Declarations of interest")
    _follows(member, house)
    _holds(page, live, house)
    looker.look(page, "meeting_live@open")
    _suspect(page, live)
    look_at(page, looker, (live,), AT_THE_MEETING)
    _declare(house, live)
    chair = house.visit(CHAIR)
    look_at(chair, looker, (live,), ("item_rule", "meeting_close"))
    chair.goto(f"{live}close/")
    expect(chair.locator("main")).to_contain_text("has no outcome")


def _follows(member: Page, house: House) -> None:
    """Whoever only looks on sees what is written without asking; without a connection they are told how old it is."""
    expect(member.locator("#here")).to_have_text("Who is here (2)", timeout=20_000)
    heading(member, "Item 1: Declarations of interest")
    with _cut_off(member, house):
        expect(member.get_by_role("status").first).to_contain_text("There is no connection", timeout=20_000)
    expect(member.get_by_text("There is no connection")).to_have_count(0, timeout=20_000)


def _holds(page: Page, live: str, house: House) -> None:
    """A note that is sent without a connection stays in its box, and goes when it is sent again."""
    page.goto(live)
    page.get_by_role("link", name="Open this item").click()
    page.get_by_role("link", name="Write a note").click()
    box = page.get_by_role("textbox").first
    box.fill("Nobody declared anything.")
    with _cut_off(page, house):
        page.locator("main").get_by_role("button").last.click()
        expect(page.get_by_role("alert")).to_contain_text("nothing was sent")
        expect(box).to_have_value("Nobody declared anything.")
    page.locator("main").get_by_role("button").last.click()
    expect(page.locator("main")).to_contain_text("Nobody declared anything.")
    page.goto(live)


@contextmanager
def _cut_off(page: Page, house: House) -> Iterator[None]:
    """A browser without a connection, of which it complains; what else it complains of is still found."""
    page.context.set_offline(True)
    yield
    page.context.set_offline(False)
    for watch in house.watches:
        watch.found[:] = [one for one in watch.found if "ERR_INTERNET_DISCONNECTED" not in one]


def _suspect(page: Page, live: str) -> None:
    """Abuse is suspected under the item about the trust, so that its referral is waited for."""
    page.goto(live)
    page.get_by_role("link", name="Quillhaven Bay").first.click()
    page.get_by_role("link", name="Abuse or neglect is suspected").click()
    page.get_by_label("What is suspected?").fill("Somebody may have been left without help at night.")
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator("main")).to_contain_text("Record its referral")


def _declare(house: House, live: str) -> None:
    """The co-chair declares an interest in an item, so that the chair has one to rule upon."""
    page = house.visit(COUNCIL)
    page.goto(live)
    page.get_by_role("link", name="Action log").click()
    page.get_by_role("link", name="Declare an interest in this item").click()
    page.get_by_label("What ties you to it?").fill("The council pays for one of the actions.")
    page.get_by_role("button", name="Declare it").click()
    expect(page.locator("main")).not_to_contain_text("Action log")


def test_given_a_meeting_that_was_not_quorate_when_members_are_asked_in_writing_then_each_page_serves(
    house: House, looker: Looker
) -> None:
    page = house.visit(SECRETARY)
    page.goto("/meetings/")
    page.locator("section[aria-labelledby=past] li a").last.click()
    start = page.url
    look_at(page, looker, (start,), TO_BE_PUT)
    page.goto(found_from(page, (start,), TO_BE_PUT)["written_put"])
    page.get_by_label("What are the members asked to agree to?").fill("The ward takes no new patients until Friday.")
    until = timezone.localdate() + timedelta(days=3)
    for name, value in (("day", until.day), ("month", until.month), ("year", until.year)):
        page.locator(f"[name='day-{name}']").fill(str(value))
    page.get_by_role("button", name="Give it to the chair").click()
    expect(page.locator("main")).to_contain_text("Waits for the chair")
    question = page.url
    chair = house.visit(CHAIR)
    chair.goto(f"{question}urgent/")
    looker.look(chair, "written_urgent")
    chair.get_by_label("Why can it not wait for the next meeting?").fill("The next meeting is in nine days.")
    chair.get_by_role("button", name="Send it to the members").click()
    expect(chair.locator("main")).to_contain_text("Silence does not count as agreement")
    chair.goto(f"{question}answer/")
    looker.look(chair, "written_answer")
    look_at(chair, looker, (question,), BY_THE_CHAIR)
    chair.goto(question)
    chair.get_by_role("button", name="I agree", exact=True).click()
    expect(chair.locator("main")).to_contain_text("You agreed")
    looker.look(chair, "written")
    look_at(page, looker, (question,), BY_THE_SECRETARY)
