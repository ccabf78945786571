"""Who answers for quality, by which route a service is commissioned, and what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Q

from sightline.core.rulebook.circumstances import Commissioner
from sightline.directory.models import Commissioning, Organisation, OrganisationFact, Subject
from sightline.directory.models.organisations import OrganisationQuerySet
from sightline.directory.queries.areas import regions_of, systems_of
from sightline.directory.words import GOVERNANCE_NEEDED, INDEPENDENT, FactKind, Kind, Route

_COMMISSIONS = {
    Route.NHS_ICB: Commissioner.ICB,
    Route.NHS_NHSE: Commissioner.NHS_ENGLAND,
    Route.JOINT: Commissioner.JOINT,
    Route.AUTHORITY_FROM_NHS: Commissioner.LOCAL_AUTHORITY,
    Route.AUTHORITY_FROM_OTHERS: Commissioner.LOCAL_AUTHORITY,
}


class Lever(StrEnum):
    """What may be used to bring about improvement (ORG-12)."""

    CONTRACT = "contract"
    OTHER_REGULATORS = "other_regulators"
    NHS_OVERSIGHT = "nhs_oversight"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something a system must have on record and has not (ORG-13, ORG-14)."""

    board: Organisation
    missing: tuple[FactKind, ...]


@dataclass(frozen=True, slots=True)
class Accountability:
    """Where decisions and accountability for a subject's quality sit (ORG-15; SQG 2022 §2.6); empty where unrecorded."""

    accountable: tuple[Organisation, ...]
    process_lead: str
    committee: str
    regions: tuple[Organisation, ...]
    needs_process_lead: bool

    @property
    def missing(self) -> tuple[FactKind, ...]:
        """What must be recorded before anyone can say where accountability sits."""
        lacks = (
            (not self.accountable, FactKind.ACCOUNTABLE_BODY),
            (self.needs_process_lead and not self.process_lead, FactKind.PROCESS_LEAD),
            (not self.committee, FactKind.ASSURING_COMMITTEE),
        )
        return tuple(kind for lacking, kind in lacks if lacking)


def facts_of(organisations: Iterable[Organisation], on: date) -> dict[UUID, dict[FactKind, OrganisationFact]]:
    """This function will give, by organisation, the latest fact of each kind in force on the day."""
    found: dict[UUID, dict[FactKind, OrganisationFact]] = defaultdict(dict)
    pks = [organisation.pk for organisation in organisations]
    for fact in OrganisationFact.objects.standing_on(on).filter(organisation__in=pks).select_related("other"):
        found[fact.organisation_id][FactKind(fact.kind)] = fact
    return found


def governance_gaps(on: date) -> tuple[Gap, ...]:
    """This function will name each open board that lacks something it must have on record (ORG-13, ORG-14)."""
    boards = list(Organisation.objects.open_on(on).filter(kind=Kind.ICB))
    facts = facts_of(boards, on)
    gaps = []
    for board in boards:
        has = {kind for kind, fact in facts[board.pk].items() if fact.value or fact.other_id}
        if missing := tuple(kind for kind in GOVERNANCE_NEEDED if kind not in has):
            gaps.append(Gap(board, missing))
    return tuple(gaps)


def accountability_of(subject: Subject, on: date) -> Accountability:
    """This function will say where accountability for a subject's quality sits on the day (ORG-15).

    A subject that belongs to no organisation, a theme for instance, is answered with what is not recorded.
    """
    body = subject.organisation
    if body is None:
        return Accountability((), "", "", (), needs_process_lead=False)
    systems = systems_of([body], on)[body.pk]
    facts = facts_of([body, *systems], on)
    named = facts[body.pk].get(FactKind.ACCOUNTABLE_BODY)
    accountable = (named.other,) if named and named.other else systems
    first = accountable[0] if len(accountable) == 1 else None
    return Accountability(
        accountable=accountable,
        process_lead=_words(facts[body.pk].get(FactKind.PROCESS_LEAD)),
        committee=_words(
            facts[body.pk].get(FactKind.ASSURING_COMMITTEE)
            or (facts[first.pk].get(FactKind.ASSURING_COMMITTEE) if first else None)
        ),
        regions=regions_of([body], on)[body.pk],
        needs_process_lead=needs_process_lead(body, on),
    )


def _words(fact: OrganisationFact | None) -> str:
    if fact is None:
        return ""
    return fact.other.name if fact.other else fact.value


def needs_process_lead(provider: Organisation, on: date) -> bool:
    """This function will say whether a provider needs an agreed process lead before anything enhanced begins.

    One across systems, or with several commissioners, does. Whoever begins such a process asks here, and
    ``Accountability.missing`` names the lead while none is on record (ORG-11; SQG 2022 risk response).
    """
    if len(systems_of([provider], on)[provider.pk]) > 1 and provider.kind != Kind.ICB:
        return True
    commissioners = {row.commissioner_id for row in commissioned_services(provider, on)}
    return len(commissioners) > 1


def commissioned_services(provider: Organisation, on: date) -> list[Commissioning]:
    """This function will give the services of a provider that are commissioned on the day.

    A provider without a contract record has none, and is in scope all the same (ORG-08).
    """
    begun = Q(valid_from=None) | Q(valid_from__lte=on)
    going_on = Q(valid_to=None) | Q(valid_to__gte=on)
    return list(
        Commissioning.objects.filter(begun, going_on, provider=provider)
        .select_related("commissioner")
        .order_by("service", "pk")
    )


def commissioned_as(services: Iterable[Commissioning]) -> Commissioner:
    """This function will give the one route of all services, as the rules know it; without any, the ICB's.

    Where the ICB and NHS England both commission, it is the two together; any other mixture is a joint one.
    """
    routes = {_COMMISSIONS[Route(one.route)] for one in services}
    if routes == {Commissioner.ICB, Commissioner.NHS_ENGLAND}:
        return Commissioner.ICB_AND_NHS_ENGLAND
    return routes.pop() if len(routes) == 1 else Commissioner.JOINT if routes else Commissioner.ICB


def commissioned_by(commissioners: Iterable[Organisation], on: date) -> OrganisationQuerySet:
    """This function will choose the providers that have a service commissioned by one of these bodies on the day."""
    begun = Q(commissionings__valid_from=None) | Q(commissionings__valid_from__lte=on)
    going_on = Q(commissionings__valid_to=None) | Q(commissionings__valid_to__gte=on)
    return Organisation.objects.filter(begun, going_on, commissionings__commissioner__in=commissioners).distinct()


def routes_in_scope(system: Organisation, on: date) -> frozenset[Route]:
    """This function will give the routes of commissioning that a system's group considers.

    Services that an authority buys from others than the NHS are in scope only where that was decided (ORG-09; ¶30-31).
    """
    decided = facts_of([system], on)[system.pk].get(FactKind.AUTHORITY_SERVICES_IN_SCOPE)
    extended = decided is not None and decided.value.casefold() == "yes"
    return frozenset(Route) if extended else frozenset(Route) - {Route.AUTHORITY_FROM_OTHERS}


def levers_for(organisation: Organisation) -> tuple[Lever, ...]:
    """This function will give the levers that may be shown for an organisation.

    NHS England has no remit over the quality of independent providers (ORG-12; SQG 2022 risk response, key principles).
    """
    shared = (Lever.CONTRACT, Lever.OTHER_REGULATORS)
    return shared if Kind(organisation.kind) in INDEPENDENT else (*shared, Lever.NHS_OVERSIGHT)
