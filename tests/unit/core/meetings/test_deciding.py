"""What becomes of a question: nothing without a quorum, no vote over a statutory holder, and no power that a group lacks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sightline.core.meetings.deciding import OUTCOME, SORT, Outcome, Position, Question, Side, Sort, may_decide
from sightline.core.meetings.interests import Measure, Ruling, Tie, TieKind
from sightline.core.meetings.quorum import Quorate, Status
from sightline.core.rulebook.meeting import Binding
from sightline.core.verdict import Reason, Verdict
from tests.factories.rooms import START

QUORATE = Quorate(Status.QUORATE, 10, 20, 10)
NO_QUORUM = Quorate(Status.NONE_SET)
INQUORATE = Quorate(
    Status.NOT_QUORATE, 9, 20, 10, verdict=Verdict((Reason("9 of 20 members are here; 10 are needed.", "§3.20"),))
)


def stand(
    name: str, side: Side, reasons: str = "It sees no pattern.", commits_to: str = "It visits.", is_holder: bool = False
) -> Position:
    return Position(f"p-{name}", name, side, name, reasons, commits_to, is_holder)


def ask(*positions: Position, sort: Sort = Sort.AGREEMENT, next_steps: str = "Ask again in May.") -> Question:
    return Question("item-4", "Ask for a plan by June.", sort, positions=positions, next_steps=next_steps)


IN_FAVOUR = tuple(stand(f"body-{number}", Side.FOR) for number in range(3))


@pytest.mark.requirement("QUO-06", "REC-13")
@pytest.mark.parametrize(
    ("positions", "outcome", "words"),
    [
        ((), Outcome.AGREED, "Agreed; nobody was against."),
        (IN_FAVOUR, Outcome.AGREED, "Agreed; nobody was against. 3 for, 0 against."),
        ((*IN_FAVOUR, stand("x", Side.ABSTAINS)), Outcome.AGREED, "Agreed; nobody was against. 3 for, 0 against, 1 abstained."),
        ((*IN_FAVOUR, stand("x", Side.AGAINST)), Outcome.DECIDED, "Agreed by most. 3 for, 1 against. Against: x."),
        (
            (IN_FAVOUR[0], stand("x", Side.AGAINST)),
            Outcome.NOT_DECIDED,
            "Not decided. No more were for it than against. 1 for, 1 against.",
        ),
        ((stand("x", Side.ABSTAINS),), Outcome.NOT_DECIDED, "Not decided. Everybody abstained. 0 for, 0 against, 1 abstained."),
    ],
)  # fmt: skip
def test_question_comes_to_what_its_positions_add_up_to(
    positions: tuple[Position, ...], outcome: Outcome, words: str
) -> None:
    found = may_decide(ask(*positions), QUORATE)
    assert (found.outcome, found.words) == (outcome, words) and found.verdict
    assert may_decide(ask(*positions), NO_QUORUM).outcome is outcome
    in_vain = may_decide(ask(*positions), INQUORATE)
    assert (
        in_vain.outcome is Outcome.DISCUSSION_ONLY
        and in_vain.verdict
        and in_vain.because[0].source.startswith("QUO-06")
    )
    assert "9 of 20 members are here" in in_vain.words and in_vain.words.startswith("Discussion only.")


@pytest.mark.requirement("QUO-01", "QUO-06")
@pytest.mark.parametrize(
    "positions", [(), IN_FAVOUR, (*IN_FAVOUR, stand("x", Side.AGAINST)), (stand("x", Side.AGAINST),)]
)
def test_where_a_quorum_is_recommended_a_question_comes_to_the_same_without_it_and_is_marked(
    positions: tuple[Position, ...],
) -> None:
    plain = may_decide(ask(*positions), QUORATE)
    found = may_decide(ask(*positions), replace(INQUORATE, binding=Binding.RECOMMENDED))
    assert (found.outcome, found.verdict, found.because) == (plain.outcome, plain.verdict, plain.because)
    assert not plain.marks and found.words == f"{plain.words} {' '.join(one.says for one in found.marks)}"
    assert found.marks[0].source == "QUO-01; SQG 2022 §3.20" and "9 of 20 members are here" in found.words


@pytest.mark.requirement("REC-07")
@pytest.mark.parametrize("count", [1, 6, 30])
def test_no_majority_overrides_whoever_has_the_statutory_responsibility(count: int) -> None:
    many = tuple(stand(f"body-{number}", Side.FOR) for number in range(count))
    holder = stand("regulator", Side.AGAINST, is_holder=True)
    found = may_decide(ask(*many, holder), QUORATE)
    assert found.outcome is Outcome.NOT_DECIDED and found.verdict and found.because[0].source.startswith("REC-07")
    assert may_decide(ask(*many, replace(holder, side=Side.ABSTAINS)), QUORATE).outcome is Outcome.AGREED


@pytest.mark.requirement("REC-05", "REC-06")
def test_disagreement_asks_for_its_reasons_own_steps_and_what_comes_next() -> None:
    against = stand("x", Side.AGAINST, reasons=" ", commits_to="")
    found = may_decide(ask(IN_FAVOUR[0], against, next_steps=""), QUORATE)
    assert [one.says for one in found.verdict.reasons] == [
        "Write down why x is against.",
        "There is no agreement. Say what comes next, for example what more must be known, and who finds out.",
    ]
    assert [one.says for one in found.remarks] == ["Ask what x will do itself, and write it down."]
    material = replace(ask(*IN_FAVOUR, stand("x", Side.AGAINST)), is_material=True)
    assert "each member considers what steps" in may_decide(material, QUORATE).remarks[0].says


@pytest.mark.requirement("GRP-13")
@pytest.mark.parametrize("sort", Sort)
def test_group_takes_no_action_that_needs_the_powers_of_an_organisation(sort: Sort) -> None:
    alone = may_decide(ask(*IN_FAVOUR, sort=sort), QUORATE)
    assert bool(alone.verdict) is not sort.needs_powers
    assert sort.needs_powers is (sort in {Sort.PERFORMANCE, Sort.CONTRACTUAL, Sort.REGULATORY})
    assert not sort.needs_powers or "under its own powers" in alone.verdict.words
    assert may_decide(replace(ask(*IN_FAVOUR, sort=sort), taken_by="regulator"), QUORATE).verdict


@pytest.mark.requirement("COI-02")
def test_decision_waits_for_the_ruling_on_every_interest_and_a_discussion_does_not() -> None:
    ties = [Tie("ann", "item-4", TieKind.DECLARED, "i1")]
    found = may_decide(ask(*IN_FAVOUR), QUORATE, ties, names={"ann": "Ann Lamb"})
    assert "the interest of Ann Lamb" in found.verdict.words
    assert may_decide(ask(*IN_FAVOUR), INQUORATE, ties).verdict
    ruled = [Ruling("ann", "item-4", Measure.LEAVE, "chair", START, "Her own trust.")]
    assert may_decide(ask(*IN_FAVOUR), QUORATE, ties, ruled).verdict
    spoke = Position("ann", "trust", Side.FOR, "Lantern Trust")
    assert "Lantern Trust takes no part" in may_decide(ask(spoke), QUORATE, ties, ruled).verdict.words
    noted = [replace(ruled[0], measure=Measure.NOTE)]
    assert may_decide(ask(spoke), QUORATE, ties, noted).verdict


@pytest.mark.requirement("REC-13")
def test_organisation_has_one_position_and_a_lay_member_their_own() -> None:
    twice = (stand("x", Side.FOR), replace(stand("x", Side.FOR), person="another"))
    assert "x stands here 2 times" in may_decide(ask(*twice), QUORATE).verdict.words
    lay = (Position("lou", "", Side.FOR, "Lou Hart"), Position("may", "", Side.FOR, "May Dell"))
    assert may_decide(ask(*lay), QUORATE).verdict
    assert "what was to be decided" in may_decide(replace(ask(), text=" "), QUORATE).verdict.words


def test_every_word_has_its_sentence() -> None:
    assert set(SORT) == set(Sort) and set(OUTCOME) == set(Outcome)
    assert [one.is_decision for one in Outcome] == [True, True, False, False]
