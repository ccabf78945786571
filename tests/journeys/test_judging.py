"""What a quality lead judges: what a table's columns mean, and from when a series has new limits."""

from __future__ import annotations

from playwright.sync_api import FilePayload, Page, expect

from sightline.demonstration.organisations import IMPROVED_STAFFING
from tests.journeys.house import LEAD, House, heading
from tests.journeys.looking import Looker

TIDY = "\n".join(
    ["Trust,Month,Result"]
    + [f"{IMPROVED_STAFFING},{2023 + n // 12}-{n % 12 + 1:02}-01,{70 + n * 7 % 5}.5" for n in range(30)]
)
MEANING = {
    "Name of the indicator": "Calls answered within ten rings",
    "Definition in a sentence": "Calls that were answered within ten rings, of a hundred.",
    "What is it for?": "Shows whether callers get through.",
    "Where does it come from?": "The switchboard’s own counter.",
    "Who is meant to see it?": "The quality group.",
    "Data protection": "Public; no person can be recognised.",
    "What is known to be wrong": "Nights are not counted.",
    "What would good look like?": "Ninety of a hundred.",
}


def test_given_a_tidy_table_when_the_lead_says_what_its_columns_are_then_its_chart_is_there(
    house: House, looker: Looker
) -> None:
    page = house.visit(LEAD)
    page.goto("/import/")
    tidy = FilePayload(name="calls.csv", mimeType="text/csv", buffer=TIDY.encode())
    page.get_by_label("Choose files").set_input_files([tidy])
    page.get_by_role("button", name="Bring them in").click()
    page.get_by_role("link", name="Say what its columns are").click(timeout=60_000)
    heading(page, "Say what its columns are")
    for label, guess in {
        "Organisation code": "Trust",
        "Period": "Month",
        "Value (optional)": "Result",
    }.items():
        expect(page.get_by_label(label, exact=True)).to_have_value(guess)
    looker.look(page, "import_mapping")
    page.get_by_role("button", name="Confirm and bring it in").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    looker.look(page, "import_mapping@refused")

    for label, words in MEANING.items():
        page.get_by_label(label).fill(words)
    page.get_by_label("Better when it goes").select_option(label="Increase")
    page.get_by_label("Caring").check()
    page.get_by_role("button", name="Confirm and bring it in").click()
    expect(page.get_by_text("Its columns are confirmed.")).to_be_visible()
    expect(page.get_by_text("1 of 1 file settled: 1 taken in.")).to_be_visible(timeout=60_000)
    page.goto("/indicators/")
    page.get_by_role("link", name=MEANING["Name of the indicator"]).click()
    heading(page, MEANING["Name of the indicator"])
    expect(page.get_by_text("Nights are not counted.")).to_be_visible()
    page.locator("main .s-scroll a").first.click()
    expect(page.get_by_role("region", name="Figures").locator("tbody tr")).to_have_count(30)


def open_a_series(page: Page) -> None:
    """This function will open a series that no other journey judges."""
    page.goto("/subjects/?area=&name=ZB1")
    page.locator("main tbody th a").click()
    page.locator(".s-multiple__title a").first.click()


def test_given_a_changed_process_when_the_lead_starts_new_limits_then_they_stand_until_she_withdraws_them(
    house: House, looker: Looker
) -> None:
    page = house.visit(LEAD)
    open_a_series(page)
    series = page.url
    page.get_by_role("link", name="Start new limits from a date").click()
    newest = page_year(series, house)
    for part, number in {"Day": "15", "Month": "6", "Year": str(newest - 1)}.items():
        page.get_by_label(part, exact=True).fill(number)
    because = "A second theatre opened, so more is done each month."
    page.get_by_label("Why? What is different since then?").fill(because)
    page.get_by_role("button", name="Start new limits").click()
    expect(page.get_by_text(f"New limits start in July {newest - 1}.")).to_be_visible()
    row = page.locator("table", has_text="Standing").locator("tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text(f"1 July {newest - 1} asked for 15 June {newest - 1}")  # it snaps, and says so
    expect(row).to_contain_text(because)
    looker.look(page, "series@rebased")

    page.get_by_label("Why withdraw?").fill("The theatre closed again.")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("The limits are as they were before.")).to_be_visible()
    assert page.url == series
    expect(row).to_have_count(2)  # both stay on the record
    expect(page.locator("table", has_text="Standing")).to_contain_text("Withdrawn")
    expect(page.get_by_role("button", name="Withdraw")).to_have_count(0)


def page_year(series: str, house: House) -> int:
    """This function will read the year of the newest figure."""
    page = house.visit(LEAD)
    page.goto(series)
    return int(page.get_by_role("region", name="Figures").locator("tbody th").first.inner_text().split()[-1])


def test_given_new_limits_when_they_are_withdrawn_without_a_reason_then_nothing_changes(
    house: House, looker: Looker
) -> None:
    page = house.visit(LEAD)
    page.goto("/subjects/?area=&name=ZB2")
    page.locator("main tbody th a").click()
    page.locator(".s-multiple__title a").first.click()
    year = page_year(page.url, house) - 1
    page.get_by_role("link", name="Start new limits from a date").click()
    for part, number in {"Day": "1", "Month": "6", "Year": str(year)}.items():
        page.get_by_label(part, exact=True).fill(number)
    page.get_by_label("Why? What is different since then?").fill("Another way of counting.")
    page.get_by_role("button", name="Start new limits").click()
    expect(page.get_by_text(f"New limits start in June {year}.")).to_be_visible()
    page.locator("form[action$='/withdraw/']").evaluate("form => form.noValidate = true")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("cannot")
    looker.look(page, "withdraw_rebase@refused")
