"""A register looks at itself: what is gathered for its checks, whose findings they are, and how they are told."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sightline.core.risks import check_risk
from sightline.core.rulebook.registers import Tier
from sightline.core.rulebook.selfchecks import Check
from sightline.directory.models import OrganisationFact
from sightline.directory.words import FactKind, Link
from sightline.profiles.models import OtherProcess
from sightline.risks.queries.checks import Checked, checks_of
from sightline.risks.queries.ledgers import Ledger
from sightline.risks.queries.record import RESTS_ON
from sightline.risks.queries.risks import one_sheet
from tests.factories.accounts import signed_in
from tests.factories.directory import a_relation, an_organisation
from tests.factories.indicators import NOW, TODAY, a_signal
from tests.factories.risks import SYSTEM, a_risk
from tests.factories.risks_registers import Board, a_board, grow
from tests.factories.surveillance import a_decision, an_office

pytestmark = [pytest.mark.usefixtures("house"), pytest.mark.requirement("RSK-15")]
LONG_AGO = TODAY - timedelta(days=500)


@pytest.fixture
def board() -> Board:
    """This function will make a board with its readers."""
    return a_board()


def _checked(board: Board, name: str = "lead", ledger: Ledger | None = None) -> Checked:
    return checks_of(board.people[name], TODAY, ledger or board.ledger)


def _found(board: Board, check: Check, name: str = "lead") -> list[str]:
    return [one.risk or one.subject for one in _checked(board, name).findings if one.check is check]


def _on(board: Board, **more: Any) -> Any:
    return a_risk(**{"subjects": [board.trust], "places": [(Tier.SYSTEM, board.icb)], **more})


def test_what_a_register_finds_of_a_risk_is_what_its_own_page_finds(board: Board) -> None:
    """The page of a risk gathers for itself: the two are held against one another."""
    grow(board, 25)
    for subject in (board.trust, board.hospice):
        a_signal(subject)
    found: dict[str, set[Check]] = {}
    for one in _checked(board).findings:
        found.setdefault(one.risk, set()).add(one.check)
    told = 0
    for key in found.keys() - {""}:
        sheet = one_sheet(board.people["lead"], TODAY, UUID(key))
        assert sheet is not None
        assert {one.check for one in check_risk(sheet.look, sheet.facts)} == found[key], key
        told += len(found[key])
    assert told > 50


def test_signs_of_concern_about_a_body_of_the_area_without_a_risk_are_found_once_one_is_missing(board: Board) -> None:
    assert board.trust.organisation is not None
    a_relation(board.trust.organisation, Link.PART_OF, board.icb)
    for source in ("incidents", "staff survey", "ratings"):
        a_signal(board.trust, source=source, until=TODAY - timedelta(days=10))
    assert _found(board, Check.SIGNALS_WITHOUT_RISK) == [str(board.trust.pk)]
    assert _found(board, Check.SIGNALS_WITHOUT_RISK, "conflicted") == [str(board.trust.pk)]
    _on(board)
    assert _found(board, Check.SIGNALS_WITHOUT_RISK) == []


def test_score_that_stood_still_while_signs_worsened_is_found(board: Board) -> None:
    risk = _on(board, category="workforce", opened_on=LONG_AGO, scores=[((2, 3), LONG_AGO)])
    assert _found(board, Check.UNCHANGED_WHILE_WORSENING) == []
    a_signal(board.trust, since=TODAY - timedelta(days=60), until=TODAY - timedelta(days=30))
    assert _found(board, Check.UNCHANGED_WHILE_WORSENING) == [str(risk.pk)]


def test_level_of_the_subject_counts_and_so_does_a_structured_assessment(board: Board) -> None:
    risk = _on(board)
    a_decision(board.trust, "enhanced", TODAY - timedelta(days=60), an_office(organisation=board.icb))
    assert _found(board, Check.NO_PROFILE) == _found(board, Check.SEVERITY_BELOW_LEVEL) == [str(risk.pk)]
    OtherProcess.objects.create(
        subject=board.trust, system=SYSTEM, name="Review", held_on=TODAY, because="b", form_key=risk.pk,
        recorded_at=NOW, recorded_by="x",
    )  # fmt: skip
    assert _found(board, Check.NO_PROFILE) == []


@pytest.mark.requirement("ORG-17")
def test_recovery_support_without_a_director_is_found_until_one_is_named(board: Board) -> None:
    risk = _on(board)
    given = {
        "organisation": board.trust.organisation, "valid_from": LONG_AGO, "source": "person", "recorded_at": NOW,
        "recorded_by": "x",
    }  # fmt: skip
    OrganisationFact.objects.create(kind=FactKind.RECOVERY_SUPPORT.value, value="in the programme", **given)
    assert _found(board, Check.NO_IMPROVEMENT_DIRECTOR) == [str(risk.pk)]
    OrganisationFact.objects.create(kind=FactKind.IMPROVEMENT_DIRECTOR.value, value="A. Name", **given)
    assert _found(board, Check.NO_IMPROVEMENT_DIRECTOR) == []


def test_merged_body_is_found_with_its_transition(board: Board) -> None:
    risk = _on(board)
    heir = an_organisation("ZR9", "Heir")
    assert board.trust.organisation is not None
    a_relation(board.trust.organisation, Link.SUCCEEDED_BY, heir, valid_from=TODAY - timedelta(days=30))
    type(heir).objects.filter(pk=board.trust.organisation.pk).update(closed_on=TODAY - timedelta(days=31))
    assert _found(board, Check.SUBJECT_MERGED) == [str(risk.pk)]
    assert _found(board, Check.TRANSITION_WITHOUT_RISK) == [str(board.trust.pk)]
    _on(board, category="transition")
    assert _found(board, Check.TRANSITION_WITHOUT_RISK) == []


def test_risk_that_came_back_is_found_though_the_first_one_stands_elsewhere(board: Board) -> None:
    closed = TODAY - timedelta(days=240)
    a_risk(subjects=[board.trust], opened_on=LONG_AGO, closed_on=closed)
    risk = _on(board)
    assert _found(board, Check.RETURN_NOT_LINKED) == [str(risk.pk)]


def test_findings_are_of_what_the_reader_sees_and_no_more(board: Board) -> None:
    """An interest in the hospice closes its risk, what it would be twin to, and what would be said of the hospice."""
    twin = _on(board, subjects=[board.trust, board.hospice])
    mine = _on(board)
    assert set(_found(board, Check.DUPLICATE)) == {str(mine.pk), str(twin.pk)}
    assert _found(board, Check.DUPLICATE, "conflicted") == []
    assert _checked(board, "conflicted").risks == 1 and _checked(board).risks == 2
    assert {one.risk for one in _checked(board, "conflicted").findings} <= {str(mine.pk), ""}
    assert _checked(board, "stranger").risks == 0


def test_region_learns_from_the_checks_of_no_level_that_never_reached_it(board: Board) -> None:
    _on(board, places=[(Tier.SYSTEM, board.icb), (Tier.REGION, board.region)])
    a_decision(board.trust, "enhanced", TODAY - timedelta(days=60), an_office(organisation=board.icb))
    ledger = Ledger(Tier.REGION, board.region)
    told = {name: {one.check for one in _checked(board, name, ledger).findings} for name in ("lead", "region")}
    assert Check.NO_PROFILE in told["lead"] and Check.NO_PROFILE not in told["region"]


def test_page_groups_findings_by_check_with_what_to_do_and_where(board: Board) -> None:
    for number in range(7):
        _on(board, title=f"Risk {number}", owner_name="")
    client = signed_in(board.people["member"])
    at = reverse("register_checks", args=["system", board.icb.pk])
    page = client.get(at).content.decode()
    assert "Nobody owns this risk. Name a person" in page and "Mend now" in page and "in 7 risks" in page
    assert "Show all 7" in page and page.index("Mend now") < page.index("Mend soon")
    one = client.get(at + "?check=no-owner").content.decode()
    assert one.count("Nobody owns this risk.") == 7 and "Only one check is shown." in one
    assert client.get(at + "?check=galaxy").status_code == 200
    rows = client.get(reverse("register_checks_csv", args=["system", board.icb.pk])).content.decode().splitlines()
    assert rows[1].startswith("Check,Weight,About") and sum("Nobody owns" in row for row in rows) == 7


def test_longer_register_asks_no_more_of_the_database(board: Board) -> None:
    grow(board, 5)
    with CaptureQueriesContext(connection) as few:
        _checked(board)
    grow(board, 30, seed=9)
    with CaptureQueriesContext(connection) as many:
        _checked(board)
    assert len(many.captured_queries) <= len(few.captured_queries) + 2


def test_what_is_kept_of_the_checks_rests_on_no_other_app_than_is_looked_out_for(board: Board) -> None:
    """An operation of another app has nothing worked out again, so that none of its tables may be asked."""
    a_relation(board.trust.organisation or board.icb, Link.PART_OF, board.icb)
    a_signal(board.trust)
    grow(board, 10)
    with CaptureQueriesContext(connection) as asked:
        assert _checked(board).findings
    sql = " ".join(one["sql"] for one in asked.captured_queries)
    assert {table.partition("_")[0] for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', sql)} <= {*RESTS_ON}
