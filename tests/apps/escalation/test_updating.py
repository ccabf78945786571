"""The update of a quarter, laid out by the template of the sender's guidance."""

from __future__ import annotations

import html
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sightline.core.reports.laying import Said
from sightline.core.rulebook.levels import Slot
from sightline.core.verdict import Refused
from sightline.escalation.models import Exchange
from sightline.escalation.operations.exchanges import send_update
from sightline.escalation.queries.exchange_ends import End
from sightline.escalation.queries.reporting import update_template
from sightline.groups.models import Group, GroupGuidance
from tests.factories.accounts import signed_in
from tests.factories.escalation_exchanges import SYSTEM, Tiers, an_update, tiers
from tests.factories.indicators import TODAY


@pytest.fixture
def made(house: None) -> Tiers:
    return tiers()


def works_by(made: Tiers, pack: str) -> End:
    """This function will have the group of the system work by a guidance, and give the end from which it sends."""
    plain = {"because": "Agreed", "recorded_at": timezone.now(), "recorded_by": "x"}
    group = Group.objects.create(
        kind="system-group", name="Group", area=made.icb, system=SYSTEM, begun_on=TODAY, **plain
    )
    GroupGuidance.objects.create(group=group, pack=pack, from_on=TODAY, **plain)
    return End(Slot.SYSTEM_QUALITY_GROUP, made.icb, SYSTEM)


@pytest.mark.requirement("FRW-01", "RPT-23")
@pytest.mark.parametrize(
    ("pack", "recipient", "name"),
    [
        ("sqg-2022", Slot.REGIONAL_QUALITY_GROUP, "system-to-region"),
        ("qsg-2017", Slot.REGIONAL_QUALITY_GROUP, "local-to-regional"),
        ("qsg-2017", Slot.NHS_ENGLAND_NATION, "regional-to-national"),
        ("qsg-2013", Slot.REGIONAL_QUALITY_GROUP, "local-to-regional"),  # the slides have none: the next lends its own
    ],
)
def test_update_is_laid_out_by_the_guidance_by_which_the_sender_works(
    made: Tiers, pack: str, recipient: Slot, name: str
) -> None:
    found = update_template(works_by(made, pack), recipient, TODAY)
    assert found and found.template.id == name


def test_there_is_no_update_to_a_role_for_which_no_guidance_has_one(made: Tiers) -> None:
    assert update_template(works_by(made, "qsg-2017"), Slot.LOCAL_AUTHORITY, TODAY) is None


@pytest.mark.requirement("RPT-25", "RPT-28")
def test_under_2017_the_update_has_the_sections_of_annex_f(made: Tiers) -> None:
    works_by(made, "qsg-2017")
    client = signed_in(made.secretary)
    words = html.unescape(client.get(reverse("exchange_update")).content.decode())
    assert "2.0 Key issues for the attention of the Regional QSG" in words
    assert "Left empty, the report says “None identified”. (QSG 2017 Annex F §3.0)" in words
    assert "The minutes of the meetings" in words and "Good practice" not in words
    given = {"to_body": made.region.code, "title": "Update", "form_key": str(uuid4()), "key_issues": "Falls."}
    asks = client.post(reverse("exchange_update"), {**given, "support": "A team."})
    assert asks.status_code == 400 and "Say by when you need it." in asks.content.decode()
    assert client.post(reverse("exchange_update"), given).status_code == 302
    assert Exchange.objects.get().says.endswith(
        "2.0 Key issues for the attention of the Regional QSG\nFalls.\n\n"
        "3.0 Issues requiring Regional QSG support/response\nNone identified\n\n"
        "4.0 Summary/recommendations\nNo specific recommendations"
    )


def test_section_of_another_guidance_is_refused_and_nothing_is_sent(made: Tiers) -> None:
    works_by(made, "qsg-2017")
    with pytest.raises(Refused, match="no section “concerns”"):
        send_update(by=made.secretary, at=timezone.now(), given=an_update(made))
    with pytest.raises(Refused, match="write something, or tick"):
        send_update(by=made.secretary, at=timezone.now(), given=an_update(made, told=(Said("support", "A team."),)))
    assert not Exchange.objects.exists()
