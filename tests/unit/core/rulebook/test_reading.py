"""A part is read from the text that people write: every mistake with its line and field, and nothing that can do harm."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sightline.core.rulebook import PARTS, RulebookError, SourceEntry, Sources, as_text, parse
from sightline.core.rulebook.reading import DEEPEST, LONGEST
from sightline.core.signals import Quadrant

SOURCE = "  - {id: ward-walks, name: Ward walks, quadrant: internal-qualitative, cites: local}"
GOOD = f"sources:\n{SOURCE}\n"


def problems(text: str, part: str = "sources") -> list[str]:
    """This function will give what is wrong with a text that must be refused."""
    with pytest.raises(RulebookError) as caught:
        parse(part, text)
    return [str(problem) for problem in caught.value.problems]


def test_text_is_read_into_frozen_objects() -> None:
    made = parse("sources", GOOD)
    assert isinstance(made, Sources)
    assert made.sources == (
        SourceEntry(id="ward-walks", name="Ward walks", quadrant=Quadrant.INTERNAL_QUALITATIVE, cites="local"),
    )
    with pytest.raises(ValueError, match="frozen"):
        made.sources[0].name = "Other"  # type: ignore[misc]  # that it cannot be set is what is shown


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "The text: it is empty."),
        ("# only a remark\n", "The text: it is empty."),
        ("sources\n", "Line 1: it must begin with one of “sources”, “retired”, each with a colon."),
        ("sources:\n  - [\n", "Line 3: it cannot be read as YAML"),
        ("sources: []\n", "Line 1, sources: tuple should have at least 1 item"),
        (f"{GOOD}more: 1\n", "Line 3, more: there is no such field; check its spelling."),
        (f"{GOOD}{GOOD}", "Line 3, sources: it stands twice in one entry."),
        (GOOD.replace("name: Ward walks", "name: a"), "Line 2, sources › number 1 › name: it needs at least 2 characters."),
        (GOOD.replace("name: Ward walks", "name: 12"), "Line 2, sources › number 1 › name: it must be words; put it in quotes."),
        (GOOD.replace(", cites: local", ""), "Line 2, sources › number 1 › cites: it is missing."),
        (GOOD.replace("cites: local", "cites: ''"), "Line 2, sources › number 1 › cites: it needs at least 3 characters."),
        (GOOD.replace("internal-qualitative", "inside"), "Line 2, sources › number 1 › quadrant: input should be"),
        (GOOD.replace("ward-walks", "Ward Walks"), "Line 2, sources › number 1 › id: string should match pattern"),
        (f"{GOOD}{SOURCE}\n", "Line 3: the source “ward-walks” stands twice."),
        (f"{GOOD}retired:\n{SOURCE}\n", "Line 4: the source “ward-walks” stands twice."),
        ("sources: &a\n  - *a\n", "Line 1: “&” and “*” at the start of a value are not used here"),
        ("sources: 2026-02-31\n", "The text: it cannot be read as YAML"),
        ("sources: !!python/object:os.system {}\n", "Line 1: it cannot be read as YAML"),
    ],
)  # fmt: skip
def test_mistake_is_named_with_its_line_and_field(text: str, says: str) -> None:
    assert any(problem.startswith(says) for problem in problems(text)), problems(text)


def test_every_mistake_is_named_at_once_in_the_order_of_the_lines() -> None:
    text = "sources:\n  - id: A b\n    name: x\n    quadrant: nowhere\n  - {}\nextra: 1\n"
    lines = [problem.split(",")[0] for problem in problems(text)]
    assert lines == ["Line 2", "Line 2", "Line 3", "Line 4", *["Line 5"] * 4, "Line 6"]


def test_text_that_grows_or_has_no_bottom_is_refused_before_it_is_built() -> None:
    assert "longer than" in problems("a" * (LONGEST + 1))[0]
    assert "too deep" in problems("sources: " + "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1))[0]
    assert "too deep" in problems("[" * 50_000)[0]


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_reasons_and_nothing_else(text: str) -> None:
    try:
        made = parse("sources", text)
    except RulebookError as error:
        assert error.problems
    else:
        assert made == parse("sources", as_text(made))


WORD = st.text(alphabet="abcxyz åé:#'\"-{}[]&*!|>%@`,?\n01", min_size=3, max_size=30).filter(
    lambda w: len(w.strip()) >= 3
)


@given(st.lists(st.tuples(WORD, WORD, st.sampled_from(Quadrant)), min_size=1, max_size=4))
def test_what_is_written_reads_as_the_same_whatever_its_words(rows: list[tuple[str, str, Quadrant]]) -> None:
    made = Sources(
        sources=tuple(
            SourceEntry(id=f"s-{number}", name=name, cites=cites, quadrant=quadrant)
            for number, (name, cites, quadrant) in enumerate(rows)
        )
    )
    assert parse("sources", as_text(made)) == made


def test_an_entry_is_written_with_its_id_first_and_its_citation_last() -> None:
    (entry,) = yaml.safe_load(as_text(parse("sources", GOOD)))["sources"]
    assert list(entry) == ["id", "name", "quadrant", "cites"]


def test_a_part_that_nobody_knows_is_a_slip_of_the_caller() -> None:
    assert "sources" in PARTS
    with pytest.raises(KeyError):
        parse("nonsense", GOOD)
