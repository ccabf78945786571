"""What was told, as evidence: read at speed it is what the records say, one piece for each item and subject."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from sightline.accounts.looking import listed_names
from sightline.accounts.operations import invite_person
from sightline.accounts.operator import operator
from sightline.accounts.passwords import FirstPassword
from sightline.core.access import Actor, Handling, Role
from sightline.core.intelligence.checking import find_personal
from sightline.core.signals import ROWS, Bearing, Dimension, Quadrant
from sightline.core.triangulation.evidence import Certainty, Evidence
from sightline.directory.models import Subject
from sightline.groups.viewers import viewer_of
from sightline.intelligence.models import Item, NamedReader, Sighting
from sightline.intelligence.queries import evidence_about, hearing_alike
from sightline.intelligence.words import Certainty as Said
from sightline.intelligence.words import TagKind
from tests.factories.directory import AT
from tests.factories.intelligence import SYSTEM, TODAY, a_body, an_item, somebody
from tests.factories.triangulation import a_partner

pytestmark = pytest.mark.usefixtures("house")


def slowly(actor: Actor, subject: Subject) -> list[Evidence]:
    """This function will read record by record, the obvious way."""
    made = []
    heard = Sighting.objects.heard_by(viewer_of(actor, TODAY)).filter(subject=subject)
    for item in Item.objects.filter(pk__in=heard.values("item")).order_by("heard_on", "pk"):
        rows = [Dimension(one.row) for one in heard.filter(item=item) if one.row]
        made.append(
            Evidence(
                key=f"item:{item.pk}",
                subject=str(subject.pk),
                rows=tuple(rows),
                quadrant=Quadrant(item.quadrant) if item.quadrant else None,
                origin=item.origin,
                bearing=Bearing(item.bearing),
                since=item.heard_on,
                until=item.heard_on,
                hard=False,
                certainty=Certainty(item.certainty) if item.certainty else Certainty.UNKNOWN,
                label=item.kind,
            )
        )
    return made


@pytest.mark.requirement("INT-04")
@pytest.mark.parametrize("seed", range(3))
def test_what_is_read_at_once_is_what_each_record_says(seed: int) -> None:
    chance = random.Random(seed)
    bodies = [a_body(f"ZR{number}", f"Body {number}") for number in range(3)]
    partners = [a_partner(f"ZP{number}") for number in range(2)]
    for _ in range(12):
        handling = chance.choice([Handling.MEMBERS, Handling.RESTRICTED])
        an_item(
            chance.choice(bodies),
            by=chance.choice(partners),
            subjects=tuple(chance.sample(bodies, chance.randint(1, 3))),
            heard_on=TODAY - timedelta(days=chance.choice([1, 1, 400])),
            source=chance.choice(["media", "complaints", ""]),
            bearing=chance.choice(list(Bearing)),
            certainty=chance.choice([*Said, None]),
            handling=handling,
            readers=frozenset({partners[0].actor_id}) if handling is Handling.RESTRICTED else frozenset(),
            tags=tuple((TagKind.DIMENSION, one.value) for one in chance.sample(ROWS, chance.randrange(3))),
        )
    keys = [one.pk for one in bodies]
    for actor in (*partners, somebody(Role.QUALITY_LEAD), somebody(Role.FOI_OFFICER)):
        assert evidence_about(actor, TODAY, keys) == {one.pk: slowly(actor, one) for one in bodies}


def test_who_is_on_nobodys_list_hears_what_all_others_hear() -> None:
    named, other, third = (viewer_of(somebody(Role.MEMBER), TODAY) for _ in range(3))
    item = an_item(a_body())
    NamedReader.objects.create(item=item, actor_id=named.actor_id, recorded_at=AT, recorded_by="person:test")
    assert hearing_alike(named) == named
    assert hearing_alike(other) == hearing_alike(third) != other


def test_whoever_is_invited_is_looked_for_from_then_on() -> None:
    told = "Ask Perpetua Quillfeather on the ward."
    assert find_personal(told, listed_names()) == ()
    invite_person(
        by=operator(),
        at=AT,
        email="perpetua@example.org",
        display_name="Perpetua Quillfeather",
        password=FirstPassword("long enough to be taken", must_change=False),
        role=Role.MEMBER,
        system=SYSTEM,
        organisation="",
    )
    (found,) = find_personal(told, listed_names())
    assert told[found.start : found.end] == "Perpetua Quillfeather"
