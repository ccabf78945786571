"""Concerns, offices, proposals and levels for tests, made by rows as though they had long been on record."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import uuid4

from sightline.accounts.models import Person
from sightline.core.access import Grant, Role
from sightline.core.rulebook.circumstances import Commissioner, Severity
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Organisation, Subject
from sightline.directory.words import Kind
from sightline.groups.models import Office
from sightline.indicators.models import Signal
from sightline.intelligence.models import Item
from sightline.profiles.models import OtherProcess, Profile
from sightline.surveillance.models import (
    Concern,
    ConcernReferral,
    ConcernStatement,
    Evidence,
    LevelDecision,
    LevelProposal,
    ProcessLead,
    Reach,
)
from sightline.surveillance.words import EvidenceKind
from tests.factories.accounts import LONG_AGO, a_person
from tests.factories.directory import an_organisation
from tests.factories.indicators import TODAY

SYSTEM, REGION = "QZ1", "QY1"
PACK, VERSION = "sqg-2022", "sqg-2022 v1"
SAYS = "Falls on two wards go on rising, and the plan of last year was not kept to."
# By which rule a level is authorised, and by which trigger it is reached, where nobody says otherwise.
AUTHORITY = {"intensive": "intensive-by-nhs-england"}
TRIGGER = {"enhanced": "safety-concerns", "intensive": "act-rapidly"}

Piece = Signal | Item | Profile | OtherProcess


def the_body(code: str = SYSTEM, name: str = "", kind: Kind = Kind.ICB) -> Organisation:
    """This function will give the organisation of a code, made where it is not there yet: an ICB unless said otherwise."""
    found = Organisation.objects.filter(code=code).first()
    return found or an_organisation(code, name or f"Board of {code}", kind)


def the_region(code: str = REGION) -> Organisation:
    """This function will give a region of NHS England, made where it is not there yet."""
    return the_body(code, f"Region {code}", Kind.REGION)


def an_office(
    person: Person | None = None,
    slot: Slot = Slot.ICB_EXECUTIVE_QUALITY_LEAD,
    organisation: Organisation | None = None,
    **more: Any,
) -> Office:
    """This function will make an office that somebody has held for long: of the system's board, or of the region."""
    is_region = slot is Slot.NHS_ENGLAND_REGION
    role = Grant(Role.REGION, organisation=REGION) if is_region else Grant(Role.QUALITY_LEAD, system=SYSTEM)
    return Office.objects.create(
        slot=slot.value,
        organisation=organisation or (the_region() if is_region else the_body()),
        person=person or a_person(role),
        **{
            "valid_from": date(2020, 1, 1),
            "because": "Scheme of delegation",
            "recorded_at": LONG_AGO,
            "recorded_by": "x",
            **more,
        },
    )


def a_concern(
    subject: Subject,
    says: str = SAYS,
    *,
    system: str = SYSTEM,
    raised_on: date = TODAY,
    recorded_by: str = "person:raised-it",
    follows: Concern | None = None,
    **said: Any,
) -> Concern:
    """This function will make a concern with its first statement; ``said`` are fields of the statement."""
    at = moment_of(raised_on)
    concern = Concern.objects.create(
        subject=subject,
        system=system,
        raised_on=raised_on,
        follows=follows,
        form_key=uuid4(),
        recorded_at=at,
        recorded_by=recorded_by,
    )
    a_statement(concern, says, recorded_at=at, recorded_by=recorded_by, **said)
    return concern


def a_statement(concern: Concern, says: str = SAYS, **said: Any) -> ConcernStatement:
    """This function will state a concern anew, or for the first time."""
    plain = {
        "number": concern.statements.count() + 1,
        "severity": Severity.SIGNIFICANT.value,
        "commissioned_by": Commissioner.ICB.value,
        "why_not_closer": "The wards and the council have to act together.",
        "recorded_at": concern.recorded_at,
        "recorded_by": concern.recorded_by,
    }
    return ConcernStatement.objects.create(concern=concern, says=says, **{**plain, **said})


def evidence(concern: Concern, piece: Piece, **more: Any) -> Evidence:
    """This function will link one piece to a concern, whatever sort of piece it is."""
    fields: dict[type, tuple[EvidenceKind, str]] = {
        Signal: (EvidenceKind.SIGNAL, "signal"),
        Item: (EvidenceKind.INTELLIGENCE, "item"),
        Profile: (EvidenceKind.PROFILE, "profile"),
        OtherProcess: (EvidenceKind.OTHER_PROCESS, "other_process"),
    }
    kind, field = fields[type(piece)]
    given = {"recorded_at": concern.recorded_at, "recorded_by": concern.recorded_by, **more}
    return Evidence.objects.create(concern=concern, kind=kind.value, **{field: piece}, **given)


def a_referral(concern: Concern, **more: Any) -> ConcernReferral:
    """This function will record that a concern was reported into safeguarding."""
    plain = {"body": "Adult safeguarding team", "referred_on": concern.raised_on, "recorded_at": concern.recorded_at}
    return ConcernReferral.objects.create(concern=concern, **{**plain, "recorded_by": concern.recorded_by, **more})


def a_process_lead(subject: Subject, organisation: Organisation | None = None, **more: Any) -> ProcessLead:
    """This function will say who leads for a subject of several commissioners or systems."""
    plain = {"agreed_on": date(2025, 9, 1), "agreed_with": "Both boards", "because": "The contract says so"}
    return ProcessLead.objects.create(
        subject=subject,
        organisation=organisation or the_body(),
        form_key=uuid4(),
        **{**plain, "recorded_at": LONG_AGO, "recorded_by": "x", **more},
    )


def a_proposal(
    subject: Subject,
    level: str = "enhanced",
    *,
    on: date = TODAY,
    system: str = SYSTEM,
    level_from: str = "",
    reaches: tuple[Organisation, ...] = (),
    **more: Any,
) -> LevelProposal:
    """This function will make a proposal that carries what the guidance of 2022 asks for, and say whom it reaches."""
    plain = {
        "pack": PACK,
        "rules_version": VERSION,
        "level_from": level_from or _level_of(subject),
        "case": "{}",
        "reason": "Three independent sources agree.",
        "triggers": TRIGGER.get(level, ""),
        "why_not_closer": "It takes more than one organisation.",
        "conflict_check": "Asked; none.",
        "group_view": "In favour.",
        "group_met_on": on,
        "next_review_on": date(on.year + 1, on.month, 1),
        "actions": "Visit the wards",
        "recorded_at": moment_of(on),
        "recorded_by": "person:proposed-it",
    }
    made = LevelProposal.objects.create(
        subject=subject, system=system, level_to=level, effective_on=on, form_key=uuid4(), **{**plain, **more}
    )
    for body in reaches:
        Reach.objects.create(proposal=made, organisation=body)
    return made


def a_decision(
    subject: Subject,
    level: str = "enhanced",
    on: date = TODAY,
    by_office: Office | None = None,
    *,
    proposal: LevelProposal | None = None,
    because: str = "The evidence holds, and the region agrees.",
    decided_at: datetime | None = None,
    **more: Any,
) -> LevelDecision:
    """This function will set a level on a subject: a proposal and its decision; ``more`` are fields of the proposal.

    Levels have to be made in the order of their days. A proposal that is given is decided as it stands.
    """
    made = proposal or a_proposal(subject, level, on=on, **more)
    is_regions = made.level_to == "intensive"
    office = by_office or an_office(slot=Slot.NHS_ENGLAND_REGION if is_regions else Slot.ICB_EXECUTIVE_QUALITY_LEAD)
    snapshot = '{"level":"' + made.level_to + '"}'
    return LevelDecision.objects.create(
        proposal=made,
        subject=made.subject,
        system=made.system,
        number=LevelDecision.objects.filter(subject=made.subject).count() + 1,
        pack=made.pack,
        rules_version=made.rules_version,
        level_from=made.level_from,
        level_to=made.level_to,
        effective_on=made.effective_on,
        next_review_on=made.next_review_on,
        office=office,
        slot=office.slot,
        authority=AUTHORITY.get(made.level_to, "enhanced-by-the-icb"),
        because=because,
        snapshot=snapshot,
        snapshot_sha256=hashlib.sha256(snapshot.encode()).hexdigest(),
        decided_at=decided_at or moment_of(made.effective_on),
        decided_by=office.person.actor_id,
    )


def moment_of(day: date) -> datetime:
    """This function will give noon of a day."""
    return datetime.combine(day, time(12), UTC)


def _level_of(subject: Subject) -> str:
    last = LevelDecision.objects.filter(subject=subject).order_by("-number").first()
    return last.level_to if last else "routine"
