"""Rapid Quality Reviews of the body of subject_provider: one under way that found something and reported once, one closed."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone

from sightline.directory.models import Subject
from sightline.improvement.models import RapidEnding, RapidFinding, RapidReport, RapidReview
from tests.factories.groups import a_group
from tests.factories.surveillance import the_body
from tests.security.personas import HOME, SUBJECT, Cast


def build(cast: Cast) -> None:
    """This function will make a review that waits to be closed, and one that was."""
    today = timezone.localdate()
    wrote: dict[str, Any] = {"recorded_at": timezone.now(), "recorded_by": cast.people["secretariat"].actor_id}
    subject = Subject.objects.get(key=SUBJECT)
    group = a_group(the_body(HOME), "rapid-quality-review", "A rapid review", subject=subject, because="x")
    texts = dict.fromkeys(("requested_by", "risk", "not_elsewhere", "why_not_icb", "knowingly"), "x")
    plain: dict[str, Any] = {"group": group, "subject": subject, "system": HOME, "level": "enhanced", **texts, **wrote}
    called = {"requester": "cqc", "urgency": "immediate", "called_on": today, "meets_on": today}
    past, review = (RapidReview.objects.create(form_key=uuid4(), **called, **plain) for _ in range(2))
    RapidEnding.objects.create(review=past, ends_on=today, because="x", knowingly="x", **wrote)
    words = (
        "shared", "diagnosis", "judgement", "actions", "carries_why", "level_why", "oversight", "no_plan", "knowingly",
        "because",
    )  # fmt: skip
    RapidFinding.objects.create(
        review=review, number=1, held_on=today, carries="no", level="enhanced", **dict.fromkeys(words, "x"), **wrote
    )
    RapidReport.objects.create(
        review=review, route="sqg", is_sent=True, on=today, through="letter",
        **dict.fromkeys(("sent_by", "sent_to", "says", "knowingly"), "x"), **wrote,
    )  # fmt: skip
    cast.records["rapid review"] = review
