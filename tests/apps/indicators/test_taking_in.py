"""What becomes of a drop of files: taken in whole, refused whole, passed over, or already here."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import time_machine

from sightline.audit.models import Event
from sightline.audit.queries import verify_chains
from sightline.core.signals import SignalKind
from sightline.core.verdict import Invalid
from sightline.directory.models import Organisation, Subject
from sightline.directory.words import Kind
from sightline.indicators.drop import Step, work_through
from sightline.indicators.models import Delivery, Publication, Series, Signal
from sightline.indicators.operations import Arrived
from sightline.indicators.queries import received_path
from tests.factories.directory import an_organisation, ods_row
from tests.factories.indicators import (
    KEEPER,
    SICKNESS,
    dropped,
    dropped_and_confirmed,
    emergency,
    falls,
    received,
    rows_of_house,
    series_of,
    sickness,
    table,
    usual,
    worsening,
)

pytestmark = pytest.mark.usefixtures("house")
State = Delivery.State
UNKNOWN = Arrived("lunch.csv", b"dish,price\nsoup,3\n")


def _parts(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("parts/*/*")}


def _names(state: str) -> set[str]:
    return set(Delivery.objects.filter(state=state).values_list("file_name", flat=True))


def test_file_becomes_a_publication_with_where_it_came_from_and_when(house: Path) -> None:
    (delivery,) = dropped(sickness({"ZR1": usual(24)}))
    publication = Publication.objects.get()
    assert (delivery.state, delivery.publication) == (State.ACCEPTED, publication)
    assert (publication.source, publication.publisher) == ("sickness_absence", "NHS England")
    assert (publication.first_period, publication.last_period) == (date(2023, 9, 1), date(2025, 8, 1))
    assert (publication.rows, publication.observations, publication.indicators) == (24, 24, SICKNESS)
    assert publication.sha256 == delivery.sha256
    assert _parts(house) == {f"{publication.part_sha256}.parquet"}
    assert series_of("ZR1").points == 24


@pytest.mark.requirement("DAT-08")
def test_same_file_again_changes_nothing_and_says_so(house: Path) -> None:
    file = sickness({"ZR1": worsening(), "ZR2": usual(24)})
    dropped(file)
    rows, parts, signals = rows_of_house(), _parts(house), set(Signal.objects.values_list("pk", flat=True))
    (again,) = dropped(Arrived("another-name.csv", file.content))
    assert again.state == State.UNCHANGED
    assert "nothing changed" in again.says
    assert (rows_of_house(), _parts(house)) == (rows, parts)
    assert set(Signal.objects.values_list("pk", flat=True)) == signals
    assert received_path(again.sha256).exists()


def test_same_file_twice_in_one_drop_is_taken_in_once() -> None:
    file = sickness({"ZR1": usual(24)})
    first, second = dropped(file, Arrived("copy.csv", file.content))
    assert (first.state, second.state) == (State.ACCEPTED, State.UNCHANGED)
    assert Publication.objects.count() == 1


BAD_LINES = b"\n".join(
    [
        *sickness({"ZR1": usual(3)}).content.splitlines(),
        b"31/12/2023,ZY1,Region,QZ1,System,ZR1,Trust ZR1,Acute,many,10000,4.00",
        b"31/01/2024,ZY1,Region,QZ1,System,ZR1,Trust ZR1,Acute,400,10000,140.00",
        b"31/01/2044,ZY1,Region,QZ1,System,ZR1,Trust ZR1,Acute,400,10000,4.00",
    ]
)


def test_file_that_half_parses_is_refused_whole_with_every_fault_and_its_line(house: Path) -> None:
    before = rows_of_house()
    (delivery,) = dropped(Arrived("bad.csv", BAD_LINES))
    assert delivery.state == State.REFUSED
    assert "Refused whole: 3 things to mend" in delivery.says
    faults = list(delivery.faults.order_by("line"))
    assert [fault.line for fault in faults] == [5, 6, 7]
    assert all(fault.says and fault.mend for fault in faults)
    assert rows_of_house() == before
    assert not _parts(house)
    assert not Organisation.objects.exists()


def test_refused_bytes_are_not_kept_but_those_taken_in_are() -> None:
    refused, accepted = dropped(Arrived("bad.csv", BAD_LINES), sickness({"ZR1": usual(3)}))
    assert not received_path(refused.sha256).exists()
    assert received_path(accepted.sha256).exists()


def test_two_bad_copies_are_each_told_what_is_wrong() -> None:
    first, second = dropped(Arrived("bad.csv", BAD_LINES), Arrived("copy.csv", BAD_LINES))
    assert [fault.says for fault in first.faults.all()] == [fault.says for fault in second.faults.all()]
    assert not received_path(first.sha256).exists()


def test_bytes_of_a_list_of_organisations_outlive_a_second_copy() -> None:
    trusts = table([ods_row("ZR1", "INVENTED NHS TRUST")], "etr.csv")
    dropped(trusts)
    (again,) = dropped(trusts)
    assert again.state == State.UNCHANGED
    assert received_path(again.sha256).exists()


def test_file_whose_printed_figures_disagree_is_refused_and_changes_nothing() -> None:
    content = sickness({"ZR1": usual(3)}).content.replace(b",4.20\n", b",9.20\n")
    (delivery,) = dropped(Arrived("wrong.csv", content))
    (fault,) = delivery.faults.all()
    assert (delivery.state, fault.line) == (State.REFUSED, 2)
    assert "9.2" in fault.says
    assert not Publication.objects.exists()


def test_unknown_and_unreadable_files_do_not_stop_the_others() -> None:
    picture = Arrived("picture.csv", b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    empty = Arrived("empty.csv", b"")
    dropped(UNKNOWN, picture, empty, sickness({"ZR1": usual(24)}))
    assert _names(State.UNKNOWN) == {"lunch.csv"}
    assert _names(State.REFUSED) == {"picture.csv", "empty.csv"}
    assert _names(State.ACCEPTED) == {"sickness.csv"}
    assert "other files were not stopped" in Delivery.objects.get(state=State.UNKNOWN).says
    assert series_of("ZR1").points == 24


def test_unknown_code_in_a_tidy_file_is_a_fault_with_its_line_and_mend() -> None:
    an_organisation("ZR1")
    delivery = dropped_and_confirmed(falls(["ZR1", "ZR8"], usual(14)))
    (fault,) = delivery.faults.all()
    assert (delivery.state, fault.line) == (State.REFUSED, 16)
    assert "“ZR8” is not in the directory" in fault.says
    assert "Import the file of organisations" in fault.mend
    assert not Series.objects.exists()


def test_body_that_the_directory_lists_without_watching_it_can_have_figures() -> None:
    an_organisation("ZC1", kind=Kind.CCG)
    assert not Subject.objects.exists()
    delivery = dropped_and_confirmed(falls(["ZC1"], usual(14)))
    assert delivery.state == State.ACCEPTED, [str(fault.says) for fault in delivery.faults.all()]
    assert series_of("ZC1", "score").points == 14


@pytest.mark.parametrize("directory_first", [True, False])
def test_order_of_the_files_in_a_drop_does_not_matter(directory_first: bool) -> None:
    trusts = table([ods_row("ZR1", "INVENTED NHS TRUST"), ods_row("ZR2", "OTHER NHS TRUST")], "etr.csv")
    figures = emergency(["ZR1", "ZR2"])
    files = [trusts, figures] if directory_first else [figures, trusts]
    deliveries = dropped(*files)
    assert {delivery.state for delivery in deliveries} == {State.ACCEPTED}
    assert series_of("ZR1", "ae-4h-all-types").subject.name == "Invented NHS Trust"


def test_figures_about_one_body_under_two_codes_are_one_series() -> None:
    body = an_organisation("ZR1")
    body.identifiers.create(scheme="gss", value="E99000001", recorded_at=body.recorded_at)
    rows = [
        ("ZR1" if i < 10 else "E99000001", f"2024-{i + 1:02}" if i < 12 else f"2025-{i - 11:02}", 4) for i in range(20)
    ]
    delivery = dropped_and_confirmed(table([["Trust code", "Month", "Score"], *rows]))
    assert delivery.state == State.ACCEPTED
    assert Series.objects.get().points == 20


def test_late_file_of_organisations_has_everything_assessed_again() -> None:
    dropped(sickness({"ZR1": [*usual(20), None, None, None, None], "ZR2": usual(24), "ZR3": usual(24)}))
    assert Signal.objects.current().filter(kind=SignalKind.STOPPED).count() == 1
    dropped(table([ods_row("ZR1", "INVENTED NHS TRUST", closed="20250501")], "etr.csv"))
    assert not Signal.objects.current().filter(kind=SignalKind.STOPPED).exists()


def test_whoever_watches_is_told_each_step_and_the_end() -> None:
    steps: list[Step] = []
    batch = received(UNKNOWN, sickness({"ZR1": usual(24)}))[0].batch
    work_through(batch, by=KEEPER, watch=steps.append)
    assert [(step.done, step.total) for step in steps] == [(1, 3), (2, 3), (2, 3), (3, 3)]
    assert [step.name for step in steps] == ["lunch.csv", "sickness.csv", "", ""]


def test_every_file_leaves_exactly_its_own_events_and_the_chain_is_whole() -> None:
    dropped(sickness({"ZR1": usual(24)}))
    verbs = list(Event.objects.order_by("sequence").values_list("verb", flat=True))
    assert verbs == [
        "indicators.receive_files",
        "directory.ensure_bodies",
        "indicators.accept_publication",
        "indicators.assess",
    ]
    assert not verify_chains().breaks
    assert "sickness.csv" not in "".join(Event.objects.values_list("facts", flat=True))


def test_interrupted_drop_is_taken_up_where_it_stopped(clock: time_machine.Traveller) -> None:
    deliveries = received(sickness({"ZR1": worsening()}), emergency(["ZR1"]))

    def killed(step: Step) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work_through(deliveries[0].batch, by=KEEPER, watch=killed)
    states = Delivery.objects.order_by("position").values_list("state", flat=True)
    assert list(states) == [State.ACCEPTED, State.WAITING]
    assert not Series.objects.exists()
    clock.shift(60)
    work_through(deliveries[0].batch, by=KEEPER)
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.ACCEPTED}
    assert {"ae-4h-all-types", SICKNESS} <= set(Series.objects.values_list("indicator", flat=True))
    assert Signal.objects.filter(measure=SICKNESS).exists()


def test_drop_without_files_is_refused_with_its_mend() -> None:
    with pytest.raises(Invalid, match="no file"):
        received()
    assert not Event.objects.exists()
