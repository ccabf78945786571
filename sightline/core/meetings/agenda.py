"""What the next agenda holds: what always stands on it and what records bring, in order; nothing is dropped silently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias, TypeVar

from sightline.core.meetings.agenda_kinds import ABOUT, SINGLE, Kind, Purpose
from sightline.core.meetings.words import few, verb
from sightline.core.rulebook.groups import GroupType
from sightline.core.rulebook.levels import Slot
from sightline.core.rulebook.meeting import Gathers, Moment, StandingItem
from sightline.core.rulebook.shapes import LOCAL
from sightline.core.verdict import ALLOWED, Reason, Verdict, refused

T = TypeVar("T")
_MOMENTS = list(Moment)
_KINDS = list(Kind)
_Gathers: TypeAlias = Mapping[Gathers | None, StandingItem]
Order: TypeAlias = tuple[int, int, int, int, str]


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that records bring to the agenda: a subject, an escalation, a theme, feedback, a decision to ratify.

    ``about`` is the subject's id, so that one thing that several records bring is one item. ``rank`` is how grave it
    is, as the rank of a level; ``why`` says in a sentence what brings it here.
    """

    kind: Kind
    id: str
    title: str
    about: str = ""
    is_single: bool = False  # about one organisation, and no theme
    rank: int = 0
    since: date | None = None
    why: str = ""
    minutes: int | None = None

    @property
    def key(self) -> str:
        """By what it is known again at another meeting."""
        return f"{self.kind.value}:{self.id}"


@dataclass(frozen=True, slots=True)
class AgendaFacts:
    """What is known when an agenda is put together; ``taken_out`` are keys that somebody took out, with the reason."""

    matters: tuple[Matter, ...] = ()
    last_note: str = ""
    actions_due: int = 0
    actions_overdue: int = 0
    minutes: int | None = None
    taken_out: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the agenda that is proposed, and why it is there; ``under`` is the standing item that it belongs to."""

    key: str
    kind: Kind
    title: str
    moment: Moment
    minutes: int
    because: tuple[Reason, ...]
    purpose: Purpose
    about: str = ""
    under: str = ""
    is_single: bool = False
    has_responsible: bool = False
    standing: str = ""  # the id of the standing item that it is
    order: Order = (0, 0, 0, 0, "")

    @property
    def may_wait(self) -> bool:
        """Whether it can be left for another meeting."""
        return ABOUT[self.kind].may_wait


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that is not on the agenda although records bring it, and why."""

    key: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """The agenda that is proposed, in its order; what is left out, each with its reason; and what to think about."""

    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[Reason, ...] = ()

    @property
    def minutes(self) -> int:
        """How long everything takes."""
        return sum(one.minutes for one in self.lines)

    @property
    def told_in_advance(self) -> tuple[str, ...]:
        """Which organisations and subjects will be discussed, for those who come to prepare (MTG-12; QSG 2017 ¶96)."""
        return tuple(one.title for one in self.lines if one.about)


def may_leave_out(line: Line, why: str) -> Verdict:
    """This function will say whether somebody may take an item off the agenda: one that records may bring later."""
    if not line.may_wait:
        says = f"“{line.title}” stays on the agenda. {line.because[0].says if line.because else ''}".strip()
        return refused(says, line.because[0].source if line.because else "")
    return ALLOWED if why.strip() else refused("Say why it is left out: whoever brought it will ask.")


def propose(kind: GroupType, facts: AgendaFacts) -> Agenda:
    """This function will put the next agenda together, in a proposed order and with minutes.

    It holds the standing items of the type (MTG-17, MTG-18), feedback from above (MTG-15, MTG-16), the last note, every
    subject at a level that is looked at each time (MTG-20), the action log (MTG-21), interests (MTG-22), escalations,
    themes, blind spots, and the conclusions at its end (MTG-19). One subject is one item, whatever brings it.
    """
    lines = sorted(_lines(kind, facts), key=lambda one: one.order)
    kept, left = _without(lines, facts)
    kept, late = _in_time(kept, facts.minutes)
    return Agenda(tuple(kept), (*left, *late), tuple(_remarks(kind, kept, facts)))


def _lines(kind: GroupType, facts: AgendaFacts) -> Iterator[Line]:
    gathers: _Gathers = {one.gathers: one for one in kind.standing_items if one.gathers}
    brought = list(_brought(facts.matters, gathers))
    told: dict[Kind, list[str]] = defaultdict(list)
    for one in facts.matters:
        told[one.kind].append(one.why or f"{one.title}.")
    if facts.last_note:
        told[Kind.LAST_NOTE].insert(0, f"{facts.last_note}.")
    if facts.actions_due:
        told[Kind.ACTIONS].insert(0, _actions(facts))
    always = {Kind.INTERESTS, Kind.ACTIONS}
    if any(one.about for one in brought):
        always.add(Kind.CONCLUSIONS)
    singles = [one for one in Kind if one in SINGLE and (one in always or told[one] or ABOUT[one].gathers in gathers)]
    yield from brought
    yield from (_one(one, gathers, told[one]) for one in singles)
    yield from _standing(kind, {ABOUT[one].gathers for one in singles} | {ABOUT[one.kind].gathers for one in brought})


def _standing(kind: GroupType, filled: Collection[Gathers | None]) -> Iterator[Line]:
    """Standing items that nothing fills, and those that would be filled and for which there is nothing today."""
    about = ABOUT[Kind.STANDING]
    for place, item in enumerate(kind.standing_items):
        if item.gathers is None or item.gathers not in filled:
            nothing = () if item.gathers is None else (Reason("There is nothing under it today.", LOCAL),)
            yield Line(
                key=f"standing:{item.id}",
                kind=Kind.STANDING,
                title=item.title,
                moment=item.moment,
                minutes=about.minutes,
                because=(Reason(item.says, item.cites), *nothing),
                purpose=about.purpose,
                has_responsible=item.has_responsible,
                standing=item.id,
                order=_order(item.moment, Kind.STANDING, place),
            )


def _one(kind: Kind, gathers: _Gathers, more: Iterable[str]) -> Line:
    """The single item of a kind: the type's own standing item where it has one, or else the usual one."""
    about = ABOUT[kind]
    item = gathers.get(about.gathers)
    moment = item.moment if item else about.moment
    why = Reason(item.says, item.cites) if item else Reason(about.says, about.cites)
    return Line(
        key=f"{kind.value}:",
        kind=kind,
        title=item.title if item else about.title,
        moment=moment,
        minutes=about.minutes,
        because=(why, *(Reason(one, LOCAL) for one in more)),
        purpose=about.purpose,
        has_responsible=item is not None and item.has_responsible,
        standing=item.id if item else "",
        order=_order(moment, kind),
    )


def _brought(matters: Iterable[Matter], gathers: _Gathers) -> Iterator[Line]:
    """One item for each thing that records bring: what is about one subject is brought together in one."""
    together: dict[str, list[Matter]] = defaultdict(list)
    for one in matters:
        if one.kind not in SINGLE:
            own = one.kind is Kind.RATIFYING  # what was decided is ratified by itself, whatever else is told of it
            together[one.key if own else one.about or one.key].append(one)
    for group in together.values():
        every = sorted(group, key=lambda one: (one.kind is not Kind.SUBJECT, _KINDS.index(one.kind), one.id))
        first, about = every[0], ABOUT[every[0].kind]
        item = gathers.get(about.gathers) if about.gathers else None
        moment = item.moment if item else about.moment
        yield Line(
            key=first.key,
            kind=first.kind,
            title=first.title,
            moment=moment,
            minutes=max(one.minutes or ABOUT[one.kind].minutes for one in every),
            because=tuple(Reason(one.why or ABOUT[one.kind].says, ABOUT[one.kind].cites) for one in every),
            purpose=about.purpose,
            about=first.about,
            under=item.title if item else "",
            is_single=first.is_single,
            order=_order(moment, first.kind, -max(one.rank for one in every), first.since, first.title),
        )


def _order(moment: Moment, kind: Kind, then: int = 0, since: date | None = None, title: str = "") -> Order:
    """Where an item stands in the proposal: by moment and kind, then the gravest first, then the longest standing."""
    return (_MOMENTS.index(moment), _KINDS.index(kind), then, (since or date.max).toordinal(), title)


def _actions(facts: AgendaFacts) -> str:
    due, overdue = facts.actions_due, facts.actions_overdue
    if overdue == due:
        return f"{few(due, 'action')} {verb(due, 'is', 'are')} overdue."
    return f"{few(due, 'action')} {verb(due, 'is', 'are')} due{f', {overdue} of them overdue' if overdue else ''}."


def _without(lines: Sequence[Line], facts: AgendaFacts) -> tuple[list[Line], list[LeftOut]]:
    out = [one for one in lines if one.key in facts.taken_out and one.may_wait]
    keys = {one.key for one in out}
    return [one for one in lines if one.key not in keys], [
        LeftOut(one.key, one.title, facts.taken_out[one.key]) for one in out
    ]


def _in_time(lines: Sequence[Line], minutes: int | None) -> tuple[list[Line], list[LeftOut]]:
    """What fits into the time: everything that cannot wait, and of the rest, in their order, what there is time for."""
    if minutes is None:
        return list(lines), []
    left = minutes - sum(one.minutes for one in lines if not one.may_wait)
    kept, late = [], []
    for one in lines:
        if not one.may_wait:
            kept.append(one)
        elif one.minutes <= left:
            left -= one.minutes
            kept.append(one)
        else:
            why = f"There is no time for it: it takes {few(one.minutes, 'minute')}, and {max(left, 0)} are left."
            late.append(LeftOut(one.key, one.title, why))
    return kept, late


def _remarks(kind: GroupType, lines: Sequence[Line], facts: AgendaFacts) -> Iterator[Reason]:
    needed = sum(one.minutes for one in lines)
    if facts.minutes is not None and needed > facts.minutes:
        says = f"What cannot wait takes {needed} minutes, and the meeting has {facts.minutes}. Give it longer, or an item less."
        yield Reason(says, LOCAL)
    for one in lines:
        if one.key in facts.taken_out:
            yield Reason(f"“{one.title}” cannot be taken out. {one.because[0].says}", one.because[0].source)
    if remark := single_organisations(kind, lines):
        yield remark


def single_organisations(kind: GroupType, lines: Iterable[Line]) -> Reason | None:
    """This function will remark where a regional group's agenda is mostly about single organisations (GRP-10).

    It should generally focus on major themes across the region (QSG 2017 ¶24, ¶128 and Annex B).
    """
    if kind.slot is not Slot.REGIONAL_QUALITY_GROUP:
        return None
    brought = [one for one in lines if one.kind not in SINGLE | {Kind.STANDING, Kind.RATIFYING}]
    single = sum(one.is_single for one in brought)
    if single * 2 <= len(brought):
        return None
    after = "" if kind.cites.startswith("QSG 2017") else "local, after "
    says = f"{single} of {few(len(brought), 'item')} are about single organisations. A regional group looks at themes."
    return Reason(says, f"GRP-10; {after}QSG 2017 ¶24 and ¶128")


def placed(items: Sequence[T], keys: Sequence[str], chosen: Sequence[str]) -> tuple[T, ...]:
    """This function will put items into the order that somebody chose; ``keys`` are the items' own, as they are proposed.

    What is not in the order follows the item that precedes it in the proposal, so that nothing is lost.
    """
    place = {key: number for number, key in enumerate(chosen)}
    last, found = -1, []
    for number, (one, key) in enumerate(zip(items, keys, strict=True)):
        last = place.get(key, last)
        found.append(((last, key not in place, number), one))
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))
