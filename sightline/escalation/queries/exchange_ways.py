"""By which ways something may be sent from one end, to which bodies, and what the rules say to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from sightline.accounts.models import RoleGrant
from sightline.core.access import Actor
from sightline.core.escalation.answering import ExchangeKind
from sightline.core.escalation.defaulting import is_usual
from sightline.core.escalation.sending import OF_REGION, REGIONAL, Sending, instead, may_send, remarks_on, update_rule
from sightline.core.rulebook.circumstances import Circumstances, Condition, holds
from sightline.core.rulebook.duties import Route
from sightline.core.rulebook.levels import NATIONAL, Slot, Trigger
from sightline.core.rulebook.levels import REGIONAL as REGIONAL_TRIGGERS
from sightline.core.verdict import ALLOWED, Reason, Verdict, refused
from sightline.directory.models import Organisation, Subject
from sightline.directory.queries import regions_of, systems_of, within
from sightline.directory.words import Kind
from sightline.escalation.exchanges_given import ExchangeGiven
from sightline.escalation.models import Exchange
from sightline.escalation.queries.exchange_ends import End, ends_of
from sightline.escalation.queries.memoranda import terms_for
from sightline.groups.hearing import bodies_provided_for
from sightline.groups.models import Group, Seat
from sightline.groups.queries import GROUP_KINDS, conflicts_of
from sightline.profiles.queries import hears_of
from sightline.surveillance.models import Concern, LevelProposal
from sightline.surveillance.queries import Guidance, case_of, guidance_for
from sightline.surveillance.queries.moving import newest_statement

_OF_SYSTEM = frozenset({Slot.ICB_EXECUTIVE_QUALITY_LEAD, Slot.ICB_CHIEF_EXECUTIVE, Slot.ICB_CHAIR})
_NETWORKS = (Kind.CLINICAL_NETWORK, Kind.INNOVATION_NETWORK, Kind.COLLABORATIVE)
_NEAR = (
    Kind.SAFEGUARDING_PARTNERSHIP, Kind.SCRUTINY_COMMITTEE, Kind.HEALTH_AND_WELLBEING_BOARD,
    Kind.HEALTHWATCH,
)  # fmt: skip
_ANYWHERE = (
    Kind.CQC, Kind.NHS_ENGLAND, Kind.OMBUDSMAN, Kind.PROFESSIONAL_REGULATOR, Kind.OFSTED, Kind.PUBLIC_HEALTH,
    Kind.HEALTH_EDUCATION, Kind.SAFEGUARDING_PARTNERSHIP, Kind.SCRUTINY_COMMITTEE, Kind.HEALTH_AND_WELLBEING_BOARD,
)  # fmt: skip
_NETWORK_SAYS = "Learning is shared with clinical networks, and they may be asked to help with improvement."


@dataclass(frozen=True, slots=True)
class Way:
    """One way on which something may be sent: from which end, as what, to whom, and whether it stands open."""

    kind: ExchangeKind
    end: End
    recipient: Slot
    bodies: tuple[Organisation, ...]
    says: str
    cites: str
    route: str = ""
    when: Condition = Condition.ALWAYS
    verdict: Verdict = ALLOWED
    is_usual: bool = False  # the one that the memorandum of board and region names (ORG-13)

    @property
    def key(self) -> str:
        """This function will name it in an address."""
        return f"{self.end.key}.{self.kind.value}.{self.route or self.recipient.value}"

    @property
    def is_for_sender_to_say(self) -> bool:
        """This function will say whether it is open only if the sender judges that the matter bears on others."""
        return self.when is Condition.WIDER


def names_by(guidance: Guidance) -> Mapping[Slot, str]:
    """This function will name every role in a guidance's own words."""
    return {slot: guidance.levels.authority.name(slot) for slot in Slot}


def ways_of(actor: Actor, on: date, subject: Subject | None = None) -> list[Way]:
    """This function will give every way that stands before somebody, those that are closed with what to do instead."""
    return [way for end in ends_of(actor, on) for way in ways_from(actor, on, end, subject)]


def ways_from(actor: Actor, on: date, end: End, subject: Subject | None = None) -> list[Way]:
    """This function will give the ways from one end: routes upward first, then sideways, then down.

    What the group draws to the ICB and what it draws to the local authority go by two of them, each acknowledged and
    answered apart (CHR-12; SQG 2022 §3.11), and that the ICB may fail its duties by a third (GRP-15; Annex A).
    Of the routes, the one that the memorandum of board and region names comes first (ORG-13; SQG 2022 §2.3, §3.12).
    """
    guidance = guidance_for(end.system, on)
    terms = terms_for(end.body, on)
    case = case_for(actor, on, subject, end.system)
    routes = guidance.notices.routes_from(end.slot) if guidance.notices else ()
    along = [_along(one, end, guidance, case, on) for one in routes]
    found = [replace(one, is_usual=is_usual(terms, guidance.pack, one.route)) for one in along]
    found.sort(key=lambda one: not one.is_usual)
    return [one for one in (*found, *_sideways(end, on), *_down(end, on)) if one.bodies or not one.verdict]


def case_for(actor: Actor, on: date, subject: Subject | None, system: str) -> Circumstances:
    """This function will gather the case by which routes are open: what is said of the newest concern that is open."""
    if subject is None:
        return Circumstances()
    concerns = Concern.objects.visible_to(actor, on).filter(subject=subject, system=system, ending=None)
    return case_of(subject, on, system, newest_statement(concerns.first()))


def _along(route: Route, end: End, guidance: Guidance, case: Circumstances, on: date) -> Way:
    bodies, kind = bodies_for(end, route.to, on), ExchangeKind(route.kind.value)
    verdict = ALLOWED
    if route.when is not Condition.WIDER and not holds(route.when, case):
        sending = Sending(kind, end.slot, route.to, case, on, route.id)
        notices = guidance.notices
        others = tuple(one for one in (notices.routes_from(end.slot) if notices else ()) if holds(one.when, case))
        verdict = refused(instead(route, others, sending, notices, names_by(guidance)), route.cites)
    elif not bodies:
        verdict = refused("The directory does not say which body that is. Whoever keeps the directory can add it.")
    return Way(kind, end, route.to, bodies, route.says, route.cites, route.id, route.when, verdict)


def bodies_for(end: End, recipient: Slot, on: date) -> tuple[Organisation, ...]:
    """This function will give the bodies that fill a role for whoever sends from an end."""
    body = end.body
    if recipient in REGIONAL:
        return (body,) if body.kind == Kind.REGION else regions_of([body], on)[body.pk]
    if recipient in _OF_SYSTEM or recipient is Slot.SYSTEM_QUALITY_GROUP:
        return (body,) if body.kind == Kind.ICB else systems_of([body], on)[body.pk]
    match recipient:
        case Slot.NHS_ENGLAND_NATION:
            nation = Organisation.objects.open_on(on).filter(kind__in=[Kind.NHS_ENGLAND, Kind.NATION])
            return tuple(sorted(nation, key=lambda one: one.kind != Kind.NHS_ENGLAND)[:1])
        case Slot.LOCAL_AUTHORITY:
            return councils_of(body, end.system, on)
        case Slot.PLACE_GROUP:
            groups = Group.objects.standing_on(on).filter(kind=GROUP_KINDS[Slot.PLACE_GROUP], system=end.system)
            return tuple(Organisation.objects.filter(pk__in=groups.values("area")).order_by("name", "code"))
        case _:
            return ()


def councils_of(body: Organisation, system: str, on: date) -> tuple[Organisation, ...]:
    """This function will give the local authorities of an area: those that lie in it, and those that sit in its group.

    Where neither is on record, every one may be chosen: a matter must not stay for want of a line in the directory.
    """
    councils = Organisation.objects.open_on(on).filter(kind=Kind.LOCAL_AUTHORITY).order_by("name", "code")
    near = Q(pk__in=within(body, on).order_by().values("pk"))
    sits = RoleGrant.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), system=system, valid_from__lte=on)
    sits = sits.filter(Q(ending=None) | Q(ending__ends_on__gt=on)).exclude(system="")
    seats = Seat.objects.filter(group__system=system).exclude(group__system="")
    near |= Q(code__in=sits.values("organisation")) | Q(pk__in=seats.values("organisation"))
    return tuple(councils.filter(near)) or tuple(councils)


def _sideways(end: End, on: date) -> list[Way]:
    """What may bear on others is shared with them, good practice too (NET-01, NET-04, NET-05, RPT-11)."""
    if end.slot not in {*_OF_SYSTEM, *OF_REGION, Slot.SYSTEM_QUALITY_GROUP}:
        return []
    sharing, is_region = ExchangeKind.SHARING, end.body.kind == Kind.REGION
    kind, group = (Kind.REGION, Slot.REGIONAL_QUALITY_GROUP) if is_region else (Kind.ICB, Slot.SYSTEM_QUALITY_GROUP)
    others = Organisation.objects.open_on(on).filter(kind=kind).exclude(pk=end.body.pk).order_by("name", "code")
    networks = Organisation.objects.open_on(on).filter(kind__in=_NETWORKS).order_by("name", "code")
    says = "What may affect other areas is shared across the groups, and so is good practice."
    found = [Way(sharing, end, group, tuple(others), says, "QSG 2017 ¶88; SQG 2022 §3.3")]
    if not is_region:
        says = "Members of a local authority take what the group concluded back to their own committee."
        councils = bodies_for(end, Slot.LOCAL_AUTHORITY, on)
        found.append(Way(sharing, end, Slot.LOCAL_AUTHORITY, councils, says, "SQG 2022 §3.11"))
    found.append(Way(sharing, end, Slot.SECRETARIAT, tuple(networks), _NETWORK_SAYS, "SQG 2022 §1.5"))
    return found


def _down(end: End, on: date) -> list[Way]:
    """What came of matters goes back down, and the region asks about what reached it (NET-02, LVL-25)."""
    back = "What came of a matter is told to those from whom it came."
    if end.slot in OF_REGION:
        systems = tuple(within(end.body, on).open_on(on).filter(kind=Kind.ICB).order_by("name", "code"))
        asks = "The region may ask the system about a subject, and is answered: check and challenge."
        share = "What one system learned may help the others. The region supports learning across systems."
        group = Slot.SYSTEM_QUALITY_GROUP
        return [
            Way(
                ExchangeKind.CHALLENGE, end, Slot.ICB_EXECUTIVE_QUALITY_LEAD, systems, asks,
                "NQB risk response 2022, Enhanced/Regional; QSG 2017 ¶128",
            ),
            Way(ExchangeKind.SHARING, end, group, systems, share, "NQB risk response 2022, Routine/Regional"),
            Way(ExchangeKind.FEEDBACK, end, group, systems, back, "QSG 2017 ¶89"),
        ]  # fmt: skip
    places = bodies_for(end, Slot.PLACE_GROUP, on)
    return [Way(ExchangeKind.FEEDBACK, end, Slot.PLACE_GROUP, places, back, "QSG 2017 ¶89")]


def update_way(end: End, on: date) -> Way | None:
    """This function will give the way on which the region, or the nation, is kept up to date (SUR-09, RPT-23)."""
    if end.body.kind == Kind.REGION:
        nation = Slot.NHS_ENGLAND_NATION
        says = "Each regional group gives the nation a short report: intelligence, good practice, what it escalates."
        return Way(ExchangeKind.UPDATE, end, nation, bodies_for(end, nation, on), says, "QSG 2017 ¶117, ¶133-134")
    rule = update_rule(guidance_for(end.system, on).notices)
    if rule is None or end.body.kind != Kind.ICB:
        return None
    return Way(ExchangeKind.UPDATE, end, rule.to, bodies_for(end, rule.to, on), rule.says, rule.cites)


def triggers_for(guidance: Guidance, recipient: Slot) -> tuple[Trigger, ...]:
    """This function will give the reasons for which the region, or the nation, may be involved (LVL-20, LVL-21)."""
    if recipient in REGIONAL:
        return guidance.levels.triggers.of(REGIONAL_TRIGGERS)
    return guidance.levels.triggers.of(NATIONAL) if recipient is Slot.NHS_ENGLAND_NATION else ()


def judged(actor: Actor, on: date, given: ExchangeGiven, end: End) -> tuple[Verdict, tuple[Reason, ...]]:
    """This function will ask the rules about something that is to be sent: their answer, and their remarks."""
    guidance = guidance_for(end.system, on)
    case = case_for(actor, on, given.subject, end.system)
    sending = Sending(
        kind=given.kind,
        sender=given.sender,
        recipient=given.recipient,
        case=replace(case, is_wider=True) if given.is_wider else case,
        on=on,
        route=given.route,
        purpose=given.purpose,
        asks=given.asks,
        due_on=given.due_on,
        has_subject=given.subject is not None,
        triggers=given.triggers,
        triggers_known=tuple(one.id for one in triggers_for(guidance, given.recipient)),
        stands_for=end.stands_for,
    )
    return may_send(guidance.notices, sending, names_by(guidance)), remarks_on(sending)


def may_name(actor: Actor, on: date, subject: Subject) -> bool:
    """This function will say whether somebody may write of a subject: their group hears of it, or it reached them.

    A declared interest denies it, and so does work for the provider that it is about (COI-03, PER-09, PER-10).
    """
    body = subject.organisation
    if subject.pk in conflicts_of(actor, on) or (body and body.code in bodies_provided_for(actor, on)):
        return False
    reached = Q(subject=subject)
    return (
        hears_of(actor, on, subject)
        or LevelProposal.objects.visible_to(actor, on).filter(reached).exists()
        or Exchange.objects.visible_to(actor, on).filter(reached).exists()
    )


def writers_to(body: Organisation, on: date) -> tuple[Organisation, ...]:
    """This function will give the bodies that may write to a group by letter (SAF-04, SAF-05; QSG 2017 ¶80, ¶83)."""
    there = Organisation.objects.open_on(on)
    near = within(body, on).open_on(on).filter(kind__in=_NEAR).order_by()
    others = list(there.filter(Q(pk__in=near.values("pk")) | Q(kind__in=_ANYWHERE)))
    councils = councils_of(body, body.code, on)
    return tuple(sorted({*others, *councils} - {body}, key=lambda one: (one.name, one.code)))
