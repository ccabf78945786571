"""Looks at one page as many readers do: axe in light and dark, wide and at 400 % zoom, and nothing sticks out."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page, ViewportSize

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# What depends on colours; everything else is the same in the dark and need not be asked twice.
COLOURS = ("color-contrast", "link-in-text-block")
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 640}  # 1280 at 400 %
# A new colour scheme or width holds once it is drawn; asked in between, some parts would answer in the old one.
DRAWN = "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
STICKING_OUT = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  const reach = (part) => { const words = document.createRange(); words.selectNodeContents(part);
    return Math.max(part.getBoundingClientRect().right, words.getBoundingClientRect().right); };
  const out = [...document.querySelectorAll('body *')].filter((part) =>
    reach(part) > edge + 1 && !part.closest('.s-scroll') && ![...part.children].some((child) => reach(child) > edge + 1));
  return [`${document.documentElement.scrollWidth} px wide`].concat(
    out.slice(0, 5).map((part) => part.outerHTML.slice(0, 120)));
}"""


class Looker:
    """Runs axe's program on pages and tells in words what it found."""

    def __init__(self, axe: str) -> None:
        self.axe = axe

    def look(self, page: Page, name: str) -> None:
        """This function will fail unless the page is the one named and every reader can use it.

        ``name`` is the name of the page's URL, with @word for one of its states; ``@word`` alone for a page that
        has no URL of its own, as "not found" has none.
        """
        _is_named(page, name.partition("@")[0])
        page.evaluate(self.axe)
        held = page.viewport_size or WIDE
        problems: list[str] = []
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                page.evaluate(DRAWN)
                where = f"{scheme}, {size['width']} px"
                problems += [f"{where}: {words}" for words in self._violations(page, scheme == "dark")]
            problems += [f"{size['width']} px: sticks out: {words}" for words in page.evaluate(STICKING_OUT)]
        page.set_viewport_size(held)
        page.emulate_media(color_scheme="light")
        assert not problems, f"{name}, {page.url}:\n" + "\n".join(problems)

    def _violations(self, page: Page, colours_alone: bool) -> list[str]:
        only: dict[str, Any] = {"type": "rule", "values": COLOURS} if colours_alone else {"type": "tag", "values": TAGS}
        options = json.dumps({"runOnly": only, "resultTypes": ["violations"], "preload": False})
        found = page.evaluate(f"axe.run(document, {options}).then((results) => results.violations)")
        return [
            f"{one['id']}: {node['failureSummary']} {node['html'][:200]}" for one in found for node in one["nodes"][:3]
        ]


def _is_named(page: Page, name: str) -> None:
    path = urlsplit(page.url).path
    try:
        found = resolve(path).view_name
    except Resolver404:
        found = ""
    assert not name or found == name, f"This is {found or path}, not {name}."
