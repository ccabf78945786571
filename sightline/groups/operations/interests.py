"""Changes to declared interests, which take effect at once, and to agreements to share information."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from sightline.accounts.models import Person
from sightline.accounts.queries import colleagues
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission, systems_where
from sightline.core.verdict import Invalid, Refused, refused
from sightline.directory.models import Organisation, Subject
from sightline.groups.models import DeclaredInterest, InterestEnding, SharingAgreement
from sightline.groups.words import AgreementStatus, InterestKind

SOURCE = "SQG 2022 Annex A"


@operation(Permission.DECLARE_INTEREST, on="result")
def declare_interest(
    *,
    by: Actor,
    at: datetime,
    subject: Subject,
    kind: InterestKind,
    detail: str,
    since: date | None = None,
    until: date | None = None,
) -> DeclaredInterest:
    """This function will declare an interest of one's own, which closes the subject and its family to oneself (COI-01).

    Raises Invalid when the same interest is declared already or its days do not fit, Refused for whoever is no person.
    """
    if not isinstance(by, Person):
        raise Refused(refused("Only a person has interests. Sign in as the person whose interest it is.", SOURCE))
    today = timezone.localdate(at)
    return _add(by, subject, kind, detail, today, since or today, until, "", by, at)


@operation(Permission.KEEP_INTERESTS, on="result")
def record_interest(
    *,
    by: Actor,
    at: datetime,
    person: Person,
    subject: Subject,
    kind: InterestKind,
    detail: str,
    because: str,
    declared_on: date | None = None,
    since: date | None = None,
    until: date | None = None,
) -> DeclaredInterest:
    """This function will write down an interest that another told of, as at a meeting (COI-01, COI-02).

    ``because`` says how it became known. Raises Refused when the person holds no role in a system whose interests the
    actor keeps, and Invalid as for one's own.
    """
    today = timezone.localdate(at)
    if not colleagues(Permission.KEEP_INTERESTS, by=by, on=today).filter(pk=person.pk).exists():
        raise Refused(refused("You keep the interests of those who hold a role in your own system.", SOURCE))
    said_on = declared_on or today
    if said_on > today:
        raise Invalid("An interest cannot have been declared on a day that is yet to come.")
    return _add(person, subject, kind, detail, said_on, since or said_on, until, because, by, at)


@operation(Permission.DECLARE_INTEREST, on="interest")
def end_interest(
    *, by: Actor, at: datetime, interest: DeclaredInterest, because: str, ends_on: date | None = None
) -> InterestEnding:
    """This function will end an interest, one's own or one that the actor keeps; the row itself stays on record.

    ``ends_on`` is the first day on which it no longer holds. Raises Invalid when it was ended before, or the day is
    yet to come or lies before its beginning.
    """
    today = timezone.localdate(at)
    if not DeclaredInterest.objects.visible_to(by, today).filter(pk=interest.pk).exists():
        raise Refused(
            refused("An interest is ended by the person whose it is, or by whoever keeps the register.", SOURCE)
        )
    if InterestEnding.objects.filter(interest=interest).exists():
        raise Invalid("This interest was ended before.")
    last = ends_on or today
    if last > today:
        raise Invalid("An interest is ended once it is over: give today or an earlier day, or come back then.")
    if last < min(interest.since, today):
        raise Invalid("The interest cannot end before it began: give a later day.")
    return InterestEnding.objects.create(
        interest=interest, ends_on=last, because=because.strip(), recorded_at=at, recorded_by=by.actor_id
    )


@operation(Permission.KEEP_INTERESTS, on="result")
def record_agreement(
    *,
    by: Actor,
    at: datetime,
    organisation: Organisation,
    system: str,
    status: AgreementStatus,
    because: str,
    agreed_on: date | None = None,
    review_on: date | None = None,
    reference: str = "",
) -> SharingAgreement:
    """This function will record how it stands with an organisation's agreement to share information (IGV-06).

    What was recorded before stays. Raises Refused for another system's group, and Invalid where the days do not fit
    the standing or each other.
    """
    systems = systems_where(by, Permission.KEEP_INTERESTS, timezone.localdate(at))
    if systems is not None and system not in systems:
        raise Refused(refused("You keep the agreements of your own system's group.", SOURCE))
    if problems := _unfit(status, agreed_on, review_on, timezone.localdate(at)):
        raise Invalid(*problems)
    return SharingAgreement.objects.create(
        organisation=organisation,
        system=system,
        status=status.value,
        agreed_on=agreed_on,
        review_on=review_on,
        reference=reference.strip(),
        because=because.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


def _unfit(status: AgreementStatus, agreed_on: date | None, review_on: date | None, today: date) -> list[str]:
    """What is wrong with the days of an agreement."""
    problems = []
    if status is AgreementStatus.AGREED and agreed_on is None:
        problems.append("Give the day on which it was agreed.")
    if status in {AgreementStatus.IN_DISCUSSION, AgreementStatus.DECLINED} and agreed_on is not None:
        problems.append("It has no day of agreement unless it was agreed. Leave that day empty.")
    if status is not AgreementStatus.AGREED and review_on is not None:
        problems.append("Only what is agreed is due for review. Leave that day empty.")
    if agreed_on is not None and agreed_on > today:
        problems.append("The day of agreement lies ahead. Record it once it is agreed.")
    if agreed_on is not None and review_on is not None and review_on <= agreed_on:
        problems.append("The review comes after the day of agreement.")
    return problems


def _add(
    person: Person,
    subject: Subject,
    kind: InterestKind,
    detail: str,
    declared_on: date,
    since: date,
    until: date | None,
    because: str,
    by: Actor,
    at: datetime,
) -> DeclaredInterest:
    if not detail.strip():
        raise Invalid("Say in a sentence what the interest is.")
    if until is not None and until < since:
        raise Invalid("The last day lies before the first: correct one of the two.")
    if _overlaps(person, subject, kind, since, until):
        raise Invalid("This interest is declared already. To change it, end that one and declare it anew.")
    return DeclaredInterest.objects.create(
        person=person,
        subject=subject,
        kind=kind,
        detail=detail.strip(),
        declared_on=declared_on,
        since=since,
        until=until,
        because=because.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


def _overlaps(person: Person, subject: Subject, kind: InterestKind, since: date, until: date | None) -> bool:
    """Whether one of the same person, subject and kind holds on any day of this one."""
    same = DeclaredInterest.objects.filter(person=person, subject=subject, kind=kind).select_related("ending")
    return any(
        (until is None or one.since <= until)
        and (one.until is None or one.until >= since)
        and (one.ended_on is None or one.ended_on > max(since, one.since))
        for one in same
    )
