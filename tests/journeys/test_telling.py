"""Somebody tells what they heard, on a phone; and a risk profile is begun and gone through."""

from __future__ import annotations

from playwright.sync_api import expect

from sightline.demonstration import Part
from tests.journeys.house import LEAD, House
from tests.journeys.looking import NARROW, Looker

HOME_OF_THE_TALE = "Candlemere Hospice"
SAVE = "main form[method=post] button[type=submit]"


def test_given_a_healthwatch_officer_on_a_phone_when_she_tells_what_she_heard_then_it_is_hers_to_follow(
    house: House, looker: Looker
) -> None:
    page = house.visit(Part.HEALTHWATCH)
    page.set_viewport_size(NARROW)
    page.goto("/intelligence/share/")
    page.get_by_label("Whom or what is it about?").fill(HOME_OF_THE_TALE)
    page.get_by_label("What have you heard, seen or noticed?").fill(
        "People say that nobody answers the bell at night. Ring my sister on 07700 900123."
    )
    page.locator("input[name=bearing]").first.check()
    page.get_by_role("button", name="Share it", exact=True).click()
    expect(page.get_by_text("telephone number").first).to_be_visible()
    looker.look(page, "share_check")
    page.set_viewport_size(NARROW)
    page.get_by_label("Take it out for me").check()
    for question in page.locator("main fieldset").all():
        answer = question.get_by_label("No", exact=True)
        if answer.count():
            answer.first.check()
    page.get_by_role("button", name="Share it", exact=True).click()
    page.wait_for_url("**/sent/")
    looker.look(page, "sent")
    page.goto("/intelligence/mine/")
    expect(page.locator("main")).to_contain_text("nobody answers the bell at night")
    expect(page.locator("main")).not_to_contain_text("07700")


def test_given_a_subject_when_a_profile_is_begun_then_each_of_its_pages_can_be_used(
    house: House, looker: Looker
) -> None:
    page = house.visit(LEAD)
    page.goto("/subjects/?name=Candlemere&area=")
    page.locator("main tbody th a").first.click()
    page.get_by_role("link", name="Risk profile and aids").click()
    page.get_by_role("link", name="Start a structured risk profile").or_(
        page.get_by_role("button", name="Start a structured risk profile")
    ).first.click()
    page.locator("main form[method=post] textarea").first.fill("Three voices agree, and its figures are silent.")
    page.locator(SAVE).first.click()
    page.wait_for_url("**/profiles/*/")
    address = page.url
    looker.look(page, "profile")
    page.goto(f"{address}print/")
    looker.look(page, "profile_print")
    page.goto(f"{address}share/")
    looker.look(page, "profile_share")
    page.goto(f"{address}sign/")
    looker.look(page, "profile_sign")
    page.goto(f"{address}review/")
    looker.look(page, "profile_review")
    page.goto(address)
    page.get_by_role("link", name="Write your side").first.click()
    domain = page.url
    looker.look(page, "profile_domain")
    page.goto(f"{domain}history/")
    looker.look(page, "profile_domain_history")
