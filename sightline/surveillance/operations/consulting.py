"""What others say to a proposed level: whether the region agrees, and who dissents, why, and what they will do."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.accounts.models import Person
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.directory.models import Organisation
from sightline.surveillance.models import Dissent, DissentWithdrawal, LevelProposal, RegionAnswer
from sightline.surveillance.operations._moving import day_is_told, demand_keeper, seen_proposal
from sightline.surveillance.queries.levels import bodies_to_dissent, own_dissents, regions_sat_for, regions_to_answer

NOT_REACHED = refused("This region is not asked: the matter does not reach it. Choose one that it does.", "LVL-09")
NOT_IN_THEIR_NAME = refused(
    "You may say so for your own organisation. For another, ask it, or ask those who keep the record.", "QSG 2017 ¶132"
)


@operation(Permission.RAISE_CONCERN, on="proposal")
def record_region_answer(
    *,
    by: Actor,
    at: datetime,
    proposal: LevelProposal,
    organisation: Organisation,
    is_agreed: bool,
    says: str = "",
    said_by: str = "",
    said_on: date | None = None,
    knowingly: str = "",
) -> RegionAnswer:
    """This function will record whether NHS England's region agrees to a proposed level (LVL-09).

    Somebody who sits for the region answers for it; whoever keeps the record may write down what they said, and says
    who it was and when. An answer may be given anew as long as nothing is decided; the newest of each region counts.
    """
    today = timezone.localdate(at)
    seen = seen_proposal(by, today, proposal)
    if organisation.pk not in {one.pk for one in regions_to_answer(seen)}:
        raise Refused(NOT_REACHED)
    is_own = organisation.code in regions_sat_for(by, today)
    if not is_own:
        demand_keeper(by, today, seen.system)
        if not said_by.strip():
            raise Invalid("Say who answered for the region.")
    day = said_on or today
    day_is_told(today, day)
    stays = why_it_stays([says, said_by], knowingly)
    last = seen.region_answers.filter(organisation=organisation).order_by("-recorded_at", "-pk").first()
    content = (is_agreed, says.strip(), day)
    if last is not None and (last.is_agreed, last.says, last.said_on) == content:
        raise Already("This answer is on record already.")
    return RegionAnswer.objects.create(
        proposal=seen,
        organisation=organisation,
        is_agreed=is_agreed,
        says=says.strip(),
        said_by=said_by.strip() or _own_name(by),
        said_on=day,
        knowingly=stays,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.RAISE_CONCERN, on="proposal")
def dissent(
    *,
    by: Actor,
    at: datetime,
    proposal: LevelProposal,
    organisation: Organisation,
    reasons: str,
    commits_to: str = "",
    is_statutory_holder: bool = False,
    knowingly: str = "",
) -> Dissent:
    """This function will record that an organisation disagrees, why, and what it will do itself (QSG 2017 ¶132).

    A body with statutory responsibility is not outvoted: while it objects, the level is not set (REC-07). The reasons
    say what further steps or information would bring agreement (SUR-12).
    """
    today = timezone.localdate(at)
    seen = seen_proposal(by, today, proposal)
    if organisation.pk not in {one.pk for one in bodies_to_dissent(by, today, seen)}:
        raise Refused(NOT_IN_THEIR_NAME)
    if not reasons.strip():
        raise Invalid("Give the reasons of whoever disagrees.")
    stays = why_it_stays([reasons, commits_to], knowingly)
    if seen.dissents.filter(organisation=organisation, withdrawal=None, reasons=reasons.strip()).exists():
        raise Already("This is on record already.")
    return Dissent.objects.create(
        proposal=seen,
        organisation=organisation,
        reasons=reasons.strip(),
        commits_to=commits_to.strip(),
        is_statutory_holder=is_statutory_holder,
        knowingly=stays,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.RAISE_CONCERN, on="dissent")
def withdraw_dissent(*, by: Actor, at: datetime, dissent: Dissent) -> DissentWithdrawal:
    """This function will take a dissent back: whoever recorded it may, or somebody of the same organisation."""
    today = timezone.localdate(at)
    found = Dissent.objects.filter(pk=dissent.pk).select_related("proposal", "withdrawal", "organisation").get()
    seen = LevelProposal.objects.visible_to(by, today).filter(pk=found.proposal_id).first()
    is_theirs = bool(own_dissents(by, today, [found]))
    if seen is None or not is_theirs:
        raise Refused(NOT_IN_THEIR_NAME)
    if hasattr(found, "withdrawal"):
        raise Already("It was taken back already.")
    if hasattr(seen, "decision"):
        raise Invalid("The level was decided meanwhile; what was said before stays on record.")
    return DissentWithdrawal.objects.create(dissent=found, recorded_at=at, recorded_by=by.actor_id)


def _own_name(by: Actor) -> str:
    return by.display_name if isinstance(by, Person) else by.actor_id
