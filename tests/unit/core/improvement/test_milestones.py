"""What may be noted of a milestone, as a table; how one stands by its entries; and the count of all."""

from __future__ import annotations

from datetime import date

import pytest

from sightline.core.improvement.milestones import Activity, Lasts, Noted, Progress, activity, may_note, standing

DAY, BEFORE = date(2026, 3, 2), date(2026, 3, 1)
SURE = {"evidence": "The log", "assured_by": "Two members", "assured_how": "They went at night"}


@pytest.mark.requirement("PLN-07")
@pytest.mark.parametrize(
    ("noted", "says"),
    [
        (Noted(Progress.UNDER_WAY), ""),
        (Noted(Progress.REACHED), "Give the evidence"),
        (Noted(Progress.REACHED, evidence=" "), "Give the evidence"),
        (Noted(Progress.REACHED, evidence="The log"), ""),
        (Noted(Progress.REACHED, evidence="The log", assured_by="Two members"), "both who assured it and how"),
        (Noted(Progress.REACHED, evidence="The log", assured_how="At night"), "both who assured it and how"),
        (Noted(Progress.REACHED, **SURE), ""),  # type: ignore[arg-type]
        (Noted(Progress.REACHED, **SURE, lasts=Lasts.YES), ""),  # type: ignore[arg-type]
        (Noted(Progress.REACHED, evidence="The log", lasts=Lasts.YES), "That it lasts"),
        (Noted(Progress.UNDER_WAY, lasts=Lasts.YES), "That it lasts"),
        (Noted(Progress.UNDER_WAY, **SURE), "Only what is reached"),  # type: ignore[arg-type]
        (Noted(Progress.REACHED, **SURE, is_providers=True), "The group assures"),  # type: ignore[arg-type]
        (Noted(Progress.REACHED, evidence="The log", is_providers=True), ""),
    ],
)
def test_what_is_reached_is_shown_by_evidence_and_lasts_only_where_it_was_assured(noted: Noted, says: str) -> None:
    told = " ".join(one.says for one in may_note(noted).reasons)
    assert bool(may_note(noted)) == (not says)
    assert says in told
    assert all("Annex C" in one.source for one in may_note(noted).reasons)


@pytest.mark.requirement("QIG-05")
@pytest.mark.parametrize("progress", [Progress.IN_DOUBT, Progress.MISSED])
@pytest.mark.parametrize("is_providers", [True, False])
def test_a_doubt_comes_with_why_and_what_is_done(progress: Progress, is_providers: bool) -> None:
    assert not may_note(Noted(progress, says="  ", is_providers=is_providers))
    assert may_note(Noted(progress, says="Too few nurses; we hire", is_providers=is_providers))


def test_the_group_decides_how_a_milestone_stands_and_the_provider_is_heard_since() -> None:
    group = Noted(Progress.REACHED, **SURE, lasts=Lasts.YES)  # type: ignore[arg-type]
    doubt = Noted(Progress.IN_DOUBT, "Too few", is_providers=True)
    assert standing([], None, DAY).progress is None
    found = standing([doubt, group], DAY, DAY)
    assert (found.progress, found.provider, found.is_done, found.is_in_doubt) == (Progress.REACHED, None, True, False)
    found = standing([group, doubt], DAY, DAY)
    assert (found.progress, found.provider, found.is_in_doubt) == (Progress.REACHED, Progress.IN_DOUBT, True)
    found = standing([doubt], DAY, DAY)
    assert (found.progress, found.provider) == (None, Progress.IN_DOUBT)


@pytest.mark.parametrize(
    ("due", "entries", "overdue"),
    [
        (None, [], False),
        (DAY, [], False),
        (BEFORE, [], True),
        (BEFORE, [Noted(Progress.REACHED, evidence="x")], False),
        (BEFORE, [Noted(Progress.REACHED, evidence="x", is_providers=True)], True),
    ],
)
def test_a_milestone_is_overdue_until_the_group_holds_it_to_be_reached(
    due: date | None, entries: list[Noted], overdue: bool
) -> None:
    assert standing(entries, due, DAY).is_overdue is overdue


def test_milestones_are_counted_by_how_they_stand() -> None:
    lasting = standing([Noted(Progress.REACHED, **SURE, lasts=Lasts.YES)], None, DAY)  # type: ignore[arg-type]
    reached = standing([Noted(Progress.REACHED, evidence="x")], None, DAY)
    doubtful = standing([Noted(Progress.IN_DOUBT, "x")], BEFORE, DAY)
    assert activity([lasting, reached, doubtful]) == Activity(3, 2, 1, 1, 1)
    assert activity([lasting]).is_complete
    assert not activity([lasting, reached]).is_complete
    assert not activity([]).is_complete
