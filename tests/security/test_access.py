"""The access table and the house name the same things; and what every address × persona × method is asked and held to.

All of it is asked in ``test_sweep.py``, together with the search for secrets in the same answers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from sightline.core.access import Role
from sightline.web.gate import ENROL, SAME_FOR_ALL
from tests.factories.accounts import a_person, signed_in
from tests.security.access_table import FILE, METHODS, WrongTable, read_table
from tests.security.addresses import Address, addresses, path_of, path_of_nothing
from tests.security.examples import EXAMPLES
from tests.security.personas import ON_BOTH, PERSONAS, Cast

# What a browser sends when nothing was filled in.
EMPTY_FORM = {"csrfmiddlewaretoken": "x"}
TABLE = read_table(FILE.read_text(encoding="utf-8"))


def ask(client: Client, method: str, path: str, **more: Any) -> HttpResponse:
    """This function will make one request and undo whatever it changed, its session included."""
    kept = dict(client.cookies)
    cache.clear()  # or the limits on attempts would answer
    with transaction.atomic():
        answer: Any = (
            client.post(path, EMPTY_FORM, **more) if method == "POST" else client.generic(method, path, **more)
        )
        if getattr(answer, "streaming", False):
            answer.content = b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(kept)
    return answer


def words_for(answer: HttpResponse) -> str:
    """This function will put an answer as the table does."""
    if answer.status_code == 302 and answer["Location"].startswith(settings.LOGIN_URL + "?"):
        return "sign-in"
    return str(answer.status_code)


def _by_name() -> dict[str, Address]:
    return {address.name: address for address in addresses()}


# --- the table and the house name the same things


def test_every_address_has_its_row() -> None:
    rows = {row.partition("@")[0] for row in TABLE}
    missing = sorted(name for name in _by_name() if name not in rows)
    assert not missing, f"Add to {FILE.name} a row for: {missing}"


def test_every_row_and_example_has_its_address() -> None:
    known = set(_by_name())
    for row in [*TABLE, *EXAMPLES]:
        assert row.partition("@")[0] in known, f"{row} is the name of no address"


def test_every_address_that_takes_arguments_has_its_example() -> None:
    takes = {name: address.takes for name, address in _by_name().items()}
    missing = [row for row in TABLE if takes.get(row.partition("@")[0]) and row not in EXAMPLES]
    assert not missing, f"Add to examples.py a line for: {missing}"


def test_every_view_says_who_may_enter() -> None:
    marks = ("gate_open", "gate_signed_in", "gate_permission")
    closed = [a.name for a in addresses() if not any(getattr(a.view, mark, None) for mark in marks)]
    assert not closed, f"These say nothing, so that nobody can enter: {closed}"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("people 200 405 somebody", "neither a persona nor a group"),
        ("people 200 405", "a row is"),
        ("people 200 417 member", "no answer or no method"),
        ("people 200 405 TRACE=200 member", "no answer or no method"),
        ("people 200 405 member\npeople 200 405 member", "two rows for member"),
    ],
)
def test_table_with_a_slip_is_refused(text: str, says: str) -> None:
    with pytest.raises(WrongTable, match=says):
        read_table(text)


def test_whoever_no_row_names_is_turned_away() -> None:
    people = read_table("people 200 405 DELETE=204 member")["people"]
    assert people["member"]["DELETE"] == "204"
    assert people["member"]["PUT"] == "405"
    assert people["anonymous"]["DELETE"] == "sign-in"
    assert people["deputy"]["GET"] == "403"


# --- the sweep


WHOLE = ("member", "subject_provider", "quality_lead")  # for whom HEAD is asked of pages too, which are made in full


def _methods(row: str, who: str) -> tuple[str, ...]:
    """All of them for the first row of an address; what answers differently by record are GET and POST alone."""
    if not _is_first(row):
        return ("GET", "POST")
    is_page = TABLE[row][who]["HEAD"] == "200"
    return tuple(one for one in METHODS if one != "HEAD" or who in WHOLE or not is_page)


def _is_first(row: str) -> bool:
    name = row.partition("@")[0]
    return row == next(one for one in TABLE if one.partition("@")[0] == name)


Heard = Callable[[str, str, HttpResponse], None]


def sweep(cast: Cast, who: str, *rows: str, heard: Heard = lambda method, path, answer: None) -> list[str]:
    """This function will ask every address by every method as somebody signed in, and say what answers otherwise.

    Each answer is also given to ``heard``, with its method and path.
    """
    wrong = []
    for row in rows or TABLE:
        path, people = path_of(row, cast, who), TABLE[row]
        for method in _methods(row, who):
            answer = ask(cast.clients[who], method, path)
            if words_for(answer) != people[who][method]:
                wrong.append(f"{method} {row} as {who}: {words_for(answer)}, not {people[who][method]}")
            lacking = _lacking_where_all_read if _is_for_all(row, answer) else _lacking_headers
            wrong += [f"{method} {row} as {who}: {lack}" for lack in lacking(answer)]
            heard(method, path, answer)
    return wrong


def _is_for_all(row: str, answer: HttpResponse) -> bool:
    """Whether this is a public page, and not the answer that there is none or that it takes nothing."""
    views = {address.name: address.view for address in addresses()}
    return getattr(views[row.partition("@")[0]], "gate_public", False) and answer.status_code in SAME_FOR_ALL


def _lacking_where_all_read(answer: HttpResponse) -> list[str]:
    """A public page may be kept, if whoever keeps it asks each time; it knows nobody."""
    lacks = {
        "may be shown without asking": answer.headers.get("Cache-Control", "") != "public, no-cache",
        "varies by cookie": "Cookie" in answer.headers.get("Vary", ""),
        "sets a cookie": bool(answer.cookies),
        "has nothing to ask by": "ETag" not in answer.headers,
    }
    kept = ("may be cached", "does not vary by cookie")
    return [lack for lack, is_so in lacks.items() if is_so] + [
        one for one in _lacking_headers(answer) if one not in kept
    ]


def _lacking_headers(answer: HttpResponse) -> list[str]:
    policy = answer.headers.get("Content-Security-Policy", "")
    # A file that somebody attached is shut in further than any page: it may do nothing at all.
    is_strict = "default-src 'self'" in policy or policy == "sandbox; default-src 'none'"
    lacks = {
        "may be cached": "no-store" not in answer.headers.get("Cache-Control", ""),
        "does not vary by cookie": "Cookie" not in answer.headers.get("Vary", ""),
        "has no strict Content-Security-Policy": not is_strict or "unsafe" in policy,
        "may be framed": answer.headers.get("X-Frame-Options") != "DENY",
        "may be sniffed": answer.headers.get("X-Content-Type-Options") != "nosniff",
    }
    return [lack for lack, is_so in lacks.items() if is_so]


@pytest.mark.django_db
def test_what_opens_to_none_of_those_who_walk_on_both_databases_opens_to_another(cast: Cast) -> None:
    """So that every page is made on PostgreSQL too, where only a few walk through the whole house."""
    wrong = []
    for who in PERSONAS:
        rows = [row for row, people in TABLE.items() if _first_inside(people) == who]
        if rows and who not in ON_BOTH:
            cast.sign_in(who)
            wrong += sweep(cast, who, *rows)
    assert not wrong, "\n" + "\n".join(wrong)


def _first_inside(people: dict[str, dict[str, str]]) -> str:
    """To whom a page opens: one of those who walk on both databases, or else the first."""
    inside = (who for who in (*ON_BOTH, *PERSONAS) if "200" in {people[who]["GET"], people[who]["POST"]})
    return next(inside, "")


@pytest.mark.django_db
def test_sweep_finds_a_door_left_open(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sightline.core.access.rules.ROLES", dict.fromkeys(Role, frozenset(_every_permission())))
    cast.sign_in("member")
    wrong = sweep(cast, "member", "people", "review", "item@restricted")
    assert any(line.startswith("GET people as member: 200") for line in wrong)


def _every_permission() -> Any:
    from sightline.core.access import Permission

    return Permission


# Whoever reads the record on this page is told why they may not do something to it: that hides nothing.
READ_ON = {
    "exchange_step": "exchange",
    **dict.fromkeys(
        (
            *("risk_restate", "risk_score", "risk_measure", "risk_step", "risk_remove", "risk_accept", "risk_review"),
            *("risk_close", "risk_link"),
        ),
        "risk",
    ),
}


Looks = tuple[int, dict[str, str], str]


def is_turned_away(row: str, method: str, who: str) -> bool:
    """This function will say whether what somebody is answered there must not tell a hidden record from none."""
    answer, read_on = TABLE[row][who][method], READ_ON.get(row.partition("@")[0], "")
    if answer == "403":
        return method == "GET" and TABLE.get(read_on, {}).get(who, {}).get("GET") != "200"
    return answer == "404"


def told_apart(cast: Cast, who: str, heard: dict[tuple[str, str], Looks], *rows: str) -> list[str]:
    """This function will ask for records that are not there, and say which hidden ones were answered otherwise."""
    told, absent = [], dict[tuple[str, str], Looks]()
    for row in rows or TABLE:
        name = row.partition("@")[0]
        for method in ("GET", "POST") if row in EXAMPLES and EXAMPLES[row](cast, who) else ():
            if not is_turned_away(row, method, who):
                continue
            if (name, method) not in absent:
                absent[name, method] = looks_of(ask(cast.clients[who], method, path_of_nothing(row, cast, who)))
            if heard.get((method, path_of(row, cast, who))) != absent[name, method]:
                told.append(f"{method} {row} as {who}")
    return told


@pytest.mark.django_db
def test_a_hidden_record_that_looks_otherwise_is_found(cast: Cast) -> None:
    cast.sign_in("deputy")
    row, heard = "item@restricted", dict[tuple[str, str], Looks]()
    sweep(cast, "deputy", row, heard=lambda method, path, answer: heard.update({(method, path): looks_of(answer)}))
    assert not told_apart(cast, "deputy", heard, row)
    here = ("GET", path_of(row, cast, "deputy"))
    heard[here] = (*heard[here][:2], heard[here][2] + "The bell")
    assert told_apart(cast, "deputy", heard, row) == ["GET item@restricted as deputy"]


def looks_of(answer: HttpResponse) -> Looks:
    """This function will give all that a reader can tell of an answer: its status, its headers, its page."""
    headers = {name: value for name, value in answer.items() if name not in {"Content-Length", "Set-Cookie"}}
    return answer.status_code, {name: _bare(value) for name, value in headers.items()}, _plain(answer)


def _bare(header: str) -> str:
    return re.sub(r"nonce-[^']*", "", header)


def _plain(answer: HttpResponse) -> str:
    """A page without what differs from one answer to the next: nonces and tokens."""
    return re.sub(r'(nonce|value)="[^"]*"', "", answer.content.decode())


@pytest.mark.django_db
def test_without_a_second_factor_every_door_leads_to_where_one_is_set_up(cast: Cast) -> None:
    client = signed_in(a_person(Role.QUALITY_LEAD, Role.ADMINISTRATOR, second_factor=False))
    views = {address.name: address.view for address in addresses()}
    for row in filter(_is_first, TABLE):
        path = path_of(row, cast, "member")
        if getattr(views[row.partition("@")[0]], "gate_open", None) or path.startswith(ENROL):
            continue
        for method in METHODS:
            answer = ask(client, method, path)
            assert (answer.status_code, answer.headers.get("Location")) == (302, ENROL), f"{method} {row}"


@pytest.mark.django_db
def test_demonstration_asks_for_no_second_factor(settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    client = signed_in(a_person(Role.ADMINISTRATOR, second_factor=False))
    assert client.get("/people/").status_code == 200


@pytest.mark.django_db
def test_a_form_from_a_foreign_page_is_refused(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.people["administrator"])
    before = cast.people["member"].is_active
    answer = client.post(f"/people/{cast.people['member'].pk}/deactivate/", {"because": "A trick"})
    assert answer.status_code == 403
    assert type(cast.people["member"]).objects.get(pk=cast.people["member"].pk).is_active is before
