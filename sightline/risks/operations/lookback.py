"""What people do with look-backs: open one, write down what was found, and say what it comes to (LRN-01; QSG 2017 ¶37)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.directory.models import Subject
from sightline.risks.models import LookBack, LookBackEnding, LookBackFinding, Risk
from sightline.risks.queries.lookback import may_finish, risk_behind
from sightline.risks.words import FindingKind
from sightline.surveillance.queries.concerns import record_for, subject_heard

NOT_YOURS = refused(
    "This is for members of the quality group, and for nobody who has an interest in this subject or works for it.",
    "COI-03",
)
FINISHED = "This look-back is finished. Open another one where there is more to learn."
TO_COME = "This day is still to come. Look back at one that has passed."
NO_FINDING = "Nothing is written down yet. Say first what was known, what was missed or what is learned."


@operation(Permission.RAISE_CONCERN, on="result")
def open_look_back(
    *, by: Actor, at: datetime, subject: Subject, as_of: date, because: str, risk: Risk | None = None
) -> LookBack:
    """This function will open a look back at a subject as of a day, on its own or because of a risk (LRN-01).

    Raises Refused for who does not hear of the subject, and Already where the very same is open.
    """
    today = timezone.localdate(at)
    system = record_for(by, today, subject)
    if system is None or subject_heard(by, today, subject.pk) is None:
        raise Refused(NOT_YOURS)
    if as_of > today:
        raise Invalid(TO_COME)
    if risk is not None and risk_behind(by, today, subject, risk.pk) is None:
        raise Refused(NOT_YOURS)
    same = LookBack.objects.filter(subject=subject, system=system, as_of=as_of, ending=None)
    if same.exists() or (risk is not None and LookBack.objects.filter(risk=risk).exists()):
        raise Already("This look-back is open already.")
    why_it_stays([because], "")
    return LookBack.objects.create(
        subject=subject,
        system=system,
        risk=risk,
        as_of=as_of,
        because=because.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.RAISE_CONCERN, on="look_back")
def record_finding(
    *, by: Actor, at: datetime, look_back: LookBack, kind: FindingKind, says: str, knowingly: str = ""
) -> LookBackFinding:
    """This function will write down what was known, what was missed, or what is learned (LRN-01).

    Raises Invalid where it says nothing, and where its words hold what looks like personal data without a reason.
    """
    found = _locked(by, timezone.localdate(at), look_back)
    words = says.strip()
    if not words:
        raise Invalid("Say in a sentence what was found.")
    if LookBackFinding.objects.filter(look_back=found, kind=kind.value, says=words).exists():
        raise Already("This is written down already.")
    return LookBackFinding.objects.create(
        look_back=found,
        kind=kind.value,
        says=words,
        knowingly=why_it_stays([words], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_RISKS, on="look_back")
def finish_look_back(*, by: Actor, at: datetime, look_back: LookBack, because: str) -> LookBackEnding:
    """This function will finish a look-back with what it comes to (LRN-01).

    Raises Invalid where nothing was written down: one that found nothing says that nothing was missed.
    """
    today = timezone.localdate(at)
    found = _locked(by, today, look_back)
    if not may_finish(by, today, found):
        raise Refused(NOT_YOURS)
    if not found.findings.exists():
        raise Invalid(NO_FINDING)
    why_it_stays([because], "")
    return LookBackEnding.objects.create(
        look_back=found, because=because.strip(), recorded_at=at, recorded_by=by.actor_id
    )


def _locked(by: Actor, on: date, look_back: LookBack) -> LookBack:
    """A look-back with its row locked, so that two who write at once come one by one; it is open and heard of."""
    found = LookBack.objects.visible_to(by, on).filter(pk=look_back.pk).select_for_update(of=("self",)).first()
    if found is None or record_for(by, on, found.subject) is None:
        raise Refused(NOT_YOURS)
    if LookBackEnding.objects.filter(look_back=found).exists():
        raise Invalid(FINISHED)
    return found
