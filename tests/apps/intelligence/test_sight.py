"""Who may see an item, a passage and a sighting: the database's answer held against the pure rule, cell by cell."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product
from uuid import UUID, uuid4

import pytest

from sightline.accounts.models import GRANTABLE, Person
from sightline.core.access import Grant, Handling, Role, Told, Viewer, may_read, may_read_passage
from sightline.directory.models import Subject
from sightline.directory.words import Link, SubjectKind
from sightline.groups.viewers import viewer_of
from sightline.intelligence.models import About, Giver, Item, NamedReader, Passage, Sighting
from tests.factories.accounts import a_person
from tests.factories.directory import AT, a_relation, an_organisation
from tests.factories.groups import an_interest
from tests.factories.intelligence import ELSEWHERE, NOW, SYSTEM, TODAY

pytestmark = pytest.mark.usefixtures("house")
SYSTEMS = (SYSTEM, ELSEWHERE, "")
NARROW = (Handling.PUBLIC, Handling.MEMBERS, Handling.RESTRICTED)
ROLES = list(GRANTABLE)
CHAIN, HOME, SISTER, NEIGHBOUR, BEFORE = "ZIC", "ZIH", "ZIS", "ZIN", "ZIB"
CODES = (CHAIN, HOME, SISTER, NEIGHBOUR, BEFORE)
PEOPLE, INVENTED, ITEMS = 60, 60, 220


@dataclass(frozen=True)
class Written:
    """A passage as it was made: of which item, by whom, in whose place, and whether another took its own."""

    item: UUID
    handling: Handling
    by: str
    replaces: UUID | None = None
    is_replaced: bool = False


@dataclass(frozen=True)
class Country:
    """Everything that was made, as the rule knows it, beside what the database holds."""

    viewers: tuple[Viewer, ...]
    items: dict[UUID, Told]
    passages: dict[UUID, Written]
    sightings: dict[int, UUID]


def bodies() -> tuple[Subject, ...]:
    """A chain with two homes, one of which came out of an older body; a neighbour; and a place that is no body."""
    made = {code: an_organisation(code) for code in CODES}
    a_relation(made[HOME], Link.OPERATED_BY, made[CHAIN])
    a_relation(made[SISTER], Link.OPERATED_BY, made[CHAIN])
    a_relation(made[BEFORE], Link.SUCCEEDED_BY, made[HOME])
    place = Subject.objects.create(key="a-place", kind=SubjectKind.PLACE, name="A place", recorded_at=AT)
    return (*Subject.objects.filter(organisation__code__in=CODES).order_by("key"), place)


def somebody(chance: random.Random, subjects: tuple[Subject, ...]) -> Person:
    """Somebody with up to three roles, some of them over, and perhaps with interests."""
    grants = []
    for _ in range(chance.choice([0, 1, 1, 1, 2, 3])):
        role = chance.choice(ROLES)
        own = chance.choice(CODES) if role is Role.PROVIDER else chance.choice(["", "", "", *CODES])
        ends = chance.choice([None, None, None, TODAY, TODAY + timedelta(days=9)])
        grants.append(Grant(role, chance.choice([*SYSTEMS, SYSTEM]), own, valid_to=ends))
    person = a_person(*grants, second_factor=False)
    for subject in chance.sample(subjects, chance.choice([0, 0, 0, 1, 2])):
        an_interest(person, subject, until=chance.choice([None, None, TODAY, TODAY - timedelta(days=1)]))
    return person


def invented(chance: random.Random, subjects: tuple[Subject, ...], ids: list[str]) -> Viewer:
    """A reader such as no roles make: every part by itself, so that none hides behind another."""
    some = (None, frozenset[str](), frozenset({SYSTEM}), frozenset({SYSTEM, ELSEWHERE}), frozenset({""}))
    return Viewer(
        actor_id=chance.choice([*ids, ""]),
        systems=chance.choice(some),
        organisations=frozenset(chance.sample(CODES, chance.choice([0, 0, 1, 2]))),
        conflicts=frozenset(one.pk for one in chance.sample(subjects, chance.choice([0, 0, 1, 2]))),
        hears=chance.random() < 0.9,
        keeps=chance.random() < 0.4,
        kept=chance.choice(some),
    )


def make_items(chance: random.Random, subjects: tuple[Subject, ...], ids: list[str]) -> dict[UUID, Told]:
    """Items of every system, handling and standing; a published one has no giver."""
    made: dict[UUID, Told] = {}
    rows: dict[type, list[object]] = {Item: [], About: [], Giver: [], NamedReader: []}
    cases = list(product(SYSTEMS, NARROW, (True, False)))
    for number in range(ITEMS):
        system, handling, counts = cases[number % len(cases)]
        about = chance.sample(subjects, chance.choice([1, 1, 1, 2, 3]))
        giver = chance.choice([*ids, ""])
        listed = chance.sample(ids, chance.choice([0, 1, 3])) if handling is Handling.RESTRICTED else []
        item = Item(
            system=system, kind="soft" if giver else "comment", bearing="concern", heard_on=TODAY, origin="x",
            handling=handling.value, counts=counts, recorded_at=NOW, recorded_by=giver,
        )  # fmt: skip
        rows[Item].append(item)
        rows[About] += [About(item=item, subject=one) for one in about]
        rows[Giver] += [Giver(item=item, actor_id=giver, wish="named")] if giver else []
        rows[NamedReader] += [
            NamedReader(item=item, actor_id=one, recorded_at=NOW, recorded_by=giver) for one in listed
        ]
        made[item.pk] = Told(
            system=system,
            handling=handling,
            subjects=frozenset(one.pk for one in about),
            concerned=frozenset(one.organisation.code for one in about if one.organisation),
            giver=giver,
            readers=frozenset(listed),
            counts=counts,
        )
    for model, some in rows.items():
        model._default_manager.bulk_create(some)  # type: ignore[attr-defined]  # each is a model
    return made


def make_passages(chance: random.Random, items: dict[UUID, Told], ids: list[str]) -> dict[UUID, Written]:
    """Two passages of each item, by its giver or another; every third is replaced, by whoever comes along."""
    made: dict[UUID, Written] = {}
    for item, told in items.items():
        for _ in range(2):
            first = uuid4()
            made[first] = Written(item, chance.choice(NARROW), told.giver or chance.choice(ids))
            if chance.random() < 1 / 3:
                made[first] = replace(made[first], is_replaced=True)
                made[uuid4()] = Written(item, chance.choice(NARROW), chance.choice(ids), replaces=first)
    Passage.objects.bulk_create(
        Passage(
            pk=key, item_id=one.item, handling=one.handling.value, text="x", replaces_id=one.replaces,
            recorded_at=NOW, recorded_by=one.by,
        )
        for key, one in made.items()
    )  # fmt: skip
    return made


@pytest.fixture
def country(house: None) -> Country:
    """Everything at once: real people seen through ``viewer_of``, invented readers, items, passages, sightings."""
    chance = random.Random(20)
    subjects = bodies()
    people = [somebody(chance, subjects) for _ in range(PEOPLE)]
    ids = [one.actor_id for one in people]
    viewers = [viewer_of(one, TODAY) for one in people] + [invented(chance, subjects, ids) for _ in range(INVENTED)]
    items = make_items(chance, subjects, ids)
    seen = Sighting.objects.bulk_create(
        Sighting(
            item_id=key, subject_id=subject, row="safe", origin="x", bearing="concern", heard_on=TODAY,
            system=told.system, handling=told.handling.value, counts=told.counts,
        )
        for key, told in items.items()
        for subject in told.subjects
    )  # fmt: skip
    passages = make_passages(chance, items, ids)
    return Country(tuple(viewers), items, passages, {one.pk: one.item_id for one in seen})


def allowed_to_hear(viewer: Viewer, told: Told) -> bool:
    """The rule without the giver's own way in."""
    return may_read(viewer, replace(told, giver=""))


@pytest.mark.requirement("IGV-10", "COI-03", "PER-10")
def test_database_and_rule_agree_on_every_item(country: Country) -> None:
    cells = seen = 0
    for viewer in country.viewers:
        allowed = {key for key, told in country.items.items() if may_read(viewer, told)}
        assert set(Item.objects.seen_by(viewer).values_list("pk", flat=True)) == allowed, viewer
        heard = {key for key, told in country.items.items() if allowed_to_hear(viewer, told)}
        assert set(Item.objects.heard_by(viewer).values_list("pk", flat=True)) == heard, viewer
        cells, seen = cells + len(country.items), seen + len(allowed)
    assert cells >= 20_000
    assert cells / 10 < seen < cells / 2  # neither does everything stand open, nor everything shut


@pytest.mark.requirement("IGV-10", "COI-03")
def test_database_and_rule_agree_on_every_passage(country: Country) -> None:
    def allowed(viewer: Viewer, one: Written) -> bool:
        writer = "" if one.replaces else one.by  # who replaced another's words did not make them their own
        if one.is_replaced:
            return bool(viewer.actor_id) and viewer.actor_id == writer
        return may_read_passage(viewer, country.items[one.item], one.handling, writer)

    cells = seen = 0
    for viewer in country.viewers:
        expected = {key for key, one in country.passages.items() if allowed(viewer, one)}
        assert set(Passage.objects.seen_by(viewer).values_list("pk", flat=True)) == expected, viewer
        cells, seen = cells + len(country.passages), seen + len(expected)
    assert cells >= 40_000
    assert cells / 20 < seen < cells / 2


@pytest.mark.requirement("IGV-10")
def test_words_that_were_replaced_are_their_writers_alone(country: Country) -> None:
    gone = {key for key, one in country.passages.items() if one.is_replaced}
    assert gone
    for viewer in country.viewers:
        seen = Passage.objects.seen_by(viewer).filter(pk__in=gone).values_list("recorded_by", flat=True)
        assert set(seen) <= {viewer.actor_id}


@pytest.mark.requirement("IGV-10", "COI-03", "INT-04")
def test_what_triangulation_counts_is_what_the_rule_lets_be_heard(country: Country) -> None:
    seen = 0
    for viewer in country.viewers:
        expected = {
            key
            for key, item in country.sightings.items()
            if (told := country.items[item]).counts and allowed_to_hear(viewer, told)
        }
        assert set(Sighting.objects.heard_by(viewer).values_list("pk", flat=True)) == expected, viewer
        seen += len(expected)
    assert seen > 1_000


@pytest.mark.parametrize(
    ("own", "shut", "open_"),
    [
        (HOME, {HOME, CHAIN, BEFORE}, {SISTER, NEIGHBOUR}),  # a sister is a competitor like any other
        (CHAIN, {HOME, CHAIN, SISTER, BEFORE}, {NEIGHBOUR}),
        (BEFORE, {HOME, CHAIN, BEFORE}, {SISTER, NEIGHBOUR}),
        (NEIGHBOUR, {NEIGHBOUR}, {HOME, CHAIN, SISTER, BEFORE}),
    ],
)
@pytest.mark.requirement("COI-03", "PER-10")
def test_ones_own_body_is_closed_with_its_whole_family(own: str, shut: set[str], open_: set[str]) -> None:
    about = {one.organisation.code: one for one in bodies() if one.organisation}
    member = viewer_of(a_person(Grant(Role.MEMBER, SYSTEM, own), second_factor=False), TODAY)
    keeper = viewer_of(a_person(Grant(Role.SECRETARY, SYSTEM, own), second_factor=False), TODAY)
    for code, subject in about.items():
        item = Item.objects.create(
            system=SYSTEM, kind="soft", bearing="concern", heard_on=TODAY, origin="x", handling="members",
            recorded_at=NOW, recorded_by="person:x",
        )  # fmt: skip
        About.objects.create(item=item, subject=subject)
        assert Item.objects.seen_by(member).filter(pk=item.pk).exists() is (code in open_)
        assert Item.objects.seen_by(keeper).filter(pk=item.pk).exists()
    assert shut | open_ == set(about)
