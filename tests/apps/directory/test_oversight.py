"""Oversight of a body: segments with their year, recovery support with its director, memoranda; as pages and as facts."""

from __future__ import annotations

import html
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.core.access import Role
from sightline.directory.models import Organisation, OrganisationFact
from sightline.directory.queries import facts_of, oversight_of
from sightline.directory.words import FactKind, Kind
from tests.factories import directory as make
from tests.factories.accounts import a_person, signed_in
from tests.factories.house import clock, folder, house

__all__ = ["clock", "folder", "house"]
pytestmark = pytest.mark.usefixtures("house")
TODAY = date(2026, 1, 15)


@pytest.fixture
def trust(house: None) -> Organisation:
    return make.an_organisation("ZR1", "Lantern Trust")


@pytest.fixture
def board(house: None) -> Organisation:
    return make.an_organisation("QZ1", "Lantern ICB", Kind.ICB)


@pytest.fixture
def lead(house: None) -> Client:
    return signed_in(a_person(Role.QUALITY_LEAD))


def told(body: Organisation, kind: FactKind, value: str, since: date, **more: Any) -> OrganisationFact:
    """This function will write a fact down as though it had always been on record."""
    given = {"source": "Board paper 7", "recorded_at": make.AT, "recorded_by": "x", **more}
    return OrganisationFact.objects.create(organisation=body, kind=kind, value=value, valid_from=since, **given)


def page(client: Client, body: Organisation) -> str:
    """This function will give the words of a body's page in the directory."""
    answer = client.get(f"/directory/{body.subjects.get().pk}/")
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


@pytest.mark.requirement("ORG-16")
def test_segments_of_two_framework_years_are_told_with_their_years_and_not_compared(
    lead: Client, trust: Organisation
) -> None:
    told(trust, FactKind.OVERSIGHT_SEGMENT, "3", date(2022, 7, 1), detail="2022/23")
    told(trust, FactKind.OVERSIGHT_SEGMENT, "2", date(2023, 1, 1), detail="2022/23")
    told(trust, FactKind.OVERSIGHT_SEGMENT, "4", date(2025, 7, 1), detail="2025/26")
    words = page(lead, trust)
    table = words[words.index("Oversight segments") : words.index("</table>", words.index("Oversight segments"))]
    assert table.index("2025/26") < table.index("2022/23")
    assert "Less support or intervention than before" in table
    assert "Not to be compared: another framework year" in table and "More support" not in table
    assert "tell each with its year and do not compare them" in words
    assert "From 1 July 2022 until 31 December 2022" in table


@pytest.mark.requirement("ORG-16")
def test_segments_of_one_year_are_compared_without_a_warning(lead: Client, trust: Organisation) -> None:
    told(trust, FactKind.OVERSIGHT_SEGMENT, "2", date(2025, 4, 1), detail="2025/26")
    told(trust, FactKind.OVERSIGHT_SEGMENT, "4", date(2025, 9, 1), detail="2025/26")
    words = page(lead, trust)
    assert "More support or intervention than before" in words and "do not compare them" not in words


@pytest.mark.requirement("ORG-17")
def test_programme_names_its_director_who_is_to_be_consulted_or_says_that_none_is_known(
    lead: Client, trust: Organisation
) -> None:
    told(trust, FactKind.RECOVERY_SUPPORT, "yes", date(2025, 3, 1))
    assert "no Improvement Director is on record" in page(lead, trust)
    told(trust, FactKind.IMPROVEMENT_DIRECTOR, "Jo Reed", date(2025, 4, 1))
    words = page(lead, trust)
    assert "Jo Reed, is consulted before an action or improvement plan is agreed" in words
    assert "no Improvement Director is on record" not in words


@pytest.mark.requirement("ORG-17")
def test_time_in_the_programme_told_again_is_one_and_ends_where_it_is_said_to_be_over(trust: Organisation) -> None:
    told(trust, FactKind.RECOVERY_SUPPORT, "yes", date(2024, 3, 1))
    told(trust, FactKind.RECOVERY_SUPPORT, "yes", date(2024, 9, 1))
    told(trust, FactKind.IMPROVEMENT_DIRECTOR, "Jo Reed", date(2024, 4, 1))
    told(trust, FactKind.RECOVERY_SUPPORT, "no", date(2025, 9, 1))
    (one,) = oversight_of([trust], TODAY)[trust.pk].programmes
    assert (one.since, one.until, one.director) == (date(2024, 3, 1), date(2025, 9, 1), "Jo Reed")
    assert oversight_of([trust], TODAY)[trust.pk].support is None
    before = oversight_of([trust], date(2025, 8, 31))[trust.pk].support
    assert before is not None and before.until is None


@pytest.mark.requirement("ORG-13", "ORG-14")
def test_board_shows_its_memorandum_with_what_it_sets_and_names_what_is_missing(
    lead: Client, board: Organisation
) -> None:
    words = page(lead, board)
    assert "None is on record. It sets who owns which risk" in words
    assert "the governance of quality has gaps" in words and "memorandum of understanding with the region" in words
    told(board, FactKind.MOU, "Memorandum of May", date(2025, 5, 1), detail="The board owns risks up to 12")
    words = page(lead, board)
    assert "What it sets" in words and "The board owns risks up to 12" in words
    gaps = words[words.index("Not on record:") :]
    assert "memorandum" not in gaps[: gaps.index("</p>")] and "quality strategy" in gaps[: gaps.index("</p>")]


@pytest.mark.requirement("ORG-15")
def test_page_says_who_answers_for_quality_and_what_is_not_recorded(lead: Client, trust: Organisation) -> None:
    words = page(lead, trust)
    part = words[words.index("Who answers for its quality") :]
    assert "Accountable body" in part and "Not recorded" in part


def test_body_of_which_nothing_is_on_record_has_an_empty_oversight(trust: Organisation) -> None:
    found = oversight_of([trust], TODAY)[trust.pk]
    assert (found.segments, found.programmes, found.memorandum, found.segment) == ((), (), None, None)


_DAYS = st.dates(date(2025, 1, 1), date(2025, 1, 10))
_FACTS = st.lists(st.tuples(st.sampled_from("1234"), _DAYS, st.none() | _DAYS), max_size=6)


@pytest.mark.requirement("ORG-16")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=_FACTS, day=_DAYS)
def test_segment_that_counts_is_the_fact_in_force_on_every_day(
    trust: Organisation, facts: list[tuple[str, date, date | None]], day: date
) -> None:
    with transaction.atomic():
        for number, since, last in facts:
            if last is None or last >= since:
                told(trust, FactKind.OVERSIGHT_SEGMENT, number, since, valid_to=last, detail="2025/26")
        fact = facts_of([trust], day)[trust.pk].get(FactKind.OVERSIGHT_SEGMENT)
        for on in (day, date(2025, 2, 1)):
            found = [one for one in oversight_of([trust], on)[trust.pk].segments if one.since <= day]
            holds = [one for one in found if one.until is None or day < one.until]
            assert [str(one.number) for one in holds] == ([fact.value] if fact else [])
        transaction.set_rollback(True)
