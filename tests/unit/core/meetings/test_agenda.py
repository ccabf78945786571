"""The agenda that builds itself: what must be there is there, in order, and whatever is left out has its reason."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.core.meetings.agenda import Agenda, AgendaFacts, Matter, may_leave_out, placed, propose
from sightline.core.meetings.agenda_kinds import ABOUT, PURPOSE, SINGLE, Kind, Purpose
from sightline.core.rulebook.groups import GroupTypes
from sightline.core.rulebook.meeting import Moment
from sightline.rulebook.packs import PACKS
from tests.factories.levels import part
from tests.factories.rooms import kind

SQG = kind("sqg-2022", "system-group")
LOCAL_QSG, REGIONAL_QSG = kind("qsg-2017", "system-group"), kind("qsg-2017", "regional-group")
TRUST = Matter(Kind.SUBJECT, "s1", "Lantern Trust", "s1", True, 2, date(2026, 1, 5), "It is on Enhanced.")


def titles(agenda: Agenda) -> list[str]:
    return [one.title for one in agenda.lines]


@pytest.mark.requirement("MTG-21", "MTG-22")
@pytest.mark.parametrize(
    ("pack", "type_"), [(pack, one.id) for pack in PACKS for one in part(pack, "group_types", GroupTypes).types]
)
def test_every_agenda_holds_interests_and_the_action_log_and_each_standing_item_once(pack: str, type_: str) -> None:
    found = propose(kind(pack, type_), AgendaFacts())
    kinds = [one.kind for one in found.lines]
    assert kinds.count(Kind.INTERESTS) == kinds.count(Kind.ACTIONS) == 1
    standing = [one.id for one in kind(pack, type_).standing_items]
    assert sorted(one.standing for one in found.lines if one.standing) == sorted(standing)
    assert found.left_out == () and all(one.because for one in found.lines)


@pytest.mark.requirement("MTG-15", "MTG-16", "MTG-17", "MTG-18", "MTG-19")
def test_agenda_of_a_local_group_of_2017_has_its_five_standing_items_in_their_places() -> None:
    found = propose(LOCAL_QSG, AgendaFacts((TRUST,), last_note="Meeting of 5 January 2026"))
    assert titles(found) == [
        "Declarations of interest",
        "Note of the last meeting",
        "Feedback from the Regional QSG",
        "Action log",
        "Lantern Trust",
        "Issues for safeguarding boards",
        "Emerging intelligence, area by area",
        "Conclusions on surveillance",
    ]
    trust = found.lines[4]
    assert trust.under == "Providers on enhanced surveillance" and trust.because[0].says == "It is on Enhanced."
    assert [one.title for one in found.lines if one.has_responsible] == ["Issues for safeguarding boards"]
    assert "Feedback from the Quality Assurance Group" in titles(propose(REGIONAL_QSG, AgendaFacts()))


@pytest.mark.requirement("RPT-31")
def test_agenda_of_a_regional_group_of_2017_has_a_place_for_the_thematic_report_and_no_other_group_has() -> None:
    report = "Thematic report of NHS England and NHS Improvement"
    found = propose(REGIONAL_QSG, AgendaFacts())
    (line,) = [one for one in found.lines if one.title == report]
    assert "with actions that are agreed" in line.because[0].says and line.because[0].source == "QSG 2017 ¶110"
    assert titles(found).index(report) < titles(found).index("Conclusions on surveillance")
    assert not any(report in titles(propose(one, AgendaFacts())) for one in (LOCAL_QSG, SQG))


@pytest.mark.requirement("MTG-20")
def test_standing_item_under_which_there_is_nothing_stands_and_says_so() -> None:
    found = propose(LOCAL_QSG, AgendaFacts())
    (line,) = [one for one in found.lines if one.title == "Providers on enhanced surveillance"]
    assert line.because[-1].says == "There is nothing under it today."


@pytest.mark.requirement("MTG-12", "MTG-20")
def test_gravest_subject_comes_first_and_of_two_the_one_that_stands_there_longest() -> None:
    subjects = [
        Matter(Kind.SUBJECT, "new", "New", "new", True, 2, date(2026, 2, 1)),
        Matter(Kind.SUBJECT, "old", "Old", "old", True, 2, date(2025, 2, 1)),
        Matter(Kind.SUBJECT, "top", "Top", "top", True, 3, date(2026, 2, 9)),
    ]
    found = propose(SQG, AgendaFacts(tuple(subjects)))
    assert [one.title for one in found.lines if one.kind is Kind.SUBJECT] == ["Top", "Old", "New"]
    assert found.told_in_advance == ("Top", "Old", "New")


@pytest.mark.requirement("MTG-20")
def test_one_subject_is_one_item_whatever_brings_it_and_says_all_that_does() -> None:
    escalated = Matter(Kind.ESCALATION, "e1", "From the place", "s1", True, why="The place escalated it.", minutes=30)
    blind = Matter(Kind.BLIND_SPOT, "b1", "Nobody told of it", "s1", why="Nobody told of it since May.")
    carried = Matter(Kind.RATIFYING, "r1", "Ask for a plan", "s1", why="It was decided in writing on 9 February.")
    found = propose(SQG, AgendaFacts((blind, escalated, TRUST, carried)))
    (line,) = [one for one in found.lines if one.kind is Kind.SUBJECT]
    assert (line.title, line.minutes) == ("Lantern Trust", 30)
    assert [one.says for one in line.because] == [
        "It is on Enhanced.", "The place escalated it.", "Nobody told of it since May.",
    ]  # fmt: skip
    assert [one.title for one in found.lines if one.kind is Kind.RATIFYING] == ["Ask for a plan"]


@pytest.mark.requirement("MTG-16", "MTG-21")
def test_single_items_gather_what_is_told_under_them() -> None:
    feedback = (
        Matter(Kind.FEEDBACK, "f1", "Answer on theatres", why="The region answered on theatres."),
        Matter(Kind.FEEDBACK, "f2", "Answer on maternity"),
    )
    found = propose(SQG, AgendaFacts(feedback, actions_due=3, actions_overdue=1))
    by_kind = {one.kind: [reason.says for reason in one.because] for one in found.lines}
    assert by_kind[Kind.FEEDBACK][1:] == ["The region answered on theatres.", "Answer on maternity."]
    assert by_kind[Kind.ACTIONS][1:] == ["3 actions are due, 1 of them overdue."]


@pytest.mark.parametrize(("due", "overdue", "says"), [
    (3, 0, "3 actions are due."), (1, 0, "1 action is due."), (1, 1, "1 action is overdue."), (2, 2, "2 actions are overdue."),
])  # fmt: skip
def test_the_action_log_says_in_one_sentence_what_is_due(due: int, overdue: int, says: str) -> None:
    found = propose(SQG, AgendaFacts((), actions_due=due, actions_overdue=overdue))
    (log,) = [one for one in found.lines if one.kind is Kind.ACTIONS]
    assert log.because[-1].says == says


# --- what is left out


THEMES = tuple(Matter(Kind.THEME, f"t{number}", f"Theme {number}") for number in range(3))


@pytest.mark.requirement("MTG-11")
def test_what_there_is_no_time_for_is_left_out_with_its_reason_and_nothing_that_must_be_there() -> None:
    whole = propose(SQG, AgendaFacts((TRUST, *THEMES)))
    short = propose(SQG, AgendaFacts((TRUST, *THEMES), minutes=whole.minutes - 25))
    assert [one.key for one in short.left_out] == ["theme:t1", "theme:t2"]
    assert short.left_out[0].why == "There is no time for it: it takes 20 minutes, and 15 are left."
    assert short.minutes <= whole.minutes - 25 and short.remarks == ()
    tiny = propose(SQG, AgendaFacts((TRUST, *THEMES), minutes=10))
    assert "Lantern Trust" in titles(tiny) and len(tiny.left_out) == 3
    assert tiny.remarks[0].says.startswith("What cannot wait takes ")


@pytest.mark.requirement("MTG-20", "MTG-22")
def test_what_somebody_took_out_is_left_out_with_their_reason_unless_it_must_be_there() -> None:
    out = {"theme:t0": "The speaker is ill.", "subject:s1": "No news.", "interests:": "Everybody knows."}
    found = propose(SQG, AgendaFacts((TRUST, *THEMES), taken_out=out))
    assert [(one.key, one.why) for one in found.left_out] == [("theme:t0", "The speaker is ill.")]
    assert {"Lantern Trust", "Declarations of interest"} <= set(titles(found))
    assert [one.says for one in found.remarks] == [
        "“Declarations of interest” cannot be taken out. Whoever has an interest that may conflict with the business "
        "declares it, before the meeting or in it. The chair sees that it is minuted and managed.",
        "“Lantern Trust” cannot be taken out. It is on Enhanced.",
    ]


@pytest.mark.requirement("MTG-20")
def test_only_what_can_wait_is_taken_off_the_agenda_and_with_a_reason() -> None:
    lines = {one.key: one for one in propose(SQG, AgendaFacts((TRUST, *THEMES))).lines}
    assert may_leave_out(lines["theme:t0"], "The speaker is ill.")
    assert "Say why" in may_leave_out(lines["theme:t0"], " ").words
    verdict = may_leave_out(lines["subject:s1"], "No news.")
    assert not verdict and verdict.reasons[0].source.startswith("MTG-20")


MATTERS = st.lists(
    st.builds(
        Matter,
        st.sampled_from(Kind),
        st.sampled_from(["1", "2", "3", "4"]),
        st.sampled_from(["Lantern", "Harbour"]),
        st.sampled_from(["", "", "s1", "s2"]),
        st.booleans(),
        st.integers(0, 4),
        st.none(),
        st.sampled_from(["Brought by one.", "Brought by another."]),
        st.sampled_from([None, 5, 60]),
    ),
    max_size=10,
    unique_by=lambda one: one.key,
)


@given(MATTERS, st.one_of(st.none(), st.integers(0, 240)), st.sets(st.sampled_from([f"{one.value}:1" for one in Kind])))
def test_nothing_that_records_bring_is_dropped_silently(
    matters: list[Matter], minutes: int | None, taken_out: set[str]
) -> None:
    facts = AgendaFacts(tuple(matters), minutes=minutes, taken_out=dict.fromkeys(taken_out, "Not today."))
    found = propose(SQG, facts)
    said = {reason.says for line in found.lines for reason in line.because}
    left = {one.key for one in found.left_out}
    whole = {line.key: line for line in propose(SQG, AgendaFacts(tuple(matters))).lines}
    for one in matters:
        holds = [line.key for line in whole.values() if one.why in {reason.says for reason in line.because}]
        assert one.why in said or left & set(holds)
    assert sorted([*(one.key for one in found.lines), *left]) == sorted(whole)
    assert len({one.key for one in found.lines}) == len(found.lines)
    places = [list(Moment).index(one.moment) for one in found.lines]
    assert all(before <= after for before, after in pairwise(places))
    assert all(one.may_wait for one in whole.values() if one.key in left)


# --- themes before single organisations


@pytest.mark.requirement("GRP-10")
@pytest.mark.parametrize(
    ("single", "themes", "remarked"), [(3, 1, True), (2, 2, False), (2, 1, True), (0, 0, False), (0, 3, False)]
)
def test_regional_agenda_that_is_mostly_about_single_organisations_is_remarked_upon(
    single: int, themes: int, remarked: bool
) -> None:
    matters = [Matter(Kind.ESCALATION, f"e{number}", f"Body {number}", f"s{number}", True) for number in range(single)]
    matters += THEMES[:themes]
    remarks = propose(REGIONAL_QSG, AgendaFacts(tuple(matters))).remarks
    assert bool(remarks) is remarked
    assert not remarked or remarks[0].source == "GRP-10; QSG 2017 ¶24 and ¶128"
    assert propose(LOCAL_QSG, AgendaFacts(tuple(matters))).remarks == ()


# --- an order of one's own


def test_order_that_somebody_chose_is_kept_and_what_came_since_stands_where_it_is_proposed() -> None:
    before = propose(SQG, AgendaFacts((TRUST,))).lines
    chosen = [one.key for one in reversed(before)]
    after = propose(SQG, AgendaFacts((TRUST, THEMES[0]))).lines
    proposed = [one.key for one in after]
    found = [one.key for one in placed(after, proposed, chosen)]
    assert [key for key in found if key != "theme:t0"] == chosen
    assert found[found.index("theme:t0") - 1] == proposed[proposed.index("theme:t0") - 1]
    assert [one.key for one in placed(after, proposed, [])] == proposed


@pytest.mark.requirement("GRP-19")
def test_every_kind_of_item_has_its_purpose_and_every_purpose_its_words() -> None:
    assert (
        set(ABOUT) == set(Kind)
        and set(PURPOSE) == set(Purpose)
        and {one.purpose for one in ABOUT.values()} == set(Purpose)
    )
    assert all(ABOUT[one].title for one in SINGLE)
