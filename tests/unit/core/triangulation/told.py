"""Invented evidence, rules and ages of evidence, for every test of the triangulation."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as some

from sightline.core.rulebook import Age, Fewest, Freshness, ProposalKind, ProposalRule
from sightline.core.signals import ROWS, Bearing, Dimension, Quadrant
from sightline.core.triangulation.evidence import Certainty, Evidence

TODAY = date(2026, 1, 15)
AGES = {
    Quadrant.INTERNAL_QUANTITATIVE: 500,
    Quadrant.EXTERNAL_QUANTITATIVE: 700,
    Quadrant.INTERNAL_QUALITATIVE: 300,
    Quadrant.EXTERNAL_QUALITATIVE: 365,
}
FRESHNESS = Freshness(
    ages=tuple(Age(quadrant=one, days=days, cites="local") for one, days in AGES.items()),
    fewest=Fewest(sources=3, quadrants=2, cites="local"),
)


def said(
    origin: str = "shmi",
    *rows: Dimension,
    quadrant: Quadrant | None = Quadrant.INTERNAL_QUANTITATIVE,
    bearing: Bearing = Bearing.CONCERN,
    days_ago: int = 60,
    lasting: int = 100,
    hard: bool | None = None,
    certainty: Certainty = Certainty.FAIRLY_SURE,
    changed: bool = True,
    key: str = "",
    subject: str = "ZR1",
) -> Evidence:
    """This function will make a piece of evidence about safety, unless told otherwise; words are soft, figures hard."""
    until = TODAY - timedelta(days=days_ago)
    figures = quadrant in {Quadrant.INTERNAL_QUANTITATIVE, Quadrant.EXTERNAL_QUANTITATIVE}
    told = (rows or (Dimension.SAFE,), quadrant, origin, bearing, until - timedelta(days=lasting), until)
    is_hard = figures if hard is None else hard
    # What is told decides the key, so that two pieces with one key are one piece.
    name = key or "/".join(map(str, (subject, *told, is_hard, certainty, changed)))
    return Evidence(name, subject, *told, is_hard, certainty, changed, label=f"what {origin} says")


def words(origin: str, *rows: Dimension, inside: bool = False, **how: object) -> Evidence:
    """This function will make something that was told in words."""
    quadrant = Quadrant.INTERNAL_QUALITATIVE if inside else Quadrant.EXTERNAL_QUALITATIVE
    return said(origin, *rows, quadrant=quadrant, **how)  # type: ignore[arg-type]  # the keywords of said()


def a_rule(
    id: str = "ask", kind: ProposalKind = ProposalKind.ASK_FOR_INFORMATION, sources: int = 3, **more: object
) -> ProposalRule:
    """This function will make a rule that asks for information where three sources in two quadrants agree in a row."""
    usual: dict[str, object] = {
        "id": id,
        "kind": kind,
        "says": "{sources} agree on {dimension} at {subject} since {since}.",
        "bearing": Bearing.CONCERN,
        "sources_at_least": sources,
        "quadrants_at_least": min(sources, 2),
        "same_row": True,
        "within_days": 550,
        "needs_change": True,
        "cites": "local",
    }
    rule = usual | more
    if not rule["same_row"]:
        rule["says"] = "{sources} speak of {subject} since {since}."
    return ProposalRule.model_validate(rule)


ORIGINS = ("shmi", "tidy", "survey", "healthwatch", "union")


def _drawn(rows: some.SearchStrategy[list[Dimension]], oldest: int) -> some.SearchStrategy[Evidence]:
    return some.builds(
        lambda origin, about, **how: said(origin, *about, **how),
        origin=some.sampled_from(ORIGINS),
        about=rows,
        quadrant=some.sampled_from([*Quadrant, None]),
        bearing=some.sampled_from([Bearing.CONCERN, Bearing.CONCERN, Bearing.IMPROVEMENT, Bearing.NEITHER]),
        days_ago=some.integers(0, oldest),
        lasting=some.integers(0, 400),
        hard=some.booleans(),
        certainty=some.sampled_from(Certainty),
        changed=some.sampled_from([True, True, False]),
    )


pieces = _drawn(some.lists(some.sampled_from(ROWS[:3]), max_size=2, unique=True), 800)
told = some.lists(pieces, max_size=9)
# So much, so fresh and so close together that rules are met more often than not.
_same = some.sampled_from([[ROWS[0]], [ROWS[0], ROWS[1]], list(ROWS[:3])])
much = some.lists(_drawn(_same, 320), min_size=5, max_size=12)
rules = some.lists(
    some.builds(
        a_rule,
        kind=some.sampled_from([ProposalKind.ASK_FOR_INFORMATION, ProposalKind.DISCUSS, ProposalKind.TRIGGER_TOOL]),
        sources=some.integers(2, 4),
        quadrants_at_least=some.integers(1, 2),
        same_row=some.booleans(),
        within_days=some.sampled_from([200, 550]),
        needs_change=some.booleans(),
        needs_qualitative=some.booleans(),
        needs_soft=some.booleans(),
        needs_hard=some.booleans(),
    ),
    min_size=1,
    max_size=4,
).map(lambda made: [one.model_copy(update={"id": f"rule-{place}"}) for place, one in enumerate(made)])
