"""What the memorandum of board and region says of escalation: written down, and offered first from then on."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sightline.audit.models import Event
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.levels import Slot
from sightline.core.verdict import Already, Invalid, Refused
from sightline.directory.models import OrganisationFact
from sightline.directory.words import FactKind
from sightline.escalation.models import MemorandumTerm
from sightline.escalation.operations.memoranda import record_terms
from sightline.escalation.queries.exchange_ways import ways_of
from sightline.escalation.queries.memoranda import memorandum_of, terms_for
from tests.factories.accounts import LONG_AGO, signed_in
from tests.factories.escalation_exchanges import SYSTEM, Tiers, tiers
from tests.factories.indicators import TODAY
from tests.factories.surveillance import a_concern

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("ORG-13")]
WAY = "icb-executive-quality-lead.QZ1.escalation.icb-to-region"


@pytest.fixture
def made(house: None) -> Tiers:
    return tiers()


def a_memorandum(made: Tiers, value: str = "MoU 2026", at: datetime = LONG_AGO) -> OrganisationFact:
    return OrganisationFact.objects.create(
        organisation=made.icb, kind=FactKind.MOU, value=value, source="Letter", recorded_at=at, recorded_by="x"
    )


def read(made: Tiers, memorandum: OrganisationFact, who: str = "executive", **more: Any) -> MemorandumTerm:
    plain = {"route": "icb-to-region", "region": made.region, "acts_from": Severity.SIGNIFICANT, "form_key": uuid4()}
    return record_terms(by=made.people[who], at=timezone.now(), memorandum=memorandum, **{**plain, **more})


def test_the_memorandum_stands_beside_an_escalation_to_the_region(made: Tiers) -> None:
    assert memorandum_of(made.icb, Slot.NHS_ENGLAND_REGION, TODAY) is None
    fact = a_memorandum(made)
    assert memorandum_of(made.icb, Slot.NHS_ENGLAND_REGION, TODAY) == fact
    assert memorandum_of(made.icb, Slot.LOCAL_AUTHORITY, TODAY) is None


def test_that_there_is_none_is_no_memorandum(made: Tiers) -> None:
    a_memorandum(made, "")
    assert memorandum_of(made.icb, Slot.NHS_ENGLAND_REGION, TODAY) is None


def test_what_it_says_is_written_down_by_who_keeps_the_record_once(made: Tiers) -> None:
    fact, key, before = a_memorandum(made), uuid4(), Event.objects.count()
    row = read(made, fact, form_key=key)
    assert [one.verb for one in Event.objects.order_by("pk")[before:]] == ["escalation.record_terms"]
    assert (row.pack, row.route, row.region, row.acts_from) == (
        "sqg-2022", "icb-to-region", made.region, "significant",
    )  # fmt: skip
    with pytest.raises(Already):
        read(made, fact, form_key=key)
    for who in ("member", "neighbour", "regional", "provider", "auditor"):
        with pytest.raises(Refused):
            read(made, fact, who)
    for more in ({"route": "system-to-icb"}, {"region": made.other}):
        with pytest.raises(Invalid):
            read(made, fact, **more)
    newer = a_memorandum(made, "MoU 2027", timezone.now())
    with pytest.raises(Invalid, match="Another memorandum"):
        read(made, fact)
    assert MemorandumTerm.objects.count() == 1
    assert terms_for(made.icb, TODAY) is None  # what was read in the earlier one counts no more
    read(made, newer, acts_from=None)
    assert terms_for(made.icb, TODAY) is not None


def test_the_way_that_it_names_comes_first_and_opens_nothing_that_is_closed(made: Tiers) -> None:
    before = {one.key: bool(one.verdict) for one in ways_of(made.secretary, TODAY)}
    read(made, a_memorandum(made), route="system-to-regional-group")
    ways = ways_of(made.secretary, TODAY)
    assert (ways[0].route, ways[0].is_usual) == ("system-to-regional-group", True)
    assert [one.key for one in ways if one.is_usual] == [ways[0].key]
    assert {one.key: bool(one.verdict) for one in ways} == before


@pytest.mark.parametrize(
    ("severity", "purpose"), [(Severity.MODERATE, "information"), (Severity.SIGNIFICANT, "action")]
)
def test_what_it_sets_is_filled_in_for_the_sender_to_change(made: Tiers, severity: Severity, purpose: str) -> None:
    a_concern(made.subject, system=SYSTEM, severity=severity.value)
    read(made, a_memorandum(made))
    client = signed_in(made.executive)
    ways = client.get(reverse("exchange_send"), {"subject": str(made.subject.pk)}).content.decode()
    assert "By the memorandum" in ways
    page = client.get(reverse("exchange_send"), {"way": WAY, "subject": str(made.subject.pk)}).content.decode()
    chosen = [one for one in re.findall(r"<input[^>]*>", page) if 'name="purpose"' in one and "checked" in one]
    assert len(chosen) == 1 and f'value="{purpose}"' in chosen[0]
    assert "what it sets is filled in below" in page


def test_the_page_of_a_memorandum_asks_those_who_keep_the_record(made: Tiers) -> None:
    address = reverse("memorandum_terms", args=[made.icb.pk])
    keeper, member = signed_in(made.secretary), signed_in(made.member)
    assert "No memorandum" in keeper.get(address).content.decode()
    assert keeper.post(address, {}).status_code == 400
    a_memorandum(made)
    assert keeper.post(address, {}).status_code == 400
    given = {"route": "icb-to-region", "region": made.region.code, "acts_from": "significant", "form_key": str(uuid4())}
    assert keeper.post(address, given).status_code == 302
    assert keeper.post(address, given).status_code == 302
    assert MemorandumTerm.objects.count() == 1
    assert (member.get(address).status_code, member.post(address, given).status_code) == (200, 403)
    assert signed_in(made.provider).get(address).status_code == 403
    assert keeper.get(reverse("memorandum_terms", args=[made.region.pk])).status_code == 404
