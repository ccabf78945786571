"""A tidy table whose headings nobody knows is told by what stands in its columns."""

from __future__ import annotations

from sightline.indicators.sources import recognise
from sightline.indicators.sources.tidy import NAME, guess_of
from sightline.intake.contract import PeriodKind
from sightline.intake.reading import read

ROWS = "\n".join(f"ZA{place},2026-0{month}-01,{80 + place + month}.5" for place in range(1, 4) for month in range(1, 7))


def test_columns_are_told_by_their_cells() -> None:
    guessed = guess_of(read("calls.csv", f"Body,Begins,Answered in time\n{ROWS}\n".encode()))
    assert guessed is not None
    found = (guessed.organisation, guessed.period, guessed.value, guessed.kind)
    assert found == ("Body", "Begins", "Answered in time", PeriodKind.MONTH)
    assert {one.field: one.why for one in guessed.guesses}["organisation"] == "Its cells are written as codes."


def test_a_known_heading_goes_before_what_its_cells_look_like() -> None:
    text = f"Body,Begins,Answered in time,rate\n{ROWS.replace('.5', '.5,9')}\n"
    guessed = guess_of(read("calls.csv", text.encode()))
    assert guessed is not None and guessed.value == "rate"


def test_a_table_without_figures_is_of_no_known_kind() -> None:
    assert recognise(read("list.csv", b"Body,Begins,Colour\nZA1,2026-01-01,red\nZA2,2026-02-01,blue\n")) is None


def test_what_people_wrote_is_not_taken_for_a_table_of_figures() -> None:
    said = "Nobody came when I rang the bell, and in the morning they said that it had been a busy night for everyone."
    text = "Body,Begins,Score,Said\n" + "\n".join(f'ZA1,2026-0{month}-01,{month},"{said}"' for month in range(1, 7))
    assert recognise(read("comments.csv", text.encode())) is None


def test_the_register_offers_such_a_table_for_mapping() -> None:
    source = recognise(read("calls.csv", f"Body,Begins,Answered in time\n{ROWS}\n".encode()))
    assert source is not None and source.NAME == NAME
