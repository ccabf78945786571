"""What people do on the pages of levels, step by step: raise, propose, answer, decide, tell, see to what follows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.journeys.chromium import ROOT
from tests.journeys.test_telling import give_day

WRONG = "Patients wait on trolleys in a corridor where nobody can watch over them."
REASON = "What improved in spring has not lasted through the autumn."
ASKS = "Please send us a plan for the corridor within six weeks."
LASTED = "The corridor was empty at four visits in a row, and the second bay stays open."
EARLIER = (300, 100, 30)  # days ago; this trust was at Enhanced on the first two
HARD, ASSESSED = "Hard evidence: figures and ratings that stand", "Assessments of risk: other processes"


def go_on(page: Page, name: str) -> None:
    """This function will press a button of the page's content or follow a link of this name, whatever it looks like.

    It fails where the page that answers lacks the frame by which one goes elsewhere.
    """
    main = page.locator("main")
    found = main.get_by_role("button", name=name, exact=True).or_(main.get_by_role("link", name=name, exact=True))
    with page.expect_navigation():
        found.first.click()
    expect(page.get_by_role("banner").get_by_role("button", name="Sign out")).to_be_visible()


def open_worry(page: Page, name: str) -> None:
    """This function will leaf through the worries of the home page, and open the subject of this name."""
    page.goto("/")
    worry = page.locator("main article").get_by_role("link", name=name, exact=True)
    while not worry.count():
        with page.expect_navigation():
            page.get_by_role("link", name="Next page").click()
    with page.expect_navigation():
        worry.click()


def raise_concern(page: Page) -> str:
    """This function will raise a concern from the page of a subject, and give the concern's address."""
    go_on(page, "Concerns")
    go_on(page, "Raise a concern")
    page.get_by_label("What is wrong?").fill(WRONG)
    page.get_by_label("Significant", exact=True).check()
    page.get_by_label("Why can it not be solved closer to the point of care?").fill("Beds depend on social care too.")
    go_on(page, "Raise the concern")
    return page.url


def record_assessment(page: Page) -> None:
    """This function will record, from a concern that lacks it, the process by which the risk was assessed."""
    go_on(page, "make or record it")
    go_on(page, "Record another process")
    page.get_by_label("What is the process called?").fill("Review of the corridor")
    give_day(page, "When was it held?", date.today())
    page.get_by_label("What makes it as robust as a structured risk profile?").fill("All partners took part.")
    go_on(page, "Record it")


def link_evidence(page: Page, concern: str) -> None:
    """This function will link the worst figure and the newest assessment to a concern."""
    page.goto(concern)
    go_on(page, "Link evidence")
    page.get_by_role("group", name=HARD).get_by_role("checkbox").first.check()
    page.get_by_role("group", name=ASSESSED).get_by_label("Review of the corridor").check()
    go_on(page, "Link what is ticked")


def fill_in_rise(page: Page) -> None:
    """This function will give whatever a step up to Enhanced has to carry."""
    page.get_by_label("Significant concerns about safety.").check()
    page.get_by_label("On which assessment of risk does it rest?").select_option(index=1)
    page.get_by_label("Why should it move?").fill(REASON)
    page.get_by_label("Which actions are agreed?").fill("A second bay\nA weekly call with social care")
    page.get_by_label("Which plan is there, or when will it be there?").fill("Within six weeks.")
    give_view_of_group(page)
    give_day(page, "When is it reviewed next?", date.today() + timedelta(days=60))


def give_view_of_group(page: Page) -> None:
    """This function will give what the group thinks of a move, and that its interests were asked for."""
    page.get_by_label("What is the group’s view?").fill("In favour, with nobody against.")
    give_day(page, "At which meeting did the group give its view?", date.today())
    page.get_by_label("Which conflicts of interest were considered, and what was found?").fill("Asked; none.")


def answer_for_region(page: Page, name: str) -> None:
    """This function will find what waits for the region, and agree to it."""
    page.goto("/levels/waiting/")
    go_on(page, name)
    go_on(page, "Record the region’s answer")
    page.get_by_label("Yes, it agrees and supports it").check()
    page.get_by_label("What does the region say to it?").fill("We lend an adviser for two days a week.")
    go_on(page, "Record the answer")


def decide(page: Page, level: str) -> None:
    """This function will set the level that the deciding page offers."""
    page.get_by_label("Why do you decide so?").fill("Independent sources agree, and the plan fits.")
    go_on(page, f"Set the level: {level}")


def fill_in_fall(page: Page) -> None:
    """This function will give whatever a step down has to carry."""
    page.get_by_label("Which concern is it about?").select_option(index=1)
    page.get_by_label("Why should it move?").fill("The plan was kept to, and it shows.")
    page.get_by_label("What shows that the milestones are reached and will last?").fill(LASTED)
    give_view_of_group(page)


def duties_about(page: Page, subject: str) -> Counter[str]:
    """This function will count what levels asked for about a subject, open and settled, by its name."""
    page.goto(f"/duties/?show=all&subject={subject}")
    return Counter(words.split(":")[0].strip() for words in page.locator("main tbody th a").all_text_contents())


def open_duty(page: Page, subject: str, name: str) -> str:
    """This function will open the newest duty of a name about a subject, and give its address."""
    page.goto(f"/duties/?show=all&subject={subject}")
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile(rf"^{re.escape(name)}\s*:")).first.click()
    return page.url


def step(page: Page, how: str) -> None:
    """This function will write down what became of the duty that is shown."""
    page.get_by_label(how, exact=True).check()
    go_on(page, "Record")


def tell(page: Page) -> None:
    """This function will write down how the provider was told, with the copy that it may keep."""
    go_on(page, "Write down how they were told")
    page.get_by_label("Who is told?").fill("The chief nurse of the trust")
    page.get_by_label("How?", exact=True).fill("At a visit")
    page.get_by_label("What are they told?").fill(ASKS)
    go_on(page, "Record, and give them their copy")


def messages_about(page: Page, *addresses: str) -> dict[str, str]:
    """This function will give a reader's messages that lead to these addresses; of each there is one, or it fails."""
    page.goto("/messages/")
    found = page.locator("main .s-lines a").evaluate_all(
        "lines => lines.map((one) => [one.href, one.textContent.trim()])"
    )
    mine = [(address, words) for address, words in found if address in addresses]
    assert len(dict(mine)) == len(mine), f"Told twice: {mine}"
    return dict(mine)


def open_message(page: Page, address: str) -> None:
    """This function will follow the message that leads to an address."""
    page.goto("/messages/")
    with page.expect_navigation():
        page.locator(f"main .s-lines a[href='{urlsplit(address).path}']").click()


def in_the_log(page: Page, name: str) -> tuple[list[str], str]:
    """This function will find a subject in the surveillance log: its level on three earlier days, and that of today."""
    page.goto("/levels/")
    page.get_by_label("Name or code").fill(name)
    page.get_by_text("More filters and earlier days").click()
    for number, back in enumerate(EARLIER, start=1):
        page.get_by_label(f"Earlier day {number}").fill((date.today() - timedelta(days=back)).isoformat())
    go_on(page, "Show")
    expect(page.get_by_role("columnheader", name="Previous levels")).to_be_visible()
    row = page.locator("main tbody tr", has=page.get_by_role("link", name=name, exact=True))
    expect(row).to_have_count(1)
    before = row.locator("td > .nhsuk-u-visually-hidden").all_text_contents()
    return before, row.locator("td > .nhsuk-tag").inner_text()


def run_clocks(data: Path) -> None:
    """This function will run the clocks of the served house, as its server does each night."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SIGHTLINE_", "PYTEST_"))}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        kept.pop(name, None)
    command = [sys.executable, "-m", "sightline", "clocks", "run"]
    environment = {**kept, "SIGHTLINE_DATA_DIR": str(data)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
