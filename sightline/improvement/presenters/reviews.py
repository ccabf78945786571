"""Rapid Quality Reviews in words: lines of the list, why one was called, what it found, and to whom it reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from sightline.core.improvement.rapid import Carries, Requester, Route, Urgency
from sightline.improvement.models import RapidFinding, RapidReport, RapidReview
from sightline.improvement.presenters.plans import UNKNOWN, Tag
from sightline.improvement.queries.reviews import CLOSED, LATE, OPEN, ReviewRow
from sightline.improvement.review_words import CARRIES, REQUESTER, ROUTE, ROUTE_TAKES, THROUGH, URGENCY, Through
from sightline.profiles.presenters.words import stays
from sightline.web.environment import link
from sightline.web.wording import day, plural

__all__ = ["STATES", "FindingView", "ReportLine", "ReviewLine", "called_facts", "finding_view", "report_lines"]
STATES = [(OPEN, "Under way"), (LATE, "Its day has passed"), (CLOSED, "Closed")]
_CLOSED: Tag = ("Closed", "nhsuk-tag--grey")
_LATE: Tag = ("Its day has passed", "nhsuk-tag--orange")
_OPEN: Tag = ("Under way", "nhsuk-tag--blue")
_SENT: Tag = ("Sent", "nhsuk-tag--green")
_NOT_OWED: Tag = ("Does not apply", "nhsuk-tag--grey")
_OWED: Tag = ("Owed", "nhsuk-tag--red")


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One review of the list."""

    href: str
    subject: str
    tag: Tag
    says: str


def review_lines(rows: Iterable[ReviewRow]) -> list[ReviewLine]:
    """This function will write reviews for a list."""
    return [ReviewLine(page_of(row.review), row.review.subject.name, _tag(row), _says(row)) for row in rows]


def page_of(review: RapidReview) -> str:
    """This function will give the address of a review's page, which a later stage holds."""
    return link("rapid", review.pk)


def state_tag(review: RapidReview, *, is_late: bool) -> Tag:
    """This function will say how a review stands."""
    if hasattr(review, "ending"):
        return _CLOSED
    return _LATE if is_late else _OPEN


def _tag(row: ReviewRow) -> Tag:
    return state_tag(row.review, is_late=row.is_late)


def _says(row: ReviewRow) -> str:
    one = row.review
    said = [f"Called on {day(one.called_on)} by {asked_by(one)}."]
    if hasattr(one, "ending"):
        return f"{said[0]} Closed on {day(one.ending.ends_on)}."
    if row.newest is not None and row.newest.held_on:
        said.append(f"Held on {day(row.newest.held_on)}.")
    elif one.meets_on:
        said.append(f"{'It was to meet' if row.is_late else 'It meets'} on {day(one.meets_on)}.")
    else:
        said.append("No day is set yet.")
    if row.newest is None:
        said.append("Nothing that it found is written down yet.")
    if row.owed:
        said.append(f"{plural(len(row.owed), 'report is', 'reports are')} owed.")
    return " ".join(said)


def asked_by(review: RapidReview) -> str:
    """This function will say who asked for a review."""
    sort = REQUESTER[Requester(review.requester)]
    return f"{review.requested_by} ({sort})" if review.requested_by else sort


def called_facts(review: RapidReview, level: str) -> list[tuple[str, str]]:
    """This function will say why a review was called, on both grounds that the guidance asks for (RQR-02)."""
    told = [
        ("Asked for by", asked_by(review)),
        ("Called on", day(review.called_on)),
        ("To meet on", day(review.meets_on) or "No day is set yet"),
        ("The risk", f"{URGENCY[Urgency(review.urgency)]}: {review.risk}"),
        ("Why not in wider discussions", review.not_elsewhere),
        ("Where the subject stood", level),
        ("Why the ICB does not lead it", review.why_not_icb),
    ]
    return [(label, words) for label, words in told if words]


@dataclass(frozen=True, slots=True)
class FindingView:
    """One version of what a review found."""

    number: int
    head: str
    parts: tuple[tuple[str, str], ...]
    plan: tuple[str, str]  # its name and address
    level: str
    because: str
    stays: str


def finding_view(
    finding: RapidFinding, *, names: Mapping[str, str], levels: Mapping[str, str], plan: str, keeps: bool
) -> FindingView:
    """This function will write one version; why personal data stays in it is for those who keep the record."""
    who = names.get(finding.recorded_by, UNKNOWN)
    parts = (
        ("Held on", day(finding.held_on)),
        ("Intelligence that was shared", finding.shared),
        ("Diagnosis", finding.diagnosis),
        ("Judgement", finding.judgement),
        ("Agreed actions", finding.actions),
        ("Why there is no plan", finding.no_plan),
        ("Quality Improvement Group", _with_why(CARRIES[Carries(finding.carries)], finding.carries_why)),
        (
            "Recommended level",
            _with_why(levels.get(finding.level, finding.level), finding.level_why) if finding.level else "",
        ),
        ("Regulatory action and NHS oversight", finding.oversight),
    )
    return FindingView(
        number=finding.number,
        head=f"Version {finding.number}, written by {who} on {day(finding.recorded_at)}.",
        parts=tuple((label, words) for label, words in parts if words),
        plan=(plan, reverse("plan", args=[finding.plan_id])) if finding.plan_id and plan else ("", ""),
        level=finding.level,
        because=finding.because,
        stays=stays(finding.knowingly, keeps),
    )


def version_lines(findings: Sequence[RapidFinding]) -> list[tuple[int, str]]:
    """This function will name the versions, the newest first."""
    return [(one.number, f"of {day(one.recorded_at)}") for one in reversed(findings)]


def _with_why(words: str, why: str) -> str:
    return f"{words}. {why}" if why else f"{words}."


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One of the three reports: what it takes, what is on record of it, and what was before."""

    route: str
    name: str
    takes: str
    tag: Tag
    says: str
    head: str
    before: tuple[str, ...]


def report_lines(reports: Mapping[Route, Sequence[RapidReport]]) -> list[ReportLine]:
    """This function will say of each of the three reports what is on record of it (RQR-05)."""
    return [_report(route, rows) for route, rows in reports.items()]


def _report(route: Route, rows: Sequence[RapidReport]) -> ReportLine:
    name = ROUTE[route][0].upper() + ROUTE[route][1:]
    if not rows:
        return ReportLine(route.value, name, ROUTE_TAKES[route], _OWED, "", "", ())
    newest, *before = rows
    return ReportLine(
        route=route.value,
        name=name,
        takes=ROUTE_TAKES[route],
        tag=_SENT if newest.is_sent else _NOT_OWED,
        says=newest.says,
        head=_head(newest),
        before=tuple(f"{_head(one)} {one.says}" for one in before),
    )


def _head(one: RapidReport) -> str:
    if not one.is_sent:
        return f"Said on {day(one.on)} that it does not apply."
    how = THROUGH[Through(one.through)]
    return f"Sent on {day(one.on)} by {one.sent_by} to {one.sent_to}. {how}."


def people_of(review: RapidReview, findings: Iterable[RapidFinding]) -> set[str]:
    """This function will give whoever called a review and wrote what it found, by their actor ids."""
    return {review.recorded_by, *(one.recorded_by for one in findings)}
