"""Who answers for a subject's quality, and what its board has not on record, as its page says them."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from sightline.core.access import Role
from sightline.directory.models import Organisation
from sightline.directory.operations import add_subject, record_fact
from sightline.directory.words import FactKind, Kind, Link, SubjectKind
from tests.factories import directory as make
from tests.factories.accounts import a_person, signed_in

pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture
def member(house: None) -> Client:
    return signed_in(a_person(Role.MEMBER))


def _told(client: Client, subject: object) -> dict[str, str]:
    """This function will give what the page says of who is responsible, by its label."""
    html = client.get(f"/subjects/{subject}/").content.decode()
    part = html[html.index('id="responsible"') : html.index('id="history"')]
    return dict(re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", part, re.S)) | {"gaps": part.partition("Gaps in")[2]}


def _in_a_system() -> tuple[Organisation, Organisation]:
    trust, board = make.an_organisation("ZR1", "First Trust"), make.an_organisation("QZ5", "Quiet Board", Kind.ICB)
    make.a_relation(trust, Link.PART_OF, board)
    make.a_relation(board, Link.PART_OF, make.an_organisation("ZY1", "Far Region", Kind.REGION))
    return trust, board


def _fact(body: Organisation, kind: FactKind, value: str) -> None:
    record_fact(by=make.KEEPER, at=make.AT, organisation=body, kind=kind, value=value, source="A paper")


@pytest.mark.requirement("ORG-15")
def test_page_says_where_accountability_sits_and_what_is_not_recorded(member: Client) -> None:
    trust, board = _in_a_system()
    subject = trust.subjects.get().pk
    told = _told(member, subject)
    assert (told["Accountable body"], told["Region"]) == ("Quiet Board", "Far Region")
    assert told["Assuring committee"] == "Not recorded"
    _fact(board, FactKind.ASSURING_COMMITTEE, "Quality committee")
    assert _told(member, subject)["Assuring committee"] == "Quality committee"


@pytest.mark.requirement("ORG-15")
def test_page_of_a_theme_says_that_nobody_is_recorded(member: Client) -> None:
    theme = add_subject(by=make.KEEPER, at=make.AT, kind=SubjectKind.THEME, name="Sepsis")
    assert _told(member, theme.pk)["Accountable body"] == "Not recorded"


@pytest.mark.requirement("ORG-11")
def test_page_of_a_provider_across_systems_asks_for_its_process_lead(member: Client) -> None:
    trust, _ = _in_a_system()
    subject = trust.subjects.get().pk
    assert not [label for label in _told(member, subject) if label.startswith("Process lead")]
    make.a_relation(trust, Link.PART_OF, make.an_organisation("QZ6", "Other Board", Kind.ICB))
    (label,) = [label for label in _told(member, subject) if label.startswith("Process lead")]
    assert _told(member, subject)[label] == "Not recorded"


@pytest.mark.requirement("ORG-13", "ORG-14")
def test_page_of_a_board_names_its_gaps_in_governance_and_a_trusts_none(member: Client) -> None:
    trust, board = _in_a_system()
    gaps = _told(member, board.subjects.get().pk)["gaps"]
    assert "quality strategy" in gaps and "memorandum of understanding" in gaps
    _fact(board, FactKind.QUALITY_STRATEGY, "Agreed in May")
    gaps = _told(member, board.subjects.get().pk)["gaps"]
    assert "quality strategy" not in gaps and "memorandum of understanding" in gaps
    assert not _told(member, trust.subjects.get().pk)["gaps"]
