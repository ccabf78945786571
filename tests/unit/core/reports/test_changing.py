"""What became of the lines of a report, against a slow, obvious twin."""

from __future__ import annotations

from itertools import product

import pytest

from sightline.core.reports.changing import Change, Gathered, changes_between


@pytest.mark.parametrize(("before", "after"), list(product(["", "a", "b"], repeat=2)))
def test_a_line_is_new_otherwise_or_gone(before: str, after: str) -> None:
    was, now = ([Gathered("s", "r", says)] if says else [] for says in (before, after))
    found = [(one.change, one.line.says, one.before) for one in changes_between(was, now)]
    match before, after:
        case ("", ""):
            expected = []
        case ("", _):
            expected = [(Change.NEW, after, "")]
        case (_, ""):
            expected = [(Change.GONE, before, before)]
        case _:
            expected = [] if before == after else [(Change.OTHERWISE, after, before)]
    assert found == expected


def test_the_same_record_in_another_section_is_another_line() -> None:
    found = changes_between([Gathered("one", "r", "x")], [Gathered("two", "r", "x")])
    assert [(one.line.section, one.change) for one in found] == [("two", Change.NEW), ("one", Change.GONE)]
