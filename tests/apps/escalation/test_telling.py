"""Telling a provider: its own copy, its answer, and that nobody else's provider reads a word of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.escalation.following import DutyStatus
from sightline.core.verdict import Already, Invalid, Refused
from sightline.escalation.messages import may_open_telling
from sightline.escalation.models import Duty, DutyStep, Telling, TellingAnswer
from sightline.escalation.operations import answer_telling
from sightline.escalation.queries.duties import following_of
from sightline.notify.models import Message
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import an_organisation
from tests.factories.escalation import SAID, a_chair_of_the_provider, level_set, the_duty, told
from tests.factories.indicators import TODAY
from tests.factories.surveillance_levels import World, a_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(house: Path) -> World:
    return a_world()


@pytest.fixture
def stranger(world: World) -> Person:
    """This function will make somebody who works for another provider."""
    an_organisation("ZR9")
    return a_person(Grant(Role.PROVIDER, organisation="ZR9"))


def answered(person: Person, telling: Telling, text: str = "") -> TellingAnswer:
    return answer_telling(by=person, at=timezone.now(), telling=telling, text=text)


@pytest.mark.requirement("PRV-01", "PRV-03")
def test_what_was_told_is_kept_with_who_told_whom_when_and_how_and_closes_the_duty(world: World) -> None:
    level_set(world)
    before = Event.objects.count()
    telling = told(world)
    assert (telling.organisation, telling.told_by) == (world.subject.organisation, world.board)
    assert (telling.recipient, telling.channel, telling.text) == ("The chief nurse", "By letter", SAID)
    assert (telling.level, telling.pack, telling.told_on) == ("enhanced", "sqg-2022", TODAY)
    assert [one.verb for one in Event.objects.order_by("pk")[before:]] == ["escalation.tell_provider"]
    assert following_of(the_duty("tell-the-provider"), TODAY).status is DutyStatus.DONE
    assert Message.objects.filter(kind="told", record=str(telling.pk)).get().person == world.provider


@pytest.mark.requirement("PRV-04")
def test_the_chair_of_the_provider_is_let_know_and_can_read_it(world: World) -> None:
    chair = a_person(Grant(Role.PROVIDER, organisation="ZR1"))
    a_chair_of_the_provider(world, chair)
    level_set(world, "intensive")
    telling = told(world, the_duty("notify-the-provider-chair"), by=world.regional, told_by=world.region.pk)
    people = {one.person for one in Message.objects.filter(kind="told")}
    assert people == {chair, world.provider}
    assert all(may_open_telling(one, str(telling.pk), TODAY) for one in people)


@pytest.mark.parametrize("who", ["member", "provider", "elsewhere", "regional_elsewhere"])
def test_telling_by_anybody_else_is_refused_and_nothing_is_kept(world: World, who: str) -> None:
    level_set(world)
    with pytest.raises(Refused):
        told(world, by=getattr(world, who))
    assert not Telling.objects.exists() and not DutyStep.objects.exists()


def test_a_provider_is_told_once(world: World) -> None:
    level_set(world)
    told(world)
    with pytest.raises(Already):
        told(world)
    assert Telling.objects.count() == 1 and Message.objects.filter(kind="told").count() == 1


@pytest.mark.parametrize(
    "given",
    [
        {"told_on": TODAY + timedelta(days=1)},
        {"told_on": TODAY - timedelta(days=1)},
        {"text": " "},
        {"recipient": ""},
        {"text": "About NHS number 943 476 5919"},
    ],
)
def test_what_cannot_have_been_or_names_a_patient_is_not_kept(world: World, given: dict[str, Any]) -> None:
    level_set(world)
    with pytest.raises(Invalid):
        told(world, **given)
    assert not Telling.objects.exists()


@pytest.mark.requirement("PRV-02")
def test_only_an_organisation_that_is_concerned_tells(world: World) -> None:
    level_set(world)
    with pytest.raises(Invalid, match="concerned"):
        told(world, told_by=an_organisation("ZX9").pk)


def test_what_looks_like_personal_data_stays_for_a_reason_that_is_kept(world: World) -> None:
    level_set(world)
    telling = told(world, text="About NHS number 943 476 5919", knowingly="The family asked for it")
    assert telling.knowingly == "The family asked for it"


def test_a_task_for_others_tells_no_provider(world: World) -> None:
    level_set(world)
    with pytest.raises(Invalid, match="no provider"):
        told(world, the_duty("share-with-the-region"))


# --- the provider's side


@pytest.mark.requirement("PER-10")
def test_the_provider_reads_its_copy_and_no_duty_and_another_reads_nothing(world: World, stranger: Person) -> None:
    level_set(world)
    telling = told(world)
    assert list(Telling.objects.told_to(world.provider, TODAY)) == [telling]
    assert list(Telling.objects.visible_to(world.provider, TODAY)) == [telling]
    assert not Duty.objects.visible_to(world.provider, TODAY).exists()
    assert not Telling.objects.visible_to(stranger, TODAY).exists()
    for who, sees in ((world.lead, True), (world.regional, True), (world.elsewhere, False)):
        assert Telling.objects.visible_to(who, TODAY).exists() is sees
        assert not Telling.objects.told_to(who, TODAY).exists()


@pytest.mark.requirement("PRV-03")
def test_an_answer_is_kept_and_acknowledges_the_duty_once(world: World) -> None:
    level_set(world)
    telling = told(world)
    before = Event.objects.count()
    answered(world.provider, telling)
    answered(world.provider, telling, "The plan comes on Friday.")
    assert [one.verb for one in Event.objects.order_by("pk")[before:]] == ["escalation.answer_telling"] * 2
    assert [one.text for one in telling.answers.all()] == ["", "The plan comes on Friday."]
    duty = the_duty("tell-the-provider")
    assert following_of(duty, TODAY).status is DutyStatus.ACKNOWLEDGED
    assert [one.how for one in duty.steps.all()] == ["done", "acknowledged"]


def test_an_answer_by_anybody_else_is_refused_and_nothing_is_kept(world: World, stranger: Person) -> None:
    level_set(world)
    telling = told(world)
    for who in (stranger, world.lead, world.regional):
        with pytest.raises(Refused):
            answered(who, telling, "We agree")
    assert not TellingAnswer.objects.exists()


def test_an_answer_sent_twice_is_kept_once(world: World) -> None:
    level_set(world)
    telling = told(world)
    answered(world.provider, telling, "Received")
    with pytest.raises(Already):
        answered(world.provider, telling, "Received")
    assert telling.answers.count() == 1


# --- pages


@pytest.mark.requirement("PRV-01", "PRV-03", "PRV-05")
def test_pages_from_the_letter_to_the_answer(world: World) -> None:
    level_set(world)
    duty = the_duty("tell-the-provider")
    group, provider = signed_in(world.lead), signed_in(world.provider)
    page = group.get(f"/duties/{duty.pk}/tell/").content.decode()
    assert "will read these words" in page
    sent = {
        "told_by": str(world.board.pk), "spoken_by": "Ada Lead", "recipient": "The chief nurse", "channel": "By letter",
        "told_on-day": "15", "told_on-month": "1", "told_on-year": "2026", "text": SAID,
    }  # fmt: skip
    assert group.post(f"/duties/{duty.pk}/tell/", sent).status_code == 302
    letters = provider.get("/told/").content.decode()
    assert "Enhanced" in letters and "not answered yet" in letters
    telling = Telling.objects.get()
    read = provider.get(f"/told/{telling.pk}/").content.decode()
    assert '<form class="s-never-printed" method="post"' in read  # on paper it is a letter
    assert SAID in read and "Lantern Integrated Care Board" in read
    assert provider.post(f"/told/{telling.pk}/", {"text": "It comes on Friday."}).status_code == 302
    shown = group.get(f"/duties/{duty.pk}/").content.decode()
    assert "It comes on Friday." in shown and "Pia Provider" in shown


def test_pages_keep_what_was_typed_and_ask_about_personal_data(world: World) -> None:
    level_set(world)
    duty, group = the_duty("tell-the-provider"), signed_in(world.lead)
    answer = group.post(f"/duties/{duty.pk}/tell/", {"text": "About NHS number 943 476 5919", "channel": "By letter"})
    assert answer.status_code == 400 and "By letter" in answer.content.decode()
    assert not Telling.objects.exists()


@pytest.mark.requirement("PER-10")
def test_pages_of_a_telling_are_not_there_for_anybody_else(world: World, stranger: Person) -> None:
    level_set(world)
    telling = told(world)
    for who in (stranger, world.lead):
        client = signed_in(who)
        assert client.get(f"/told/{telling.pk}/").status_code == 404
        assert "was told nothing here" in client.get("/told/").content.decode()
    assert signed_in(world.provider).get(f"/duties/{telling.duty_id}/").status_code == 403
