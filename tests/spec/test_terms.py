"""What the guidance says of terms of reference and of the code of conduct, as examples: each reads like its sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sightline.core.groups.terms import (
    Objective,
    Recipient,
    TermsFacts,
    TermsStanding,
    Written,
    begun_from,
    code_of,
    left_out,
    lines_of,
    may_approve,
    needs_of,
    remarks,
    standing,
)
from sightline.core.rulebook import RulebookError, as_text, parse
from sightline.core.rulebook.evidence import Contributions
from sightline.core.rulebook.groups import GroupTypes
from sightline.core.rulebook.terms import Needed, Terms
from tests.factories.levels import part

SQG, PLACE, IMPROVEMENT = "system-group", "place-group", "quality-improvement-group"
COMMITTEE = Recipient("icb", "Quality committee", "assurance-committee")
COUNCIL = Recipient("local-authority", "River Council")
REGION = Recipient("region", "North RQG", "regional-group")
ALL = (COMMITTEE, COUNCIL, REGION)


def terms(pack: str = "sqg-2022") -> Terms:
    return part(pack, "terms", Terms)


def facts(kind: str = SQG, recipients: tuple[Recipient, ...] = ALL, pack: str = "sqg-2022") -> TermsFacts:
    types = part(pack, "group_types", GroupTypes)
    found = types.type(kind)
    assert found is not None
    return TermsFacts(found, types, terms(pack), recipients, members=9, has_chair=True)


def without(section: str, kind: str = SQG) -> tuple[Written, ...]:
    return tuple(Written(one.id) if one.id == section else one for one in begun_from(terms(), kind))


@pytest.mark.requirement("GRP-02")
def test_terms_begun_from_the_model_are_whole_once_it_is_set_to_whom_the_group_reports() -> None:
    assert may_approve(begun_from(terms(), SQG), facts())


@pytest.mark.requirement("GRP-02")
@pytest.mark.parametrize("section", ["purpose", "aims", "scope", "chair", "procedure", "conflicts", "sharing"])
def test_terms_without_a_section_that_each_group_has_are_not_approved(section: str) -> None:
    verdict = may_approve(without(section), facts())
    (reason,) = verdict.reasons
    assert "nothing is written yet" in reason.says and "SQG 2022" in reason.source


@pytest.mark.requirement("COI-05")
def test_terms_that_do_not_say_how_conflicts_of_interest_are_managed_are_not_approved() -> None:
    """How conflicts are managed needs to be in the terms (SQG 2022 §3.23)."""
    (reason,) = may_approve(without("conflicts"), facts()).reasons
    assert reason.says.startswith("Conflicts of interest") and "COI-05" in reason.source and "§3.23" in reason.source


@pytest.mark.requirement("GRP-02")
@pytest.mark.parametrize(
    ("members", "has_chair", "missing"), [(0, True, "Membership"), (9, False, "Chair"), (0, False, "Chair")]
)
def test_terms_of_a_group_without_members_or_a_seat_for_its_chair_are_not_approved(
    members: int, has_chair: bool, missing: str
) -> None:
    found = replace(facts(), members=members, has_chair=has_chair)
    assert missing in may_approve(begun_from(terms(), SQG), found).words


@pytest.mark.requirement("GRP-06")
@pytest.mark.parametrize(
    ("lacking", "named"),
    [(COMMITTEE, "The ICB’s board"), (COUNCIL, "The local authority’s assurance"), (REGION, "Regional Quality Group")],
)
def test_system_quality_group_reports_to_the_icb_the_local_authority_and_the_region(
    lacking: Recipient, named: str
) -> None:
    """All three recipients must be set (SQG 2022 §3.7 and Annex A, Reporting responsibility)."""
    verdict = may_approve(begun_from(terms(), SQG), facts(recipients=tuple(one for one in ALL if one != lacking)))
    (reason,) = verdict.reasons
    assert named in reason.says and "Reporting responsibility" in reason.source


@pytest.mark.requirement("GRP-04")
def test_system_quality_group_cannot_report_to_itself_as_the_icbs_committee() -> None:
    """T24 once more: the assurance is given by another body, to which the group reports (SQG 2022 §1.6, §2.8, §5.1)."""
    itself = Recipient("icb", "Lantern SQG", SQG, is_self=True)
    words = may_approve(begun_from(terms(), SQG), facts(recipients=(itself, COUNCIL, REGION))).words
    assert (
        "cannot report to itself" in words and "gives no assurance" in words and "not set to whom it reports" in words
    )


@pytest.mark.requirement("GRP-04")
def test_another_quality_group_gives_no_assurance_either() -> None:
    other = Recipient("icb", "Harbour SQG", SQG)
    assert (
        "gives no assurance" in may_approve(begun_from(terms(), SQG), facts(recipients=(other, COUNCIL, REGION))).words
    )


@pytest.mark.requirement("GRP-04")
def test_the_board_itself_may_give_the_assurance() -> None:
    assert may_approve(begun_from(terms(), SQG), facts(recipients=(Recipient("icb", "Lantern ICB"), COUNCIL, REGION)))


@pytest.mark.requirement("GRP-07")
def test_place_group_reports_to_the_system_group_and_feeds_both_assurances() -> None:
    """SQG 2022 Annex B §7."""
    assert [one.any_of for one in needs_of(facts(PLACE))] == [("sqg",), ("icb",), ("local-authority",)]
    to_sqg = Recipient("sqg", "Lantern SQG", SQG)
    assert not may_approve(begun_from(terms(), PLACE), facts(PLACE, (COMMITTEE, COUNCIL)))
    assert may_approve(begun_from(terms(), PLACE), facts(PLACE, (to_sqg, COMMITTEE, COUNCIL)))


@pytest.mark.requirement("GRP-08")
@pytest.mark.parametrize(
    ("recipients", "whole"),
    [
        ((Recipient("sqg", "Lantern SQG", SQG), REGION), True),
        ((COMMITTEE, REGION), True),
        ((REGION,), False),
        ((Recipient("sqg", "Lantern SQG", SQG), COMMITTEE), False),
    ],
)
def test_improvement_group_answers_to_the_system_group_or_the_icb_and_to_the_region(
    recipients: tuple[Recipient, ...], whole: bool
) -> None:
    """Accountable to the SQG or the ICB, and to the Regional Quality Group (NQB risk response 2022, Annex C, Reporting)."""
    assert bool(may_approve(begun_from(terms(), IMPROVEMENT), facts(IMPROVEMENT, recipients))) is whole


@pytest.mark.requirement("GRP-13")
@pytest.mark.parametrize(
    ("pack", "kind", "says"),
    [
        ("sqg-2022", SQG, "does not itself manage performance, act on a contract or regulate"),
        ("sqg-2022", PLACE, "does not itself act on a contract or regulate"),
        ("sqg-2022", IMPROVEMENT, "Contracts and regulation stay with those who have the powers"),
        ("qsg-2017", SQG, "contracts and regulation are not its business"),
        ("qsg-2017", "regional-group", "contracts and regulation are not its business"),
        ("qsg-2013", SQG, "no executive power"),
    ],
)
def test_no_group_writes_away_that_it_has_no_executive_power(pack: str, kind: str, says: str) -> None:
    """Whatever a group keeps or leaves out, what it will not do stands in its terms (SQG 2022 Annex A; QSG 2017 ¶23, ¶35)."""
    nothing_kept = Written(Needed.WILL_NOT.value, words="", kept=())
    lines = lines_of(nothing_kept, terms(pack), kind)
    assert any(says in one for one in lines) and any("No organisation waits" in one for one in lines)


@pytest.mark.requirement("GRP-13")
def test_house_cannot_write_a_model_that_leaves_out_what_groups_will_not_do() -> None:
    text = as_text(terms())
    with pytest.raises(RulebookError, match="no group may write it away"):
        parse("terms", text.replace("form: stands", "form: words"))


@pytest.mark.requirement("GRP-17")
def test_objective_says_by_when_and_how_one_will_see_that_it_was_reached() -> None:
    """SMART objectives, with what success will look like (SQG 2022 §3.5); nothing waits for them."""
    begun = begun_from(terms(), SQG)
    assert any("what success looks like" in one.says for one in remarks(begun, facts())) and may_approve(begun, facts())
    goal = Objective("Fewer falls", "A fifth fewer than last year", date(2027, 3, 31))
    told = tuple(replace(one, objectives=(goal,)) if one.id == "objectives" else one for one in begun)
    assert not any("success" in one.says for one in remarks(told, facts()))
    with pytest.raises(ValueError, match="how one will see"):
        Objective("Fewer falls", " ", date(2027, 3, 31))


@pytest.mark.requirement("GRP-18")
def test_place_group_has_nine_duties_and_is_told_which_it_left_out() -> None:
    """SQG 2022 Annex B §2."""
    (duties,) = [one for one in begun_from(terms(), PLACE) if one.id == "duties"]
    assert len(duties.kept) == 9 and not left_out(duties, terms(), PLACE)
    fewer = replace(duties, kept=tuple(one for one in duties.kept if one != "staff"))
    (says,) = left_out(fewer, terms(), PLACE)
    assert "staff have the skills" in says
    assert len(lines_of(fewer, terms(), PLACE)) == 8


@pytest.mark.requirement("GRP-18")
def test_place_group_without_any_duty_has_no_whole_terms() -> None:
    to_sqg = Recipient("sqg", "Lantern SQG", SQG)
    assert "Duties" in may_approve(without("duties", PLACE), facts(PLACE, (to_sqg, COMMITTEE, COUNCIL))).words


@pytest.mark.requirement("GRP-19")
def test_four_functions_are_those_of_the_guidance_in_its_order() -> None:
    """SQG 2022 §1.5 a to d."""
    found = terms().functions
    assert [one.id for one in found] == ["share", "identify", "respond", "test"]
    assert [letter in one.cites for letter, one in zip("abcd", found, strict=True)] == [True] * 4


@pytest.mark.requirement("CHR-09")
@pytest.mark.parametrize(
    ("pack", "kind"), [("sqg-2022", SQG), ("sqg-2022", PLACE), ("qsg-2017", SQG), ("qsg-2013", SQG)]
)
def test_whoever_chairs_gives_no_directions_and_nobody_answers_to_them(pack: str, kind: str) -> None:
    """SQG 2022 Annex A, Chair; QSG 2017 ¶85."""
    lines = " ".join(lines_of({one.id: one for one in begun_from(terms(pack), kind)}["chair"], terms(pack), kind))
    assert "directions" in lines and "answers to them" in lines


@pytest.mark.requirement("MTG-24")
def test_system_group_considers_the_work_of_places_collaboratives_senates_themes_and_the_nation() -> None:
    """SQG 2022 Annex A, Reporting responsibility."""
    model = terms().model(SQG)
    section = model.section("inputs") if model else None
    assert section and [one.id for one in section.lines] == [
        "places", "collaboratives", "senates", "themes", "national", "others",
    ]  # fmt: skip


@pytest.mark.requirement("MEM-18")
def test_terms_of_a_system_group_give_every_member_an_equal_voice_and_say_how_councils_take_part() -> None:
    """SQG 2022 §3.8 and §3.17: directors of children’s and of adult services; one of them may be co-chair."""
    written = {one.id: one for one in begun_from(terms(), SQG)}
    assert "equal voice" in written["membership"].words and "principles of public life" in written["membership"].words
    assert (
        "co-chair" in written["local-authorities"].words and "children’s services" in written["local-authorities"].words
    )
    assert "Working with local authorities" in may_approve(without("local-authorities"), facts()).words


@pytest.mark.requirement("INT-17")
def test_what_councils_see_comes_to_the_group_and_what_it_learns_goes_into_their_priorities() -> None:
    """SQG 2022 §3.8: emerging safeguarding concerns, annual reports and trends are shared; priorities are informed."""
    brought = {one.id: one for one in part("sqg-2022", "contributions", Contributions).contributions}
    learning = brought["local-authority-learning"]
    assert learning.givers == ("local_authority",) and "Safeguarding concerns as they emerge" in learning.what
    written = {one.id: one for one in begun_from(terms(), SQG)}["local-authorities"].words
    assert "annual reports, is brought here" in written and "priorities and plans of local authorities" in written


@pytest.mark.requirement("COI-06", "COI-07")
def test_code_of_conduct_has_three_sections_with_their_undertakings_and_nobody_has_to_have_one() -> None:
    """SQG 2022 §3.23 and Annex C: five undertakings, two, and those about confidentiality."""
    begun = begun_from(terms(), SQG)
    code = code_of(begun, terms(), SQG)
    assert [(outline.id, len(lines)) for outline, lines in code] == [
        ("code-equality", 5), ("code-responsibility", 2), ("code-confidentiality", 6),
    ]  # fmt: skip
    bare = tuple(Written(one.id) if one.id.startswith("code-") else one for one in begun)
    assert not code_of(bare, terms(), SQG) and may_approve(bare, facts())


@pytest.mark.requirement("GRP-02")
@pytest.mark.parametrize(
    ("on", "stands"),
    [
        (date(2027, 1, 18), TermsStanding.CURRENT),
        (date(2027, 1, 19), TermsStanding.DUE),
        (date(2027, 3, 2), TermsStanding.DUE),
        (date(2027, 3, 3), TermsStanding.OVERDUE),
    ],
)
def test_terms_are_due_some_weeks_before_their_review_and_overdue_after_its_day(
    on: date, stands: TermsStanding
) -> None:
    days = terms().review.told_days_before
    assert standing(date(2027, 3, 2), on, are_written=True, told_days_before=days) is stands


@pytest.mark.requirement("GRP-02")
@pytest.mark.parametrize("pack", ["sqg-2022", "qsg-2017"])
def test_terms_are_looked_at_again_each_year(pack: str) -> None:
    """SQG 2022 Annex A, Frequency; QSG 2017 Annexes A and B, Working Arrangements."""
    assert terms(pack).review.months == 12


def test_terms_nobody_approved_are_a_draft_and_those_nobody_wrote_are_none() -> None:
    assert standing(None, date(2027, 1, 1), are_written=True, told_days_before=1) is TermsStanding.DRAFT
    assert standing(None, date(2027, 1, 1), are_written=False, told_days_before=1) is TermsStanding.NONE
