"""Bringing files in through the page: what is refused and why, what is already here, and how far the work is."""

from __future__ import annotations

import uuid
from datetime import date

from django.template.loader import render_to_string
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect

from sightline.demonstration.geography import PLACES
from sightline.indicators.models import Delivery
from sightline.indicators.presenters.dropping import drop_context
from tests.journeys.house import LEAD, SECRETARY, House, heading
from tests.journeys.looking import Looker

AREA = PLACES[0].gss
COLUMNS = (
    "area_code,date_from,date_to,period_type,sex,age_from_years_inclusive,age_to_years_inclusive,"
    "deprivation_decile,deprivation_category,count,value,denominator,lower_ci_95,upper_ci_95,lower_ci_99_8,upper_ci_99_8"
)
MONTHS = [date(2023 + number // 12, number % 12 + 1, 1) for number in range(24)]


def line(start: str, end: str, value: object, kind: str = "month", area: str = AREA) -> str:
    """This function will write a line in the upload format."""
    return f"{area},{start},{end},{kind},persons,,,,,,{value},,,,,"


def file(name: str, lines: list[str]) -> FilePayload:
    """This function will make a file to drop."""
    return FilePayload(name=name, mimeType="text/csv", buffer="\n".join([COLUMNS, *lines, ""]).encode())


GOOD = file("90001.csv", [line(f"{m}", f"{m:%Y-%m-28}", 50 + number % 5) for number, m in enumerate(MONTHS)])
BAD = file(
    "90002.csv",
    [
        line("2024-01-01", "2024-01-31", 51),
        line("2024-02-01", "2024-02-29", "many"),
        line("2024-03-01", "2024-03-31", 52),
        line("2024-04-01", "2023-04-30", 53),
        line("2024-05-01", "2024-05-31", 54, kind="fortnight"),
    ],
)
# Long enough to keep the house at work while a second drop waits; its last line is wrong, so that nothing stays.
LONG = file("90003.csv", [line(f"{MONTHS[0]}", "2023-01-31", n) for n in range(60_000)] + [line("x", "x", "x")])


def drop(page: Page, *files: FilePayload) -> None:
    """This function will drop files on the import page."""
    page.goto("/import/")
    page.get_by_label("Choose files").set_input_files(list(files))
    page.get_by_role("button", name="Bring them in").click()


def test_given_a_bad_and_a_good_file_when_the_secretary_drops_them_then_one_is_refused_with_every_line_named(
    house: House, looker: Looker
) -> None:
    page = house.visit(SECRETARY)
    drop(page, BAD, GOOD)
    expect(page.get_by_text("2 of 2 files settled: 1 refused, 1 taken in.")).to_be_visible(timeout=60_000)
    heading(page, "What became of the files")
    refused = page.locator("section", has_text="90002.csv")
    expect(refused).to_contain_text("Refused whole: 3 things to mend.")
    rows = [row.locator("td").all_inner_texts() for row in refused.locator("tbody tr").all()]
    assert [cells[:2] for cells in rows] == [["3", "value"], ["5", "date_to"], ["6", "period_type"]]
    assert all(says and mend for _, _, says, mend in rows)
    looker.look(page, "import_drop@refused")
    with page.expect_download() as downloading:
        refused.get_by_role("link", name="Download the list").click()
    listed = downloading.value.path().read_text().splitlines()
    assert [entry.split(",")[0] for entry in listed] == ["line", "3", "5", "6"]
    page.get_by_role("link", name="90001.csv").click()
    expect(page.get_by_text("24, which gave 24 figures")).to_be_visible()

    # The very same file once more: nothing is doubled, and the page says so.
    drop(page, GOOD)
    expect(page.get_by_text("1 of 1 file settled: 1 already here.")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("This very file was taken in before; nothing changed.")).to_be_visible()
    page.goto("/publications/")
    assert page.get_by_role("link", name="Fingertips upload").count() == 1


def test_given_a_drop_at_work_when_another_waits_then_its_page_shows_the_progress_by_itself(house: House) -> None:
    first, second = house.visit(SECRETARY), house.visit(LEAD)
    second.goto("/import/")
    second.get_by_label("Choose files").set_input_files([BAD])
    drop(first, LONG)
    second.get_by_role("button", name="Bring them in").click()
    heading(second, "Bringing files in")
    expect(second.get_by_role("progressbar")).to_have_attribute("max", "1")
    expect(second.get_by_text("0 of 1 file settled: 1 waiting.")).to_be_visible()
    expect(second.get_by_text("1 of 1 file settled: 1 refused.")).to_be_visible(timeout=60_000)
    heading(second, "What became of the files")
    expect(first.get_by_text("1 of 1 file settled: 1 refused.")).to_be_visible(timeout=60_000)


def test_given_a_drop_at_work_when_it_is_watched_then_everybody_can_use_its_page(house: House, looker: Looker) -> None:
    # No drop lasts as long as all the looking does, so the page is put in the place of one.
    page, batch = house.visit(LEAD), uuid.uuid4()
    states = (Delivery.State.UNCHANGED, Delivery.State.WAITING)
    deliveries = [
        Delivery(batch=batch, file_name=f"{state}.csv", state=state, received_at=timezone.now()) for state in states
    ]
    words = render_to_string("indicators/drop.html", drop_context(batch, deliveries, running=True, unassessed=False))
    page.route(f"**/import/{batch}/", lambda route: route.fulfill(content_type="text/html", body=words))
    page.goto(f"/import/{batch}/")
    heading(page, "Bringing files in")
    looker.look(page, "import_drop@running")
