"""Sets a level, and in the same breath writes down what must be done and who must be told."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.escalation.operations._arising import write_down_level
from sightline.groups.models import Office
from sightline.groups.queries import person_of
from sightline.notify.queueing import queue
from sightline.surveillance.messages import LEVEL_DECIDED
from sightline.surveillance.models import LevelDecision, LevelProposal
from sightline.surveillance.operations import decide_level


@operation(Permission.AUTHORISE_LEVEL, on="result")
def set_level(
    *,
    by: Actor,
    at: datetime,
    proposal: LevelProposal,
    office: Office,
    because: str,
    override_reason: str = "",
    knowingly: str = "",
) -> LevelDecision:
    """This function will set the level that was proposed, and write down each duty that arises (LVL-14, RPT-04 to RPT-06).

    Level, duties and messages are saved together or not at all. Raises what ``decide_level`` raises.
    """
    decision = decide_level(
        by=by,
        at=at,
        proposal=proposal,
        office=office,
        because=because,
        override_reason=override_reason,
        knowingly=knowingly,
    )
    write_down_level(decision, at, timezone.localdate(at))
    _tell_proposer(decision, by, at)
    return decision


def _tell_proposer(decision: LevelDecision, by: Actor, at: datetime) -> None:
    proposer = decision.proposal.recorded_by
    key = person_of(proposer)
    if key is None or proposer == by.actor_id:
        return
    people = Person.objects.filter(pk=key, is_active=True)
    path = reverse("level_proposal", args=[decision.proposal_id])
    queue(at=at, kind=LEVEL_DECIDED, record=str(decision.pk), path=path, people=people)
