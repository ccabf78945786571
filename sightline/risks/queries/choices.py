"""What may be chosen in the forms of a risk: registers nearby, what it can be linked to, who can own it, what came back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from sightline.accounts.models import Person
from sightline.accounts.queries import colleagues
from sightline.core.access import Actor, Permission
from sightline.core.risks import Place, RiskFacts, Score, Target, falls_within
from sightline.core.rulebook.registers import Tier
from sightline.core.signals import Bearing
from sightline.directory.models import Organisation, Subject
from sightline.directory.queries import find_organisation, regions_of, systems_of, within, words_for
from sightline.directory.words import Kind
from sightline.indicators.models import Signal
from sightline.intelligence.models import Item
from sightline.risks.giving import Linked, Opening, Placing
from sightline.risks.models import Risk, RiskLink, RiskNow
from sightline.risks.queries.keeping import closed_to
from sightline.risks.queries.levels import unknown_levels
from sightline.risks.queries.rules import levels_now, risk_rules
from sightline.risks.words import LinkKind
from sightline.surveillance.models import Concern, LevelDecision

AT_MOST = 12  # of each kind are offered: the newest, which a list on a phone can still be chosen from
PLACES = (Kind.SUB_ICB, Kind.LOCAL_AUTHORITY)


@dataclass(frozen=True, slots=True)
class Linkable:
    """Something that a risk can be linked to."""

    kind: LinkKind
    record: Linked

    @property
    def value(self) -> str:
        """How a form names it."""
        return f"{self.kind.value}:{self.record.pk}"


def registers_near(system: str, subjects: Iterable[Subject], on: date) -> tuple[Placing, ...]:
    """This function will list the registers on which a risk could stand: of its system's places, its ICBs and regions."""
    own = find_organisation(system) if system else None
    bodies = [one.organisation for one in subjects if one.organisation is not None]
    around = systems_of(bodies, on) if bodies else {}
    icbs = {one.pk: one for body in bodies for one in around[body.pk]}
    if own is not None and own.kind == Kind.ICB:
        icbs = {own.pk: own} | icbs
    below = list(icbs.values()) or bodies
    regions = {one.pk: one for found in regions_of(below, on).values() for one in found} if below else {}
    if own is not None and own.kind == Kind.REGION:
        regions = {own.pk: own} | regions
    nation = Organisation.objects.filter(kind__in=[Kind.NATION, Kind.NHS_ENGLAND], closed_on=None).order_by("name")
    return (
        *(Placing(Tier.PLACE, one) for one in _places(own, on)),
        *(Placing(tier, one) for one in icbs.values() for tier in (Tier.SYSTEM, Tier.ICB)),
        *(Placing(Tier.REGION, one) for one in regions.values()),
        *(Placing(Tier.NATION, one) for one in nation[:1]),
    )


def _places(own: Organisation | None, on: date) -> list[Organisation]:
    if own is None or own.kind != Kind.ICB:
        return []
    still_there = Q(closed_on=None) | Q(closed_on__gt=on)
    return list(within(own, on).filter(still_there, kind__in=PLACES).order_by("name", "code"))


def owners_for(actor: Actor, on: date, now: Person | None = None) -> tuple[Person, ...]:
    """This function will list the people who read the registers and could own a risk, and whoever owns it now."""
    found = list(colleagues(Permission.KEEP_RISKS, by=actor, on=on))
    return tuple(found if now is None or now in found else [*found, now])


def linkable(
    actor: Actor, on: date, subjects: Iterable[UUID], taken: frozenset[str] = frozenset()
) -> tuple[Linkable, ...]:
    """This function will list what the actor may link a risk to: the newest about its subjects that they may see."""
    keys = list(subjects)
    signals = Signal.objects.visible_to(actor, on).current().filter(subject__in=keys, bearing=Bearing.CONCERN.value)
    items = Item.objects.visible_to(actor, on).counting().filter(about__subject__in=keys).distinct()
    concerns = Concern.objects.visible_to(actor, on).filter(subject__in=keys, ending=None)
    decisions = LevelDecision.objects.visible_to(actor, on).filter(subject__in=keys)
    found = [
        *(Linkable(LinkKind.CONCERN, one) for one in concerns.select_related("subject")[:AT_MOST]),
        *(
            Linkable(LinkKind.DECISION, one)
            for one in decisions.select_related("subject").order_by("-number")[:AT_MOST]
        ),
        *(
            Linkable(LinkKind.SIGNAL, one)
            for one in signals.select_related("subject").order_by("-until", "pk")[:AT_MOST]
        ),
        *(Linkable(LinkKind.INTELLIGENCE, one) for one in items[:AT_MOST]),
    ]
    return tuple(one for one in found if one.value not in taken)


def one_linkable(actor: Actor, on: date, kind: str, key: UUID) -> Linked | None:
    """This function will find what an address names, where the actor may see it."""
    match kind:
        case LinkKind.SIGNAL:
            return Signal.objects.visible_to(actor, on).filter(pk=key).first()
        case LinkKind.INTELLIGENCE:
            return Item.objects.visible_to(actor, on).filter(pk=key).first()
        case LinkKind.CONCERN:
            return Concern.objects.visible_to(actor, on).filter(pk=key).first()
        case LinkKind.DECISION:
            return LevelDecision.objects.visible_to(actor, on).filter(pk=key).first()
    return None


def may_have_come_back(actor: Actor, on: date, subjects: Iterable[Subject], category: str) -> tuple[RiskNow, ...]:
    """This function will list the closed risks of a category at some subjects that a new one may be (RSK-07)."""
    window = risk_rules(on).window
    if not window.is_on:
        return ()
    seen = Risk.objects.visible_to(actor, on).filter(subjects__subject__in=[one.pk for one in subjects])
    rows = RiskNow.objects.filter(risk__in=seen.values("pk"), category=category, risk__ending__isnull=False)
    found = rows.select_related("risk__ending", "statement").order_by("-risk__ending__ended_on")
    return tuple(one for one in found if falls_within(one.risk.ending.ended_on, on, window))


def facts_of_opening(given: Opening, on: date) -> RiskFacts:
    """This function will give a risk that is not on record yet as the rules would know it, so that they can be asked."""
    said, current, target = given.stated, given.current, given.target
    marks = {"complex": said.is_complex, "recurrent": said.is_recurrent or given.follows is not None}
    return RiskFacts(
        id="",
        title=said.title,
        opened_on=given.opened_on or on,
        subjects=tuple(str(one.pk) for one in given.subjects),
        category=said.category,
        severity=said.severity,
        modifiers=frozenset(name for name, holds in marks.items() if holds),
        scores=(Score(current.likelihood, current.consequence, on),) if current else (),
        target=Target(target.likelihood, target.consequence, target.by_on) if target else None,
        places=tuple(Place(one.tier, on, one.reference) for one in given.places),
        is_healthcare=said.is_healthcare,
        is_authority_assured=said.is_authority_assured,
        is_nhs_england_commissioned=said.is_nhs_england_commissioned,
        is_nationally_commissioned=said.is_nationally_commissioned,
    )


def levels_seen(actor: Actor, on: date, system: str, subjects: Iterable[Subject]) -> tuple[str, ...]:
    """This function will give the levels of some subjects, as far as they are for the actor."""
    keys = [one.pk for one in subjects]
    return tuple(levels_now(frozenset(keys) - unknown_levels(actor, on, keys), system, on).values())


def one_subject(actor: Actor, on: date, subject: UUID) -> Subject | None:
    """This function will find a subject that the actor may see and that nothing closes to them."""
    found = Subject.objects.visible_to(actor, on).filter(pk=subject).select_related("organisation").first()
    return None if found is None or closed_to(actor, on, [found]) else found


def subjects_behind(actor: Actor, on: date, record: Linked) -> list[Subject]:
    """This function will give what a signal, an item, a concern or a decision is about, as far as it is open to the actor."""
    keys = record.about.values_list("subject", flat=True) if isinstance(record, Item) else [record.subject_id]
    found = (one_subject(actor, on, key) for key in keys if key is not None)
    return [one for one in found if one is not None]


def risk_of_form(actor: Actor, on: date, form_key: UUID) -> Risk | None:
    """This function will find the risk that a form opened."""
    return Risk.objects.visible_to(actor, on).filter(form_key=form_key).first()


def subjects_of(risk: Risk) -> list[Subject]:
    """This function will give what a risk is about."""
    return list(Subject.objects.filter(pk__in=risk.subjects.values("subject")).select_related("organisation"))


def words_of_body(body: Organisation) -> str:
    """This function will write an organisation so that, read back as a subject, nothing else can be meant by it."""
    found = Subject.objects.filter(organisation=body).order_by("pk").first()
    return words_for(found) if found else ""


def linked_already(links: Iterable[RiskLink]) -> list[str]:
    """This function will name what a risk is linked to, as a form does."""
    keys = ((one.kind, one.signal_id or one.item_id or one.concern_id or one.decision_id) for one in links)
    return [f"{kind}:{key}" for kind, key in keys]
