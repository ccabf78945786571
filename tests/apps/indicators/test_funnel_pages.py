"""The funnel on an indicator's page: who is drawn, who lies outside, for whom, and when there is none."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from sightline.core.access import Grant, Role
from sightline.core.statistics.scales import Method, Ratio
from sightline.indicators.catalogue import CATALOGUE
from sightline.indicators.presenters.funnels import funnel_page
from sightline.indicators.queries.peers import Peers, Unit, apart, counts_of
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import an_organisation
from tests.factories.indicators import SICKNESS, an_indicator, dropped, emergency, sickness

pytestmark = [pytest.mark.usefixtures("house"), pytest.mark.requirement("DAT-03")]
PAGE = f"/indicators/{SICKNESS}/"
FILE = f"{PAGE}funnel.csv"
RATES = (4.0, 4.1, 4.2, 3.9, 3.8, 4.0, 4.3, 4.1, 3.9, 4.2, 4.0)


def rates(*more: float | None) -> dict[str, list[float | None]]:
    """Trusts that report two months, the second of them so."""
    return {f"ZR{at}": [4.0, rate] for at, rate in enumerate((*RATES, *more), 1)}


@pytest.fixture
def lead(house: None) -> Client:
    return signed_in(a_person(Role.QUALITY_LEAD))


def page(client: Client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def outside(html: str) -> list[str]:
    return re.findall(r'role="rowheader"[^>]*><a [^>]*>Trust (ZR\d+)</a>', html)


def test_a_trust_far_from_its_peers_is_named_in_the_table_and_on_hover(lead: Client) -> None:
    dropped(sickness(rates(9.0)))
    html = page(lead)
    assert outside(html) == ["ZR12"]
    assert "12 subjects, 1 of them outside the 99.8 % limits: Trust ZR12." in html
    assert "<title>Trust ZR12: 9.00%, of 10,000, above the limits</title>" in html
    assert "<title>Trust ZR1: 4.00%, of 10,000</title>" in html
    assert "Above the limits: worse" in html
    assert "October 2023" in html
    assert html.count('class="c-near"') >= 2 and html.count('class="c-centre"') >= 1


def test_usual_spread_between_subjects_widens_the_limits_and_is_said(lead: Client) -> None:
    spread = {f"ZR{at}": [float(at)] for at in range(2, 14)}
    dropped(sickness(spread))
    html = page(lead)
    assert re.search(r"the usual spread between them is \d+\.\d\s+times that of chance", html)
    assert "none of them outside the 99.8 % limits" in html


def test_with_too_few_subjects_no_funnel_is_drawn_and_it_is_said(lead: Client) -> None:
    dropped(sickness({f"ZR{at}": [4.0, 9.0] for at in range(1, 10)}))
    html = page(lead)
    assert "No funnel is drawn: 9 subjects that you may see have counts for October 2023" in html
    assert "c-centre" not in html


def test_an_indicator_that_is_a_count_has_no_funnel(lead: Client) -> None:
    an_organisation("ZR1", "Trust ZR1")
    dropped(emergency(["ZR1"]))
    assert "in a funnel" not in page(lead, "/indicators/ae-attendances/")
    assert lead.get("/indicators/ae-attendances/funnel.csv").content.decode().count("\n") == 1
    assert lead.get("/indicators/none-such/funnel.csv").status_code == 404


def test_a_provider_is_compared_with_nobody_whom_it_may_not_see(house: None) -> None:
    dropped(sickness(rates(9.0)))
    provider = signed_in(a_person(Grant(Role.PROVIDER, system="QZ1", organisation="ZR5")))
    html = page(provider)
    assert "No funnel is drawn: 1 subject that you may see has counts" in html
    assert "Only subjects that you may see are compared." in html
    assert "ZR12" not in html
    codes = [row["code"] for row in csv.DictReader(io.StringIO(provider.get(FILE).content.decode()))]
    assert codes == ["ZR5"]


def test_the_period_is_the_newest_that_half_have_reported(lead: Client) -> None:
    early = rates(9.0)
    early["ZR1"].append(4.0)
    dropped(sickness(early))
    html = page(lead)
    assert "October 2023:</strong>" in html
    late = {code: values for code, values in rates().items() if code != "ZR2"}
    dropped(sickness({**late, "ZR2": [4.0, None]}, name="again.csv", first=date(2024, 3, 1)))
    html = page(lead)
    assert "April 2024:</strong>" in html
    assert "2 subjects cannot be drawn" in html


def test_every_subject_is_in_the_file_with_its_limits(lead: Client) -> None:
    dropped(sickness(rates(9.0)))
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(lead.get(FILE).content.decode()))}
    assert len(rows) == 12
    far = rows["ZR12"]
    assert float(far["figure"]) == pytest.approx(9.0) and float(far["numerator"]) == pytest.approx(900)
    assert float(far["lower 99.8%"]) < float(far["lower 95%"]) < float(far["upper 95%"]) < float(far["upper 99.8%"]) < 9
    assert far["what it says"] == "above the widest limits" and rows["ZR1"]["what it says"] == ""


def test_mortality_is_compared_as_its_publisher_does_observed_over_expected() -> None:
    mortality = CATALOGUE["shmi"]
    assert mortality.ratio is Ratio.STANDARDISED and mortality.standardised_by is Method.SHMI
    deaths = (1000.0, 980.0, 1020.0, 990.0, 1010.0, 1005.0, 995.0, 1015.0, 985.0, 1000.0, 1002.0, 1600.0)
    units = tuple(Unit(UUID(int=at), f"Trust {at}", f"ZR{at}", deaths[at], 1000.0) for at in range(12))
    shown = funnel_page(mortality, Peers(date(2024, 9, 1), "rolling_year", units, 0))
    assert shown is not None
    assert [one.name for one in shown.outside] == ["Trust 11"]
    assert shown.outside[0].figure == "1.60" and "worse" in shown.outside[0].says
    assert any("publisher" in note for note in shown.notes)
    assert any("logarithmic" in note for note in shown.notes)
    assert "As many as expected" in shown.legend


def test_only_an_observed_over_expected_is_standardised() -> None:
    with pytest.raises(ValueError, match="only a ratio"):
        an_indicator(standardised_by="SHMI")
    assert an_indicator(unit="ratio", per=1.0).ratio is Ratio.RATES
    assert an_indicator().ratio is None


def test_counts_that_do_not_make_the_published_figure_are_not_compared() -> None:
    """A rate adjusted for age is not what its counts make of it."""
    rate = an_indicator(unit="rate", per=1000.0)
    content = {
        "starts": ["2025-01-01", "2025-02-01", "2025-03-01", "2025-04-01"],
        "values": [50.0, 62.0, None, 50.04],
        "numerators": [5.0, 5.0, 5.0, 5.0],
        "denominators": [100.0, 100.0, 100.0, 100.0],
    }
    assert dict(counts_of(rate, content)) == {date(2025, 1, 1): (5.0, 100.0), date(2025, 4, 1): (5.0, 100.0)}
    assert not dict(counts_of(rate, {"starts": ["2025-01-01"], "values": [50.0]}))


def test_of_periods_that_overlap_only_such_as_share_no_day_are_used() -> None:
    quarters = [date(year, month, 1) for year in (2022, 2023, 2024) for month in (1, 4, 7, 10)]
    assert apart(quarters, "rolling_year", 9) == [date(year, 10, 1) for year in (2022, 2023, 2024)]
    assert apart(quarters, "quarter", 3) == quarters[-3:]
