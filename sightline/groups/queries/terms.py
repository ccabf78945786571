"""Reads of terms of reference: the versions of a group, what is approved, what is missing, and which are due for review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.access import Actor, Permission, may, systems_where
from sightline.core.groups.chairing import PRESIDING
from sightline.core.groups.terms import (
    Recipient,
    TermsFacts,
    TermsStanding,
    Written,
    begun_from,
    standing,
)
from sightline.core.rulebook.clocks import ClockId
from sightline.core.rulebook.groups import GroupType
from sightline.core.rulebook.terms import Terms
from sightline.groups.hearing import groups_seen
from sightline.groups.models import Group, Seat, Seating, TermsApproval, TermsRecipient, TermsVersion
from sightline.groups.queries.standing_pages import group_types, pack_of_group
from sightline.groups.words import SeatPart
from sightline.rulebook.queries import PartInForce, is_stopped, pack, part_of

_MEMBERS = (SeatPart.MEMBER, *sorted(PRESIDING))


@dataclass(frozen=True, slots=True)
class TermsRules:
    """By what the terms of a group are made: the part of its guidance, the type of the group, and the guidance's name."""

    pack: str
    title: str
    edition: str
    terms: Terms
    kind: GroupType | None


@dataclass(frozen=True, slots=True)
class TermsView:
    """The terms of a group: every version with the newest first, every approval likewise, and how it stands with them."""

    group: Group
    rules: TermsRules  # of the guidance by which the group works today
    versions: tuple[TermsVersion, ...]
    approvals: tuple[TermsApproval, ...]
    standing: TermsStanding

    @property
    def newest(self) -> TermsVersion | None:
        """This function will give the version that was written last."""
        return self.versions[0] if self.versions else None

    @property
    def approval(self) -> TermsApproval | None:
        """This function will give the approval that holds."""
        return self.approvals[0] if self.approvals else None

    @property
    def in_force(self) -> TermsVersion | None:
        """This function will give the version that holds, if one was ever approved."""
        approval = self.approval
        return next((one for one in self.versions if approval and one.pk == approval.version_id), None)

    def numbered(self, number: int) -> TermsVersion | None:
        """This function will find a version by its number."""
        return next((one for one in self.versions if one.number == number), None)

    def before(self, version: TermsVersion) -> TermsVersion | None:
        """This function will give the version that a version followed."""
        return self.numbered(version.number - 1)


@dataclass(frozen=True, slots=True)
class TermsDue:
    """A group whose terms are due for review, or are overdue."""

    group: Group
    standing: TermsStanding
    review_on: date


def terms_rules(group: Group, on: date, pack_id: str = "") -> TermsRules:
    """This function will give by what the terms of a group are made on a day, or were made under a named guidance."""
    named = pack_id or pack_of_group(group, on)
    found = _terms_part(named, on)
    assert isinstance(found.content, Terms)
    return TermsRules(
        named, pack(named).title, str(found.version), found.content, group_types(named, on).type(group.kind)
    )


def rules_of(version: TermsVersion) -> TermsRules:
    """This function will give by what a version was made, as that stood when it was written."""
    return terms_rules(version.group, timezone.localdate(version.recorded_at), version.pack)


def _terms_part(pack_id: str, on: date) -> PartInForce:
    found = part_of(pack_id, "terms", on)
    assert found is not None, f"{pack_id} has no terms of reference"
    return found


def terms_of(group: Group, on: date) -> TermsView:
    """This function will gather the terms of a group as its page tells of them on a day."""
    to = Prefetch("recipients", TermsRecipient.objects.select_related("group", "organisation"))
    rows = TermsVersion.objects.filter(group=group).select_related("group").prefetch_related(to)
    versions = tuple(rows.order_by("-number"))
    approvals = tuple(
        TermsApproval.objects.filter(version__group=group)
        .select_related("version")
        .order_by("-approved_on", "-recorded_at", "-pk")
    )
    rules = terms_rules(group, on)
    return TermsView(group, rules, versions, approvals, _standing(approvals, bool(versions), rules, on))


def _standing(approvals: Sequence[TermsApproval], are_written: bool, rules: TermsRules, on: date) -> TermsStanding:
    review = approvals[0].next_review_on if approvals else None
    return standing(review, on, are_written=are_written, told_days_before=_told_days_before(rules.pack, on))


def model_of(version: TermsVersion) -> tuple[Written, ...]:
    """This function will give the terms with which a group begins by the guidance from which a version comes."""
    return begun_from(rules_of(version).terms, version.group.kind)


def facts_of(version: TermsVersion, on: date) -> TermsFacts | None:
    """This function will gather what is known of a group beside its terms; nothing for a type that its guidance lacks."""
    rules = rules_of(version)
    if rules.kind is None:
        return None
    seats = Seat.objects.standing_on(on).filter(group=version.group)
    parts = list(seats.values_list("part", flat=True))
    return TermsFacts(
        kind=rules.kind,
        types=group_types(version.pack, on),
        terms=rules.terms,
        recipients=tuple(_recipient(one, version) for one in version.recipients.all()),
        members=sum(one in _MEMBERS for one in parts),
        has_chair=any(one in {SeatPart.CHAIR, SeatPart.CO_CHAIR} for one in parts),
    )


def _recipient(row: TermsRecipient, version: TermsVersion) -> Recipient:
    if row.group is not None:
        return Recipient(row.to, row.group.name, row.group.kind, row.group_id == version.group_id)
    assert row.organisation is not None
    return Recipient(row.to, row.organisation.name)


# --- who reads, who approves


def reads_terms(actor: Actor, group: Group, on: date) -> bool:
    """This function will say whether an actor reads the terms of a group that they may know of.

    Whoever sees the group does, and so does whoever sits in it: they are asked to keep to them.
    """
    return bool(may(actor, Permission.SEE_LEVELS, on)) or sits_in(actor, group, on)


def sits_in(actor: Actor, group: Group, on: date) -> bool:
    """This function will say whether somebody sits in a group on a day, in whatever part."""
    if not isinstance(actor, Person):
        return False
    return Seating.objects.in_force(on).filter(seat__group=group, person=actor).exists()


def presides(actor: Actor, group: Group, on: date) -> bool:
    """This function will say whether somebody sits in a group as its chair, co-chair or deputy chair on a day.

    The terms are the group's, and the chair sees that what it decides is recorded and made known (CHR-09; SQG 2022
    Annex A, Chair; QSG 2017 ¶85). Whoever authorises levels does so for their own organisation, and not for the group.
    """
    if not isinstance(actor, Person):
        return False
    sits = Seating.objects.in_force(on).filter(seat__group=group, person=actor)
    return sits.filter(seat__part__in=[one.value for one in PRESIDING]).exists()


# --- the clock


def terms_standings(groups: Iterable[Group], on: date) -> Mapping[UUID, TermsDue | TermsStanding]:
    """This function will say of each group how it stands with its terms, with the day of review where it draws near."""
    wanted = list(groups)
    written = set(TermsVersion.objects.filter(group__in=wanted).values_list("group", flat=True))
    approvals = TermsApproval.objects.filter(version__group__in=wanted).select_related("version")
    newest = {one.version.group_id: one for one in approvals.order_by("approved_on", "recorded_at", "pk")}
    found: dict[UUID, TermsDue | TermsStanding] = {}
    for group in wanted:
        approval = newest.get(group.pk)
        days = _told_days_before(approval.version.pack, on) if approval else None
        review = approval.next_review_on if approval else None
        stands = standing(review, on, are_written=group.pk in written, told_days_before=days)
        drawing_near = stands in {TermsStanding.DUE, TermsStanding.OVERDUE}
        found[group.pk] = TermsDue(group, stands, review) if review and drawing_near else stands
    return found


def _told_days_before(pack_id: str, on: date) -> int | None:
    """How long before a review it is told of; None where the clock of reviews is switched off."""
    if is_stopped(pack_id, ClockId.TERMS_REVIEW, on):
        return None
    content = _terms_part(pack_id, on).content
    assert isinstance(content, Terms)
    return content.review.told_days_before


def terms_due(reader: Actor, on: date) -> tuple[TermsDue, ...]:
    """This function will list the groups that the reader keeps or chairs whose terms are to be reviewed, by their day."""
    kept = systems_where(reader, Permission.KEEP_GROUPS, on)
    groups = list(Group.objects.standing_on(on).filter(groups_seen(reader, on)).select_related("area"))
    chaired = _chaired_by(reader, on)
    mine = [one for one in groups if kept is None or one.system in kept or one.pk in chaired]
    return _only_due(mine, on)


def every_due(on: date) -> tuple[TermsDue, ...]:
    """This function will list every group whose terms are to be reviewed, whoever keeps it; for the server's own clock."""
    return _only_due(Group.objects.standing_on(on), on)


def told_of_review(group: Group, on: date) -> tuple[Person, ...]:
    """This function will give who sits in a group as somebody who chairs it or keeps its papers, and may still see it."""
    parts = [one.value for one in (*PRESIDING, SeatPart.SECRETARY)]
    sits = Seating.objects.in_force(on).filter(seat__group=group, seat__part__in=parts).select_related("person")
    people = {one.person_id: one.person for one in sits}
    return tuple(one for one in people.values() if may_open_terms(one, group.pk, on))


def may_open_terms(person: Person, group_id: UUID, on: date) -> bool:
    """This function will say whether somebody may open the terms of a group."""
    group = Group.objects.filter(groups_seen(person, on), pk=group_id).first()
    may_come = bool(may(person, Permission.SEE_MEETINGS, on))
    return group is not None and may_come and reads_terms(person, group, on)


def _only_due(groups: Iterable[Group], on: date) -> tuple[TermsDue, ...]:
    found = [one for one in terms_standings(groups, on).values() if isinstance(one, TermsDue)]
    return tuple(sorted(found, key=lambda one: (one.review_on, one.group.name, str(one.group.pk))))


def _chaired_by(actor: Actor, on: date) -> frozenset[UUID]:
    if not isinstance(actor, Person):
        return frozenset()
    parts = [one.value for one in PRESIDING]
    sits = Seating.objects.in_force(on).filter(person=actor, seat__part__in=parts).order_by()
    return frozenset(sits.values_list("seat__group", flat=True))
