"""Levels of the one body: its group and offices, a concern, levels proposed and set, what followed, and its risks."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from sightline.core.escalation.answering import ExchangeHow, ExchangeKind
from sightline.core.escalation.following import DutyHow
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.levels import Slot
from sightline.core.rulebook.registers import Tier
from sightline.directory.models import Organisation, Subject
from sightline.directory.words import Kind
from sightline.escalation.models import Duty, DutyStep, Exchange, ExchangeCopy, ExchangeStep, Telling, TellingAnswer
from sightline.groups.models import GroupEnding, OfficeEnding
from sightline.indicators.models import Signal
from sightline.risks.models import (
    Acceptance,
    LookBack,
    LookBackEnding,
    LookBackFinding,
    Measure,
    MeasureStep,
    Place,
    PlaceEnding,
    RiskEnding,
    RiskReview,
)
from sightline.risks.words import FindingKind, MeasureHow, MeasureKind
from sightline.surveillance.models import (
    ConcernEnding,
    Dissent,
    EvidenceRemoval,
    FrozenEvidence,
    LevelDecision,
    LevelReview,
    ProposalEnding,
    RegionAnswer,
)
from sightline.surveillance.queries.log_copy import LogCopy
from sightline.surveillance.words import Ending, EvidenceKind
from tests.factories.groups import a_group, a_guidance, a_seat, a_seating, an_office
from tests.factories.notify import a_message
from tests.factories.risks import a_risk
from tests.factories.surveillance import (
    a_concern,
    a_decision,
    a_process_lead,
    a_proposal,
    a_referral,
    evidence,
    the_body,
)
from tests.security.personas import HOME, REGION, SUBJECT, Cast

SAID: dict[str, Any] = {"knowingly": "x", "system_causes": "x", "because": "x", "is_abuse_suspected": True}
PROPOSED: dict[str, Any] = {
    "options_exhausted": "x",
    "plan": "x",
    "follow_up_person": "x",
    "exit_evidence": "x",
    "knowingly": "x",
}


def build(cast: Cast) -> None:
    """This function will make the groups and offices, and one of every record of levels, duties and risks."""
    subject = Subject.objects.get(key=SUBJECT)
    home, region = the_body(HOME), the_body(REGION, f"Region {REGION}", Kind.REGION)
    _groups(cast, home, region)
    _concerns(cast, subject, home)
    _levels(cast, subject, home, region)
    _duties(cast, subject)
    _exchanges(cast, subject, home, region)
    _risks(cast, subject, home, region)


def _wrote(cast: Cast, who: str = "secretariat") -> dict[str, Any]:
    return {"recorded_at": timezone.now(), "recorded_by": cast.people[who].actor_id}


def _groups(cast: Cast, home: Organisation, region: Organisation) -> None:
    group, ended = a_group(home), a_group(home, "place-group", "A place group that ended")
    a_guidance(group, "sqg-2022", timezone.localdate() - timedelta(days=400))
    GroupEnding.objects.create(group=ended, ends_on=timezone.localdate(), because="x", **_wrote(cast))
    seat = a_seat(group)
    cast.records.update({"group": group, "seat": seat, "seating": a_seating(seat, cast.people["quality_lead"])})
    held = an_office(cast.people["quality_lead"], Slot.ICB_EXECUTIVE_QUALITY_LEAD, home)
    an_office(cast.people["region"], Slot.NHS_ENGLAND_REGION, region)
    left = an_office(cast.people["member"], Slot.ICB_CHAIR, home)
    OfficeEnding.objects.create(office=left, ends_on=timezone.localdate(), because="x", **_wrote(cast))
    cast.records.update({"office": held})


def _concerns(cast: Cast, subject: Subject, home: Organisation) -> None:
    by = cast.people["member"].actor_id
    concern = a_concern(subject, system=HOME, raised_on=timezone.localdate(), recorded_by=by, **SAID)
    closed = a_concern(subject, system=HOME, raised_on=timezone.localdate(), recorded_by=by, **SAID)
    ConcernEnding.objects.create(
        concern=closed, ended_on=timezone.localdate(), because="x", knowingly="x", **_wrote(cast)
    )
    a_referral(concern, reference="x", knowingly="x")
    a_process_lead(subject, home, knowingly="x")
    signal = Signal.objects.filter(subject=subject)[0]
    linked = evidence(concern, signal)
    evidence(concern, cast.records["restricted_subject"])
    removed = evidence(concern, cast.records["open"])
    EvidenceRemoval.objects.create(evidence=removed, because="x", knowingly="x", **_wrote(cast))
    cast.records.update({"concern": concern, "evidence": linked, "signal": signal})


def _levels(cast: Cast, subject: Subject, home: Organisation, region: Organisation) -> None:
    today, by = timezone.localdate(), cast.people["secretariat"].actor_id
    reaches = {"system": HOME, "reaches": (home, region), "recorded_by": by, **PROPOSED}
    earlier = today - timedelta(days=90)
    decision = a_decision(
        subject, "enhanced", earlier, cast.records["office"], because="x", concern=cast.records["concern"], **reaches
    )
    LevelDecision.objects.filter(pk=decision.pk).update(
        is_override=True,
        override_reason="x",
        remarks="x",
        knowingly="x",
        decided_by=cast.people["quality_lead"].actor_id,
    )
    FrozenEvidence.objects.create(
        decision=decision, kind=EvidenceKind.SIGNAL.value, key="signal:1", says="x", sha256="0" * 64
    )
    FrozenEvidence.objects.create(
        decision=decision,
        kind=EvidenceKind.INTELLIGENCE.value,
        key="item:1",
        item=cast.records["restricted_subject"],
        sha256="0" * 64,
    )
    LevelReview.objects.create(decision=decision, reviewed_on=today, because="x", knowingly="x", **_wrote(cast))
    proposal = a_proposal(subject, "intensive", on=today, level_from="enhanced", **reaches)
    said = {"says": "x", "said_by": "x", "said_on": today, "knowingly": "x"}
    RegionAnswer.objects.create(
        proposal=proposal, organisation=region, is_agreed=True, **said, **_wrote(cast, "region")
    )
    dissent = Dissent.objects.create(
        proposal=proposal, organisation=home, reasons="x", commits_to="x", knowingly="x", **_wrote(cast, "member")
    )
    ended = a_proposal(subject, "intensive", on=today, level_from="enhanced", **reaches)
    ProposalEnding.objects.create(
        proposal=ended, how=Ending.WITHDRAWN.value, because="x", knowingly="x", **_wrote(cast)
    )
    cast.records.update({"level decision": decision, "level proposal": proposal, "dissent": dissent})


def _duties(cast: Cast, subject: Subject) -> None:
    """One duty that is open, and one by which the provider was told."""
    common = {
        "decision": cast.records["level decision"],
        "subject": subject,
        "system": HOME,
        "pack": "sqg-2022",
        "rules_version": "sqg-2022 v1",
        "cites": "local",
        "purpose": "information",
        "force": "must",
        "falls_to": Slot.ICB_EXECUTIVE_QUALITY_LEAD.value,
        "arisen_on": timezone.localdate(),
        "recorded_at": timezone.now(),
    }
    share = Duty.objects.create(
        key="share", notice="share-with-the-region", name="Share", says="Share it", kind="task",
        to=Slot.NHS_ENGLAND_REGION.value, organisation=Organisation.objects.get(code=REGION), **common,
    )  # fmt: skip
    tell = Duty.objects.create(
        key="tell", notice="tell-the-provider", name="Tell", says="Tell it", kind="notice",
        to=Slot.PROVIDER.value, organisation=subject.organisation, **common,
    )  # fmt: skip
    untold = Duty.objects.create(
        key="untold", notice="tell-the-provider-of-the-end", name="Tell", says="Tell it", kind="notice",
        to=Slot.PROVIDER.value, organisation=subject.organisation, **common,
    )  # fmt: skip
    DutyStep.objects.create(
        duty=share, how=DutyHow.NOT_YET.value, happened_on=timezone.localdate(), says="x",
        review_on=timezone.localdate(), **_wrote(cast),
    )  # fmt: skip
    reported = Duty.objects.create(
        key="reported", notice="report-to-the-icb", name="Report", says="Report it", kind="task",
        to=Slot.ICB_EXECUTIVE_QUALITY_LEAD.value, organisation=Organisation.objects.get(code=HOME),
        **{**common, "decision": None, "concern": cast.records["concern"]},
    )  # fmt: skip
    DutyStep.objects.create(
        duty=reported, how=DutyHow.DECLINED.value, happened_on=timezone.localdate(), says="x", **_wrote(cast)
    )
    told = Telling.objects.create(
        duty=tell, organisation=subject.organisation, told_by=Organisation.objects.get(code=HOME), spoken_by="x",
        recipient="x", channel="x", text="x", level="enhanced", pack="sqg-2022", told_on=timezone.localdate(),
        **_wrote(cast),
    )  # fmt: skip
    TellingAnswer.objects.create(telling=told, text="x", **_wrote(cast, "subject_provider"))
    cast.records.update({"duty": share, "duty to tell": untold, "telling": told})
    a_message(cast.people["quality_lead"], record=str(share.pk))


def _exchanges(cast: Cast, subject: Subject, home: Organisation, region: Organisation) -> None:
    sent = Exchange.objects.create(
        kind=ExchangeKind.UPDATE.value, subject=subject, system=HOME, sender=Slot.ICB_EXECUTIVE_QUALITY_LEAD.value,
        from_body=home, recipient=Slot.NHS_ENGLAND_REGION.value, to_body=region, pack="sqg-2022", purpose="action",
        title="x", says="x", asks="x", knowingly="x", form_key=uuid4(), sent_on=timezone.localdate(),
        **_wrote(cast),
    )  # fmt: skip
    copy = LogCopy(HOME, "A group", timezone.localdate(), (), "Guidance", "sqg-2022 v1", ()).as_json
    ExchangeCopy.objects.create(exchange=sent, content=copy, sha256=hashlib.sha256(copy.encode()).hexdigest())
    ExchangeStep.objects.create(
        exchange=sent, how=ExchangeHow.ACKNOWLEDGED.value, says="x", knowingly="x", happened_on=timezone.localdate(),
        **_wrote(cast, "region"),
    )  # fmt: skip
    cast.records["exchange"] = sent


def _risks(cast: Cast, subject: Subject, home: Organisation, region: Organisation) -> None:
    """One that stands on the region's register too, and one that was closed and is the system's alone."""
    today = timezone.localdate()
    said = {
        "severity": Severity.SIGNIFICANT.value, "shared_owners": "x", "partners": "x", "pathways": "x",
        "why_raised": "x", "because": "x", "knowingly": "x",
    }  # fmt: skip
    places = ((Tier.SYSTEM, home), (Tier.ICB, home, "x"))
    risk = a_risk(
        HOME, (subject,), initial=(4, 4), scores=[((4, 3), today)], target=(2, 2), measures=(
            (MeasureKind.CONTROL, "x"), (MeasureKind.GAP, "x"), (MeasureKind.ACTION, "x")),
        places=(*places, (Tier.REGION, region)), **said,
    )  # fmt: skip
    own = a_risk(HOME, (subject,), scores=[((3, 3), today)], places=places, closed_on=today, **said)
    Place.objects.filter(risk__in=(risk, own)).update(because="x", reference="x")
    Measure.objects.filter(risk=risk).update(holder="x")
    control = Measure.objects.filter(risk=risk, kind=MeasureKind.CONTROL.value).get()
    MeasureStep.objects.create(
        measure=control, how=MeasureHow.ASSURED.value, happened_on=today, says="x", **_wrote(cast)
    )
    left = Place.objects.create(risk=own, tier=Tier.SYSTEM.value, body=home, since=today, because="x", **_wrote(cast))
    PlaceEnding.objects.create(place=left, ended_on=today, because="x", **_wrote(cast))
    Acceptance.objects.create(risk=risk, accepted_by="x", because="x", **_wrote(cast))
    RiskReview.objects.create(risk=risk, reviewed_on=today, says="x", **_wrote(cast))
    RiskEnding.objects.filter(risk=own).update(learned="x")
    back = LookBack.objects.create(
        subject=subject, system=HOME, risk=risk, as_of=today, by_itself=True, because="x", **_wrote(cast)
    )
    done = LookBack.objects.create(subject=subject, system=HOME, as_of=today, because="x", **_wrote(cast))
    for one in (back, done):
        LookBackFinding.objects.create(
            look_back=one, kind=FindingKind.LESSON.value, says="x", knowingly="x", **_wrote(cast)
        )
    LookBackEnding.objects.create(look_back=done, because="x", **_wrote(cast))
    cast.records.update({
        "risk": risk, "own risk": own, "measure": control, "place": risk.places.all()[0], "look-back": back,
    })  # fmt: skip
