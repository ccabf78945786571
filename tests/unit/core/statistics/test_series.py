"""One series as plain facts: honest states, gaps, remarks, changes; and the rule sets behind them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sightline.core.signals import Rule, Side
from sightline.core.statistics.rebasing import snap_rebases
from sightline.core.statistics.remarks import RemarkKind
from sightline.core.statistics.rulesets import DEFAULT_RULE_SET, MDC_2023, PTD_0_2_2, RULE_SETS, rule_set
from sightline.core.statistics.series import SeriesInput, Status, assess

SAW = [4.0, 5.0] * 10


def one(values, **how):
    return assess([SeriesInput(values, **how)])[0]


@pytest.mark.parametrize(
    ("values", "how", "status"),
    [
        ([], {}, Status.NO_DATA),
        ([None, None], {}, Status.NO_DATA),
        ([1.0], {}, Status.TOO_SHORT),
        ([1.0, None, 2.0, None, 3.0], {}, Status.TOO_SHORT),
        ([5.0] * 20, {}, Status.NO_VARIATION),
        ([1.0, 2.0], {}, Status.PROVISIONAL),
        (SAW[:12], {}, Status.PROVISIONAL),
        (SAW[:13], {}, Status.OK),
        (SAW, {"rebases": (8,)}, Status.PROVISIONAL),
        (SAW, {"rebases": (7,)}, Status.OK),
        (SAW, {"rebases": (19,)}, Status.TOO_SHORT),
        (SAW, {"baseline": 11}, Status.PROVISIONAL),
        (SAW, {"baseline": 12}, Status.OK),
        ([*SAW, *[None] * 5], {}, Status.OK),
        ([*SAW, *[None] * 5], {"rebases": (20,)}, Status.NO_DATA),
    ],
)
def test_status_says_how_far_the_last_phase_may_be_trusted(values, how, status):
    assert one(values, **how).status is status


@pytest.mark.requirement("DAT-07")
def test_limits_are_those_worked_by_hand():
    phase = one([2.0, 4.0, 3.0, 7.0]).last_phase
    assert (phase.mean, phase.amr) == (4.0, pytest.approx(7 / 3))
    assert phase.upl == pytest.approx(4 + 2.66 * 7 / 3)
    assert phase.lpl == pytest.approx(4 - 2.66 * 7 / 3)
    assert phase.near_upl == pytest.approx(4 + 2.66 * 7 / 3 * 2 / 3)
    assert (phase.start, phase.n, phase.n_valid, phase.stop) == (0, 4, 4, 4)


def test_series_without_variation_has_no_limits_and_tells_only_its_changes():
    result = one([5.0] * 10 + [6.0] + [5.0] * 3, baseline=10)
    assert result.status is Status.NO_VARIATION
    assert result.last_phase.upl is None and result.last_phase.lpl is None
    assert result.marks == bytes(14)
    assert result.changes == (10, 11)


def test_a_step_whose_only_range_is_screened_is_no_variation():
    values = [5.0] * 10 + [6.0] * 10
    (screened,) = assess([SeriesInput(values)], screen=True)
    (kept,) = assess([SeriesInput(values)], screen=False)
    assert screened.status is Status.NO_VARIATION and screened.changes == (10,)
    assert kept.status is Status.OK and kept.changes == ()
    assert kept.causes(19) == ((Rule.OUTSIDE, Side.HIGH), (Rule.TWO_OF_THREE, Side.HIGH), (Rule.SHIFT, Side.HIGH))


def test_change_is_seen_across_a_gap_but_not_across_a_rebase():
    assert one([5.0, 5.0, None, 6.0, 6.0], baseline=2).changes == (3,)
    assert one([5.0, 5.0, 6.0, 6.0], rebases=(2,)).changes == ()


def test_every_rule_of_a_point_is_kept():
    result = one([*SAW, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0], baseline=20)
    assert result.causes(26) == (
        (Rule.OUTSIDE, Side.HIGH),
        (Rule.TREND, Side.HIGH),
        (Rule.TWO_OF_THREE, Side.HIGH),
        (Rule.SHIFT, Side.HIGH),
    )


@pytest.mark.parametrize(
    ("values", "how", "kind", "at"),
    [
        ([*SAW[:14], None, *SAW[:3]], {}, RemarkKind.GAP, 14),
        (SAW, {"rebases": (15,)}, RemarkKind.SHORT_PHASE, 15),
        (SAW, {"baseline": 5}, RemarkKind.SHORT_BASELINE, 0),
        ([0.0, 0.0, 0.0, 1.0] * 5, {}, RemarkKind.MOSTLY_ZERO, 0),
        (SAW, {"rebases": (20,)}, RemarkKind.REBASE_WITHOUT_EFFECT, 20),
    ],
)
def test_what_a_reader_should_know_is_remarked_once(values, how, kind, at):
    remarks = [remark for remark in one(values, **how).remarks if remark.kind is kind]
    assert [remark.at for remark in remarks] == [at]
    assert remarks[0].says.endswith((".", "below 13."))


def test_an_ordinary_series_is_not_remarked_upon():
    assert one(SAW).remarks == ()


def test_answers_come_in_the_order_of_the_questions_whatever_their_length():
    lengths = [5, 20, 1, 13, 0, 7]
    results = assess([SeriesInput(SAW[:length]) for length in lengths])
    assert [len(result.marks) for result in results] == lengths


def test_a_result_records_by_which_numbers_it_was_found():
    (result,) = assess([SeriesInput(SAW)], PTD_0_2_2, screen=False)
    assert (result.rule_set, result.screened) == ("ptd-0.2.2", False)
    assert result.parameter_hash == PTD_0_2_2.parameter_hash()
    assert assess([SeriesInput(SAW)], PTD_0_2_2)[0].screened is True
    assert assess([SeriesInput(SAW)])[0].screened is False


def test_the_default_rule_set_is_that_of_making_data_count():
    assert DEFAULT_RULE_SET is MDC_2023 is rule_set("mdc-2023")
    with pytest.raises(KeyError, match=r"mdc-2023, ptd-0\.2\.2"):
        rule_set("mdc")


def test_parameter_hash_changes_with_a_number_and_not_with_a_title():
    fingerprints = {rules.parameter_hash() for rules in RULE_SETS.values()}
    assert len(fingerprints) == len(RULE_SETS)
    assert replace(MDC_2023, shift_points=8).parameter_hash() not in fingerprints
    assert replace(MDC_2023, title="Another").parameter_hash() == MDC_2023.parameter_hash()


MONTHS = [date(2025, month, 1) for month in range(1, 7)]


@pytest.mark.parametrize(
    ("asked", "indices", "remarks"),
    [
        ([date(2025, 3, 1)], (2,), []),
        ([date(2025, 3, 2)], (3,), [RemarkKind.REBASE_SNAPPED]),
        ([date(2025, 6, 1), date(2025, 2, 1)], (1, 5), []),
        ([date(2025, 3, 2), date(2025, 4, 1)], (3,), [RemarkKind.REBASE_SNAPPED, RemarkKind.REBASE_WITHOUT_EFFECT]),
        ([date(2025, 1, 1)], (), [RemarkKind.REBASE_WITHOUT_EFFECT]),
        ([date(2024, 1, 1)], (), [RemarkKind.REBASE_WITHOUT_EFFECT]),
        ([date(2025, 6, 2)], (), [RemarkKind.REBASE_WITHOUT_EFFECT]),
        ([], (), []),
    ],
)
def test_a_rebase_takes_effect_from_the_next_period_and_says_so(asked, indices, remarks):
    found, said = snap_rebases(MONTHS, asked)
    assert found == indices
    assert [remark.kind for remark in said] == remarks


def test_a_snapped_rebase_names_both_days():
    _, (remark,) = snap_rebases(MONTHS, [date(2025, 3, 15)])
    assert "15 March 2025" in remark.says and "1 April 2025" in remark.says
