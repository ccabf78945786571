"""What is kept of a register's order and of how it moved stays what would be read anew, whatever is done to its risks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest

from sightline.audit import keeping
from sightline.audit.operation import REGISTER, append
from sightline.risks.giving import Opening, Placing, Scored
from sightline.risks.models import Risk
from sightline.risks.operations import close_risk, open_risk, place_risk, remove_from_register, restate_risk, score_risk
from sightline.risks.queries import movement, registers
from sightline.risks.queries.asked import Asked, Show, Sort
from sightline.risks.queries.rules import risk_rules
from sightline.risks.words import ScoreKind
from tests.factories.indicators import NOW, TODAY
from tests.factories.risks import SYSTEM, stated
from tests.factories.risks_registers import Board, a_board, grow

pytestmark = [pytest.mark.usefixtures("house"), pytest.mark.requirement("RSK-01")]
AT = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def transaction(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Whether reads believe themselves inside a transaction, as every test is, where nothing is kept: no, unless told so."""
    believed = SimpleNamespace(in_atomic_block=False)
    monkeypatch.setattr(keeping, "connection", believed)
    return believed


@pytest.fixture
def board() -> Board:
    """This function will make a board with some risks on its registers."""
    made = a_board()
    grow(made, 20)
    append(system="sightline", at=NOW, actor="person:x", verb="tests.begin", on_kind="", on_id="", facts={})
    return made


def _open(board: Board, title: str = "Zeal") -> Risk:
    given = Opening(
        stated=stated(title=title),
        subjects=(board.trust,),
        current=Scored(3, 3, "Seen"),
        places=(Placing(board.ledger.tier, board.icb, "S"),),
    )
    return open_risk(by=board.people["lead"], at=AT, system=SYSTEM, given=given, form_key=uuid4())


def _by(board: Board) -> dict[str, Any]:
    return {"by": board.people["lead"], "at": AT + timedelta(minutes=1)}


def _restate(board: Board, risk: Risk) -> None:
    said = stated(title="Aardvarks")
    restate_risk(risk=risk, stated=said, seen=1, because="So", **_by(board))


def _remove(board: Board, risk: Risk) -> None:
    remove_from_register(place=risk.places.get(), because="So", **_by(board))


def _replace(board: Board, risk: Risk) -> None:
    tier, body = board.ledger.tier, board.icb
    place_risk(risk=risk, tier=tier, body=body, reference="S-2", **_by(board))


def _score(board: Board, risk: Risk) -> None:
    kind, cell = ScoreKind.CURRENT, {"likelihood": 5, "consequence": 5}
    score_risk(risk=risk, kind=kind, because="So", **cell, **_by(board))


def _close(board: Board, risk: Risk) -> None:
    close_risk(risk=risk, because="So", **_by(board))


def _titles(board: Board, show: Show, name: str = "lead", size: int = 100) -> tuple[list[str], int]:
    asked = Asked(sort=Sort.TITLE, show=show)
    rules = risk_rules(TODAY)
    lines, many = registers.page_of(board.people[name], TODAY, board.ledger, asked, rules, 1, size)
    return [one.facts.title for one in lines], many


@pytest.mark.parametrize("act", [_restate, _remove, _replace, _score, _close])
def test_order_by_title_is_that_of_the_titles_as_they_now_are(
    board: Board, act: Callable[[Board, Risk], None], transaction: SimpleNamespace
) -> None:
    for done in (lambda: _open(board), lambda: act(board, Risk.objects.latest("recorded_at"))):
        done()
        for show in (Show.OPEN, Show.ALL):
            titles, many = _titles(board, show)
            assert titles == sorted(titles) and len(titles) == many
            transaction.in_atomic_block = True
            assert (titles, many) == _titles(board, show), "as it is read with nothing kept"
            transaction.in_atomic_block = False
    assert _titles(board, Show.ALL, size=3) == (titles[:3], many)


def test_order_by_title_holds_no_more_than_its_reader_sees(board: Board) -> None:
    every, seen = _titles(board, Show.ALL), _titles(board, Show.ALL, "conflicted")
    assert set(seen[0]) < set(every[0]) and seen[1] == len(seen[0]) < every[1]


@pytest.mark.parametrize("act", [_restate, _remove, _score, _close])
def test_ends_of_months_that_are_past_stay_and_today_is_counted_anew(
    board: Board, act: Callable[[Board, Risk], None], transaction: SimpleNamespace
) -> None:
    lead = board.people["lead"]
    before = movement.months_of(lead, TODAY, board.ledger)
    risk = _open(board)
    opened = movement.months_of(lead, TODAY, board.ledger)
    assert opened[:-1] == before[:-1] and opened[-1].open == before[-1].open + 1
    act(board, risk)
    kept = movement.months_of(lead, TODAY, board.ledger)
    transaction.in_atomic_block = True
    assert kept == movement.months_of(lead, TODAY, board.ledger), "as it is counted with nothing kept"
    assert [one.on for one in kept] == list(movement.ends_of_months(TODAY))


def test_month_that_ended_yesterday_is_counted_anew(board: Board) -> None:
    """Its last operation may have begun before midnight and be seen only now."""
    lead, first = board.people["lead"], TODAY.replace(day=1)
    before = movement.months_of(lead, first, board.ledger)
    risk = Risk.objects.create(
        system=SYSTEM, opened_on=first, form_key=UUID(int=5), recorded_at=NOW - timedelta(days=15), recorded_by="x"
    )
    line = movement.RegisterLine.objects.filter(body=board.icb, tier=board.ledger.tier.value).exclude(status="closed")[
        0
    ]
    line.pk, line.risk, line.since, line.until = None, risk, first - timedelta(days=1), None
    line.save()
    append(system="sightline", at=NOW, actor="x", verb="risks.open_risk", on_kind="Risk", on_id=str(risk.pk), facts={})
    after = movement.months_of(lead, first, board.ledger)
    assert after[:-2] == before[:-2] and [one.open for one in after[-2:]] == [one.open + 1 for one in before[-2:]]


def test_what_leaves_the_order_as_it_is_are_operations_on_risks() -> None:
    assert {f"risks.{name}" for name in registers.ORDER_STAYS} < set(REGISTER)
