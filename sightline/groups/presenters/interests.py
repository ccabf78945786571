"""Declared interests in words and as rows of a file, and agreements to share information in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.accounts.models import Person
from sightline.directory.models import Subject
from sightline.groups.models import DeclaredInterest, SharingAgreement
from sightline.groups.queries import Standing
from sightline.groups.words import AGREEMENT, KIND, AgreementStatus, InterestKind
from sightline.web.wording import day, plural

NAMED = 10  # bodies named on a page before the rest are only counted
HEADER = (
    "Person", "Interest in", "Code", "Kind", "What it is", "Declared on", "Since", "Last day", "Ended on", "State",
    "Written down by", "How it became known", "Why it ended",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class InterestLine:
    """One interest as its readers see it."""

    id: UUID
    person: str
    subject: str
    subject_id: UUID
    code: str
    kind: str
    detail: str
    when: str
    state: str
    holds: bool
    can_end: bool
    closes: str
    recorded: str
    ended: str


def interest_lines(
    interests: Iterable[DeclaredInterest],
    on: date,
    names: Mapping[str, str],
    closed: Mapping[UUID, Sequence[Subject]] | None = None,
) -> list[InterestLine]:
    """This function will put interests into words; ``closed`` are the further subjects that each closes."""
    return [interest_line(one, on, names, (closed or {}).get(one.pk, ())) for one in interests]


def interest_line(
    one: DeclaredInterest, on: date, names: Mapping[str, str], closed: Sequence[Subject] = ()
) -> InterestLine:
    """This function will put one interest into words."""
    holds = one.holds_on(on)
    return InterestLine(
        id=one.pk,
        person=one.person.display_name,
        subject=one.subject.name,
        subject_id=one.subject_id,
        code=one.subject.key if one.subject.organisation_id else "",
        kind=KIND[InterestKind(one.kind)],
        detail=one.detail,
        when=_when(one),
        state=_state(one, on),
        holds=holds,
        can_end=one.ended_on is None and (one.until is None or one.until >= on),
        closes=_closes(one, closed) if holds else "",
        recorded=_recorded(one, names),
        ended=_ended(one, names),
    )


def consequence(subject: str) -> str:
    """This function will say what a declared interest brings with it."""
    return f"You will no longer see what is said about {subject}, nor take part in decisions about it."


def _when(one: DeclaredInterest) -> str:
    until = f", until {day(one.until)}" if one.until else ""
    return f"Since {day(one.since)}{until}. Declared on {day(one.declared_on)}."


def _state(one: DeclaredInterest, on: date) -> str:
    if one.holds_on(on):
        return "In force"
    return "Begins later" if on < one.since and one.ended_on is None else "Over"


def _closes(one: DeclaredInterest, closed: Sequence[Subject]) -> str:
    said = f"You do not see what is said about {one.subject.name}, nor take part in decisions about it."
    if not closed:
        return said
    named = [subject.name for subject in closed[:NAMED]]
    more = len(closed) - len(named)
    rest = f" and {more:,} more" if more else ""
    bodies = plural(len(closed), "body that belongs", "bodies that belong")
    return f"{said} The same goes for {bodies} with it: {', '.join(named)}{rest}."


def _recorded(one: DeclaredInterest, names: Mapping[str, str]) -> str:
    if one.recorded_by == one.person.actor_id:
        return ""
    return f"Written down by {names.get(one.recorded_by, 'somebody else')}: {one.because}"


def _ended(one: DeclaredInterest, names: Mapping[str, str]) -> str:
    if one.ended_on is None:
        return ""
    by = "" if one.ending.recorded_by == one.person.actor_id else names.get(one.ending.recorded_by, "somebody else")
    return f"Ended from {day(one.ended_on)} on{' by ' + by if by else ''}: {one.ending.because}"


def actors_of(interests: Iterable[DeclaredInterest]) -> set[str]:
    """This function will give the ids of those who wrote interests down or ended them."""
    found = set[str]()
    for one in interests:
        found.add(one.recorded_by)
        if one.ended_on is not None:
            found.add(one.ending.recorded_by)
    return found


def export_rows(interests: Iterable[DeclaredInterest], on: date, names: Mapping[str, str]) -> list[tuple[str, ...]]:
    """This function will write the register as rows of a file, its header first; days as year-month-day."""
    return [HEADER, *(_export_row(one, on, names) for one in interests)]


def _export_row(one: DeclaredInterest, on: date, names: Mapping[str, str]) -> tuple[str, ...]:
    return (
        one.person.display_name,
        one.subject.name,
        one.subject.key,
        KIND[InterestKind(one.kind)],
        one.detail,
        one.declared_on.isoformat(),
        one.since.isoformat(),
        one.until.isoformat() if one.until else "",
        one.ended_on.isoformat() if one.ended_on else "",
        _state(one, on),
        names.get(one.recorded_by, ""),
        one.because,
        one.ending.because if one.ended_on else "",
    )


def kind_choices() -> list[tuple[str, str]]:
    """This function will give the kinds of interest as a filter offers them."""
    return [(kind.value, words) for kind, words in KIND.items()]


def people_choices(people: Iterable[Person]) -> list[tuple[str, str]]:
    """This function will give people as a filter offers them: their names, and ids for the address."""
    return [(str(person.pk), person.display_name) for person in people]


_NONE_RECORDED = "None recorded"
_STATUS_TAG: Mapping[AgreementStatus, str] = {
    AgreementStatus.AGREED: "nhsuk-tag--green",
    AgreementStatus.IN_DISCUSSION: "nhsuk-tag--blue",
    AgreementStatus.DECLINED: "nhsuk-tag--orange",
    AgreementStatus.ENDED: "nhsuk-tag--orange",
}


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """How it stands with one organisation, as its readers see it; ``kept`` is for those who keep the record."""

    id: UUID
    name: str
    code: str
    people: str
    status: str
    tag: str
    when: str
    overdue: str
    kept: str


@dataclass(frozen=True, slots=True)
class AgreementGroup:
    """The organisations of one system's group."""

    system: str
    name: str
    says: str
    lines: tuple[AgreementLine, ...]
    keeps: bool


def agreement_group(
    system: str, name: str, found: Sequence[Standing], on: date, keeps: bool, names: Mapping[str, str]
) -> AgreementGroup:
    """This function will put the agreements of one group into words; lacking ones are a warning, never a bar."""
    sitting = [one for one in found if one.people]
    lacking = [one for one in sitting if not one.is_agreed]
    overdue = [one for one in sitting if one.is_overdue(on)]
    says = f"{plural(len(sitting), 'organisation')} in the group, {len(sitting) - len(lacking)} with an agreement."
    if overdue:
        says += f" {plural(len(overdue), 'review')} overdue."
    lines = tuple(agreement_line(one, on, keeps, names) for one in found)
    return AgreementGroup(system, name, says, lines, keeps)


def agreement_line(one: Standing, on: date, keeps: bool, names: Mapping[str, str]) -> AgreementLine:
    """This function will put one organisation's agreement into words."""
    row = one.agreement
    status = AgreementStatus(row.status) if row else None
    return AgreementLine(
        id=one.organisation.pk,
        name=one.organisation.name,
        code=one.organisation.code,
        people=plural(one.people, "person", "people") if one.people else "Nobody from it sits in the group now",
        status=AGREEMENT[status] if status else _NONE_RECORDED,
        tag=_STATUS_TAG[status] if status else "nhsuk-tag--grey",
        when=_agreed(row) if row else "",
        overdue=f"Review overdue since {day(row.review_on)}" if row and one.is_overdue(on) else "",
        kept=_kept(row, names) if row and keeps else "",
    )


def agreement_history(
    rows: Iterable[SharingAgreement], names: Mapping[str, str], groups: Mapping[str, str]
) -> list[str]:
    """This function will say all that was recorded with one organisation, for those who keep the record."""
    several = len(groups) > 1
    return [
        ". ".join(
            filter(
                None,
                (
                    groups.get(row.system, row.system) if several else "",
                    AGREEMENT[AgreementStatus(row.status)],
                    _agreed(row).rstrip("."),
                    _kept(row, names),
                ),
            )
        )
        for row in rows
    ]


def _agreed(row: SharingAgreement) -> str:
    agreed = f"Agreed on {day(row.agreed_on)}." if row.agreed_on else ""
    review = f"To be reviewed on {day(row.review_on)}." if row.review_on else ""
    return " ".join(filter(None, (agreed, review)))


def _kept(row: SharingAgreement, names: Mapping[str, str]) -> str:
    kept = f" Kept as {row.reference}." if row.reference else ""
    by = names.get(row.recorded_by, "somebody who left")
    return f"Recorded on {day(row.recorded_at)} by {by}: {row.because}{kept}"


# The words of the pages that ask.
DECLARE = {
    "title": "Declare an interest",
    "intro": (
        "Say what ties you to somebody whom the group may speak about. Your own organisation is known from your role, "
        "and need not be declared."
    ),
    "warning": (
        "You will no longer see what is said about whomever you name, nor take part in decisions about it. The same "
        "goes for whatever it runs and whoever runs it. It takes effect at once, and lasts until the interest ends."
    ),
    "button": "Declare the interest",
}
RECORD = {
    "title": "Record somebody's interest",
    "intro": "For an interest that another told of, as at the start of a meeting.",
    "warning": (
        "They will no longer see what is said about whomever you name, nor take part in decisions about it. The same "
        "goes for whatever it runs and whoever runs it. It takes effect at once. They can read what you write here."
    ),
    "button": "Record the interest",
}
