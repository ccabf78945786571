"""What became of a task or notice: open, done, acknowledged, declined or put off; how old it is; and what may come next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sightline.core.rulebook.duties import NoticeKind
from sightline.core.rulebook.levels import Force
from sightline.core.verdict import ALLOWED, Verdict, refused


class DutyHow(StrEnum):
    """What happened to a duty."""

    DONE = "done"  # the task is done, or the notice has gone
    ACKNOWLEDGED = "acknowledged"  # by whoever was to be told
    NOT_YET = "not_yet"  # with a reason and a day on which to look again (PRV-06)
    DECLINED = "declined"  # with a reason, unless the guidance leaves it open
    HANDED_OVER = "handed_over"  # to whoever leads, once that was agreed; where it stands stays as it was


class DutyStatus(StrEnum):
    """Where a duty stands."""

    OPEN = "open"
    NOT_YET = "not_yet"
    DONE = "done"
    ACKNOWLEDGED = "acknowledged"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the guidance asks for: something to do or to tell, how strongly, since when and until when.

    ``lacking`` names the registers on which a risk about the subject has to stand before it is done, and none does.
    """

    kind: NoticeKind
    force: Force
    arisen_on: date
    due_on: date | None = None
    lacking: tuple[str, ...] = ()

    @property
    def awaits_receipt(self) -> bool:
        """Whether it is not over when it is done: what must be told counts once it was acknowledged (PRV-04)."""
        return self.kind is NoticeKind.NOTICE and self.force is Force.MUST


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a duty."""

    how: DutyHow
    on: date
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Following:
    """Where a duty stands on a day. ``days`` is how long it has been, or was, unsettled: its age (PRV-03)."""

    status: DutyStatus
    is_settled: bool
    days: int
    is_overdue: bool
    review_on: date | None = None


def followed(asked: Asked, steps: Sequence[Step], on: date) -> Following:
    """This function will say where a duty stands on a day; of its steps, given in their order, the last one counts.

    That it was handed over changes nothing of that. What was put off is overdue once its day of review has passed, and
    until then is not, whatever it was due by.
    """
    taken = [one for one in steps if one.how is not DutyHow.HANDED_OVER]
    last = taken[-1] if taken else None
    status = DutyStatus(last.how.value) if last else DutyStatus.OPEN
    is_settled = _settles(asked, status)
    until = last.on if last and is_settled else on
    review_on = last.review_on if last and status is DutyStatus.NOT_YET else None
    limit = review_on or asked.due_on
    is_overdue = not is_settled and limit is not None and on > limit and status is not DutyStatus.DONE
    return Following(status, is_settled, max(0, (until - asked.arisen_on).days), is_overdue, review_on)


def _settles(asked: Asked, status: DutyStatus) -> bool:
    match status:
        case DutyStatus.OPEN | DutyStatus.NOT_YET:
            return False
        case DutyStatus.DONE:
            return not asked.awaits_receipt
        case DutyStatus.ACKNOWLEDGED | DutyStatus.DECLINED:
            return True


@dataclass(frozen=True, slots=True)
class Part:
    """The part that somebody has in a duty: to see to it, or to receive what it brings."""

    does: bool = False
    receives: bool = False


MUST_BE_TOLD = "The guidance says that they must be told. Say “not yet”, why, and when it is looked at again."
NOT_THEIRS = "This falls to somebody else, and you do not keep the record. Ask those who are named here."


def may_step(
    asked: Asked, status: DutyStatus, how: DutyHow, part: Part, on: date, says: str = "", review_on: date | None = None
) -> Verdict:
    """This function will say whether somebody may take a step with a duty, with every reason against (PRV-06).

    Nothing is acknowledged before it was done, and not by those who did it. What the guidance leaves open may be
    declined without a reason; anything else needs one, and what is put off a day on which it is looked at again. Whom
    the guidance says must be told is told, if not yet (PRV-01, PRV-04). What asks for a risk on a register is not done
    while none stands there (RPT-04).
    """
    if how is DutyHow.HANDED_OVER:
        return refused("It passes to whoever leads by itself, once that is agreed.", "ORG-11")
    if status is DutyStatus.ACKNOWLEDGED:
        return refused("This was acknowledged, and is over.")
    if how is DutyHow.ACKNOWLEDGED:
        return _may_acknowledge(status, part)
    if not part.does:
        return refused(NOT_THEIRS)
    if status is DutyStatus.DONE:
        return refused("This is done already.")
    return _may_do(asked, how, on, says.strip(), review_on)


def _may_acknowledge(status: DutyStatus, part: Part) -> Verdict:
    if not part.receives:
        return refused("It is for those who receive it to acknowledge it.")
    return ALLOWED if status is DutyStatus.DONE else refused("It is not done yet, so there is nothing to acknowledge.")


def _may_do(asked: Asked, how: DutyHow, on: date, says: str, review_on: date | None) -> Verdict:
    verdict = ALLOWED
    if how is DutyHow.DONE and asked.lacking:
        verdict &= refused(
            f"No risk about this subject stands on {' or on '.join(asked.lacking)}. Put one there first, or say why not.",
            "RPT-04",
        )
    if how is DutyHow.DECLINED and asked.awaits_receipt:
        verdict &= refused(MUST_BE_TOLD, "PRV-06")
    elif how is DutyHow.DECLINED and asked.force is not Force.MAY and not says:
        verdict &= refused("Say in a sentence why it is not done.")
    if how is DutyHow.NOT_YET and not says:
        verdict &= refused("Say in a sentence why not yet.", "SQG 2022 Annex B")
    if how is DutyHow.NOT_YET and (review_on is None or review_on <= on):
        verdict &= refused("Give a day after today on which this is looked at again.", "SQG 2022 Annex B")
    return verdict


def passes_to_lead(status: DutyStatus, is_for_lead: bool) -> bool:
    """This function will say whether a duty passes to whoever is agreed to lead: one that is not done, and is theirs (ORG-11).

    What was done stays with whoever did it, and what each body has to do for itself stays with that body.
    """
    return is_for_lead and status in {DutyStatus.OPEN, DutyStatus.NOT_YET}
