"""Requests for information: opened, passages taken in and decided, other holders consulted, and closed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.records.answering import Ruling, answer_by, may_rule
from sightline.core.verdict import Already, Invalid, Refused, demand
from sightline.records.giving import Asked, Consulted, Decision
from sightline.records.models import Consultation, InformationRequest, PassageRuling, RequestClosing, RequestPassage
from sightline.records.operations._acting import CLOSED, NOT_YOURS, person, said, worked_on
from sightline.records.queries.finding import candidates
from sightline.records.queries.requests import bodies_holding, next_place, rules_on
from sightline.records.queries.retaining import is_open, keeps_records
from sightline.records.words import Ending


@operation(Permission.KEEP_RECORDS, on="result")
def open_request(*, by: Actor, at: datetime, given: Asked, knowingly: str = "") -> InformationRequest:
    """This function will open a request for information, with the last day for its answer (IGV-04; QSG 2017 ¶138).

    Raises Refused for whoever does not keep the records of the system, or to whom an interest closes the subject.
    """
    today = timezone.localdate(at)
    if not keeps_records(by, today, given.system):
        raise Refused(NOT_YOURS)
    if given.subject is not None and not is_open(by, today, given.subject):
        raise Refused(CLOSED)
    if InformationRequest.objects.filter(form_key=given.form_key).exists():
        raise Already("This request is on record already.")
    if given.received_on > today:
        raise Invalid("A request is entered once it came. Give the day on which it did.")
    if given.from_on and given.to_on and given.to_on < given.from_on:
        raise Invalid("The last day lies before the first. Give the days the other way round.")
    asked_by, asks = said(given.asked_by, "Say who asks."), said(given.asks, "Say what is asked for.")
    rules = rules_on(today)
    by_day = answer_by(rules.content.regime(given.kind), given.received_on, rules.content.bank_holidays.days)
    return InformationRequest.objects.create(
        system=given.system,
        kind=given.kind.value,
        received_on=given.received_on,
        asked_by=asked_by,
        asks=asks,
        subject=given.subject,
        words=given.words.strip(),
        from_on=given.from_on,
        to_on=given.to_on,
        answer_by=by_day,
        pack=rules.pack,
        rules_version=rules.version,
        knowingly=why_it_stays([asked_by, asks, given.words], knowingly),
        form_key=given.form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_RECORDS, on="request")
def take_passages(
    *, by: Actor, at: datetime, request: InformationRequest, sources: Collection[str]
) -> list[RequestPassage]:
    """This function will copy what was chosen into a request, paragraph by paragraph, as far as its taker reads it.

    Whoever works on the request reads it from then on. Raises Invalid where nothing of it can be found any more.
    """
    case = worked_on(by, at, request)
    found = [one for one in candidates(by, timezone.localdate(at), case.request).some if one.source in sources]
    if not found:
        raise Invalid("Choose at least one of what was found.")
    place = next_place(case.request)
    made: list[RequestPassage] = []
    for one in found:
        for paragraph in one.paragraphs:
            made.append(
                RequestPassage(
                    request=case.request,
                    part=one.part,
                    place=place + len(made),
                    of_day=one.of_day,
                    text=paragraph,
                    recorded_at=at,
                    recorded_by=by.actor_id,
                    **{f"{one.kind.value}_id": one.key},
                )
            )
    return RequestPassage.objects.bulk_create(made)


@operation(Permission.KEEP_RECORDS, on="passage")
def rule_on_passage(
    *, by: Actor, at: datetime, passage: RequestPassage, seen: int, given: Decision, knowingly: str = ""
) -> PassageRuling:
    """This function will decide whether a passage is given out, and on which ground it is not (IGV-04; QSG 2017 ¶138).

    ``seen`` is how many decisions its decider saw; raises Invalid where there is a newer one, and Refused where what is
    withheld lacks its ground, or the reason why the public interest does not outweigh it.
    """
    case = worked_on(by, at, passage.request)
    if PassageRuling.objects.filter(passage=passage).count() != seen:
        raise Invalid("Somebody else decided on it meanwhile. Look at that first.")
    withheld = given.ruling is Ruling.WITHHOLD
    ground = case.rules.content.exemption(case.regime.kind, given.exemption) if withheld else None
    demand(may_rule(given.ruling, ground, given.public_interest))
    why = given.public_interest.strip() if withheld else ""
    return PassageRuling.objects.create(
        passage=passage,
        number=seen + 1,
        ruling=given.ruling.value,
        exemption=ground.id if ground else "",
        public_interest=why,
        decided_by=person(by),
        knowingly=why_it_stays([why], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_RECORDS, on="request")
def record_consultation(
    *, by: Actor, at: datetime, request: InformationRequest, given: Consulted, knowingly: str = ""
) -> Consultation:
    """This function will write down what another body was asked that holds the same, or what it said (IGV-03)."""
    today = timezone.localdate(at)
    case = worked_on(by, at, request)
    if Consultation.objects.filter(form_key=given.form_key).exists():
        raise Already("This is on record already.")
    if not bodies_holding(today).filter(pk=given.body.pk).exists():
        raise Invalid("Choose a body that sits in a group.")
    if given.on_day > today:
        raise Invalid("It is written down once it happened. Give that day.")
    says = said(given.says, "Say what was asked or answered.")
    return Consultation.objects.create(
        request=case.request,
        body=given.body,
        on_day=given.on_day,
        says=says,
        knowingly=why_it_stays([says], knowingly),
        form_key=given.form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_RECORDS, on="request")
def close_request(
    *, by: Actor, at: datetime, request: InformationRequest, how: Ending, says: str = "", knowingly: str = ""
) -> RequestClosing:
    """This function will close a request; one that is answered has what was given out, which a second person cleared."""
    case = worked_on(by, at, request)
    if how is Ending.ANSWERED and case.standing is None:
        raise Invalid("Nothing was cleared to be given out yet. Another person clears it first.")
    if how is not Ending.ANSWERED and not says.strip():
        raise Invalid("Say how it was found that nothing is held, or when the request was withdrawn.")
    return RequestClosing.objects.create(
        request=case.request,
        how=how.value,
        closed_on=timezone.localdate(at),
        says=says.strip(),
        closed_by=person(by),
        knowingly=why_it_stays([says], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
