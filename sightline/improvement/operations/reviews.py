"""What people do with Rapid Quality Reviews: call one, write down what it found, report, and close it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.improvement.rapid import Called, may_call, may_close_review
from sightline.core.verdict import Already, Invalid, Refused, demand, refused
from sightline.directory.models import Organisation, Subject
from sightline.groups.keeping import keeps_system
from sightline.groups.models import Group
from sightline.groups.queries import about
from sightline.improvement.giving import Overtaken
from sightline.improvement.models import Plan, RapidEnding, RapidFinding, RapidReport, RapidReview
from sightline.improvement.operations._setting_up import GroupWanted, set_up_about
from sightline.improvement.queries.plans import subject_to_plan
from sightline.improvement.queries.reviews import (
    chair_of,
    findings_of,
    found_by,
    is_of_icb,
    open_review,
    owed_by,
    standing_group,
    works_on,
)
from sightline.improvement.review_words import KIND, ROUTE
from sightline.improvement.reviews_given import CallGiven, FindingGiven, ReportGiven
from sightline.surveillance.models import Concern
from sightline.surveillance.queries import guidance_for, standing_of

NOT_YOURS = refused(
    "This is for whoever keeps the groups of this system or chairs the review, and has no interest in its subject.",
    "COI-03",
)
_UNDER_WAY = "A review of this subject is under way already. Work on that one."
_OVERTAKEN = "Somebody else wrote another version while you were at it. Read that one first."


@operation(Permission.KEEP_GROUPS, on="result")
def call_review(
    *, by: Actor, at: datetime, subject: Subject, system: str, form_key: UUID, given: CallGiven, knowingly: str = ""
) -> RapidReview:
    """This function will call a Rapid Quality Review of a subject, at as short notice as it takes (RQR-01, RQR-02).

    The group that meets for it is set up with its chair and a seat for each minimum member, or taken where one stands
    already. Raises Refused where a limb of the trigger is missing (RQR-02), where the chair may not chair (CHR-05 to
    CHR-07), where another than the ICB leads and nobody says why (RQR-06), and where a review is under way.
    """
    today = timezone.localdate(at)
    if not keeps_system(by, system, today) or subject_to_plan(by, today, subject.pk) is None:
        raise Refused(NOT_YOURS)
    if RapidReview.objects.filter(form_key=form_key).exists():
        raise Already("This review was called already.")
    area = Organisation.objects.select_for_update().filter(code=system).first()  # two at once do not both come first
    if area is None:
        raise Invalid("The directory does not know this system. Bring it in first.")
    stays = why_it_stays(given.words, knowingly)
    group = standing_group(by, today, subject, system)
    if group is not None and open_review(group) is not None:
        raise Refused(refused(_UNDER_WAY))
    demand(may_call(_called(given, subject, group, today)))
    _must_be_heard_of(by, today, given.concern, subject)
    if group is None:
        because = "A Rapid Quality Review was called."
        about_it = GroupWanted(KIND, "Rapid Quality Review", subject, area, given.chair, because, given.apart)
        group = set_up_about(by, at, about_it)
    guidance = guidance_for(system, today)
    return RapidReview.objects.create(
        group=group,
        subject=subject,
        system=system,
        concern=given.concern,
        requester=given.requester.value,
        requested_by=given.requested_by.strip(),
        urgency=given.urgency.value,
        risk=given.risk.strip(),
        not_elsewhere=given.not_elsewhere.strip(),
        why_not_icb=given.why_not_icb.strip(),
        called_on=given.called_on,
        meets_on=given.meets_on,
        level=standing_of(subject, guidance, today).level.id,
        knowingly=stays,
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.RAISE_CONCERN, on="review")
def write_findings(
    *,
    by: Actor,
    at: datetime,
    review: RapidReview,
    seen: int,
    given: FindingGiven,
    because: str = "",
    knowingly: str = "",
) -> RapidFinding:
    """This function will write down what a review found, as its next version; earlier ones stay (RQR-03, RQR-07).

    ``seen`` is the version that the writer had before them, nought for none. Raises Overtaken where it is not the newest,
    Invalid for a plan of another subject, a level that the guidance does not know, or a change without its reason.
    """
    today = timezone.localdate(at)
    found = _worked_on(by, today, review)
    newest = max((one.number for one in findings_of(found)), default=0)
    if seen != newest:
        raise Overtaken(_OVERTAKEN)
    if problems := list(_unfit(by, today, found, given, newest, because)):
        raise Invalid(*problems)
    texts = given.texts
    return RapidFinding.objects.create(
        review=found,
        number=newest + 1,
        held_on=given.held_on,
        carries=given.carries.value,
        level=given.level,
        plan=given.plan,
        knowingly=why_it_stays([*texts.values(), because], knowingly),
        because=because.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
        **texts,
    )


@operation(Permission.RAISE_CONCERN, on="review")
def record_report(
    *, by: Actor, at: datetime, review: RapidReview, given: ReportGiven, knowingly: str = ""
) -> RapidReport:
    """This function will record that a review reported on one of its routes, or why it owes no report there (RQR-05).

    What was recorded of a route before stays, and the newest counts.
    """
    today = timezone.localdate(at)
    found = _worked_on(by, today, review)
    if problems := list(_unfit_report(given, found, today)):
        raise Invalid(*problems)
    words = [given.sent_by.strip(), given.sent_to.strip()] if given.is_sent else ["", ""]
    return RapidReport.objects.create(
        review=found,
        route=given.route.value,
        is_sent=given.is_sent,
        on=given.on,
        sent_by=words[0],
        sent_to=words[1],
        through=given.through.value if given.is_sent and given.through else "",
        says=given.says.strip(),
        knowingly=why_it_stays([given.says, *words], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.RAISE_CONCERN, on="review")
def close_review(*, by: Actor, at: datetime, review: RapidReview, because: str, knowingly: str = "") -> RapidEnding:
    """This function will close a review once it found something, has its plan, and reported to all three (RQR-03 to RQR-05).

    Raises Refused with everything that is still open, each beside its paragraph.
    """
    found = _worked_on(by, timezone.localdate(at), review)
    newest = next(reversed(findings_of(found)), None)
    demand(may_close_review(found_by(newest), [ROUTE[one] for one in owed_by(found)]))
    return RapidEnding.objects.create(
        review=found,
        ends_on=timezone.localdate(at),
        because=because.strip(),
        knowingly=why_it_stays([because], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


# --- shared by the above


def _called(given: CallGiven, subject: Subject, group: Group | None, on: date) -> Called:
    seated = chair_of(group, on) if group else None
    leads = seated.chairs_for if seated else given.chair.body if given.chair else None
    return Called(
        risk=given.risk,
        not_elsewhere=given.not_elsewhere,
        called_on=given.called_on,
        on=on,
        meets_on=given.meets_on,
        is_led_by_icb=leads is None or is_of_icb(leads),
        is_about_icb=about(subject, on).case.is_the_icb,
        why_not_icb=given.why_not_icb,
    )


def _must_be_heard_of(by: Actor, on: date, concern: Concern | None, subject: Subject) -> None:
    if concern is None:
        return
    if not Concern.objects.visible_to(by, on).filter(pk=concern.pk, subject=subject).exists():
        raise Invalid("Choose one of the concerns about this subject.")


def _worked_on(by: Actor, on: date, review: RapidReview) -> RapidReview:
    """A review with its row locked, so that two who write come one by one; refused once it is closed."""
    found = RapidReview.objects.visible_to(by, on).filter(pk=review.pk).select_for_update(of=("self",)).first()
    if found is None or not works_on(by, on, found):
        raise Refused(NOT_YOURS)
    if hasattr(found, "ending"):
        raise Already("This review is closed. What it found stays on record.")
    return found


def _unfit(by: Actor, on: date, review: RapidReview, given: FindingGiven, newest: int, because: str) -> Iterator[str]:
    if not any(given.texts.values()) and given.held_on is None:
        yield "Nothing is written down yet. Begin with the diagnosis."
    if newest and not because.strip():
        yield "Say in a sentence why it is written anew."
    if given.held_on is not None and not review.called_on <= given.held_on <= on:
        yield "It was held between the day on which it was called and today. Correct the day."
    if given.plan is not None:
        seen = Plan.objects.visible_to(by, on).filter(pk=given.plan.pk, subject=review.subject_id)
        if not seen.exists():
            yield "Choose one of the plans about this subject."
    if given.level and guidance_for(review.system, on).levels.levels.level(given.level) is None:
        yield "The guidance knows no such level. Choose one of those that are shown."


def _unfit_report(given: ReportGiven, review: RapidReview, on: date) -> Iterator[str]:
    if not given.says.strip():
        yield "Say what was reported." if given.is_sent else "Say why no report is owed there."
    if not review.called_on <= given.on <= on:
        yield "The day lies before the review was called, or is still to come. Correct it."
    if given.is_sent and not (given.sent_by.strip() and given.sent_to.strip() and given.through):
        yield "Say who sent it, to whom, and how."
