"""Pages of levels: what they show and ask, to whom they open, and that nothing is lost of what was typed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sightline.accounts.models import Person
from sightline.core.access import Grant, Role
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import OrganisationFact
from sightline.directory.words import FactKind, Kind, Link
from sightline.groups.models import Office
from sightline.surveillance.models import (
    Dissent,
    LevelDecision,
    LevelProposal,
    LevelReview,
    ProposalEnding,
    RegionAnswer,
)
from tests.factories.accounts import LONG_AGO, a_person, signed_in
from tests.factories.directory import a_relation, an_organisation
from tests.factories.groups import an_interest
from tests.factories.indicators import TODAY
from tests.factories.surveillance import SYSTEM, a_concern, a_decision, an_office
from tests.factories.surveillance_levels import World, a_world, agreed, decided, proposed, works_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(house: None) -> World:
    """This function will make a trust and everybody around its level."""
    made = a_world()
    an_organisation("ZM1", "Lantern Voices")
    return made


def page(who: Person, name: str, *args: Any, query: str = "") -> Any:
    """This function will open a page as somebody."""
    return signed_in(who).get(reverse(name, args=args) + query)


def words(response: Any) -> str:
    """This function will give a page's text with its white space tidied."""
    return " ".join(response.content.decode().split())


def filled(world: World, **more: Any) -> dict[str, Any]:
    """This function will fill in the form of Enhanced."""
    review = TODAY + timedelta(days=90)
    plain = {
        "form_key": "6f6a2c0e-3b0c-4a44-9f3a-0f6a5d3f0a11",
        "seen": "routine",
        "triggers": ["safety-concerns"],
        "assessment": f"process:{world.other.pk}",
        "reason": "Three independent sources agree.",
        "why_not_closer": "It takes two organisations.",
        "conflict_check": "Asked; none.",
        "group_view": "In favour.",
    }
    days = {"effective_on": TODAY, "next_review_on": review}
    parts = {f"{name}-{part}": getattr(day, part) for name, day in days.items() for part in ("day", "month", "year")}
    return {**plain, **parts, **more}


# --- to whom they open


@pytest.mark.requirement("PER-09", "PER-10", "COI-03", "ORG-11")
def test_pages_open_to_who_hears_and_to_whom_the_matter_reaches(world: World) -> None:
    proposal = agreed(world, proposed(world))
    conflicted = a_person(Grant(Role.QUALITY_LEAD, system=SYSTEM))
    an_interest(conflicted, world.subject)
    auditor = a_person(Grant(Role.AUDITOR))
    opens = {"lead": 200, "secretary": 200, "member": 200, "regional": 200, "elsewhere": 404, "regional_elsewhere": 404}
    readers = [(getattr(world, name), status) for name, status in opens.items()]
    readers += [(conflicted, 404), (auditor, 200), (world.provider, 403)]
    for who, status in readers:
        client = signed_in(who)
        for name, key in (("level_proposal", proposal.pk), ("levels_of_subject", world.subject.pk)):
            assert client.get(reverse(name, args=[key])).status_code == status, (who.display_name, name)


@pytest.mark.requirement("PER-09", "COI-03")
def test_decision_opens_to_the_same_readers(world: World) -> None:
    made = decided(world)
    conflicted = a_person(Grant(Role.MEMBER, system=SYSTEM))
    an_interest(conflicted, world.subject)
    for who, status in [
        (world.member, 200), (world.regional, 200), (conflicted, 404), (world.elsewhere, 404),
        (world.regional_elsewhere, 404), (world.provider, 403),
    ]:  # fmt: skip
        assert page(who, "level_decision", made.pk).status_code == status, who.display_name
        assert page(who, "levels_of_subject", world.subject.pk).status_code == status, who.display_name


@pytest.mark.requirement("ORG-11")
def test_other_systems_that_the_matter_reaches_read_it(world: World) -> None:
    body, other = world.subject.organisation, world.board.__class__.objects.get(code="QZ2")
    assert body is not None
    a_relation(body, Link.PART_OF, other)
    proposal = proposed(world)
    assert page(world.elsewhere, "level_proposal", proposal.pk).status_code == 200
    assert page(world.elsewhere, "levels_of_subject", world.subject.pk).status_code == 200


@pytest.mark.parametrize(
    ("name", "who", "status"),
    [
        ("level_region_answer", "member", 404),
        ("level_region_answer", "regional", 200),
        ("level_withdraw", "member", 404),
        ("level_decline", "member", 404),
        ("level_decline", "secretary", 403),
        ("level_dissent", "member", 200),
        ("level_dissent", "regional_elsewhere", 404),
    ],
)
def test_forms_open_to_who_may_send_them(world: World, name: str, who: str, status: int) -> None:
    assert page(getattr(world, who), name, proposed(world).pk).status_code == status


# --- proposing


@pytest.mark.requirement("SUR-04", "SUR-03", "LVL-15")
def test_choice_of_a_level_shows_what_each_means_and_who_leads(world: World) -> None:
    text = words(page(world.secretary, "level_propose", world.subject.pk))
    assert (
        "Risks that are complex, significant or recurrent" in text
        and "Led by: NHS England and other regulators" in text
    )
    assert "This leaves out Enhanced, and is flagged." in text
    assert "Enforcement at this level goes with segment 3" in text


@pytest.mark.requirement("FRW-07", "FRW-06")
def test_risk_summit_is_answered_with_what_took_its_place(world: World) -> None:
    response = page(world.secretary, "level_propose", world.subject.pk, query="?to=risk-summit")
    text = words(response)
    assert response.status_code == 400 and "Rapid Quality Review meeting took its place" in text
    assert "NQB risk response 2022, Core components" in text


def test_unknown_level_and_an_empty_form_ask_for_a_choice(world: World) -> None:
    client = signed_in(world.secretary)
    address = reverse("level_propose", args=[world.subject.pk])
    assert client.get(address + "?to=nonsense").status_code == 400
    assert client.post(address).status_code == 400
    assert client.post(address + "?to=enhanced").status_code == 400


@pytest.mark.requirement("LVL-22", "LVL-05")
def test_form_says_beside_each_field_what_is_needed_and_whose_decision_it_is(world: World) -> None:
    text = words(page(world.secretary, "level_propose", world.subject.pk, query="?to=enhanced"))
    assert "Needed. Name at least one trigger for Enhanced. (NQB risk response 2022, Enhanced/Overview)" in text
    assert "Should be given. Decisions are taken as near to the point of care as possible" in text
    assert "ICB executive lead for quality or ICB chief executive decides." in text
    assert "Quality Improvement Group to oversee the plan" in text


def test_form_that_is_whole_proposes_and_twice_proposes_once(world: World) -> None:
    client = signed_in(world.secretary)
    address = reverse("level_propose", args=[world.subject.pk]) + "?to=enhanced"
    response = client.post(address, filled(world))
    made = LevelProposal.objects.get()
    assert response.url == reverse("level_proposal", args=[made.pk])
    assert (made.triggers, made.other_process, made.level_from) == ("safety-concerns", world.other, "routine")
    assert client.post(address, filled(world)).status_code == 302
    assert LevelProposal.objects.count() == 1


def test_form_says_what_is_missing_keeps_what_was_typed_and_lets_it_be_proposed_all_the_same(world: World) -> None:
    client = signed_in(world.secretary)
    address = reverse("level_propose", args=[world.subject.pk]) + "?to=enhanced"
    given = filled(world, conflict_check="", triggers=[])
    response = client.post(address, given)
    text = words(response)
    assert response.status_code == 400 and not LevelProposal.objects.exists()
    assert "Name at least one trigger for Enhanced." in text and "Three independent sources agree." in text
    assert client.post(address, {**given, "anyway": "on"}).status_code == 302
    made = LevelProposal.objects.get()
    assert "Before this can be decided" in words(page(world.secretary, "level_proposal", made.pk))


def test_check_answers_and_saves_nothing(world: World) -> None:
    client = signed_in(world.secretary)
    address = reverse("level_propose", args=[world.subject.pk]) + "?to=enhanced"
    whole = client.post(address, {**filled(world), "check": "yes"})
    assert whole.status_code == 200 and "Nothing is missing" in words(whole)
    lacking = client.post(address, {**filled(world, assessment=""), "check": "yes"})
    assert "Link or describe the risk profile" in words(lacking)
    assert not LevelProposal.objects.exists()


@pytest.mark.requirement("LVL-16")
def test_check_of_an_empty_form_names_everything_that_is_missing_and_not_only_the_reason(world: World) -> None:
    address = reverse("level_propose", args=[world.subject.pk]) + "?to=enhanced"
    given = {"form_key": filled(world)["form_key"], "seen": "routine"}
    checked = signed_in(world.secretary).post(address, {**given, "check": "yes"})
    assert checked.status_code == 200
    for missing in (
        "Give the reason for the move.",
        "Name at least one trigger for Enhanced.",
        "Link or describe the risk profile",
        "Record that conflicts of interest were considered",
        "Set the day of the next review.",
    ):
        assert words(checked).count(missing) > 1, missing  # beside its field, and among what is missing
    sent = signed_in(world.secretary).post(address, given)
    assert sent.status_code == 400 and not LevelProposal.objects.exists()


def test_step_down_begins_with_the_concern_on_which_the_level_was_decided(world: World) -> None:
    first, second = a_concern(world.subject, "The first of two"), a_concern(world.subject, "The second of two")
    a_decision(world.subject, "enhanced", by_office=world.icb_office, concern=first)
    asked = words(page(world.secretary, "level_propose", world.subject.pk, query="?to=routine"))
    assert f'value="{first.pk}" selected' in asked and f'value="{second.pk}" selected' not in asked
    rising = words(page(world.secretary, "level_propose", world.subject.pk, query="?to=intensive"))
    assert f'value="{first.pk}" selected' not in rising  # which of the two grew, only a person can say
    other = words(page(world.secretary, "level_propose", world.subject.pk, query=f"?to=routine&concern={second.pk}"))
    assert f'value="{second.pk}" selected' in other


@pytest.mark.requirement("IGV-01")
def test_form_asks_about_what_looks_like_personal_data(world: World) -> None:
    client = signed_in(world.secretary)
    address = reverse("level_propose", args=[world.subject.pk]) + "?to=enhanced"
    response = client.post(address, filled(world, reason="Her NHS number is 943 476 5919."))
    assert response.status_code == 400 and "This looks like personal data" in words(response)
    assert not LevelProposal.objects.exists()


@pytest.mark.requirement("LVL-20", "LVL-21")
def test_triggers_for_others_to_be_involved_are_offered_where_the_case_meets_them(world: World) -> None:
    concern = a_concern(world.subject, is_recurrent=True, needs_national_action=True)
    text = words(page(world.secretary, "level_propose", world.subject.pk, query=f"?to=enhanced&concern={concern.pk}"))
    assert "The same risk comes back within a short time" in text and "It needs national action" in text


@pytest.mark.requirement("LVL-21")
@pytest.mark.parametrize(
    ("id_", "says", "source"),
    [
        ("national-action", "It needs national action, for instance on an outdated policy", "Enhanced/National"),
        ("challenged", "recurrent risks in a challenged provider or ICB", "Intensive/National"),
    ],
)
def test_trigger_of_national_involvement_is_offered_named_and_told_with_where_it_is_written(
    world: World, id_: str, says: str, source: str
) -> None:
    concern = a_concern(world.subject, needs_national_action=id_ == "national-action")
    if id_ == "challenged":
        OrganisationFact.objects.create(
            organisation=world.subject.organisation, kind=FactKind.OVERSIGHT_SEGMENT, value="4", source="The list",
            valid_from=LONG_AGO.date(), recorded_at=LONG_AGO, recorded_by="x",
        )  # fmt: skip
    query = f"?to=enhanced&concern={concern.pk}"
    text = words(page(world.secretary, "level_propose", world.subject.pk, query=query))
    assert says in text and source in text
    address, given = reverse("level_propose", args=[world.subject.pk]) + query, filled(world, concern=str(concern.pk))
    for number, named in enumerate(([], [id_])):
        key = f"6f6a2c0e-3b0c-4a44-9f3a-0f6a5d3f0b0{number}"
        sent = signed_in(world.secretary).post(address, {**given, "form_key": key, "involvement": named})
        assert sent.status_code == 302
        made = LevelProposal.objects.get(form_key=key)
        assert (id_ in made.triggers.split()) is bool(named)
        shown = words(page(world.lead, "level_proposal", made.pk))
        assert says in shown and source in shown
        assert ("which the case suggests and the proposal does not name" in shown) is not bool(named)


@pytest.mark.requirement("SUR-13")
@pytest.mark.parametrize(
    ("holder", "slot", "body", "decides"),
    [
        ("lead", Slot.SYSTEM_QUALITY_GROUP, "board", True),
        ("regional", Slot.REGIONAL_QUALITY_GROUP, "region", True),
        ("lead", Slot.ICB_EXECUTIVE_QUALITY_LEAD, "board", False),
        ("regional", Slot.NHS_ENGLAND_REGION, "region", False),
    ],
)
def test_risk_summit_is_triggered_by_the_local_group_as_a_rule_and_by_the_regional_where_that_is_fit(
    world: World, holder: str, slot: Slot, body: str, decides: bool
) -> None:
    works_by(world, "qsg-2017")
    rule = "Normally the local QSG triggers a Risk Summit; the regional QSG may where that is appropriate."
    text = words(page(world.secretary, "level_propose", world.subject.pk, query="?to=risk-summit"))
    assert rule in text and "QSG 2017 ¶123 and ¶128" in text
    proposal = agreed(world, proposed(world, "risk-summit"))
    Office.objects.all().delete()
    an_office(getattr(world, holder), slot, getattr(world, body))
    shown = words(page(getattr(world, holder), "level_proposal", proposal.pk))
    assert rule in shown and ("You may decide this" in shown) is decides
    assert ("Set the level: Risk Summit" in words(page(getattr(world, holder), "level_decide", proposal.pk))) is decides


def test_proposing_otherwise_begins_from_what_was_proposed(world: World) -> None:
    first = proposed(world, reason="The first reason of all")
    query = f"?to=enhanced&follows={first.pk}"
    assert "The first reason of all" in words(page(world.secretary, "level_propose", world.subject.pk, query=query))
    address = reverse("level_propose", args=[world.subject.pk]) + query
    signed_in(world.secretary).post(address, filled(world))
    assert LevelProposal.objects.get(follows=first)
    assert "Another proposal took the place of this one" in words(page(world.secretary, "level_proposal", first.pk))


def test_subject_that_is_no_more_is_offered_no_level_and_its_heirs_are_named(world: World) -> None:
    body = world.subject.organisation
    assert body is not None
    a_relation(body, Link.SUCCEEDED_BY, an_organisation("ZS1", "Lantern North", Kind.NHS_TRUST))
    body.closed_on = TODAY
    body.save(update_fields=["closed_on"])
    assert "Set the level on what followed it: Lantern North" in words(
        page(world.secretary, "level_propose", world.subject.pk)
    )


# --- one proposal, and what others say to it


def test_proposal_shows_the_answer_of_the_rules_beside_the_buttons(world: World) -> None:
    proposal = proposed(world)
    text = words(page(world.lead, "level_proposal", proposal.pk))
    assert "Before you can decide this" in text and "whether NHS England’s region agrees" in text
    agreed(world, proposal)
    assert "You may decide this" in words(page(world.lead, "level_proposal", proposal.pk))
    text = words(page(world.secretary, "level_proposal", proposal.pk))
    assert "You proposed this. Another person decides." in text and "Region of the North agrees" in text


def test_region_answers_member_dissents_and_takes_it_back(world: World) -> None:
    proposal = proposed(world)
    day = {"said_on-day": TODAY.day, "said_on-month": TODAY.month, "said_on-year": TODAY.year}
    answer = {"organisation": str(world.region.pk), "is_agreed": "no", "says": "Visit first.", "said_by": "", **day}
    assert _sends(world.regional, "level_region_answer", proposal, answer) == 302
    assert RegionAnswer.objects.get().said_by == world.regional.display_name
    body = world.board.__class__.objects.get(code="ZM1")
    said = {"organisation": str(body.pk), "reasons": "We see no pattern.", "commits_to": "We visit in April."}
    assert _sends(world.member, "level_dissent", proposal, said) == 302
    made = Dissent.objects.get()
    assert "We visit in April." in words(page(world.lead, "level_proposal", proposal.pk))
    client = signed_in(world.member)
    assert client.post(reverse("level_dissent_withdraw", args=[made.pk])).status_code == 302
    assert "Taken back" in words(client.get(reverse("level_proposal", args=[proposal.pk])))
    assert signed_in(world.secretary).post(reverse("level_dissent_withdraw", args=[made.pk])).status_code == 404


@pytest.mark.requirement("SUR-12")
def test_declined_proposal_says_what_is_needed_and_may_be_made_anew(world: World) -> None:
    proposal = proposed(world)
    given = {"office": str(world.icb_office.pk), "because": "Visit the wards first."}
    assert _sends(world.lead, "level_decline", proposal, given) == 302
    assert ProposalEnding.objects.get().how == "declined"
    text = words(page(world.secretary, "level_proposal", proposal.pk))
    assert "This proposal was declined." in text and "Visit the wards first." in text and "Propose again" in text


def test_proposal_is_taken_back(world: World) -> None:
    proposal = proposed(world)
    assert _sends(world.secretary, "level_withdraw", proposal, {}) == 400
    assert _sends(world.secretary, "level_withdraw", proposal, {"because": "It is dealt with."}) == 302
    assert ProposalEnding.objects.get().how == "withdrawn"


def test_form_that_comes_too_late_says_so_and_keeps_what_was_typed(world: World) -> None:
    proposal = proposed(world)
    _sends(world.secretary, "level_withdraw", proposal, {"because": "It is dealt with."})
    client, body = signed_in(world.member), world.board.__class__.objects.get(code="ZM1")
    said = {"organisation": str(body.pk), "reasons": "We see no pattern.", "commits_to": ""}
    response = client.post(reverse("level_dissent", args=[proposal.pk]), said)
    assert response.status_code == 400
    assert "This proposal was withdrawn" in words(response) and "We see no pattern." in words(response)


def _sends(who: Person, name: str, proposal: LevelProposal, given: dict[str, Any]) -> int:
    client: Client = signed_in(who)
    return client.post(reverse(name, args=[proposal.pk]), given).status_code


# --- what looks like personal data in what others say

HER_NUMBER, STAYS = "Her NHS number is 943 476 5919.", "What looks like personal data stays: The coroner names her."


def _knowingly(who: Person, address: str, given: dict[str, Any]) -> None:
    """Send a form with personal data, be asked about it, and say why it must stay."""
    client = signed_in(who)
    asked = client.post(address, given)
    text = asked.content.decode()
    assert asked.status_code == 400 and "This looks like personal data" in text and "It must stay" in text
    found = re.search(r'name="looked" value="([0-9a-f]+)"', text)
    assert found is not None
    stays = {**given, "looked": found[1], "people": "keep", "knowingly": ""}
    assert client.post(address, stays).status_code == 400
    assert client.post(address, {**stays, "knowingly": "The coroner names her."}).status_code == 302


@pytest.mark.requirement("IGV-01")
@pytest.mark.parametrize(
    ("name", "who", "field"),
    [
        ("level_region_answer", "regional", "says"),
        ("level_dissent", "member", "reasons"),
        ("level_withdraw", "secretary", "because"),
        ("level_decline", "lead", "because"),
    ],
)
def test_why_personal_data_stays_in_what_others_say_is_told_to_those_who_keep_the_record(
    world: World, name: str, who: str, field: str
) -> None:
    proposal = proposed(world)
    bodies = {"regional": str(world.region.pk), "member": str(world.board.__class__.objects.get(code="ZM1").pk)}
    day = {"said_on-day": TODAY.day, "said_on-month": TODAY.month, "said_on-year": TODAY.year}
    given = {"organisation": bodies.get(who, ""), "is_agreed": "no", "office": str(world.icb_office.pk), **day}
    _knowingly(getattr(world, who), reverse(name, args=[proposal.pk]), {**given, field: HER_NUMBER})
    assert STAYS in words(page(world.secretary, "level_proposal", proposal.pk))
    seen = words(page(world.member, "level_proposal", proposal.pk))
    assert HER_NUMBER in seen and "What looks like personal data" not in seen


@pytest.mark.requirement("IGV-01", "LVL-16")
def test_why_personal_data_stays_in_a_decision_is_told_to_those_who_keep_the_record(world: World) -> None:
    proposal = agreed(world, proposed(world))
    given = {"office": str(world.icb_office.pk), "because": HER_NUMBER}
    _knowingly(world.lead, reverse("level_decide", args=[proposal.pk]), given)
    made = LevelDecision.objects.get()
    assert STAYS in words(page(world.secretary, "level_decision", made.pk))
    seen = words(page(world.member, "level_decision", made.pk))
    assert HER_NUMBER in seen and "What looks like personal data" not in seen


# --- decisions, reviews, and what waits


@pytest.mark.requirement("LVL-16")
def test_decision_shows_its_office_authority_evidence_and_that_nothing_changed(world: World) -> None:
    made = decided(world)
    text = words(page(world.member, "level_decision", made.pk))
    assert "Decided by Ada Lead as ICB executive lead for quality of Lantern Integrated Care Board" in text
    assert "The ICB that commissions authorises Enhanced." in text and made.snapshot_sha256 in text
    assert "Unchanged" in text and "Other assessment of risk" in text


@pytest.mark.requirement("SUR-07", "SUR-10")
def test_review_is_recorded_and_shown(world: World) -> None:
    made = decided(world)
    client = signed_in(world.secretary)
    address = reverse("level_review", args=[made.pk])
    assert client.post(address, {}).status_code == 400
    assert client.post(address, {"because": "The plan runs to June."}).status_code == 302
    assert LevelReview.objects.get().because == "The plan runs to June."
    assert "The plan runs to June." in words(page(world.regional, "level_decision", made.pk))
    assert page(world.member, "level_review", made.pk).status_code == 404


def test_levels_of_a_subject_tell_where_it_stands_and_every_level_so_far(world: World) -> None:
    text = words(page(world.secretary, "levels_of_subject", world.subject.pk))
    assert "No level was ever set." in text and "Nothing is proposed." in text
    decided(world)
    decided(world, "routine")
    text = words(page(world.secretary, "levels_of_subject", world.subject.pk))
    assert text.count("ICB executive lead for quality, Lantern Integrated Care Board") == 2


def test_page_of_what_waits_is_each_readers_own(world: World) -> None:
    assert "Nothing waits" in words(page(world.lead, "levels_waiting"))
    proposed(world)
    assert "For you to decide: 1" in words(page(world.lead, "levels_waiting"))
    assert "For your region to answer: 1" in words(page(world.regional, "levels_waiting"))
    assert "For others to decide: 1" in words(page(world.member, "levels_waiting"))
    assert "Nothing waits" in words(page(world.elsewhere, "levels_waiting"))
    assert page(world.provider, "levels_waiting").status_code == 403


def test_what_waits_is_read_in_a_number_of_questions_that_does_not_grow(
    world: World, django_assert_max_num_queries: Any
) -> None:
    for number in range(3):
        proposed(world, reason=f"Reason {number}")
    client = signed_in(world.lead)
    address = reverse("levels_waiting")
    client.get(address)
    with django_assert_max_num_queries(40):
        assert client.get(address).status_code == 200
