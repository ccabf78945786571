"""What a quality lead records: the indicators by which the group agreed to measure quality."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.house import LEAD, House, heading
from tests.journeys.looking import Looker

NAME = "Metrics of the spring review"
GROUP = "The spring review’s own group"


def fill_in(page: Page, because: str) -> None:
    """This function will say who agreed it, when and why."""
    page.get_by_label("Which group or committee agreed it?").fill(GROUP)
    for part, value in (("Day", "1"), ("Month", "2"), ("Year", "2025")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("Why these indicators?").fill(because)


def test_given_an_agreement_when_the_lead_records_it_then_the_set_its_gaps_and_its_history_can_be_read(
    house: House, looker: Looker
) -> None:
    page = house.visit(LEAD)
    page.goto("/indicators/")
    page.get_by_role("link", name="Agreed sets").click()
    looker.look(page, "metric_sets")
    page.get_by_role("link", name="Record an agreed set").or_(
        page.get_by_role("link", name="Record the first")
    ).first.click()
    looker.look(page, "metric_set_new")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("alert")).to_contain_text("Give the set a name.")
    looker.look(page, "metric_set_new@refused")

    page.get_by_label("Name of the set").fill(NAME)
    fill_in(page, "They cover every dimension of quality")
    page.get_by_label("Sickness absence").first.select_option(label="In the set, reviewed at every meeting")
    page.get_by_label("Summary Hospital-level Mortality").first.select_option(
        label="In the set, reviewed on publication"
    )
    page.get_by_role("button", name="Record it").click()
    heading(page, NAME)
    expect(page.get_by_role("cell", name="Reviewed at every meeting", exact=True)).to_be_visible()
    looker.look(page, "metric_set")

    page.get_by_role("link", name="Record what was agreed since").click()
    looker.look(page, "metric_set_change")
    fill_in(page, "The group no longer meets")
    page.get_by_label("The group withdrew the set").check()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("The group withdrew this set")).to_be_visible()
    looker.look(page, "metric_set@withdrawn")
    page.goto("/indicators/sets/")
    expect(page.get_by_role("row", name=NAME)).to_contain_text("Withdrawn")
    looker.look(page, "metric_sets@withdrawn")
