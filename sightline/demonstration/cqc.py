"""The regulator's answers about invented locations and providers, as its public interface gives them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zlib import crc32

from sightline.demonstration.cqc_kinds import KINDS, Kind
from sightline.demonstration.cqc_stories import QUESTIONS, SITES, UNRATED, Judgement, Site, judgements_of
from sightline.demonstration.geography import REGION, authority_named, system_of
from sightline.demonstration.layout import write_json
from sightline.demonstration.months import Calendar
from sightline.demonstration.organisations import (
    GROUP_BRAND,
    GROUP_BRAND_ID,
    HOMES,
    OTHERS,
    PRACTICES,
    PREDECESSORS,
    TRUSTS,
    Provider,
    Sector,
)

Json = dict[str, Any]
REGISTERED = "2014-04-01"
GROUP_PROVIDER = "1-999000101"
FIRST_PROVIDER = 102


def write_cqc(into: Path, calendar: Calendar) -> list[Path]:
    """This function will write one answer for each location and each provider; a care-home group is one provider."""
    locations = [_site(site, calendar) for site in SITES]
    locations += [_place_of_care(body, owner, calendar) for body, owner in owners()]
    owned: dict[str, list[Json]] = {}
    for location in locations:
        owned.setdefault(location["providerId"], []).append(location)
    folder = into / "cqc"
    paths = [write_json(folder / "locations" / f"location_{one['locationId']}.json", one) for one in locations]
    for owner, its_locations in owned.items():
        paths.append(write_json(folder / "providers" / f"provider_{owner}.json", _provider(owner, its_locations)))
    return paths


def owners() -> tuple[tuple[Provider, str], ...]:
    """This function will give every registered place of care with the id of its provider, numbered in order."""
    pairs = []
    number = FIRST_PROVIDER
    for body in (*HOMES, *OTHERS, *PRACTICES):
        if body.brand:
            pairs.append((body, GROUP_PROVIDER))
        else:
            pairs.append((body, f"1-999000{number}"))
            number += 1
    return tuple(pairs)


def location_id(body: Provider) -> str:
    """This function will give the regulator's id of a place of care, which for a practice is not its own code."""
    if body.sector is Sector.GP:
        return f"1-9990002{PRACTICES.index(body) + 1:02d}"
    return body.code


def _report_day(judgement: Judgement, calendar: Calendar) -> date:
    return calendar.month(judgement.back) + timedelta(days=11 + judgement.back % 13)


def _link(location: str, judgement: Judgement) -> str:
    return str(UUID(int=crc32(f"{location}|{judgement.back}".encode()) << 64, version=4))


def _current(location: str, judgement: Judgement, calendar: Calendar) -> Json:
    day, link = _report_day(judgement, calendar).isoformat(), _link(location, judgement)
    stamp = {"reportDate": day, "reportLinkId": link}
    overall = {
        "keyQuestionRatings": [
            {"name": name, "rating": rating, **stamp} for name, rating in zip(QUESTIONS, judgement.answers, strict=True)
        ],
        "rating": judgement.overall,
        **stamp,
    }
    ratings: Json = {"overall": overall, "reportDate": day}
    if judgement.services:
        ratings["serviceRatings"] = [{"name": name, "rating": rating, **stamp} for name, rating in judgement.services]
    return ratings


def _historic(location: str, judgement: Judgement, calendar: Calendar, about: str = "") -> Json:
    answers = zip(QUESTIONS, judgement.answers, strict=True)
    past: Json = {"organisationId": about} if about else {}
    past["overall"] = {
        "keyQuestionRatings": [{"name": name, "rating": rating} for name, rating in answers],
        "rating": judgement.overall,
    }
    past["reportDate"] = _report_day(judgement, calendar).isoformat()
    past["reportLinkId"] = _link(about or location, judgement)
    if judgement.services:
        past["serviceRatings"] = [{"name": name, "rating": rating} for name, rating in judgement.services]
    return past


def _rated(location: str, judgements: tuple[Judgement, ...], calendar: Calendar, inherited: str = "") -> Json:
    """The parts of an answer that speak of ratings; a visit without a rating is kept as history."""
    if not judgements:
        return {}
    rated = [one for one in judgements if one.overall != UNRATED]
    current = None if inherited or not rated else rated[-1]
    past = [one for one in reversed(judgements) if one is not current]
    newest = _report_day(judgements[-1], calendar)
    parts: Json = {
        "lastInspection": {"date": (newest - timedelta(days=40)).isoformat()},
        "lastReport": {"publicationDate": newest.isoformat()},
        "reports": [_report(location, one, calendar) for one in reversed(judgements)],
    }
    if current is not None:
        parts["currentRatings"] = _current(location, current, calendar)
    if past:
        parts["historicRatings"] = [_historic(location, one, calendar, inherited) for one in past]
    return parts


def _report(location: str, judgement: Judgement, calendar: Calendar) -> Json:
    day, link = _report_day(judgement, calendar), _link(location, judgement)
    return {
        "firstVisitDate": (day - timedelta(days=40)).isoformat(),
        "linkId": link,
        "reportDate": day.isoformat(),
        "reportType": "Location",
        "reportUri": f"/reports/{link}?{day:%Y%m%d}070000",
    }


def _location(location: str, owner: str, name: str, place_name: str, kind: Kind, beds: int) -> Json:
    place = authority_named(place_name)
    system = system_of(place.system)
    return {
        "careHome": "Y" if kind.is_care_home else "N",
        "constituency": place.name,
        "dormancy": "N",
        "gacServiceTypes": [{"description": kind.description, "name": kind.service}],
        "inspectionAreas": [],
        "inspectionCategories": [{"code": kind.category, "name": kind.category_name, "primary": "true"}],
        "inspectionDirectorate": kind.directorate,
        "localAuthority": place.name,
        "locationId": location,
        "locationTypes": [{"type": "GP Practice"}] if kind.category == "P2" else [],
        "name": name,
        "numberOfBeds": beds,
        "onspdIcbCode": system.gss,
        "onspdIcbName": system.board,
        "onspdLatitude": place.latitude,
        "onspdLongitude": place.longitude,
        "organisationType": "Location",
        "postalAddressLine1": f"1 {place.name} Way",
        "postalAddressTownCity": place.name,
        "postalCode": f"{place.postcode} 1AA",
        "providerId": owner,
        "region": REGION.name,
        "registrationDate": REGISTERED,
        "registrationStatus": "Registered",
        "regulatedActivities": [{"code": kind.activity, "name": kind.activity_name}],
        "relationships": [],
        "specialisms": [{"name": "Services for everyone"}],
        "type": kind.type,
    }


def _place_of_care(body: Provider, owner: str, calendar: Calendar) -> Json:
    location = location_id(body)
    beds = body.size if KINDS[body.sector].has_beds else 0
    answer = _location(location, owner, body.name, body.place, KINDS[body.sector], beds)
    if body.sector is Sector.GP:
        answer["odsCode"] = body.code
    if body.brand:
        answer |= {"brandId": GROUP_BRAND_ID, "brandName": GROUP_BRAND}
    return _in_order(answer | _rated(location, judgements_of(body), calendar))


def _site(site: Site, calendar: Calendar) -> Json:
    trust = next(one for one in TRUSTS if one.code == site.trust)
    answer = _location(site.location, trust.code, site.name, trust.place, KINDS[trust.sector], site.beds)
    if site.predecessor:
        former = next(one for one in SITES if one.location == site.predecessor)
        answer["registrationDate"] = calendar.merger.isoformat()
        answer["relationships"] = [_related("Predecessor", former)]
    if trust.code in PREDECESSORS:
        heir = next(one for one in SITES if one.predecessor == site.location)
        answer["registrationStatus"] = "Deregistered"
        answer["deregistrationDate"] = (calendar.merger - timedelta(days=1)).isoformat()
        answer["relationships"] = [_related("Successor", heir)]
    return _in_order(answer | _rated(site.location, site.judgements, calendar, site.predecessor))


def _related(word: str, other: Site) -> Json:
    return {
        "reason": "NHS Transfer",
        "relatedLocationId": other.location,
        "relatedLocationName": other.name,
        "type": f"HSCA {word}",
    }


def _provider(owner: str, locations: list[Json]) -> Json:
    first = locations[0]
    trust = next((one for one in TRUSTS if one.code == owner), None)
    name = trust.name if trust else f"{first['name']} Limited"
    answer: Json = {
        "providerId": owner,
        "locationIds": [one["locationId"] for one in locations],
        "organisationType": "Provider",
        "ownershipType": "NHS Body" if trust else "Organisation",
        "type": first["type"],
        "name": "Lanternlight Care Limited" if owner == GROUP_PROVIDER else name,
        "registrationStatus": "Registered",
        "registrationDate": REGISTERED,
        "postalAddressLine1": first["postalAddressLine1"],
        "postalAddressTownCity": first["postalAddressTownCity"],
        "region": REGION.name,
        "postalCode": first["postalCode"],
        "onspdLatitude": first["onspdLatitude"],
        "onspdLongitude": first["onspdLongitude"],
        "onspdIcbCode": first["onspdIcbCode"],
        "onspdIcbName": first["onspdIcbName"],
        "inspectionDirectorate": first["inspectionDirectorate"],
        "constituency": first["constituency"],
        "localAuthority": first["localAuthority"],
        "relationships": [],
        "regulatedActivities": first["regulatedActivities"],
        "inspectionCategories": first["inspectionCategories"],
        "inspectionAreas": [],
    }
    if trust:
        answer["odsCode"] = owner
    if "brandId" in first:
        answer |= {"brandId": first["brandId"], "brandName": first["brandName"]}
    if first["registrationStatus"] == "Deregistered":
        answer |= {"registrationStatus": "Deregistered", "deregistrationDate": first["deregistrationDate"]}
    return answer


def _in_order(answer: Json) -> Json:
    return dict(sorted(answer.items()))
