"""The house by keyboard alone: every stop can be seen, in an order that makes sense."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from sightline.cli.demo import PASSWORD
from sightline.demonstration import Part
from tests.journeys.house import EMAIL, LEAD, House, heading

# How the element that has the focus looks, and how it looks without: a difference is what an eye can see.
FOCUSED = """() => {
  const part = document.activeElement;
  const look = () => { const s = getComputedStyle(part), b = part.getBoundingClientRect();
    return {outline: s.outlineStyle === 'none' ? '' : `${s.outlineWidth} ${s.outlineColor}`, shadow: s.boxShadow,
            ground: s.backgroundColor, seen: b.width > 1 && b.height > 1}; };
  const on = look();
  // A box for a date has several stops; leaving and entering it again would lead back to its first.
  if (window.lastStop !== part) {
    part.blur(); const off = look(); part.focus({preventScroll: true, focusVisible: true});
    window.lastShows = ['outline', 'shadow', 'ground'].some((what) => on[what] !== off[what]);
    window.lastStop = part;
  }
  const shows = window.lastShows;
  const name = part.getAttribute('aria-label') || part.labels?.[0]?.textContent || part.textContent || part.value;
  return {tag: part.tagName, name: name.trim(), id: part.id, shows, seen: on.seen, inside: !!part.closest('main')};
}"""


@dataclass(frozen=True)
class Focus:
    """The element that has the focus: what it is, whether it is seen, and whether the focus shows on it."""

    tag: str
    name: str
    id: str
    shows: bool
    seen: bool
    inside: bool


def tab(page: Page) -> Focus:
    """This function will press the tabulator and say where it led."""
    page.keyboard.press("Tab")
    return Focus(**page.evaluate(FOCUSED))


def test_given_a_keyboard_when_the_skip_link_is_used_then_the_next_stop_is_in_the_content(house: House) -> None:
    page = house.visit(LEAD)
    page.goto("/")
    first = tab(page)
    assert first.name == "Skip to main content"
    assert first.shows
    assert first.seen
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#maincontent$"))
    assert tab(page).inside


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_given_a_keyboard_when_tabbing_through_home_then_filters_come_before_the_first_result_and_focus_shows(
    house: House, scheme: str
) -> None:
    page = house.visit(LEAD, color_scheme=scheme)
    page.goto("/?area=")
    result = page.locator(".s-subject__name a").first.inner_text()
    stops = [tab(page)]
    while stops[-1].name != result and len(stops) < 60:
        stops.append(tab(page))
    names = [stop.name for stop in stops]
    assert names[-1] == result
    wanted = ["Skip to main content", "Sightline", "Area", "Show", result]
    found = [
        next((at for at, name in enumerate(names) if re.match(rf"{re.escape(word)}\b", name)), -1) for word in wanted
    ]
    assert found == sorted(found), names
    assert -1 not in found, names
    assert not [stop for stop in stops if not (stop.shows and stop.seen)]
    page.keyboard.press("Enter")
    heading(page, result)


def test_given_a_keyboard_when_somebody_signs_in_with_it_then_home_opens(house: House) -> None:
    page = house.visit()
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").focus()
    page.keyboard.type(EMAIL[Part.CHAIR])
    tab(page)
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    heading(page, "Where are we most worried?")
