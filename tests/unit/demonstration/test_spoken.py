"""The demonstration's words: in the publishers' layouts, plain, about invented bodies alone, and naming nobody."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from sightline.core.intelligence.checking import find_personal
from sightline.core.rulebook import Sources
from sightline.demonstration import PEOPLE, SEED, generate_words
from sightline.demonstration import tales_misleading as misleading
from sightline.demonstration.comment_words import PLACES
from sightline.demonstration.comments import sentence
from sightline.demonstration.months import Calendar, month_end
from sightline.demonstration.organisations import PROVIDERS, TRUSTS, UNHEARD_OF
from sightline.demonstration.partners import PARTNERS
from sightline.demonstration.stories import Chance
from sightline.demonstration.tales import STORIES
from sightline.demonstration.tales_kinds import KINDS
from sightline.intake.reading import read
from sightline.intelligence.sources import recognise
from sightline.intelligence.sources.contract import Telling
from sightline.intelligence.words import Certainty, Channel, Kind, ReferralKind, Safeguarding, TagKind, Wish
from sightline.rulebook.packs import PACKS

from .conftest import SHARED, TODAY

TALES = (*STORIES, *misleading.MISLEADING, *KINDS)
SOURCE_OF = {
    "prevention-of-future-deaths.csv": "coroners_reports",
    "answers-to-coroners.csv": "coroners_reports",
    "enforcement.csv": "cqc_enforcement",
    "friends-and-family-comments.csv": "patient_comments",
    "other-comments.csv": "patient_comments",
    "what-partners-told.csv": "many_items",
}
Read = dict[str, list[Telling]]


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return generate_words(tmp_path_factory.mktemp("words"), TODAY)


@pytest.fixture(scope="module")
def told(paths: list[Path]) -> Read:
    """Every file as its source reads it, held against what it promises."""
    found: Read = {}
    for path in paths:
        file = read(path.name, path.read_bytes())
        source = recognise(file)
        assert source is not None and SOURCE_OF[path.name] == source.NAME
        parsed = source.parse(file, TODAY)
        assert not [str(fault) for fault in (*parsed.faults, *source.verify(parsed))], path.name
        found[path.name] = list(parsed.tellings)
    return found


def test_every_file_is_recognised_and_free_of_faults(told: Read) -> None:
    assert told.keys() == SOURCE_OF.keys()
    comments = len(told["friends-and-family-comments.csv"]) + len(told["other-comments.csv"])
    assert 590 <= comments <= 620
    assert len(told["what-partners-told.csv"]) == 60


def test_same_day_and_seed_make_the_same_bytes(paths: list[Path], tmp_path: Path) -> None:
    again = generate_words(tmp_path, TODAY, SEED)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in paths]


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2026, 1, 1), date(2027, 4, 12)])
def test_nothing_is_dated_later_than_the_last_published_month(today: date, tmp_path: Path) -> None:
    last = month_end(Calendar(today).last)
    for path in generate_words(tmp_path, today):
        parsed = recognise(read(path.name, path.read_bytes()))
        assert parsed is not None
        days = [one.said_on or one.heard_on for one in parsed.parse(read(path.name, path.read_bytes()), today).tellings]
        assert all(day is None or day <= last for day in days), path.name
    assert all(tale.days >= 5 for tale in TALES)


def test_nothing_looks_like_personal_data_and_nobody_of_the_cast_is_named(told: Read) -> None:
    names = [person.name for person in PEOPLE]
    texts = [one.text for some in told.values() for one in some]
    texts += [text for tale in TALES for text in (tale.text, tale.fewer)]
    assert [(text, found) for text in texts for found in find_personal(text, names)] == []


def test_coroners_reports_name_nobody_who_died(paths: list[Path]) -> None:
    (path,) = [path for path in paths if path.name == "answers-to-coroners.csv"]
    with path.open(newline="") as file:
        assert {row["deceased_name"] for row in csv.DictReader(file)} == {"Q. V."}


def test_comments_are_plain_sentences_and_mostly_differ(told: Read) -> None:
    texts = [one.text for name in told if "comments" in name for one in told[name]]
    assert len(set(texts)) > 0.95 * len(texts)
    for text in texts:
        assert text[0].isupper() and text[-1] == "." and "{" not in text and "  " not in text, text
        assert not re.search(r"\b(\w+) \1\b", text), text


def test_a_place_in_a_sentence_that_is_not_known_is_a_mistake_and_not_left_blank() -> None:
    dice = Chance(SEED).named("test")
    with pytest.raises(KeyError):
        sentence("We like {nothing}", "hospital", dice)
    assert {sentence("{who} came", kind, dice)[0] for kind in PLACES} == {"T"}


def test_comments_are_as_many_as_a_trust_is_big(told: Read) -> None:
    """A big trust has the most complaints because it has the most patients: that is no story."""
    comments = told["friends-and-family-comments.csv"]
    counts = Counter(one.about[0].name for one in comments)
    size = {trust.name: trust.size for trust in TRUSTS}
    per_staff = {name: count / size[name] for name, count in counts.items()}
    assert max(per_staff.values()) < 1.1 * min(per_staff.values())
    assert counts.most_common(1)[0][0] == next(one.name for one in TRUSTS if one.code == misleading.BIG_TRUST)


def test_nobody_speaks_of_the_dentist_nobody_has_heard_of(told: Read) -> None:
    name = next(one.name for one in PROVIDERS if one.code == UNHEARD_OF)
    named = {word for some in told.values() for one in some for about in one.about for word in (about.name, about.code)}
    assert not {name, UNHEARD_OF} & named
    assert UNHEARD_OF not in {code for tale in TALES for code in tale.about}


def test_each_tale_has_its_own_key_and_a_source_of_the_guidance() -> None:
    part = PACKS["sqg-2022"].parts["sources"]
    assert isinstance(part, Sources)
    assert len({tale.key for tale in TALES}) == len(TALES)
    assert {tale.source for tale in TALES} <= {source.id for source in part.sources}


def test_every_way_of_telling_is_told_at_least_once() -> None:
    """INT-05, INT-06, INT-07, INT-09, INT-10, INT-12, IGV-10, SAF-01."""
    assert {tale.wish for tale in TALES} == set(Wish)
    assert {tale.channel for tale in TALES} == set(Channel)
    assert {tale.certainty for tale in TALES} == set(Certainty)
    assert {tale.safeguarding for tale in TALES} == set(Safeguarding)
    assert {tale.kind for tale in TALES} == {Kind.SOFT, Kind.EMERGING_CONCERN, Kind.NON_COOPERATION}
    assert {kind for tale in TALES for kind, _, _ in tale.onward} == {
        ReferralKind.OTHER_GROUP, ReferralKind.BUSINESS_AS_USUAL,
    }  # fmt: skip
    assert {kind for tale in TALES for kind, _ in tale.tags} == {TagKind.EVIDENCE, TagKind.POPULATION, TagKind.ISSUE}
    assert any(tale.verbal_only for tale in TALES) and any(tale.practitioner for tale in TALES)
    assert any(tale.fewer for tale in TALES) and any(tale.reliability and tale.credibility for tale in TALES)


@pytest.mark.real_data
def test_no_partner_is_a_real_organisation() -> None:
    lists = SHARED / "data" / "organisations"
    if not lists.is_dir():
        pytest.skip(f"No published files in {lists}.")
    text = "\n".join(path.read_text(errors="replace").casefold() for path in lists.glob("*.csv"))
    words = [word.casefold() for one in PARTNERS for word in (one.code, one.name)]
    assert [word for word in words if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)] == []


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("ours", "theirs", "whole"),
    [
        ("prevention-of-future-deaths.csv", "pfd/pfd_health_concerns.csv", True),
        ("answers-to-coroners.csv", "pfd/statuses.csv", True),
        ("other-comments.csv", "patient_comments/text_data.csv", True),
        ("friends-and-family-comments.csv", "patient_comments/v6framework_230831.csv", False),
    ],
)
def test_headings_are_the_publishers_own(paths: list[Path], ours: str, theirs: str, whole: bool) -> None:
    """The survey's fifty labels for a model are left out, and so is nothing else."""
    real = SHARED / "data" / theirs
    if not real.is_file():
        pytest.skip(f"There is no {real}; set SIGHTLINE_SHARED.")
    (path,) = [path for path in paths if path.name == ours]
    heads = []
    for one in (path, real):
        with one.open(encoding="utf-8-sig", newline="") as file:
            heads.append(next(csv.reader(file)))
    assert heads[0] == heads[1] if whole else set(heads[0]) <= set(heads[1])
