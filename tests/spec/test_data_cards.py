"""The data card as the guidance has it: no chart is shared before it says what its figures are."""

from __future__ import annotations

import pytest

from sightline.indicators import describing
from sightline.indicators.catalogue import DataCard

SAID = dict.fromkeys(describing.CARD, "Said in full")


@pytest.mark.requirement("DAT-01")
def test_t21_a_chart_without_known_issues_is_not_added_to_a_pack() -> None:
    """T21: data chart without “known issues” → cannot be added to a pack; “what good looks like” may be “not possible:
    reason”."""
    assert describing.may_be_shared(DataCard(**SAID))
    verdict = describing.may_be_shared(DataCard(**{**SAID, "known_issues": describing.UNSTATED}))
    assert not verdict
    assert "Known issues and constraints" in verdict.words
    assert describing.may_be_shared(DataCard(**{**SAID, "what_good_looks_like": "Not possible – no standard exists"}))
