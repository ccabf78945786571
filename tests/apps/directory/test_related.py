"""A body's family: what is its own affair, and what is only its neighbour's."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.audit import keeping
from sightline.audit.operation import append
from sightline.directory.models import Organisation
from sightline.directory.queries import family_of
from sightline.directory.words import Kind, Link
from tests.factories import directory as make

pytestmark = pytest.mark.django_db
LONG_AGO = date(2010, 1, 1)

KINDS: dict[str, Kind] = {
    "BRAND": Kind.CHAIN,
    "CO": Kind.INDEPENDENT_PROVIDER,  # a company of the brand, which runs two homes
    "HOME1": Kind.CARE_HOME,
    "HOME2": Kind.CARE_HOME,
    "OLDHOME": Kind.CARE_HOME,  # the registration that became HOME1
    "SOLD": Kind.CARE_HOME,  # run by the company until 2020
    "TRUST": Kind.NHS_TRUST,
    "SITE": Kind.SITE,
    "WARD": Kind.SITE,  # a part of the site
    "JOINED": Kind.NHS_TRUST,  # merged whole into the trust; one site is still listed as its own
    "OLDSITE": Kind.SITE,
    "SPLIT": Kind.NHS_TRUST,  # divided between the trust and its neighbour; one site went to nobody knows whom
    "NEXT": Kind.NHS_TRUST,
    "LOSTSITE": Kind.SITE,
    "TOGETHER": Kind.COLLABORATIVE,
    "PARTNER": Kind.NHS_TRUST,
    "PRACTICE": Kind.GP_PRACTICE,
    "PCN": Kind.PRIMARY_CARE_NETWORK,
    "ICB": Kind.ICB,
    "OLDICB": Kind.ICB,
    "PLACE": Kind.SUB_ICB,
    "TOWN": Kind.LOCAL_AUTHORITY,
    "NET": Kind.CLINICAL_NETWORK,
}
TIES: list[tuple[str, Link, str, date | None, date | None]] = [
    ("CO", Link.MEMBER_OF, "BRAND", None, None),
    ("HOME1", Link.OPERATED_BY, "CO", None, None),
    ("HOME2", Link.OPERATED_BY, "CO", LONG_AGO, None),
    ("SOLD", Link.OPERATED_BY, "CO", LONG_AGO, date(2020, 12, 31)),
    ("OLDHOME", Link.SUCCEEDED_BY, "HOME1", None, None),
    ("HOME1", Link.LOCATED_IN, "TOWN", None, None),
    ("CO", Link.COMMISSIONED_BY, "TOWN", None, None),
    ("SITE", Link.OPERATED_BY, "TRUST", None, None),
    ("WARD", Link.PART_OF, "SITE", None, None),
    ("JOINED", Link.SUCCEEDED_BY, "TRUST", None, None),
    ("OLDSITE", Link.OPERATED_BY, "JOINED", None, None),
    ("SPLIT", Link.SUCCEEDED_BY, "TRUST", None, None),
    ("SPLIT", Link.SUCCEEDED_BY, "NEXT", None, None),
    ("LOSTSITE", Link.OPERATED_BY, "SPLIT", None, None),
    ("TRUST", Link.MEMBER_OF, "TOGETHER", None, None),
    ("PARTNER", Link.MEMBER_OF, "TOGETHER", None, None),
    ("TRUST", Link.MEMBER_OF, "NET", None, None),
    ("PRACTICE", Link.MEMBER_OF, "PCN", None, None),
    ("PRACTICE", Link.COMMISSIONED_BY, "PLACE", None, None),
    ("PLACE", Link.PART_OF, "ICB", None, None),
    ("TRUST", Link.PART_OF, "ICB", None, None),
    ("OLDICB", Link.SUCCEEDED_BY, "ICB", None, None),
]
FAMILIES: list[tuple[str, str]] = [
    ("BRAND", "BRAND CO HOME1 HOME2 OLDHOME"),
    ("CO", "CO BRAND HOME1 HOME2 OLDHOME"),
    ("HOME1", "HOME1 OLDHOME CO BRAND"),  # and not its sister
    ("OLDHOME", "OLDHOME HOME1 CO BRAND"),  # speaks for what it became
    ("HOME2", "HOME2 CO BRAND"),
    ("SOLD", "SOLD"),
    ("TRUST", "TRUST SITE WARD JOINED OLDSITE SPLIT TOGETHER"),  # not its neighbour, its partner or a network
    ("SITE", "SITE WARD TRUST JOINED SPLIT TOGETHER"),
    ("WARD", "WARD SITE TRUST JOINED SPLIT TOGETHER"),
    ("JOINED", "JOINED OLDSITE TRUST SITE WARD TOGETHER"),  # what joined the trust beside it is none of its own
    ("SPLIT", "SPLIT LOSTSITE TRUST NEXT SITE WARD TOGETHER"),
    ("NEXT", "NEXT SPLIT"),  # and not the site of which nobody says who has it
    ("TOGETHER", "TOGETHER TRUST PARTNER SITE WARD JOINED SPLIT"),
    ("PRACTICE", "PRACTICE"),
    ("PCN", "PCN"),
    ("ICB", "ICB OLDICB"),
    ("OLDICB", "OLDICB ICB"),
    ("PLACE", "PLACE"),
    ("TOWN", "TOWN"),
    ("NET", "NET"),
    ("NOBODY", "NOBODY"),  # a code that the directory does not know is still itself
]


@pytest.fixture
def country() -> None:
    bodies = {code: make.an_organisation(code, code.title(), kind) for code, kind in KINDS.items()}
    for origin, link, target, begins, ends in TIES:
        make.a_relation(bodies[origin], link, bodies[target], valid_from=begins, valid_to=ends)


@pytest.mark.usefixtures("country")
@pytest.mark.requirement("COI-03", "COI-04", "PER-10")
@pytest.mark.parametrize(("code", "family"), FAMILIES, ids=[code for code, _ in FAMILIES])
def test_a_family_holds_what_is_ones_own_affair_and_no_neighbour(code: str, family: str) -> None:
    assert family_of(code, make.TODAY) == set(family.split())


def test_every_kind_of_the_table_has_its_row() -> None:
    assert {code for code, _ in FAMILIES} >= KINDS.keys() - {"PARTNER", "OLDSITE", "LOSTSITE"}


@pytest.mark.usefixtures("country")
@pytest.mark.parametrize(
    ("day", "runs_it"), [(date(2020, 12, 31), True), (date(2021, 1, 1), False), (date(2009, 12, 31), False)]
)
def test_a_home_is_family_only_while_it_is_run(day: date, runs_it: bool) -> None:
    assert ("SOLD" in family_of("CO", day)) is runs_it
    assert ("CO" in family_of("SOLD", day)) is runs_it


def test_bodies_that_run_each_other_in_a_ring_end_the_walk() -> None:
    one, two, three = (make.an_organisation(code) for code in ("ZA", "ZB", "ZC"))
    for body, by in ((one, two), (two, three), (three, one)):
        make.a_relation(body, Link.OPERATED_BY, by)
        make.a_relation(body, Link.SUCCEEDED_BY, by)
    assert family_of("ZA", make.TODAY) == {"ZA", "ZB", "ZC"}


@pytest.mark.usefixtures("country")
def test_a_family_is_read_with_few_queries_however_many_it_has() -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            family_of("CO", make.TODAY)
        return len(queries)

    before = asked()
    company = Organisation.objects.get(code="CO")
    for number in range(60):
        make.a_relation(make.an_organisation(f"ZH{number}", kind=Kind.CARE_HOME), Link.OPERATED_BY, company)
    assert asked() == before <= 4
    assert len(family_of("CO", make.TODAY)) == 65


def test_a_family_is_kept_until_an_event_says_that_something_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "connection", SimpleNamespace(in_atomic_block=False))  # which every test is inside
    trust, site = make.an_organisation("ZR1"), make.an_organisation("ZS1", kind=Kind.SITE)
    _something_changes()
    assert family_of("ZR1", make.TODAY) == {"ZR1"}
    make.a_relation(site, Link.OPERATED_BY, trust)
    assert family_of("ZR1", make.TODAY) == {"ZR1"}
    _something_changes()
    assert family_of("ZR1", make.TODAY) == {"ZR1", "ZS1"}


def _something_changes() -> None:
    append(system="tests", at=make.AT, actor=f"person:{uuid4()}", verb="tests.change", on_kind="", on_id="", facts={})
