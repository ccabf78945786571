"""The house as a person in front of a browser knows it: how to sign in, and how a newcomer gets in."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from sightline.cli.demo import PASSWORD
from sightline.demonstration import PEOPLE, Part
from tests.journeys.looking import WIDE
from tests.journeys.server import alone
from tests.journeys.watching import Watch

LEAD, SECRETARY, PROVIDER = Part.QUALITY_LEAD, Part.SECRETARY, Part.SUBJECT_PROVIDER
ADMINISTRATOR, LEAVER = Part.ADMINISTRATOR, Part.LEAVER
CHOSEN = "lantern walnut tideway"
EMAIL = {person.part: person.email for person in PEOPLE}
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Newcomer:
    """Somebody who was invited for one journey alone, so that no other journey stumbles over what they do."""

    email: str
    name: str
    password: str


@dataclass
class House:
    """The demonstration, and the browser through which it is visited."""

    address: str
    browser: Browser
    shared: Path
    visits: ExitStack
    watches: list[Watch] = field(default_factory=list)

    def visit(self, who: Part | None = None, **options: Any) -> Page:
        """This function will open a page of a browser of its own, signed in as one of the demonstration's people."""
        keys = {"storage_state": self._pass_of(who)} if who else {}
        context = self.browser.new_context(
            base_url=self.address, viewport=WIDE, locale="en-GB", reduced_motion="reduce", **keys, **options
        )
        self.visits.callback(context.close)
        context.set_default_timeout(15_000)
        self.watches.append(Watch(self.address.partition("//")[2]).over(context))
        return context.new_page()

    def _pass_of(self, who: Part) -> Path:
        """A session of each person that all workers share, because sign-in is limited to so many in a minute."""
        file = self.shared / f"{who.value}.json"
        with alone(self.shared / who.value):
            if not file.exists():
                page = self.visit()
                sign_in(page, EMAIL[who])
                page.context.storage_state(path=file)
        return file

    def invite(
        self, role: str = "Quality lead", look: Callable[[Page], None] = lambda page: None, system: str = ""
    ) -> Newcomer:
        """This function will have the administrator invite somebody, and note the first password."""
        number = f"{os.getpid()}-{next(_numbers)}"
        page = self.visit(ADMINISTRATOR)
        page.goto("/people/invite/")
        page.get_by_label("E-mail address").fill(f"newcomer-{number}@demonstration.example")
        page.get_by_label("Name", exact=True).fill(f"Newcomer {number}")
        page.get_by_label("Role", exact=True).select_option(label=role)
        page.get_by_label("System (optional)", exact=True).fill(system)
        page.get_by_role("button", name="Invite").click()
        password = page.locator("main code").inner_text()
        look(page)
        return Newcomer(f"newcomer-{number}@demonstration.example", f"Newcomer {number}", password)

    def settle(self, role: str = "Quality lead", system: str = "") -> tuple[Page, Newcomer]:
        """This function will invite somebody and have them sign in and choose their own password."""
        newcomer = self.invite(role, system=system)
        page = self.visit()
        sign_in(page, newcomer.email, newcomer.password)
        choose_password(page)
        return page, newcomer


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """This function will sign in by the page, and wait until it answers."""
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in", exact=True).click()


def choose_password(page: Page, password: str = CHOSEN) -> None:
    """This function will put a password of one's own in place of the first one."""
    expect(page.get_by_role("heading", name="Choose your password")).to_be_visible()
    page.get_by_label("New password", exact=True).fill(password)
    page.get_by_label("New password again", exact=True).fill(password)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where are we most worried?")


def heading(page: Page, words: str) -> None:
    """This function will fail unless the page's one first heading says this."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words)
