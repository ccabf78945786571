"""What the group agreed: how it shares information, and by what it measures."""

from __future__ import annotations

from django.utils import timezone

from sightline.directory.models import Organisation
from sightline.groups.operations import record_agreement
from sightline.groups.words import AgreementStatus
from sightline.indicators.models import Rhythm
from sightline.indicators.operations import agree_set
from sightline.indicators.operations.agreeing import Chosen
from tests.security.personas import HOME, SUBJECT, Cast
from tests.security.world.published import indicator_id


def build(cast: Cast) -> None:
    """This function will record one agreement to share, and one set of indicators."""
    told = {"by": cast.people["quality_lead"], "at": timezone.now(), "because": "So we said in March"}
    body = Organisation.objects.get(code=SUBJECT)
    record_agreement(
        organisation=body, system=HOME, status=AgreementStatus.AGREED, agreed_on=timezone.localdate(),
        reference="On the shelf", **told,
    )  # fmt: skip
    made = agree_set(
        agreed_by="The group", agreed_on=timezone.localdate(), chosen=[Chosen(indicator_id(), Rhythm.NONE)],
        name="What we watch", **told,
    )  # fmt: skip
    cast.records["body of subject"] = body
    cast.records["metric set"] = made.metric_set.slug
