"""Home and search with what people told: the order of worry, what waits, what is found, each for one reader."""

from __future__ import annotations

import html as markup
import random
import re
from datetime import timedelta

import pytest
from django.test import Client

from sightline.accounts.models import Person
from sightline.core.access import Grant, Handling, Role
from sightline.core.signals import Bearing, Dimension, SignalKind
from sightline.core.triangulation import COUNTS_FOR_DAYS, place
from sightline.directory.models import Subject
from sightline.intelligence.models import Item, Release, ReleaseDecision, Sighting
from sightline.intelligence.operations import refer
from sightline.intelligence.words import Kind, ReferralKind, ReleaseStep, Safeguarding, TagKind
from sightline.overview.queries import gathered, search, waits_for, worry_about
from sightline.triangulation.queries import in_order_of_worry, most_worrying, pictures, tally
from tests.factories.accounts import a_person, signed_in
from tests.factories.groups import an_interest
from tests.factories.indicators import NOW, TODAY, a_signal, dropped, sickness, usual
from tests.factories.intelligence import BELL, a_body, an_item
from tests.factories.readers import EVERYBODY, HEARING, Cast

pytestmark = pytest.mark.usefixtures("house")
HOME, ELSEWHERE = "QZ1", "QZ2"
DIMENSIONS = {"sickness-absence-rate": ("well_led",), "shmi": ("effective",), "ae-4h-all-types": ("responsive",)}
SECRET = "Only those on the list may read of the roof."


def _member(**more: str) -> Person:
    return a_person(Grant(Role.MEMBER, system=HOME, **more))


def page(person: Person, address: str = "/") -> str:
    """This function will give a page as somebody sees it, as plain text where entities stand."""
    answer = signed_in(person).get(address)
    assert answer.status_code == 200, address
    return markup.unescape(re.sub(r'value="[A-Za-z0-9]{64}"|nonce="[^"]*"', "", answer.content.decode()))


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.requirement("INT-04", "PER-10", "COI-03")
def test_what_people_told_worries_those_who_hear_it_and_changes_nothing_for_others(cast: Cast, who: str) -> None:
    a_signal(cast.subject, kind=SignalKind.RATING, measure="shmi", source="shmi")
    person = cast.people[who]
    before = {address: page(person, address) for address in ("/", "/?show=new", "/?show=missing", "/systems/")}
    for _ in range(2):
        an_item(cast.subject, by=_member())
    after = {address: page(person, address) for address in before}
    if who in HEARING:
        assert "Three independent sources have concerns" in after["/"] and "Of these, 2 told by people." in after["/"]
        assert BELL not in after["/"]
    else:
        assert after == before


def test_subject_of_which_only_people_speak_is_listed_and_counted(cast: Cast) -> None:
    an_item(cast.subject)
    shown = page(cast.people["member"])
    assert re.search(r"Worsening <strong>1</strong>", shown)
    assert "First Trust" in shown and "One source has a concern: told by people" in shown
    assert "Safe: 1 source" in shown
    assert "First Trust" not in page(cast.people["stranger"])
    assert "Nothing has been brought in yet." in page(cast.people["stranger"])


@pytest.mark.requirement("INT-05")
def test_nobody_is_named_by_the_order_of_worry(cast: Cast) -> None:
    givers = [_member(), a_person(Grant(Role.MEMBER, system=HOME, organisation="ZR2"), display_name="Mary Alder")]
    for giver in givers:
        an_item(cast.subject, by=giver)
    for address in ("/", f"/subjects/{cast.subject.pk}/"):
        shown = page(cast.people["member"], address)
        assert not [one for one in givers if one.actor_id in shown or one.display_name in shown]
        assert "body:" not in shown


@pytest.mark.parametrize("seed", range(4))
def test_database_gives_the_order_of_the_rule_with_what_people_told(cast: Cast, seed: int) -> None:
    chance = random.Random(seed)
    subjects = [a_body(f"ZS{n}", f"N{n:03}") for n in range(16)]
    givers = [_member() for _ in range(4)]
    ages = [1, 40, 300, COUNTS_FOR_DAYS, COUNTS_FOR_DAYS + 1, 2000]
    for subject in subjects:
        for _ in range(chance.randint(0, 3)):
            day = TODAY - timedelta(days=chance.choice(ages))
            kind = chance.choice([SignalKind.SPECIAL_CAUSE, SignalKind.TARGET_MISSED, SignalKind.STOPPED])
            source = chance.choice(["shmi", "cqc_api", "care_home_ratings", "sickness_absence"])
            a_signal(subject, since=day, until=day, kind=kind, source=source, measure="shmi")
        for _ in range(chance.randint(0, 3)):
            item = an_item(
                subject, by=chance.choice(givers), heard_on=TODAY - timedelta(days=chance.choice(ages)),
                bearing=chance.choice([Bearing.CONCERN, Bearing.CONCERN, Bearing.IMPROVEMENT]),
                tags=((TagKind.DIMENSION, chance.choice([Dimension.SAFE, Dimension.CARING]).value),),
            )  # fmt: skip
            if chance.random() < 0.3:  # the regulator speaks in words too: by the road of its ratings
                Sighting.objects.filter(item=item).update(origin="cqc_api")
    for who in ("member", "stranger"):
        actor = cast.people[who]
        slow = [one for one in pictures(actor, TODAY, DIMENSIONS, [s.pk for s in subjects]) if one.standing.agreeing]
        slow.sort(key=lambda one: place(one.standing, one.subject.name))
        found, total = most_worrying(actor, TODAY, DIMENSIONS, count=100)
        assert [one.subject.key for one in found] == [one.subject.key for one in slow]
        assert tally(actor, TODAY, NOW).worsening == total == len(slow) > 2
        for one in slow:
            assert worry_about(gathered(actor, TODAY, one.subject), TODAY, DIMENSIONS) == one


def test_one_story_is_one_witness_and_the_same_road_is_counted_once(cast: Cast) -> None:
    told_twice, regulator = a_body("ZS1", "Told twice"), a_body("ZS2", "Judged and told")
    giver = _member()
    for _ in range(3):
        an_item(told_twice, by=giver)
    a_signal(regulator, kind=SignalKind.RATING, measure="cqc-overall-rating", source="cqc_api")
    Sighting.objects.filter(item=an_item(regulator)).update(origin="cqc_api")
    found = {one.subject.key: one for one in pictures(cast.people["member"], TODAY, {}, [told_twice.pk, regulator.pk])}
    assert [(len(one.standing.agreeing), len(one.told)) for one in found.values()] == [(1, 1), (1, 0)]
    assert in_order_of_worry(cast.people["member"], TODAY) == (
        regulator.pk,
        told_twice.pk,
    )  # one witness each, so by name


def test_good_news_and_old_news_worry_nobody(cast: Cast) -> None:
    an_item(cast.subject, bearing=Bearing.IMPROVEMENT)
    an_item(cast.subject, heard_on=TODAY - timedelta(days=COUNTS_FOR_DAYS + 1))
    assert in_order_of_worry(cast.people["member"], TODAY) == ()


@pytest.mark.requirement("IGV-10")
def test_what_is_kept_for_one_is_never_given_to_another(cast: Cast, outside_transaction: None) -> None:
    reader = cast.people["reader"]
    an_item(cast.subject, SECRET, handling=Handling.RESTRICTED, readers=(reader.actor_id,))
    for who in ("reader", "member", "conflicted", "stranger", "keeper", "reader", "provider", "foi"):
        assert ("told by people" in page(cast.people[who])) is (who == "reader"), who


# --- what waits


def _published(subject: Subject, system: str = HOME) -> Item:
    item = an_item(subject, kind=Kind.DEATH_REPORT)
    Item.objects.filter(pk=item.pk).update(counts=False, system=system)
    Sighting.objects.filter(item=item).update(counts=False, system=system)
    return item


def test_keepers_are_told_what_waits_and_nobody_else_is(cast: Cast) -> None:
    for system in (HOME, HOME, ELSEWHERE):
        _published(cast.subject, system)
    suspected = an_item(cast.subject, safeguarding=Safeguarding.SUSPECTED)
    shown = page(cast.people["keeper"])
    assert "2 items wait for review" in shown and "1 safeguarding referral is not recorded yet" in shown
    for who in EVERYBODY:
        if who != "keeper":
            assert "Waiting for you" not in page(cast.people[who]), who
    refer(
        by=cast.people["keeper"], at=NOW, item=suspected, kind=ReferralKind.SAFEGUARDING, body="The council",
        referred_on=TODAY, reference="awaited",
    )  # fmt: skip
    assert "safeguarding referral" not in page(cast.people["keeper"])


def test_keeper_with_an_interest_is_not_told_that_anything_waits(cast: Cast) -> None:
    _published(cast.subject)
    an_item(cast.subject, safeguarding=Safeguarding.SUSPECTED)
    an_interest(cast.people["keeper"], cast.subject)
    assert waits_for(cast.people["keeper"], TODAY) == waits_for(cast.people["foi"], TODAY)
    assert "Waiting for you" not in page(cast.people["keeper"])


def test_proposals_that_wait_are_counted_for_those_who_answer_them(cast: Cast) -> None:
    for source in ("complaints", "quality-accounts", "friends-and-family"):
        an_item(cast.subject, by=_member(), source=source)
    a_signal(cast.subject, measure="shmi", source="shmi", kind=SignalKind.OUTLIER, until=TODAY)
    count = waits_for(cast.people["keeper"], TODAY).proposals
    assert count > 0 and f"{count} proposal" in page(cast.people["keeper"])
    assert waits_for(cast.people["member"], TODAY).proposals == 0


# --- a provider, and sharing


@pytest.mark.requirement("PER-10")
def test_provider_lands_on_its_own_bodies_and_on_what_was_released_to_it(cast: Cast) -> None:
    item = an_item(cast.subject)
    for who in EVERYBODY:
        assert "Released to you" not in page(cast.people[who])
    release = Release.objects.create(
        item=item,
        system=HOME,
        to=cast.subject.organisation,
        text="People wait.",
        recorded_at=NOW,
        recorded_by="person:a",
    )
    ReleaseDecision.objects.create(
        release=release, step=ReleaseStep.RELEASED.value, because="Fair", recorded_at=NOW, recorded_by="person:b"
    )
    for who in EVERYBODY:
        assert ("Released to you" in page(cast.people[who])) is (who == "provider"), who


# --- the half that is not known


def test_concern_without_figures_stands_among_what_is_missing(cast: Cast) -> None:
    dropped(sickness({"ZR8": usual(24)}))
    an_item(cast.subject, source="healthwatch")
    for who in EVERYBODY:
        shown = page(cast.people[who], "/?show=missing")
        assert ("people have a concern, and there are no figures" in shown) is (who in HEARING), who


# --- search


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.requirement("IGV-10", "PER-10", "COI-03")
def test_search_finds_what_the_reader_may_read_and_gives_no_sign_of_the_rest(cast: Cast, who: str) -> None:
    person = cast.people[who]
    nothing = page(person, "/search/?q=answers+the+bell")
    secret = page(person, "/search/?q=of+the+roof")
    an_item(cast.subject)
    an_item(cast.subject, SECRET, handling=Handling.RESTRICTED, readers=(cast.people["reader"].actor_id,))
    shown = page(person, "/search/?q=answers+the+bell")
    if who in HEARING:
        assert BELL in shown and "Soft intelligence about First Trust" in shown and SECRET not in shown
    else:
        assert shown == nothing
    found = page(person, "/search/?q=of+the+roof")
    assert SECRET in found if who == "reader" else found == secret


def test_search_finds_by_theme_and_says_about_whom(cast: Cast) -> None:
    item = an_item(cast.subject, tags=((TagKind.THEME, "staffing"),))
    found = search(cast.people["member"], TODAY, "enough staff")
    assert found.themes
    assert [row.item for row in found.rows] == [item]
    assert not search(cast.people["stranger"], TODAY, "enough staff").rows


def test_search_gives_the_newest_twenty_and_no_more(cast: Cast) -> None:
    giver = _member()
    for number in range(25):
        an_item(cast.subject, f"Bell number {number}", by=giver, heard_on=TODAY - timedelta(days=number))
    rows = search(cast.people["member"], TODAY, "bell number").rows
    assert [row.item.heard_on for row in rows] == [TODAY - timedelta(days=number) for number in range(20)]
    assert not search(cast.people["member"], TODAY, "be").rows


def test_what_is_only_to_be_said_is_found_without_its_words(cast: Cast) -> None:
    an_item(cast.subject, verbal_only=True)
    shown = page(cast.people["member"], "/search/?q=answers")
    assert "Soft intelligence about First Trust" in shown and BELL not in shown


def test_about_page_says_what_soft_intelligence_is_and_who_sees_it() -> None:
    shown = Client().get("/about/").content.decode()
    assert "soft intelligence" in shown and "Who sees what" in shown and "declared an interest" in shown
