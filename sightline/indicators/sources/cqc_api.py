"""CQC's public API: one location or provider in each file, with its ratings now and before, as dated events.

Names of managers, telephone numbers and addresses are not read. A rating that a predecessor earned is kept with the
predecessor's id, because it is not evidence about the body that now runs the place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sightline.directory.words import Kind
from sightline.intake import periods
from sightline.intake.cells import BadCell, quoted
from sightline.intake.contract import Fault, NamedBody, Parsed, RatingEvent, ReceivedFile
from sightline.intake.outcome import broken_promises, finish, nothing_found
from sightline.intake.rows import Report

NAME = "cqc_api"
TITLE = "CQC registration and ratings"
PUBLISHER = "Care Quality Commission"
ADDRESS = "https://api.service.cqc.org.uk/public/v1/"

OVERALL = "overall"
NOT_RATED = "No published rating"
KNOWN_RATINGS = frozenset(
    {
        "Outstanding",
        "Good",
        "Requires improvement",
        "Inadequate",
        "Inspected but not rated",
        "Insufficient evidence to rate",
        "Regulations met",
        "Not all regulations met",
    }
)
_QUESTIONS = {"safe", "effective", "caring", "responsive", "well-led"}
_IDS = {"Location": "locationId", "Provider": "providerId"}
# What is kept of a body beside its name: our word → the API's.
_FACTS = {
    "ods code": "odsCode",
    "local authority": "localAuthority",
    "region": "region",
    "icb code": "onspdIcbCode",
    "icb name": "onspdIcbName",
    "sector": "type",
    "registration": "registrationStatus",
    "registered on": "registrationDate",
    "deregistered on": "deregistrationDate",
    "care home": "careHome",
    "beds": "numberOfBeds",
    "dormant": "dormancy",
    "ownership": "ownershipType",
}
# The regulator's sector → what its places are, and what its providers are.
_SECTORS = {
    "NHS Healthcare Organisation": (Kind.SITE, Kind.NHS_TRUST),
    "Independent Healthcare Org": (Kind.SITE, Kind.INDEPENDENT_PROVIDER),
    "Social Care Org": (Kind.HOME_CARE, Kind.INDEPENDENT_PROVIDER),
    "Primary Medical Services": (Kind.GP_PRACTICE, Kind.PROVIDER),
    "Primary Dental Care": (Kind.DENTAL_PRACTICE, Kind.PROVIDER),
}
_AGAIN = "Fetch the document from the API again."


@dataclass(slots=True)
class _Reading:
    """One document on its way to events: whose it is, and what was found so far."""

    code: str
    today: date
    report: Report
    events: dict[tuple[object, ...], RatingEvent] = field(default_factory=dict)
    unrated: int = 0


def recognises(file: ReceivedFile) -> bool:
    """This function will say whether the document is a location or a provider as the API gives it."""
    document = file.json
    return isinstance(document, dict) and "registrationStatus" in document and _id_of(document) is not None


def parse(file: ReceivedFile, today: date) -> Parsed:
    """This function will give the body, what is known of it, and every rating with the day of its report."""
    document: Mapping[str, Any] = file.json
    code = str(_id_of(document))
    reading = _Reading(code, today, Report())
    for finding in (_current, _historic, _assessed):
        finding(document, reading)
    report = reading.report
    report.rows = len(reading.events)
    report.passed_over(reading.unrated, f"they say “{NOT_RATED}”" if reading.unrated > 1 else f"it says “{NOT_RATED}”")
    name = str(document.get("name") or "").strip()
    if not name:
        report.fault("The body has no name.", _AGAIN, column="name")
    operator = str(document.get("providerId") or "") if document["organisationType"] == "Location" else ""
    area = str(document.get("onspdIcbCode") or "")
    body = NamedBody(code, name, _kind(document), operator_code=operator, area_code=area)
    return finish(
        NAME,
        TITLE,
        file,
        report,
        ratings=tuple(reading.events.values()),
        bodies=(body,),
        facts={**_facts(document), **_relations(document)},
    )


def verify(parsed: Parsed) -> Sequence[Fault]:
    """This function will hold the document against its promises; it prints no totals."""
    return nothing_found(parsed) + broken_promises(parsed.checks)


def _id_of(document: Mapping[str, Any]) -> str | None:
    key = _IDS.get(str(document.get("organisationType")))
    value = document.get(key) if key else None
    return value if isinstance(value, str) and value else None


def _kind(document: Mapping[str, Any]) -> Kind:
    """What the body is, as far as the regulator's own sector says."""
    if document.get("careHome") == "Y":
        return Kind.CARE_HOME
    places, providers = _SECTORS.get(str(document.get("type")), (Kind.SITE, Kind.PROVIDER))
    return places if document["organisationType"] == "Location" else providers


def _facts(document: Mapping[str, Any]) -> dict[str, str]:
    return {ours: str(document[theirs]) for ours, theirs in _FACTS.items() if document.get(theirs) not in (None, "")}


def _relations(document: Mapping[str, Any]) -> dict[str, str]:
    """Ids alone of those before and after: their names may be people's names."""
    found: dict[str, list[str]] = {}
    for relation in _objects(document.get("relationships")):
        related = relation.get("relatedLocationId") or relation.get("relatedProviderId")
        kind = {"HSCA Predecessor": "predecessors", "HSCA Successor": "successors"}.get(str(relation.get("type")))
        if kind and related:
            found.setdefault(kind, []).append(str(related))
    return {kind: " ".join(sorted(set(ids))) for kind, ids in found.items()}


def _current(document: Mapping[str, Any], reading: _Reading) -> None:
    ratings = _object(document.get("currentRatings"))
    overall = _object(ratings.get(OVERALL))
    questions = list(_objects(overall.get("keyQuestionRatings")))
    day = overall.get("reportDate") or ratings.get("reportDate")
    # The overall rating names no owner; it is inherited when it stands in the same report as inherited answers.
    inherited = {one.get("reportLinkId"): one.get("organisationId") for one in questions if _is_foreign(one, reading)}
    owner = {"organisationId": inherited.get(overall.get("reportLinkId"))} if overall.get("reportLinkId") else {}
    _add(reading, {**overall, **owner}, OVERALL, "", day)
    for one in questions:
        _add(reading, one, _question(one), "", one.get("reportDate") or day)
    for service in _objects(ratings.get("serviceRatings")):
        _add_service(reading, service, service.get("reportDate") or day, service)


def _historic(document: Mapping[str, Any], reading: _Reading) -> None:
    for past in _objects(document.get("historicRatings")):
        day = past.get("reportDate")
        owner = {key: past.get(key) for key in ("organisationId", "reportLinkId")}
        overall = _object(past.get(OVERALL))
        _add(reading, {**overall, **owner}, OVERALL, "", day)
        for one in _objects(overall.get("keyQuestionRatings")):
            _add(reading, {**one, **owner}, _question(one), "", day)
        for service in _objects(past.get("serviceRatings")):
            _add_service(reading, service, day, owner)


def _assessed(document: Mapping[str, Any], reading: _Reading) -> None:
    """The single assessment framework rates groups of services; one group alone speaks for the whole place."""
    groups = list(_groups(document))
    for day, group in groups:
        service = "" if len({one.get("name") for _, one in groups}) == 1 else str(group.get("name") or "")
        link = {"reportLinkId": group.get("assessmentPlanId")}
        _add(reading, {**group, "organisationId": None, **link}, OVERALL, service, day)
        for one in _objects(group.get("keyQuestionRatings")):
            _add(reading, {"rating": one.get("rating"), **link}, _question(one), service, day)


def _groups(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for assessment in _objects(document.get("assessment")):
        day = str(assessment.get("assessmentPlanPublishedDateTime") or "")[:10]
        for group in _objects(_object(assessment.get("ratings")).get("asgRatings")):
            yield day, group


def _add_service(reading: _Reading, service: Mapping[str, Any], day: object, owner: Mapping[str, Any]) -> None:
    name = str(service.get("name") or "")
    shared = {key: owner.get(key) for key in ("organisationId", "reportLinkId")}
    _add(reading, {**service, **shared}, OVERALL, name, day)
    for one in _objects(service.get("keyQuestionRatings")):
        _add(reading, {**one, **shared}, _question(one), name, day)


def _add(reading: _Reading, given: Mapping[str, Any], about: str, service: str, day: object) -> None:
    rating = given.get("rating")
    if not rating or rating == NOT_RATED:
        reading.unrated += rating == NOT_RATED
        return
    if not isinstance(rating, str) or len(rating) > 60:
        reading.report.fault(f"{quoted(str(rating))} is not a rating.", _AGAIN, column=about)
        return
    if about not in _QUESTIONS | {OVERALL}:
        reading.report.fault(f"{quoted(about)} is not a question that CQC asks.", _AGAIN, column="name")
        return
    published = _day(day, about, reading)
    if published is None:
        return
    if rating not in KNOWN_RATINGS:
        reading.report.warnings.append(f"The rating {quoted(rating)} is new to Sightline; it is shown as written.")
    inherited = str(given["organisationId"]) if _is_foreign(given, reading) else ""
    event = RatingEvent(
        reading.code, about, rating, published, service, inherited, str(given.get("reportLinkId") or "")
    )
    # The same judgement stands among the current and the historic ones: it happened once.
    reading.events.setdefault((about, service, published, rating, inherited), event)


def _day(given: object, about: str, reading: _Reading) -> date | None:
    try:
        return periods.not_future(periods.day_of(str(given or "")), reading.today)
    except BadCell as bad:
        says = bad.says if given else "There is a rating without a date."
        reading.report.fault(says, _AGAIN, column=f"reportDate of {about}")
        return None


def _is_foreign(given: Mapping[str, Any], reading: _Reading) -> bool:
    return given.get("organisationId") not in (None, "", reading.code)


def _question(given: Mapping[str, Any]) -> str:
    return str(given.get("name") or "").casefold()


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> Iterator[Mapping[str, Any]]:
    return (one for one in value if isinstance(one, dict)) if isinstance(value, list) else iter(())
