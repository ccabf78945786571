"""Exchanges between tiers: each operation allowed, refused and recorded; who may read; copies, letters, what goes back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.escalation.answering import ExchangeHow, ExchangeKind, Status, status_of
from sightline.core.reports.laying import Said
from sightline.core.rulebook.duties import Purpose
from sightline.core.rulebook.levels import Slot
from sightline.core.verdict import Already, Invalid, Refused
from sightline.directory.words import Kind
from sightline.escalation.models import Exchange, ExchangeCopy, ExchangeStep
from sightline.escalation.operations.exchange_steps import (
    acknowledge_exchange,
    answer_exchange,
    close_exchange,
    decline_exchange,
    feed_back,
)
from sightline.escalation.operations.exchanges import receive_letter, send_exchange, send_update
from sightline.escalation.queries.exchange_ends import ends_of, receiving, sides_of
from sightline.escalation.queries.exchange_ways import may_name, ways_of
from sightline.escalation.queries.exchanges import (
    Asked,
    copy_for,
    course_of,
    exchanges_for,
    last_updates,
    one_exchange,
)
from sightline.groups.models import Group, GroupGuidance
from sightline.notify.models import Message
from tests.factories.accounts import LONG_AGO, a_grant, a_person, signed_in
from tests.factories.directory import an_organisation
from tests.factories.escalation_exchanges import (
    ASKS,
    OTHER,
    SAYS,
    SYSTEM,
    TITLE,
    Tiers,
    a_challenge,
    a_letter,
    an_update,
    escalated,
    shared,
    tiers,
    to_the_region,
)
from tests.factories.groups import an_interest, an_office
from tests.factories.indicators import TODAY
from tests.factories.surveillance import a_concern

PHONE = "Ring 07700 900123 about it"


@pytest.fixture
def made(house: None) -> Tiers:
    return tiers()


def now() -> Any:
    return timezone.now()


def status(one: Exchange) -> Status:
    return status_of(course_of(Exchange.objects.get(pk=one.pk)))


def told(person: Person, kind: str) -> int:
    return Message.objects.filter(person=person, kind=kind).count()


@pytest.mark.requirement("RPT-08", "RPT-13", "RPT-21")
def test_the_executive_lead_escalates_to_the_region_and_it_is_recorded_once(made: Tiers) -> None:
    one = escalated(made)
    assert (one.system, one.from_body, one.to_body, one.route) == (SYSTEM, made.icb, made.region, "icb-to-region")
    assert (one.title, one.says, one.asks) == (TITLE, SAYS, ASKS)
    assert one.pack == "sqg-2022"
    assert one.triggers == "significant-failings"
    event = Event.objects.get(verb="escalation.send_exchange")
    assert event.on_id == str(one.pk)
    assert TITLE not in event.facts
    assert status(one) is Status.WAITING
    assert [told(made.people[name], "exchange-received") for name in ("director", "executive")] == [1, 0]


def refusals() -> dict[str, tuple[str, Callable[[Tiers], dict[str, Any]]]]:
    return {
        "the group's secretary in the executive's name": ("secretary", lambda made: {}),
        "a member": ("member", lambda made: {}),
        "a deputy": ("deputy", lambda made: {}),
        "the provider": ("provider", lambda made: {}),
        "another system's chair": ("neighbour", lambda made: {}),
        "the auditor": ("auditor", lambda made: {}),
        "the group straight to the region": (
            "secretary", lambda made: {"sender": Slot.SYSTEM_QUALITY_GROUP, "route": "icb-to-region"},
        ),
        "a body that is not at the end of the route": ("executive", lambda made: {"to_body": made.other}),
        "no route at all": ("executive", lambda made: {"route": ""}),
        "for action without saying what": ("executive", lambda made: {"asks": " "}),
        "for action without a day": ("executive", lambda made: {"due_on": None}),
        "a day that is past": ("executive", lambda made: {"due_on": TODAY - timedelta(days=1)}),
        "the region's action without a trigger": ("executive", lambda made: {"triggers": ()}),
        "a trigger that is none": ("executive", lambda made: {"triggers": ("worry",)}),
        "an update, which has a way of its own": ("executive", lambda made: {"kind": ExchangeKind.UPDATE}),
    }  # fmt: skip


@pytest.mark.requirement("RPT-08", "RPT-13", "RPT-21", "LVL-20", "LVL-23")
@pytest.mark.parametrize("case", refusals())
def test_what_may_not_be_sent_changes_nothing(made: Tiers, case: str) -> None:
    who, change = refusals()[case]
    events = Event.objects.count()
    with pytest.raises(Refused) as problem:
        send_exchange(by=made.people[who], at=now(), given=to_the_region(made, **change(made)))
    assert problem.value.verdict.reasons
    assert (Exchange.objects.count(), Message.objects.count(), Event.objects.count()) == (0, 0, events)


@pytest.mark.requirement("RPT-08")
def test_a_closed_route_says_what_can_be_done_instead(made: Tiers) -> None:
    given = to_the_region(made, sender=Slot.SYSTEM_QUALITY_GROUP)
    with pytest.raises(Refused, match="by way of"):
        send_exchange(by=made.secretary, at=now(), given=given)


def from_the_group(made: Tiers, recipient: Slot, route: str, **more: Any) -> Exchange:
    to_body = made.council if recipient is Slot.LOCAL_AUTHORITY else made.icb
    plain = {"purpose": Purpose.INFORMATION, "asks": "", "due_on": None, "triggers": (), **more}
    given = to_the_region(made, sender=Slot.SYSTEM_QUALITY_GROUP, recipient=recipient, route=route, **plain)
    return send_exchange(by=made.secretary, at=now(), given=replace(given, to_body=to_body))


@pytest.mark.requirement("CHR-12")
def test_what_the_icb_and_what_the_council_has_to_consider_are_two_matters_answered_apart(made: Tiers) -> None:
    """SQG 2022 §3.11: the chair draws issues to the ICB, and the local authority's members to its own assurance."""
    to_icb = from_the_group(made, Slot.ICB_EXECUTIVE_QUALITY_LEAD, "system-to-icb")
    to_council = from_the_group(made, Slot.LOCAL_AUTHORITY, "system-to-local-authority")
    assert (to_icb.to_body, to_council.to_body) == (made.icb, made.council)
    acknowledge_exchange(by=made.people["councillor"], at=now(), exchange=to_council)
    assert (status(to_icb), status(to_council)) == (Status.WAITING, Status.ACKNOWLEDGED)
    with pytest.raises(Refused):  # what was drawn to the board is not the council's to acknowledge
        acknowledge_exchange(by=made.people["councillor"], at=now(), exchange=to_icb)


@pytest.mark.requirement("CHR-12")
def test_one_matter_cannot_go_to_both_in_one(made: Tiers) -> None:
    with pytest.raises(Refused):
        from_the_group(made, Slot.ICB_EXECUTIVE_QUALITY_LEAD, "system-to-icb", also_to=(made.council,))
    assert not Exchange.objects.exists()


@pytest.mark.requirement("GRP-15")
def test_group_gives_its_icb_notice_of_the_risk_that_it_carries(made: Tiers) -> None:
    """SQG 2022 Annex A: the duties are the ICB's, and the group makes sure that it is aware of the risk."""
    chief = made.people["deputy"]
    an_office(chief, Slot.ICB_CHIEF_EXECUTIVE, made.icb)
    more = {"kind": ExchangeKind.DUTY_RISK, "subject": None}
    one = from_the_group(made, Slot.ICB_CHIEF_EXECUTIVE, "system-duty-risk", **more)
    assert (one.kind, one.to_body, one.recipient) == ("duty-risk", made.icb, "icb-chief-executive")
    assert status(one) is Status.WAITING and told(chief, "exchange-received") == 1
    assert Event.objects.get(verb="escalation.send_exchange").on_id == str(one.pk)


@pytest.mark.requirement("GRP-15")
@pytest.mark.parametrize(
    "more",
    [
        {"kind": ExchangeKind.ESCALATION},
        {"kind": ExchangeKind.DUTY_RISK, "route": "system-to-icb"},
        {"kind": ExchangeKind.DUTY_RISK, "route": ""},
    ],
)
def test_duty_risk_notice_goes_by_its_own_route_alone(made: Tiers, more: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        from_the_group(made, Slot.ICB_CHIEF_EXECUTIVE, more.pop("route", "system-duty-risk"), **more)
    assert not Exchange.objects.exists()


@pytest.mark.requirement("GRP-15", "CHR-12")
def test_secretary_finds_each_of_the_three_ways_on_screen(made: Tiers) -> None:
    shown = " ".join(signed_in(made.secretary).get("/exchanges/send/").content.decode().split())
    for says in ("Escalate to the ICB executive lead", "Escalate to the local authority", "Give notice of a risk"):
        assert says in shown, says
    way = f"system-quality-group.{SYSTEM}.duty-risk.system-duty-risk"
    assert way in shown
    client, address = signed_in(made.secretary), f"/exchanges/send/?way={way}"
    asked = client.get(address).content.decode()
    key = asked.split('name="form_key" value="')[1].split('"')[0]
    sent = {"form_key": key, "title": "Freedom to speak up", "says": "No guardian.", "purpose": "information"}
    assert client.post(address, {**sent, "to_body": SYSTEM}).status_code == 302
    one = Exchange.objects.get()
    assert "Duty-risk notice" in client.get(f"/exchanges/{one.pk}/").content.decode()


def test_a_form_sent_twice_sends_once(made: Tiers) -> None:
    given = to_the_region(made)
    send_exchange(by=made.executive, at=now(), given=given)
    with pytest.raises(Already):
        send_exchange(by=made.executive, at=now(), given=given)
    assert Exchange.objects.count() == 1
    assert told(made.director, "exchange-received") == 1


@pytest.mark.requirement("IGV-01")
@pytest.mark.parametrize("field", ["title", "says", "asks"])
def test_personal_data_stays_only_for_a_reason(made: Tiers, field: str) -> None:
    with pytest.raises(Invalid):
        send_exchange(by=made.executive, at=now(), given=to_the_region(made, **{field: PHONE}))
    assert not Exchange.objects.exists()
    kept = to_the_region(made, **{field: PHONE, "knowingly": "The line is the hospital's own"})
    assert send_exchange(by=made.executive, at=now(), given=kept).knowingly == "The line is the hospital's own"


@pytest.mark.requirement("PER-09", "PER-10", "COI-03")
def test_both_ends_read_it_and_nobody_else(made: Tiers) -> None:
    one = escalated(made)
    reads = {name for name, person in made.people.items() if one_exchange(person, TODAY, one.pk)}
    assert reads == {"executive", "secretary", "member", "councillor", "deputy", "auditor", "director", "regional"}


@pytest.mark.requirement("PER-10", "COI-03")
def test_who_works_for_the_body_that_it_is_about_reads_nothing_at_the_other_end_either(made: Tiers) -> None:
    visitor = a_person(Grant(Role.MEMBER, system=OTHER, organisation="ZR1"))
    interested = a_person(Grant(Role.MEMBER, system=OTHER))
    an_interest(interested, made.subject)
    one = send_exchange(by=made.secretary, at=now(), given=shared(made, subject=made.subject))
    reads = [bool(one_exchange(who, TODAY, one.pk)) for who in (made.neighbour, visitor, interested, made.stranger)]
    assert reads == [True, False, False, False]
    both = a_person(Grant(Role.PROVIDER, organisation="ZR1"), Grant(Role.REGION, organisation=made.region.code))
    assert not one_exchange(both, TODAY, escalated(made).pk)


@pytest.mark.requirement("PER-09")
def test_each_end_takes_its_own_steps(made: Tiers) -> None:
    one = escalated(made)
    assert sides_of(made.regional, TODAY, one) == {"recipient"}
    assert sides_of(made.executive, TODAY, one) == {"sender"}
    for nobody in (made.deputy, made.auditor, made.neighbour, made.provider, made.member):
        assert sides_of(nobody, TODAY, one) == set()


@pytest.mark.requirement("RPT-13", "NET-02", "PER-09")
def test_it_is_acknowledged_answered_fed_back_and_closed_each_with_its_event(made: Tiers) -> None:
    one = escalated(made)
    acknowledge_exchange(by=made.regional, at=now(), exchange=one)
    assert status(one) is Status.ACKNOWLEDGED
    answer_exchange(by=made.regional, at=now(), exchange=one, says="A team comes on Monday.")
    assert status(one) is Status.ANSWERED
    assert told(made.executive, "exchange-answered") == 2
    feed_back(by=made.executive, at=now(), exchange=one, says="The group was told on Tuesday.")
    assert status(one) is Status.FED_BACK
    close_exchange(by=made.executive, at=now(), exchange=one)
    assert status(one) is Status.CLOSED
    verbs = ("acknowledge_exchange", "answer_exchange", "feed_back", "close_exchange")
    assert [Event.objects.filter(verb=f"escalation.{verb}").count() for verb in verbs] == [1, 1, 1, 1]


@pytest.mark.requirement("RPT-13")
def test_it_is_declined_with_a_reason(made: Tiers) -> None:
    one = escalated(made)
    with pytest.raises(Refused):
        decline_exchange(by=made.regional, at=now(), exchange=one, because=" ")
    assert not ExchangeStep.objects.exists()
    decline_exchange(by=made.regional, at=now(), exchange=one, because="Another region has the team.")
    assert status(one) is Status.DECLINED
    assert Event.objects.filter(verb="escalation.decline_exchange").count() == 1


ACT = {
    ExchangeHow.ACKNOWLEDGED: lambda by, one: acknowledge_exchange(by=by, at=now(), exchange=one),
    ExchangeHow.ANSWERED: lambda by, one: answer_exchange(by=by, at=now(), exchange=one, says="Yes."),
    ExchangeHow.DECLINED: lambda by, one: decline_exchange(by=by, at=now(), exchange=one, because="No."),
    ExchangeHow.FED_BACK: lambda by, one: feed_back(by=by, at=now(), exchange=one, says="They know."),
    ExchangeHow.CLOSED: lambda by, one: close_exchange(by=by, at=now(), exchange=one),
}


@pytest.mark.parametrize(
    ("who", "how"),
    [
        ("executive", ExchangeHow.ACKNOWLEDGED),
        ("executive", ExchangeHow.ANSWERED),
        ("executive", ExchangeHow.DECLINED),
        ("regional", ExchangeHow.FED_BACK),
        ("regional", ExchangeHow.CLOSED),
        ("executive", ExchangeHow.CLOSED),  # it still waits
        ("member", ExchangeHow.ACKNOWLEDGED),
        ("deputy", ExchangeHow.ACKNOWLEDGED),
        ("neighbour", ExchangeHow.ANSWERED),
        ("provider", ExchangeHow.ANSWERED),
        ("conflicted", ExchangeHow.FED_BACK),
        ("elsewhere", ExchangeHow.ACKNOWLEDGED),
    ],
)
def test_a_step_that_is_not_theirs_or_not_yet_changes_nothing(made: Tiers, who: str, how: ExchangeHow) -> None:
    one = escalated(made)
    events = Event.objects.count()
    with pytest.raises(Refused):
        ACT[how](made.people[who], one)
    assert (ExchangeStep.objects.count(), Event.objects.count()) == (0, events)


def test_the_same_answer_sent_twice_is_recorded_once(made: Tiers) -> None:
    one = escalated(made)
    ACT[ExchangeHow.ANSWERED](made.regional, one)
    with pytest.raises(Already):
        ACT[ExchangeHow.ANSWERED](made.regional, one)
    assert ExchangeStep.objects.count() == 1


@pytest.mark.requirement("IGV-01")
def test_an_answer_with_personal_data_is_kept_only_for_a_reason(made: Tiers) -> None:
    one = escalated(made)
    with pytest.raises(Invalid):
        answer_exchange(by=made.regional, at=now(), exchange=one, says=PHONE)
    with pytest.raises(Invalid, match="after today"):
        answer_exchange(by=made.regional, at=now(), exchange=one, says="Yes", happened_on=TODAY + timedelta(days=1))
    assert not ExchangeStep.objects.exists()
    answer_exchange(by=made.regional, at=now(), exchange=one, says=PHONE, knowingly="It is the team's own line")
    assert ExchangeStep.objects.get().knowingly == "It is the team's own line"


@pytest.mark.requirement("NET-01", "NET-03")
def test_what_may_bear_on_others_is_shared_sideways_and_acknowledged_there(made: Tiers) -> None:
    one = send_exchange(by=made.secretary, at=now(), given=shared(made))
    assert told(made.neighbour, "exchange-received") == 1
    acknowledge_exchange(by=made.neighbour, at=now(), exchange=one)
    close_exchange(by=made.secretary, at=now(), exchange=one)
    assert status(one) is Status.CLOSED


@pytest.mark.requirement("NET-04", "NET-05")
@pytest.mark.parametrize("kind", [Kind.CLINICAL_NETWORK, Kind.INNOVATION_NETWORK, Kind.COLLABORATIVE])
def test_networks_and_collaboratives_are_among_those_that_something_is_shared_with(made: Tiers, kind: Kind) -> None:
    network = an_organisation("NW1", "Northern Network", kind)
    offered = {(way.recipient, body.pk) for way in ways_of(made.secretary, TODAY) for body in way.bodies}
    assert (Slot.SECRETARIAT, network.pk) in offered
    one = send_exchange(by=made.secretary, at=now(), given=shared(made, recipient=Slot.SECRETARIAT, to_body=network))
    assert (one.to_body, status(one)) == (network, Status.WAITING)


@pytest.mark.requirement("RPT-11")
def test_a_council_is_told_what_the_group_concluded(made: Tiers) -> None:
    given = shared(made, recipient=Slot.LOCAL_AUTHORITY, to_body=made.council, subject=made.subject)
    one = send_exchange(by=made.secretary, at=now(), given=given)
    acknowledge_exchange(by=made.councillor, at=now(), exchange=one)
    assert status(one) is Status.ACKNOWLEDGED


@pytest.mark.requirement("LVL-25", "SUR-14")
def test_the_region_asks_and_the_system_answers(made: Tiers) -> None:
    with pytest.raises(Refused, match="did not reach you"):
        send_exchange(by=made.regional, at=now(), given=a_challenge(made))
    escalated(made)
    one = send_exchange(by=made.regional, at=now(), given=a_challenge(made))
    answer_exchange(by=made.executive, at=now(), exchange=one, says="It has an owner now.")
    assert status(one) is Status.ANSWERED
    with pytest.raises(Refused, match="which subject"):
        send_exchange(by=made.regional, at=now(), given=a_challenge(made, subject=None))
    own = a_challenge(made, sender=Slot.ICB_EXECUTIVE_QUALITY_LEAD, from_body=made.icb, to_body=made.icb)
    with pytest.raises(Refused, match="for the region"):
        send_exchange(by=made.executive, at=now(), given=own)


@pytest.mark.requirement("RPT-08", "RPT-22")
def test_a_member_of_the_region_escalates_only_in_an_office(made: Tiers) -> None:
    given = to_the_region(
        made, sender=Slot.NHS_ENGLAND_REGION, from_body=made.region, recipient=Slot.NHS_ENGLAND_NATION,
        to_body=type(made.region).objects.get(code="QX1"), route="region-to-nation", subject=None,
        triggers=("national-action",),
    )  # fmt: skip
    with pytest.raises(Refused, match="holds the office"):
        send_exchange(by=made.regional, at=now(), given=given)
    one = send_exchange(by=made.director, at=now(), given=given)
    assert one.system == made.region.code
    assert one_exchange(made.regional, TODAY, one.pk)
    assert not one_exchange(made.executive, TODAY, one.pk)


@pytest.mark.requirement("RPT-13")
def test_where_nobody_at_the_other_end_works_here_its_answer_is_written_down_for_it(made: Tiers) -> None:
    given = to_the_region(
        made, sender=Slot.NHS_ENGLAND_REGION, from_body=made.region, recipient=Slot.NHS_ENGLAND_NATION,
        to_body=type(made.region).objects.get(code="QX1"), route="region-to-nation", subject=None,
        triggers=("national-action",),
    )  # fmt: skip
    one = send_exchange(by=made.director, at=now(), given=given)
    assert not receiving(Slot.NHS_ENGLAND_NATION, one.to_body, TODAY).people
    answer_exchange(by=made.director, at=now(), exchange=one, says="They wrote that they agree.", happened_on=TODAY)
    assert status(one) is Status.ANSWERED


@pytest.mark.requirement("RPT-20")
def test_by_the_guidance_of_2017_what_has_wider_implications_goes_to_the_region(made: Tiers) -> None:
    group = Group.objects.create(
        kind="system-group", name="Group", area=made.icb, system=SYSTEM, begun_on=TODAY, because="x",
        recorded_at=LONG_AGO, recorded_by="x",
    )  # fmt: skip
    GroupGuidance.objects.create(
        group=group, pack="qsg-2017", from_on=TODAY, because="Agreed", recorded_at=LONG_AGO, recorded_by="x"
    )
    given = to_the_region(
        made, sender=Slot.SYSTEM_QUALITY_GROUP, recipient=Slot.REGIONAL_QUALITY_GROUP, route="local-to-regional",
        triggers=("other-areas",),
    )  # fmt: skip
    with pytest.raises(Refused, match="other areas"):
        send_exchange(by=made.secretary, at=now(), given=given)
    one = send_exchange(by=made.secretary, at=now(), given=replace(given, is_wider=True))
    assert (one.pack, one.route) == ("qsg-2017", "local-to-regional")


@pytest.mark.requirement("NET-02")
def test_what_came_of_a_matter_goes_back_to_those_who_raised_it(made: Tiers) -> None:
    raised = send_exchange(
        by=made.neighbour,
        at=now(),
        given=shared(made, from_body=made.other, to_body=made.icb, title="Raised next door"),
    )
    one = escalated(made, follows=raised)
    answer_exchange(by=made.regional, at=now(), exchange=one, says="The region deals with it.")
    feed_back(by=made.executive, at=now(), exchange=one, says="The region deals with it for both.")
    back = Exchange.objects.get(kind=ExchangeKind.FEEDBACK.value)
    assert (back.to_body, back.follows, back.title) == (made.other, one, "Raised next door")
    assert one_exchange(made.neighbour, TODAY, back.pk)
    assert not one_exchange(made.neighbour, TODAY, one.pk)


@pytest.mark.requirement("SAF-04", "SAF-05")
def test_a_letter_is_received_and_answered(made: Tiers) -> None:
    one = receive_letter(by=made.secretary, at=now(), given=a_letter(made))
    assert (one.kind, one.from_body, one.recipient, one.system) == (
        "received", made.council, "system-quality-group", SYSTEM,
    )  # fmt: skip
    assert one_exchange(made.member, TODAY, one.pk)
    assert not one_exchange(made.neighbour, TODAY, one.pk)
    answer_exchange(by=made.secretary, at=now(), exchange=one, says="The group looked at it on Monday.")
    close_exchange(by=made.secretary, at=now(), exchange=one)
    assert status(one) is Status.CLOSED
    assert Event.objects.filter(verb="escalation.receive_letter").count() == 1


def test_a_letter_to_another_group_or_from_the_future_is_not_recorded(made: Tiers) -> None:
    with pytest.raises(Refused):
        receive_letter(by=made.neighbour, at=now(), given=a_letter(made))
    with pytest.raises(Invalid):
        receive_letter(by=made.secretary, at=now(), given=a_letter(made, received_on=TODAY + timedelta(days=1)))
    with pytest.raises(Refused):
        receive_letter(by=made.conflicted, at=now(), given=a_letter(made, subject=made.subject))
    assert not Exchange.objects.exists()


@pytest.mark.requirement("SUR-09", "RPT-30", "RPT-12", "RPT-23")
def test_the_update_goes_with_a_fixed_copy_of_the_log(made: Tiers) -> None:
    one = send_update(by=made.secretary, at=now(), given=an_update(made))
    copy = ExchangeCopy.objects.get(exchange=one)
    assert copy.sha256 == hashlib.sha256(copy.content.encode()).hexdigest()
    assert (one.recipient, one.to_body) == ("regional-quality-group", made.region)
    assert "None identified" in one.says
    assert last_updates([SYSTEM]) == {SYSTEM: TODAY}
    assert Event.objects.filter(verb="escalation.send_update").count() == 1
    shown = copy_for(made.regional, TODAY, Exchange.objects.get(pk=one.pk))
    assert shown is not None
    assert shown.log.system == SYSTEM


@pytest.mark.requirement("RPT-10", "RPT-28")
@pytest.mark.parametrize(
    "told",
    [
        (Said("concerns", "Falls"),),
        (Said("good-practice", "A huddle"),),
        (),
        (Said("concerns", "Falls", is_none=True), Said("good-practice", "A huddle")),
        (Said("concerns", "Falls"), Said("good-practice", "A huddle"), Said("gossip", "They say")),
    ],
)
def test_an_update_that_is_not_balanced_is_not_sent(made: Tiers, told: tuple[Said, ...]) -> None:
    with pytest.raises(Refused):
        send_update(by=made.secretary, at=now(), given=an_update(made, told=told))
    assert not Exchange.objects.exists()


def test_an_update_is_sent_in_a_standing_alone_and_once(made: Tiers) -> None:
    given = an_update(made)
    for nobody in (made.member, made.neighbour, made.regional, made.provider):
        with pytest.raises(Refused):
            send_update(by=nobody, at=now(), given=given)
    with pytest.raises(Refused):
        send_update(by=made.secretary, at=now(), given=an_update(made, to_body=made.other))
    with pytest.raises(Invalid):
        send_update(by=made.secretary, at=now(), given=an_update(made, title=PHONE))
    send_update(by=made.secretary, at=now(), given=given)
    with pytest.raises(Already):
        send_update(by=made.secretary, at=now(), given=given)
    assert Exchange.objects.count() == 1


@pytest.mark.requirement("RPT-13")
def test_it_ages_alike_in_sight_of_both_ends(made: Tiers) -> None:
    one = escalated(made)
    later = timezone.now() + timedelta(days=10)
    with time_machine.travel(later, tick=False):
        day = timezone.localdate()
        ours = exchanges_for(made.executive, day, Asked()).from_us
        theirs = exchanges_for(made.regional, day, Asked()).to_us
    assert [(line.exchange, line.age.days, line.age.days_late) for line in ours] == [(one, 10, 3)]
    assert [(line.exchange, line.age.days, line.age.days_late) for line in theirs] == [(one, 10, 3)]
    assert (ours[0].is_your_turn, theirs[0].is_your_turn) == (False, True)


def test_the_lists_are_filtered_and_leave_out_what_is_closed(made: Tiers) -> None:
    one = send_exchange(by=made.secretary, at=now(), given=shared(made))
    two = escalated(made)
    assert {line.exchange for line in exchanges_for(made.secretary, TODAY, Asked()).from_us} == {one, two}
    assert [line.exchange for line in exchanges_for(made.secretary, TODAY, Asked(kind="sharing")).from_us] == [one]
    assert [line.exchange for line in exchanges_for(made.secretary, TODAY, Asked(subject=made.subject)).from_us] == [
        two
    ]
    acknowledge_exchange(by=made.neighbour, at=now(), exchange=one)
    close_exchange(by=made.secretary, at=now(), exchange=one)
    assert [line.exchange for line in exchanges_for(made.secretary, TODAY, Asked()).from_us] == [two]
    lists = exchanges_for(made.secretary, TODAY, Asked())
    assert lists.to_us == ()


def test_the_lists_ask_a_constant_number_of_questions(made: Tiers, django_assert_max_num_queries: Any) -> None:
    for _ in range(6):
        escalated(made)
    with django_assert_max_num_queries(25):
        assert len(exchanges_for(made.executive, TODAY, Asked()).from_us) == 6


@pytest.mark.requirement("RPT-08", "RPT-09")
def test_each_sends_by_the_ways_of_its_own_offices_and_seats(made: Tiers) -> None:
    ways = {
        name: {(way.kind.value, way.recipient.value) for way in ways_of(made.people[name], TODAY) if way.verdict}
        for name in ("executive", "secretary", "director", "regional", "member", "deputy", "provider")
    }
    assert ("escalation", "nhs-england-region") in ways["executive"]
    assert ("escalation", "nhs-england-region") not in ways["secretary"]
    assert {("escalation", "local-authority"), ("escalation", "regional-quality-group")} <= ways["secretary"]
    assert ("challenge", "icb-executive-quality-lead") in ways["director"]
    assert ways["member"] == ways["deputy"] == ways["provider"] == set()
    assert [end.stands_for for end in ends_of(made.regional, TODAY)] == [False]


@pytest.mark.requirement("COI-03", "PER-09", "PER-10")
def test_nobody_writes_of_a_subject_that_is_closed_to_them(made: Tiers) -> None:
    assert may_name(made.secretary, TODAY, made.subject)
    for nobody in (made.conflicted, made.provider, made.regional, made.elsewhere):
        assert not may_name(nobody, TODAY, made.subject)
    a_concern(made.subject)
    assert not may_name(made.regional, TODAY, made.subject)  # a concern's words do not reach the region
    given = shared(made, subject=made.subject)
    with pytest.raises(Refused, match="interest"):
        send_exchange(by=made.conflicted, at=now(), given=given)
    hidden = escalated(made)
    with pytest.raises(Refused):
        send_exchange(
            by=made.neighbour, at=now(),
            given=shared(made, from_body=made.other, to_body=made.icb, follows=hidden, form_key=uuid4()),
        )  # fmt: skip
    assert Purpose.INFORMATION.value == given.purpose.value


def test_one_with_a_seat_at_both_ends_is_told_once_and_sees_it_in_both_lists(made: Tiers) -> None:
    a_grant(made.executive, Grant(Role.SECRETARY, system=SYSTEM))
    given = shared(
        made, kind=ExchangeKind.ESCALATION, recipient=Slot.ICB_EXECUTIVE_QUALITY_LEAD, to_body=made.icb,
        route="system-to-icb",
    )  # fmt: skip
    send_exchange(by=made.secretary, at=now(), given=given)
    lists = exchanges_for(made.executive, TODAY, Asked())
    assert (len(lists.to_us), len(lists.from_us)) == (1, 1)
    assert told(made.executive, "exchange-received") == 1
