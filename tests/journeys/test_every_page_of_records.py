"""Every page of the formal record: the schedule, holds, and a request that one decides and another clears."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from sightline.demonstration import Part
from tests.journeys.house import SECRETARY, House
from tests.journeys.looking import Looker

UNDECIDED = re.compile(r"^Decide\s*:")


def test_given_a_request_when_all_is_decided_then_another_clears_it_and_it_is_given_out_and_closed(
    house: House, looker: Looker
) -> None:
    page, officer = house.visit(SECRETARY), house.visit(Part.DISCLOSURE)
    page.goto("/retention/")
    looker.look(page, "retention")
    page.goto("/retention/holds/")
    looker.look(page, "holds")
    page.get_by_role("link", name="Lift this hold").first.click()
    looker.look(page, "hold_lift")
    page.goto("/retention/holds/place/")
    looker.look(page, "hold_place")
    page.goto("/information-requests/enter/")
    looker.look(page, "information_request_open")
    page.goto("/information-requests/")
    looker.look(page, "information_requests")
    page.get_by_role("link", name="Freedom of Information request").first.click()
    request = page.url
    looker.look(page, "information_request")
    page.goto(f"{request}find/")
    looker.look(page, "information_find")
    page.goto(f"{request}consult/")
    looker.look(page, "information_consult")
    page.goto(f"{request}close/")
    looker.look(page, "information_close")
    page.goto(request)
    page.get_by_role("link", name=UNDECIDED).first.click()
    looker.look(page, "information_passage")
    while page.url != request:  # each passage decided leads to the next that is not
        page.get_by_label("Release", exact=True).check()
        page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("link", name=UNDECIDED)).to_have_count(0)
    officer.goto(f"{request}clear/")
    looker.look(officer, "information_clear")
    officer.get_by_role("button", name="Clear it").click()
    officer.goto(f"{request}versions/1/")
    looker.look(officer, "information_pack")
    officer.get_by_role("link", name="Withdraw it").click()
    looker.look(officer, "information_pack_withdraw")
    page.goto(f"{request}close/")
    page.get_by_label("Answered", exact=True).check()
    page.get_by_role("button", name="Close it").click()
    expect(page.locator("main")).to_contain_text("The request is closed.")


def test_given_a_request_past_its_period_when_two_people_say_so_then_it_is_gone_and_a_certificate_stays(
    house: House, looker: Looker
) -> None:
    page = house.visit(SECRETARY)
    page.goto("/retention/disposals/")
    looker.look(page, "disposals")
    page.get_by_role("link", name="Request for information").first.click()
    looker.look(page, "disposal")
    waits = page.url
    page.get_by_role("link", name="Read the record").click()
    page.goto(f"/retention/propose/request/{page.url.rstrip('/').rpartition('/')[2]}/0/")
    looker.look(page, "disposal_propose")
    page.goto(waits)
    page.get_by_role("button", name="Answer as the second person").click()
    looker.look(page, "disposal_answer")
    page.get_by_label("Dispose of it").check()
    page.get_by_role("button", name="Answer").click()
    expect(page.locator("main")).to_contain_text("Disposed of")
