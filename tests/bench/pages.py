"""Measures every page of the large world that SIGHTLINE_DATA_DIR names: server time, queries, size.

Requests go through Django's test client: the real middleware, the real templates, and, as on the server, a database
connection that is opened anew for each request. ``python -m tests.bench.pages`` prints one JSON object.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin

os.environ["SIGHTLINE_HOSTS"] = "testserver"

from sightline.cli.main import set_up_django
from tests.bench.measuring import measured

NEEDED = re.compile(r'<link rel="stylesheet" href="([^"]+)"|<script[^>]* src="([^"]+)"')
IMPORTED = re.compile(r'\bimport\b[^"]*"([^"]+)"')


@dataclass(frozen=True, slots=True)
class Page:
    """One page to be measured: what its figures are called, and its address."""

    name: str
    address: str


def pages() -> list[Page]:
    """This function will name the pages, with addresses of what the made-up country holds."""
    from django.utils import timezone

    from sightline.directory.models import Subject
    from sightline.indicators.models import Publication, Series

    worst = Series.objects.filter(worry=2).order_by("id").first()
    assert worst is not None, "The world was not assessed."
    subject = worst.subject_id
    home = Subject.objects.get(key="ZZX04400").pk  # a care home or practice with a rating or a past
    publication = Publication.objects.order_by("pk").first()
    long_ago = timezone.localdate() - timedelta(days=30)
    named = f"/indicators/{worst.indicator}/"
    return [
        Page("home", "/"),
        Page("home_new", f"/?show=new&since={long_ago}"),
        Page("home_improving", "/?show=improving"),
        Page("home_missing", "/?show=missing"),
        Page("home_area", "/?area=ZZS0007"),
        Page("home_region", "/?area=ZZR0003"),
        Page("home_page_5", "/?page=5"),
        Page("subjects", "/subjects/"),
        Page("subjects_filtered", "/subjects/?kind=organisation&sector=care_homes&area=ZZS0007&name=home"),
        Page("subject", f"/subjects/{subject}/"),
        Page("subject_with_history", f"/subjects/{home}/"),
        Page("indicators", "/indicators/"),
        Page("indicator", named),
        Page("indicator_filtered", f"{named}?area=ZZS0007&name=practice"),
        Page("series", f"{named}{subject}/"),
        Page("search", "/search/?q=home+12"),
        Page("systems", "/systems/"),
        Page("import", "/import/"),
        Page("publications", "/publications/"),
        Page("publication", f"/publications/{publication.pk if publication else ''}/"),
    ]


def measure() -> dict[str, float]:
    """This function will measure every page, and what the first paint of home needs."""
    from django.test import Client

    client = _signed_in()
    figures: dict[str, float] = {}
    for page in pages():
        figures |= _measured(client, page)
    figures |= _measured(Client(), Page("sign_in", "/sign-in/"))
    figures["first_paint_kb"] = _first_paint(client) / 1000
    return figures


def first_page() -> dict[str, float]:
    """This function will answer one page, as a process that was just started does; whoever started it has the clock."""
    from django.test import Client

    return {"status": Client().get("/sign-in/").status_code}


def _signed_in() -> Any:
    from sightline.accounts.models import Person
    from sightline.core.access import Role
    from tests.factories.accounts import a_person, signed_in

    email = "bench@example.org"
    return signed_in(Person.objects.filter(email=email).first() or a_person(Role.QUALITY_LEAD, email=email))


def _measured(client: Any, page: Page) -> dict[str, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(page.address)
    asked = len(queries)  # counted now: the next request empties the list
    if answer.status_code != 200:
        raise SystemExit(f"{page.address} answered {answer.status_code}")
    return {
        **measured(f"page_{page.name}", lambda: client.get(page.address)),
        f"page_{page.name}_queries": asked,
        f"page_{page.name}_kb": len(answer.content) / 1000,
    }


def _first_paint(client: Any) -> int:
    """Bytes on their way to a browser that takes gzip: home, its style sheets, its scripts and what they import."""
    page = client.get("/", headers={"accept-encoding": "gzip"})
    total = len(page.content)
    text = gzip.decompress(page.content) if page.get("Content-Encoding") == "gzip" else page.content
    waiting = [style or script for style, script in NEEDED.findall(text.decode())]
    seen: set[str] = set()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        total += len(_body(client, address, "gzip"))
        if address.endswith(".js"):
            waiting += [urljoin(address, one) for one in IMPORTED.findall(_body(client, address, "").decode())]
    return total


def _body(client: Any, address: str, encoding: str) -> bytes:
    answer = client.get(address, headers={"accept-encoding": encoding})
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


if __name__ == "__main__":
    set_up_django()
    sys.stdout.write(json.dumps(first_page() if sys.argv[1:] == ["first"] else measure()))
