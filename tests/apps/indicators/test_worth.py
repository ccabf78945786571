"""What is worth a look: who is listed, in which words, for whom, and what the list leaves out."""

from __future__ import annotations

import csv
import io
import random
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sightline.core.access import Grant, Role
from sightline.directory.models import Subject
from sightline.indicators.models import Signal
from sightline.indicators.presenters.worth import chance_words
from sightline.indicators.views import comparing
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import an_organisation
from tests.factories.indicators import SICKNESS, dropped, emergency, series_of, sickness, usual

pytestmark = [pytest.mark.usefixtures("house"), pytest.mark.requirement("DAT-03")]
LIST, FILE = "/indicators/worth-a-look/?area=", "/indicators/worth-a-look/worth-a-look.csv?area="
BEGAN, MONTHS, LATE = date(2022, 9, 1), 36, 6
WORSE, BETTER = 3.0, -3.0


def noisy(code: str, later: float = 0.0, months: int = MONTHS) -> list[float | None]:
    """A trust's rates around a level of its own, moved by so much in the newest months."""
    chance = random.Random(code)
    level = 5 + chance.uniform(-0.5, 0.5)
    return [round(level + chance.gauss(0, 0.2) + (later if at >= months - LATE else 0), 2) for at in range(months)]


def trusts(count: int, **moved: float) -> dict[str, list[float | None]]:
    """So many trusts, of which those named moved of late."""
    return {code: noisy(code, moved.get(code, 0.0)) for code in (f"ZR{number}" for number in range(1, count + 1))}


@pytest.fixture
def lead(house: None) -> Client:
    return signed_in(a_person(Role.QUALITY_LEAD))


def page(client: Client, address: str = LIST) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def listed(html: str) -> list[str]:
    return re.findall(r'role="rowheader"[^>]*><a [^>]*>Trust (ZR\d+)<', html)


def test_a_trust_that_worsened_is_listed_with_what_spoke_and_one_that_improved_is_not(lead: Client) -> None:
    dropped(sickness(trusts(12, ZR4=WORSE, ZR7=BETTER), first=BEGAN))
    html = page(lead)
    assert listed(html) == ["ZR4"]
    assert f"/indicators/{SICKNESS}/{Subject.objects.get(key='ZR4').pk}/" in html
    assert "12 series could be tested; 1 is listed. On average about 1 in 20" in html
    assert "Worse beside its peers than is usual for it:" in html
    assert "the newest six figures together" in html
    assert "Further to the worse side of its peers" in html
    assert "less than 1 in 1,000,000" in html
    assert "it sets no level" in html


def test_what_moves_all_alike_is_nobodys(lead: Client) -> None:
    everybody = trusts(12)
    everybody = trusts(12, **dict.fromkeys(everybody, WORSE))
    dropped(sickness(everybody, first=BEGAN))
    html = page(lead)
    assert listed(html) == []
    assert "None of them stands out" in html and "No series stands out." in html


def test_without_ten_peers_each_is_held_against_itself_alone(lead: Client) -> None:
    dropped(sickness(trusts(3, ZR1=WORSE), first=BEGAN))
    html = page(lead)
    assert listed(html) == ["ZR1"]
    assert "Worse than is usual for it:" in html
    assert "Further to the worse side" not in html


def test_looking_changes_nothing(lead: Client) -> None:
    dropped(sickness(trusts(3, ZR1=WORSE), first=BEGAN))
    before = Signal.objects.count()
    page(lead)
    assert Signal.objects.count() == before


def test_what_is_not_covered_is_said(lead: Client) -> None:
    dropped(sickness({"ZR1": usual(10), "ZR2": noisy("ZR2", months=24)}))
    assert "1 has too few figures, or none that vary." in page(lead)
    an_organisation("ZR3", "Trust ZR3")
    dropped(emergency(["ZR3"]))
    assert "2 measure something of which neither high nor low is better." in page(lead)


def test_figures_too_old_to_count_are_not_listed(lead: Client) -> None:
    dropped(sickness(trusts(3, ZR1=WORSE), first=date(2015, 9, 1)))
    html = page(lead)
    assert listed(html) == []
    assert "3 have no figure new enough to count" in html


def test_a_filter_shows_part_of_the_same_list(lead: Client) -> None:
    dropped(sickness(trusts(3, ZR1=WORSE), first=BEGAN))
    assert listed(page(lead, f"{LIST}&indicator={SICKNESS}")) == ["ZR1"]
    html = page(lead, "/indicators/worth-a-look/?area=NOWHERE")
    assert listed(html) == []
    assert "0 series of the 1 on the list" in html and "No series on the list fits the filter." in html
    assert listed(page(lead, f"{LIST}&indicator=none-such")) == []


def test_the_list_comes_in_pages_and_as_a_file(lead: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "A_PAGE", 2)
    dropped(sickness(trusts(9, ZR1=WORSE, ZR2=4.0, ZR3=5.0), first=BEGAN))
    first, second = page(lead), page(lead, f"{LIST}&page=2")
    assert "Page 1 of 2" in first
    assert sorted(listed(first) + listed(second)) == ["ZR1", "ZR2", "ZR3"]
    answer = lead.get(FILE)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="worth-a-look.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [row["code"] for row in rows] == listed(first) + listed(second)
    assert [row["place"] for row in rows] == ["1", "2", "3"]
    assert all(row["what speaks for it"].startswith("Worse than is usual for it") for row in rows)


def test_several_series_of_one_body_are_linked(lead: Client) -> None:
    for code in ("ZR1", "ZR2"):
        an_organisation(code, f"Trust {code}")
    dropped(sickness(trusts(2, ZR1=WORSE), first=BEGAN))
    breaches = [200 + 9 * (at * 7 % 5) for at in range(MONTHS - LATE)] + [600] * LATE
    dropped(emergency(["ZR1"], MONTHS, first=BEGAN, late=breaches))
    assert re.search(r"\d more of its series (is|are) listed", page(lead))


def test_new_limits_begin_what_is_usual_anew(lead: Client) -> None:
    dropped(sickness(trusts(3, ZR1=WORSE), first=BEGAN))
    own = series_of("ZR1")
    content = own.content
    content["phases"].append([MONTHS - LATE, LATE, LATE, None, None, None, None, None])
    own.packed = own.pack(content)
    own.save()
    assert listed(page(lead)) == []


def test_a_provider_is_told_of_its_own_alone(house: None) -> None:
    dropped(sickness(trusts(12, ZR4=WORSE, ZR5=WORSE), first=BEGAN))
    provider = signed_in(a_person(Grant(Role.PROVIDER, system="QZ1", organisation="ZR5")))
    html = page(provider)
    assert listed(html) == ["ZR5"]
    assert "1 series could be tested" in html
    assert "ZR4" not in html
    assert "ZR4" not in provider.get(FILE).content.decode()
    quiet = signed_in(a_person(Grant(Role.PROVIDER, system="QZ1", organisation="ZR6")))
    assert listed(page(quiet)) == []


def test_queries_do_not_grow_with_the_list(lead: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            page(lead)
        return len(found)

    dropped(sickness(trusts(3, ZR1=WORSE), first=BEGAN))
    few = asked()
    dropped(sickness(trusts(9, ZR1=WORSE, ZR2=4.0, ZR3=5.0, ZR4=4.0), first=BEGAN, name="more.csv"))
    assert len(listed(page(lead))) > 1
    assert asked() == few


@pytest.mark.parametrize(
    ("p", "says"),
    [(1e-9, "less than 1 in 1,000,000"), (0.0012345, "1 in 810"), (0.04, "1 in 25"), (1 / 40_400, "1 in 40,000")],
)
def test_chance_is_said_as_one_in_so_many(p: float, says: str) -> None:
    assert chance_words(p) == says
