"""What a refusal says of its source: the paragraph that its reader can look up, and no number of our own catalogue."""

from __future__ import annotations

import pytest

from sightline.core.verdict import Reason, paragraph


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("MTG-07; SQG 2022 Annex B §3", "SQG 2022 Annex B §3"),
        ("REC-16", ""),
        ("COI-02; QUO-07", ""),
        ("ACT-03, ACT-06; SQG 2022 §3.10 and QSG 2017 ¶99", "SQG 2022 §3.10 and QSG 2017 ¶99"),
        ("PER-06 to PER-08", ""),
        ("PLN-01/04; NQB risk response 2022, Annex C", "NQB risk response 2022, Annex C"),
        ("QSG 2017 ¶46; QSG 2017 ¶47", "QSG 2017 ¶46; QSG 2017 ¶47"),
        ("local, after QSG 2017 ¶126", "local, after QSG 2017 ¶126"),
        ("", ""),
    ],
)
def test_source_is_shown_without_our_own_numbers(source: str, shown: str) -> None:
    assert paragraph(source) == shown
    assert Reason("Not so.", source).cited == (f"Not so. ({shown})" if shown else "Not so.")
