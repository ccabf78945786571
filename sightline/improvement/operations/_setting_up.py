"""The group that meets about one subject: its chair, and a seat for each minimum member of the guidance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from sightline.core.access import Actor
from sightline.core.rulebook.groups import ExpectedSeat, GroupType
from sightline.core.rulebook.levels import Force
from sightline.core.verdict import Invalid, Refused, refused
from sightline.directory.models import Organisation, Subject
from sightline.directory.queries import regions_of
from sightline.directory.words import AREAS, Kind
from sightline.groups.models import Group
from sightline.groups.operations import add_seat, meet_without_providers, seat_person, set_up_group
from sightline.groups.queries import conflicts_of, group_types, pack_of_group
from sightline.groups.words import SeatPart
from sightline.improvement.reviews_given import ChairGiven


@dataclass(frozen=True, slots=True)
class GroupWanted:
    """A group to set up: its type by the id in the guidance, what it is called before its subject's name, and who chairs."""

    kind: str
    called: str
    subject: Subject
    area: Organisation
    chair: ChairGiven | None
    because: str
    apart: str = ""  # why it meets without those concerned, where it does


def set_up_about(by: Actor, at: datetime, wanted: GroupWanted) -> Group:
    """This function will set a group up with its chair and its seats (MEM-08 to MEM-10; CHR-04 to CHR-07).

    Raises Invalid where nobody is named to chair, Refused where they declared an interest in the subject.
    """
    subject, area, chair = wanted.subject, wanted.area, wanted.chair
    if chair is None:
        raise Invalid("Say who chairs it, and in whose name.")
    today = timezone.localdate(at)
    if subject.pk in conflicts_of(chair.person, today):
        says = f"{chair.person.display_name} declared an interest in {subject.name} and does not chair it."
        raise Refused(refused(f"{says} Choose somebody else.", "COI-03"))
    begins = f"{wanted.called}: "
    group = set_up_group(
        by=by, at=at, kind=wanted.kind, name=begins + subject.name[: 250 - len(begins)], area=area, system=area.code,
        subject=subject, begun_on=today, because=wanted.because,
    )  # fmt: skip
    if wanted.apart:
        meet_without_providers(by=by, at=at, group=group, is_apart=True, because=wanted.apart)
    _seat_chair(by, at, group, chair)
    kind = group_types(pack_of_group(group, today), today).type(wanted.kind)
    for seat, title, among in _minimum(kind, is_apart=bool(wanted.apart)) if kind else ():
        add_seat(
            by=by, at=at, group=group, title=title, part=seat.part, category=seat.id, among=among,
            organisation=_fills(seat, subject, area, today),
        )  # fmt: skip
    return group


def _seat_chair(by: Actor, at: datetime, group: Group, chair: ChairGiven) -> None:
    seat = add_seat(
        by=by, at=at, group=group, title="Chair", part=SeatPart.CHAIR, organisation=chair.body, category="chair"
    )
    seat_person(by=by, at=at, seat=seat, person=chair.person, chairs_for=chair.body, trigger=chair.trigger)


def _minimum(kind: GroupType, *, is_apart: bool) -> Iterator[tuple[ExpectedSeat, str, str]]:
    """Each seat that the guidance expects of members, with its title and whom it names among several."""
    for seat in kind.seats:
        if seat.force is Force.MAY or seat.part is not SeatPart.MEMBER or (is_apart and seat.is_provider):
            continue
        for one in seat.among:
            yield seat, seat.called(one.id), one.id
        for number in range(len(seat.among) + 1, seat.at_least + 1):
            yield seat, seat.title if seat.at_least == 1 else f"{seat.title} ({number})", ""


def _fills(seat: ExpectedSeat, subject: Subject, area: Organisation, on: date) -> Organisation | None:
    """The organisation that fills a seat, where the directory knows it; the others are filled by whoever keeps the group."""
    body = subject.organisation
    if seat.is_provider:
        return body if body is not None and Kind(body.kind) not in AREAS else None
    match seat.id:
        case "icb":
            return area
        case "nhs-england-region":
            regions = regions_of([area], on)[area.pk]
            return next(iter(regions), None) if len(list(regions)) == 1 else None
    return None
