"""What is remarked upon in who sits in a group, as tables, and the cards that say what is asked of members."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise, product

import pytest
import yaml

from sightline.core.groups.seating import Filled, lacking
from sightline.core.groups.sitting import Authority, Concerns, Place, Sitter, missing_for_each, remarks
from sightline.core.rulebook import RulebookError, as_text, parse
from sightline.core.rulebook.groups import GroupType, GroupTypes, SeatPart
from sightline.core.rulebook.levels import Force, Slot
from sightline.core.rulebook.registers import Tier
from sightline.core.rulebook.role_cards import RoleCards
from tests.factories.levels import part

TODAY = date(2026, 11, 20)
LONG_AGO = date(2024, 1, 1)
LEAD, COUNCIL, REGION = Slot.ICB_EXECUTIVE_QUALITY_LEAD, Slot.LOCAL_AUTHORITY, Slot.NHS_ENGLAND_REGION


def kind(name: str, pack: str = "sqg-2022") -> GroupType:
    found = part(pack, "group_types", GroupTypes).type(name)
    assert found is not None
    return found


def sits(person: str, since: date = LONG_AGO, until: date | None = None, **more: object) -> Sitter:
    return Sitter(person, person.title(), since, until, **more)  # type: ignore[arg-type]


def place(*sitters: Sitter, title: str = "ICB", body: str = "lantern", **more: object) -> Place:
    given = {"category": title.lower(), "part": SeatPart.MEMBER, "body_name": body.title(), **more}
    return Place(title=title, body=body, sitters=sitters, **given)  # type: ignore[arg-type]


def about(name: str, *places: Place, pack: str = "sqg-2022") -> list[Concerns]:
    found = remarks(kind(name, pack), places, TODAY)
    assert all(one.says and one.cites for one in found)
    return [one.about for one in found]


# --- gaps against the minimum


UNION = {
    "icb", "local-authority", "nhs-england-region", "cqc", "hee", "public-health", "primary-care", "maternity",
    "patient-safety-collaborative", "patient-safety-specialist", "provider-collaboratives", "lay",
}  # fmt: skip


@pytest.mark.requirement("MEM-01")
def test_system_quality_group_asks_for_members_of_both_lists_of_its_guidance() -> None:
    system = kind("system-group")
    members = {one.id for one in system.seats if one.part is SeatPart.MEMBER and one.force is Force.MUST}
    assert members == UNION
    missing = {one.seat.id for one in lacking(system, []) if one.seat.part is SeatPart.MEMBER and one.among is None}
    assert missing >= UNION
    everybody = [Filled(one, True, "healthwatch") for one in UNION for _ in range(2)]
    assert not {one.seat.id for one in lacking(system, everybody)} & UNION


@pytest.mark.requirement("MEM-02")
@pytest.mark.parametrize("taken", list(product([False, True], repeat=2)))
@pytest.mark.parametrize("among", [("", ""), ("", "healthwatch"), ("healthwatch", "healthwatch")])
def test_lay_members_are_two_and_one_of_them_is_healthwatch(among: tuple[str, str], taken: tuple[bool, bool]) -> None:
    there = [Filled("lay", one, who) for one, who in zip(taken, among, strict=True)]
    mine = [one for one in lacking(kind("system-group"), there) if one.seat.id == "lay"]
    is_theirs = any(one and who == "healthwatch" for one, who in zip(taken, among, strict=True))
    assert any(one.among is None for one in mine) is (not all(taken))
    assert any(one.among is not None for one in mine) is (not is_theirs)


# Whom each guidance lists, read again from its own tables and lists of members. Chairs and secretaries stand apart.
LISTED = {
    ("sqg-2022", "place-group"): {
        "ICB", "Local authority", "Public health", "Voluntary and community sector", "Providers", "Primary care",
        "Maternity network", "Lay member with lived experience",
    },
    ("qsg-2017", "system-group"): {
        "NHS England Nursing Director", "NHS England Medical Director", "Clinical commissioning group",
        "Care Quality Commission", "NHS Improvement", "Local authority", "Public Health England",
        "Health Education England", "Local Healthwatch",
    },
    ("qsg-2017", "regional-group"): {
        "NHS England Nursing Director", "NHS England Medical Director", "Chair of a local QSG",
        "Care Quality Commission", "NHS Improvement", "Local authority", "General Medical Council",
        "Nursing and Midwifery Council", "Public Health England", "Health Education England", "Healthwatch England",
    },
    ("sqg-2022", "rapid-quality-review"): {
        "Provider concerned", "ICB: Executive lead for quality", "ICB: Contract manager",
        "ICB: System Improvement Director", "Local authority", "Regional clinical director of NHS England",
        "Care Quality Commission", "Health Education England", "Lay member with relevant lived experience",
    },
    ("sqg-2022", "quality-improvement-group"): {
        "Provider concerned", "ICB: Executive lead for quality", "ICB: Senior contract manager",
        "ICB: System Improvement Director", "Local authority: Adult services", "Local authority: Children’s services",
        "Regional clinical director of NHS England", "Care Quality Commission", "Health Education England",
        "Healthwatch or lay member with relevant lived experience",
    },
}  # fmt: skip


@pytest.mark.requirement("MEM-04", "MEM-05", "MEM-06", "MEM-08", "MEM-09")
@pytest.mark.parametrize("listed", LISTED)
def test_each_group_lacks_at_first_exactly_whom_its_guidance_lists(listed: tuple[str, str]) -> None:
    pack, name = listed
    found = [one for one in lacking(kind(name, pack), []) if one.seat.part is SeatPart.MEMBER]
    assert {one.seat.called(one.among.id if one.among else "") for one in found} == LISTED[listed]
    assert all((one.among or one.seat).cites for one in found)


@pytest.mark.requirement("MEM-05", "MEM-06")
@pytest.mark.parametrize("name", ["system-group", "regional-group"])
def test_table_of_2017_names_whom_each_organisation_other_than_nhs_england_sends(name: str) -> None:
    members = [one for one in kind(name, "qsg-2017").seats if one.part is SeatPart.MEMBER]
    assert {one.id for one in members if not one.sends} == {"nursing-director", "medical-director"}


@pytest.mark.requirement("MEM-06")
def test_those_who_may_be_co_opted_are_no_gap() -> None:
    regional = kind("regional-group", "qsg-2017")
    assert {one.id for one in regional.seats if one.force is Force.MAY} == {"ombudsman", "nice"}
    assert not {"ombudsman", "nice"} & {one.seat.id for one in lacking(regional, [])}


@pytest.mark.requirement("MEM-08", "MEM-09")
def test_seat_for_each_that_is_named_stops_the_gap_of_that_one_alone() -> None:
    review = kind("rapid-quality-review")
    there = [Filled("icb", True, "executive-lead"), Filled("icb", True, "executive-lead"), Filled("icb", True)]
    gaps = [one.among.id for one in lacking(review, there) if one.seat.id == "icb" and one.among]
    assert gaps == ["contract-manager", "improvement-director"]
    each = [Filled("icb", True, one.id) for one in review.seat("icb").among]  # type: ignore[union-attr]
    assert not any(one.seat.id == "icb" for one in lacking(review, each))


@pytest.mark.requirement("MEM-08", "CHR-04")
@pytest.mark.parametrize(
    ("name", "chairs_for", "is_there"),
    [
        ("rapid-quality-review", Slot.LOCAL_AUTHORITY, True),
        ("rapid-quality-review", Slot.ICB_EXECUTIVE_QUALITY_LEAD, False),
        ("rapid-quality-review", Slot.NHS_ENGLAND_REGION, False),
        ("rapid-quality-review", None, False),
        ("quality-improvement-group", Slot.LOCAL_AUTHORITY, False),  # it names two services, and a chair is of neither
    ],
)
def test_council_that_co_chairs_a_review_is_there_and_no_gap(
    name: str, chairs_for: Slot | None, is_there: bool
) -> None:
    for there in ([], [Filled("local-authority", False)]):
        found = [*there, Filled("co-chair", True, chairs_for=chairs_for)]
        gaps = {one.seat.id for one in lacking(kind(name), found)}
        assert ("local-authority" not in gaps) is is_there
        assert "local-authority" in {one.seat.id for one in lacking(kind(name), there)}
        assert {"cqc", "hee", "nhs-england-region"} <= gaps
    vacant = Filled("co-chair", False, chairs_for=chairs_for)
    assert "local-authority" in {one.seat.id for one in lacking(kind(name), [vacant])}


# --- who chairs


@pytest.mark.requirement("CHR-01", "CHR-02", "CHR-03")
@pytest.mark.parametrize(
    ("pack", "name", "title"),
    [
        ("qsg-2013", "system-group", "NHS England area director"),
        ("qsg-2017", "system-group", "NHS England Director of Commissioning Operations"),
        ("qsg-2017", "regional-group", "NHS England Regional Director"),
        ("sqg-2022", "system-group", "ICB executive lead for quality"),
        ("sqg-2022", "place-group", "Quality lead of the place"),
    ],
)
def test_guidance_says_who_chairs_and_a_group_without_them_has_a_gap(pack: str, name: str, title: str) -> None:
    assert [one.seat.title for one in lacking(kind(name, pack), []) if one.seat.part is SeatPart.CHAIR] == [title]


@pytest.mark.requirement("CHR-02")
def test_system_group_has_a_deputy_of_its_chair_and_may_have_the_council_as_co_chair() -> None:
    found = {one.part: one.force for one in kind("system-group").seats}
    assert (found[SeatPart.DEPUTY_CHAIR], found[SeatPart.CO_CHAIR]) == (Force.MUST, Force.MAY)


@pytest.mark.requirement("CHR-01", "CHR-02")
@pytest.mark.parametrize(
    ("pack", "name", "part", "sort", "offices", "is_fit"),
    [
        ("sqg-2022", "system-group", SeatPart.CHAIR, LEAD, {LEAD}, True),
        ("sqg-2022", "system-group", SeatPart.CHAIR, LEAD, set(), False),
        ("sqg-2022", "system-group", SeatPart.CHAIR, REGION, {LEAD}, False),
        ("sqg-2022", "system-group", SeatPart.CHAIR, None, {LEAD}, False),
        ("sqg-2022", "system-group", SeatPart.CO_CHAIR, COUNCIL, set(), True),
        ("sqg-2022", "system-group", SeatPart.CO_CHAIR, LEAD, {LEAD}, False),
        ("qsg-2017", "system-group", SeatPart.CHAIR, REGION, set(), True),
        ("qsg-2017", "regional-group", SeatPart.CHAIR, LEAD, {LEAD}, False),
    ],
)
def test_chair_in_another_name_than_the_guidances_is_remarked_upon(
    pack: str, name: str, part: SeatPart, sort: Slot | None, offices: set[Slot], is_fit: bool
) -> None:
    there = place(sits("ada", offices=frozenset(offices)), title="Chair", part=part, sort=sort)
    assert about(name, there, pack=pack) == ([] if is_fit else [Concerns.CHAIR])


def test_seats_of_the_groups_own_fill_no_gap() -> None:
    place_group = kind("place-group")
    assert lacking(place_group, [Filled("", True)] * 20) == lacking(place_group, [])


def test_pack_that_wants_more_among_members_than_there_are_is_refused() -> None:
    plain = yaml.safe_load(as_text(part("sqg-2022", "group_types", GroupTypes)))
    system = next(one for one in plain["types"] if one["id"] == "system-group")
    next(one for one in system["seats"] if one["id"] == "lay")["at_least"] = 1
    system["quorum"]["of_each"] = []
    parse("group_types", yaml.safe_dump(plain, allow_unicode=True, sort_keys=False))
    next(one for one in system["seats"] if one["id"] == "lay")["among"][0]["at_least"] = 2
    with pytest.raises(RulebookError, match="wants more among its members"):
        parse("group_types", yaml.safe_dump(plain, allow_unicode=True, sort_keys=False))


# --- one consistent person


@pytest.mark.requirement("MEM-11")
@pytest.mark.parametrize(
    ("changes", "is_remarked"),
    [
        ([], False),
        ([30], False),
        ([30, 60], True),
        ([400, 800], False),  # more than a year ago
        ([30, 60, 400], True),
    ],
)
def test_three_people_on_one_seat_within_a_year_are_remarked_upon(changes: list[int], is_remarked: bool) -> None:
    days = [LONG_AGO, *(TODAY - timedelta(one) for one in sorted(changes, reverse=True)), None]
    people = [sits(f"p{at}", first, until) for at, (first, until) in enumerate(pairwise(days)) if first]
    found = about("system-group", place(*people))
    assert (Concerns.SAME_PERSON in found) is is_remarked
    deputies = [replace(one, is_deputy=True, authority=Authority.CONFIRMED) for one in people]
    assert Concerns.SAME_PERSON not in about("system-group", place(*deputies))


@pytest.mark.requirement("MEM-11")
def test_body_with_two_people_on_seats_of_one_kind_is_told_to_agree_on_one() -> None:
    one, other = place(sits("ada")), place(sits("ben"))
    assert about("system-group", one, other) == [Concerns.SAME_PERSON]
    assert about("system-group", one, place(sits("ben"), body="river")) == []
    leads = sits("ben", offices=frozenset({LEAD}))
    assert about("system-group", one, place(leads, title="Chair", part=SeatPart.CHAIR, sort=LEAD)) == []


# --- deputies and authority


@pytest.mark.requirement("MEM-13")
def test_member_of_a_places_group_without_a_deputy_is_a_gap() -> None:
    alone, two = place(sits("ada")), place(sits("ada"), sits("ben", is_deputy=True, authority=Authority.CONFIRMED))
    assert about("place-group", alone) == [Concerns.DEPUTY]
    assert about("place-group", two) == []
    assert about("place-group", place()) == []  # nobody sits there: another gap says so
    assert about("system-group", alone) == []  # there a deputy may be, and need not


@pytest.mark.requirement("MEM-12")
@pytest.mark.parametrize("authority", list(Authority))
def test_deputy_of_whom_nobody_said_whether_they_may_decide_is_remarked_upon(authority: Authority) -> None:
    found = about("system-group", place(sits("ada"), sits("ben", is_deputy=True, authority=authority)))
    assert (Concerns.AUTHORITY in found) is (authority is Authority.UNKNOWN)


@pytest.mark.requirement("MEM-14")
@pytest.mark.parametrize("name", ["rapid-quality-review", "quality-improvement-group"])
@pytest.mark.parametrize("authority", list(Authority))
def test_members_of_reviews_are_asked_for_their_authority(name: str, authority: Authority) -> None:
    found = remarks(kind(name), [place(sits("ada", authority=authority))], TODAY)
    says = " ".join(one.says for one in found)
    match authority:
        case Authority.CONFIRMED:
            assert not found
        case Authority.ELSEWHERE:
            assert "another body has to approve" in says
        case Authority.UNKNOWN:
            assert "nobody has said" in says


# --- two seats, providers, each system


@pytest.mark.requirement("QUO-04")
def test_everybody_with_two_seats_is_remarked_upon_and_nobody_else() -> None:
    choices = [
        place(sits("ada"), title="ICB"),
        place(sits("ada"), title="Maternity"),
        place(sits("cyd"), sits("ben", is_deputy=True, authority=Authority.CONFIRMED), title="Public health"),
        place(sits("dan"), sits("ben", is_deputy=True, authority=Authority.CONFIRMED), title="Primary care"),
        place(sits("ada", until=TODAY), title="CQC"),
    ]
    for size in range(len(choices) + 1):
        for some in combinations(choices, size):
            seated = [one.person for place in some for one in place.present(TODAY)]
            twice = {one for one in seated if seated.count(one) > 1}
            found = [one for one in remarks(kind("system-group"), some, TODAY) if one.about is Concerns.TWO_SEATS]
            assert len(found) == len(twice)
            assert all(any(name.title() in one.says for one in found) for name in twice)


@pytest.mark.requirement("MEM-07")
@pytest.mark.parametrize(
    ("pack", "name", "is_remarked"),
    [("qsg-2017", "system-group", True), ("qsg-2017", "regional-group", True), ("sqg-2022", "system-group", False),
     ("sqg-2022", "place-group", False), ("sqg-2022", "quality-improvement-group", False)],
)  # fmt: skip
def test_providers_sit_as_members_where_the_guidance_has_them_sit(pack: str, name: str, is_remarked: bool) -> None:
    theirs = place(title="Mill Trust", body="mill", is_providers=True)
    assert (Concerns.PROVIDERS in about(name, theirs, pack=pack)) is is_remarked
    guest = replace(theirs, part=SeatPart.INVITED)
    assert Concerns.PROVIDERS not in about(name, guest, pack=pack)
    found = kind(name, pack).providers
    assert found is not None and found.are_members is not is_remarked


@pytest.mark.requirement("MEM-19")
def test_each_system_sits_in_the_group_of_its_region() -> None:
    region = kind("regional-group")
    bodies = {Tier.SYSTEM: {"lantern": "Lantern ICB", "harbour": "Harbour ICB"}}
    lead = place(sits("ada"), title="ICB lead", category="icb-lead")
    found = missing_for_each(region, [lead], bodies, TODAY)
    assert ["Harbour ICB" in one.says for one in found] == [True]
    empty = replace(lead, sitters=(sits("ada", is_deputy=True),))
    assert len(missing_for_each(region, [empty], bodies, TODAY)) == 2
    assert not missing_for_each(kind("system-group"), [], bodies, TODAY)


# --- role cards


def cards(pack: str) -> RoleCards:
    return part(pack, "role_cards", RoleCards)


@pytest.mark.requirement("MEM-20")
@pytest.mark.parametrize(
    ("category", "duties"),
    [
        ("provider", 6),
        ("icb", 11),
        ("local-authority", 11),
        ("nhs-england-region", 8),
        ("cqc", 4),
        ("hee", 2),
        ("lay", 1),
    ],
)
def test_card_of_each_kind_of_member_has_as_many_duties_as_the_guidance(category: str, duties: int) -> None:
    own, shared = cards("sqg-2022").of("quality-improvement-group", category)
    assert len(own.duties) == duties and not shared.seats


@pytest.mark.requirement("MEM-20")
@pytest.mark.parametrize("slot", [Slot.ICB_EXECUTIVE_QUALITY_LEAD, Slot.LOCAL_AUTHORITY, Slot.NHS_ENGLAND_REGION])
def test_whoever_chairs_has_the_card_of_the_body_in_whose_name_they_chair(slot: Slot) -> None:
    category = {Slot.ICB_EXECUTIVE_QUALITY_LEAD: "icb"}.get(slot, slot.value)
    found = cards("sqg-2022")
    assert found.of("quality-improvement-group", "chair", slot) == found.of("quality-improvement-group", category)
    assert [one.id for one in found.of("quality-improvement-group", "chair")] == ["every-member"]


@pytest.mark.requirement("MEM-15")
@pytest.mark.parametrize("name", ["system-group", "regional-group"])
def test_every_representative_of_2017_has_one_card_of_six_duties(name: str) -> None:
    for seat in (*kind(name, "qsg-2017").seats, None):
        (card,) = cards("qsg-2017").of(name, seat.id if seat else "")
        assert len(card.duties) == 6


@pytest.mark.parametrize("pack", ["qsg-2017", "sqg-2022"])
def test_cards_speak_of_types_and_seats_that_there_are(pack: str) -> None:
    for card in cards(pack).cards:
        for name in card.kinds:
            assert set(card.seats) <= {one.id for one in kind(name, pack).seats}, card.id


@pytest.mark.requirement("MEM-18")
def test_local_authority_may_co_chair_a_system_quality_group() -> None:
    seat = kind("system-group").seat("co-chair")
    assert seat is not None and (seat.part, seat.force) == (SeatPart.CO_CHAIR, Force.MAY)
    own, shared = cards("sqg-2022").of("system-group", "local-authority")
    assert "children" in " ".join(own.posts) and "adult" in " ".join(own.posts)
    assert {"principles", "equal-voice"} <= {one.id for one in shared.duties}
