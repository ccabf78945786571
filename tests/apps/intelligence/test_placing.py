"""Names that wait: settled once wherever they stand, offered again later, and never for those who may not see them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Role
from sightline.core.verdict import Invalid, Refused
from sightline.directory.models import Subject
from sightline.directory.words import Kind as Body
from sightline.directory.words import Link
from sightline.intelligence.models import About, Addressee, Item, Placing, Sighting, Unplaced
from sightline.intelligence.operations import place_name
from sightline.intelligence.queries.placing import names_to_place, one_name
from tests.factories.accounts import signed_in
from tests.factories.directory import a_relation, an_organisation
from tests.factories.groups import an_interest
from tests.factories.intelligence import LATER, TODAY, a_body, somebody
from tests.factories.published_texts import a_comment, a_report, comments, reports, taken_in

pytestmark = pytest.mark.usefixtures("house")
HOSPITAL = "The Quay Hospital"


@pytest.fixture
def secretary(house: Path) -> Person:
    return somebody(Role.SECRETARY)


@pytest.fixture
def quay(house: Path) -> Subject:
    return an_organisation("ZQ8", "Quay Clinic", Body.GP_PRACTICE).subjects.get()


def brought_in(by: Person, *names: str) -> None:
    """Reports, each to one receiver."""
    rows = [a_report(f"2024-{at:04}", receiver=name) for at, name in enumerate(names, 1)]
    taken_in(reports(*rows), by)


@pytest.mark.requirement("INT-13")
def test_one_answer_settles_a_name_wherever_it_waits(secretary: Person, quay: Subject) -> None:
    brought_in(secretary, HOSPITAL, HOSPITAL, "Nowhere Hospital")
    name = Unplaced.objects.filter(words=HOSPITAL).first()
    assert name is not None
    assert place_name(by=secretary, at=LATER, unplaced=name, subject=quay) == 2
    assert set(About.objects.values_list("subject__key", flat=True)) == {"ZQ8"} and About.objects.count() == 2
    assert Placing.objects.filter(subject=quay, recorded_by=secretary.actor_id).count() == 2
    assert Addressee.objects.filter(organisation=quay.organisation).count() == 2
    assert Sighting.objects.filter(subject=quay).values("item").distinct().count() == 2
    assert [one.words for one in names_to_place(secretary, TODAY)[0]] == ["Nowhere Hospital"]
    assert [event.verb for event in Event.objects.order_by("sequence")][1:] == ["intelligence.place_name"]


def test_answer_tells_the_successor_too(secretary: Person, quay: Subject) -> None:
    new = an_organisation("ZQ9", "Quay and Mill Clinic", Body.GP_PRACTICE)
    a_relation(quay.organisation, Link.SUCCEEDED_BY, new, valid_from=date(2025, 4, 1))
    brought_in(secretary, HOSPITAL)
    place_name(by=secretary, at=LATER, unplaced=Unplaced.objects.get(), subject=quay)
    assert sorted(About.objects.values_list("subject__key", flat=True)) == ["ZQ8", "ZQ9"]


def test_none_of_ours_settles_it_and_tells_nobody(secretary: Person) -> None:
    brought_in(secretary, HOSPITAL)
    place_name(by=secretary, at=LATER, unplaced=Unplaced.objects.get(), subject=None)
    assert not About.objects.exists() and Placing.objects.get().subject is None
    assert names_to_place(secretary, TODAY) == ([], 0)


def test_name_is_settled_once(secretary: Person, quay: Subject) -> None:
    brought_in(secretary, HOSPITAL)
    place_name(by=secretary, at=LATER, unplaced=Unplaced.objects.get(), subject=None)
    with pytest.raises(Invalid, match="meanwhile"):
        place_name(by=secretary, at=LATER, unplaced=Unplaced.objects.get(), subject=quay)
    assert Placing.objects.get().subject is None and not About.objects.exists()


def test_earlier_answer_is_offered_for_the_same_words(secretary: Person, quay: Subject) -> None:
    brought_in(secretary, HOSPITAL)
    place_name(by=secretary, at=LATER, unplaced=Unplaced.objects.get(), subject=quay)
    taken_in(reports(a_report("2025-0001", receiver=HOSPITAL)), secretary, at=LATER)
    ((name,), total) = names_to_place(secretary, TODAY)
    assert total == 1 and name.earlier is not None and name.earlier.subject == quay
    assert About.objects.count() == 1  # offered, and not taken for granted


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CHAIR, Role.AUDITOR, Role.LAY_MEMBER])
def test_who_keeps_no_record_settles_no_name(secretary: Person, quay: Subject, role: Role) -> None:
    brought_in(secretary, HOSPITAL)
    with pytest.raises(Refused):
        place_name(by=somebody(role), at=LATER, unplaced=Unplaced.objects.get(), subject=quay)
    assert not Placing.objects.exists() and not About.objects.exists()


def test_other_systems_names_are_out_of_reach(secretary: Person, quay: Subject) -> None:
    brought_in(secretary, HOSPITAL)
    other = somebody(Role.SECRETARY, system="QZ2")
    name = Unplaced.objects.get()
    assert names_to_place(other, TODAY) == ([], 0) and one_name(other, TODAY, name.pk) is None
    with pytest.raises(Refused):
        place_name(by=other, at=LATER, unplaced=name, subject=quay)
    assert signed_in(other).get(f"/intelligence/names/{name.pk}/").status_code == 404


def test_interest_hides_a_name_from_its_keeper_too(secretary: Person) -> None:
    body = a_body("ZL1", "Lantern Hospitals NHS Trust")
    brought_in(secretary, f"Lantern Hospitals NHS Trust; {HOSPITAL}")
    an_interest(secretary, body)
    assert names_to_place(secretary, TODAY) == ([], 0)


# --- pages


@pytest.fixture
def client(secretary: Person) -> Client:
    return signed_in(secretary)


def test_page_lists_each_name_once_with_candidates(client: Client, secretary: Person) -> None:
    assert "No name waits." in client.get("/intelligence/names/").content.decode()
    an_organisation("ZH1", "The Harbour Surgery", Body.GP_PRACTICE)
    an_organisation("ZH2", "The Harbour Surgery", Body.GP_PRACTICE)
    brought_in(secretary, "The Harbour Surgery", "The Harbour Surgery")
    taken_in(comments(*(a_comment(at, f"Slow {at}.") for at in range(30))), secretary)
    html = client.get("/intelligence/names/").content.decode()
    assert "2 names" in html and "30 items" in html and "Nobody on record fits" in html
    assert "code ZH1" in html and "code ZH2" in html
    assert html.count('<th scope="row"><a href="/intelligence/names/') == 2


def test_page_settles_a_name_by_a_candidate_another_or_none(client: Client, secretary: Person, quay: Subject) -> None:
    brought_in(secretary, HOSPITAL, "Nowhere Hospital", "Elsewhere Hospital")
    keys = dict(Unplaced.objects.values_list("words", "pk"))
    page = f"/intelligence/names/{keys[HOSPITAL]}/"
    assert client.post(page, {}).status_code == 400
    assert "Type the name or code" in client.post(page, {"answer": "another"}).content.decode()
    wrong = client.post(page, {"answer": "another", "other": "nobody at all"})
    assert wrong.status_code == 400 and "nobody at all" in wrong.content.decode()
    mixed = client.post(page, {"answer": "none", "other": "ZQ8"})
    assert mixed.status_code == 400 and not Placing.objects.exists()
    answer = client.post(page, {"answer": "another", "other": "ZQ8"}, follow=True)
    assert "Settled in 1 item." in answer.content.decode()
    assert About.objects.get().subject == quay
    assert client.post(f"/intelligence/names/{keys['Nowhere Hospital']}/", {"answer": "none"}).status_code == 302
    assert client.get(page).status_code == 404
    assert client.get("/intelligence/names/99999999999999999999/").status_code == 404
    offered = Item.objects.get(unplaced__words="Elsewhere Hospital").unplaced.get()
    offered.candidates = "ZQ8"
    offered.save()
    html = client.get(f"/intelligence/names/{offered.pk}/").content.decode()
    assert "Quay Clinic" in html
    assert client.post(f"/intelligence/names/{offered.pk}/", {"answer": str(quay.pk)}).status_code == 302
    assert About.objects.count() == 2


@pytest.mark.parametrize("role", [Role.MEMBER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_page_is_for_those_who_keep_the_record(role: Role) -> None:
    assert signed_in(somebody(role)).get("/intelligence/names/").status_code == 403
