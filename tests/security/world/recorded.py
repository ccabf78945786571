"""What is kept, held and asked for: holds on what is said of one body, and requests for it, open and closed."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone

from sightline.core.records.answering import Ruling
from sightline.directory.models import Subject
from sightline.records.models import (
    Consultation,
    DisclosurePack,
    Disposal,
    DisposalAnswer,
    DisposalSubject,
    Hold,
    HoldLifting,
    InformationRequest,
    PackWithdrawal,
    PassageRuling,
    RequestClosing,
    RequestPassage,
)
from sightline.records.words import Ending
from tests.factories.surveillance import the_body
from tests.security.personas import HOME, REGION, SUBJECT, Cast


def build(cast: Cast) -> None:
    """This function will make a hold in force and one that was lifted, a request to answer and one that is closed."""
    wrote: dict[str, Any] = {"recorded_at": timezone.now(), "recorded_by": cast.people["secretariat"].actor_id}
    today, subject = timezone.localdate(), Subject.objects.get(key=SUBJECT)
    for name in ("hold", "lifted hold"):
        cast.records[name] = Hold.objects.create(
            system=HOME, subject=subject, because="x", asked_by="x", placed_by=cast.people["secretariat"],
            placed_on=today, knowingly="x", form_key=uuid4(), **wrote,
        )  # fmt: skip
    HoldLifting.objects.create(
        hold=cast.records["lifted hold"], because="x", lifted_by=cast.people["secretariat"], lifted_on=today,
        knowingly="x", **wrote,
    )  # fmt: skip
    for name in ("request", "closed request"):
        _request(cast, name, wrote)
    closed = cast.records["closed information request"]
    PackWithdrawal.objects.create(
        pack=closed.packs.get(), because="x", withdrawn_by=cast.people["secretariat"], knowingly="x", **wrote
    )
    RequestClosing.objects.create(
        request=closed, how=Ending.NOT_HELD.value, closed_on=today, says="x", closed_by=cast.people["secretariat"],
        knowingly="x", **wrote,
    )  # fmt: skip
    for name in ("declined disposal", "proposed disposal"):
        cast.records[name] = Disposal.objects.create(
            system=HOME, kind="request", record=closed.pk, of_day=today, begun_on=today, due_on=today,
            kept_as="Requests", rules_version="sqg-2022 v1", proposed_by=cast.people["secretariat"], proposed_on=today,
            form_key=uuid4(), **wrote,
        )  # fmt: skip
        DisposalSubject.objects.create(disposal=cast.records[name], subject=subject)
    DisposalAnswer.objects.create(
        disposal=cast.records["declined disposal"], agreed=False, because="x", answered_by=cast.people["quality_lead"],
        answered_on=today, knowingly="x", **wrote,
    )  # fmt: skip


def _request(cast: Cast, name: str, wrote: dict[str, Any]) -> None:
    """A request about the body, with a passage of the decision on its level that is released, and what is given out."""
    today, secretary = timezone.localdate(), cast.people["secretariat"]
    key = name.replace("request", "information request")
    request = cast.records[key] = InformationRequest.objects.create(
        system=HOME, kind="foi", received_on=today, asked_by="x", asks="x", words="", answer_by=today, pack="sqg-2022",
        subject=Subject.objects.get(key=SUBJECT), rules_version="sqg-2022 v1", knowingly="x", form_key=uuid4(), **wrote,
    )  # fmt: skip
    passage = cast.records[f"passage of {key}"] = RequestPassage.objects.create(
        request=request, decision=cast.records["level decision"], place=1, of_day=today, text="x", **wrote
    )
    PassageRuling.objects.create(
        passage=passage, number=1, ruling=Ruling.WITHHOLD.value, exemption="s43", public_interest="x",
        decided_by=secretary, knowingly="x", **wrote,
    )  # fmt: skip
    Consultation.objects.create(
        request=request, body=the_body(REGION), on_day=today, says="x", knowingly="x", form_key=uuid4(), **wrote
    )
    DisclosurePack.objects.create(
        request=request, number=1, content=_content(), sha256="x", cleared_by=cast.people["quality_lead"], **wrote
    )


def _content() -> dict[str, Any]:
    today = timezone.localdate().isoformat()
    passage = {"from": "Report", "day": today, "text": "x"}
    return {"law": "FOI", "cites": "x", "received": today, "passages": [passage], "grounds": []}
