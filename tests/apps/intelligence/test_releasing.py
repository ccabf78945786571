"""Copies for providers: two persons, words that give nobody away, and a provider that learns no more than its copy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Handling, Role
from sightline.core.verdict import Invalid, Refused
from sightline.directory.models import Organisation, Relation, Subject
from sightline.directory.words import Link
from sightline.intelligence.giving import Words
from sightline.intelligence.models import Annex, AnnexText, Item, Passage, Release, ReleaseAnswer, ReleaseDecision
from sightline.intelligence.operations import answer_release, decide_release, prepare_release, review
from sightline.intelligence.queries.releases import letters, one_release, releases_waiting
from sightline.intelligence.words import Outcome, ReleaseStep
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import AT, an_organisation
from tests.factories.groups import an_interest
from tests.factories.intelligence import BELL, ELSEWHERE, LATER, NOW, SYSTEM, TODAY, a_body, an_item, somebody

pytestmark = [pytest.mark.usefixtures("house"), pytest.mark.requirement("PRV-03", "PER-10")]
COPY = "Please look into how calls are answered after midnight"
ASKS = "Tell us what you find"
BECAUSE = "It helps nobody to wait"


@pytest.fixture
def subject(house: None) -> Subject:
    return a_body("ZI600", "Elm House")


@pytest.fixture
def body(subject: Subject) -> Organisation:
    return Organisation.objects.get(code="ZI600")


@pytest.fixture
def secretary(house: None) -> Person:
    return somebody(Role.SECRETARY, display_name="Sec Retary")


@pytest.fixture
def chair(house: None) -> Person:
    return somebody(Role.CHAIR, display_name="The Chair")


@pytest.fixture
def provider(subject: Subject) -> Person:
    return somebody(Role.PROVIDER, organisation="ZI600", display_name="Pro Vider")


@pytest.fixture
def item(subject: Subject) -> Item:
    return an_item(subject, "Quagmire at the lighthouse", by=somebody(display_name="Ann Giver"))


def prepared(item: Item, by: Person, to: Organisation, text: str = COPY, **more: Any) -> Release:
    return prepare_release(by=by, at=NOW, item=item, to=to, text=text, asks=ASKS, **more)


def decided(release: Release, by: Person, step: ReleaseStep = ReleaseStep.RELEASED) -> ReleaseDecision:
    return decide_release(by=by, at=LATER, release=release, step=step, because=BECAUSE)


def reads(person: Person) -> list[str]:
    return [one.text for one in letters(person, TODAY)]


def verbs() -> list[str]:
    return list(Event.objects.order_by("sequence").values_list("verb", flat=True))


# --- prepare


def test_keeper_prepares_and_nothing_is_released(
    item: Item, body: Organisation, secretary: Person, provider: Person
) -> None:
    prepared(item, secretary, body, answer_by=TODAY + timedelta(days=14))
    assert verbs() == ["intelligence.share", "intelligence.prepare_release"]
    assert not reads(provider)
    event = Event.objects.last()
    assert event is not None
    assert "midnight" not in event.facts


@pytest.mark.parametrize(
    "who",
    [
        lambda s: somebody(),
        lambda s: somebody(Role.CHAIR),
        lambda s: somebody(Role.SECRETARY, system=ELSEWHERE),
        lambda s: a_person(Grant(Role.MEMBER, SYSTEM), Grant(Role.SECRETARY, ELSEWHERE)),
        lambda s: _conflicted(Role.SECRETARY, s),
    ],
)
def test_others_prepare_nothing(
    who: Callable[[Subject], Person], subject: Subject, item: Item, body: Organisation
) -> None:
    with pytest.raises(Refused):
        prepared(item, who(subject), body)
    assert not Release.objects.exists()
    assert verbs() == ["intelligence.share"]


def _conflicted(role: Role, subject: Subject) -> Person:
    person = somebody(role)
    an_interest(person, subject)
    return person


SECRET = "The keys of the drug room hang in the hall for everybody to take"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Write what"),
        ("Call Sec Retary", "name on the list"),
        ("Her number is 943 476 5919", "NHS number"),
        ("We heard the keys of the drug room hang in the hall, for everybody to take!", "named readers"),
        ("Was it Quilla Tarn?", "annex"),
        ("Was it tarn?", "annex"),
    ],
)
def test_words_that_would_give_somebody_away_are_refused(
    text: str, says: str, subject: Subject, body: Organisation, secretary: Person
) -> None:
    words = (Words(BELL, Handling.MEMBERS), Words(f"{SECRET}.", Handling.RESTRICTED))
    item = an_item(subject, words=words, readers=(somebody().actor_id,))
    annex = Annex.objects.create(item=item, basis="consent", because="x", recorded_at=NOW, recorded_by="person:x")
    AnnexText.objects.create(annex=annex, text="Night nurse: Quilla Tarn")
    with pytest.raises(Invalid, match=says):
        prepared(item, secretary, body, text)
    with pytest.raises(Invalid):
        prepare_release(by=secretary, at=NOW, item=item, to=body, text=COPY if text else "", asks=text)
    assert not Release.objects.exists()
    assert prepared(item, secretary, body, f"{BELL} {COPY}")


def test_replaced_words_are_not_repeated(item: Item, body: Organisation, secretary: Person) -> None:
    old = Passage.objects.get(item=item)
    Passage.objects.create(
        item=item, handling="members", text="Mild", replaces=old, recorded_at=LATER, recorded_by="person:x"
    )
    with pytest.raises(Invalid, match="named readers"):
        prepared(item, secretary, body, f"They said: {old.text}")


def test_what_is_to_be_said_is_not_released(subject: Subject, body: Organisation, secretary: Person) -> None:
    with pytest.raises(Invalid, match="not circulated"):
        prepared(an_item(subject, verbal_only=True), secretary, body)
    html = signed_in(secretary).get(f"/intelligence/{Item.objects.get().pk}/release/").content.decode()
    assert "Speak to the provider instead" in html


def test_copy_goes_to_who_is_concerned_or_runs_it_alone(item: Item, body: Organisation, secretary: Person) -> None:
    other, chain = an_organisation("ZI601", "Oak House"), an_organisation("ZI602", "Trees Ltd")
    Relation.objects.create(origin=body, target=chain, link=Link.OPERATED_BY, recorded_at=AT)
    with pytest.raises(Invalid, match="not about Oak House"):
        prepared(item, secretary, other)
    with pytest.raises(Invalid, match="ahead"):
        prepared(item, secretary, chain, answer_by=TODAY)
    assert prepared(item, secretary, chain).to == chain


# --- decide


def test_second_person_releases_and_it_is_recorded_once(
    item: Item, body: Organisation, secretary: Person, chair: Person, provider: Person
) -> None:
    decided(prepared(item, secretary, body), chair)
    assert reads(provider) == [COPY]
    assert verbs()[1:] == ["intelligence.prepare_release", "intelligence.decide_release"]


def test_who_prepared_a_copy_does_not_release_it_and_may_refuse_it(
    item: Item, body: Organisation, provider: Person
) -> None:
    lead = somebody(Role.QUALITY_LEAD)
    made = prepared(item, lead, body)
    with pytest.raises(Refused, match="another person"):
        decided(made, lead)
    assert not ReleaseDecision.objects.exists()
    assert not reads(provider)
    decided(made, lead, ReleaseStep.REFUSED)
    assert not reads(provider)


@pytest.mark.parametrize(
    "who",
    [
        lambda s: somebody(Role.SECRETARY),
        lambda s: somebody(),
        lambda s: somebody(Role.CHAIR, system=ELSEWHERE),
        lambda s: a_person(Grant(Role.MEMBER, SYSTEM), Grant(Role.CHAIR, ELSEWHERE)),
        lambda s: somebody(Role.CHAIR, organisation=s.key),
        lambda s: somebody(Role.QUALITY_LEAD, organisation=s.key),
        lambda s: somebody(Role.PROVIDER, organisation=s.key),
        lambda s: _conflicted(Role.CHAIR, s),
        lambda s: _conflicted(Role.QUALITY_LEAD, s),
    ],
)
def test_others_decide_nothing(
    who: Callable[[Subject], Person], subject: Subject, item: Item, body: Organisation, secretary: Person
) -> None:
    made = prepared(item, secretary, body)
    with pytest.raises(Refused):
        decided(made, who(subject))
    assert not ReleaseDecision.objects.exists()
    assert verbs()[-1] == "intelligence.prepare_release"


NONE, RELEASED, REFUSED, WITHDRAWN = None, ReleaseStep.RELEASED, ReleaseStep.REFUSED, ReleaseStep.WITHDRAWN


@pytest.mark.parametrize("before", [(), (RELEASED,), (REFUSED,), (RELEASED, WITHDRAWN)])
@pytest.mark.parametrize("step", list(ReleaseStep))
def test_each_step_follows_from_the_last(
    before: tuple[ReleaseStep, ...], step: ReleaseStep, item: Item, body: Organisation, secretary: Person, chair: Person
) -> None:
    allowed = {(NONE, RELEASED), (NONE, REFUSED), (RELEASED, WITHDRAWN)}
    made = prepared(item, secretary, body)
    for one in before:
        decided(made, chair, one)
    last = before[-1] if before else None
    if (last, step) in allowed:
        decided(made, chair, step)
    else:
        with pytest.raises(Invalid, match="does not follow"):
            decided(made, chair, step)
    assert ReleaseDecision.objects.count() == len(before) + ((last, step) in allowed)


def test_words_are_looked_at_again_when_they_are_released(
    item: Item, body: Organisation, secretary: Person, chair: Person
) -> None:
    made = prepared(item, secretary, body, "Please talk to Quilla Tarn")
    annex = Annex.objects.create(item=item, basis="consent", because="x", recorded_at=NOW, recorded_by="person:x")
    AnnexText.objects.create(annex=annex, text="Quilla Tarn")
    with pytest.raises(Invalid, match="annex"):
        decided(made, chair)
    assert not ReleaseDecision.objects.exists()


def test_copy_of_what_was_set_aside_is_not_released(item: Item, body: Organisation, secretary: Person) -> None:
    made = prepared(item, secretary, body)
    review(by=secretary, at=NOW, item=item, outcome=Outcome.SET_ASIDE, because="Not theirs")
    with pytest.raises(Invalid, match="set aside"):
        decided(made, somebody(Role.QUALITY_LEAD))


# --- the provider


def test_provider_reads_and_answers_before_and_after(
    item: Item, body: Organisation, secretary: Person, chair: Person, provider: Person
) -> None:
    client = signed_in(provider)
    made = prepared(item, secretary, body, answer_by=TODAY + timedelta(days=14))
    address = f"/released/{made.pk}/"
    assert client.get(address).status_code == 404
    assert "nothing to read here" in client.get("/released/").content.decode()
    decided(made, chair)
    html = client.get("/released/").content.decode() + client.get(address).content.decode()
    for says in (COPY, ASKS, "29 January 2026"):
        assert says in html
    for hidden in (str(item.pk), "Quagmire", "Ann Giver", "Sec Retary", "The Chair", BECAUSE):
        assert hidden not in html
    assert client.post(address, {"says": ""}).status_code == 400
    assert client.post(address, {"says": "Ask 0161 496 0000"}).status_code == 400
    assert client.post(address, {"says": "We have added a night call round"}).status_code == 302
    assert "We have added a night call round" in client.get(address).content.decode()
    assert verbs()[-1] == "intelligence.answer_release"
    kept = signed_in(secretary).get(f"/intelligence/releases/{made.pk}/").content.decode()
    assert "We have added a night call round" in kept
    decided(made, chair, ReleaseStep.WITHDRAWN)
    assert client.get(address).status_code == 404
    assert COPY not in client.get("/released/").content.decode()
    assert client.post(address, {"says": "Still here"}).status_code == 404
    with pytest.raises(Refused):
        answer_release(by=provider, at=LATER, release=made, says="Still here")
    assert ReleaseAnswer.objects.count() == 1
    assert "Withdrawn by The Chair" in signed_in(secretary).get(f"/intelligence/releases/{made.pk}/").content.decode()


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        (lambda: somebody(Role.PROVIDER, organisation="ZI600"), True),
        (lambda: a_person(Grant(Role.PROVIDER, "", "ZI600")), True),
        (lambda: a_person(Grant(Role.MEMBER, SYSTEM), Grant(Role.PROVIDER, SYSTEM, "ZI600")), True),
        (lambda: somebody(Role.PROVIDER, organisation="ZI699"), False),
        (lambda: somebody(Role.PROVIDER, organisation="ZI600", system=ELSEWHERE), False),
        (lambda: a_person(Grant(Role.MEMBER, SYSTEM), Grant(Role.PROVIDER, SYSTEM, "ZI600", valid_to=TODAY)), False),
        (lambda: somebody(Role.MEMBER, organisation="ZI600"), False),
        (lambda: somebody(Role.CHAIR), False),
        (lambda: somebody(Role.REGION), False),
    ],
)
def test_own_body_reads_its_copy_and_nobody_else(
    who: Callable[[], Person], sees: bool, item: Item, body: Organisation, secretary: Person, chair: Person
) -> None:
    made = prepared(item, secretary, body)
    decided(made, chair)
    person = who()
    assert (reads(person) == [COPY]) is sees
    client = signed_in(person)
    assert client.get(f"/released/{made.pk}/").status_code == (200 if sees else 404)
    assert client.get(f"/released/{uuid4()}/").status_code == 404
    assert (COPY in client.get("/released/").content.decode()) is sees


def test_successor_reads_what_its_predecessor_was_given(
    item: Item, body: Organisation, secretary: Person, chair: Person
) -> None:
    heir = an_organisation("ZI603", "New House")
    Relation.objects.create(origin=body, target=heir, link=Link.SUCCEEDED_BY, recorded_at=AT)
    decided(prepared(item, secretary, body), chair)
    assert reads(somebody(Role.PROVIDER, organisation="ZI603")) == [COPY]


# --- pages of those who keep it


def test_keeper_prepares_on_the_page_and_chair_releases(
    item: Item, body: Organisation, secretary: Person, chair: Person, provider: Person
) -> None:
    client, address = signed_in(secretary), f"/intelligence/{item.pk}/release/"
    assert "Quagmire at the lighthouse" in client.get(address).content.decode()
    assert client.post(address, {"text": COPY}).status_code == 400
    assert client.post(address, {"to": body.pk, "text": COPY, "asks": ASKS}).status_code == 302
    made = Release.objects.get()
    page = client.get(f"/intelligence/releases/{made.pk}/").content.decode()
    assert "so another person must release it." in page
    assert 'name="step"' not in page
    other = signed_in(chair)
    assert "For Elm House" in other.get("/intelligence/releases/").content.decode()
    page = other.get(f"/intelligence/releases/{made.pk}/").content.decode()
    assert "Quagmire at the lighthouse" in page
    assert COPY in page
    assert "1 person here would read it" in page
    told = {"step": "released", "because": BECAUSE}
    assert client.post(f"/intelligence/releases/{made.pk}/", told).status_code == 400
    assert other.post(f"/intelligence/releases/{made.pk}/", told).status_code == 302
    assert reads(provider) == [COPY]
    assert not releases_waiting(chair, TODAY)


def test_giver_learns_that_a_copy_was_given_and_not_its_words(
    subject: Subject, body: Organisation, secretary: Person, chair: Person
) -> None:
    giver = somebody(Role.LAY_MEMBER)
    item = an_item(subject, by=giver)
    made = prepared(item, secretary, body)
    client = signed_in(giver)
    assert "A copy was given" not in client.get(f"/intelligence/{item.pk}/").content.decode()
    decided(made, chair)
    html = client.get(f"/intelligence/{item.pk}/").content.decode()
    assert "A copy was given" in html
    assert COPY not in html
    assert client.get(f"/intelligence/releases/{made.pk}/").status_code == 404


def test_copy_is_absent_for_keepers_who_may_not_see_its_item(
    subject: Subject, item: Item, body: Organisation, secretary: Person
) -> None:
    made = prepared(item, secretary, body)
    for person in (_conflicted(Role.CHAIR, subject), somebody(Role.CHAIR, system=ELSEWHERE), somebody()):
        assert one_release(person, TODAY, made.pk) is None
        assert signed_in(person).get(f"/intelligence/releases/{made.pk}/").status_code == 404
        assert not releases_waiting(person, TODAY)
