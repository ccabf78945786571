"""A duty that asks for a risk on registers: done once one stands on each that it names, and offered as done from then on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from sightline.core.access import Grant, Role
from sightline.core.escalation.following import DutyHow
from sightline.core.rulebook.duties import Notices
from sightline.core.rulebook.registers import Tier
from sightline.core.verdict import Refused
from sightline.escalation.models import Duty, DutyStep
from sightline.risks.models import Risk
from sightline.risks.operations import place_risk, remove_from_register
from sightline.rulebook.queries import pack
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import an_organisation
from tests.factories.escalation import level_set, stepped, the_duty
from tests.factories.groups import an_interest
from tests.factories.indicators import TODAY
from tests.factories.risks import a_risk
from tests.factories.rulebook import a_change, a_local_version
from tests.factories.surveillance import SYSTEM
from tests.factories.surveillance_levels import World, a_world

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("RPT-04")]
WANTED = (Tier.SYSTEM, Tier.ICB)


@pytest.fixture
def world(house: Path) -> World:
    return a_world()


def asked(world: World) -> Duty:
    level_set(world)
    return the_duty("put-on-the-registers")


def on(world: World, *tiers: Tier, **more: Any) -> Risk:
    return a_risk(subjects=[world.subject], places=[(one, world.board) for one in tiers], **more)


def test_the_guidance_says_which_registers_and_no_other_duty_asks_for_any() -> None:
    notices = pack("sqg-2022").parts["notices"]
    assert isinstance(notices, Notices)
    assert {one.id: one.registers for one in notices.notices if one.registers} == {"put-on-the-registers": WANTED}


@pytest.mark.parametrize("there", [(), (Tier.SYSTEM,), (Tier.ICB,)])
def test_it_is_not_done_while_no_risk_stands_on_a_register_and_the_missing_one_is_named(
    world: World, there: tuple[Tier, ...]
) -> None:
    duty = asked(world)
    on(world, *there)
    with pytest.raises(Refused) as refused:
        stepped(world.lead, duty)
    says = " ".join(one.says for one in refused.value.verdict.reasons)
    names = {Tier.SYSTEM: "System register", Tier.ICB: "Main register of the ICB"}
    assert {tier for tier, name in names.items() if name in says} == set(WANTED) - set(there)
    assert not DutyStep.objects.exists()


def test_it_is_done_by_whoever_it_falls_to_once_a_risk_stands_on_each(world: World) -> None:
    duty, risk = asked(world), on(world, Tier.SYSTEM)
    place_risk(by=world.lead, at=timezone.now(), risk=risk, tier=Tier.ICB, body=world.board)
    assert not DutyStep.objects.exists(), "the machine proposes, and a person decides"
    assert stepped(world.lead, duty).how == "done"


def test_a_risk_that_is_closed_taken_off_or_about_something_else_does_not_count(world: World) -> None:
    duty = asked(world)
    on(world, *WANTED, closed_on=TODAY)
    other = an_organisation("ZR9", "Harbour Trust").subjects.get()
    a_risk(subjects=[other], places=[(one, world.board) for one in WANTED])
    away = on(world, *WANTED)
    remove_from_register(by=world.lead, at=timezone.now(), place=away.places.get(tier="icb"), because="It is minor.")
    with pytest.raises(Refused, match="Main register of the ICB"):
        stepped(world.lead, duty)


def test_a_register_of_another_board_does_not_count(world: World) -> None:
    duty, other = asked(world), an_organisation("QZ8", "Harbour Board")
    a_risk(subjects=[world.subject], places=[(one, other) for one in WANTED])
    with pytest.raises(Refused, match="Main register of the ICB"):
        stepped(world.lead, duty)


def test_it_is_declined_or_put_off_with_a_reason_all_the_same(world: World) -> None:
    assert stepped(world.lead, asked(world), DutyHow.DECLINED, says="The board holds it elsewhere.").how == "declined"


def test_other_duties_ask_for_no_risk(world: World) -> None:
    level_set(world)
    assert stepped(world.lead, the_duty("share-with-the-region")).how == "done"


def test_a_house_that_asks_for_one_register_alone_is_asked_for_that_one(world: World) -> None:
    a_local_version("notices", a_change("notices", "  - system\n  - icb\n", "  - icb\n"))
    duty = asked(world)
    on(world, Tier.ICB)
    assert stepped(world.lead, duty).how == "done"


# --- the page


def test_the_page_names_what_is_missing_and_leads_to_where_it_is_put_right(world: World) -> None:
    duty, risk = asked(world), on(world, Tier.SYSTEM)
    page = signed_in(world.lead).get(f"/duties/{duty.pk}/").content.decode()
    assert "A risk stands on 1 of 2 registers" in page and 'value="done"' not in page
    assert f'href="/risks/{risk.pk}/registers/"' in page and f"decision={duty.decision_id}" in page
    assert 'value="declined"' in page


def test_once_a_risk_stands_on_each_the_duty_offers_itself_as_done(world: World) -> None:
    duty = asked(world)
    on(world, *WANTED, title="Too few midwives at night")
    client = signed_in(world.lead)
    page = client.get(f"/duties/{duty.pk}/").content.decode()
    assert "it looks done" in page and "Too few midwives at night" in page and 'value="done"' in page
    assert "A risk stands on each register" in client.get("/duties/?whose=mine").content.decode()
    assert client.post(f"/duties/{duty.pk}/", {"how": "done"}).status_code == 302
    assert "it looks done" not in client.get(f"/duties/{duty.pk}/").content.decode()


@pytest.mark.requirement("COI-03")
def test_a_risk_that_the_reader_may_not_see_is_not_there_for_them(world: World) -> None:
    duty = asked(world)
    other = an_organisation("ZR9", "Harbour Trust").subjects.get()
    risk = a_risk(subjects=[world.subject, other], places=[(one, world.board) for one in WANTED], title="Hidden here")
    reader = a_person(Grant(Role.SECRETARY, system=SYSTEM))
    an_interest(reader, other)
    page = signed_in(reader).get(f"/duties/{duty.pk}/").content.decode()
    assert "Hidden here" not in page and str(risk.pk) not in page and "A risk stands on 0 of 2" in page
    with pytest.raises(Refused):
        stepped(reader, duty)
    assert stepped(world.lead, duty).how == "done"
