"""The demonstration's meetings: what the first could not decide is agreed in writing, and ratified by the second."""

from __future__ import annotations

from collections import Counter

import pytest

from sightline.core.meetings.outside import Answer
from sightline.core.meetings.quorum import Status
from sightline.demonstration import Part
from sightline.demonstration.meeting_up import meeting_of
from sightline.demonstration.organisations import MATERNITY_TRUST
from sightline.meetings.models import ItemOutcome, PaperRecord, WrittenQuestion
from sightline.meetings.presenters.data_packs import data_pack
from sightline.meetings.queries.ratifying import Ratified, not_yet_ratified, ratification_of
from sightline.meetings.queries.writing import one_question
from sightline.meetings.words import Heard, Result

from .conftest import TODAY, World


@pytest.mark.requirement("CHR-10", "QUO-08", "QUO-09", "QUO-10")
def test_what_a_meeting_could_not_decide_is_agreed_in_writing_and_ratified_at_the_next(world: World) -> None:
    reader = world.person(Part.LAY_MEMBER)
    view = one_question(reader, TODAY, WrittenQuestion.objects.get().pk)
    assert view is not None
    assert view.item.meeting == meeting_of("first")
    assert set(ItemOutcome.objects.filter(item=view.item).values_list("quorum", flat=True)) == {
        Status.NOT_QUORATE.value
    }
    assert view.result is not None
    assert view.result.result == Result.CARRIED.value
    assert Counter(one.how for one in view.answers) == {Heard.PAGE.value: 5, Heard.TELEPHONE.value: 1}
    assert {one.answer for one in view.answers} == {Answer.AGREES.value}
    assert world.person(Part.REGULATOR).pk not in {one.person_id for one in view.answers}
    assert view.standing is not None
    assert view.standing.silent, "silence stays silence, and is no agreement"
    found = ratification_of(view)
    assert found is not None
    assert found.state is Ratified.RATIFIED
    assert found.outcome is not None
    assert found.outcome.item.meeting == meeting_of("second")
    assert not_yet_ratified(reader, TODAY) == []


@pytest.mark.requirement("COI-04")
def test_the_provider_whom_the_question_is_about_finds_nothing_of_it(world: World) -> None:
    provider = world.person(Part.SUBJECT_PROVIDER)
    assert one_question(provider, TODAY, WrittenQuestion.objects.get().pk) is None


@pytest.mark.requirement("MTG-13", "DAT-03")
def test_the_next_meeting_has_a_data_pack_in_which_the_hospital_stands_beside_all_others(world: World) -> None:
    pack = data_pack(PaperRecord.objects.get(version__paper__item__meeting=meeting_of("next")))
    assert pack is not None
    name = world.subject(MATERNITY_TRUST).name
    assert len(pack.charts) == 2
    assert [one.rows[0].name for one in pack.funnels] == [name]
    assert pack.funnels[0].says[0].startswith(f"{name}: ")
