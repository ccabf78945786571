"""Who is tied to an item by an interest or by their own body, what the chair rules, and who therefore does not count."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sightline.core.meetings.quorum import in_utc
from sightline.core.verdict import ALLOWED, Reason, Verdict, refused

MANAGED = "COI-02; SQG 2022 Annex A, Conflicts of interest"
_OWN_TIE = "after CHR-06 and CHR-07; NQB risk response 2022, Annex B, Chair"
_PRESIDES = "COI-02; SQG 2022 Annex A, Conflicts of interest"


class TieKind(StrEnum):
    """How somebody is tied to an item: they declared it (COI-01), or it is found by itself (COI-04)."""

    OWN_BODY = "own_body"
    PARTNERSHIP = "partnership"  # a collaborative that their body belongs to, or a body of their collaborative
    DECLARED = "declared"


TIE: Mapping[TieKind, str] = {
    TieKind.OWN_BODY: "The item is about their own organisation.",
    TieKind.PARTNERSHIP: "The item is about a partnership of their organisation, or a member of it.",
    TieKind.DECLARED: "They declared an interest.",
}


class Conflict(StrEnum):
    """The conflicts that the guidance names as a group's own (COI-03; SQG 2022 §3.22)."""

    REPRESENTED = "represented"
    LEADERSHIP = "leadership"
    COMMERCIAL = "commercial"
    COMPETITION = "competition"


CONFLICT: Mapping[Conflict, str] = {
    Conflict.REPRESENTED: "A concern about a provider that is represented in the group.",
    Conflict.LEADERSHIP: "Failing leadership of a provider that is represented in the group.",
    Conflict.COMMERCIAL: "What is told here could bring an advantage in a contract.",
    Conflict.COMPETITION: "They competed in the past, and it still shows.",
}


@dataclass(frozen=True, slots=True)
class ItemAbout:
    """What an item is about: codes of bodies, with earlier and later ones, and ids of the subjects that it touches."""

    item: str
    bodies: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    is_concern: bool = False
    is_about_leadership: bool = False


@dataclass(frozen=True, slots=True)
class Interest:
    """An interest that somebody declared and that holds on the day."""

    id: str
    subjects: frozenset[str]  # everything that it closes to them
    conflict: Conflict | None = None
    declared_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Somebody in a meeting: their own body's codes, its partnerships, the bodies that it brings together, interests."""

    person: str
    bodies: frozenset[str] = frozenset()
    belongs_to: frozenset[str] = frozenset()
    brings_together: frozenset[str] = frozenset()
    interests: tuple[Interest, ...] = ()


@dataclass(frozen=True, slots=True)
class Tie:
    """One thing that ties a person to an item; ``what`` is the body's code or the interest's id."""

    person: str
    item: str
    kind: TieKind
    what: str
    conflict: Conflict | None = None
    declared_at: datetime | None = None

    @property
    def words(self) -> str:
        """What ties them, in a sentence, and which of the guidance's conflicts it is."""
        return " ".join(filter(None, (TIE[self.kind], CONFLICT[self.conflict] if self.conflict else "")))


def ties_of(item: ItemAbout, person: PersonFacts) -> tuple[Tie, ...]:
    """This function will find what ties a person to an item: their own body, its partnerships, declared interests.

    Nobody has to think of it (COI-04): an item about one's own body, or about a collaborative that it belongs to, is
    found by itself, and which of the group's own conflicts it is (COI-03; SQG 2022 §3.22).
    """
    return tuple(_ties(item, person))


def _ties(item: ItemAbout, person: PersonFacts) -> Iterator[Tie]:
    found = _conflict(item)
    own = item.bodies & person.bodies
    if own:
        yield Tie(person.person, item.item, TieKind.OWN_BODY, min(own), found)
    partners = item.bodies & (person.belongs_to | person.brings_together) - person.bodies
    if partners:
        yield Tie(person.person, item.item, TieKind.PARTNERSHIP, min(partners), found)
    for one in person.interests:
        if one.subjects & item.subjects:
            yield Tie(person.person, item.item, TieKind.DECLARED, one.id, one.conflict, one.declared_at)


def _conflict(item: ItemAbout) -> Conflict | None:
    if item.is_about_leadership:
        return Conflict.LEADERSHIP
    return Conflict.REPRESENTED if item.is_concern else None


class Measure(StrEnum):
    """What follows from an interest, from the mildest. Each asks for what the milder ones before it ask."""

    NOTE = "note"
    NO_PAPERS = "no_papers"
    SILENT = "silent"
    CHAIR_REPLACED = "chair_replaced"
    LEAVE = "leave"
    NOT_ATTEND = "not_attend"

    @property
    def reads_papers(self) -> bool:
        """Whether they have the papers of the item. What the record itself closes to a body stays closed all the same."""
        return self is Measure.NOTE

    @property
    def in_room(self) -> bool:
        """Whether they stay in the room for the item."""
        return self not in {Measure.LEAVE, Measure.NOT_ATTEND}

    @property
    def takes_part(self) -> bool:
        """Whether they speak and decide on the item, and so count for its quorum (QUO-07)."""
        return self in {Measure.NOTE, Measure.NO_PAPERS}

    @property
    def presides(self) -> bool:
        """Whether they may chair the item: whoever may not read or speak does not."""
        return self is Measure.NOTE

    @property
    def words(self) -> str:
        """What follows, as the chair chooses it."""
        return MEASURE[self][0]

    @property
    def minuted(self) -> str:
        """What followed, as the minutes say it after a name."""
        return MEASURE[self][1]


MEASURE: Mapping[Measure, tuple[str, str]] = {
    Measure.NOTE: ("Note it; they take part", "took part; the interest was noted"),
    Measure.NO_PAPERS: ("No papers; they take part", "took part without having the papers"),
    Measure.SILENT: ("Stay, without papers, and say nothing", "stayed and took no part"),
    Measure.CHAIR_REPLACED: ("Somebody else chairs; they take no part", "did not chair the item and took no part"),
    Measure.LEAVE: ("Leave for this item", "left for the item"),
    Measure.NOT_ATTEND: ("Not attend", "did not attend for the item"),
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """What was ruled on somebody's interest in an item: by whom, when and why (COI-02). The newest holds."""

    person: str
    item: str
    measure: Measure
    by: str
    at: datetime
    because: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", in_utc(self.at))


@dataclass(frozen=True, slots=True)
class Held:
    """A ruling with the span for which it held: up to the next one on the same interest, or to the end (no ``until``)."""

    ruling: Ruling
    until: datetime | None


def held(rulings: Iterable[Ruling], item: str, person: str) -> tuple[Held, ...]:
    """This function will give every ruling on a person and an item in turn, and for how long each held."""
    mine = sorted((one for one in rulings if (one.item, one.person) == (item, person)), key=lambda one: one.at)
    ends = [*(one.at for one in mine[1:]), None]
    return tuple(Held(one, until) for one, until in zip(mine, ends, strict=False))  # of none there is one end


def ruling_on(rulings: Iterable[Ruling], item: str, person: str, moment: datetime | None = None) -> Ruling | None:
    """This function will give the ruling that holds on a person and an item, now or at a moment."""
    at = None if moment is None else in_utc(moment)
    found = [one.ruling for one in held(rulings, item, person) if at is None or one.ruling.at <= at]
    return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands to an item: whether they read its papers, are in the room, and take part and count."""

    reads_papers: bool = True
    in_room: bool = True
    takes_part: bool = True
    presides: bool = True
    waits: bool = False  # they are tied, and the chair has not ruled yet


CLOSED = Place(False, False, False, False, waits=True)


def place_of(
    person: str, item: str, ties: Iterable[Tie], rulings: Iterable[Ruling], moment: datetime | None = None
) -> Place:
    """This function will say where somebody stands to an item; tied and without a ruling it is closed to them (COI-04).

    A ruling counts also where nothing ties them any more: it was made, and only another takes it back.
    """
    ruling = ruling_on(rulings, item, person, moment)
    if ruling is not None:
        measure = ruling.measure
        return Place(measure.reads_papers, measure.in_room, measure.takes_part, measure.presides)
    is_tied = any((one.person, one.item) == (person, item) for one in ties)
    return CLOSED if is_tied else Place()


def apart(item: str, ties: Iterable[Tie], rulings: Iterable[Ruling], moment: datetime | None = None) -> frozenset[str]:
    """This function will name whoever does not count for an item: by a ruling, or tied and not ruled upon (QUO-07)."""
    tied, ruled = list(ties), list(rulings)
    people = {one.person for one in tied if one.item == item} | {one.person for one in ruled if one.item == item}
    return frozenset(one for one in people if not place_of(one, item, tied, ruled, moment).takes_part)


def unruled(item: str, ties: Iterable[Tie], rulings: Iterable[Ruling]) -> tuple[Tie, ...]:
    """This function will give the ties to an item on which nothing was ruled yet."""
    ruled = {one.person for one in rulings if one.item == item}
    return tuple(one for one in ties if one.item == item and one.person not in ruled)


def all_ruled(
    item: str, ties: Iterable[Tie], rulings: Iterable[Ruling], names: Mapping[str, str] | None = None
) -> Verdict:
    """This function will say whether an item may be decided as far as interests go: each has its ruling (COI-02)."""
    waiting = dict.fromkeys(one.person for one in unruled(item, ties, rulings))
    called = names or {}
    says = "The chair has not yet said what follows from the interest of {}. That comes before a decision."
    return Verdict(tuple(Reason(says.format(called.get(one, one)), MANAGED) for one in waiting))


def may_rule(ruling: Ruling, presiding: Collection[str], ties: Iterable[Tie], rulings: Iterable[Ruling]) -> Verdict:
    """This function will say whether somebody may rule on an interest: whoever presides, and never on their own.

    ``presiding`` are those who sit as chair, co-chair or deputy of the chair that day. Who is tied to the item themselves
    rules on nobody's interest in it, unless another ruled that theirs is only to be noted. That is what the guidance
    says of choosing a chair, kept for every item (CHR-06, CHR-07; NQB risk response 2022, Annex B, Chair).
    """
    tied, ruled = list(ties), list(rulings)
    verdict = ALLOWED
    if ruling.by not in presiding:
        verdict &= refused(
            "Whoever chairs the meeting rules on interests: the chair, a co-chair or a deputy.", _PRESIDES
        )
    if ruling.by == ruling.person:
        verdict &= refused(f"Nobody rules on their own interest. {_another(ruling.by, presiding)}", _OWN_TIE)
    elif not place_of(ruling.by, ruling.item, tied, ruled).presides:
        says = f"Whoever is tied to the item rules on nobody’s interest in it. {_another(ruling.by, presiding)}"
        verdict &= refused(says, _OWN_TIE)
    if ruling.measure is Measure.CHAIR_REPLACED and ruling.person not in presiding:
        verdict &= refused("They do not chair, so nobody takes their place. Choose what follows for a member.")
    if not ruling.because.strip():
        verdict &= refused("Say why, in a few words: the minutes give it.", MANAGED)
    return verdict


def may_preside(
    person: str, item: str, presiding: Collection[str], ties: Iterable[Tie], rulings: Iterable[Ruling]
) -> Verdict:
    """This function will say whether somebody may chair an item: not while an interest of theirs keeps them from it."""
    if person not in presiding:
        return refused("They sit neither as chair nor as co-chair nor as deputy of the chair.")
    if not place_of(person, item, ties, rulings).presides:
        says = f"An interest in the item keeps them from chairing it. {_another(person, presiding)}"
        return refused(says, _OWN_TIE)
    return ALLOWED


def _another(person: str, presiding: Collection[str]) -> str:
    if set(presiding) - {person}:
        return "Another who chairs does: a co-chair or a deputy of the chair."
    return "Name a deputy of the chair or a co-chair, who does."


def declared_late(tie: Tie, papers_sent_at: datetime | None) -> Reason | None:
    """This function will remark that an interest was declared after the papers went out; nothing waits for it."""
    if tie.declared_at is None or papers_sent_at is None or in_utc(tie.declared_at) <= in_utc(papers_sent_at):
        return None
    return Reason("It was declared after the papers went out. Ask whether they have read them, and minute it.", MANAGED)


def in_minutes(ties: Iterable[Tie], ruling: Ruling, item: str, names: Mapping[str, str]) -> str:
    """This function will say in one sentence what the minutes hold: interest, item, what followed, and who ruled (COI-02)."""
    mine = [one for one in ties if (one.person, one.item) == (ruling.person, ruling.item)]
    who, chair = names.get(ruling.person, ruling.person), names.get(ruling.by, ruling.by)
    what = " ".join(dict.fromkeys(one.words for one in mine)) or "An interest was ruled upon."
    why = f" Reason: {ruling.because.strip()}" if ruling.because.strip() else ""
    return f"{item}: {who} {ruling.measure.minuted}. {what} Decided by {chair}.{why}"
