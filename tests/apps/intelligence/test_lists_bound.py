"""Filters of the list and what they count are bound to what the reader may see: hidden items change nothing on it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from sightline.accounts.models import Person
from sightline.core.access import Handling, Role
from sightline.core.signals import Bearing, Dimension
from sightline.directory.models import Subject
from sightline.intelligence.giving import Words
from sightline.intelligence.models import Unplaced
from sightline.intelligence.queries import lists
from sightline.intelligence.words import Kind, TagKind
from tests.apps.intelligence.test_reviewing import a_published
from tests.factories.accounts import signed_in
from tests.factories.groups import an_interest
from tests.factories.intelligence import ELSEWHERE, NOW, TODAY, a_body, an_item, somebody

pytestmark = [pytest.mark.usefixtures("house"), pytest.mark.requirement("IGV-10", "COI-03")]
SAID = "The lighthouse bell is not answered"
HIDDEN = "Quagmire at the lighthouse bell"
# Each as an address has it; all but the last two fit what is hidden.
FILTERS = (
    "",
    "area=",
    "area=QZ1",
    "area=QZ2",
    f"kind={Kind.EMERGING_CONCERN}",
    f"kind={Kind.COMMENT}",
    f"bearing={Bearing.CONCERN}",
    "quadrant=internal-qualitative",
    f"dimension={Dimension.CARING}",
    "theme=staffing",
    f"since={TODAY.isoformat()}",
    "words=lighthouse",
    "words=quagmire",
    "subject={other}",
    "waiting=yes",
    "waiting=yes&kind=comment",
    "page=2",
    "kind=nonsense",
    "words=nothing-of-the-kind",
)


@pytest.fixture
def subject(house: None) -> Subject:
    return a_body("ZELM0", "Elm House")


@pytest.fixture
def other(house: None) -> Subject:
    return a_body("ZI401", "Ash House")


def told(subject: Subject, text: str, **more: object) -> None:
    """An item that every filter finds."""
    tags = ((TagKind.DIMENSION, Dimension.CARING.value), (TagKind.THEME, "staffing"))
    about = {"kind": Kind.EMERGING_CONCERN, "source": "healthwatch-reports", "tags": tags, **more}
    an_item(subject, text, **about)  # type: ignore[arg-type]  # the factory takes whatever Given takes


def hide_everything(subject: Subject, other: Subject) -> None:
    """One item of every sort that somebody may not see: and a hidden passage in one that they may."""
    reader = somebody()
    told(subject, HIDDEN, handling=Handling.RESTRICTED, readers=(reader.actor_id,))
    told(subject, HIDDEN, system=ELSEWHERE, by=somebody(system=ELSEWHERE))
    told(other, HIDDEN)
    for kind in (Kind.COMMENT, Kind.DEATH_REPORT):
        item = a_published(other, HIDDEN, kind=kind.value, source="healthwatch-reports", source_key=f"x:{kind}")
        Unplaced.objects.create(item=item, words=HIDDEN, recorded_at=NOW)


def shown(client: Client, filters: list[str]) -> list[str]:
    pages = [client.get(f"/intelligence/?{one}") for one in filters]
    assert {one.status_code for one in pages} == {200}
    return [re.sub(r'(nonce|name="csrfmiddlewaretoken" value)="[^"]+"', "", one.content.decode()) for one in pages]


@pytest.mark.parametrize("rare", [0, 1_000])
@pytest.mark.parametrize(
    "who",
    [
        lambda other: an_interest(somebody(), other).person,
        lambda other: an_interest(somebody(Role.CHAIR), other).person,
        lambda other: an_interest(somebody(Role.SECRETARY), other).person,
        lambda other: somebody(organisation=other.key),
    ],
)
def test_pages_are_the_same_to_the_letter_with_and_without_what_is_hidden(
    who: Callable[[Subject], Person], rare: int, subject: Subject, other: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "RARE", rare)
    client = signed_in(who(other))
    told(subject, SAID)
    words = (Words("Everything else is well", Handling.MEMBERS), Words(HIDDEN, Handling.RESTRICTED))
    filters = [one.format(other=other.pk) for one in FILTERS]
    before = shown(client, filters)
    assert SAID in before[0]
    hide_everything(subject, other)
    assert shown(client, filters) == before
    told(subject, "", words=words, readers=(somebody().actor_id,))
    assert not [page for page in shown(client, filters) if "Quagmire" in page]
    assert shown(client, ["words=quagmire"]) == [before[FILTERS.index("words=quagmire")]]


def test_a_keeper_without_an_interest_finds_what_the_others_do_not(subject: Subject, other: Subject) -> None:
    """The filters do find it: that the pages above stay the same is no accident."""
    told(subject, SAID)
    hide_everything(subject, other)
    client = signed_in(somebody(Role.SECRETARY))
    pages = dict(zip(FILTERS, shown(client, [one.format(other=other.pk) for one in FILTERS]), strict=True))
    for one in ("area=", f"kind={Kind.COMMENT}", "theme=staffing", "words=quagmire", "subject={other}", "waiting=yes"):
        assert HIDDEN in pages[one], one
