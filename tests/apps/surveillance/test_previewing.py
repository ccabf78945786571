"""What a change of a rule about levels would do is told before it takes effect, counted on what the reader may read."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from django.test import Client

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.rulebook import parse
from sightline.rulebook.models import LocalPart
from sightline.rulebook.previews import Change, what_it_would_do
from tests.factories.accounts import a_person, signed_in
from tests.factories.groups import an_interest
from tests.factories.indicators import TODAY
from tests.factories.rulebook import a_change, in_force
from tests.factories.surveillance import SYSTEM, a_proposal, the_body
from tests.factories.surveillance_log import a_level, a_trust

pytestmark = [pytest.mark.usefixtures("house"), pytest.mark.requirement("FRW-08")]
LONG_AGO = date(2025, 2, 3)


@pytest.fixture
def lead(house: None) -> Person:
    the_body()
    return a_person(Grant(Role.QUALITY_LEAD, system=SYSTEM))


def told(reader: Person, name: str, old: str, new: str) -> list[str]:
    """This function will say what changing one thing of a part would do."""
    now = in_force(name)
    made = parse(name, a_change(name, old, new))
    return what_it_would_do(Change(now.pack.id, name, now.content, made, TODAY, reader))


def test_clock_that_is_switched_on_tells_who_would_be_a_long_stay(lead: Person) -> None:
    for number in range(2):
        a_level(a_trust(f"ZR{number}", f"Trust {number}"), "enhanced", LONG_AGO)
    a_level(a_trust("ZR9", "Young Trust"), "enhanced", TODAY)
    says = told(lead, "clocks", "is_on: false", "is_on: true")
    assert says == [
        "2 subjects would become long stays: Trust 0, Trust 1.",
        "“Long stay at Enhanced” would run for 3 subjects, instead of 0.",
    ]


def test_levels_of_which_the_reader_may_not_hear_are_not_counted(lead: Person) -> None:
    trust = a_trust("ZR1", "Lantern Trust")
    a_level(trust, "enhanced", LONG_AGO)
    an_interest(lead, trust)
    assert told(lead, "clocks", "is_on: false", "is_on: true") == []


def test_review_by_months_tells_how_many_would_be_overdue(lead: Person) -> None:
    a_level(a_trust("ZR1", "Lantern Trust"), "enhanced", LONG_AGO, next_review_on=None)
    a_level(a_trust("ZR2", "Harbour Trust"), "enhanced", LONG_AGO, next_review_on=date(2027, 1, 1))
    assert "1 review of a level would be overdue today, instead of 0." in told(
        lead, "clocks", "unit: meetings", "unit: months"
    )


def test_clock_of_groups_tells_its_length_and_counts_no_subject(lead: Person) -> None:
    a_level(a_trust("ZR1", "Lantern Trust"), "enhanced", LONG_AGO)
    now = in_force("clocks")
    clocks = tuple(
        one.model_copy(update={"coverage": {"value": 6}, "action-review": {"is_on": False}}.get(one.id.value, {}))
        for one in now.content.clocks  # type: ignore[attr-defined]
    )
    made = now.content.model_copy(update={"clocks": clocks})
    assert what_it_would_do(Change(now.pack.id, "clocks", now.content, made, TODAY, lead)) == [
        "“Every provider discussed” would be 6 months long instead of 12 months.",
        "“Review of the action log” would run no longer.",
    ]


def test_level_that_would_be_called_otherwise_tells_who_stands_there(lead: Person) -> None:
    a_level(a_trust("ZR1", "Lantern Trust"), "enhanced", LONG_AGO)
    says = told(lead, "levels", "name: Enhanced\n", "name: Closer look\n")
    assert says == [
        "“Enhanced” would be called “Closer look” from now on. 1 subject stands there; what is on record keeps the old "
        "word."
    ]


def test_trigger_that_would_be_gone_tells_which_proposals_rest_on_it(lead: Person) -> None:
    a_proposal(a_trust("ZR1", "Lantern Trust"), "enhanced")
    now = in_force("triggers")
    made = now.content.model_copy(
        update={"triggers": tuple(one for one in now.content.triggers if one.id != "safety-concerns")}  # type: ignore[attr-defined]
    )
    says = what_it_would_do(Change(now.pack.id, "triggers", now.content, made, TODAY, lead))
    assert len(says) == 1 and says[0].endswith("would be a trigger no longer. 1 proposal rests on it.")


def test_authority_that_would_be_gone_tells_where_nobody_could_authorise(lead: Person) -> None:
    a_proposal(a_trust("ZR1", "Lantern Trust"), "enhanced")
    now = in_force("authority")
    rest = tuple(one for one in now.content.authorities if one.level != "enhanced")  # type: ignore[attr-defined]
    made = now.content.model_copy(update={"authorities": rest})
    says = what_it_would_do(Change(now.pack.id, "authority", now.content, made, TODAY, lead))
    assert len(says) == 1
    assert says[0].startswith("Nobody could authorise “Enhanced” where it is commissioned by ")
    assert says[0].endswith("1 proposal is open for it.")


def test_notice_that_would_be_gone_is_named(lead: Person) -> None:
    now = in_force("notices")
    first, *rest = now.content.notices  # type: ignore[attr-defined]
    made = now.content.model_copy(update={"notices": tuple(rest)})
    says = what_it_would_do(Change(now.pack.id, "notices", now.content, made, TODAY, lead))
    assert says == [f"“{first.name}” would arise no longer; what arose from it already stays open until it is done."]


def test_page_shows_the_difference_what_it_would_do_and_keeps_nothing(lead: Person) -> None:
    a_level(a_trust("ZR1", "Lantern Trust"), "enhanced", LONG_AGO)
    before = Event.objects.count()
    words = checked(signed_in(lead), "clocks", a_change("clocks", "is_on: false", "is_on: true"))
    assert "Derived from sqg-2022" in words and "1 line added, 1 line removed." in words
    assert "1 subject would become long stays: Lantern Trust." in words and "Nothing has changed yet" in words
    assert not LocalPart.objects.exists() and Event.objects.count() == before


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("triggers", "of: intensive", "of: purple", "it cannot be kept like this"),
        ("notices", "clock: chairs-update", "clock: purple", "a clock “purple” that there is not"),
    ],
)
def test_page_names_what_would_not_fit_before_anything_is_kept(
    lead: Person, name: str, old: str, new: str, says: str
) -> None:
    assert says in checked(signed_in(lead), name, a_change(name, old, new))


def test_page_says_so_where_nothing_on_record_would_be_treated_otherwise(lead: Person) -> None:
    words = checked(signed_in(lead), "clocks", a_change("clocks", "is_on: false", "is_on: true"))
    assert "Nothing that is on record today would be treated otherwise." in words


def checked(client: Client, name: str, content: str) -> str:
    """This function will send a text to be checked, and give the page that shows what it would do."""
    address = f"/rules/{name}/change/"
    found = re.search(r'name="derived_from" value="([^"]*)"', client.get(address).content.decode())
    assert found
    answer = client.post(address, {"content": content, "derived_from": html.unescape(found[1])})
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())
