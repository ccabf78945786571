"""Quality Improvement Groups about the body of subject_provider: one under way in which something of each was told, one ended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from sightline.directory.models import Subject
from sightline.groups.models import Seat
from sightline.improvement.models import (
    ExitAgreement,
    ImprovementGroup,
    ImprovementGroupEnding,
    MemberReport,
    PlanWatch,
    ProviderConcern,
    ProviderConcernAnswer,
    Stakeholder,
)
from tests.factories.groups import a_group
from tests.factories.surveillance import the_body
from tests.security.personas import HOME, SUBJECT, Cast


def build(cast: Cast) -> None:
    """This function will make a group that works, one that ended, and a concern of the provider that was taken up."""
    today = timezone.localdate()
    wrote: dict[str, Any] = {"recorded_at": timezone.now(), "recorded_by": cast.people["secretariat"].actor_id}
    subject = Subject.objects.get(key=SUBJECT)
    texts = dict.fromkeys(("instigated_by", "why_region", "wider", "purpose", "knowingly"), "x")
    plain: dict[str, Any] = {
        "subject": subject, "system": HOME, "instigator": "icb", "instigated_on": today, "convener": "region",
        "stands": "within", "convened_on": today, **texts, **wrote,
    }  # fmt: skip
    began = today - timedelta(days=60)
    past, now = (
        ImprovementGroup.objects.create(
            group=a_group(
                the_body(HOME), "quality-improvement-group", name, subject=subject, because="x", begun_on=began
            ),
            form_key=uuid4(),
            **plain,
        )
        for name in ("A group that ended", "An improvement group")
    )
    ends = dict.fromkeys(("disagreed", "statement", "outstanding", "because", "knowingly"), "x")
    ImprovementGroupEnding.objects.create(improving=past, met="all-agree", ends_on=today, **ends, **wrote)
    seat = Seat.objects.create(group=now.group, title="Member", part="member", **wrote)
    PlanWatch.objects.create(improving=now, plan=cast.records["plan"], is_watched=True, **wrote)
    told = dict.fromkeys(("given_by", "says", "knowingly"), "x")
    MemberReport.objects.create(
        improving=now, told="workforce", on=today, needs_action=True, form_key=uuid4(), **told, **wrote
    )
    Stakeholder.objects.create(
        improving=now, number=1, version=1, owner=seat, engaged="planned",
        **dict.fromkeys(("who", "how", "knowingly"), "x"), **wrote,
    )  # fmt: skip
    ExitAgreement.objects.create(improving=now, party="region", answer="disagrees", on=today, **told, **wrote)
    plan = cast.records["plan"]
    concern = ProviderConcern.objects.create(
        plan=plan, form_key=uuid4(), says="x", steps="x", recorded_at=timezone.now(),
        recorded_by=cast.people["subject_provider"].actor_id,
    )  # fmt: skip
    ProviderConcernAnswer.objects.create(concern=concern, says="x", knowingly="x", **wrote)
    cast.records["improvement group"] = now
