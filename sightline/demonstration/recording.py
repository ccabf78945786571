"""What the demonstration keeps and gives out: records held for an inquiry, and a request for information under way."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from sightline.core.records.answering import Ruling
from sightline.core.rulebook.keeping import RecordKind, RequestKind
from sightline.demonstration.agreed import form_key
from sightline.demonstration.cast import Part
from sightline.demonstration.geography import MAIN
from sightline.demonstration.organisations import MATERNITY_TRUST
from sightline.demonstration.scene import Deed, Scene
from sightline.records.giving import Asked, Decision, ToHold
from sightline.records.models import InformationRequest
from sightline.records.operations import (
    close_request,
    open_request,
    place_hold,
    propose_disposal,
    rule_on_passage,
    take_passages,
)
from sightline.records.queries.finding import candidates
from sightline.records.words import Ending, SourceKind


def _hold(scene: Scene, at: datetime) -> None:
    given = ToHold(
        MAIN.code, "The inquiry into maternity care asked that nothing about the trust is destroyed.",
        "The inquiry into maternity care", form_key("hold"), scene.subject(MATERNITY_TRUST),
    )  # fmt: skip
    place_hold(by=scene.by(Part.DISCLOSURE), at=at, given=given)


def _ask(scene: Scene, at: datetime) -> None:
    given = Asked(
        MAIN.code, RequestKind.FOI, timezone.localdate(at), "A local newspaper",
        "What does the group know of care at night?", form_key("request"), words="night",
    )  # fmt: skip
    open_request(by=scene.by(Part.DISCLOSURE), at=at, given=given)


def _take(scene: Scene, at: datetime) -> None:
    """The secretary, who reads the group's reports, takes one of its sections in for the officer, who does not."""
    by, request = scene.by(Part.SECRETARY), _request()
    found = candidates(by, timezone.localdate(at), request).some
    sources = [one.source for one in found if one.kind is SourceKind.VERSION][:1]
    take_passages(by=by, at=at, request=request, sources=sources)


def _rule(scene: Scene, at: datetime) -> None:
    first = _request().passages.earliest("place")
    rule_on_passage(by=scene.by(Part.SECRETARY), at=at, passage=first, seen=0, given=Decision(Ruling.RELEASE))


def _ask_long_ago(scene: Scene, at: datetime) -> None:
    given = Asked(
        MAIN.code, RequestKind.FOI, timezone.localdate(at), "A student", "What does the group know of waiting at the dentist?",
        form_key("old request"), words="dentist",
    )  # fmt: skip
    open_request(by=scene.by(Part.DISCLOSURE), at=at, given=given)


def _close_long_ago(scene: Scene, at: datetime) -> None:
    close_request(
        by=scene.by(Part.DISCLOSURE), at=at, request=_request("old request"), how=Ending.NOT_HELD,
        says="The notes and reports of the group were searched for the word. None holds it.",
    )  # fmt: skip


def _propose_disposal(scene: Scene, at: datetime) -> None:
    propose_disposal(
        by=scene.by(Part.DISCLOSURE),
        at=at,
        kind=RecordKind.REQUEST,
        record=_request("old request").pk,
        form_key=form_key("disposal"),
    )


def _request(key: str = "request") -> InformationRequest:
    return InformationRequest.objects.get(form_key=form_key(key))


RECORDED = (
    Deed(1160, _ask_long_ago), Deed(1150, _close_long_ago), Deed(40, _hold), Deed(5.5, _ask), Deed(5, _take), Deed(4.5, _rule),
    Deed(3, _propose_disposal),
)  # fmt: skip
