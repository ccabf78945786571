"""Reports, as the guidance tells of them: each test is one example to be read."""

from __future__ import annotations

import pytest

from sightline.core.reports.laying import Said, in_words, laid_out, may_freeze, stated
from sightline.core.rulebook.duties import Purpose
from sightline.core.rulebook.reports import Gatherer, Reports, ReportTemplate
from tests.factories.levels import part


def template(pack: str, name: str) -> ReportTemplate:
    found = part(pack, "reports", Reports).template(name)
    assert found is not None
    return found


@pytest.mark.requirement("RPT-25", "RPT-27", "RPT-28")
@pytest.mark.parametrize(("name", "heading", "says"), [
    ("local-to-regional", "3.0 Issues requiring Regional QSG support/response", "None identified"),
    ("regional-to-national", "2.1 For national escalation within NHSE",
     "No specific issues, risks or concerns identified for national escalation"),
    ("regional-to-national", "3.1 Cross-system and/or regional issues",
     "No cross-system or regional issues identified for the attention of QAG"),
])  # fmt: skip
def test_t20_a_section_in_which_nobody_wrote_says_so_in_the_words_of_the_annex(
    name: str, heading: str, says: str
) -> None:
    """T20: section 3 of Annex F is empty, and sections 2.1 and 3.1 of Annex G are: each is sent with its sentence."""
    found = {one.heading: one.words for one in laid_out(template("qsg-2017", name), ())}
    assert found[heading] == says


@pytest.mark.requirement("RPT-25")
@pytest.mark.parametrize(("has_minutes", "why", "may"), [
    (True, "", True), (False, "", False), (False, "  ", False), (False, "The group did not meet.", True),
])  # fmt: skip
def test_annex_f_goes_with_the_minutes_or_says_why_not(has_minutes: bool, why: str, may: bool) -> None:
    told = (Said("key-issues", "Care at night"),)
    annex_f = template("qsg-2017", "local-to-regional")
    verdict = may_freeze(annex_f, told, has_minutes=has_minutes, why_no_minutes=why, purpose=Purpose.INFORMATION)
    assert bool(verdict) is may


@pytest.mark.requirement("RPT-21", "RPT-24", "RPT-25")
@pytest.mark.parametrize(("pack", "name", "asks_in"), [
    ("qsg-2017", "local-to-regional", "support"), ("qsg-2017", "local-to-regional", "summary"),
    ("qsg-2017", "area-to-local", "summary"), ("sqg-2022", "area-to-system", "summary"),
])  # fmt: skip
def test_a_report_says_whether_it_is_to_note_or_for_action_and_asks_for_something_if_it_is_for_action(
    pack: str, name: str, asks_in: str
) -> None:
    of = template(pack, name)
    silent = (Said("key-issues", "Care at night"),) if of.section("key-issues") else ()

    def may(told: tuple[Said, ...], purpose: Purpose | None) -> bool:
        return bool(may_freeze(of, told, has_minutes=True, why_no_minutes="", purpose=purpose))

    assert not may(silent, None) and not may(silent, Purpose.ACTION) and may(silent, Purpose.INFORMATION)
    assert may((*silent, Said(asks_in, "Send somebody.")), Purpose.ACTION)
    (section,) = [one for one in of.sections if one.says_purpose]
    assert section.title.casefold().startswith("summary")
    assert stated(section, Purpose.ACTION, is_empty=False) == "This report is for action."
    assert stated(section, Purpose.INFORMATION, is_empty=True).startswith("This report is to note")


@pytest.mark.requirement("RPT-26")
def test_annex_g_has_its_two_headings_over_its_sections() -> None:
    over = [(one.number, one.under) for one in template("qsg-2017", "regional-to-national").sections]
    nation, qag = "2 For national support and/or response", "3 For the attention of QAG"
    assert over == [("1", None), ("2.1", nation), ("3.1", qag), ("3.2", qag), ("3.3", qag)]
    words = in_words(laid_out(template("qsg-2017", "regional-to-national"), ()))
    assert words.count(nation) == 1 and words.count(qag) == 1 and words.index(qag) < words.index("3.1 ")
    assert "3.3" not in words  # by exception alone


@pytest.mark.requirement("RPT-24", "RPT-26")
@pytest.mark.parametrize(("pack", "name", "sections"), [
    ("qsg-2017", "area-to-local", {"key-points"}), ("qsg-2017", "regional-to-national", {"risk-summit", "other"}),
    ("sqg-2022", "area-to-system", {"key-points"}),
])  # fmt: skip
def test_what_the_annex_tells_by_provider_stands_under_its_name(pack: str, name: str, sections: set[str]) -> None:
    assert {one.id for one in template(pack, name).sections if one.by_subject} == sections


@pytest.mark.requirement("RPT-26")
def test_annex_g_goes_without_minutes() -> None:
    assert not template("qsg-2017", "regional-to-national").needs_minutes
    assert may_freeze(template("qsg-2017", "regional-to-national"), (), has_minutes=False, why_no_minutes="")


@pytest.mark.requirement("SUM-03", "RPT-26")
def test_those_at_risk_summit_have_a_section_of_their_own_in_annex_g() -> None:
    (section,) = [one for one in template("qsg-2017", "regional-to-national").sections if one.number == "3.2"]
    assert section.gathers == (Gatherer.HIGHEST, Gatherer.PROGRESS)


@pytest.mark.requirement("RPT-10", "RPT-12", "RPT-29")
@pytest.mark.parametrize("name", [
    "system-to-region", "system-to-icb", "members-to-local-authority", "to-scrutiny-and-health-and-wellbeing",
])  # fmt: skip
def test_a_report_that_must_be_balanced_tells_both_sides_or_says_none_of_each(name: str) -> None:
    of_2022 = template("sqg-2022", name)
    sides = [one.id for one in of_2022.sections if one.blank and one.blank.outright]
    assert len(sides) == 2
    for side in sides:
        others = tuple(Said(one, "Words") for one in sides if one != side)
        assert not may_freeze(of_2022, others, has_minutes=True, why_no_minutes="")
        told = (*others, Said(side, is_none=True))
        assert may_freeze(of_2022, told, has_minutes=True, why_no_minutes="")


@pytest.mark.requirement("RPT-29")
@pytest.mark.parametrize("pack", ["qsg-2013", "sqg-2022"])
def test_scrutiny_and_health_and_wellbeing_boards_are_told_every_quarter(pack: str) -> None:
    cadence = template(pack, "to-scrutiny-and-health-and-wellbeing").cadence
    assert cadence is not None and (cadence.value, cadence.unit.value) == (3, "months")


@pytest.mark.requirement("RPT-24")
@pytest.mark.parametrize(("pack", "name"), [("qsg-2017", "area-to-local"), ("sqg-2022", "area-to-system")])
def test_the_report_of_a_commissioner_has_the_fields_of_annex_c_and_two_sides(pack: str, name: str) -> None:
    found = template(pack, name)
    assert [one.id for one in found.sections] == ["purpose", "key-points", "joint-investigations", "summary"]
    assert len(found.heading) == 4 and found.longest_sides == 2
