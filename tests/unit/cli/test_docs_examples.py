"""The acceptance examples as a document: read from tests that are invented here, and from our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from sightline.cli.docs_examples import document, examples_in, find_spec

TOLD = '''
import pytest

@pytest.mark.requirement("AAA-01", "AAA-02")
@pytest.mark.parametrize(("a", "b"), [(1, 2), (3, 4), (5, 6)])
def test_group_of_ten_is_quorate(a, b):
    """T2: five of them are
    there.
    """

def test_t12_icb_decides() -> None:
    assert True

@pytest.mark.parametrize("one", MANY)
def test_a_table_made_elsewhere(one):
    """T2: with a | in it."""

def test_of_nothing_in_particular():
    """It speaks of T2: and is none."""

def a_group():
    """T3: no test."""
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    spec = tmp_path / "tests/spec"
    spec.mkdir(parents=True)
    (spec / "test_meetings.py").write_text(TOLD, encoding="utf-8")
    return spec


def test_examples_are_known_by_their_docstring_or_their_name(folder: Path) -> None:
    found = [(one.number, one.says, one.requirements, one.cases) for one in examples_in(folder)]
    assert found == [
        (2, "Group of ten is quorate. Five of them are there.", ("AAA-01", "AAA-02"), 3),
        (2, "A table made elsewhere. With a \\| in it.", (), 1),
        (12, "ICB decides.", (), 1),
    ]


def test_document_has_a_line_for_each_that_leads_to_its_test(folder: Path) -> None:
    lines = [line for line in document(folder).splitlines() if line.startswith("| T")]
    assert lines[0] == (
        "| T2 | Group of ten is quorate. Five of them are there. | AAA-01, AAA-02 | 3 "
        "| [test_meetings.py](../../tests/spec/test_meetings.py) |"
    )
    assert len(lines) == 3


def test_specification_is_found_from_within_a_checkout_and_nowhere_else(folder: Path, tmp_path: Path) -> None:
    within = tmp_path / "docs"
    within.mkdir()
    assert find_spec(within) == folder
    assert find_spec(Path("/")) is None


def test_every_example_of_levels_groups_risks_and_exchanges_is_a_test() -> None:
    spec = find_spec(Path(__file__).parent)
    assert spec is not None
    assert {*range(8, 18), 19, 20, 24, 25, 26} <= {one.number for one in examples_in(spec)}


def test_document_in_the_reference_is_the_one_that_the_tests_give() -> None:
    spec = find_spec(Path(__file__).parent)
    assert spec is not None
    kept = spec.parents[1] / "docs/reference/examples.md"
    assert kept.read_text(encoding="utf-8").endswith(document(spec)), "Run: ./dev docs"
