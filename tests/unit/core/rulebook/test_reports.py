"""Reports as data: what each guidance lays down, and slips of the pen named by line."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from sightline.core.rulebook import RulebookError, as_text, parse
from sightline.core.rulebook.agreeing import faults_between, place_of
from sightline.core.rulebook.levels import Slot
from sightline.core.rulebook.reports import Layout, Reports, ReportTemplate
from sightline.rulebook.packs import PACKS
from tests.factories.levels import part

GUIDANCE = Path(os.environ.get("SIGHTLINE_SHARED", Path(__file__).resolve().parents[5] / "shared")) / "guidance"
Plain = dict[str, Any]


def template(pack: str, name: str) -> ReportTemplate:
    found = part(pack, "reports", Reports).template(name)
    assert found is not None
    return found


@pytest.mark.requirement("FRW-01")
def test_guidance_of_2017_has_its_five_templates() -> None:
    found = part("qsg-2017", "reports", Reports).templates
    annexes = [re.findall(r"Annex ([C-G])", one.cites) for one in found]
    assert annexes == [["C"], ["D"], ["E"], ["F"], ["G"]]
    assert [one.layout for one in found] == [Layout.PAPER, Layout.TABLE, Layout.TABLE, Layout.PAPER, Layout.PAPER]


@pytest.mark.parametrize(
    ("name", "headings"),
    [
        ("local-to-regional", ["1.0", "2.0", "3.0", "4.0"]),
        ("regional-to-national", ["1", "2.1", "3.1", "3.2", "3.3"]),
    ],
)
def test_sections_stand_in_the_order_of_the_annex_by_its_numbers(name: str, headings: list[str]) -> None:
    assert [one.number for one in template("qsg-2017", name).sections] == headings


@pytest.mark.requirement("RPT-25", "RPT-27")
@pytest.mark.parametrize(
    ("name", "number", "sentence"),
    [
        ("local-to-regional", "3.0", "None identified"),
        ("regional-to-national", "2.1", "No specific issues, risks or concerns identified for national escalation"),
        ("regional-to-national", "3.1", "No cross-system or regional issues identified for the attention of QAG"),
    ],
)
def test_sentences_that_the_annexes_fixed_stand_as_they_fixed_them(name: str, number: str, sentence: str) -> None:
    (section,) = [one for one in template("qsg-2017", name).sections if one.number == number]
    assert section.blank and section.blank.says == sentence and section.blank.cites.startswith("QSG 2017 Annex")


@pytest.mark.reference
def test_titles_and_fixed_sentences_are_those_of_the_guidance() -> None:
    if not GUIDANCE.is_dir():
        pytest.skip("The guidance beside the project is needed: set SIGHTLINE_SHARED.")
    text = (GUIDANCE / "qsg-2017.txt").read_text(encoding="utf-8").casefold()
    annexes = re.sub(r"\s+", " ", text[text.rindex("annex c: example ccg report") :])
    for one in part("qsg-2017", "reports", Reports).templates:
        for section in one.sections:
            over = section.under.partition(" ")[2] if section.under else ""
            assert section.title.casefold() in annexes and over.casefold() in annexes, section.heading
            if section.blank and not section.blank.is_local:
                assert section.blank.says.casefold() in annexes or section.blank.says == "None identified"
        for column in one.columns:
            assert column.title.casefold() in annexes, column.title


@pytest.mark.requirement("RPT-28")
@pytest.mark.parametrize("pack", PACKS)
def test_no_section_that_is_always_there_can_be_blank(pack: str) -> None:
    for one in part(pack, "reports", Reports).templates:
        for section in one.sections:
            assert not section.required or section.stands or section.blank


@pytest.mark.requirement("RPT-10")
@pytest.mark.parametrize(("name", "sections"), [
    ("system-to-region", {"concerns", "good-practice"}),
    ("system-to-icb", {"concerns", "goes-well"}),
    ("members-to-local-authority", {"concerns", "goes-well"}),
])  # fmt: skip
def test_reports_of_2022_pass_over_neither_good_news_nor_bad(name: str, sections: set[str]) -> None:
    found = template("sqg-2022", name).sections
    assert {one.id for one in found if one.blank and one.blank.outright} == sections


@pytest.mark.parametrize("pack", ["qsg-2017", "sqg-2022"])
@pytest.mark.parametrize("recipient", [Slot.REGIONAL_QUALITY_GROUP, Slot.NHS_ENGLAND_NATION])
def test_there_is_one_template_for_the_update_of_region_and_nation(pack: str, recipient: Slot) -> None:
    found = part(pack, "reports", Reports).update_to(recipient)
    assert found and found.recipient_slot is recipient and any(one.is_request for one in found.sections)


@pytest.mark.parametrize("pack", ["qsg-2013", "qsg-2017"])
def test_report_names_only_roles_that_its_guidance_names(pack: str) -> None:
    parts = dict(PACKS[pack].parts)
    text = as_text(parts["reports"]).replace(
        "recipient: ", "recipient_slot: system-oversight-committee\n  recipient: ", 1
    )
    text = re.sub(r"(?m)^  recipient_slot: system-quality-group\n", "", text, count=1)
    (fault,) = faults_between({**parts, "reports": parse("reports", text)})
    assert "names a role “system-oversight-committee” that “authority” does not name" in fault
    assert place_of(fault)[0] == "reports"


def remade(spoil: Callable[[Plain], Any]) -> Any:
    whole: Plain = yaml.safe_load(as_text(part("qsg-2017", "reports", Reports)))
    spoil(whole)
    return parse("reports", yaml.safe_dump(json.loads(json.dumps(whole)), allow_unicode=True, sort_keys=False))


def local(whole: Plain) -> Plain:
    found: Plain = whole["templates"][3]
    return found


SLIPS: list[tuple[Callable[[Plain], Any], str]] = [
    (lambda p: p["templates"].append(p["templates"][0]), "the report “area-to-local” stands twice"),
    (lambda p: local(p)["sections"].append(local(p)["sections"][0]), "the section “purpose” stands twice"),
    (lambda p: local(p)["sections"][1].update(number="3.0"), "the number of a section “3.0” stands twice"),
    (lambda p: local(p)["sections"][1].update(number="three"), "sections › number 2 › number"),
    (lambda p: local(p)["sections"][2].pop("blank"), "give what it says where there is nothing"),
    (lambda p: local(p)["sections"][2].update(required=False), "it has neither “stands” nor “blank”"),
    (lambda p: local(p)["sections"][0].update(is_request=True), "words that stand there by themselves"),
    (lambda p: local(p)["sections"][2]["blank"].pop("cites"), "blank › cites: it is missing"),
    (lambda p: local(p).update(layout="table"), "a paper has sections, a table has columns"),
    (lambda p: local(p).update(sections=[]), "a paper has sections, a table has columns"),
    (lambda p: local(p).pop("recipient_slot"), "goes to a role that rules know"),
    (lambda p: local(p).update(recipient_slot="nhs-england-nation"), "the role that is sent an update"),
    (lambda p: local(p)["sections"][2].update(by_subject=True, gathers=[]), "parted by whom it is about"),
    (lambda p: local(p)["sections"][0].update(says_purpose=True), "says what the report is for: it is always there"),
    (lambda p: local(p)["sections"][2].update(says_purpose=True), "one section says what the report is for"),
    (lambda p: [local(p)["sections"][one].update(under="Over it") for one in (1, 3)], "the heading of sections"),
    (lambda p: p["templates"][1]["columns"][1]["values"].append({"code": "O", "name": "Odd", "cites": "local"}),
     "the code “O” stands twice"),
    (lambda p: p.update(templates=[]), "templates"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "says"), SLIPS, ids=[says[:40] for _, says in SLIPS])
def test_slip_of_the_pen_is_refused_with_its_line(spoil: Callable[[Plain], Any], says: str) -> None:
    with pytest.raises(RulebookError) as caught:
        remade(spoil)
    assert says in str(caught.value) and re.search(r"Line \d+", str(caught.value))
