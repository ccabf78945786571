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


def test_given_a_word_template_when_it_is_changed_and_brought_back_then_it_holds_until_it_is_ended(
    house: House, looker: Looker
) -> None:
    page = house.visit(SECRETARY)
    page.goto("/reports/")
    page.get_by_role("link", name="Word templates").click()
    looker.look(page, "report_templates")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Take the template to begin from").click()
    page.get_by_role("button", name="Bring a template").click()
    looker.look(page, "report_template_bring")
    page.get_by_label("The template").set_input_files(taken.value.path())
    page.get_by_role("button", name="Use it").click()
    expect(page.locator("main")).to_contain_text("is not a Word document")  # a download kept under another name
    word = {"name": "letter.docx", "mimeType": "application/octet-stream", "buffer": taken.value.path().read_bytes()}
    page.get_by_label("The template").set_input_files([word])
    page.get_by_role("button", name="Use it").click()
    expect(page.locator("main")).to_contain_text("letter.docx, version 2")
    page.get_by_role("link", name=re.compile("^Stop using it")).click()
    looker.look(page, "report_template_end")
    page.get_by_role("button", name="Stop using it").click()
    expect(page.locator("main")).to_contain_text("None any more.")
