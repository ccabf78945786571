"""Changes to what a group knows of its own work: a review opened and answered, what was made of it, a chair's own view."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.accounts.models import Person
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.groups.effectiveness import Answers, counted, mixed, nothing_counted
from sightline.core.rulebook.effectiveness import AnsweredBy
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.groups.messages import EFFECTIVENESS_ASKED
from sightline.groups.models import (
    ChairSelfReview,
    ChairSelfReviewShared,
    EffectivenessReview,
    Group,
    GroupReflection,
    ReviewAnswered,
    ReviewAsked,
    ReviewTally,
)
from sightline.groups.queries.effectiveness import (
    Instrument,
    instruments,
    may_lead,
    members_to_ask,
    own_self_review,
    waiting_reviews,
)
from sightline.groups.queries.terms import presides
from sightline.notify.queueing import queue
from sightline.web.wording import day, plural

SHORTEST, LONGEST = timedelta(days=3), timedelta(days=92)
_SOURCE = "LRN-02; QSG 2017 ¶16 and ¶99; SQG 2022 footnote 11"
_CHAIR = "LRN-05; QSG 2017 ¶84-85"


@operation(Permission.SHARE_INTELLIGENCE, on="result")
def open_effectiveness_review(
    *, by: Actor, at: datetime, group: Group, instrument: str, last_day: date
) -> EffectivenessReview:
    """This function will ask the members of a group how it works, from today until a day, and tell each of them (LRN-02).

    ``instrument`` names a questionnaire as ``queries.effectiveness.Instrument.key`` does. Raises Refused for whoever
    neither keeps nor chairs the group, Invalid where so few sit there that no result could be shown, where the days do
    not fit, and where the same is being asked already.
    """
    today = timezone.localdate(at)
    group = _led(by, group, today)
    if hasattr(group, "ending") and group.ending.ends_on <= today:
        raise Invalid("The group has ended. Nobody is asked any more.")
    found = _instrument(group, AnsweredBy.MEMBERS, instrument, today)
    people, fewest = members_to_ask(group, today), found.content.threshold.answers
    problems = []
    if not today + SHORTEST <= last_day <= today + LONGEST:
        first, latest = day(today + SHORTEST), day(today + LONGEST)
        problems.append(f"Give people some days, and not too many: choose a last day from {first} to {latest}.")
    if len(people) < fewest:
        problems.append(
            f"{plural(len(people), 'member sits', 'members sit')} here. It takes {fewest} answers to show results "
            "without telling who said what, so nothing would come of it."
        )
    same = EffectivenessReview.objects.filter(
        group=group, pack=found.part.pack.id, questionnaire=found.questionnaire.id, last_day__gte=today
    )
    if running := same.first():
        problems.append(f"This is being asked already, until {day(running.last_day)}.")
    if problems:
        raise Invalid(*problems)
    review = EffectivenessReview.objects.create(
        group=group,
        pack=found.part.pack.id,
        edition=str(found.part.version),
        questionnaire=found.questionnaire.id,
        title=found.questionnaire.name,
        statements=_as_put(found),
        fewest=fewest,
        opened_on=today,
        last_day=last_day,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    ReviewTally.objects.create(review=review, counts=nothing_counted(one["id"] for one in review.statements))
    ReviewAsked.objects.bulk_create(ReviewAsked(review=review, person=one) for one in people)
    path = reverse("effectiveness_answer", args=[review.pk])
    queue(at=at, kind=EFFECTIVENESS_ASKED, record=str(review.pk), path=path, people=people)
    return review


@operation(Permission.SHARE_INTELLIGENCE, on="review")
def answer_effectiveness_review(*, by: Actor, at: datetime, review: EffectivenessReview, answers: Answers) -> None:
    """This function will mix somebody's answers among those of the others, and keep apart from them that they answered.

    Nothing that is written joins the two (ADR 0019), the event of this least of all. Nobody can read, change or take out
    an answer afterwards. Raises Refused for whoever was not asked or no longer sits there, Already where they answered,
    Invalid where an answer is missing or names people.
    """
    today = timezone.localdate(at)
    tally = ReviewTally.objects.select_for_update().get(
        review=review
    )  # two at once by one person are one after the other
    asked = ReviewAsked.objects.filter(review=review, person=by.pk if isinstance(by, Person) else None).first()
    if asked is not None and hasattr(asked, "answered"):
        raise Already("You have answered already.")
    if asked is None or not waiting_reviews(by, today).filter(pk=review.pk).exists():
        raise Refused(refused("Those who sat in the group when it was opened answer it, until its last day.", _SOURCE))
    why_it_stays([answers.words])
    try:
        tally.counts = counted(tally.counts, answers)
    except ValueError as problem:
        raise Invalid(str(problem)) from None
    tally.words, tally.answered = mixed(tally.words, answers.words), tally.answered + 1
    tally.save(update_fields=["counts", "words", "answered"])
    ReviewAnswered.objects.create(asked=asked)


@operation(Permission.SHARE_INTELLIGENCE, on="result")
def record_reflection(
    *, by: Actor, at: datetime, group: Group, meeting: str, words: str, agreed_on: date | None = None
) -> GroupReflection:
    """This function will record what a group agreed about its own work at a meeting (MTG-26; QSG 2017 ¶99).

    Raises Refused for whoever neither keeps nor chairs the group, Invalid where the day lies ahead or something is missing.
    """
    today = timezone.localdate(at)
    group = _led(by, group, today)
    when, meeting, words = agreed_on or today, meeting.strip(), words.strip()
    if not group.begun_on <= when <= today:
        raise Invalid("Give the day of the meeting: not before the group began, and not yet to come.")
    if not meeting or not words:
        raise Invalid("Say at which meeting it was agreed, and what.")
    why_it_stays([meeting, words])
    return GroupReflection.objects.create(
        group=group, meeting=meeting, words=words, agreed_on=when, recorded_at=at, recorded_by=by.actor_id
    )


@operation(Permission.SHARE_INTELLIGENCE, on="result")
def review_own_chairing(*, by: Actor, at: datetime, group: Group, instrument: str, answers: Answers) -> ChairSelfReview:
    """This function will record what somebody who chairs a group thinks of their own chairing, for themself alone (LRN-05).

    Raises Refused for whoever does not chair it, Invalid where an answer is missing.
    """
    today = timezone.localdate(at)
    if not isinstance(by, Person) or not may_lead(by, group, today) or not presides(by, group, today):
        raise Refused(refused("Whoever chairs the group looks at their own chairing.", _CHAIR))
    found = _instrument(group, AnsweredBy.CHAIR, instrument, today)
    statements = _as_put(found)
    if set(answers.steps) != {one["id"] for one in statements}:
        raise Invalid("Each statement needs one answer.")
    why_it_stays([answers.words])
    return ChairSelfReview.objects.create(
        group=group,
        person=by,
        edition=str(found.part.version),
        statements=statements,
        answers={key: int(step) for key, step in answers.steps.items()},
        words=answers.words.strip(),
        answered_on=today,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.SHARE_INTELLIGENCE, on="review")
def share_own_chairing(*, by: Actor, at: datetime, review: ChairSelfReview) -> ChairSelfReviewShared:
    """This function will show the group what somebody thinks of their own chairing, as they ask (LRN-05).

    Raises Refused for anybody else, Already where it is shared.
    """
    if own_self_review(by, review.pk) is None:
        raise Refused(refused("Whoever answered it shares it, and nobody else.", _CHAIR))
    found = ChairSelfReview.objects.select_for_update().get(pk=review.pk)
    if ChairSelfReviewShared.objects.filter(review=found).exists():
        raise Already("It is shared already.")
    return ChairSelfReviewShared.objects.create(review=found, recorded_at=at, recorded_by=by.actor_id)


# --- shared by the above


def _led(by: Actor, group: Group, on: date) -> Group:
    """A group as it is now, held against whoever changes it at the same time, for whoever keeps or chairs it."""
    if not may_lead(by, group, on):
        raise Refused(refused("Whoever keeps the group or chairs it does this.", _SOURCE))
    return Group.objects.select_for_update().get(pk=group.pk)


def _instrument(group: Group, answered_by: AnsweredBy, key: str, on: date) -> Instrument:
    found = next((one for one in instruments(group, answered_by, on) if one.key == key), None)
    if found is None:
        raise Invalid("There is no such questionnaire. Choose one of the list.")
    return found


def _as_put(found: Instrument) -> list[dict[str, str]]:
    return [
        {"id": one.id, "name": one.name, "says": one.says, "cites": one.cites} for one in found.questionnaire.statements
    ]
