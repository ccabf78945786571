"""CQC: ratings as dated events, the inherited ones marked, and nothing about people."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from tests.apps.indicators.sources.layouts import all_faults, parsed

LOCATION: dict[str, Any] = {
    "locationId": "1-900",
    "providerId": "1-90",
    "organisationType": "Location",
    "type": "Social Care Org",
    "name": "Invented House",
    "careHome": "Y",
    "registrationStatus": "Registered",
    "localAuthority": "Inventshire",
    "onspdIcbCode": "E54999999",
    "mainPhoneNumber": "0555 canary",
    "regulatedActivities": [{"name": "Care", "contacts": [{"personFamilyName": "Canary"}]}],
    "relationships": [{"relatedLocationId": "1-800", "relatedLocationName": "Dr Canary", "type": "HSCA Predecessor"}],
    "currentRatings": {
        "overall": {
            "rating": "Good",
            "reportDate": "2022-08-26",
            "reportLinkId": "r2",
            "keyQuestionRatings": [
                {"name": "Safe", "rating": "Good", "reportDate": "2022-08-26", "reportLinkId": "r2"},
                {
                    "name": "Caring",
                    "rating": "Outstanding",
                    "reportDate": "2018-08-11",
                    "reportLinkId": "r1",
                    "organisationId": "1-800",
                },
                {"name": "Well-led", "rating": "No published rating"},
            ],
        },
        "reportDate": "2022-08-26",
    },
    "historicRatings": [
        {
            "organisationId": "1-800",
            "reportDate": "2018-08-11",
            "reportLinkId": "r1",
            "overall": {
                "rating": "Requires improvement",
                "keyQuestionRatings": [{"name": "Caring", "rating": "Outstanding"}],
            },
            "serviceRatings": [{"name": "older people", "rating": "Good"}],
        }
    ],
}


def with_current(**overall: Any) -> dict[str, Any]:
    current = {"overall": {**LOCATION["currentRatings"]["overall"], **overall}}
    return {**LOCATION, "currentRatings": current, "historicRatings": []}


def events(document: dict[str, Any]) -> set[tuple[str, str, str, date, str]]:
    result = parsed("location.json", json.dumps(document))
    assert not result.faults
    return {(one.about, one.service, one.rating, one.published_on, one.inherited_from) for one in result.ratings}


def test_ratings_now_and_before_become_events_that_say_whose_they_were() -> None:
    assert events(LOCATION) == {
        ("overall", "", "Good", date(2022, 8, 26), ""),
        ("safe", "", "Good", date(2022, 8, 26), ""),
        ("caring", "", "Outstanding", date(2018, 8, 11), "1-800"),
        ("overall", "", "Requires improvement", date(2018, 8, 11), "1-800"),
        ("overall", "older people", "Good", date(2018, 8, 11), "1-800"),
    }


def test_an_overall_rating_in_a_predecessors_report_is_inherited() -> None:
    assert ("overall", "", "Good", date(2018, 8, 11), "1-800") in events(
        with_current(reportLinkId="r1", reportDate="2018-08-11")
    )


def test_no_published_rating_is_no_event_but_is_counted() -> None:
    result = parsed("location.json", json.dumps(LOCATION))
    assert (result.rows, result.skipped) == (5, 1)


def test_one_group_assessed_under_the_single_framework_speaks_for_the_whole_place() -> None:
    group = {"name": "Care Homes", "rating": "Good", "keyQuestionRatings": [{"name": "Safe", "rating": "Good"}]}
    other = {**group, "name": "Home care", "rating": "Inadequate"}
    published = {"assessmentPlanPublishedDateTime": "2024-09-17 15:19:48"}
    plain = {**LOCATION, "currentRatings": {}, "historicRatings": []}
    one = {**plain, "assessment": [{**published, "ratings": {"asgRatings": [group]}}]}
    assert events(one) == {("overall", "", "Good", date(2024, 9, 17), ""), ("safe", "", "Good", date(2024, 9, 17), "")}
    two = {**plain, "assessment": [{**published, "ratings": {"asgRatings": [group, other]}}]}
    assert ("overall", "Home care", "Inadequate", date(2024, 9, 17), "") in events(two)


def test_nothing_about_people_is_read() -> None:
    assert "canary" not in repr(parsed("location.json", json.dumps(LOCATION))).casefold()


def test_the_body_is_named_with_its_kind_its_provider_and_its_place() -> None:
    result = parsed("location.json", json.dumps(LOCATION))
    [body] = result.bodies
    assert (body.code, body.name, body.kind, body.operator_code) == ("1-900", "Invented House", "care_home", "1-90")
    assert (result.facts["local authority"], result.facts["predecessors"]) == ("Inventshire", "1-800")


def test_a_provider_is_read_too() -> None:
    provider = {
        "providerId": "1-90",
        "organisationType": "Provider",
        "name": "Invented Care",
        "registrationStatus": "Registered",
    }
    result = parsed("provider.json", json.dumps(provider))
    assert (result.bodies[0].code, result.bodies[0].operator_code, result.ratings) == ("1-90", "", ())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reportDate": "2122-01-01"}, "has not begun"),
        ({"reportDate": "26th of August"}, "not a date"),
        ({"rating": 7}, "not a rating"),
        ({"keyQuestionRatings": [{"name": "Kind", "rating": "Good"}]}, "not a question"),
    ],
)
def test_a_rating_that_breaks_its_rule_is_refused_with_its_mend(change: dict[str, Any], words: str) -> None:
    faults = all_faults("location.json", json.dumps(with_current(**change)))
    assert words in faults[0].says
    assert faults[0].mend


def test_a_rating_in_new_words_is_kept_and_remarked() -> None:
    result = parsed("location.json", json.dumps(with_current(rating="Splendid")))
    assert "Splendid" in {one.rating for one in result.ratings}
    assert any("new to Sightline" in warning for warning in result.warnings)
