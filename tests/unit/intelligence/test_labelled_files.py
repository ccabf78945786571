"""Labelled files: each layout read as its publisher meant it, and strangers' files refused with the mend."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
import yaml

from sightline.core.intelligence.theming import compiled
from sightline.core.rulebook import Themes
from sightline.core.verdict import Invalid
from sightline.intelligence.theming.evaluation import divide
from sightline.intelligence.theming.files import LAYOUTS, UNDATED, Labelled, labelled_in, translated
from sightline.intelligence.theming.labels import key_of

DATA = Path(os.environ.get("SIGHTLINE_SHARED", Path(__file__).resolve().parents[4] / "shared")) / "data"
THEMES = Path(__file__).resolve().parents[3] / "sightline" / "rulebook" / "packs" / "sqg_2022" / "themes.yaml"
FRAMEWORK = "Respondent ID,Date,FFT answer,Not assigned,Timeliness of care,Labelling not possible,Feeling safe\n"


def written(tmp_path, text):
    path = tmp_path / "labelled.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_column_for_each_theme(tmp_path):
    rows = [
        "r1,31/05/2030,Late and afraid,,1,,1",
        "r2,5/31/2030,Nothing,1,,,",  # judged, and no theme fits: teaches what is none
        "r3,01/02/2030,Hmm,,,1,",  # labelling was not possible: no label
        "r4,01/02/2030,Unread,,,,",  # nobody judged it
        "r5,01/02/2030,Did not answer,1,,,",
    ]
    texts, _ = labelled_in(written(tmp_path, FRAMEWORK + "\n".join(rows)), "patient_comments")
    assert texts == [
        Labelled("Late and afraid", frozenset({"Timeliness of care", "Feeling safe"}), date(2030, 5, 31), "r1"),
        Labelled("Nothing", frozenset(), date(2030, 5, 31), "r2"),
    ]


@pytest.mark.parametrize(
    ("day", "read"),
    [("01/02/2030", date(2030, 2, 1)), ("9/2/2030", date(2030, 9, 2)), ("12/31/2030", date(2030, 12, 31))],
)
def test_days_are_read_in_both_orders_that_occur(tmp_path, day, read):
    texts, _ = labelled_in(written(tmp_path, f"{FRAMEWORK}r,{day},Late,,1,,"), "patient_comments")
    assert texts[0].heard_on == read


@pytest.mark.parametrize("day", ["", "yesterday", "31/31/2030", "2030-01-01", "0/0/0"])
def test_a_day_that_is_none_is_refused(tmp_path, day):
    with pytest.raises(Invalid, match="is no date"):
        labelled_in(written(tmp_path, f"{FRAMEWORK}r,{day},Late,,1,,"), "patient_comments")


def test_one_label_for_each_row_without_days(tmp_path):
    texts, _ = labelled_in(written(tmp_path, "label,feedback\nStaff,Kind\n,Unread\nStaff,\n"), "patient_comments")
    assert texts == [Labelled("Kind", frozenset({"Staff"}), UNDATED)]


@pytest.mark.parametrize(
    ("category", "names"),
    [
        ("Mental Health related deaths; Suicide (from 2015)", {"Mental health", "Suicide"}),
        ("&#xa0;Suicide (from 2015)", {"Suicide"}),
        ("<a>Hospital Death (Clinical Procedures) related deaths</a>", {"Hospital death"}),
        ("Community healthcare and emergency services related deaths", {"Community health care and emergency services"}),
        ("Emergency services related deaths (2019 onwards)", {"Emergency services"}),
        ("Mental heath related deaths | Alcohol, drugs medication related deaths",
         {"Mental health", "Alcohol, drugs and medication"}),
    ],
)  # fmt: skip
def test_official_categories_are_told_in_every_spelling(tmp_path, category, names):
    text = f'id,date,concerns,judiciary_category\n2030-1,2030-04-01,Words,"{category}"\n2030-2,2030-04-01,Words,\n'
    texts, _ = labelled_in(written(tmp_path, text), "death_reports")
    assert texts == [Labelled("Words", frozenset(names), date(2030, 4, 1), "2030-1")]


def test_the_plain_layout(tmp_path):
    text = "text,themes,date,group\nLate soup,food; waiting,2030-04-01,a\nNothing,,,\n,food,,\n"
    texts, layout = labelled_in(written(tmp_path, text), "labelled")
    assert texts == [
        Labelled("Late soup", frozenset({"food", "waiting"}), date(2030, 4, 1), "a"),
        Labelled("Nothing", frozenset(), UNDATED),
    ]
    assert not layout.means
    with pytest.raises(Invalid, match="Line 2: “1 April” is no date"):
        labelled_in(written(tmp_path, "text,themes,date\nLate,food,1 April\n"), "labelled")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("a,b\n1,2\n", "not laid out as patient_comments"),
        ("label,feedback\n", "no labelled text"),
        ("", "It is empty"),
        ("<html></html>", "web page"),
    ],
)
def test_another_file_is_refused_with_what_it_should_be(tmp_path, content, says):
    with pytest.raises(Invalid, match=says):
        labelled_in(written(tmp_path, content), "patient_comments")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Invalid, match="cannot be read"):
        labelled_in(tmp_path / "none.csv", "labelled")


def test_labels_are_translated_into_the_dictionarys_themes(tmp_path):
    texts, layout = labelled_in(written(tmp_path, f"{FRAMEWORK}r,01/02/2030,Late,,1,,1"), "patient_comments")
    assert translated(texts, layout)[0].themes == {"waiting"}  # “Feeling safe” has no near theme


def test_every_translation_is_a_theme_of_the_dictionary():
    known = {one.id for one in Themes.model_validate(yaml.safe_load(THEMES.read_text(encoding="utf-8"))).themes}
    assert {theme for layout in LAYOUTS for theme in layout.means.values()} <= known


def test_the_dictionary_of_the_guidance_pack_can_be_read():
    themes = Themes.model_validate(yaml.safe_load(THEMES.read_text(encoding="utf-8"))).themes
    assert compiled(themes).themes == tuple(one.id for one in themes)


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.is_dir(), reason=f"the published files are not beside the project ({DATA})")
@pytest.mark.parametrize(
    ("name", "source", "texts", "labels"),
    [
        ("patient_comments/v6framework_230831.csv", "patient_comments", 4_300, 42),
        ("patient_comments/text_data.csv", "patient_comments", 7_200, 9),
        ("pfd/pfd_health_concerns.csv", "death_reports", 800, 14),
    ],
)
def test_published_labels_are_read_whole_and_divided_without_overlap(name, source, texts, labels):
    read, layout = labelled_in(DATA / name, source)
    assert len(read) >= texts
    named = {label for one in read for label in one.themes}
    assert len(named) == labels
    assert set(layout.means) <= named | {"Learning organisation"}
    division = divide(read)
    assert not {key_of(one.text) for one in division.learn} & {key_of(one.text) for one in division.test}
    assert not {one.group for one in division.learn if one.group} & {one.group for one in division.test}
