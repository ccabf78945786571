"""What each part refuses and answers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from sightline.core.rulebook import (
    Age,
    Contribution,
    Contributions,
    Fewest,
    Freshness,
    Grade,
    Grading,
    Pack,
    PackFacts,
    Prompt,
    PromptKind,
    ProposalRule,
    Proposals,
    SafeguardingPrompts,
    SourceEntry,
    Sources,
    Sureness,
    Theme,
    Themes,
    Version,
    holder_of,
    in_force,
)
from sightline.core.signals import Dimension, Quadrant

LOCAL = {"cites": "local"}
SOFT, HARD = Quadrant.EXTERNAL_QUALITATIVE, Quadrant.EXTERNAL_QUANTITATIVE


def a_rule(**more: Any) -> ProposalRule:
    """This function will make a rule that proposes, with whatever is given changed."""
    plain = {
        "id": "ask",
        "kind": "ask_for_information",
        "says": "{sources} agree about {subject} since {since}.",
        "bearing": "concern",
        "sources_at_least": 3,
        "quadrants_at_least": 2,
        "within_days": 365,
        **LOCAL,
    }
    return ProposalRule.model_validate({**plain, **more})


def test_placeholders_and_conditions_that_fit_are_taken() -> None:
    assert a_rule().same_row is False
    assert a_rule(says="{dimension} at {subject}", same_row=True, lacks_figures=True).lacks_figures


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"says": "{name} is told"}, "cannot be filled in"),
        ({"says": "{} is told"}, "cannot be filled in"),
        ({"says": "{subject is told"}, "expected '}'"),
        ({"says": "{dimension} at {subject}"}, "only where same_row is true"),
        ({"sources_at_least": 1}, "cannot come from fewer sources"),
        ({"lacks_figures": True}, "asks about one row"),
        ({"lacks_figures": True, "same_row": True, "needs_hard": True}, "cannot stand beside needs_hard"),
        ({"bearing": "neither"}, "bearing"),
        ({"sources_at_least": 0}, "greater than or equal to 1"),
        ({"cites": ""}, "cites"),
        ({"score": 3}, "Extra inputs"),
    ],
)
def test_rule_that_could_not_be_met_or_said_is_refused(more: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        a_rule(**more)


def test_two_rules_of_one_name_are_refused() -> None:
    with pytest.raises(ValidationError, match="“ask” stands twice"):
        Proposals(proposals=(a_rule(), a_rule()))


def a_theme(**more: Any) -> Theme:
    """This function will make a theme, with whatever is given changed."""
    plain = {"id": "staffing", "name": "Not enough staff", "rows": ["safe"], "phrases": ["short staffed", "locum*"]}
    return Theme.model_validate({**plain, **LOCAL, **more})


@pytest.mark.parametrize("phrase", ["follow-up", "o'brien ward", "parents' concerns", "a&e", "24/7 care", "self harm*"])
def test_plain_phrases_are_taken(phrase: str) -> None:
    assert a_theme(phrases=[phrase]).phrases == (phrase,)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"phrases": ["Short staffed"]}, "small letters"),
        ({"phrases": ["two  spaces"]}, "plain words"),
        ({"phrases": ["*start"]}, "plain words"),
        ({"phrases": ["mid*dle"]}, "plain words"),
        ({"phrases": ["many**"]}, "plain words"),
        ({"phrases": ["type a*"]}, "after two letters"),
        ({"phrases": ["type a's*"]}, "after two letters"),
        ({"phrases": ["under_score"]}, "plain words"),
        ({"phrases": ["it (system)"]}, "plain words"),
        ({"phrases": ["ab"]}, "at least 3"),
        ({"phrases": []}, "at least 1"),
        ({"phrases": ["same", "same"]}, "“same” stands twice"),
        ({"exclude": ["NOT this"]}, "small letters"),
        ({"rows": ["caring"]}, "“caring” is no row"),
        ({"rows": ["safe", "safe"]}, "stands twice"),
        ({"rows": []}, "at least 1"),
    ],
)
def test_theme_that_could_not_be_found_or_placed_is_refused(more: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        a_theme(**more)


def test_theme_is_found_by_its_id() -> None:
    themes = Themes(version=1, themes=(a_theme(), a_theme(id="other")))
    assert themes.theme("other") is themes.themes[1]
    assert themes.theme("nonsense") is None


def a_scale(ids: str) -> tuple[Grade, ...]:
    return tuple(Grade.model_validate({"id": one, "name": "Step", "says": "A step", **LOCAL}) for one in ids)


@pytest.mark.parametrize(("letters", "figures"), [("ABCDE", "123456"), ("FEDCBA", "123456"), ("ABCDEF", "12345")])
def test_scale_that_is_not_whole_is_refused(letters: str, figures: str) -> None:
    sure = (Sureness(id="sure", name="Sure", says="I saw it", cites="local"),)
    assert Grading(reliability=a_scale("ABCDEF"), credibility=a_scale("123456"), sureness=sure)
    with pytest.raises(ValidationError, match="six steps"):
        Grading(reliability=a_scale(letters), credibility=a_scale(figures), sureness=sure)


def test_freshness_needs_every_quadrant_once() -> None:
    ages = tuple(Age(quadrant=one, days=100 + place, cites="local") for place, one in enumerate(Quadrant))
    fewest = Fewest(sources=3, quadrants=2, cites="local")
    made = Freshness(ages=ages, fewest=fewest)
    assert [made.days(one) for one in Quadrant] == [100, 101, 102, 103]
    for wrong in (ages[:3], (*ages, ages[0]), (*ages[:3], ages[0])):
        with pytest.raises(ValidationError, match="has its age once"):
            Freshness(ages=wrong, fewest=fewest)


def a_source(source_id: str, quadrant: Quadrant = SOFT, *feeds: str) -> SourceEntry:
    return SourceEntry(id=source_id, name=source_id, quadrant=quadrant, feeds=feeds, cites="local")


@pytest.mark.requirement("INT-02")
def test_retired_source_is_asked_for_no_longer_and_keeps_its_name() -> None:
    gone = a_source("gone", SOFT, "comments")
    made = Sources(sources=(a_source("forums", SOFT, "comments"), a_source("ratings", HARD)), retired=(gone,))
    assert [one.id for one in made.of_quadrant(SOFT)] == ["forums"]
    assert made.entry("gone") is gone and made.entry("nonsense") is None
    assert [one.id for one in made.fed_by("comments")] == ["forums", "gone"]
    assert made.fed_by("nothing") == ()


@pytest.mark.requirement("INT-18")
def test_empty_cell_names_whom_to_ask_the_most_particular_first() -> None:
    def one(name: str, quadrant: Quadrant, *dimensions: Dimension) -> Contribution:
        return Contribution(
            id=name, giver=name, givers=("cqc",), what="What it knows", quadrants=(quadrant,), dimensions=dimensions,
            cites="local",
        )  # fmt: skip

    made = Contributions(
        contributions=(one("anything", SOFT), one("fair", SOFT, Dimension.EQUITABLE), one("figures", HARD))
    )
    assert [who.id for who in made.who_could_tell(SOFT, Dimension.EQUITABLE)] == ["fair", "anything"]
    assert [who.id for who in made.who_could_tell(SOFT, Dimension.SAFE)] == ["anything"]
    assert [who.id for who in made.who_could_tell(HARD)] == ["figures"]
    assert len(made.expected_of("cqc")) == 3 and made.expected_of("police") == ()


def test_prompts_are_given_by_the_way_they_lead() -> None:
    body = {"id": "police", "name": "The police", **LOCAL}
    prompt = {"id": "abuse", "kind": "safeguarding", "asks": "Abuse?", "says": "Report it", "bodies": [body], **LOCAL}
    made = SafeguardingPrompts(prompts=(Prompt.model_validate(prompt),))
    assert len(made.of_kind(PromptKind.SAFEGUARDING)) == 1
    assert made.of_kind(PromptKind.REGULATOR) == ()


def a_pack(pack_id: str, begins: date, *parts: str) -> Pack:
    """This function will make a pack that holds parts of these names."""
    facts = PackFacts(
        id=pack_id,
        title=pack_id,
        publisher="Nobody",
        published="2020-01",
        in_force_from=begins,
        version=1,
        cites="local",
    )
    return Pack(facts, {name: Sources(sources=(a_source(f"{pack_id}-{name}"),)) for name in parts})


OLD, MIDDLE, NEW = (
    a_pack("old", date(2013, 1, 1), "map"),
    a_pack("middle", date(2017, 1, 1), "sources"),
    a_pack("new", date(2022, 1, 21), "sources", "themes"),
)


@pytest.mark.requirement("FRW-01", "FRW-02")
@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2000, 1, 1), "old"),
        (date(2016, 12, 31), "old"),
        (date(2017, 1, 1), "middle"),
        (date(2022, 1, 20), "middle"),
        (date(2022, 1, 21), "new"),
        (date(2099, 1, 1), "new"),
    ],
)
def test_pack_in_force_is_the_last_that_had_begun(on: date, expected: str) -> None:
    assert in_force([NEW, OLD, MIDDLE], on).id == expected


@pytest.mark.requirement("FRW-04")
@pytest.mark.parametrize(
    ("name", "on", "expected"),
    [
        ("sources", date(2018, 1, 1), "middle"),
        ("sources", date(2014, 1, 1), "middle"),  # the pack of the day is silent: the next that speaks
        ("themes", date(2014, 1, 1), "new"),
        ("sources", date(2023, 1, 1), "new"),
        ("map", date(2014, 1, 1), "old"),
        ("map", date(2018, 1, 1), ""),  # superseded with its pack
        ("nonsense", date(2018, 1, 1), ""),
    ],
)
def test_part_is_held_by_the_pack_in_force_or_the_next_later_one(name: str, on: date, expected: str) -> None:
    found = holder_of([NEW, OLD, MIDDLE], name, on)
    assert (found.id if found else "") == expected


def test_pack_that_ends_before_it_begins_is_refused() -> None:
    plain = NEW.facts.model_dump()
    with pytest.raises(ValidationError, match="ends before it begins"):
        PackFacts.model_validate({**plain, "in_force_to": NEW.facts.in_force_from})


def test_version_tells_the_edition_and_the_local_change() -> None:
    assert str(Version("sqg-2022", 1)) == "sqg-2022 v1"
    assert str(Version("sqg-2022", 2, 7)) == "sqg-2022 v2, change 7"
