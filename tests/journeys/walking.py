"""Walks the served house by its own links, so that a page of any record can be found without knowing its address."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable
from html import unescape
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

EACH_KIND = 12  # pages of one kind that are read in search of others
ALTOGETHER = 500
_LINK = re.compile(r'<a [^>]*href="(/[^"#]*)')


def found_from(page: Page, starts: Iterable[str], wanted: Iterable[str]) -> dict[str, str]:
    """This function will follow links from the starts, as the reader of the page, until every wanted kind is found.

    ``wanted`` are names of URLs. Gives an address of each that was found.
    """
    kinds_wanted = set(wanted)
    missing, found = set(kinds_wanted), dict[str, str]()
    # What is looked for is followed first, in the order in which it was met: the house has thousands of pages beside it.
    first, after = deque(starts), deque[str]()
    kinds, seen = Counter[str](), set[str]()
    while (first or after) and missing and len(seen) < ALTOGETHER:
        here = (first or after).popleft()
        kind = name_of(here)
        if here in seen or not kind or kinds[kind] >= EACH_KIND:
            continue
        seen.add(here)
        kinds[kind] += 1
        answer = page.request.get(here)
        if answer.status != 200 or "html" not in answer.headers.get("content-type", ""):
            continue
        if kind in missing:
            found[kind] = here
            missing.discard(kind)
        for link in (unescape(link) for link in _LINK.findall(answer.text())):
            (first if name_of(link) in kinds_wanted else after).append(link)
    return found


def name_of(address: str) -> str:
    """This function will give the name of an address, or nothing where none of the house answers it."""
    try:
        return resolve(urlsplit(address).path).view_name or ""
    except Resolver404:
        return ""
