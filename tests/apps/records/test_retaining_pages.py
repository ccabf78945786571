"""The pages of the retention schedule and of holds, as keepers, an auditor and others find them."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from sightline.core.access import Grant, Role
from sightline.records.models import Hold
from tests.factories.accounts import a_person, signed_in
from tests.factories.actions import Log
from tests.factories.groups import an_interest
from tests.factories.records import INQUIRY, an_officer, decided_long_ago, held
from tests.factories.surveillance_levels import decided


@pytest.mark.requirement("REC-10")
def test_keepers_see_the_schedule_with_its_source_and_what_is_due_and_held(log: Log) -> None:
    decided_long_ago(decided(log.world), 21)
    held(log, subject=log.world.subject)
    page = signed_in(log.world.secretary).get(reverse("retention")).content.decode()
    assert "SQG 2022 Annex A" in page and "No period laid down" in page and "1 record, the earliest due first" in page
    assert "Decision on a level: Lantern Hospitals, enhanced" in page and f"It is held: {INQUIRY}" in page
    assert "records of this kind are not disposed of here" not in page, "the hold is what keeps it"
    assert "due 1" not in signed_in(an_officer()).get(reverse("retention")).content.decode()


@pytest.mark.requirement("REC-10")
def test_a_decision_that_is_due_says_that_its_kind_stays_and_offers_no_disposal(log: Log) -> None:
    decision = decided_long_ago(decided(log.world), 21)
    page = signed_in(log.world.secretary).get(reverse("retention")).content.decode()
    assert "records of this kind are not disposed of here" in page
    assert reverse("disposal_propose", args=["decision", decision.pk, 0]) not in page
    assert "decisions on levels" in page and "notes of meetings" in page


@pytest.mark.requirement("PER-13", "PER-14")
def test_auditor_reads_all_and_nobody_finds_a_button_that_deletes(log: Log) -> None:
    decided_long_ago(decided(log.world), 21)
    hold = held(log)
    auditor = signed_in(a_person(Grant(Role.AUDITOR, system=log.group.system)))
    pages = [auditor.get(reverse(name)).content.decode() for name in ("retention", "holds")]
    assert "Decision on a level" in pages[0] and INQUIRY in pages[1]
    assert reverse("hold_place") not in pages[1] and reverse("hold_lift", args=[hold.pk]) not in pages[1]
    keeper = signed_in(log.world.lead)
    assert "Delete" not in keeper.get(reverse("retention")).content.decode()


def test_a_hold_is_placed_and_lifted_on_its_pages(log: Log) -> None:
    client = signed_in(log.world.secretary)
    given = {
        "system": log.group.system, "subject": "Lantern Hospitals", "because": INQUIRY, "asked_by": "The inquiry",
        "form_key": str(uuid4()),
    }  # fmt: skip
    assert client.post(reverse("hold_place"), given).status_code == 302
    hold = Hold.objects.get()
    assert hold.subject == log.world.subject
    lift = reverse("hold_lift", args=[hold.pk])
    assert client.post(lift, {"because": ""}).status_code == 400
    assert client.post(lift, {"because": "The inquiry reported."}).status_code == 302
    assert client.get(lift).status_code == 404
    page = client.get(reverse("holds")).content.decode()
    assert "Lifted" in page and "The inquiry reported." in page


@pytest.mark.requirement("COI-03")
def test_a_hold_about_whom_somebody_has_an_interest_in_is_not_there_for_them(log: Log) -> None:
    hold = held(log, subject=log.world.subject)
    an_interest(log.world.secretary, log.world.subject)
    client = signed_in(log.world.secretary)
    assert client.get(reverse("hold_lift", args=[hold.pk])).status_code == 404
    assert INQUIRY not in client.get(reverse("holds")).content.decode()
    assert INQUIRY not in client.get(reverse("retention")).content.decode()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CHAIR, Role.REGION])
def test_others_do_not_enter(log: Log, role: Role) -> None:
    client = signed_in(a_person(Grant(role, system=log.group.system)))
    assert client.get(reverse("retention")).status_code == 403
    assert client.get(reverse("hold_place")).status_code == 403
