"""The register of sources: adding a file adds a source, and no file has two masters."""

from __future__ import annotations

import pytest

from sightline.indicators import sources
from sightline.indicators.catalogue import CATALOGUE
from sightline.indicators.sources import SOURCES, TwoClaims, recognise, source_named
from sightline.intake.contract import ReceivedFile, Source
from sightline.intake.reading import read


def test_every_module_of_the_folder_is_a_source_that_names_its_publisher() -> None:
    assert {source.NAME for source in SOURCES} >= {"ae_monthly", "shmi", "cqc_api", "tidy"}
    for source in SOURCES:
        assert isinstance(source, Source)
        assert source.NAME == "tidy" or (source.PUBLISHER and source.ADDRESS.startswith("https://"))


def test_every_catalogue_entry_belongs_to_a_source() -> None:
    assert {indicator.source for indicator in CATALOGUE.values()} <= {source.NAME for source in SOURCES}


def test_a_file_that_nobody_knows_has_no_source() -> None:
    assert recognise(read("a.csv", b"colour,size\nred,1\n")) is None
    assert recognise(read("a.json", b"[1, 2]")) is None


def test_a_file_that_two_sources_claim_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    class Twin:
        NAME, TITLE, PUBLISHER, ADDRESS = "twin", "t", "p", "https://example.org"

        def recognises(self, file: ReceivedFile) -> bool:
            return True

    monkeypatch.setattr(sources, "SOURCES", (*SOURCES, Twin(), Twin()))
    with pytest.raises(TwoClaims, match="twin and twin"):
        recognise(read("a.csv", b"colour,size\nred,1\n"))


def test_an_unknown_name_is_answered_with_those_that_exist() -> None:
    assert source_named("shmi").NAME == "shmi"
    with pytest.raises(KeyError, match="ae_monthly"):
        source_named("nonsense")
