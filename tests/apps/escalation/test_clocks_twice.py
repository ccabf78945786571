"""The clocks run twice at one moment, or are cut off: nothing is there twice, nothing by halves, nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sightline.accounts.operator import operator
from sightline.audit.models import Event
from sightline.escalation.models import Duty
from sightline.escalation.operations import _arising, duties, raise_what_is_missing
from sightline.escalation.queries.arising import arising_from
from sightline.notify.models import Message
from tests.factories.indicators import NOW, TODAY
from tests.factories.surveillance import a_decision
from tests.factories.surveillance_levels import World, a_world

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("SUR-09", "PRV-04")]


@pytest.fixture
def world(house: Path) -> World:
    made = a_world()
    a_decision(made.subject, "intensive", TODAY, made.region_office, reaches=(made.board, made.region))
    return made


class CutOff(Exception):
    """The server stops."""


@pytest.mark.parametrize("at_step", ["_come_again", "_tell_of_reviews"])
def test_a_run_that_is_cut_off_keeps_nothing_and_the_next_does_it_all(
    world: World, monkeypatch: pytest.MonkeyPatch, at_step: str
) -> None:
    def stops(*_: Any) -> None:
        raise CutOff

    before = (Event.objects.count(), Message.objects.count())
    with monkeypatch.context() as broken:
        broken.setattr(duties, at_step, stops)
        with pytest.raises(CutOff):
            raise_what_is_missing(by=operator(), at=NOW)
    assert not Duty.objects.exists() and (Event.objects.count(), Message.objects.count()) == before
    found = raise_what_is_missing(by=operator(), at=NOW)
    assert found.missing + found.coming == Duty.objects.count() > 4
    again = raise_what_is_missing(by=operator(), at=NOW)
    assert (again.missing, again.coming, again.reviews) == (0, 0, 0)


def test_of_two_that_write_the_same_down_at_one_moment_one_does_and_word_goes_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other run writes between the moment at which this one looked and the moment at which it writes."""
    arising = arising_from(duties.newest_decisions().get())
    decision, plain, rival = duties.newest_decisions().get(), _arising._row, []

    def interrupted(*given: Any) -> Duty:
        if not rival:
            rival.append(None)
            rival.extend(_arising.write_down_level(decision, NOW, TODAY))
        return plain(*given)

    monkeypatch.setattr(_arising, "_row", interrupted)
    late = _arising.write_down_level(decision, NOW, TODAY)
    assert late == () and len(rival) - 1 == len(arising) == Duty.objects.count()
    records = list(Message.objects.values_list("record", "person"))
    assert len(records) == len(set(records)) > 0
    assert {record for record, _ in records} <= {str(pk) for pk in Duty.objects.values_list("pk", flat=True)}
