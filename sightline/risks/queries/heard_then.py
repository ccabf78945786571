"""What people had told by a day, and who of those who then sat in the group could read it, as far as records tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sightline.accounts.models import RoleGrant
from sightline.core.access import Grant, Handling, Permission, Told, Viewer, may_read
from sightline.core.access.rules import ROLES
from sightline.directory.models import Subject
from sightline.directory.queries import family_of, is_area
from sightline.groups.models import DeclaredInterest
from sightline.intelligence.models import About, FormerReader, Giver, Item, Marking, NamedReader, Review
from sightline.intelligence.queries import passages_of
from sightline.intelligence.words import PUBLISHED, Kind, Outcome
from sightline.risks.queries.rows import day_after


@dataclass(frozen=True, slots=True)
class Sitting:
    """Somebody who sat in a group on a day, with their sight on that day as far as one subject goes."""

    viewer: Viewer
    grants: tuple[Grant, ...]


@dataclass(frozen=True, slots=True)
class HeardThen:
    """One item that had been told, its words as far as the reader may read them, and how far it then travelled.

    ``handling`` and ``could_read`` are None where the records do not tell how far it then travelled.
    """

    item: Item
    words: str
    handling: Handling | None
    counted: bool
    could_read: int | None


def sitting_on(subject: Subject, day: date) -> tuple[Sitting, ...]:
    """This function will give everybody who on a day held a role by which one hears, with what was closed to them."""
    grants: dict[UUID, list[Grant]] = defaultdict(list)
    for row in RoleGrant.objects.select_related("ending").order_by("person", "pk"):
        grant = row.as_grant()
        if grant.holds_on(day):
            grants[row.person_id].append(grant)
    code = subject.organisation.code if subject.organisation else ""
    family = family_of(code, day) if code else frozenset()
    about = DeclaredInterest.objects.filter(person__in=grants).in_force(day).order_by()
    rows = about.values_list("person", "subject", "subject__organisation__code")
    interested = {person for person, key, held in rows if key == subject.pk or held in family}
    own = frozenset() if not code or is_area(code) else family
    found = (_sitting(key, tuple(held), subject, own, key in interested) for key, held in grants.items())
    return tuple(one for one in found if one.viewer.hears)


def _sitting(
    person: UUID, grants: tuple[Grant, ...], subject: Subject, family: frozenset[str], has_interest: bool
) -> Sitting:
    heard = {one.system for one in grants if Permission.SEE_INTELLIGENCE in ROLES[one.role]}
    kept = {one.system for one in grants if Permission.REVIEW_INTELLIGENCE in ROLES[one.role]}
    is_own = any(one.organisation in family for one in grants)
    viewer = Viewer(
        actor_id=f"person:{person}",
        systems=None if "" in heard else frozenset(heard),
        organisations=family if is_own else frozenset(),
        conflicts=frozenset({subject.pk}) if has_interest else frozenset(),
        hears=bool(heard),
        keeps=bool(kept),
        kept=None if "" in kept else frozenset(kept),
    )
    return Sitting(viewer, grants)


def heard_then(
    viewer: Viewer, subject: Subject, day: date, sitting: Sequence[Sitting], at_most: int
) -> tuple[tuple[HeardThen, ...], int]:
    """This function will give the newest items about a subject that were on record by a day, and how many there were.

    The viewer sees of them, and of their words, what they may see today.
    """
    end = day_after(day)
    about = About.objects.filter(subject=subject).values("item")
    found = Item.objects.seen_by(viewer).filter(pk__in=about, recorded_at__lt=end).order_by("-recorded_at", "pk")
    items = list(found[:at_most])
    keys = [one.pk for one in items]
    then, words = _Then.of(items, end), _words(viewer, items, end)
    concerned = frozenset({subject.organisation.code}) if subject.organisation else frozenset[str]()
    made = []
    for one in items:
        handling = then.handling(one)
        could = None
        if handling is not None:
            told = Told(
                system=one.system,
                handling=handling,
                subjects=frozenset({subject.pk}),
                concerned=concerned,
                giver=then.givers.get(one.pk, ""),
                readers=frozenset(then.readers.get(one.pk, ())),
                counts=then.counted(one),
            )
            could = sum(1 for somebody in sitting if may_read(somebody.viewer, told))
        made.append(HeardThen(one, words.get(one.pk, ""), handling, then.counted(one), could))
    return tuple(made), found.count() if len(keys) == at_most else len(keys)


@dataclass(frozen=True, slots=True)
class _Then:
    """How items stood at a moment: how far they travelled, who was named, what counted."""

    end: datetime
    markings: Mapping[UUID, Sequence[Marking]]
    reviews: Mapping[UUID, Review]
    readers: Mapping[UUID, Collection[str]]
    givers: Mapping[UUID, str]

    @staticmethod
    def of(items: Sequence[Item], end: datetime) -> _Then:
        """This function will read how items stood: one query for each table."""
        keys = [one.pk for one in items]
        markings: dict[UUID, list[Marking]] = defaultdict(list)
        for mark in Marking.objects.filter(item__in=keys, passage=None).order_by("recorded_at", "pk"):
            markings[mark.item_id].append(mark)
        reviews = Review.objects.filter(item__in=keys, recorded_at__lt=end).order_by("recorded_at", "pk")
        readers: dict[UUID, set[str]] = defaultdict(set)
        for now in NamedReader.objects.filter(item__in=keys, recorded_at__lt=end):
            readers[now.item_id].add(now.actor_id)
        for past in FormerReader.objects.filter(item__in=keys, named_at__lt=end, recorded_at__gte=end):
            readers[past.item_id].add(past.actor_id)
        givers = dict(Giver.objects.filter(item__in=keys).values_list("item", "actor_id"))
        return _Then(end, markings, {one.item_id: one for one in reviews}, readers, givers)

    def handling(self, item: Item) -> Handling | None:
        """This function will say how far an item then travelled; nothing where it was marked anew since, for the first time."""
        marks = self.markings.get(item.pk, ())
        before = [one for one in marks if one.recorded_at < self.end]
        if before:
            return Handling(before[-1].handling)
        return None if marks else Handling(item.handling)

    def counted(self, item: Item) -> bool:
        """This function will say whether an item then counted: what was published does once somebody accepted it."""
        review = self.reviews.get(item.pk)
        return Kind(item.kind) not in PUBLISHED if review is None else review.outcome == Outcome.ACCEPTED


def _words(viewer: Viewer, items: Sequence[Item], end: datetime) -> dict[UUID, str]:
    """What was put otherwise since stays away: it may have been changed for a person's sake."""
    written = [one.pk for one in items if not one.verbal_only]
    found: dict[UUID, str] = {}
    for key, passages in passages_of(viewer, written).items():
        stands = (one.text for one in passages if one.recorded_at < end and not hasattr(one, "replaced_by"))
        found[key] = next(stands, "")
    return found
