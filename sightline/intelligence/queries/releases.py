"""Reads of copies written for providers: by those who write and release them, and by the provider, never both at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from sightline.accounts.models import RoleGrant
from sightline.accounts.queries import names_of
from sightline.core.access import Actor, Permission, Role, systems_where
from sightline.directory.models import Organisation, Relation
from sightline.directory.models.subjects import with_history
from sightline.directory.words import Link
from sightline.groups.viewers import viewer_of
from sightline.intelligence.models import About, Item, Release, ReleaseAnswer, ReleaseDecision
from sightline.intelligence.words import ReleaseStep


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """A copy as those who keep it know it: where it stands, who wrote it, each step, and what was answered."""

    release: Release
    standing: ReleaseStep | None
    prepared_by: str
    steps: tuple[tuple[ReleaseDecision, str], ...]
    answers: tuple[tuple[ReleaseAnswer, str], ...]
    is_own: bool  # the reader prepared it
    may_decide: bool
    readers: int  # people who speak for the body here


@dataclass(frozen=True, slots=True)
class Letter:
    """A copy as the provider knows it: its words, and what the provider itself answered. Of the item, nothing."""

    id: UUID
    to: str
    text: str
    asks: str
    answer_by: date | None
    released_on: date
    answers: tuple[tuple[str, date], ...]


def released_to(actor: Actor, on: date) -> QuerySet[Release]:
    """This function will give the copies that stand released to a body for which the actor speaks (PER-10).

    A body is read with its history. Who also holds another role reads them by their role as provider all the same;
    a role in one system's group reads what that group released.
    """
    reach = Q(pk__in=())
    for grant in actor.grants:
        if grant.role is Role.PROVIDER and grant.organisation and grant.holds_on(on):
            own = Q(to__code__in=with_history(frozenset({grant.organisation})))
            reach |= own & Q(system=grant.system) if grant.system else own
    return _standing_released().filter(reach)


def letters(actor: Actor, on: date) -> list[Letter]:
    """This function will list what stands released to the actor's own body, the newest first."""
    found = list(released_to(actor, on).select_related("to").order_by("-pk"))
    return sorted((_letter(one) for one in found), key=lambda one: one.released_on, reverse=True)


def one_letter(actor: Actor, on: date, release_id: UUID) -> Letter | None:
    """This function will give one copy that stands released to the actor's own body."""
    found = released_to(actor, on).filter(pk=release_id).select_related("to").first()
    return _letter(found) if found else None


def one_letter_to_answer(actor: Actor, on: date, release_id: UUID) -> Release | None:
    """This function will give the record behind a copy, for the operation that answers it."""
    return released_to(actor, on).filter(pk=release_id).first()


def bodies_concerned(item: Item, on: date) -> list[Organisation]:
    """This function will give the bodies to which a copy may go: those it is about, who runs them, and their heirs."""
    codes = frozenset(
        code for code in About.objects.filter(item=item).values_list("subject__organisation__code", flat=True) if code
    )
    running = Relation.objects.valid_on(on).filter(link=Link.OPERATED_BY, origin__code__in=codes)
    above = frozenset(running.values_list("target__code", flat=True))
    found = Organisation.objects.filter(code__in=with_history(codes | above))
    return sorted(found, key=lambda body: (not body.is_open(on), body.code not in codes, body.name))


def speakers_for(body: Organisation, system: str, on: date) -> int:
    """This function will count the people who would read a copy for a body."""
    held = RoleGrant.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=on),
        Q(ending=None) | Q(ending__ends_on__gt=on),
        role=Role.PROVIDER.value,
        valid_from__lte=on,
        system__in={"", system},
        organisation__in=with_history(frozenset({body.code})),
        person__is_active=True,
    )
    return held.values("person").distinct().count()


def releases_of(actor: Actor, on: date, item: Item) -> tuple[ReleaseFacts, ...]:
    """This function will give the copies made of an item, for who keeps or releases in its group and hears it."""
    return _facts(actor, on, _kept_by(actor, on).filter(item=item))


def one_release(actor: Actor, on: date, release_id: UUID) -> ReleaseFacts | None:
    """This function will give one copy, for who keeps or releases in its group and hears the item."""
    return next(iter(_facts(actor, on, _kept_by(actor, on).filter(pk=release_id))), None)


def releases_waiting(actor: Actor, on: date) -> tuple[ReleaseFacts, ...]:
    """This function will give the copies that wait for a second person, the oldest first."""
    return _facts(actor, on, _kept_by(actor, on).filter(decisions=None))


def given_on(item: Item) -> tuple[date, ...]:
    """This function will say on which days a copy of an item was released and not withdrawn since; its giver may know."""
    rows = _standing_released().filter(item=item)
    return tuple(sorted(_last_step(one) for one in rows))


def _kept_by(actor: Actor, on: date) -> QuerySet[Release]:
    viewer = viewer_of(actor, on)
    found = Release.objects.filter(item__in=Item.objects.heard_by(viewer).values("pk"))
    ways = (Permission.REVIEW_INTELLIGENCE, Permission.RELEASE_INTELLIGENCE)
    some = [systems_where(actor, one, on) for one in ways]
    if None in some:
        return found
    return found.filter(item__system__in=frozenset().union(*(one for one in some if one)))


def _standing_released() -> QuerySet[Release]:
    """Released and not withdrawn; nothing follows a withdrawal."""
    decided = ReleaseDecision.objects.filter(release=OuterRef("pk"))
    released = Exists(decided.filter(step=ReleaseStep.RELEASED.value))
    return Release.objects.filter(released, ~Exists(decided.exclude(step=ReleaseStep.RELEASED.value)))


def _facts(actor: Actor, on: date, found: QuerySet[Release]) -> tuple[ReleaseFacts, ...]:
    rows = list(found.select_related("to", "item").order_by("recorded_at", "pk"))
    steps = list(ReleaseDecision.objects.filter(release__in=rows).order_by("recorded_at", "pk"))
    answers = list(ReleaseAnswer.objects.filter(release__in=rows).order_by("recorded_at", "pk"))
    names = names_of({one.recorded_by for some in (rows, steps, answers) for one in some})
    deciding = systems_where(actor, Permission.RELEASE_INTELLIGENCE, on)
    own_bodies = viewer_of(actor, on).organisations
    made = []
    for one in rows:
        decided = [step for step in steps if step.release_id == one.pk]
        is_own = one.recorded_by == actor.actor_id
        in_reach = deciding is None or one.item.system in deciding
        made.append(
            ReleaseFacts(
                release=one,
                standing=ReleaseStep(decided[-1].step) if decided else None,
                prepared_by=_name(names, one.recorded_by),
                steps=tuple((step, _name(names, step.recorded_by)) for step in decided),
                answers=tuple((a, _name(names, a.recorded_by)) for a in answers if a.release_id == one.pk),
                is_own=is_own,
                may_decide=in_reach and one.to.code not in own_bodies,
                readers=speakers_for(one.to, one.system, on),
            )
        )
    return tuple(made)


def _name(names: dict[str, str], actor_id: str) -> str:
    return names.get(actor_id, "somebody who left")


def _letter(one: Release) -> Letter:
    answers = ReleaseAnswer.objects.filter(release=one).order_by("recorded_at", "pk")
    return Letter(
        id=one.pk,
        to=one.to.name,
        text=one.text,
        asks=one.asks,
        answer_by=one.answer_by,
        released_on=_last_step(one),
        answers=tuple((answer.text, timezone.localdate(answer.recorded_at)) for answer in answers),
    )


def _last_step(one: Release) -> date:
    return max(timezone.localdate(step.recorded_at) for step in one.decisions.all())
