"""From the question "where are we most worried?" down to one figure's data card, and what a provider sees of it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from sightline.demonstration import PEOPLE, Part
from tests.journeys.house import EMAIL, LEAD, LEAVER, PROVIDER, House, heading, sign_in
from tests.journeys.looking import Looker

WORDS = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
COUNTS = {word: number for number, word in enumerate(WORDS, 1)}
NEIGHBOUR = next(person.system for person in PEOPLE if person.part is Part.OTHER_SYSTEM)


def test_given_a_quality_lead_when_she_signs_in_then_subjects_stand_in_the_order_of_agreeing_sources(
    house: House,
) -> None:
    page = house.visit()
    page.goto("/")
    expect(page).to_have_url(re.compile(r"/sign-in/\?next=(/|%2F)$"))  # a page that is asked for waits behind the door
    sign_in(page, EMAIL[LEAD])
    heading(page, "Where are we most worried?")
    first_words = [words.split()[0] for words in page.locator(".s-subject__why").all_inner_texts()]
    counts = [COUNTS[word] for word in first_words]
    assert len(counts) > 5
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]


def test_given_home_when_an_area_is_chosen_then_it_stays_in_the_address_and_can_be_sent_on(house: House) -> None:
    page = house.visit(LEAD)
    page.goto("/")
    before = names_on(page)
    page.get_by_label("Area").select_option(NEIGHBOUR)
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page).to_have_url(re.compile(rf"[?&]area={NEIGHBOUR}(&|$)"))
    filtered = names_on(page)
    assert set(filtered) - set(before)
    assert set(before) - set(filtered)
    another = house.visit(LEAD)
    another.goto(page.url)
    assert names_on(another) == filtered
    page.get_by_role("navigation", name="What to show").get_by_role("link", name="Missing or late").click()
    expect(page).to_have_url(re.compile(rf"[?&]area={NEIGHBOUR}(&|$)"))


def names_on(page: Page) -> list[str]:
    """This function will list the subjects on the home page."""
    return page.locator(".s-subject__name a").all_inner_texts()


def test_given_a_worrying_subject_when_it_is_opened_then_a_series_shows_chart_table_and_data_card(
    house: House,
) -> None:
    page = house.visit(LEAD)
    page.goto("/")
    name = names_on(page)[0]
    page.get_by_role("link", name=name, exact=True).first.click()
    heading(page, name)
    expect(page.locator("#picture + p")).to_contain_text(re.compile("sources? ha"))
    one = page.locator(".s-multiple").first
    indicator = one.get_by_role("link").inner_text()
    assert one.locator(".s-multiple__says").inner_text()
    one.get_by_role("link").click()
    heading(page, name)
    assert indicator in page.title()
    expect(page.get_by_role("img", name=name).or_(page.locator("main svg[role=img]")).first).to_be_visible()
    rows = page.get_by_role("region", name="Figures").locator("tbody tr")
    assert rows.count() > 11
    card = page.locator("dl.s-facts").last
    for field in ("Purpose", "Source", "Period covered", "Intended audience", "What good looks like"):
        expect(card.get_by_text(field, exact=True)).to_be_visible()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download as CSV").click()
    lines = downloading.value.path().read_text().splitlines()
    assert len(lines) == rows.count() + 1
    assert lines[0].startswith("period,value")


def test_given_a_provider_when_its_chief_nurse_looks_then_she_sees_her_own_organisation_alone(
    house: House, looker: Looker
) -> None:
    person = next(one for one in PEOPLE if one.part is PROVIDER)
    page = house.visit(PROVIDER)
    page.goto("/subjects/")
    codes = page.locator("main tbody tr td:last-child").all_inner_texts()
    assert codes == [person.organisation]
    own = page.locator("main tbody th a").inner_text()
    page.goto("/?area=")
    assert set(names_on(page)) == {own}
    lead = house.visit(LEAD)
    lead.goto("/subjects/?area=&kind=organisation")
    link = lead.locator("main tbody tr", has_not_text=person.organisation).locator("th a").first
    other, address = link.inner_text(), link.get_attribute("href") or ""
    page.goto(f"/search/?q={other}")
    expect(page.get_by_text("No subject is called that.")).to_be_visible()
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 404
    heading(page, "Page not found")
    looker.look(page, "subject@anothers")


def test_given_somebody_who_left_when_they_sign_in_then_nothing_opens(house: House, looker: Looker) -> None:
    page = house.visit()
    sign_in(page, EMAIL[LEAVER])
    heading(page, "Your account")
    expect(page.get_by_role("row", name="Quality lead")).to_contain_text("ended on")
    looker.look(page, "account_home@left")
    assert page.get_by_role("navigation", name="Menu").count() == 0
    for address in ("/", "/subjects/", "/indicators/", "/import/", "/people/", "/search/?q=a"):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 403
