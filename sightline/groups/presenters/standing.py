"""Standing groups and offices in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.core.groups.seating import Lacking
from sightline.core.rulebook.authority import Authorities
from sightline.core.rulebook.groups import GroupType, GroupTypes, Use
from sightline.core.rulebook.packs import Pack
from sightline.groups.models import Group, Office, Seat, Seating
from sightline.groups.presenters.chairing import ChairingLines, chairing_lines, chairs_in_the_name_of
from sightline.groups.queries import ChairingView, GroupView, Held, SeatView, SystemOffices, Worked, last_of
from sightline.groups.queries.apart import may_be_apart
from sightline.groups.words import SEAT_PART, SeatPart
from sightline.rulebook.presenters import Meets, meets, succession
from sightline.rulebook.queries import replaced_by
from sightline.web.wording import day, plural

_NO_COMMITTEE = "No such body is on record for this area. It is another body than this group."
NOT_KNOWN = "A type that its guidance does not know"
Keeps = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group in the list."""

    id: UUID
    name: str
    kind: str
    when: str


@dataclass(frozen=True, slots=True)
class AreaGroups:
    """The groups of one area."""

    name: str
    lines: tuple[GroupLine, ...]


def areas(found: Sequence[tuple[Group, GroupType | None]], on: date) -> list[AreaGroups]:
    """This function will put groups under the areas for which they sit."""
    by_area: dict[str, list[GroupLine]] = {}
    for group, kind in found:
        line = GroupLine(group.pk, group.name, kind.called if kind else NOT_KNOWN, lasts(group, on))
        by_area.setdefault(group.area.name, []).append(line)
    return [AreaGroups(name, tuple(lines)) for name, lines in by_area.items()]


def lasts(group: Group, on: date) -> str:
    """This function will say since when there is a group, and until when."""
    begins = f"{'Begins on' if on < group.begun_on else 'Since'} {day(group.begun_on)}"
    ending = getattr(group, "ending", None)
    if ending is None:
        return f"{begins}."
    return f"{begins}. {'Ended' if ending.ends_on <= on else 'Ends'} on {day(ending.ends_on)}."


@dataclass(frozen=True, slots=True)
class WorkedLine:
    """One guidance by which a group works or worked; ``kept`` is for those who keep the groups."""

    title: str
    when: str
    called: str
    kept: str


@dataclass(frozen=True, slots=True)
class SitterLine:
    """Somebody on a seat."""

    id: UUID
    name: str
    when: str
    can_end: bool
    chairs: str


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One seat with whoever sits on it; ``ends`` says that it ends or ended, and to those who keep the group, why."""

    id: UUID
    title: str
    part: str
    body: str
    sitters: tuple[SitterLine, ...]
    before: tuple[str, ...]
    is_taken: bool
    ends: str


@dataclass(frozen=True, slots=True)
class ReportLine:
    """To whom a group reports, and the group of that type in the same area, where there is one."""

    name: str
    cites: str
    group: Group | None
    missing: str


@dataclass(frozen=True, slots=True)
class GroupPage:
    """One group as its page shows it."""

    kind: str
    says: str
    cites: str
    when: str
    worked: tuple[WorkedLine, ...]
    seats: tuple[SeatLine, ...]
    ended: tuple[SeatLine, ...]
    chairing: ChairingLines | None
    lacking: tuple[tuple[str, str], ...]
    expects: bool
    bars: tuple[tuple[str, str], ...]
    meets: Meets | None
    reports: tuple[ReportLine, ...]
    kept: str
    apart: str  # that a review meets without providers
    may_be_apart: bool


def group_page(
    view: GroupView, on: date, *, keeps: bool, names: Mapping[str, str], chairing: ChairingView | None = None
) -> GroupPage:
    """This function will put one group into words; reasons are shown to those who keep it, and to nobody else."""
    kind, group = view.now.kind, view.group
    ending = getattr(group, "ending", None)
    kept = [_because(group.because, group.recorded_by, names)] if keeps else []
    if keeps and ending is not None:
        kept.append(f"Ended: {_because(ending.because, ending.recorded_by, names)}")
    told = names if keeps else None
    return GroupPage(
        kind=kind.called if kind else NOT_KNOWN,
        says=kind.says if kind else "",
        cites=kind.cites if kind else "",
        when=lasts(group, on),
        worked=tuple(_worked(one, keeps, names) for one in view.worked),
        seats=tuple(seat_line(one, on, told, chairing) for one in sorted(view.seats, key=_rank)),
        ended=tuple(seat_line(one, on, told, chairing) for one in sorted(view.ended, key=_rank)),
        chairing=chairing_lines(chairing) if chairing else None,
        lacking=tuple(_lacking(one) for one in view.lacking) if view.stands else (),
        expects=bool(kind and kind.seats),
        bars=tuple((one.says, one.cites) for one in kind.may_not_be) if kind else (),
        meets=meets(kind) if kind else None,
        reports=tuple(_reports(view, kind)) if kind else (),
        kept=" ".join(kept),
        apart=_apart(view, names if keeps else None),
        may_be_apart=may_be_apart(kind),
    )


def _apart(view: GroupView, names: Mapping[str, str] | None) -> str:
    """That a review meets without providers, and to those who keep it, why."""
    if view.apart is None:
        return ""
    says = f"It meets without providers since {day(view.apart.from_on)}."
    return says if names is None else f"{says} {_because(view.apart.because, view.apart.recorded_by, names)}"


def _rank(view: SeatView) -> int:
    return list(SeatPart).index(SeatPart(view.seat.part))


def _worked(one: Worked, keeps: bool, names: Mapping[str, str]) -> WorkedLine:
    until = f" until {day(one.until)}" if one.until else ""
    own = "" if one.row else " No guidance was laid down, so the one in force counts."
    return WorkedLine(
        title=one.title,
        when=f"From {day(one.from_on)}{until}.{own}",
        called=f"Called there: {one.kind.called}." if one.kind else f"{NOT_KNOWN}.",
        kept=_because(one.row.because, one.row.recorded_by, names) if keeps and one.row else "",
    )


def _because(because: str, by: str, names: Mapping[str, str]) -> str:
    return f"{because.rstrip('.')}. Recorded by {names.get(by, 'somebody who is no longer known')}."


def seat_line(
    view: SeatView, on: date, names: Mapping[str, str] | None, chairing: ChairingView | None = None
) -> SeatLine:
    """This function will put one seat into words; ``names`` of whoever recorded it are for those who keep the group."""
    seat = view.seat
    return SeatLine(
        id=seat.pk,
        title=seat.title,
        part=SEAT_PART[SeatPart(seat.part)],
        body=seat.organisation.name if seat.organisation else "",
        sitters=tuple(
            SitterLine(
                one.pk, _sitter(one), since(one), not hasattr(one, "ending"), chairs_in_the_name_of(one, chairing)
            )
            for one in view.now
        ),
        before=tuple(f"{_sitter(one)}: {since(one)}" for one in view.others),
        is_taken=view.is_taken,
        ends=_ends(seat, on, names),
    )


def _ends(seat: Seat, on: date, names: Mapping[str, str] | None) -> str:
    ending = getattr(seat, "ending", None)
    if ending is None:
        return ""
    says = f"{'Ended' if ending.ends_on <= on else 'Ends'} on {day(ending.ends_on)}."
    return says if names is None else f"{says} {_because(ending.because, ending.recorded_by, names)}"


def _sitter(one: Seating) -> str:
    return f"{one.person.display_name}{' (deputy)' if one.is_deputy else ''}"


def since(one: Seating) -> str:
    """This function will say since when somebody sits there, and until when."""
    last = last_of(one)
    until = f", until {day(last)}" if last else ""
    left = "" if one.person.is_active else ". Has left the house"
    return f"since {day(one.valid_from)}{until}{left}"


def _lacking(one: Lacking) -> tuple[str, str]:
    """What is expected and not there, and where the guidance says so."""
    if one.among is not None:
        there = f"{one.seat.title}: {one.among.title} is to be among them, and {{}}."
        says = "has no seat" if one.has_no_seat else "nobody sits there for it"
        return there.format(says), one.among.cites
    wanted = plural(one.seat.at_least, "seat") if one.seat.at_least > 1 else "a seat"
    sends = f" The guidance names: {one.seat.sends.lower()}." if one.seat.sends else ""
    if one.has_no_seat:
        there = f" There {'is' if one.seats == 1 else 'are'} {one.seats}." if one.seats else ""
        return f"{one.seat.title}: {wanted} expected.{there}{sends}", one.seat.cites
    return f"{one.seat.title}: nobody sits there{'' if not one.taken else ' on each seat'}.{sends}", one.seat.cites


def _reports(view: GroupView, kind: GroupType) -> Iterable[ReportLine]:
    for one in kind.reports_to:
        group = view.beside.get(one.kind) if one.kind else None
        to = view.types.type(one.kind) if one.kind else None
        is_apart = to is not None and Use.ASSURANCE_COMMITTEE in to.uses and group is None
        yield ReportLine(one.name, one.cites, group, _NO_COMMITTEE if is_apart else "")


def type_choices(types: GroupTypes) -> dict[str, tuple[str, str]]:
    """This function will give the types of a guidance as a form offers them, each with what it is for."""
    about = " It is about one subject: name it below."
    return {one.id: (one.called, one.says + (about if one.about_one else "")) for one in types.types}


def pack_choices(packs: Iterable[Pack], on: date) -> dict[str, tuple[str, str]]:
    """This function will give the guidance that a group may work by, from when it was in force, and what replaced it.

    Whoever moves a group to what was replaced is told so, and decides (FRW-03).
    """
    return {one.id: (one.title, _stood(one, on)) for one in packs}


def _stood(one: Pack, on: date) -> str:
    since, after = f"In force from {day(one.facts.in_force_from)} on.", replaced_by(one.id, on)
    return f"{since} Replaced by {succession(after)}." if after else since


def actors_of_group(view: GroupView) -> set[str]:
    """This function will give the ids of those who recorded something about a group."""
    ending = getattr(view.group, "ending", None)
    found = {view.group.recorded_by, *(one.row.recorded_by for one in view.worked if one.row)}
    found |= {one.seat.ending.recorded_by for one in (*view.seats, *view.ended) if hasattr(one.seat, "ending")}
    found |= {view.apart.recorded_by} if view.apart else set()
    return found | ({ending.recorded_by} if ending is not None else set())


# --- offices


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """One office as its readers see it; ``kept`` is for those who keep the offices of its organisation."""

    id: UUID
    role: str
    body: str
    name: str
    when: str
    kept: str
    can_end: bool


@dataclass(frozen=True, slots=True)
class RoleLine:
    """One role of a system, with everybody who holds it, or the gap."""

    role: str
    body: str
    lines: tuple[OfficeLine, ...]
    gap: str


@dataclass(frozen=True, slots=True)
class SystemSection:
    """The roles of one system."""

    name: str
    guidance: str
    roles: tuple[RoleLine, ...]
    gaps: int


def system_section(one: SystemOffices, lines: Mapping[UUID, OfficeLine]) -> SystemSection:
    """This function will put the roles of one system into words; those that nobody holds are named as gaps."""
    roles = tuple(
        RoleLine(held.name, _body(held), tuple(lines[office.pk] for office in held.offices), _gap(held))
        for held in one.roles
    )
    return SystemSection(one.system.name, one.guidance, roles, sum(bool(role.gap) for role in roles))


def _body(held: Held) -> str:
    return held.organisation.name if held.organisation else ""


def _gap(held: Held) -> str:
    if held.offices or not held.decides:
        return ""
    where = f" for {held.organisation.name}" if held.organisation else ""
    return f"Nobody holds this office{where}: decisions that need it cannot be authorised."


def office_line(one: Office, on: date, role: str, *, kept: bool, names: Mapping[str, str]) -> OfficeLine:
    """This function will put one office into words."""
    ending = getattr(one, "ending", None)
    because = _because(one.because, one.recorded_by, names) if kept else ""
    if kept and ending is not None:
        because += f" Ended: {_because(ending.because, ending.recorded_by, names)}"
    return OfficeLine(
        id=one.pk,
        role=role,
        body=one.organisation.name,
        name=f"{one.person.display_name}{' (acts for whoever holds it)' if one.is_delegate else ''}",
        when=_held(one, on),
        kept=because,
        can_end=kept and ending is None and (one.valid_to is None or on < one.valid_to),
    )


def _held(one: Office, on: date) -> str:
    begins = f"{'From' if on < one.valid_from else 'Since'} {day(one.valid_from)}"
    until = f", until {day(one.ends_on)}" if one.ends_on else ""
    return f"{begins}{until}{'' if one.person.is_active else '. Has left the house'}"


def role_name(slot: str, names: Authorities) -> str:
    """This function will call a role as a guidance does."""
    return next((one.name for one in names.slots if one.id.value == slot), slot.replace("-", " ").capitalize())


def actors_of_offices(offices: Iterable[Office]) -> set[str]:
    """This function will give the ids of those who recorded or ended offices."""
    found = set[str]()
    for one in offices:
        found.add(one.recorded_by)
        if hasattr(one, "ending"):
            found.add(one.ending.recorded_by)
    return found
