"""The packs that ship: they load, every value says where it comes from, and their lists are the guidance's own."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from sightline.core.intelligence.theming import faults_in
from sightline.core.rulebook import PARTS, Contributions, Grading, Proposals, Sources, Themes
from sightline.core.signals import ROWS, Dimension, Quadrant
from sightline.directory.words import Kind
from sightline.indicators import sources as indicator_sources
from sightline.intelligence.words import Certainty, ReferralKind
from sightline.rulebook.packs import PACKS, PackError, load
from sightline.rulebook.queries import pack, pack_in_force, replaced_by

FOLDER = Path(load.__code__.co_filename).parent
FILES = sorted(FOLDER.glob("*/*.yaml"))
GUIDANCE = Path(os.environ.get("SIGHTLINE_SHARED", Path(__file__).resolve().parents[4] / "shared")) / "guidance"
TODAY = PACKS["sqg-2022"]
CITED = re.compile(
    r"local(?:, after .+)?"
    r"|(?:SQG 2022|QSG 2017|QSG 2013 slides|QSG 2013|ICB quality slides 2023|NQB risk response 2022|NPSA"
    r"|Freedom of Information Act 2000|Data Protection Act 2018|UK GDPR|Banking and Financial Dealings Act 1971)\b.+"
)


def entries(plain: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """This function will give every mapping of a file that says something, with its place."""
    if isinstance(plain, dict):
        if {"name", "says", "asks", "what", "days", "cites"} & set(plain) and (place or "cites" in plain):
            yield place, plain
        for name, value in plain.items():
            yield from entries(value, f"{place}/{name}")
    elif isinstance(plain, list):
        for number, value in enumerate(plain):
            yield from entries(value, f"{place}/{number}")


@pytest.mark.requirement("FRW-02")
def test_packs_follow_each_other_without_a_gap() -> None:
    assert list(PACKS) == ["qsg-2013", "qsg-2017", "sqg-2022"]
    for before, after in zip(list(PACKS.values()), list(PACKS.values())[1:], strict=False):
        assert before.facts.in_force_to == after.facts.in_force_from
    assert TODAY.facts.in_force_to is None


@pytest.mark.requirement("FRW-03", "FRW-04")
@pytest.mark.parametrize(
    ("pack_id", "on", "expected", "cites"),
    [
        ("qsg-2017", date(2022, 1, 21), "sqg-2022", "SQG 2022 §1.7"),
        ("qsg-2017", date(2022, 1, 20), None, None),
        ("sqg-2022", date(2026, 3, 2), None, None),
        ("qsg-2013", date(2026, 3, 2), None, None),  # a group's practice, which no guidance says that it replaces
    ],
)
def test_guidance_is_replaced_from_the_day_on_which_its_new_edition_is_in_force(
    pack_id: str, on: date, expected: str | None, cites: str | None
) -> None:
    found = replaced_by(pack_id, on)
    assert (found.pack.id if found else None, found.replaced.cites if found else None) == (expected, cites)


@pytest.mark.requirement("FRW-03")
@pytest.mark.parametrize(
    ("file", "written", "instead", "says"),
    [
        ("sqg_2022", "pack: qsg-2017", "pack: qsg-1999", "replaces “qsg-1999”, which there is not"),
        (
            "qsg_2017",
            "in_force_to: 2022-01-21",
            "in_force_to: 2023-01-01",
            "does not end on the day on which it begins",
        ),
        ("qsg_2017", "in_force_to: 2022-01-21\n", "", "does not end on the day on which it begins"),
        ("sqg_2022", "id: risk-summits", "id: surveillance-groups", "stands twice"),
    ],
)
def test_packs_of_which_one_replaces_the_other_and_both_are_in_force_are_not_loaded(
    tmp_path: Path, file: str, written: str, instead: str, says: str
) -> None:
    copied = Path(shutil.copytree(FOLDER, tmp_path / "packs")) / file / "pack.yaml"
    text = copied.read_text(encoding="utf-8")
    assert written in text
    copied.write_text(text.replace(written, instead), encoding="utf-8")
    with pytest.raises(PackError, match=says):
        load(tmp_path / "packs")


@pytest.mark.requirement("FRW-01")
@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2014, 5, 1), "qsg-2013"), (date(2022, 1, 20), "qsg-2017"), (date(2022, 1, 21), "sqg-2022")],
)
def test_pack_in_force_follows_the_day(on: date, expected: str) -> None:
    assert pack_in_force(on) is pack(expected)


def test_newest_pack_holds_every_part() -> None:
    assert set(TODAY.parts) == set(PARTS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_value_says_where_it_comes_from(path: Path) -> None:
    plain = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = list(entries(plain))
    cited = [place for place, entry in found if entry.get("cites")]
    for place, entry in found:
        cites = entry.get("cites")
        is_heading_alone = set(entry) <= {"id", "name", "questions"}
        is_line_of_one = set(entry) <= {"id", "says"} and any(place.startswith(f"{one}/") for one in cited)
        assert is_heading_alone or is_line_of_one or (cites and CITED.fullmatch(cites)), f"{place}: {cites}"
    assert found


@pytest.mark.requirement("INT-02")
def test_annex_d_is_whole() -> None:
    sources = TODAY.part("sources")
    assert isinstance(sources, Sources)
    counts = {quadrant: len(sources.of_quadrant(quadrant)) for quadrant in Quadrant}
    assert counts == {
        Quadrant.INTERNAL_QUANTITATIVE: 15,
        Quadrant.EXTERNAL_QUANTITATIVE: 13,
        Quadrant.INTERNAL_QUALITATIVE: 15,
        Quadrant.EXTERNAL_QUALITATIVE: 15,
    }
    assert {one.cites.split(",")[0] for one in sources.sources} == {"SQG 2022 Annex D"}


# Words that so many of the guidance's bullets share that they would match any of our names.
_STOP = {"data", "and", "the", "of", "in", "on", "reports", "quality", "data/intelligence", "from", "eg", "information"}


@pytest.mark.reference
@pytest.mark.requirement("INT-02")
def test_annex_d_stands_in_the_order_of_the_guidance() -> None:
    if not GUIDANCE.is_dir():
        pytest.skip("The guidance beside the project is needed: set SIGHTLINE_SHARED.")
    text = (GUIDANCE / "sqg-2022.txt").read_text(encoding="utf-8")
    cells = re.findall(r"<ul[^>]*>([^\t\n<]*)", text[text.rindex("Annex D: Relevant quality data") :])
    sources = TODAY.part("sources")
    assert isinstance(sources, Sources)
    assert len(cells) == 4
    for cell, quadrant in zip(cells, Quadrant, strict=True):
        bullets = [one.strip() for one in cell.split("•") if one.strip()]
        ours = sources.of_quadrant(quadrant)
        assert len(bullets) == len(ours)
        for bullet, entry in zip(bullets, ours, strict=True):
            theirs = set(re.findall(r"[a-z]+", bullet.casefold())) - _STOP
            mine = set(re.findall(r"[a-z]+", f"{entry.name} {entry.id}".casefold())) - _STOP
            shared = theirs & mine
            assert shared, f"“{bullet}” beside “{entry.name}”"


@pytest.mark.requirement("INT-03")
def test_list_of_2017_has_its_sixteen_sources() -> None:
    sources = PACKS["qsg-2017"].part("sources")
    assert isinstance(sources, Sources)
    listed = [one for one in sources.sources if one.cites == "QSG 2017 ¶116"]
    assert len(listed) == 16
    assert [one.id for one in sources.sources if one not in listed] == ["bipartite-report"]


@pytest.mark.parametrize("pack_id", ["qsg-2017", "sqg-2022"])
def test_everything_that_is_read_stands_under_exactly_one_source(pack_id: str) -> None:
    sources = PACKS[pack_id].part("sources")
    assert isinstance(sources, Sources)
    files = {path.stem for path in Path(indicator_sources.__path__[0]).glob("*.py") if not path.name.startswith("_")}
    read = {*files, "coroners_reports", "patient_comments", "cqc_enforcement"}
    assert {feed for one in sources.sources for feed in one.feeds} == read
    assert all(len(sources.fed_by(feed)) == 1 for feed in read)


@pytest.mark.requirement("INT-18")
def test_every_cell_of_the_matrix_names_somebody_to_ask() -> None:
    contributions = TODAY.part("contributions")
    assert isinstance(contributions, Contributions)
    for quadrant in Quadrant:
        for row in ROWS:
            assert contributions.who_could_tell(quadrant, row), f"{quadrant.value}, {row.value}"
    kinds = {kind.value for kind in Kind}
    assert {giver for one in contributions.contributions for giver in one.givers} <= kinds


@pytest.mark.requirement("INT-18")
@pytest.mark.parametrize(
    "giver",
    ["cqc", "health_education", "public_health", "professional_regulator", "healthwatch", "local_authority",
     "safeguarding_partnership", "scrutiny_committee", "icb"],
)  # fmt: skip
def test_whoever_the_guidance_names_has_something_to_bring(giver: str) -> None:
    contributions = TODAY.part("contributions")
    assert isinstance(contributions, Contributions)
    assert contributions.expected_of(giver)


@pytest.mark.requirement("INT-17")
def test_local_authorities_bring_safeguarding_concerns_annual_reports_and_trends() -> None:
    contributions = TODAY.part("contributions")
    assert isinstance(contributions, Contributions)
    brought = [one for one in contributions.expected_of("local_authority") if "SQG 2022 §3.8" in one.cites]
    words = " ".join(one.what.casefold() for one in brought)
    assert [what for what in ("safeguarding concerns", "annual reports", "trends") if what not in words] == []


@pytest.mark.requirement("CQC-01", "INT-11")
@pytest.mark.parametrize(("name", "field", "count"), [("evidence", "categories", 6), ("issue_types", "issue_types", 5)])
def test_lists_of_fixed_length_are_whole(name: str, field: str, count: int) -> None:
    assert len(getattr(TODAY.part(name), field)) == count


def test_words_agree_with_those_that_items_are_kept_by() -> None:
    grading = TODAY.part("grading")
    assert isinstance(grading, Grading)
    assert [one.id for one in grading.sureness] == [one.value for one in Certainty]
    prompts: Any = TODAY.part("safeguarding")
    assert {one.kind.value for one in prompts.prompts} == {one.value for one in ReferralKind}


@pytest.mark.requirement("INT-04", "INT-14", "INT-16")
def test_rules_propose_each_kind_of_thing_and_name_only_what_can_be_filled_in() -> None:
    proposals = TODAY.part("proposals")
    assert isinstance(proposals, Proposals)
    assert {one.kind.value for one in proposals.proposals} == {
        "ask_for_information", "discuss", "trigger_tool", "note_good_practice", "look_for_information",
    }  # fmt: skip
    for rule in proposals.proposals:
        said = rule.says.format(subject="Lantern Trust", dimension="safe", sources="3 sources", since="May 2025")
        assert "{" not in said and "Lantern Trust" in said and said.endswith(".")


@pytest.mark.requirement("DAT-10")
def test_dictionary_has_a_theme_for_every_row() -> None:
    themes = TODAY.part("themes")
    assert isinstance(themes, Themes)
    assert len(themes.themes) >= 20
    assert {row for theme in themes.themes for row in theme.rows} == set(ROWS)
    assert Dimension.CARING not in {row for theme in themes.themes for row in theme.rows}
    assert faults_in(themes.themes) == ()  # whoever reads texts by it can use it as it is
    for theme in themes.themes:
        assert not set(theme.phrases) & set(theme.exclude)


def test_pack_files_that_are_wrong_are_all_named_with_file_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "sqg_2030"
    folder.mkdir()
    facts = (FOLDER / "sqg_2022" / "pack.yaml").read_text(encoding="utf-8")
    (folder / "pack.yaml").write_text(facts, encoding="utf-8")
    (folder / "nonsense.yaml").write_text("a: 1\n", encoding="utf-8")
    (folder / "issue_types.yaml").write_text("issue_types:\n  - id: place\n", encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load(tmp_path)
    said = str(caught.value)
    assert "sqg_2030/pack.yaml: the id must be the folder's, “sqg-2030”." in said
    assert "sqg_2030/nonsense.yaml: The text: no part is called “nonsense”." in said
    assert "sqg_2030/issue_types.yaml: Line 2, issue_types › number 1 › cites: it is missing." in said
