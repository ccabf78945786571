"""What was made of it: answers to proposals, requests, ratings looked at, a rule of the house's own."""

from __future__ import annotations

from django.utils import timezone

from sightline.core.signals import Quadrant, SignalKind
from sightline.directory.models import Subject
from sightline.indicators.rating import OVERALL, SOURCE
from sightline.triangulation.models import ProposalDecision, RatingReview, Request, RequestAnswer
from tests.factories.indicators import a_signal
from tests.factories.rulebook import a_local_version
from tests.security.personas import HOME, OTHER, SUBJECT, Cast


def build(cast: Cast) -> None:
    """This function will have proposals answered about both bodies, one of them on evidence that few may see."""
    for name, about, rests_on in (
        ("subject", SUBJECT, ("open", "unnamed")),
        ("other", OTHER, ("plain",)),
        ("narrow", OTHER, ("plain", "restricted")),
    ):
        asked = decided(cast, name, about, rests_on)
        if name != "other":
            RequestAnswer.objects.create(
                request=asked,
                came=True,
                says="The rota came",
                recorded_at=timezone.now(),
                recorded_by=asked.recorded_by,
            )
    cast.records["request free"] = _request(cast, SUBJECT, None)
    _ratings(cast)
    cast.records["local part"] = a_local_version(by=cast.people["quality_lead"])


def decided(cast: Cast, name: str, about: str, rests_on: tuple[str, ...]) -> Request:
    """This function will answer a proposal on some evidence, and ask somebody for more."""
    decision = cast.records[f"decision {name}"] = _decision(cast, about, rests_on)
    cast.records[f"request {name}"] = made = _request(cast, about, decision)
    return made


def _decision(cast: Cast, about: str, rests_on: tuple[str, ...]) -> ProposalDecision:
    return ProposalDecision.objects.create(
        subject=Subject.objects.get(key=about),
        system=HOME,
        rule="discuss",
        pack="sqg-2022",
        row="safe",
        fingerprint="discuss|safe|x",
        says="Several sources agree.",
        evidence="\n".join(f"item:{cast.records[one].pk}" for one in rests_on),
        accepted=True,
        because="They are independent",
        recorded_at=timezone.now(),
        recorded_by=cast.people["quality_lead"].actor_id,
    )


def _request(cast: Cast, about: str, decision: ProposalDecision | None) -> Request:
    return Request.objects.create(
        subject=Subject.objects.get(key=about),
        system=HOME,
        row="safe",
        quadrant=Quadrant.EXTERNAL_QUALITATIVE.value,
        asked_of="The council",
        question="What do you hear?",
        decision=decision,
        recorded_at=timezone.now(),
        recorded_by=cast.people["secretariat"].actor_id,
    )


def _ratings(cast: Cast) -> None:
    """One of each body: the one was set aside, the other waits."""
    for about in (SUBJECT, OTHER):
        subject = Subject.objects.get(key=about)
        cast.records[f"rating {about}"] = a_signal(subject, source=SOURCE, measure=OVERALL, kind=SignalKind.RATING)
    RatingReview.objects.create(
        signal=cast.records[f"rating {SUBJECT}"],
        counts=False,
        because="It was about the body before it",
        recorded_at=timezone.now(),
        recorded_by=cast.people["secretariat"].actor_id,
    )
