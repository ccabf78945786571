"""Reads of duties: lists, one duty with what became of it, and the part that its reader has in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, UUIDField, Value, When
from django.db.models.functions import Coalesce

from sightline.accounts.models import Person
from sightline.core.access import Actor, Permission, may
from sightline.core.escalation.following import Asked, DutyHow, Following, Part, Step, followed, may_step
from sightline.core.rulebook.duties import NoticeKind
from sightline.core.rulebook.levels import Force, Slot
from sightline.directory.models import Organisation
from sightline.escalation.models import Duty, DutyQuerySet, DutyStep
from sightline.escalation.queries.holding import Post, holders_at, posts_of, roles_answered
from sightline.escalation.queries.registering import Register, lacking
from sightline.groups.viewers import viewer_of
from sightline.surveillance.models import Reach

OF_PROVIDERS = (Slot.PROVIDER.value, Slot.PROVIDER_CHAIR.value)


class Show(StrEnum):
    """Which duties a list shows."""

    OPEN = "open"
    OVERDUE = "overdue"
    UNTOLD = "untold"  # providers that were not told yet (PRV-03)
    SETTLED = "settled"
    ALL = "all"


class Whose(StrEnum):
    """Whose duties a list shows."""

    MINE = "mine"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for."""

    show: Show = Show.OPEN
    whose: Whose = Whose.ALL
    subject: UUID | None = None


@dataclass(frozen=True, slots=True)
class Ends:
    """The bodies for which the two roles of a duty are meant: of whoever sees to it, and of whoever receives it."""

    doers: tuple[UUID, ...]
    receivers: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Now:
    """To which role of which body a duty falls now, and which body receives it: whoever leads, once it was handed over."""

    falls_to: Slot
    doer: Organisation | None
    organisation: Organisation | None


def stands_now(duty: Duty) -> Now:
    """This function will say whose a duty is now: as it arose, or whoever leads, once that was agreed later (ORG-11)."""
    handed = [one for one in duty.steps.all() if one.how == DutyHow.HANDED_OVER.value]
    if not handed:
        return Now(Slot(duty.falls_to), duty.doer, duty.organisation)
    lead = handed[-1].body
    if duty.to == Slot.PROCESS_LEAD.value:
        return Now(Slot(duty.falls_to), duty.doer, lead)
    return Now(Slot.PROCESS_LEAD, lead, duty.organisation)


def listed(actor: Actor, on: date, wanted: Wanted) -> DutyQuerySet:
    """This function will give the duties that the actor may read and asked for.

    What is due first stands on top; where settled ones are among them, what arose last does.
    """
    found = _stood(Duty.objects.visible_to(actor, on))
    found = found.filter(_shown(wanted.show, on))
    if wanted.subject is not None:
        found = found.filter(subject=wanted.subject)
    if wanted.whose is Whose.MINE:
        found = found.filter(_mine(posts_of(actor, on)))
    found = found.select_related("subject", "doer", "organisation", "decision", "telling").prefetch_related(
        "steps__body"
    )
    due = Coalesce("look_on", "due_on").asc(nulls_last=True)
    if wanted.show in {Show.ALL, Show.SETTLED}:
        return found.order_by("-arisen_on", "-recorded_at", "-decision__number", due, "pk")
    return found.order_by(due, "arisen_on", "recorded_at", "pk")


def concerns_to_hear(actor: Actor, on: date, slot: Slot, body: UUID) -> DutyQuerySet:
    """This function will give the open duties by which a group of a body is to be told of a concern (RPT-01)."""
    found = listed(actor, on, Wanted(Show.OPEN)).filter(concern__isnull=False, to=slot.value, organisation=body)
    return found.select_related("subject__organisation", "concern")


def one_duty(actor: Actor, on: date, duty: UUID) -> Duty | None:
    """This function will give a duty that the actor may read, with its steps and the words in which a provider was told."""
    found = Duty.objects.visible_to(actor, on).filter(pk=duty)
    found = found.select_related(
        "subject__organisation", "doer", "organisation", "decision__proposal", "concern",
        "telling__organisation", "telling__told_by",
    )  # fmt: skip
    return found.prefetch_related("steps__body", "telling__answers").first()


def asked_of(duty: Duty, registers: Iterable[Register] = ()) -> Asked:
    """This function will give what the guidance asks for, as the rules know it, with the registers that it names."""
    return Asked(NoticeKind(duty.kind), Force(duty.force), duty.arisen_on, duty.due_on, lacking(registers))


def following_of(duty: Duty, on: date) -> Following:
    """This function will say where a duty stands on a day."""
    steps = [Step(DutyHow(one.how), one.happened_on, one.review_on) for one in duty.steps.all()]
    return followed(asked_of(duty), steps, on)


def bodies_of_duty(duty: Duty) -> Ends:
    """This function will give the bodies of a duty's two roles; where several share one, all that the level reaches."""
    now = stands_now(duty)
    reached: list[UUID] = []
    if now.doer is None or now.organisation is None:
        reached = list(_reached(duty).order_by("organisation__code").values_list("organisation", flat=True))
    doers = (now.doer.pk,) if now.doer else tuple(reached)
    receivers = () if duty.lacks_body else (now.organisation.pk,) if now.organisation else tuple(reached)
    return Ends(doers, receivers)


def part_in(actor: Actor, on: date, duty: Duty) -> Part:
    """This function will say what part the actor has in a duty.

    Whoever keeps the record sees to anything; and writes down that something was acknowledged where nobody with an
    account here holds the role, so that the word came by another way.
    """
    posts = posts_of(actor, on)
    ends = bodies_of_duty(duty)
    keeps = may(actor, Permission.ESCALATE, on) and viewer_of(actor, on).keeps_record_of(duty.system)
    does = bool(keeps) or _holds(posts, stands_now(duty).falls_to, ends.doers)
    receives = _holds(posts, Slot(duty.to), ends.receivers)
    if keeps and not receives:
        receives = not holders_at(ends.receivers, on).of(Slot(duty.to), ends.receivers)
    return Part(does, receives)


def tellers_for(duty: Duty) -> list[Organisation]:
    """This function will give the organisations that may be the one to tell a provider: those concerned (PRV-02)."""
    wanted = Q(pk__in=_reached(duty).values("organisation")) | Q(code=duty.system)
    if (doer := stands_now(duty).doer) is not None:
        wanted |= Q(pk=doer.pk)
    found = Organisation.objects.filter(wanted).order_by("name")
    return [one for one in found if one.pk != duty.organisation_id]


def _reached(duty: Duty) -> QuerySet[Reach]:
    """What the level reaches from which a duty arose; a concern at Routine reaches nobody beyond those it names."""
    return Reach.objects.filter(proposal=duty.decision.proposal_id) if duty.decision else Reach.objects.none()


def _holds(posts: frozenset[Post], slot: Slot, bodies: Sequence[UUID]) -> bool:
    return any(
        slot.value in roles_answered(one) and (one.body in bodies or slot is Slot.NHS_ENGLAND_NATION) for one in posts
    )


def _stood(duties: DutyQuerySet) -> DutyQuerySet:
    steps = DutyStep.objects.filter(duty=OuterRef("pk")).order_by("-recorded_at", "-pk")
    last, handed = steps.exclude(how=_HANDED), steps.filter(how=_HANDED)
    lead, is_receiver = Q(lead__isnull=False), Q(to=Slot.PROCESS_LEAD.value)
    return duties.annotate(
        last_how=Subquery(last.values("how")[:1]),
        look_on=Subquery(last.values("review_on")[:1]),
        lead=Subquery(handed.values("body")[:1]),
    ).annotate(
        falls_now=Case(
            When(lead & ~is_receiver, then=Value(Slot.PROCESS_LEAD.value)),
            default=F("falls_to"),
            output_field=CharField(),
        ),
        doer_now=Case(When(lead & ~is_receiver, then=F("lead")), default=F("doer"), output_field=UUIDField()),
        receiver_now=Case(
            When(lead & is_receiver, then=F("lead")), default=F("organisation"), output_field=UUIDField()
        ),
    )


_HANDED = DutyHow.HANDED_OVER.value
_PUT_OFF = Q(last_how=DutyHow.NOT_YET.value)
_AWAITS_RECEIPT = Q(last_how=DutyHow.DONE.value, kind=NoticeKind.NOTICE.value, force=Force.MUST.value)
_UNDONE = Q(last_how=None) | _PUT_OFF
_OPEN = _UNDONE | _AWAITS_RECEIPT


def _shown(show: Show, on: date) -> Q:
    match show:
        case Show.OPEN:
            return _OPEN
        case Show.OVERDUE:
            return Q(last_how=None, due_on__lt=on) | (_PUT_OFF & Q(look_on__lt=on))
        case Show.UNTOLD:
            return _UNDONE & Q(to__in=OF_PROVIDERS, kind=NoticeKind.NOTICE.value)
        case Show.SETTLED:
            return Q(last_how__isnull=False) & ~_OPEN
        case Show.ALL:
            return Q()


def _mine(posts: frozenset[Post]) -> Q:
    """What falls to the holder of these posts, and what is done and waits for them to acknowledge it."""
    mine = Q(pk__in=[])
    for one in sorted(posts, key=lambda post: (post.slot, str(post.body))):
        roles = roles_answered(one)
        reached = Exists(Reach.objects.filter(proposal=OuterRef("decision__proposal"), organisation=one.body))
        anybodys = Q(reached) | Q(falls_now=Slot.NHS_ENGLAND_NATION.value)
        mine |= Q(falls_now__in=roles) & (Q(doer_now=one.body) | (Q(doer_now=None) & anybodys))
        told = Q(reached) | Q(to=Slot.NHS_ENGLAND_NATION.value)
        receives = Q(receiver_now=one.body) | (Q(receiver_now=None, lacks_body=False) & told)
        mine |= Q(to__in=roles) & receives & Q(last_how=DutyHow.DONE.value)
    return mine


def is_tellable(duty: Duty) -> bool:
    """This function will say whether by a duty a provider is told, in words of its own."""
    return duty.to in OF_PROVIDERS and duty.kind == NoticeKind.NOTICE.value and duty.organisation_id is not None


def steps_open(actor: Actor, on: date, duty: Duty, registers: Iterable[Register]) -> tuple[DutyHow, ...]:
    """This function will give the steps that the actor may take next. A provider is told, which is no step by itself."""
    part, status, asked = part_in(actor, on, duty), following_of(duty, on).status, asked_of(duty, registers)
    if not may(actor, Permission.ESCALATE, on):
        return ()
    tomorrow = on + timedelta(days=1)
    found = (one for one in DutyHow if may_step(asked, status, one, part, on, "A reason", tomorrow))
    return tuple(one for one in found if one is not DutyHow.DONE or not is_tellable(duty))


def may_tell(actor: Actor, on: date, duty: Duty) -> bool:
    """This function will say whether the actor may write down how a provider was told, which nobody has yet."""
    if not is_tellable(duty) or hasattr(duty, "telling") or not may(actor, Permission.ESCALATE, on):
        return False
    part = part_in(actor, on, duty)
    return bool(may_step(asked_of(duty), following_of(duty, on).status, DutyHow.DONE, part, on))


def people_at(duty: Duty, on: date) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    """This function will give who answers for the two roles of a duty today; maybe nobody, which is a gap to be seen."""
    ends = bodies_of_duty(duty)
    holders = holders_at({*ends.doers, *ends.receivers}, on)
    return holders.of(stands_now(duty).falls_to, ends.doers), holders.of(Slot(duty.to), ends.receivers)


def subject_named(actor: Actor, on: date, subject: UUID | None) -> str:
    """This function will name the subject by which a list is filtered, where the actor reads a duty about it."""
    if subject is None:
        return ""
    found = Duty.objects.visible_to(actor, on).filter(subject=subject).select_related("subject").first()
    return found.subject.name if found else ""
