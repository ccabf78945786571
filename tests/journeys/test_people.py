"""Invited, in, out and shut out: a person's way through the door, and where else they are signed in."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.house import ADMINISTRATOR, CHOSEN, House, choose_password, heading, sign_in
from tests.journeys.looking import Looker


def test_given_an_invitation_when_the_person_first_signs_in_then_they_must_choose_a_password_of_their_own(
    house: House, looker: Looker
) -> None:
    newcomer = house.invite(look=lambda page: looker.look(page, "person_invite@invited"))
    page = house.visit()
    sign_in(page, newcomer.email, newcomer.password)
    heading(page, "Choose your password")
    looker.look(page, "account_new_password")
    page.goto("/")
    heading(page, "Choose your password")  # nothing opens before it is chosen
    page.get_by_label("New password", exact=True).fill(newcomer.password)
    page.get_by_label("New password again", exact=True).fill(newcomer.password)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose another")
    looker.look(page, "account_new_password@refused")
    choose_password(page)

    page.get_by_role("button", name="Sign out").first.click()
    expect(page).to_have_url(re.compile("/sign-in/"))
    page.goto("/")
    expect(page).to_have_url(re.compile("/sign-in/"))
    sign_in(page, newcomer.email, newcomer.password)
    expect(page.get_by_role("alert")).to_contain_text("is not right")  # the first password opens nothing any more
    looker.look(page, "account_login@refused")
    sign_in(page, newcomer.email, CHOSEN)
    heading(page, "Where are we most worried?")


def test_given_two_sessions_when_one_ends_the_others_then_only_it_goes_on(house: House, looker: Looker) -> None:
    here, newcomer = house.settle()
    there = house.visit()
    sign_in(there, newcomer.email, CHOSEN)
    heading(there, "Where are we most worried?")
    here.goto("/account/sessions/")
    rows = here.locator("main tbody tr")
    expect(rows).to_have_count(2)
    assert sorted(here.locator("main tbody td:last-child").all_inner_texts()) == ["Another", "This one"]
    looker.look(here, "usersessions_list")
    here.get_by_role("button", name="End the other sessions").click()
    there.goto("/")
    expect(there).to_have_url(re.compile("/sign-in/"))
    here.goto("/account/sessions/")
    expect(rows).to_have_count(1)


def test_given_somebody_signed_in_when_they_are_deactivated_then_their_next_page_is_sign_in(
    house: House, looker: Looker
) -> None:
    theirs, newcomer = house.settle()
    page = house.visit(ADMINISTRATOR)
    page.goto("/people/")
    page.get_by_role("link", name=newcomer.name).click()
    page.get_by_role("link", name="Deactivate").click()
    page.get_by_label("Why").fill("Left for another house.")
    page.get_by_role("button", name="Deactivate").click()
    heading(page, newcomer.name)
    theirs.goto("/")
    expect(theirs).to_have_url(re.compile("/sign-in/"))
    page.get_by_role("link", name="Let back in").click()
    looker.look(page, "person_reactivate")
