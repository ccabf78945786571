"""Every page of reports: begun, written, frozen and sent by the secretary, and acknowledged by the region."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from sightline.demonstration import Part
from tests.journeys.house import SECRETARY, House
from tests.journeys.looking import Looker


def test_given_the_records_when_a_report_is_begun_then_it_is_written_frozen_sent_and_acknowledged(
    house: House, looker: Looker
) -> None:
    page, region = house.visit(SECRETARY), house.visit(Part.REGION)
    page.goto("/reports/")
    looker.look(page, "all_reports")
    page.get_by_role("link", name="Quality in our system this quarter").click()
    report = page.url
    looker.look(page, "report")
    page.get_by_role("link", name=re.compile(r"^Write this section\s*: Good practice$")).click()
    looker.look(page, "report_section")
    page.get_by_label("In your words").fill("Two wards share one rota.")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Freeze a new version").click()
    looker.look(page, "report_freeze")
    page.get_by_label("What is otherwise now?").fill("Good practice is told in fewer words.")
    page.get_by_role("button", name="Freeze it").click()
    page.goto(f"{report}send/")
    looker.look(page, "report_send")
    page.goto(f"{report}versions/2/")
    looker.look(page, "report_version")
    expect(page.locator("main")).to_contain_text("Two wards share one rota.")
    page.goto("/reports/begin/")
    looker.look(page, "report_begin")
    region.goto(f"{report}versions/1/")
    region.get_by_role("button", name="Acknowledge it").click()
    looker.look(region, "report_acknowledge")
    region.get_by_role("button", name="Acknowledge it").click()
    expect(region.locator("main")).not_to_contain_text("Acknowledge it")
