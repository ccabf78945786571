"""The instruments of the journeys notice what they are there to notice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.looking import Looker
from tests.journeys.watching import Watch

HOST = "page.example"
POLICY = {"Content-Security-Policy": "default-src 'self'; img-src data:; style-src 'self' 'unsafe-inline'"}
FRAME = """<!doctype html><html lang="en"><title>A page</title>
<meta name="viewport" content="width=device-width"><main><h1>A page</h1>{}</main>"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """This function will give a page whose every request is answered by the test."""
    with browser.new_context() as context:
        yield context.new_page()


def show(page: Page, body: str) -> None:
    """This function will show a page whose content a test chose."""
    page.route("**/*", lambda route: route.fulfill(status=404, body=""))
    page.route(
        f"http://{HOST}/",
        lambda route: route.fulfill(content_type="text/html", body=FRAME.format(body), headers=POLICY),
    )
    page.goto(f"http://{HOST}/")


WRONG = {
    "image-alt": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    "color-contrast": '<p style="color:#aaa;background:#fff">Faint words on white paper</p>',
    "dark, 1280 px: color-contrast": (
        "<style>@media (prefers-color-scheme: dark) { p { color: #333; background: #222 } }</style><p>Dark words</p>"
    ),
    "320 px: sticks out": '<p style="width:400px">Wide words</p>',
    "target-size": '<a href="/a">a</a><a href="/b">b</a><style>a{display:inline-block;font-size:8px;width:9px}</style>',
}


@pytest.mark.parametrize("words", WRONG)
def test_looker_notices(page: Page, looker: Looker, words: str) -> None:
    show(page, WRONG[words])
    with pytest.raises(AssertionError, match=words):
        looker.look(page, "")


def test_looker_is_content_with_a_plain_page(page: Page, looker: Looker) -> None:
    show(
        page,
        '<p>Plain words</p><div class="s-scroll" tabindex="0" style="overflow-x:auto"><p style="width:40em">A</p></div>',
    )
    looker.look(page, "")


UNRULY = {
    "Content policy: script-src": "<script>document.title = 'mine'</script>",
    "another host: http://elsewhere.example/": '<script src="http://elsewhere.example/a.js"></script>',
    "missing.css was answered 404": '<link rel="stylesheet" href="/missing.css">',
}


@pytest.mark.parametrize("words", UNRULY)
def test_watch_notices(page: Page, words: str) -> None:
    watch = Watch(HOST).over(page.context)
    show(page, UNRULY[words])
    page.wait_for_timeout(50)
    assert words in "\n".join(watch.found)


def test_watch_is_content_with_a_plain_page(page: Page) -> None:
    watch = Watch(HOST).over(page.context)
    show(page, '<p>Plain words</p><img alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">')
    page.wait_for_timeout(50)
    assert not watch.found
