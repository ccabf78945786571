"""The action log as the guidance has it: its two columns that never disagree, its owners, and closing with the impact."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sightline.core.actions.facts import ActionKind, Owning
from sightline.core.actions.rules import may_close, may_own
from sightline.core.actions.standing import Priority, Standing, Status, standing

RAISED, TODAY = date(2026, 2, 2), date(2026, 3, 2)
LATE, IN_TIME = TODAY - timedelta(days=1), TODAY + timedelta(days=30)


@pytest.mark.requirement("ACT-02")
def test_t22_an_action_closed_with_priority_1_is_rejected_and_one_that_is_closed_is_set_to_3() -> None:
    """T22: action closed with priority 1 → rejected, or set to 3 by itself."""
    with pytest.raises(ValueError, match="status C cannot stand beside priority 1"):
        Standing(Status.CLOSED, Priority.HIGH)
    assert standing(LATE, TODAY, is_closed=False).priority is Priority.HIGH, "it was of high priority while it was open"
    assert standing(LATE, TODAY, is_closed=True) == Standing(Status.CLOSED, Priority.CLOSED)


@pytest.mark.requirement("ACT-02")
def test_annex_d_an_open_action_is_1_or_2_and_a_closed_one_is_3() -> None:
    """Annex D: O = open, C = closed; 1 = high priority open, 2 = on target open, 3 = closed."""
    assert standing(LATE, TODAY, is_closed=False) == Standing(Status.OPEN, Priority.HIGH)
    assert standing(IN_TIME, TODAY, is_closed=False) == Standing(Status.OPEN, Priority.ON_TARGET)
    assert standing(IN_TIME, TODAY, is_closed=True) == Standing(Status.CLOSED, Priority.CLOSED)


@pytest.mark.requirement("ACT-04")
def test_an_action_is_not_closed_before_its_impact_is_told() -> None:
    """SQG 2022 §3.10: action logs reviewed at each meeting, and the impact captured and shared for future learning."""
    verdict = may_close(RAISED, TODAY, TODAY, "", is_closed=False)
    assert [one.source for one in verdict.reasons] == ["ACT-04; SQG 2022 §3.10"]
    assert may_close(RAISED, TODAY, TODAY, "Nobody waits longer than an hour.", is_closed=False)


@pytest.mark.requirement("GRP-13")
def test_a_group_has_no_powers_so_a_member_organisation_acts_under_its_own() -> None:
    """¶23: members can take contractual or regulatory action, or give support, in line with their existing
    responsibilities; groups have no formal powers. So it is never the group that does it."""
    group = "Lantern Quality Surveillance Group"
    assert not may_own(Owning("Lantern Integrated Care Board", name=group), [group])
    assert not may_own(Owning("", name="Dana Doe"), [group])
    assert may_own(Owning("Lantern Integrated Care Board", name="Dana Doe"), [group])


@pytest.mark.requirement("ACT-07")
def test_the_types_of_action_are_those_that_members_can_take() -> None:
    """¶23: contractual action, regulatory or enforcement action, improvement support, performance management."""
    of_the_guidance = {ActionKind.CONTRACT, ActionKind.REGULATION, ActionKind.SUPPORT, ActionKind.PERFORMANCE}
    assert set(ActionKind) - of_the_guidance == {
        ActionKind.INVESTIGATION,
        ActionKind.INFORMATION,
        ActionKind.COMMUNICATION,
    }
