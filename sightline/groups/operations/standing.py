"""Changes to the standing groups: which there are, by which guidance each works, and when it ends."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.groups.setting_up import Proposed, Standing, may_set_up
from sightline.core.rulebook.groups import Use
from sightline.core.verdict import Invalid, Refused, refused
from sightline.directory.models import Organisation, Subject
from sightline.directory.words import Kind
from sightline.groups.keeping import kept, may_belong_to, must_keep, system_of_area
from sightline.groups.models import Group, GroupEnding, GroupGuidance
from sightline.groups.queries import conflicts_of, group_types, pack_of_group
from sightline.groups.words import TIERS_OF
from sightline.rulebook.queries import pack as pack_called
from sightline.rulebook.queries import pack_in_force
from sightline.web.wording import day


@operation(Permission.KEEP_GROUPS, on="result")
def set_up_group(
    *,
    by: Actor,
    at: datetime,
    kind: str,
    name: str,
    area: Organisation,
    begun_on: date,
    because: str,
    system: str = "",
    pack: str = "",
    uses: frozenset[Use] = frozenset(),
    subject: Subject | None = None,
) -> Group:
    """This function will set up a group of a type of its guidance, for a place, a system or a region (GRP-01).

    A system's quality group that is to serve as the ICB's committee for assurance as well is refused (GRP-04), and so
    is a review or an improvement group that does not name its ``subject`` (CHR-06). Without ``pack`` the group works by
    the guidance in force. Raises Refused with every reason, Invalid where a day or a name does not fit.
    """
    area = Organisation.objects.select_for_update().get(pk=area.pk)  # two at once do not both come first
    today = timezone.localdate(at)
    whose = system or system_of_area(area, today)
    if not whose:
        raise Invalid("This area lies in several systems or in none. Say to whose record the group belongs.")
    must_keep(by, whose, today)
    if not may_belong_to(area, whose, today):
        raise Invalid(f"{area.name} does not lie in that system. Choose the system that it lies in.")
    if subject is not None and subject.pk in conflicts_of(by, today):
        raise Refused(refused("You declared an interest in this subject. Somebody else sets the group up.", "COI-03"))
    guidance = pack or pack_in_force(begun_on).id
    if problems := _unfit_pack(guidance, begun_on):
        raise Invalid(*problems)
    tiers = TIERS_OF.get(Kind(area.kind), frozenset())
    proposed = Proposed(kind, name, str(area.pk), tiers, uses, _key(subject.pk if subject else None))
    there = Group.objects.filter(Q(ending=None) | Q(ending__ends_on__gt=begun_on), area=area)
    beside = [Standing(one.kind, one.name, str(area.pk), _key(one.subject_id)) for one in there]
    verdict = may_set_up(proposed, group_types(guidance, today), beside)
    if not verdict:
        raise Refused(verdict)
    group = Group.objects.create(
        kind=kind,
        name=name.strip(),
        area=area,
        system=whose,
        subject=subject,
        begun_on=begun_on,
        because=because.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    if pack:
        _lay_down(group, pack, begun_on, because, by, at)
    return group


@operation(Permission.KEEP_GROUPS, on="group")
def end_group(*, by: Actor, at: datetime, group: Group, ends_on: date, because: str) -> GroupEnding:
    """This function will end a group from a day on; what it did stays on record."""
    group = kept(by, group, timezone.localdate(at))
    if GroupEnding.objects.filter(group=group).exists():
        raise Invalid("This group was ended before.")
    if ends_on <= group.begun_on:
        raise Invalid(f"The group began on {day(group.begun_on)}: give a later day.")
    return GroupEnding.objects.create(
        group=group, ends_on=ends_on, because=because.strip(), recorded_at=at, recorded_by=by.actor_id
    )


@operation(Permission.KEEP_GROUPS, on="group")
def lay_down_guidance(
    *, by: Actor, at: datetime, group: Group, pack: str, from_on: date, because: str
) -> GroupGuidance:
    """This function will move a group to another guidance from a day on; what came before keeps its words (FRW-02).

    Raises Invalid for a guidance that there is not, or that does not know groups of this type, and for a day on which
    the guidance was not in force yet, the group was not there, or that lies before its last move.
    """
    group = kept(by, group, timezone.localdate(at))
    problems = _unfit_pack(pack, from_on)
    if not problems and group_types(pack, timezone.localdate(at)).type(group.kind) is None:
        problems = [f"{pack_called(pack).title} knows no groups of this type. End the group, or choose another."]
    if from_on < group.begun_on:
        problems.append(f"The group began on {day(group.begun_on)}: give that day or a later one.")
    ending = GroupEnding.objects.filter(group=group).first()
    if ending is not None and from_on >= ending.ends_on:
        problems.append(f"The group was ended from {day(ending.ends_on)} on: give an earlier day.")
    newest = GroupGuidance.objects.filter(group=group).order_by("-from_on").first()
    if newest is not None and from_on <= newest.from_on:
        problems.append(
            f"The last move was on {day(newest.from_on)}: give a later day. What was before is not rewritten."
        )
    if pack == pack_of_group(group, from_on):
        problems.append("The group works by this guidance already on that day. Choose another.")
    if problems:
        raise Invalid(*problems)
    return _lay_down(group, pack, from_on, because, by, at)


# --- shared by the above


def _key(subject: UUID | None) -> str:
    return str(subject or "")


def _unfit_pack(pack: str, on: date) -> list[str]:
    """What is wrong with a guidance as one by which a group works from a day on."""
    try:
        facts = pack_called(pack).facts
    except KeyError:
        return ["There is no guidance of that name here. Choose one from the list."]
    if on < facts.in_force_from:
        return [f"{facts.title} is in force from {day(facts.in_force_from)} on. Give that day or a later one."]
    return []


def _lay_down(group: Group, pack: str, from_on: date, because: str, by: Actor, at: datetime) -> GroupGuidance:
    return GroupGuidance.objects.create(
        group=group,
        pack=pack,
        from_on=from_on,
        because=because.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
