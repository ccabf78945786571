"""The house without JavaScript: sign in, read, and bring a file in."""

from __future__ import annotations

from playwright.sync_api import FilePayload, expect

from tests.journeys.house import EMAIL, LEAD, SECRETARY, House, heading, sign_in


def test_given_no_script_when_a_lead_reads_then_every_step_from_home_to_a_series_works(house: House) -> None:
    page = house.visit(java_script_enabled=False)
    sign_in(page, EMAIL[LEAD])
    heading(page, "Where are we most worried?")
    assert "js-enabled" not in (page.locator("body").get_attribute("class") or "")
    page.get_by_label("Area").select_option("")
    page.get_by_role("button", name="Show", exact=True).click()
    name = page.locator(".s-subject__name a").first.inner_text()
    page.locator(".s-subject__name a").first.click()
    heading(page, name)
    expect(page.locator(".s-multiple svg").first).to_be_visible()
    page.locator(".s-multiple__title a").first.click()
    heading(page, name)
    expect(page.locator("main svg").first).to_be_visible()
    assert page.get_by_role("region", name="Figures").locator("tbody tr").count() > 11
    page.get_by_role("searchbox", name="Search").fill(name)
    page.get_by_role("search").get_by_role("button").click()
    expect(page.locator("main").get_by_role("link", name=name, exact=True)).to_be_visible()


def test_given_no_script_when_a_secretary_drops_a_file_then_a_link_shows_what_became_of_it(house: House) -> None:
    page = house.visit(SECRETARY, java_script_enabled=False)
    page.goto("/import/")
    page.get_by_label("Choose files").set_input_files(
        [FilePayload(name="picture.csv", mimeType="text/csv", buffer=b"\x89PNG\r\n\x1a\n" + bytes(200))]
    )
    with page.expect_navigation():
        page.get_by_role("button", name="Bring them in").click()
    again = page.get_by_role("link", name="Show how far it is now")
    for _ in range(100):
        if not again.count():
            break
        with page.expect_navigation():
            again.click()
        page.wait_for_timeout(100)
    heading(page, "What became of the files")
    expect(page.get_by_text("1 of 1 file settled: 1 refused.")).to_be_visible()
    expect(page.get_by_text("picture.csv").first).to_be_visible()
