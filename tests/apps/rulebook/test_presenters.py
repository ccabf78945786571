"""Rules in plain words: what is local is marked, nothing is said twice, and a difference is told in words."""

from __future__ import annotations

from datetime import UTC, datetime

from sightline.core.rulebook import Freshness, Part, Sources, Version, parse
from sightline.rulebook.packs import PACKS
from sightline.rulebook.presenters import difference, sections
from sightline.rulebook.queries import LocalVersion, PartInForce

PACK = PACKS["sqg-2022"]
AT = datetime(2026, 1, 15, 12, tzinfo=UTC)
SOURCE = "  - {{id: {0}, name: {1}, quadrant: internal-qualitative, cites: local}}"


def local(name: str, content: Part) -> PartInForce:
    """This function will make a part of which a local version counts."""
    kept = LocalVersion(1, PACK.id, name, "kept", f"{PACK.id} v1", "We decided so", AT, "person:x")
    return PartInForce(name, PACK, Version(PACK.id, 1, 1), content, kept)


def published(name: str) -> PartInForce:
    """This function will give a part as published."""
    return PartInForce(name, PACK, Version(PACK.id, 1), PACK.parts[name])


def test_only_what_is_local_is_marked() -> None:
    own = PACK.parts["freshness"]
    assert isinstance(own, Freshness)
    first = own.ages[0].model_copy(update={"days": 30})
    found = sections(local("freshness", own.model_copy(update={"ages": (first, *own.ages[1:])})))
    assert [row.change for row in found[0].rows] == ["Changed here", "", "", ""]
    assert [row.change for row in found[1].rows] == [""]
    assert {row.change for section in sections(published("freshness")) for row in section.rows} == {""}


def test_added_source_is_marked_as_added_and_a_renamed_one_as_changed() -> None:
    own = PACK.parts["sources"]
    assert isinstance(own, Sources)
    renamed = own.sources[0].model_copy(update={"name": "Serious incidents"})
    added = own.sources[1].model_copy(update={"id": "ward-walks", "name": "Ward walks"})
    (section,) = sections(local("sources", Sources(sources=(renamed, *own.sources[1:], added))))
    marked = {row.title: row.change for row in section.rows if row.change}
    assert marked == {"Serious incidents": "Changed here", "Ward walks": "Added here"}


def test_entry_without_a_name_is_called_by_its_first_word_and_says_it_once() -> None:
    ages, fewest = sections(published("freshness"))
    assert ages.rows[0].title == "From inside the provider, in figures"
    assert [fact.label for fact in ages.rows[0].facts] == ["Stale after so many days"]
    assert fewest.rows[0].title == "How few are too few"
    assert [fact.says for fact in fewest.rows[0].facts] == ["3", "2"]


def test_reference_to_another_entry_is_told_by_what_it_names() -> None:
    rules = next(section for section in sections(published("trigger_tool")) if section.heading == "Rules")
    told = [fact.says for row in rules.rows for fact in row.facts]
    ids = {one.id for one in PACK.parts["trigger_tool"].steps}  # type: ignore[attr-defined]  # a part of that shape
    assert not ids & set(told)


def test_words_of_the_dictionary_are_never_taken_for_references() -> None:
    (section,) = sections(published("themes"))
    birth = next(row for row in section.rows if row.title.startswith("Pregnancy"))
    assert "birth, births" in birth.facts[1].says


def test_difference_names_what_is_added_and_removed_and_keeps_the_indent() -> None:
    before = parse("sources", f"sources:\n{SOURCE.format('a', 'Ward walks')}\n{SOURCE.format('b', 'Rounds')}\n")
    after = parse("sources", f"sources:\n{SOURCE.format('a', 'Ward visits')}\n{SOURCE.format('b', 'Rounds')}\n")
    found = [(line.word, line.text) for line in difference(before, after) if line.word]
    assert found == [("Removed", "\xa0\xa0name: Ward walks"), ("Added", "\xa0\xa0name: Ward visits")]
    assert difference(before, before) == []


def test_far_apart_changes_have_a_gap_between_them() -> None:
    names = [f"Round {number}" for number in range(6)]

    def text(named: list[str]) -> str:
        return "sources:\n" + "\n".join(SOURCE.format(f"s-{n}", name) for n, name in enumerate(named)) + "\n"

    found = difference(parse("sources", text(names)), parse("sources", text(["First", *names[1:5], "Last"])))
    assert [line.text for line in found].count("…") == 1
    assert [line.word for line in found if line.word] == ["Removed", "Added", "Removed", "Added"]
