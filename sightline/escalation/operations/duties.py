"""What becomes of duties: steps, the telling of providers and their answers, and what the clocks bring about."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.escalation.following import DutyHow, may_step
from sightline.core.rulebook.levels import Force, Slot
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.directory.models import Organisation
from sightline.escalation.giving import Told
from sightline.escalation.messages import TOLD
from sightline.escalation.models import Duty, DutyStep, Telling, TellingAnswer
from sightline.escalation.operations._arising import PROVIDERS, write_down, write_down_concern, write_down_level
from sightline.escalation.queries.arising import coming_again
from sightline.escalation.queries.duties import asked_of, following_of, part_in, tellers_for
from sightline.escalation.queries.registering import registers_of
from sightline.escalation.queries.telling import people_of
from sightline.escalation.queries.waiting import (
    concerns_without_duties,
    newest_decisions,
    reviews_due_by,
    without_duties,
)
from sightline.notify.queueing import queue
from sightline.surveillance.messages import REVIEW_DUE
from sightline.surveillance.models import LevelDecision

NOT_YOURS = refused(
    "This is for those who hear of the matter: not for whoever has an interest in it, belongs to it, or sits elsewhere.",
    "COI-03",
)
LEFT_OPEN = "Not done: the guidance leaves it open."
BY_TELLING = "A provider is told in words of its own. Write down how it was told; that closes this."


@dataclass(frozen=True, slots=True)
class Raised:
    """What the clocks brought about: duties that were missing, updates that came again, and reviews of which word went."""

    missing: int
    coming: int
    reviews: int


@operation(Permission.ESCALATE, on="duty")
def step_duty(
    *, by: Actor, at: datetime, duty: Duty, how: DutyHow, says: str = "", review_on: date | None = None
) -> DutyStep:
    """This function will take a step with a duty: done, acknowledged, declined, or not yet (PRV-06; SQG 2022 Annex B).

    Raises Refused where the step is not the actor's to take or does not come next, or where it is called done and no
    risk about the subject stands on a register that the duty names (RPT-04); Already where it was taken, and Invalid
    where the reason holds what looks like personal data.
    """
    today = timezone.localdate(at)
    found = _locked(by, today, duty)
    last = found.steps.order_by("-recorded_at", "-pk").first()
    words = says.strip()
    if last is not None and (last.how, last.says, last.review_on) == (how.value, words, review_on):
        raise Already("This is on record already.")
    part = part_in(by, today, found)
    if how is DutyHow.DONE and Slot(found.to) in PROVIDERS and part.does:
        raise Refused(refused(BY_TELLING, "PRV-03"))
    status = following_of(found, today).status
    asked = asked_of(found, registers_of(by, today, [found]).get(found.pk, ()))
    if not (verdict := may_step(asked, status, how, part, today, words, review_on)):
        raise Refused(verdict)
    why_it_stays([words], "")
    if how is DutyHow.DECLINED and not words and Force(found.force) is Force.MAY:
        words = LEFT_OPEN
    review = review_on if how is DutyHow.NOT_YET else None
    return _step(found, how, today, at, by, words, review)


@operation(Permission.ESCALATE, on="duty")
def tell_provider(*, by: Actor, at: datetime, duty: Duty, told: Told) -> Telling:
    """This function will write down how a provider was told, and give it a copy of its own (PRV-01 to PRV-05; QSG 2017 ¶46-47).

    Raises Already where it was told, Refused where that is not the actor's to do, and Invalid where the copy holds what
    looks like personal data and nobody says why.
    """
    today = timezone.localdate(at)
    found = _locked(by, today, duty)
    if hasattr(found, "telling"):
        raise Already("The provider was told already.")
    decision = found.decision
    if Slot(found.to) not in PROVIDERS or found.organisation is None or decision is None:
        raise Invalid("Nobody is told by this duty: it names no provider.")
    status = following_of(found, today).status
    if not (verdict := may_step(asked_of(found), status, DutyHow.DONE, part_in(by, today, found), today)):
        raise Refused(verdict)
    _check(told, found, today)
    telling = Telling.objects.create(
        duty=found,
        organisation=found.organisation,
        told_by=Organisation.objects.get(pk=told.told_by),
        spoken_by=told.spoken_by.strip(),
        recipient=told.recipient.strip(),
        channel=told.channel.strip(),
        text=told.text.strip(),
        level=decision.level_to,
        pack=decision.pack,
        knowingly=why_it_stays([told.text], told.knowingly),
        told_on=told.told_on,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    _step(found, DutyHow.DONE, told.told_on, at, by)
    people = people_of(found.organisation, Slot(found.to), today)
    queue(at=at, kind=TOLD, record=str(telling.pk), path=reverse("told_one", args=[telling.pk]), people=people)
    return telling


@operation(Permission.ESCALATE, on="telling")
def answer_telling(*, by: Actor, at: datetime, telling: Telling, text: str = "") -> TellingAnswer:
    """This function will keep what a provider answers to what it was told; without words, that it has read it (PRV-03).

    The first answer acknowledges the duty. Raises Refused for whoever does not work for the provider that was told.
    """
    today = timezone.localdate(at)
    found = Telling.objects.told_to(by, today).filter(pk=telling.pk).select_for_update(of=("self",)).first()
    if found is None:
        raise Refused(refused("This is for the provider that was told.", "PER-10"))
    words = text.strip()
    if found.answers.filter(text=words).exists():
        raise Already("This answer is on record already.")
    why_it_stays([words], "")
    made = TellingAnswer.objects.create(telling=found, text=words, recorded_at=at, recorded_by=by.actor_id)
    if not DutyStep.objects.filter(duty=found.duty_id, how=DutyHow.ACKNOWLEDGED.value).exists():
        _step(found.duty, DutyHow.ACKNOWLEDGED, today, at, by)
    return made


@operation(Permission.ESCALATE)
def raise_what_is_missing(*, by: Actor, at: datetime) -> Raised:
    """This function will raise what ought to be there by now and is not: for the server's clock, as often as it likes.

    That is each duty of a level, or of a concern at Routine (RPT-01), that has none yet, what comes again while a
    subject stays where it is (SUR-09, PRV-04), and word of each review whose day has come (SUR-10). All of it is kept or
    nothing, so that a run that is cut off leaves no half; of two at one moment, one waits for the other.
    """
    today = timezone.localdate(at)
    newest = list(newest_decisions().select_for_update(of=("self",), no_key=True))
    missing = sum(len(_catch_up(one, at)) for one in without_duties())
    missing += sum(len(write_down_concern(one, at)) for one in concerns_without_duties(today))
    coming = _come_again(newest, at, today)
    return Raised(missing, coming, _tell_of_reviews(at, today))


# --- shared by the above


def _catch_up(decision: LevelDecision, at: datetime) -> Collection[Duty]:
    return write_down_level(decision, at, timezone.localdate(decision.decided_at))


def _come_again(newest: Iterable[LevelDecision], at: datetime, on: date) -> int:
    found = 0
    for decision in newest:
        for one in coming_again(decision, on):
            rules = one.guidance
            given = {"arisen_on": one.cycle, "due_on": one.due_on}
            made = write_down(decision, one.arising, at=at, version=rules.version, pack=rules.pack, **given)
            found += len(made)
    return found


def _tell_of_reviews(at: datetime, on: date) -> int:
    found = 0
    for one in reviews_due_by(on):
        path = reverse("levels_of_subject", args=[one.decision.subject_id])
        record, again = str(one.decision.pk), one.due_on.isoformat()
        found += queue(at=at, kind=REVIEW_DUE, record=record, path=path, people=one.people, again=again)
    return found


def _locked(by: Actor, on: date, duty: Duty) -> Duty:
    """A duty anew, its row locked, so that of two who act one comes after the other."""
    found = Duty.objects.visible_to(by, on).filter(pk=duty.pk).select_for_update(of=("self",))
    one = found.select_related("decision").first()
    if one is None:
        raise Refused(NOT_YOURS)
    return one


def _step(
    duty: Duty, how: DutyHow, on: date, at: datetime, by: Actor, says: str = "", review_on: date | None = None
) -> DutyStep:
    return DutyStep.objects.create(
        duty=duty,
        how=how.value,
        happened_on=on,
        says=says,
        review_on=review_on,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


def _check(told: Told, duty: Duty, on: date) -> None:
    problems = []
    if told.told_by not in {one.pk for one in tellers_for(duty)}:
        problems.append("Choose one of the organisations that are concerned with this.")
    if told.told_on > on:
        problems.append("This day is still to come. Give the day on which the provider was told.")
    if told.told_on < duty.arisen_on:
        problems.append("This day lies before the level was set. Give the day on which the provider was told of it.")
    if not all(one.strip() for one in (told.spoken_by, told.recipient, told.channel, told.text)):
        problems.append("Say who told whom, how, and in which words.")
    if problems:
        raise Invalid(*problems)
