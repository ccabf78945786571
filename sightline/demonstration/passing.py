"""What the tiers of the demonstration told each other: upward, sideways, back down, and by letter."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from sightline.core.escalation.answering import ExchangeKind
from sightline.core.rulebook.duties import Purpose
from sightline.core.rulebook.levels import Slot
from sightline.demonstration.agreed import form_key
from sightline.demonstration.cast import Part
from sightline.demonstration.geography import MAIN, NEIGHBOUR, REGION, authority_named
from sightline.demonstration.organisations import MATERNITY_TRUST
from sightline.demonstration.scene import Deed, Scene
from sightline.escalation.exchanges_given import ExchangeGiven, LetterGiven
from sightline.escalation.models import Exchange
from sightline.escalation.operations.exchange_steps import acknowledge_exchange, answer_exchange
from sightline.escalation.operations.exchanges import receive_letter, send_exchange

TO_REGION = "Maternity at Quillhaven Bay: help with midwives at night"
QUESTION = "How will you know that the plan works at night?"


def _to_the_region(scene: Scene, at: datetime) -> None:
    given = ExchangeGiven(
        kind=ExchangeKind.ESCALATION,
        sender=Slot.ICB_EXECUTIVE_QUALITY_LEAD,
        from_body=scene.body(MAIN.code),
        recipient=Slot.NHS_ENGLAND_REGION,
        to_body=scene.body(REGION.nhs_gss),
        route="icb-to-region",
        title=TO_REGION,
        says="The trust cannot fill eleven posts, and its neighbours have none to lend.",
        purpose=Purpose.ACTION,
        asks="Can the region find midwives from elsewhere for three months?",
        due_on=scene.day(300),
        subject=scene.subject(MATERNITY_TRUST),
        triggers=("outside-icb-control",),
        form_key=form_key("exchange-region"),
    )
    send_exchange(by=scene.by(Part.CHAIR), at=at, given=given)


def _region_answers(scene: Scene, at: datetime) -> None:
    sent, by = Exchange.objects.get(title=TO_REGION), scene.by(Part.REGION)
    acknowledge_exchange(by=by, at=at, exchange=sent)
    answer_exchange(
        by=by, at=at, exchange=sent, says="Four midwives come for ten weeks, and two more are asked for.",
    )  # fmt: skip


def _region_asks(scene: Scene, at: datetime) -> None:
    """A question of the region that nobody has answered yet: it ages in sight of both."""
    given = ExchangeGiven(
        kind=ExchangeKind.CHALLENGE,
        sender=Slot.NHS_ENGLAND_REGION,
        from_body=scene.body(REGION.nhs_gss),
        recipient=Slot.ICB_EXECUTIVE_QUALITY_LEAD,
        to_body=scene.body(MAIN.code),
        title=QUESTION,
        says="The plan counts shifts that were filled. Families speak of calls that were not answered.",
        purpose=Purpose.ACTION,
        asks="Which figure will tell you, by when, and who looks at it?",
        due_on=scene.day(6),
        subject=scene.subject(MATERNITY_TRUST),
        form_key=form_key("exchange-question"),
    )
    send_exchange(by=scene.by(Part.REGION), at=at, given=given)


def _to_the_neighbour(scene: Scene, at: datetime) -> None:
    given = ExchangeGiven(
        kind=ExchangeKind.SHARING,
        sender=Slot.SYSTEM_QUALITY_GROUP,
        from_body=scene.body(MAIN.code),
        recipient=Slot.SYSTEM_QUALITY_GROUP,
        to_body=scene.body(NEIGHBOUR.code),
        title="A call on every ward at three in the morning",
        says="A matron rings each ward at three. It found two unanswered bells in its first week, and costs nothing.",
        form_key=form_key("exchange-neighbour"),
    )
    send_exchange(by=scene.by(Part.SECRETARY), at=at, given=given)


def _a_letter(scene: Scene, at: datetime) -> None:
    given = LetterGiven(
        from_body=scene.body(authority_named("Harrowmere").gss),
        to_body=scene.body(MAIN.code),
        title="Falls in care homes at night",
        says="The safeguarding adults board met and noted three falls at night in homes of one owner.",
        asks="Does the group hear the same, and from whom?",
        received_on=timezone.localdate(at),
        form_key=form_key("exchange-letter"),
    )
    receive_letter(by=scene.by(Part.SECRETARY), at=at, given=given)


PASSED = (
    Deed(310, _to_the_region),
    Deed(306, _region_answers),
    Deed(75, _to_the_neighbour),
    Deed(27, _region_asks),
    Deed(12, _a_letter),
)
