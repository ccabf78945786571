"""The deciding page and the pages of duties: what they say before one presses, whom they let in, and what they keep."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from sightline.core.access import Grant, Role
from sightline.core.escalation.following import DutyHow
from sightline.core.rulebook.levels import Slot
from sightline.escalation.models import Duty, DutyStep
from sightline.escalation.operations import raise_what_is_missing
from sightline.escalation.queries.deciding import deciding_on
from sightline.surveillance.models import LevelDecision, LevelProposal
from tests.factories.accounts import a_person, signed_in
from tests.factories.escalation import level_set, stepped, the_duty, told
from tests.factories.groups import an_interest
from tests.factories.indicators import TODAY
from tests.factories.surveillance import SYSTEM, a_decision, an_office
from tests.factories.surveillance_levels import WHY, World, a_world, agreed, proposed

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(house: Path) -> World:
    return a_world()


def address(proposal: LevelProposal) -> str:
    return f"/levels/decide/{proposal.pk}/"


# --- deciding


@pytest.mark.requirement("LVL-05", "LVL-16", "RPT-04")
def test_before_one_presses_the_page_says_what_follows_whose_it_is_and_where_nobody_holds_an_office(
    world: World,
) -> None:
    page = signed_in(world.lead).get(address(agreed(world, proposed(world)))).content.decode()
    assert "Move Lantern Hospitals from Routine to Enhanced?" in page
    for words in (
        "Share with the System Quality Group", "Nobody holds this office here yet", "Rae Region", "Tell the provider",
        "ICB executive lead for quality", "May decide", "NQB risk response 2022", "Set the level: Enhanced",
    ):  # fmt: skip
        assert words in page, words


@pytest.mark.requirement("LVL-05", "LVL-08")
def test_pressing_sets_the_level_and_leads_to_what_arose(world: World) -> None:
    proposal, client = agreed(world, proposed(world)), signed_in(world.lead)
    sent = {"office": str(world.icb_office.pk), "because": WHY}
    answer = client.post(address(proposal), sent, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/duties/?show=all&subject=")
    assert LevelDecision.objects.get().office == world.icb_office
    assert "The level is set" in answer.content.decode() and Duty.objects.count() > 4


def test_a_decision_without_its_reason_keeps_the_page_and_sets_nothing(world: World) -> None:
    proposal = agreed(world, proposed(world))
    answer = signed_in(world.lead).post(address(proposal), {"office": str(world.icb_office.pk)})
    assert answer.status_code == 400 and "Say in a sentence why you decide so." in answer.content.decode()
    assert not LevelDecision.objects.exists()


@pytest.mark.requirement("LVL-07", "LVL-06")
def test_an_override_asks_for_its_reason_and_keeps_what_was_typed(world: World) -> None:
    level_set(world)
    proposal, client = agreed(world, proposed(world, "intensive")), signed_in(world.lead)
    page = client.get(address(proposal)).content.decode()
    assert "May decide with a reason" in page and "Why is it you who decides" in page
    sent = {"office": str(world.icb_office.pk), "because": "People are at risk tonight."}
    refused = client.post(address(proposal), sent)
    assert refused.status_code == 400
    text = refused.content.decode()
    assert "People are at risk tonight." in text and "not the usual authority" in text
    assert client.post(address(proposal), sent | {"override_reason": "The region asked us to."}).status_code == 302
    assert LevelDecision.objects.filter(is_override=True).count() == 1


@pytest.mark.requirement("LVL-08", "PER-06")
def test_whoever_holds_no_office_is_told_whose_decision_it_is_and_has_no_button(world: World) -> None:
    proposal = agreed(world, proposed(world))
    for who in (world.secretary, world.member):
        client = signed_in(who)
        page = client.get(address(proposal)).content.decode()
        assert "You hold no office that decides this" in page and "Ada Lead: ICB executive lead for quality" in page
        assert "Set the level" not in page
        assert client.post(address(proposal), {"because": WHY}).status_code == 403
    assert not LevelDecision.objects.exists()


@pytest.mark.requirement("PER-15")
def test_whoever_proposed_it_reads_why_they_may_not_decide(world: World) -> None:
    page = signed_in(world.lead).get(address(agreed(world, proposed(world, by=world.lead)))).content.decode()
    assert "May not decide" in page and "Set the level" not in page


@pytest.mark.requirement("LVL-18")
def test_a_level_that_is_skipped_is_remarked_upon(world: World) -> None:
    page = signed_in(world.regional).get(address(agreed(world, proposed(world, "intensive")))).content.decode()
    assert "A level is skipped: Enhanced." in page


def test_an_office_that_somebody_else_holds_cannot_be_chosen(world: World) -> None:
    other = an_office(a_person(Grant(Role.QUALITY_LEAD, system=SYSTEM)), organisation=world.board)
    proposal = agreed(world, proposed(world))
    answer = signed_in(world.lead).post(address(proposal), {"office": str(other.pk), "because": WHY})
    assert answer.status_code == 400 and not LevelDecision.objects.exists()


def test_what_was_decided_already_says_so_and_offers_no_button(world: World) -> None:
    decision = level_set(world)
    client = signed_in(world.lead)
    page = client.get(address(decision.proposal)).content.decode()
    assert "Ada Lead decided at " in page and "Set the level" not in page
    assert client.post(address(decision.proposal), {"because": WHY}).status_code == 409


@pytest.mark.requirement("PER-09", "PER-10", "COI-03")
def test_the_page_is_not_there_for_those_who_may_not_read_the_proposal(world: World) -> None:
    proposal = agreed(world, proposed(world))
    an_interest(world.member, world.subject)
    for who, status in ((world.member, 404), (world.elsewhere, 404), (world.provider, 403)):
        assert signed_in(who).get(address(proposal)).status_code == status
    assert deciding_on(world.regional_elsewhere, TODAY, proposal.pk) is None


def test_a_person_of_two_offices_chooses_in_which_one_they_decide(world: World) -> None:
    an_office(world.lead, Slot.ICB_CHIEF_EXECUTIVE, world.board)
    found = deciding_on(world.lead, TODAY, agreed(world, proposed(world)).pk)
    assert found is not None and len(found.offices) == 2
    assert {one.office for one in found.deciding} <= {one.office for one in found.offices}


# --- duties


@pytest.mark.requirement("RPT-04", "PRV-03")
def test_the_list_filters_and_saves_what_it_shows(world: World) -> None:
    level_set(world)
    client = signed_in(world.lead)
    page = client.get("/duties/").content.decode()
    assert "Share with NHS England’s region" in page and "Lantern Hospitals" in page
    untold = client.get("/duties/?show=untold").content.decode()
    assert "Tell the provider of the level" in untold and "Share with NHS England’s region" not in untold
    assert "Nothing fits" in client.get("/duties/?show=overdue").content.decode()
    rows = client.get("/duties/duties.csv?show=untold").content.decode().strip().splitlines()
    assert len(rows) == 2 and "Tell the provider of the level" in rows[1]


@pytest.mark.parametrize("query", ["?show=nonsense&whose=x&subject=y&page=-3", "?subject=%00", "?page=999"])
def test_whatever_is_typed_into_the_address_does_no_harm(world: World, query: str) -> None:
    assert signed_in(world.lead).get(f"/duties/{query}").status_code == 200


def test_an_empty_list_says_what_to_do_next(world: World) -> None:
    client = signed_in(world.lead)
    assert "Nothing is open." in client.get("/duties/").content.decode()
    assert "falls to you" in client.get("/duties/?whose=mine").content.decode()


def test_a_step_by_page_is_recorded_and_a_second_time_does_no_harm(world: World) -> None:
    level_set(world)
    duty, client = the_duty("share-with-the-region"), signed_in(world.lead)
    sent = {"how": "done", "says": "Written to the region."}
    assert client.post(f"/duties/{duty.pk}/", sent).status_code == 302
    assert "Written to the region." in client.get(f"/duties/{duty.pk}/").content.decode()
    assert client.post(f"/duties/{duty.pk}/", sent).status_code == 403
    assert DutyStep.objects.count() == 1


@pytest.mark.requirement("PRV-06")
def test_not_yet_by_page_keeps_what_was_typed_until_a_day_is_given(world: World) -> None:
    level_set(world)
    duty, client = the_duty("tell-the-provider"), signed_in(world.lead)
    sent: dict[str, Any] = {"how": "not_yet", "says": "The police asked us to wait."}
    answer = client.post(f"/duties/{duty.pk}/", sent)
    assert answer.status_code == 400 and "The police asked us to wait." in answer.content.decode()
    day = {"review_on-day": "1", "review_on-month": "2", "review_on-year": "2026"}
    assert client.post(f"/duties/{duty.pk}/", sent | day).status_code == 302
    page = client.get(f"/duties/{duty.pk}/").content.decode()
    assert "Look at it again on 1 February 2026" in page and "The police asked us to wait." in page


def test_a_reader_without_a_part_in_it_has_no_form(world: World) -> None:
    level_set(world)
    duty, client = the_duty("share-with-the-region"), signed_in(world.member)
    page = client.get(f"/duties/{duty.pk}/")
    assert page.status_code == 200 and "The next step" not in page.content.decode()
    assert client.post(f"/duties/{duty.pk}/", {"how": "done"}).status_code == 403
    assert client.post(f"/duties/{duty.pk}/tell/", {}).status_code == 404
    assert client.get(f"/duties/{the_duty('tell-the-provider').pk}/tell/").status_code == 200
    assert client.post(f"/duties/{the_duty('tell-the-provider').pk}/tell/", {}).status_code == 403


def test_the_list_asks_the_database_no_more_often_when_it_is_longer(
    world: World, django_assert_max_num_queries: Any
) -> None:
    level_set(world, "intensive")
    raise_what_is_missing(by=world.lead, at=timezone.now())
    told(world)
    stepped(world.lead, the_duty("develop-the-plan"), DutyHow.DONE)
    client = signed_in(world.lead)
    with django_assert_max_num_queries(33):
        assert client.get("/duties/?show=all").status_code == 200


def test_reviews_whose_day_has_come_are_brought_to_those_who_look_after_the_group(world: World) -> None:
    a_decision(world.subject, "enhanced", by_office=world.icb_office, next_review_on=TODAY)
    first = raise_what_is_missing(by=world.lead, at=timezone.now())
    second = raise_what_is_missing(by=world.lead, at=timezone.now())
    assert (first.reviews, second.reviews) == (1, 0)
