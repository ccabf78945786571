"""What those who keep the record read to handle items: what waits, what was done, what is still owed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from sightline.accounts.queries import names_of
from sightline.core.access import Actor, Permission, Viewer, may
from sightline.directory.models import Organisation, Relation, Subject
from sightline.directory.queries import subjects_by_code
from sightline.directory.words import Kind as Body
from sightline.directory.words import Link
from sightline.groups.viewers import viewer_of
from sightline.intelligence.models import (
    About,
    Doubt,
    Giver,
    Investigation,
    Item,
    Onward,
    Panel,
    Passage,
    Referral,
    Report,
    Review,
    SharedWith,
    Unplaced,
)
from sightline.intelligence.queries.annexes import AnnexFacts, annexes_of
from sightline.intelligence.queries.items import passages_of, subjects_of
from sightline.intelligence.queries.joining import Joined, joined_for, story_of
from sightline.intelligence.queries.mine import Owed, owed_by
from sightline.intelligence.queries.releases import ReleaseFacts, given_on, releases_of
from sightline.intelligence.words import PUBLISHED, Outcome, ReferralKind, Safeguarding

AT_MOST = 200
CANDIDATES = 30


@dataclass(frozen=True, slots=True)
class Became:
    """That a body turned into another, whole or in part, on a day if it is known."""

    old: str
    new: str
    on: date | None
    is_part: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A published item that waits to be reviewed, with whatever holds it for a person.

    ``unplaced`` are the names in it that wait, each with those whom it may mean; ``became`` says of bodies that it is
    about into which others they have turned since.
    """

    item: Item
    subjects: tuple[Subject, ...]
    passages: tuple[Passage, ...]
    report: Report | None
    doubts: tuple[str, ...] = ()
    unplaced: tuple[tuple[Unplaced, tuple[Subject, ...]], ...] = ()
    became: tuple[Became, ...] = ()
    looks_personal: bool = False


@dataclass(frozen=True, slots=True)
class Passed:
    """A referral as its reader may know it: ``item`` is None for the group that receives it and sees no item."""

    referral: Referral
    item: Item | None
    subjects: tuple[Subject, ...]
    sender: str
    recorded_by: str
    may_receive: bool


@dataclass(frozen=True, slots=True)
class Handled:
    """What was done with one item, as far as one reader may know it."""

    item: Item
    keeps: bool
    gave: bool
    hears: bool
    has_giver: bool
    may_refer: bool
    may_prepare: bool
    reviews: tuple[tuple[Review, str], ...]
    outcome: Outcome | None
    owed: tuple[Owed, ...]
    told_with: tuple[tuple[Item, str], ...]
    joins: tuple[Joined, ...]
    held: Waiting | None
    referrals: tuple[Passed, ...]
    shared_with: tuple[SharedWith, ...]
    panels: tuple[Panel, ...]
    investigation: Investigation | None
    releases: tuple[ReleaseFacts, ...]
    released_on: tuple[date, ...]
    annexes: tuple[AnnexFacts, ...]


def handled(actor: Actor, on: date, item_id: UUID) -> Handled | None:
    """This function will say what was done with an item, or None where there is none that the actor may see."""
    item = Item.objects.visible_to(actor, on).filter(pk=item_id).first()
    if item is None:
        return None
    viewer = viewer_of(actor, on)
    hears = Item.objects.heard_by(viewer).filter(pk=item.pk).exists()
    keeps = hears and viewer.keeps_record_of(item.system)
    giver = Giver.objects.filter(item=item).values_list("actor_id", flat=True).first()
    gave = giver == actor.actor_id
    reviews = _signed(Review.objects.filter(item=item).order_by("recorded_at", "pk"))
    return Handled(
        item=item,
        keeps=keeps,
        gave=gave,
        hears=hears,
        has_giver=giver is not None,
        may_refer=bool(may(actor, Permission.SHARE_INTELLIGENCE, on)),
        may_prepare=keeps and not item.verbal_only,
        reviews=reviews if keeps else (),
        outcome=Outcome(reviews[-1][0].outcome) if reviews and (keeps or gave) else None,
        owed=owed_by([item])[item.pk] if keeps or gave else (),
        told_with=_told_with(viewer, item) if keeps else (),
        joins=tuple(joined_for(actor, on, item)) if keeps else (),
        held=_held(actor, on, item) if keeps else None,
        referrals=_referrals_of(viewer, item, keeps),
        shared_with=tuple(SharedWith.objects.filter(item=item).order_by("shared_on", "pk")) if keeps else (),
        panels=tuple(Panel.objects.filter(item=item)) if keeps else (),
        investigation=Investigation.objects.filter(item=item).first() if hears else None,
        releases=releases_of(actor, on, item),
        released_on=given_on(item) if gave else (),
        annexes=annexes_of(actor, on, item, keeps),
    )


def kept_item(actor: Actor, on: date, item_id: UUID) -> Item | None:
    """This function will give an item that the actor hears and whose record they keep."""
    found = _kept(viewer_of(actor, on)).filter(pk=item_id)
    return found.first()


def waiting(actor: Actor, on: date) -> QuerySet[Item]:
    """This function will give the published items that wait to be reviewed by the actor, source by source.

    They wait again where a later file says something of them that nobody may settle but a person.
    """
    found = _kept(viewer_of(actor, on)).filter(kind__in=[one.value for one in PUBLISHED])
    reviewed = Review.objects.filter(item=OuterRef("pk"))
    new = Q(~Exists(reviewed), counts=False)
    again = _doubted_since()
    return found.filter(new | Q(pk__in=again) if again else new).order_by("kind", "source", "-heard_on", "pk")


def waiting_ones(actor: Actor, on: date, items: Sequence[Item]) -> list[Waiting]:
    """This function will read what the review of these items needs to know."""
    keys = [item.pk for item in items]
    subjects, passages = subjects_of(keys), passages_of(viewer_of(actor, on), keys)
    rows = Report.objects.filter(item__in=keys).prefetch_related("addressees")
    reports = {row.item_id: row for row in rows}
    unplaced, doubts = _unplaced(keys), _doubts(keys)
    became = _became({one.organisation_id for some in subjects.values() for one in some if one.organisation_id})
    return [
        Waiting(
            item=item,
            subjects=tuple(subjects[item.pk]),
            passages=tuple(passages[item.pk]),
            report=reports.get(item.pk),
            doubts=tuple(doubts.get(item.pk, ())),
            unplaced=tuple(unplaced.get(item.pk, ())),
            became=tuple(step for one in subjects[item.pk] for step in became.get(one.organisation_id, ())),
            looks_personal=any(one.knowingly for one in passages[item.pk]),
        )
        for item in items
    ]


def waiting_one(actor: Actor, on: date, item: Item) -> Waiting:
    """This function will read what the review of one item needs to know."""
    return waiting_ones(actor, on, [item])[0]


def chosen_of(actor: Actor, on: date, keys: Sequence[UUID]) -> list[Item]:
    """This function will give those of the chosen items that wait to be reviewed by the actor."""
    return list(waiting(actor, on).filter(pk__in=keys))


def may_tell_the_same(actor: Actor, on: date, item: Item) -> list[tuple[Item, str]]:
    """This function will give items about the same subjects whose story an item may tell again, with how they begin."""
    viewer = viewer_of(actor, on)
    about = About.objects.filter(item=item).values("subject")
    joined = {one.pk for one, _ in _told_with(viewer, item)} | {item.pk}
    found = _kept(viewer).filter(pk__in=About.objects.filter(subject__in=about).values("item")).exclude(pk__in=joined)
    return _begun(viewer, list(found.order_by("-heard_on", "-recorded_at", "pk")[:CANDIDATES]))


def referrals_to_receive(viewer: Viewer) -> QuerySet[Referral]:
    """This function will give the referrals whose receipt a viewer may record: of their own group, or made to it.

    The group to which it was made reads what was written for it and never the item; an interest in a subject closes
    it to them all the same (COI-03).
    """
    if not viewer.keeps:
        return Referral.objects.none()
    return Referral.objects.filter(Q(item__in=_kept(viewer).values("pk")) | _made_to(viewer))


def one_referral(actor: Actor, on: date, referral_id: UUID) -> Passed | None:
    """This function will give one referral whose receipt the actor may record."""
    viewer = viewer_of(actor, on)
    return next(iter(_passed(viewer, referrals_to_receive(viewer).filter(pk=referral_id))), None)


def referrals_made(actor: Actor, on: date) -> list[Passed]:
    """This function will list the referrals that the actor made or keeps, those without a receipt first."""
    viewer = viewer_of(actor, on)
    reach = Q(recorded_by=actor.actor_id, item__in=Item.objects.seen_by(viewer).values("pk"))
    if viewer.keeps:
        reach |= Q(item__in=_kept(viewer).values("pk"))
    return _passed(viewer, _open_first(Referral.objects.filter(reach))[:AT_MOST])


def referrals_received(actor: Actor, on: date) -> list[Passed]:
    """This function will list what other groups referred to those whose record the actor keeps (INT-09)."""
    viewer = viewer_of(actor, on)
    found = Referral.objects.filter(_made_to(viewer)) if viewer.keeps else Referral.objects.none()
    return _passed(viewer, _open_first(found)[:AT_MOST])


def referrals_owed(actor: Actor, on: date) -> list[tuple[Item, tuple[Subject, ...], Owed]]:
    """This function will list what must still be referred, safeguarding first: to keepers all, to a giver their own."""
    viewer = viewer_of(actor, on)
    reach = Q(giver__actor_id=actor.actor_id)
    if viewer.keeps:
        reach |= Q(pk__in=_kept(viewer).values("pk"))
    asked = Onward.objects.filter(item=OuterRef("pk")).exclude(body="")
    found = Item.objects.filter(reach).filter(
        Q(safeguarding=Safeguarding.SUSPECTED.value) | Q(practitioner=True) | Exists(asked)
    )
    referred = Referral.objects.filter(item=OuterRef("pk"), kind=ReferralKind.SAFEGUARDING.value)
    urgent = found.filter(~Exists(referred), safeguarding=Safeguarding.SUSPECTED.value).order_by("heard_on", "pk")
    items = {item.pk: item for item in (*urgent[:AT_MOST], *found.order_by("heard_on", "pk")[:AT_MOST])}
    subjects, owed = subjects_of(items), owed_by(items.values())
    lines = [
        (item, tuple(subjects[key]), one) for key, item in items.items() for one in owed[key] if one.made_on is None
    ]
    return sorted(lines, key=lambda line: line[2].kind is not ReferralKind.SAFEGUARDING)


def other_groups(item: Item, on: date) -> tuple[tuple[str, str], ...]:
    """This function will name the groups to which a matter could be referred, by the code of their system."""
    boards = Organisation.objects.open_on(on).filter(kind=Body.ICB).exclude(code=item.system)
    return tuple(boards.order_by("name").values_list("code", "name"))


def _doubted_since() -> list[UUID]:
    """Items that were decided before the doubt about them arose: few, so that they are asked for apart."""
    decided = Review.objects.filter(item=OuterRef("item"))
    found = Doubt.objects.standing().filter(Exists(decided))
    return list(found.order_by().values_list("item", flat=True).distinct())


def _kept(viewer: Viewer) -> QuerySet[Item]:
    if not viewer.keeps:
        return Item.objects.none()
    found = Item.objects.heard_by(viewer)
    return found if viewer.kept is None else found.filter(system__in=viewer.kept)


def _made_to(viewer: Viewer) -> Q:
    reach = ~Q(group_system="") if viewer.kept is None else Q(group_system__in=viewer.kept - {""})
    if viewer.conflicts:
        reach &= ~Q(item__in=About.objects.filter(subject__in=viewer.conflicts).values("item"))
    return reach


def _open_first(found: QuerySet[Referral]) -> QuerySet[Referral]:
    return found.order_by(F("receipt__received_on").desc(nulls_first=True), "-referred_on", "-recorded_at", "pk")


def _referrals_of(viewer: Viewer, item: Item, keeps: bool) -> tuple[Passed, ...]:
    found = Referral.objects.filter(item=item)
    return tuple(_passed(viewer, found if keeps else found.filter(recorded_by=viewer.actor_id)))


def _passed(viewer: Viewer, found: QuerySet[Referral]) -> list[Passed]:
    rows = list(found.select_related("item", "receipt"))
    told = Item.objects.seen_by(viewer).filter(pk__in={row.item_id for row in rows})
    seen = set(told.order_by().values_list("pk", flat=True))
    receiving = set(referrals_to_receive(viewer).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    subjects = subjects_of(seen)
    names = names_of({row.recorded_by for row in rows})
    groups = dict(Organisation.objects.filter(code__in={row.item.system for row in rows}).values_list("code", "name"))
    return [
        Passed(
            referral=row,
            item=row.item if row.item_id in seen else None,
            subjects=tuple(subjects.get(row.item_id, ())),
            sender=groups.get(row.item.system, "another group"),
            recorded_by=names.get(row.recorded_by, "somebody who left") if row.item_id in seen else "",
            may_receive=row.pk in receiving and getattr(row, "receipt", None) is None,
        )
        for row in rows
    ]


def _told_with(viewer: Viewer, item: Item) -> tuple[tuple[Item, str], ...]:
    """What tells the same story, as far as the viewer hears it."""
    keys = {one.pk for one in story_of(item)} - {item.pk}
    return tuple(_begun(viewer, list(_kept(viewer).filter(pk__in=keys).order_by("-heard_on", "pk"))))


def _held(actor: Actor, on: date, item: Item) -> Waiting | None:
    """What holds an item for a person, if anything does."""
    found = waiting_one(actor, on, item)
    return found if found.doubts or found.unplaced else None


def _begun(viewer: Viewer, items: list[Item]) -> list[tuple[Item, str]]:
    passages = passages_of(viewer, [item.pk for item in items])
    return [(item, passages[item.pk][0].text if passages[item.pk] else "") for item in items]


def _signed(rows: QuerySet[Review]) -> tuple[tuple[Review, str], ...]:
    names = names_of({row.recorded_by for row in rows})
    return tuple((row, names.get(row.recorded_by, "somebody who left")) for row in rows)


def _unplaced(keys: Sequence[UUID]) -> dict[UUID, list[tuple[Unplaced, tuple[Subject, ...]]]]:
    rows = list(Unplaced.objects.filter(item__in=keys, placing=None).order_by("words"))
    subjects = subjects_by_code({code for row in rows for code in row.candidates.split()})
    found: dict[UUID, list[tuple[Unplaced, tuple[Subject, ...]]]] = {}
    for row in rows:
        bodies = tuple(subjects[code] for code in row.candidates.split() if code in subjects)
        found.setdefault(row.item_id, []).append((row, bodies))
    return found


def _doubts(keys: Sequence[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    rows = Doubt.objects.standing().filter(item__in=keys).order_by("recorded_at", "pk")
    for item, says in rows.values_list("item", "says"):
        found.setdefault(item, []).append(says)
    return found


def _became(bodies: set[UUID]) -> dict[UUID | None, list[Became]]:
    found: dict[UUID | None, list[Became]] = {}
    rows = Relation.objects.filter(link=Link.SUCCEEDED_BY, origin__in=bodies).order_by("valid_from", "pk")
    for row in rows.select_related("origin", "target"):
        step = Became(row.origin.name, row.target.name, row.valid_from, row.is_part)
        found.setdefault(row.origin_id, []).append(step)
    return {body: list(dict.fromkeys(some)) for body, some in found.items()}
