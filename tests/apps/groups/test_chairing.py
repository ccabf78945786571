"""Groups about one subject: set up with it, chaired by nobody of its own, seen by nobody to whom it is closed; ended seats."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.rulebook.levels import Slot
from sightline.core.verdict import Invalid, Refused
from sightline.directory.models import Organisation, Subject
from sightline.directory.words import Kind, Link, SubjectKind
from sightline.groups.models import Group, Seat, SeatEnding, Seating
from sightline.groups.operations import add_seat, end_seat, end_seating, seat_person, set_up_group
from sightline.groups.queries import chairing_view, group_view, holders
from sightline.groups.words import SeatPart
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import a_relation, an_organisation
from tests.factories.groups import a_group, a_seat, a_seating, an_interest, an_office
from tests.factories.house import clock, folder, house
from tests.factories.indicators import NOW

__all__ = ["clock", "folder", "house"]
pytestmark = pytest.mark.usefixtures("house")
TODAY, DAY = NOW.date(), timedelta(days=1)
HOME, ELSEWHERE = "QZ1", "QZ2"
REVIEW = "rapid-quality-review"
A_DAY = {"begun_on-day": "1", "begun_on-month": "2", "begun_on-year": "2026"}


@pytest.fixture
def region(house: None) -> Organisation:
    return an_organisation("YZ1", "North of Lanterns", Kind.REGION)


@pytest.fixture
def icb(region: Organisation) -> Organisation:
    body = an_organisation(HOME, "Lantern ICB", Kind.ICB)
    a_relation(body, Link.PART_OF, region)
    return body


@pytest.fixture
def council(house: None) -> Organisation:
    return an_organisation("ZL1", "River Council", Kind.LOCAL_AUTHORITY)


@pytest.fixture
def trust(house: None) -> Organisation:
    return an_organisation("ZR1", "Mill Trust")


@pytest.fixture
def keeper(house: None) -> Person:
    return a_person(Grant(Role.SECRETARY, HOME), display_name="Kim Keeper")


@pytest.fixture
def member(house: None) -> Person:
    return a_person(Grant(Role.MEMBER, HOME), display_name="Mona Reed")


def subject_of(body: Organisation) -> Subject:
    found = Subject.objects.filter(organisation=body).first()
    if found is not None:
        return found
    kind = {Kind.ICB: SubjectKind.SYSTEM, Kind.LOCAL_AUTHORITY: SubjectKind.PLACE}.get(
        Kind(body.kind), SubjectKind.ORGANISATION
    )
    return Subject.objects.create(key=body.code, kind=kind, name=body.name, organisation=body, recorded_at=NOW)


def a_review(icb: Organisation, of: Organisation, **more: Any) -> Group:
    return a_group(icb, REVIEW, "Review", subject=subject_of(of), **more)


def seat(by: Any, where: Seat, person: Person, chairs_for: Organisation | None = None, **more: Any) -> Seating:
    return seat_person(by=by, at=NOW, seat=where, person=person, chairs_for=chairs_for, **more)


def counted() -> tuple[int, int]:
    return Seating.objects.count(), Event.objects.count()


# --- setting up


def set_up(by: Any, area: Organisation, subject: Subject | None, kind: str = REVIEW) -> Group:
    given: dict[str, Any] = {"kind": kind, "name": "Review", "begun_on": TODAY, "because": "Called at short notice"}
    return set_up_group(by=by, at=NOW, area=area, subject=subject, **given)


@pytest.mark.requirement("CHR-06")
def test_review_is_set_up_with_its_subject(icb: Organisation, trust: Organisation, keeper: Person) -> None:
    group = set_up(keeper, icb, subject_of(trust))
    assert (group.subject, group.system) == (subject_of(trust), HOME)
    assert Event.objects.get().verb == "groups.set_up_group"


@pytest.mark.requirement("CHR-06")
def test_review_without_a_subject_is_refused(icb: Organisation, trust: Organisation, keeper: Person) -> None:
    with pytest.raises(Refused, match="Name it"):
        set_up(keeper, icb, None)
    with pytest.raises(Refused, match="no single subject"):
        set_up(keeper, icb, subject_of(trust), "system-group")
    assert (Group.objects.count(), Event.objects.count()) == (0, 0)


def test_who_declared_an_interest_in_the_subject_sets_no_review_of_it_up(
    icb: Organisation, trust: Organisation, keeper: Person
) -> None:
    an_interest(keeper, subject_of(trust))
    with pytest.raises(Refused, match="declared an interest"):
        set_up(keeper, icb, subject_of(trust))
    assert not Group.objects.exists()


@pytest.mark.parametrize(("code", "may"), [(HOME, True), (ELSEWHERE, False)])
def test_group_is_kept_on_the_record_of_a_system_that_its_area_lies_in(
    icb: Organisation, council: Organisation, code: str, may: bool
) -> None:
    an_organisation(ELSEWHERE, "Other ICB", Kind.ICB)
    a_relation(council, Link.PART_OF, icb)
    given: dict[str, Any] = {"kind": "place-group", "name": "River place", "begun_on": TODAY, "because": "x", "at": NOW}
    keeper = a_person(Grant(Role.SECRETARY, HOME), Grant(Role.SECRETARY, ELSEWHERE))
    if may:
        assert set_up_group(by=keeper, area=council, system=code, **given).system == code
        return
    with pytest.raises(Invalid, match="does not lie in that system"):
        set_up_group(by=keeper, area=council, system=code, **given)


# --- chairing


@pytest.mark.requirement("CHR-06")
@pytest.mark.parametrize("part", [SeatPart.CHAIR, SeatPart.CO_CHAIR, SeatPart.DEPUTY_CHAIR])
def test_icb_that_is_the_subject_chairs_nothing(
    icb: Organisation, council: Organisation, keeper: Person, member: Person, part: SeatPart
) -> None:
    """T10 as the operation answers it."""
    where = a_seat(a_review(icb, icb), part.value, part)
    an_office(member, Slot.ICB_EXECUTIVE_QUALITY_LEAD, icb)
    before = counted()
    for named in (icb, council):  # whomever they say that they speak for
        for deputy in (False, True):
            with pytest.raises(Refused, match="Local authority; NHS England’s region"):
                seat(keeper, where, member, named, is_deputy=deputy)
    assert counted() == before


@pytest.mark.requirement("CHR-06")
@pytest.mark.parametrize("how", ["role", "office", "seat"])
def test_whoever_works_for_the_icb_by_role_office_or_seat_does_not_chair(
    icb: Organisation, council: Organisation, keeper: Person, how: str
) -> None:
    person = a_person(Grant(Role.MEMBER, HOME, HOME if how == "role" else ""))
    if how == "office":
        an_office(person, Slot.ICB_CHAIR, icb)
    if how == "seat":
        a_seating(a_seat(a_group(icb), "ICB", SeatPart.MEMBER, organisation=icb), person)
    where = a_seat(a_review(icb, icb))
    with pytest.raises(Refused, match="works for Lantern ICB"):
        seat(keeper, where, person, council)
    member_seat = a_seat(where.group, "ICB", SeatPart.MEMBER)
    assert seat(keeper, member_seat, person).chairs_for is None


@pytest.mark.requirement("CHR-06")
def test_place_of_the_icb_is_the_icb(icb: Organisation, keeper: Person, member: Person) -> None:
    place = an_organisation("QZ1-A", "Lantern ICB, River place", Kind.SUB_ICB)
    a_relation(place, Link.PART_OF, icb)
    where = a_seat(a_review(icb, icb))
    with pytest.raises(Refused, match="Lantern ICB is what this group is about"):
        seat(keeper, where, member, place)
    with pytest.raises(Refused, match="works for Lantern ICB"):
        seat(
            keeper, where, a_person(Grant(Role.MEMBER, HOME, "QZ1-A")), an_organisation("YZ9", "Council", Kind.DISTRICT)
        )
    assert counted() == (0, 0)


@pytest.mark.requirement("CHR-05", "CHR-06", "LVL-20")
def test_local_authority_and_region_chair_the_review_of_the_icb(
    icb: Organisation, council: Organisation, region: Organisation, keeper: Person, member: Person
) -> None:
    """T10: they are offered, and the region needs no separate trigger; what stands for it is kept."""
    group = a_review(icb, icb)
    first = seat(keeper, a_seat(group), a_person(Grant(Role.MEMBER, HOME, "ZL1")), council)
    second = seat(keeper, a_seat(group, "Co-chair", SeatPart.CO_CHAIR), member, region)
    assert (first.chairs_for, first.trigger) == (council, "")
    assert (second.chairs_for, second.trigger) == (region, "icb-leadership")
    assert [event.verb for event in Event.objects.all()] == ["groups.seat_person"] * 2


@pytest.mark.requirement("CHR-05", "LVL-20")
def test_region_co_chairs_a_review_once_a_trigger_is_cited_and_it_is_kept(
    icb: Organisation, trust: Organisation, region: Organisation, keeper: Person, member: Person
) -> None:
    """T11 as the operation answers it."""
    where = a_seat(a_review(icb, trust), "Co-chair", SeatPart.CO_CHAIR)
    for cited in ("", "across-pathways"):
        with pytest.raises(Refused, match="only where a trigger for its involvement is met"):
            seat(keeper, where, member, region, trigger=cited)
    assert counted() == (0, 0)
    assert seat(keeper, where, member, region, trigger="same-risk-recurs").trigger == "same-risk-recurs"
    assert counted() == (1, 1)


@pytest.mark.requirement("CHR-07")
def test_council_that_is_the_subject_does_not_chair(
    icb: Organisation, council: Organisation, keeper: Person, member: Person
) -> None:
    group = a_review(icb, council)
    with pytest.raises(Refused, match="River Council is what this group is about"):
        add_seat(by=keeper, at=NOW, group=group, title="Chair", part=SeatPart.CHAIR, organisation=council)
    with pytest.raises(Refused, match="ICB executive lead for quality"):
        seat(keeper, a_seat(group), member, council)
    assert counted() == (0, 0)


def test_chair_of_a_review_speaks_for_somebody_and_of_another_group_is_not_asked(
    icb: Organisation, trust: Organisation, council: Organisation, keeper: Person, member: Person
) -> None:
    with pytest.raises(Invalid, match="in whose name"):
        seat(keeper, a_seat(a_review(icb, trust)), member)
    where = a_seat(a_group(icb))
    with pytest.raises(Invalid, match="group about one subject"):
        seat(keeper, where, member, council)
    assert seat(keeper, where, member).chairs_for is None


def test_chair_is_tied_to_the_body_in_whose_name_they_chair(
    icb: Organisation, trust: Organisation, council: Organisation, keeper: Person
) -> None:
    person = a_person(Grant(Role.MEMBER, HOME, "YZ1"))
    with pytest.raises(Refused, match="Nothing on record ties this person to River Council"):
        seat(keeper, a_seat(a_review(icb, trust)), person, council)


@pytest.mark.requirement("CHR-08")
def test_page_is_told_what_the_guidance_would_rather_see(
    icb: Organisation, trust: Organisation, keeper: Person, member: Person
) -> None:
    group = a_review(icb, trust)
    seat(keeper, a_seat(group), member, an_organisation("ZR2", "Brook Trust"))
    view = chairing_view(group, TODAY, group_view(group, TODAY))
    assert view and ["Brook Trust is none of those" in one.says for one in view.remarks] == [True]


@pytest.mark.requirement("CHR-07")
def test_page_is_told_of_a_chair_who_has_come_to_work_for_the_subject_since(
    icb: Organisation, trust: Organisation, council: Organisation, keeper: Person
) -> None:
    group, chair = a_review(icb, trust), a_person(Grant(Role.MEMBER, HOME, "ZL1"), display_name="Mona Reed")
    seat(keeper, a_seat(group), chair, council)
    view = chairing_view(group, TODAY, group_view(group, TODAY))
    assert view and view.remarks == ()
    an_office(chair, Slot.PROVIDER, trust)
    view = chairing_view(group, TODAY, group_view(group, TODAY))
    assert view and [one.says.startswith("Mona Reed may not chair it any longer.") for one in view.remarks] == [True]
    assert view.remarks[0].source.startswith("CHR-07")


# --- seats that are no longer needed


def test_seat_is_ended_with_its_reason_and_whoever_sat_there_leaves_it(
    icb: Organisation, keeper: Person, member: Person
) -> None:
    group = a_group(icb)
    chair = a_seat(group)
    sat = a_seating(chair, member)
    ending = end_seat(by=keeper, at=NOW, seat=chair, because="Merged")
    assert (ending.ends_on, ending.because, ending.recorded_by) == (TODAY, "Merged", keeper.actor_id)
    assert holders(Slot.SYSTEM_QUALITY_GROUP, icb.pk, TODAY) == ()
    assert holders(Slot.SYSTEM_QUALITY_GROUP, icb.pk, TODAY - DAY) == (member,)
    view = group_view(group, TODAY)
    assert view.seats == () and [one.seat for one in view.ended] == [chair] and view.ended[0].others == (sat,)
    assert add_seat(by=keeper, at=NOW, group=group, title="Chair", part=SeatPart.CHAIR).pk != chair.pk
    assert [event.verb for event in Event.objects.order_by("sequence")] == ["groups.end_seat", "groups.add_seat"]


def test_ended_seat_is_neither_ended_again_nor_filled(icb: Organisation, keeper: Person, member: Person) -> None:
    where = a_seat(a_group(icb))
    sat = a_seating(where, member)
    end_seat(by=keeper, at=NOW, seat=where, because="Merged")
    with pytest.raises(Invalid, match="ended before"):
        end_seat(by=keeper, at=NOW, seat=where, because="Merged")
    with pytest.raises(Invalid, match="The seat was ended"):
        seat(keeper, where, a_person(Grant(Role.MEMBER, HOME)), is_deputy=True)
    with pytest.raises(Invalid, match="The seat itself ends"):
        end_seating(by=keeper, at=NOW, seating=sat)
    assert SeatEnding.objects.count() == 1 and Seating.objects.count() == 1


@pytest.mark.parametrize("grant", [Grant(Role.MEMBER, HOME), Grant(Role.CHAIR, HOME), Grant(Role.SECRETARY, ELSEWHERE)])
def test_nobody_else_ends_a_seat(icb: Organisation, grant: Grant) -> None:
    with pytest.raises(Refused):
        end_seat(by=a_person(grant), at=NOW, seat=a_seat(a_group(icb)), because="Merged")
    assert (SeatEnding.objects.count(), Event.objects.count()) == (0, 0)


def test_seat_does_not_end_before_somebody_sits_there(icb: Organisation, keeper: Person, member: Person) -> None:
    where = a_seat(a_group(icb))
    a_seating(where, member, valid_from=TODAY)
    with pytest.raises(Invalid, match="Somebody sits there from"):
        end_seat(by=keeper, at=NOW, seat=where, because="Merged", ends_on=TODAY - DAY)
    assert not SeatEnding.objects.exists()


# --- who sees a group about one subject


def sees(person: Person, group: Group) -> bool:
    client = signed_in(person)
    found = client.get(f"/groups/{group.pk}/").status_code
    listed = f"/groups/{group.pk}/" in client.get("/groups/").content.decode()
    assert found == (200 if listed else 404)
    return listed


@pytest.mark.parametrize(
    ("grant", "seen"),
    [
        (Grant(Role.MEMBER, HOME), True),
        (Grant(Role.SECRETARY, HOME), True),
        (Grant(Role.REGION, "", "YZ1"), True),
        (Grant(Role.REGION, "", "YZ2"), False),
        (Grant(Role.MEMBER, ELSEWHERE), False),
        (Grant(Role.MEMBER, HOME, "ZR1"), False),
    ],
)
def test_review_is_seen_by_those_who_hear_of_its_subject(
    icb: Organisation, trust: Organisation, grant: Grant, seen: bool
) -> None:
    person = a_person(grant)
    assert sees(person, a_review(icb, trust)) is seen
    assert sees(person, a_group(icb))


@pytest.mark.requirement("COI-03")
@pytest.mark.parametrize("grant", [Grant(Role.SECRETARY, HOME), Grant(Role.REGION, "", "YZ1")])
def test_declared_interest_closes_the_review_also_to_who_keeps_groups(
    icb: Organisation, trust: Organisation, grant: Grant
) -> None:
    person, group = a_person(grant), a_review(icb, trust)
    where = a_seat(group)
    an_interest(person, subject_of(trust))
    assert not sees(person, group)
    if grant.role is Role.SECRETARY:
        assert signed_in(person).get(f"/groups/seats/{where.pk}/fill/").status_code == 404
        with pytest.raises(Refused, match="no such group"):
            end_seat(by=person, at=NOW, seat=where, because="x")


# --- pages


def page(person: Person, address: str) -> str:
    answer = signed_in(person).get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


@pytest.mark.requirement("CHR-05", "CHR-06")
def test_keeper_sets_up_and_seats_the_chair_by_forms(
    icb: Organisation, council: Organisation, region: Organisation, keeper: Person, member: Person
) -> None:
    client, system = signed_in(keeper), subject_of(icb)
    new = {"kind": REVIEW, "subject": HOME, "name": "Review", "area": HOME, "because": "Called", **A_DAY}
    new["begun_on-month"] = "1"
    assert client.post("/groups/new/", new).status_code == 302
    group = Group.objects.get()
    assert group.subject == system
    assert client.post(f"/groups/{group.pk}/seats/new/", {"expected": "chair"}).status_code == 302
    fill = f"/groups/seats/{Seat.objects.get().pk}/fill/"
    asked = page(keeper, fill)
    assert "Nobody who works for Lantern ICB chairs" in asked and "It need not be cited here" in asked
    assert "NHS England’s region: chair or co-chair, and no further trigger has to be cited" in asked
    refused = client.post(fill, {"person": str(member.pk), "chairs_for": HOME})
    assert refused.status_code == 400 and "It may be chaired in the name of" in refused.content.decode()
    given = {"person": str(member.pk), "chairs_for": "YZ1", "trigger": "none"}
    assert client.post(fill, given).status_code == 302
    assert Seating.objects.get().trigger == "icb-leadership"
    shown = page(member, f"/groups/{group.pk}/")
    assert "In the name of North of Lanterns." in shown and "structure, leadership or culture" in shown
    assert "Who may chair" in shown and "Lantern ICB</a>" in shown


@pytest.mark.requirement("MEM-08", "CHR-04")
def test_page_of_a_review_names_its_minimum_members_and_the_form_offers_them(
    icb: Organisation, trust: Organisation, keeper: Person
) -> None:
    group = a_review(icb, trust)
    shown = page(keeper, f"/groups/{group.pk}/")
    for one in ("Executive lead for quality", "Contract manager", "System Improvement Director"):
        assert f"ICB: {one} is to be among them, and has no seat." in shown
    assert "Lay member with relevant lived experience: 2 seats expected." in shown and "Ofsted" not in shown
    assert "ICB executive lead for quality: chair or co-chair, normally." in shown
    client, new = signed_in(keeper), f"/groups/{group.pk}/seats/new/"
    assert "Ofsted" in page(keeper, new)
    for one in ("contract-manager", "improvement-director"):
        assert client.post(new, {"expected": f"icb.{one}", "organisation": HOME}).status_code == 302
    assert set(Seat.objects.values_list("title", "among")) == {
        ("ICB: Contract manager", "contract-manager"),
        ("ICB: System Improvement Director", "improvement-director"),
    }
    assert "Contract manager is to be among them, and nobody sits there for it." in page(keeper, f"/groups/{group.pk}/")


@pytest.mark.requirement("CHR-05")
def test_form_asks_which_trigger_and_keeps_it(
    icb: Organisation, trust: Organisation, region: Organisation, keeper: Person, member: Person
) -> None:
    where = a_seat(a_review(icb, trust), "Co-chair", SeatPart.CO_CHAIR)
    client, fill = signed_in(keeper), f"/groups/seats/{where.pk}/fill/"
    given = {"person": str(member.pk), "chairs_for": "YZ1", "trigger": "none"}
    assert client.post(fill, given).status_code == 400
    assert client.post(fill, {**given, "trigger": "outside-icb-control"}).status_code == 302
    assert Seating.objects.get().trigger == "outside-icb-control"


def test_keeper_ends_a_seat_by_a_form_and_its_reason_is_for_keepers(
    icb: Organisation, keeper: Person, member: Person
) -> None:
    group = a_group(icb)
    where = a_seat(group, "Observer", SeatPart.INVITED)
    client = signed_in(keeper)
    assert client.post(f"/groups/seats/{where.pk}/end/", {}).status_code == 400
    assert client.post(f"/groups/seats/{where.pk}/end/", {"because": "Quagmire"}).status_code == 302
    shown = page(member, f"/groups/{group.pk}/")
    assert "1 seat that is no longer needed" in shown and "Quagmire" not in shown
    assert "Quagmire" in page(keeper, f"/groups/{group.pk}/")


def test_who_keeps_several_systems_chooses_to_which_record_a_group_belongs(
    icb: Organisation, council: Organisation, keeper: Person
) -> None:
    an_organisation(ELSEWHERE, "Other ICB", Kind.ICB)
    both = a_person(Grant(Role.SECRETARY, HOME), Grant(Role.SECRETARY, ELSEWHERE))
    new = {"kind": "place-group", "name": "River place", "area": "ZL1", "because": "Agreed", **A_DAY}
    new["begun_on-month"] = "1"
    assert "To whose record does it belong?" not in page(keeper, "/groups/new/")
    assert "To whose record does it belong?" in page(both, "/groups/new/")
    assert signed_in(both).post("/groups/new/", new).status_code == 400  # the council is linked to no system
    assert signed_in(both).post("/groups/new/", {**new, "system": ELSEWHERE}).status_code == 302
    assert Group.objects.get().system == ELSEWHERE


def test_who_keeps_one_system_sets_a_group_up_for_a_place_whose_system_is_not_known(
    icb: Organisation, council: Organisation, keeper: Person
) -> None:
    new = {"kind": "place-group", "name": "River place", "area": "ZL1", "because": "Agreed", **A_DAY}
    new["begun_on-month"] = "1"
    assert f"the group is on the record of {icb.name}" in page(keeper, "/groups/new/")
    assert signed_in(keeper).post("/groups/new/", new).status_code == 302
    assert Group.objects.get().system == HOME


def test_who_keeps_one_system_sets_none_up_for_a_place_of_another(
    icb: Organisation, council: Organisation, keeper: Person
) -> None:
    a_relation(council, Link.PART_OF, an_organisation(ELSEWHERE, "Other ICB", Kind.ICB))
    new = {"kind": "place-group", "name": "River place", "area": "ZL1", "because": "Agreed", **A_DAY}
    new["begun_on-month"] = "1"
    answer = signed_in(keeper).post("/groups/new/", new)
    assert "You keep the groups of your own system." in answer.content.decode()
    assert not Group.objects.exists()
