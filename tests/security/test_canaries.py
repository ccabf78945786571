"""The canary sweep: how everything is crawled as a persona, and that a token is found wherever it may hide.

The crawl itself is in ``test_sweep.py``, after the walk along the access table.
"""

from __future__ import annotations

import base64
import gzip
import io
import re
import time
import zipfile
import zlib
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db.models import Model
from django.http import HttpResponse
from django.urls import Resolver404, include, path, resolve, reverse

from sightline.accounts.models import Person
from sightline.intelligence.models import Annex, Attachment, Item, Passage, Release
from sightline.triangulation.models import Request
from sightline.web.gate import open_to_all
from tests.security.access_table import FILE, read_table
from tests.security.addresses import path_of, path_of_nothing
from tests.security.canaries import MAY_SEE, RULES, Canary, confidential, found_in, plant
from tests.security.examples import EXAMPLES
from tests.security.personas import SIGNED_OUT, Cast
from tests.security.test_access import ask

TABLE = read_table(FILE.read_text(encoding="utf-8"))
PAGES_OF_A_KIND = 4  # links that lead to the same view with other arguments or filters
_LINK = re.compile(r'href="(/[^"#]*)')


# What the crawl must come upon, or it would find no leak there either: fields and pages, by persona.
WORDS = "intelligence.Passage.text"
REACHED = {
    "member": {
        *((WORDS, page) for page in ("item", "items", "items_csv", "my_intelligence")),
        ("intelligence.Attachment.name", "attachment"),
        ("intelligence.Investigation.led_by", "item"),
        ("triangulation.Request.question", "requests_csv"),
        ("triangulation.ProposalDecision.because", "picture"),
        ("profiles.CommissionerEntry.view", "profile_csv"),
        ("profiles.HeatMapReading.because", "heat_map"),
    },
    "secretariat": {
        (WORDS, "review"),
        (WORDS, "passage_replace"),
        ("intelligence.Feedback.text", "item"),
        ("intelligence.Referral.detail", "item"),
        ("intelligence.Panel.agreed", "item"),
        ("intelligence.Annex.because", "item"),
        ("intelligence.Unplaced.words", "names_to_place"),
        ("intelligence.TextFault.mend", "intelligence_import_faults"),
        ("intelligence.Release.text", "release"),
        ("groups.DeclaredInterest.detail", "interests_csv"),
    },
    "subject_provider": {
        (WORDS, "my_intelligence"),
        ("intelligence.Release.text", "released_one"),
        ("intelligence.ReleaseAnswer.text", "released_one"),
        ("profiles.SharedEntry.view", "profile"),
    },
    "conflicted_member": {(WORDS, "items"), ("groups.DeclaredInterest.detail", "interests")},
}  # fmt: skip


def _sign_in(cast: Cast, who: str) -> list[Canary]:
    canaries = plant_and_sign_in(cast, who)
    freshen(cast, who)
    return canaries


def plant_and_sign_in(cast: Cast, who: str) -> list[Canary]:
    """This function will plant also in what sign-in itself makes; as passwords are planted too, one signs in again."""
    cast.sign_in(who)
    canaries = plant(cast)
    if _is_in(cast, who):
        cast.clients[who].force_login(cast.people[who])
    return canaries


def freshen(cast: Cast, who: str) -> None:
    """This function will make a sign-in so fresh that nothing asks for the password again."""
    if _is_in(cast, who):
        session = cast.clients[who].session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
        session["account_authentication_methods_user"] = str(cast.people[who].pk)
        session.save()


def _is_in(cast: Cast, who: str) -> bool:
    return who in cast.people and who != "leaver"


# Records of which every one is tried, by the name of their page: more than a crawl of links would come upon.
EVERY: Mapping[str, type[Model]] = {
    "item": Item, "attachment": Attachment, "passage_replace": Passage, "release": Release, "released_one": Release,
    "annex": Annex, "request_end": Request,
}  # fmt: skip


def _starts(cast: Cast, who: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every address with an example, with a record that is not there, with every record; and one that nothing answers.

    A door that is shut to the persona says the same to every method, which the sweep of the access table holds: here it
    is tried once.
    """
    yield "/no-such-page/", ("GET",)
    tried = set()
    for row, people in TABLE.items():
        name = row.partition("@")[0]
        if name in tried:
            continue
        tried.add(name)
        is_shut = people.get(who, {}).get("GET") in {"403", "sign-in"}
        yield path_of(row, cast, who), ("GET",) if is_shut else ("GET", "POST")
        if row in EXAMPLES and not is_shut:
            yield path_of_nothing(row, cast, who), ("GET",)
        if name in EVERY and not is_shut:
            for key in EVERY[name]._default_manager.values_list("pk", flat=True):
                yield reverse(name, args=[key]), ("GET",)


def _name(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return "(none)"


Seen = set[tuple[str, str]]


@dataclass
class Reading:
    """What one persona was answered: which tokens were where they do not belong, and what else came of it."""

    who: str
    canaries: list[Canary]
    leaks: list[str] = field(default_factory=list)
    shown: Seen = field(default_factory=set)  # what was where it does belong: each field with the page
    asked: set[tuple[str, str]] = field(default_factory=set)  # methods and paths that need not be asked again
    links: list[str] = field(default_factory=list)

    def take(self, method: str, path: str, answer: HttpResponse) -> None:
        """This function will look for tokens in an answer, and for the ways on from it."""
        page = _name(path)
        for canary in found_in(answer, self.canaries):
            if canary.may_be_seen(self.who, page):
                self.shown.add((canary.field, page))
            else:
                self.leaks.append(f"{method} {path} as {self.who}: {canary.field} of {canary.owner}")
        if "html" in answer.headers.get("Content-Type", ""):
            self.links += [unescape(link) for link in _LINK.findall(answer.content.decode())]
        if answer.status_code != 302 or self.who in SIGNED_OUT:  # a page that leads to the password may yet open
            self.asked.add((method, path))


def crawl(cast: Cast, reading: Reading) -> None:
    """This function will read every page that a persona can reach, but for what was read already."""
    who = reading.who
    starts = dict(_starts(cast, who))
    seen, kinds = set[str](), Counter[str]()
    waiting, reading.links = deque([*starts, *reading.links]), []
    while waiting:
        here = waiting.popleft()
        if here in seen or here.startswith("/static/"):
            continue
        seen.add(here)
        page = _name(here)
        if here not in starts and kinds[page] >= PAGES_OF_A_KIND:
            continue
        kinds[page] += 1
        for method in starts.get(here, ("GET",)):
            if (method, here) not in reading.asked:
                reading.take(method, here, ask(cast.clients[who], method, here))
        waiting += reading.links
        reading.links = []


@pytest.mark.django_db
def test_every_confidential_field_has_a_token(cast: Cast) -> None:
    cast.sign_in("member")
    planted = {canary.field for canary in plant(cast)}
    wanted = {f"{model._meta.label}.{field}" for model, fields in confidential().items() for field in fields}
    assert planted == wanted, "Make a record of each in tests/security/world."
    assert set(MAY_SEE) | set(RULES) <= wanted, "MAY_SEE or a rule names a field that is not confidential."


# --- the sweep can fail


class LeakyHouse:
    """A house with one door too many."""

    urlpatterns = [
        path("", include(settings.ROOT_URLCONF)),
        path("leak/", open_to_all("a test wants a leak")(lambda request: HttpResponse(_an_address())), name="leak"),
    ]


def _an_address() -> str:
    return Person.objects.order_by("pk")[0].email


def _leaks(cast: Cast, who: str) -> list[str]:
    reading = Reading(who, _sign_in(cast, who))
    crawl(cast, reading)
    return reading.leaks


@pytest.mark.django_db
def test_sweep_catches_a_page_that_leaks(cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ROOT_URLCONF = LeakyHouse
    monkeypatch.setattr("tests.security.test_canaries.TABLE", {"leak": {}, "about": TABLE["about"]})
    leaks = _leaks(cast, "member")
    assert leaks
    assert all(leak.startswith(("GET /leak/", "POST /leak/")) and "accounts.Person.email" in leak for leak in leaks)


@pytest.mark.django_db
def test_sweep_catches_what_only_another_may_see(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.security.canaries.MAY_SEE", {})
    monkeypatch.setattr("tests.security.test_canaries.TABLE", {"people": TABLE["people"]})
    leaks = _leaks(cast, "administrator")
    assert any("GET /people/ as administrator: accounts.Person.email of member" in leak for leak in leaks)


TOKEN = "canary00002abird"


def _zip(name: str, inside: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, inside)
    return file.getvalue()


SECRET = TOKEN.encode()
HIDING_PLACES = {
    "a page": HttpResponse(SECRET),
    "a page in capitals": HttpResponse(SECRET.upper()),
    "an error": HttpResponse(SECRET, status=404),
    "a header": HttpResponse(headers={"Content-Disposition": f'attachment; filename="{TOKEN}.csv"'}),
    "an address": HttpResponse(status=302, headers={"Location": f"/?q={TOKEN}"}),
    "JSON": HttpResponse(b'{"a": "' + SECRET + b'"}', content_type="application/json"),
    "a workbook": HttpResponse(_zip("xl/sharedStrings.xml", SECRET)),
    "the name of a packed file": HttpResponse(_zip(f"{TOKEN}.txt", b"")),
    "a document in a pack": HttpResponse(_zip("minutes.docx", _zip("docProps/core.xml", SECRET))),
    "a compressed file": HttpResponse(gzip.compress(SECRET)),
    "a PDF": HttpResponse(b"%PDF-1.7\n1 0 obj\nstream\n" + zlib.compress(SECRET) + b"\nendstream\n"),
    "a picture in the page": HttpResponse(b'<img src="data:image/svg+xml;base64,' + base64.b64encode(SECRET) + b'">'),
    "UTF-16": HttpResponse(TOKEN.encode("utf-16-le")),
}


@pytest.mark.parametrize("place", HIDING_PLACES)
def test_token_is_found_in(place: str) -> None:
    canary = Canary(TOKEN, "accounts.Person.email", "member")
    assert found_in(HIDING_PLACES[place], [canary]) == [canary]
    assert not found_in(HttpResponse(b"nothing here"), [canary])


def test_only_the_persons_and_pages_that_are_named_may_see() -> None:
    canary = Canary(TOKEN, "accounts.Person.email", "member")
    assert canary.may_be_seen("member", "account_home")
    assert canary.may_be_seen("administrator", "person_invite")
    assert not canary.may_be_seen("member", "people")
    assert not canary.may_be_seen("deputy", "account_home")
    assert not Canary(TOKEN, "accounts.Person.password", "member").may_be_seen("member", "account_home")
