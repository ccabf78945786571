"""What the reader is offered in the menu: the pages that exist, and that the gate would let this reader enter."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, get_urlconf, resolve
from django.utils import timezone

from sightline.core.access import may

# In the order of the work. An address that no view answers is left out, so that a stage appears when it is built.
PAGES = (
    ("Home", "/"),
    ("Subjects", "/subjects/"),
    ("Intelligence", "/intelligence/"),
    ("Proposals", "/proposals/"),
    ("Levels", "/levels/"),
    ("Risks", "/registers/"),
    ("Meetings", "/meetings/"),
    ("Indicators", "/indicators/"),
    ("Rules", "/rules/"),
    ("People", "/people/"),
    ("Record", "/record/"),
    ("Record-keeping", "/retention/"),
    ("Import", "/import/"),
)
# What lies beneath an entry of the menu: the pages of one part of the work, shown in a row on each of them.
BENEATH = {
    "/": (
        ("Home", "/"),
        ("Messages", "/messages/"),
    ),
    "/intelligence/": (
        ("Heard", "/intelligence/"),
        ("Given by you", "/intelligence/mine/"),
        ("To review", "/intelligence/review/"),
        ("Names to place", "/intelligence/names/"),
        ("Referrals", "/intelligence/referrals/"),
        ("To release", "/intelligence/releases/"),
        ("Annexes", "/intelligence/annexes/"),
        ("Themes", "/intelligence/themes/"),
        ("Bring in a table", "/intelligence/import/"),
    ),
    "/proposals/": (
        ("Proposals", "/proposals/"),
        ("Blind spots", "/blind-spots/"),
        ("Requests", "/requests/"),
        ("Ratings to review", "/ratings/"),
        ("Profiles to review", "/profiles/reviews/"),
    ),
    "/levels/": (
        ("Log", "/levels/"),
        ("Waiting", "/levels/waiting/"),
        ("Concerns", "/concerns/"),
        ("Plans", "/plans/"),
        ("Rapid reviews", "/rapid-reviews/"),
        ("Improvement groups", "/improvement-groups/"),
        ("Duties", "/duties/"),
        ("Exchanges", "/exchanges/"),
        ("Across systems", "/exchanges/across/"),
        ("Offices", "/offices/"),
    ),
    "/meetings/": (
        ("Meetings", "/meetings/"),
        ("Groups", "/groups/"),
        ("Reports", "/reports/"),
        ("Key points", "/key-points/"),
        ("Actions", "/actions/"),
        ("What they changed", "/actions/changed/"),
    ),
    "/registers/": (
        ("Registers", "/registers/"),
        ("Open a risk", "/risks/open/"),
        ("Looking back", "/look-back/"),
    ),
    "/record/": (
        ("Record", "/record/"),
        ("Annexes opened", "/intelligence/annexes/openings/"),
    ),
    "/retention/": (
        ("Retention", "/retention/"),
        ("Holds", "/retention/holds/"),
        ("Disposals", "/retention/disposals/"),
        ("Requests for information", "/information-requests/"),
    ),
    "/rules/": (
        ("Rules", "/rules/"),
        ("Agreements", "/agreements/"),
        ("Interests", "/interests/"),
    ),
}
SHARE = "/intelligence/share/"
SEARCH = "/search/"
ACCOUNT = "/account/"
SIGN_OUT = "/sign-out/"
SIGN_IN = "/sign-in/"
FOOTER = (
    ("About Sightline", "/about/"),
    ("Accessibility", "/accessibility/"),
    ("Glossary", "/glossary/"),
    ("Public key points", "/public/"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu; ``here`` when the page now open lies beneath it."""

    text: str
    href: str
    here: bool = False

    @property
    def item(self) -> dict[str, Any]:
        """The entry as the NHS macros take it."""
        return {"text": self.text, "href": self.href, "active": self.here}


@dataclass(frozen=True, slots=True)
class Menu:
    """Everything that the frame of a page offers."""

    pages: tuple[Entry, ...] = ()
    beneath: tuple[Entry, ...] = ()
    footer: tuple[Entry, ...] = ()
    search: str = ""
    share: str = ""
    name: str = ""
    account: str = ""
    sign_out: str = ""
    sign_in: str = ""


def menu(request: HttpRequest | None) -> Menu:
    """This function will gather what the frame of a page offers this reader."""
    if not request:
        return Menu()
    person: Any = getattr(request, "user", None)
    known = person is not None and person.is_authenticated
    return Menu(
        pages=navigation(request),
        beneath=beneath(request),
        footer=_entries(request, FOOTER),
        search=_open(request, SEARCH),
        share=_open(request, SHARE),
        name=str(person) if known else "",
        account=_open(request, ACCOUNT) if known else "",
        sign_out=_open(request, SIGN_OUT) if known else "",
        sign_in="" if known else _open(request, SIGN_IN),
    )


def navigation(request: HttpRequest) -> tuple[Entry, ...]:
    """This function will list the stages that the reader may enter."""
    return _entries(request, PAGES)


def beneath(request: HttpRequest) -> tuple[Entry, ...]:
    """This function will list the pages of the part that the page now open belongs to, if it is one of them."""
    for pages in BENEATH.values():
        if request.path in {href for _, href in pages}:
            found = [Entry(text, href, request.path == href) for text, href in pages if may_enter(request, href)]
            return tuple(found) if len(found) > 1 else ()
    return ()


def may_enter(request: HttpRequest, path: str) -> bool:
    """This function will say whether the gate would open: it reads the same marks on the view as the gate does."""
    view = _view_at(path, get_urlconf() or settings.ROOT_URLCONF)
    if getattr(view, "gate_open", None):
        return True
    person: Any = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return False
    if getattr(view, "gate_signed_in", False):
        return True
    permission = getattr(view, "gate_permission", None)
    return permission is not None and bool(may(person, permission, timezone.localdate()))


@lru_cache(maxsize=256)  # addresses do not change while a process runs, and every page asks of the same few
def _view_at(path: str, urlconf: str) -> Any:
    try:
        return resolve(path, urlconf).func
    except Resolver404:
        return None


def _entries(request: HttpRequest, pages: tuple[tuple[str, str], ...]) -> tuple[Entry, ...]:
    return tuple(Entry(text, href, _is_here(request.path, href)) for text, href in pages if may_enter(request, href))


def _open(request: HttpRequest, path: str) -> str:
    return path if may_enter(request, path) else ""


def _is_here(path: str, href: str) -> bool:
    if href == "/":
        return path == href
    return any(path.startswith(one) for one in (href, *(lower for _, lower in BENEATH.get(href, ()))))
