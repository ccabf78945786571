"""Registers: who sees what stands on one, each filter, and that an earlier day is what the rows said then."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.accounts.models import Person
from sightline.core.access import Actor, Role
from sightline.core.risks import RiskFacts, Status, rate
from sightline.core.rulebook.registers import Tier
from sightline.risks.models import Place, RegisterLine, Risk
from sightline.risks.operations._now import keep_now
from sightline.risks.queries.asked import ME, NOBODY, UNLISTED, Asked, Show, Sort
from sightline.risks.queries.facts import facts_of
from sightline.risks.queries.ledgers import Ledger, ledgers_of, lines_on, one_ledger
from sightline.risks.queries.levels import levels_for
from sightline.risks.queries.movement import (
    How,
    _shared_months,
    _shared_moved,
    ends_of_months,
    months_of,
    moved_since,
)
from sightline.risks.queries.registers import page_of
from sightline.risks.queries.rules import risk_rules
from sightline.surveillance.queries import guidance_for
from tests.factories.accounts import a_person
from tests.factories.groups import an_interest
from tests.factories.indicators import TODAY
from tests.factories.risks import a_risk
from tests.factories.risks_registers import Board, a_board, grow
from tests.factories.surveillance import a_decision, an_office

pytestmark = [pytest.mark.usefixtures("house"), pytest.mark.requirement("RSK-01")]
DAYS = [TODAY, *(TODAY - timedelta(days=back) for back in (1, 33, 120, 365, 640))]
ASKED: list[dict[str, Any]] = [
    {},
    {"show": Show.ALL},
    {"show": Show.CLOSED},
    {"show": Show.ACCEPTED},
    {"category": "safety"},
    {"severity": "significant"},
    {"overdue": True},
    {"above": True, "show": Show.ALL},
    {"band": "high"},
    {"band": "extreme", "category": "workforce"},
    {"owner": ME},
    {"owner": NOBODY},
    {"owner": UNLISTED, "show": Show.ALL},
    {"owner": "no-id"},
]


@pytest.fixture
def board() -> Board:
    """This function will make a board with its readers."""
    return a_board()


def _keys(actor: Actor, ledger: Ledger, **asked: Any) -> list[UUID]:
    lines, total = page_of(actor, TODAY, ledger, Asked(**asked), risk_rules(TODAY), 1, 1_000)
    assert total == len(lines)
    return [one.risk for one in lines]


def _stood(ledger: Ledger, day: date) -> dict[UUID, RiskFacts]:
    """Slow and obvious: each risk by itself, with everything that was on record by the day."""
    found = {}
    for risk in Risk.objects.all():
        facts = facts_of([risk], day, day).get(risk.pk)
        bodies = {one.body_id for one in Place.objects.filter(risk=risk, tier=ledger.tier.value)}
        if facts is not None and ledger.tier in facts.tiers and ledger.body.pk in bodies:
            found[risk.pk] = facts
    return found


def _fits(one: RiskFacts, asked: dict[str, Any], actor: Any, day: date) -> bool:
    rules = risk_rules(TODAY)
    rated = rate(rules.matrix, one.current) if one.current else None
    category = rules.appetite.category(one.category)
    owner = one.owner.name if one.owner else ""
    tests = {
        "category": lambda value: one.category == value,
        "severity": lambda value: one.severity.value == value,
        "band": lambda value: rated is not None and rated.band.id == value,
        "above": lambda _: rated is not None and category is not None and rated.score > category.tolerance,
        "overdue": lambda _: not one.is_closed and one.review_on is not None and one.review_on < day,
        "owner": {
            ME: lambda _: owner == actor.display_name,
            NOBODY: lambda _: not owner,
            UNLISTED: lambda _: owner == "Director of nursing",
        }.get(asked.get("owner", ""), lambda _: False),
        "show": {
            Show.ALL: lambda _: True,
            Show.CLOSED: lambda _: one.is_closed,
            Show.ACCEPTED: lambda _: one.status is Status.ACCEPTED,
        }.get(asked.get("show", Show.OPEN), lambda _: False),
    }
    is_shown = "show" in asked or not one.is_closed
    return is_shown and all(tests[name](value) for name, value in asked.items())


def test_each_filter_and_each_day_are_what_a_slow_look_at_every_risk_gives(board: Board) -> None:
    grow(board, 40)
    actor, some = board.people["lead"], 0
    for day in DAYS:
        stood = _stood(board.ledger, day)
        for asked in ASKED:
            found = _keys(actor, board.ledger, as_of=day, **asked)
            assert set(found) == {key for key, one in stood.items() if _fits(one, asked, actor, day)}, (day, asked)
            assert len(found) == len(set(found))
            some += bool(found) and bool(asked)
    assert some > 30


@pytest.mark.parametrize("sort", list(Sort))
def test_order_is_the_same_from_what_is_kept_and_from_the_rows(board: Board, sort: Sort) -> None:
    grow(board, 30, seed=2)
    now = page_of(board.people["lead"], TODAY, board.ledger, Asked(sort=sort), risk_rules(TODAY), 1, 99)
    later = TODAY + timedelta(days=1)
    then = page_of(board.people["lead"], later, board.ledger, Asked(sort=sort, as_of=TODAY), risk_rules(TODAY), 1, 99)
    assert [one.risk for one in now[0]] == [one.risk for one in then[0]] and now[1] == then[1] > 10


def test_pages_part_a_register_without_gap_or_overlap(board: Board) -> None:
    grow(board, 12, seed=3)
    whole = _keys(board.people["lead"], board.ledger, show=Show.ALL)
    rules = risk_rules(TODAY)
    parts = [
        page_of(board.people["lead"], TODAY, board.ledger, Asked(show=Show.ALL), rules, n, 5)[0] for n in (1, 2, 3)
    ]
    assert [one.risk for part in parts for one in part] == whole


def test_who_sees_which_risk_of_a_register(board: Board) -> None:
    """Members hear all; an interest closes what is about it; a region has its own register, other systems nothing."""
    there = [(Tier.SYSTEM, board.icb)]
    about_trust = a_risk(subjects=[board.trust], places=there)
    about_both = a_risk(subjects=[board.trust, board.hospice], places=[*there, (Tier.REGION, board.region)])
    regional = Ledger(Tier.REGION, board.region)
    seen = {name: set(_keys(one, board.ledger)) for name, one in board.people.items()}
    both = {about_trust.pk, about_both.pk}
    assert seen == {
        "lead": both,
        "member": both,
        "conflicted": {about_trust.pk},
        "stranger": set(),
        "region": {about_both.pk},  # it stands on the region's register too
        "provider": set(),
    }
    assert _keys(board.people["region"], regional) == [about_both.pk]
    earlier = TODAY - timedelta(days=1)
    assert _keys(board.people["conflicted"], board.ledger, as_of=earlier) == [about_trust.pk]


def test_region_reads_of_its_own_register_what_it_may_read_at_all_and_an_interest_closes_some_of_it(
    board: Board,
) -> None:
    """On its own register nobody asks of each risk whether it stands there: the answer is the same."""
    grow(board, 25, seed=7)
    regional, person = Ledger(Tier.REGION, board.region), board.people["region"]
    found = []
    for interested in (False, True):
        if interested:
            an_interest(person, board.hospice)
            person = Person.objects.get(pk=person.pk)
        for day in (None, TODAY - timedelta(days=120)):
            lines = lines_on(person, TODAY, regional, day)
            seen = Risk.objects.visible_to(person, TODAY).values("pk")
            every = RegisterLine.objects.filter(tier=Tier.REGION.value, body=board.region).on_day(day)
            assert set(lines) == set(every.filter(risk__in=seen))
            found.append(lines.count())
    assert found[0] > found[2] > 0 and found[1] > found[3] > 0


def test_whoever_hears_of_every_system_reads_every_register_but_for_their_interests(board: Board) -> None:
    """No condition at all is not the same as one that nothing meets."""
    there = [(Tier.SYSTEM, board.icb)]
    about_trust, about_hospice = (a_risk(subjects=[one], places=there) for one in (board.trust, board.hospice))
    everywhere = a_person(Role.MEMBER)
    assert set(_keys(everywhere, board.ledger)) == {about_trust.pk, about_hospice.pk}
    assert sum(one.open for one in ledgers_of(everywhere, TODAY)) == 2
    assert months_of(everywhere, TODAY, board.ledger)[-1].open == 2
    assert not Risk.objects.hidden_from(everywhere, TODAY).exists()
    an_interest(everywhere, board.hospice)
    everywhere = Person.objects.get(pk=everywhere.pk)
    assert _keys(everywhere, board.ledger) == [about_trust.pk]
    assert [one.pk for one in Risk.objects.hidden_from(everywhere, TODAY)] == [about_hospice.pk]
    assert months_of(everywhere, TODAY, board.ledger)[-1].open == 1


def test_what_a_reader_may_not_see_is_what_is_left_of_all(board: Board) -> None:
    grow(board, 20, seed=5)
    for person in board.people.values():
        seen = set(Risk.objects.visible_to(person, TODAY).values_list("pk", flat=True))
        hidden = set(Risk.objects.hidden_from(person, TODAY).values_list("pk", flat=True))
        assert not seen & hidden and len(seen | hidden) == Risk.objects.count()


def test_register_keeps_one_line_for_each_run_of_days_and_none_twice(board: Board) -> None:
    grow(board, 30, seed=6)
    rows = RegisterLine.objects.order_by("risk", "tier", "body", "since")
    runs = list(rows.values_list("risk", "tier", "body", "since", "until"))
    assert len(runs) > 60
    for (*one, _, until), (*other, since, _) in pairwise(runs):
        assert one != other or (until is not None and until <= since)
    assert all(until is None or since < until for *_, since, until in runs)
    before = set(
        rows.values_list("risk", "tier", "body", "since", "until", "statement", "status", "score", "review_on")
    )
    keep_now(Risk.objects.all(), TODAY)
    after = set(rows.values_list("risk", "tier", "body", "since", "until", "statement", "status", "score", "review_on"))
    assert before == after


def test_list_of_registers_counts_what_the_reader_sees_and_offers_their_own_empty_ones(board: Board) -> None:
    a_risk(subjects=[board.hospice], places=[(Tier.SYSTEM, board.icb)], scores=[((4, 4), TODAY)])
    a_risk(subjects=[board.trust], places=[(Tier.SYSTEM, board.icb), (Tier.REGION, board.region)])
    a_risk(subjects=[board.trust], places=[(Tier.SYSTEM, board.icb)], closed_on=TODAY)

    def counts(name: str) -> dict[Tier, tuple[int, dict[Any, int]]]:
        return {one.ledger.tier: (one.open, dict(one.by_cell)) for one in ledgers_of(board.people[name], TODAY)}

    assert counts("lead") == {
        Tier.SYSTEM: (2, {(4, 4): 1, None: 1}),
        Tier.ICB: (0, {}),
        Tier.REGION: (1, {None: 1}),
    }
    assert counts("conflicted")[Tier.SYSTEM] == (1, {None: 1})
    assert counts("region") == {Tier.REGION: (1, {None: 1}), Tier.SYSTEM: (1, {None: 1})}
    assert counts("provider") == {}


def test_register_that_nobody_keeps_is_not_there(board: Board) -> None:
    lead = board.people["lead"]
    trust = board.trust.organisation
    assert trust is not None
    assert one_ledger(lead, TODAY, "system", board.icb.pk) == board.ledger
    assert one_ledger(lead, TODAY, "galaxy", board.icb.pk) is None
    assert one_ledger(lead, TODAY, "system", trust.pk) is None
    assert one_ledger(lead, TODAY, "system", board.trust.pk) is None
    a_risk(subjects=[board.trust], places=[(Tier.PLACE, trust)])
    assert one_ledger(lead, TODAY, "place", trust.pk) is not None
    assert one_ledger(board.people["stranger"], TODAY, "place", trust.pk) is None


def test_level_beside_a_risk_is_told_to_who_may_know_it(board: Board) -> None:
    office = an_office(organisation=board.icb)
    a_decision(board.trust, "enhanced", TODAY - timedelta(days=60), office)
    guidance, both = guidance_for(board.icb.code, TODAY), {board.trust.pk, board.hospice.pk}

    def told(name: str, day: date = TODAY) -> dict[str, str]:
        found = levels_for(board.people[name], TODAY, both, guidance, day, day)
        return {one.name: found[one.pk] for one in (board.trust, board.hospice) if one.pk in found}

    assert told("member") == {"Mill": "Enhanced", "Elm": "Routine"}
    assert told("member", TODAY - timedelta(days=61)) == {"Mill": "Routine", "Elm": "Routine"}
    assert told("region") == {}
    a_decision(board.trust, "intensive", TODAY, an_office(organisation=board.icb), reaches=(board.region,))
    assert told("region") == {}  # it knows of one decision of two: a part of the story would tell it wrongly


def test_months_are_what_the_register_of_each_day_counts(board: Board) -> None:
    grow(board, 30, seed=4)
    lead = board.people["lead"]
    for month in months_of(lead, TODAY, board.ledger):
        stood = [one for one in _stood(board.ledger, month.on).values() if not one.is_closed]
        cells = [(one.current.likelihood, one.current.consequence) if one.current else None for one in stood]
        assert dict(month.by_cell) == {cell: cells.count(cell) for cell in cells}, month.on
    assert sum(one.open for one in months_of(lead, TODAY, board.ledger)) > 50
    assert sum(one.open for one in months_of(board.people["stranger"], TODAY, board.ledger)) == 0


def test_ends_of_months_are_thirteen_and_end_today() -> None:
    days = ends_of_months(date(2026, 3, 31))
    assert (days[0], days[-2:], len(days)) == (date(2025, 3, 31), (date(2026, 2, 28), date(2026, 3, 31)), 13)


def test_what_moved_is_told_by_how_it_moved_the_furthest_first(board: Board) -> None:
    there, since = [(Tier.SYSTEM, board.icb)], TODAY - timedelta(days=30)
    plain: dict[str, Any] = {"subjects": [board.trust], "places": there, "opened_on": date(2025, 1, 6)}
    before, after = date(2025, 2, 3), TODAY - timedelta(days=3)
    risen = a_risk(scores=[((2, 2), before), ((4, 4), after)], **plain)
    a_little = a_risk(scores=[((2, 2), before), ((2, 3), after)], **plain)
    fallen = a_risk(scores=[((4, 4), before), ((1, 2), after)], **plain)
    a_risk(scores=[((3, 3), before), ((3, 3), after)], **plain)
    a_risk(scores=[((3, 3), after)], **plain)  # scored for the first time, and did not rise
    left = a_risk(scores=[((3, 3), before)], closed_on=after, **plain)
    came = a_risk(scores=[((3, 4), after)], **{**plain, "opened_on": after})
    hidden = a_risk(scores=[((5, 5), after)], **{**plain, "opened_on": after, "subjects": [board.hospice]})
    matrix = risk_rules(TODAY).matrix

    found = moved_since(board.people["conflicted"], TODAY, board.ledger, matrix, since)

    assert [(one.risk, one.how, one.by) for one in found.moved] == [
        (risen.pk, How.RISEN, 12),
        (a_little.pk, How.RISEN, 2),
        (came.pk, How.CAME, 12),
        (fallen.pk, How.FALLEN, -14),
        (left.pk, How.LEFT, -9),
    ]
    assert found.counts == {How.RISEN: 2, How.CAME: 1, How.FALLEN: 1, How.LEFT: 1}
    whole = moved_since(board.people["lead"], TODAY, board.ledger, matrix, since)
    assert hidden.pk in {one.risk for one in whole.moved}


@pytest.mark.parametrize("back", [0, 30, 92, 400, 800])
def test_what_moved_is_what_a_slow_look_at_both_days_tells(board: Board, back: int) -> None:
    grow(board, 40, seed=8)
    since, matrix = TODAY - timedelta(days=back), risk_rules(TODAY).matrix
    then, now = (
        {key: one for key, one in _stood(board.ledger, day).items() if not one.is_closed} for day in (since, TODAY)
    )
    told: dict[UUID, How] = {}
    for key in then.keys() | now.keys():
        scores = [rate(matrix, one.current).score if one.current else 0 for one in (then.get(key), now.get(key)) if one]
        if key not in then or key not in now:
            told[key] = How.CAME if key in now else How.LEFT
        elif all(scores) and scores[0] != scores[1]:
            told[key] = How.RISEN if scores[1] > scores[0] else How.FALLEN

    found = moved_since(board.people["lead"], TODAY, board.ledger, matrix, since)

    assert {one.risk: one.how for one in found.moved} == told
    assert found.counts == {how: list(told.values()).count(how) for how in How}
    assert bool(told) == bool(back)


def test_how_a_register_moved_is_asked_of_its_lines_alone(board: Board) -> None:
    """What is kept of it is read again only after an operation on risks, so that it may rest on nothing else."""
    grow(board, 5)
    with CaptureQueriesContext(connection) as asked:
        _shared_months(board.ledger, TODAY, frozenset())
        _shared_moved(board.ledger, TODAY, frozenset(), (), TODAY)
    tables = {table for one in asked.captured_queries for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', one["sql"])}
    assert tables == {"risks_registerline"}
