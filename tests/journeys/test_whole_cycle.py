"""The whole cycle of a group: set up, planned, held, decided, noted, agreed and published, while one item stays closed.

Each takes part in a browser of their own. After each step the provider whom the item is about, who sits in the group,
and an outsider look for it by every road there is.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from sightline.demonstration import Part
from sightline.demonstration.geography import MAIN, authority_named
from sightline.demonstration.organisations import IMPROVED_TRUST, PROVIDERS
from tests.journeys.house import SECRETARY, House, heading
from tests.journeys.looking import Looker
from tests.journeys.story_of_a_level import go_on
from tests.journeys.test_telling import give_day

TRUST = next(one.name for one in PROVIDERS if one.code == IMPROVED_TRUST)
OWN = "Harrowmere and Quillhaven ICB"
PLACE = authority_named("Quillhaven").sub_icb
GROUP = f"Lanternside quality group {os.getpid()}"
TITLE, OPEN = "Quicksilver at the night desk", "Winter in the lanes"
DECISION, ACTION = "Quicksilver nights are staffed by two", "Send the quicksilver rota each Friday"
LOGS = ("/actions/?state=all", "/actions/log.csv?state=all")
TOKEN, NONE_SUCH = "Quicksilver", "Nonesuchness"
POINT = "The group asked for more nurses at night."
NOBODY = 404
"""What a reader gets of a record that is not there for them."""


@dataclass
class Cycle:
    """Who takes part, and the addresses that came about; ``hidden`` are those that lead to the closed item."""

    house: House
    secretary: Page
    chair: Page
    chairs_name: str
    lay: Page
    provider: Page
    region: Page
    outsider: Page
    feed: str = ""
    meeting: str = ""
    item: str = ""
    hidden: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)  # pages that the provider may read, in which it must not be

    def nobody_finds_it(self) -> None:
        """This function will have the provider and the outsider look for the closed item by page, search, count and feed."""
        for page in (self.provider, self.outsider):
            for address in self.hidden:
                assert page.request.get(address).status == NOBODY, address
            found = [_searched(page, word).replace(word, "") for word in (TOKEN, NONE_SUCH)]
            assert found[0] == found[1]
            for address in ("/", "/meetings/", *LOGS, "/messages/"):
                answer = page.request.get(address)
                assert answer.ok and TOKEN.lower() not in answer.text().lower(), address
        for address in self.shown:
            assert self.outsider.request.get(address).status == NOBODY, address
            answer = self.provider.request.get(address)
            assert answer.ok and TOKEN.lower() not in answer.text().lower(), address
        assert GROUP not in self.outsider.request.get("/meetings/").text()
        feed = self.house.visit().request.get(self.feed)
        assert feed.ok and GROUP in _unfolded(feed.text()) and TOKEN not in _unfolded(feed.text())


def _searched(page: Page, word: str) -> str:
    return re.sub(
        r"<script.*?</script>|name=\"csrf\w+\" value=\"\w+\"", "", page.request.get(f"/search/?q={word}").text()
    )


def _unfolded(calendar: str) -> str:
    return calendar.replace("\r\n ", "")


@pytest.fixture
def cycle(house: House) -> Cycle:
    """This function will let everybody sign in; who chairs is new, so that no other journey meets this group."""
    chair, newcomer = house.settle("Chair", system=MAIN.code)
    secretary, *others = (
        house.visit(who) for who in (SECRETARY, Part.LAY_MEMBER, Part.OTHER_PROVIDER, Part.REGION, Part.OTHER_SYSTEM)
    )
    return Cycle(house, secretary, chair, newcomer.name, *others)


@pytest.mark.requirement("COI-02", "COI-04", "QUO-07", "REC-01", "REC-04", "REC-12")
def test_given_a_group_when_it_goes_through_the_whole_cycle_then_each_does_their_part_and_one_item_stays_closed(
    cycle: Cycle, looker: Looker
) -> None:
    the_group_is_set_up(cycle)
    a_meeting_is_planned(cycle)
    an_agenda_is_drafted(cycle)
    cycle.nobody_finds_it()
    it_is_held(cycle)
    cycle.nobody_finds_it()
    the_closed_item_is_decided(cycle)
    cycle.nobody_finds_it()
    it_is_closed(cycle)
    the_note_is_shared(cycle)
    cycle.nobody_finds_it()
    the_next_meeting_agrees_it(cycle)
    cycle.nobody_finds_it()
    key_points_are_published(cycle, looker)
    cycle.nobody_finds_it()


def the_group_is_set_up(cycle: Cycle) -> None:
    """This function will make a group with the model of its terms, and have five people sit in it."""
    page = cycle.secretary
    page.goto("/groups/new/")
    page.get_by_role("radio", name="Place quality group").check()
    page.get_by_label("What is the group called?").fill(GROUP)
    page.get_by_label("For which place, system or region does it sit?").fill(PLACE)
    give_day(page, "Since when is there this group?", timezone.localdate() - timedelta(days=30))
    page.get_by_label("What is this based on?").fill("Terms of reference of last month.")
    page.locator("main form button[type=submit]").last.click()
    page.locator("main").get_by_role("link", name=GROUP).first.click()
    heading(page, GROUP)
    group = page.url
    page.goto(f"{group}terms/")
    page.get_by_role("button", name=re.compile("^Begin ")).click()
    expect(page.locator("main")).to_contain_text("Version 1")
    sits = {
        "chair": (cycle.chairs_name, MAIN.code),
        "lay": ("Winifred Sallowfield", ""),
        "providers": ("Lionel Brambleby", IMPROVED_TRUST),
        "region": ("Tobias Fernleigh", ""),
        "icb": ("Imogen Larkspur", MAIN.code),
    }
    for title, (person, body) in sits.items():
        _seat(page, group, title, person, body)


def _seat(page: Page, group: str, title: str, person: str, body: str) -> None:
    page.goto(f"{group}seats/new/")
    expected = {"chair": "Quality lead of the place", "providers": "Providers", "icb": "ICB"}.get(title)
    if expected:
        page.get_by_role("radio", name=expected, exact=True).check()
    else:
        page.get_by_role("radio", name="Another seat").check()
        page.get_by_label("What is it called?").fill(f"Seat: {title}")
        page.get_by_label("What does whoever sits there do?").select_option(label="Member")
    if body:
        page.get_by_label("Which organisation fills it?").fill(body)
    page.locator("main form button[type=submit]").last.click()
    name = re.compile(rf"^Say who sits here as {expected or f'Seat: {title}'}$")
    page.get_by_role("link", name=name).click()
    page.get_by_label("Who is it?").select_option(label=person)
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("main tr", has_text=person)).to_have_count(1)


def a_meeting_is_planned(cycle: Cycle) -> None:
    """This function will plan a meeting of this day, and have the provider make a secret address for their calendar."""
    cycle.meeting = _planned(cycle.secretary, timezone.localdate())
    page = cycle.provider
    page.goto("/meetings/calendar/")
    page.get_by_role("button", name=re.compile("^Make ")).first.click()
    cycle.feed = urlsplit(page.locator("main code").inner_text()).path


def _planned(page: Page, on: date) -> str:
    page.goto("/meetings/plan/")
    page.get_by_label("Which group meets?").select_option(label=GROUP)
    give_day(page, "On which day?", on)
    page.get_by_label("When does it begin?").fill("9am")
    page.get_by_label("When does it end?").fill("5pm")
    page.get_by_label("Where?").fill("Lantern Hall")
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("#agenda")).to_be_visible()
    return page.url


def an_agenda_is_drafted(cycle: Cycle) -> None:
    """This function will draft the agenda, and put an open item on it and one about the provider who sits in the group."""
    page = cycle.secretary
    page.goto(cycle.meeting)
    page.get_by_role("button", name="Draft the agenda from the record").click()
    for title, about in ((OPEN, ""), (TITLE, TRUST)):
        page.goto(f"{cycle.meeting}agenda/add/")
        page.get_by_label("What is it called?").fill(title)
        page.get_by_label("About whom or what is it?").fill(about)
        page.get_by_label("What does it mean for people who are worse off?").fill("None that is known.")
        page.locator("main form button[type=submit]").last.click()
        expect(page.locator(".s-agenda")).to_contain_text(title)
    all_of_them = page.locator(".s-agenda > li").count()
    seen = {}
    for name, other in (("chair", cycle.chair), ("lay", cycle.lay), ("region", cycle.region), ("own", cycle.provider)):
        other.goto(cycle.meeting)
        seen[name] = other.locator(".s-agenda > li").count()
        expect(other.locator(".s-count")).to_contain_text(f"{seen[name]} item")
    assert seen == {"chair": all_of_them, "lay": all_of_them, "region": all_of_them, "own": all_of_them - 1}
    cycle.shown += [cycle.meeting, f"{cycle.meeting}pack/", f"{cycle.meeting}meeting.ics", f"{cycle.meeting}live/"]


def it_is_held(cycle: Cycle) -> None:
    """This function will open the meeting, note that it is quorate, and have the chair rule on the provider's interest."""
    page, live = cycle.secretary, f"{cycle.meeting}live/"
    page.goto(live)
    page.get_by_role("button", name="Open the meeting now").click()
    _come(page, cycle.chairs_name)
    expect(page.locator("main")).to_contain_text("Not quorate")
    for name in ("Winifred Sallowfield", "Lionel Brambleby", "Tobias Fernleigh"):
        _come(page, name)
    expect(page.locator(".s-banner", has_text="Quorate:")).to_have_count(1)
    page.get_by_role("link", name=TITLE).click()
    cycle.item = page.url
    cycle.hidden += [cycle.item, f"{cycle.item}interest/"]
    chair = cycle.chair
    chair.goto(cycle.item)
    chair.get_by_role("link", name=re.compile(r"^Rule on it\s*: Lionel")).click()
    chair.get_by_role("radio", name="Leave").check()
    chair.get_by_label("Why?").fill("It is about their own trust.")
    go_on(chair, "Rule so")
    expect(chair.locator("#interests ~ ul")).to_contain_text("Ruled by")


def _come(page: Page, name: str) -> None:
    page.get_by_role("button", name=re.compile(rf"^Is here\s*: {re.escape(name)}")).click()
    expect(page.locator("#here ~ ul").first).to_contain_text(name)


def the_closed_item_is_decided(cycle: Cycle) -> None:
    """This function will record a decision and an action under the closed item, and what came of every other."""
    page = cycle.secretary
    page.goto(cycle.item)
    go_on(page, "Record what came of it")
    page.get_by_label("What was decided, or what came of it?").fill(DECISION)
    go_on(page, "Record it")
    expect(page.locator("main")).to_contain_text(DECISION)
    go_on(page, "Add an action")
    page.get_by_label("Which issue does it answer?").fill("Quicksilver nights have one nurse.")
    page.get_by_label("What is to be done?").fill(ACTION)
    page.get_by_label("How will one know that it is done?").fill("Four rotas came.")
    page.get_by_role("radio", name="Gathering information").check()
    page.get_by_label("Who takes it forward?").select_option(label=f"{cycle.chairs_name} – Quality lead of the place")
    page.get_by_label("Under which organisation’s own powers do they act?").fill(MAIN.code)
    give_day(page, "By when?", timezone.localdate() + timedelta(days=30))
    go_on(page, "Add the action")
    page.get_by_role("link", name=ACTION).click()
    cycle.hidden.append(page.url)
    expect(page.locator("main")).to_contain_text(TITLE)
    cycle.lay.goto(page.url)
    expect(cycle.lay.locator("main")).to_contain_text(f"under {TITLE}")
    for address in LOGS:
        assert ACTION in cycle.lay.request.get(address).text(), address
    page.goto(cycle.item)
    go_on(page, f"Say who tells {TRUST}")
    page.get_by_label("Which organisation tells it what was concluded?").select_option(label=OWN)
    go_on(page, "Record it")
    _discuss_the_rest(page, f"{cycle.meeting}live/")


def _discuss_the_rest(page: Page, live: str) -> None:
    page.goto(live)
    rest = [
        one.get_by_role("link").first.get_attribute("href")
        for one in page.locator("#items ~ ol > li").all()
        if one.get_by_text("Open", exact=True).count()
    ]
    for address in rest:
        page.goto(f"{address}outcome/")
        page.get_by_label("What was decided, or what came of it?").fill("It was heard.")
        page.get_by_label("It was discussed only").check()
        go_on(page, "Record it")


def it_is_closed(cycle: Cycle) -> None:
    """This function will have whoever chairs close the meeting."""
    chair = cycle.chair
    chair.goto(f"{cycle.meeting}live/close/")
    chair.locator("main form button[type=submit]").last.click()
    heading(chair, "The meeting is over")


def the_note_is_shared(cycle: Cycle) -> None:
    """This function will draft the note and share it; each reads the sections of their items."""
    page, note = cycle.secretary, f"{cycle.meeting}note/"
    page.goto(note)
    go_on(page, "Draft the note from the record")
    expect(page.locator("main")).to_contain_text(ACTION)
    assert cycle.provider.request.get(note).status == NOBODY
    go_on(page, "Share the draft with the members")
    cycle.shown.append(note)
    for reader, finds in ((cycle.lay, True), (cycle.region, True), (cycle.provider, False)):
        reader.goto(note)
        expect(reader.locator("main section")).not_to_have_count(0)
        expect(reader.locator("main").get_by_text(DECISION)).to_have_count(1 if finds else 0)


def the_next_meeting_agrees_it(cycle: Cycle) -> None:
    """This function will hold the next meeting, and have the group agree the note at it."""
    page = cycle.secretary
    later = _planned(page, timezone.localdate())
    page.goto(later)
    page.get_by_role("button", name="Draft the agenda from the record").click()
    page.goto(f"{later}live/")
    page.get_by_role("button", name="Open the meeting now").click()
    for name in (cycle.chairs_name, "Winifred Sallowfield", "Tobias Fernleigh"):
        _come(page, name)
    cycle.shown += [later, f"{later}live/"]
    chair = cycle.chair
    chair.goto(f"{cycle.meeting}note/")
    go_on(chair, "The group agreed it")
    go_on(chair, "Record that it was agreed")
    expect(chair.locator("main")).to_contain_text("Agreed by the group at its meeting of")


def key_points_are_published(cycle: Cycle, looker: Looker) -> None:
    """This function will write key points, have them cleared by the chair and released, and read them without sign-in."""
    page, points = cycle.secretary, f"/key-points/{cycle.meeting.rstrip('/').rpartition('/')[2]}/"
    page.goto(f"{points}write/")
    page.get_by_label("How it begins").fill("The group met once. Councils, care givers and local people were there.")
    page.get_by_label("Point 1", exact=True).fill(POINT)
    page.locator("main form button[type=submit]").last.click()
    page.goto(points)
    cycle.chair.goto(f"{points}clear/")
    if cycle.chair.get_by_label("Why may what is remarked upon stay?").count():
        cycle.chair.get_by_label("Why may what is remarked upon stay?").fill("It names nobody.")
    go_on(cycle.chair, "Clear them")
    page.goto(f"{points}release/")
    go_on(page, "Release them")
    page.get_by_role("link", name="The public page").click()
    stranger = cycle.house.visit()
    stranger.goto(page.url)
    expect(stranger.locator("main")).to_contain_text(POINT)
    expect(stranger.locator("main")).not_to_contain_text(TOKEN)
    looker.look(stranger, "public_page")
    assert POINT not in stranger.request.get("/public/").text()
    assert TOKEN not in stranger.request.get("/public/feed/").text()
