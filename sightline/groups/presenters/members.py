"""The members of a group in words: who they are, how they are reached, and what is asked of whoever sits there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sightline.core.groups.sitting import PARTS_OF_MEMBERS, Remark
from sightline.core.rulebook.groups import GroupType
from sightline.core.rulebook.levels import Force
from sightline.core.rulebook.role_cards import RoleCard
from sightline.directory.models import Organisation
from sightline.groups.member_words import NEED, Need
from sightline.groups.models import AccessNeeds, Engagement, Group, RepresentativeAsked, Seating
from sightline.groups.presenters.standing import since
from sightline.groups.queries import Contact, authority_of
from sightline.groups.words import SEAT_PART, SeatPart
from sightline.web.wording import day, plural

_NOBODY = "Nobody sits here"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody who sits or stands in; ``kept`` is for those who keep the group."""

    seating: UUID
    name: str
    email: str
    tag: tuple[str, str]
    kept: str
    may_record: bool


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One seat of the contact list; ``asked`` is whom the group asked for somebody who sits there."""

    seat: UUID
    title: str
    part: str
    body: str
    holder: PersonLine | None
    deputies: tuple[PersonLine, ...]
    asked: str


@dataclass(frozen=True, slots=True)
class HearsLine:
    """How one organisation hears patients and the public."""

    id: UUID
    name: str
    words: str
    when: str
    may_tell: bool


@dataclass(frozen=True, slots=True)
class NeedsLine:
    """What somebody needs to take part."""

    name: str
    needs: tuple[str, ...]
    words: str
    when: str


def contact_lines(found: Sequence[Contact], *, keeps: bool) -> tuple[ContactLine, ...]:
    """This function will put the contact list into words; who said what of an authority is for those who keep it."""
    return tuple(_contact(one, keeps) for one in found)


def _contact(one: Contact, keeps: bool) -> ContactLine:
    seat = one.seat
    decides = SeatPart(seat.part) in PARTS_OF_MEMBERS
    return ContactLine(
        seat=seat.pk,
        title=seat.title,
        part=SEAT_PART[SeatPart(seat.part)],
        body=seat.organisation.name if seat.organisation else "",
        holder=_person(one.holder, keeps, decides) if one.holder else None,
        deputies=tuple(_person(sits, keeps, decides) for sits in one.deputies),
        asked=_asked(one.asked, keeps) if one.asked and one.holder is None else "",
    )


def _person(one: Seating, keeps: bool, decides: bool) -> PersonLine:
    says = authority_says(one) if keeps and authority_of(one) else ""
    if keeps and one.why_both:
        says = f"{says} Has another seat here: {one.why_both.rstrip('.')}.".strip()
    return PersonLine(one.pk, one.person.display_name, one.person.email, _tag(one), says, keeps and decides)


def _tag(one: Seating) -> tuple[str, str]:
    said = authority_of(one)
    if said is None:
        return "", ""
    if said.is_confirmed:
        return "May decide", "nhsuk-tag--green"
    return "Another body approves", "nhsuk-tag--orange"


def authority_says(one: Seating) -> str:
    """This function will say what is on record of somebody's authority, with whoever said so."""
    said = authority_of(one)
    if said is None:
        return "Nobody has said whether they may decide."
    if said.is_confirmed:
        return f"Said by: {said.said_by.rstrip('.')}."
    when = f", on {day(said.approves_on)}" if said.approves_on else ""
    return f"{said.approver.rstrip('.')} has to approve{when}. Said by: {said.said_by.rstrip('.')}."


def _asked(one: RepresentativeAsked, keeps: bool) -> str:
    due = f" An answer is hoped for by {day(one.answer_by)}." if one.answer_by else ""
    who = f": {one.asked.rstrip('.')}" if keeps else ""
    return f"Asked for somebody on {day(one.asked_on)}{who}.{due}"


def counted(found: Sequence[Contact]) -> str:
    """This function will say how many seats there are, and on how many nobody sits."""
    empty = sum(one.holder is None for one in found)
    return f"{plural(len(found), 'seat')}, {f'{empty} with nobody' if empty else 'somebody on each of them'}."


def hears_lines(
    bodies: Iterable[Organisation], told: Mapping[UUID, Engagement], may_tell: frozenset[UUID] | None
) -> tuple[HearsLine, ...]:
    """This function will say how each member organisation hears people; ``may_tell`` are those for whom the reader may.

    None means all of them.
    """
    found = []
    for body in bodies:
        one = told.get(body.pk)
        when = f"Told on {day(one.recorded_at)}." if one else ""
        may = may_tell is None or body.pk in may_tell
        found.append(HearsLine(body.pk, body.name, one.words if one else "", when, may))
    return tuple(found)


def needs_lines(people: Mapping[UUID, str], told: Mapping[UUID, AccessNeeds]) -> tuple[NeedsLine, ...]:
    """This function will say what people need to take part, by their names; whoever needs nothing is left out."""
    found = []
    for key, name in sorted(people.items(), key=lambda one: one[1]):
        one = told.get(key)
        if one is not None and (one.needs or one.words):
            found.append(NeedsLine(name, _needs(one), one.words, f"Told on {day(one.recorded_at)}."))
    return tuple(found)


def _needs(one: AccessNeeds) -> tuple[str, ...]:
    return tuple(NEED[Need(which)] for which in one.needs if which in set(Need))


def export_rows(group: Group, found: Sequence[Contact]) -> list[list[str]]:
    """This function will give the contact list as rows of a file, one for each person and each empty seat (MEM-16)."""
    rows = [["Group", "Seat", "Part", "Organisation", "Name", "Sits as", "Email", "Since", "Authority"]]
    for one in found:
        seat = one.seat
        start = [
            group.name,
            seat.title,
            SEAT_PART[SeatPart(seat.part)],
            seat.organisation.name if seat.organisation else "",
        ]
        people = [(one.holder, "Holder")] if one.holder else []
        people += [(sits, "Deputy") for sits in one.deputies]
        if one.holder is None:
            rows.append([*start, "", _NOBODY, "", "", ""])
        for sits, role in people:
            person = sits.person
            rows.append(
                [
                    *start,
                    person.display_name,
                    role,
                    person.email,
                    sits.valid_from.isoformat(),
                    _tag(sits)[0] or "Not said",
                ]
            )
    return rows


# --- one's own seat


@dataclass(frozen=True, slots=True)
class CardLines:
    """What is asked of somebody, from one card of the guidance."""

    title: str
    posts: str
    duties: tuple[str, ...]
    cites: str


@dataclass(frozen=True, slots=True)
class OwnSeat:
    """One seat of the reader's own."""

    title: str
    part: str
    body: str
    when: str
    stands_in: str
    deputies: str
    authority: str
    cards: tuple[CardLines, ...]


def own_seat(one: Seating, beside: Contact | None, cards: Iterable[RoleCard]) -> OwnSeat:
    """This function will put the reader's own seat into words, with what is asked of whoever sits there."""
    seat = one.seat
    others = [sits.person.display_name for sits in beside.deputies if sits.pk != one.pk] if beside else []
    holder = beside.holder.person.display_name if beside and beside.holder else "nobody yet"
    told = authority_of(one)
    return OwnSeat(
        title=seat.title,
        part=SEAT_PART[SeatPart(seat.part)],
        body=seat.organisation.name if seat.organisation else "",
        when=_upper(since(one)),
        stands_in=f"You stand in for {holder}." if one.is_deputy else "",
        deputies="" if one.is_deputy else _stands_in_for_you(others),
        authority=f"{_tag(one)[0]}. {authority_says(one)}" if told else authority_says(one).replace("they", "you"),
        cards=tuple(
            CardLines(card.title, _posts(card), tuple(duty.says for duty in card.duties), card.cites) for card in cards
        ),
    )


def _upper(says: str) -> str:
    return says[:1].upper() + says[1:]


def _stands_in_for_you(names: Sequence[str]) -> str:
    if not names:
        return "Nobody is named. Ask whoever keeps the group to name somebody."
    return ", ".join(names)


def _posts(card: RoleCard) -> str:
    return ", ".join((card.posts[0], *(one[:1].lower() + one[1:] for one in card.posts[1:]))) if card.posts else ""


# --- on the page of the group


def sitting_rules(kind: GroupType | None) -> tuple[tuple[str, str, str], ...]:
    """This function will give what a guidance says of those who sit in a group: what it is about, the words, the source."""
    if kind is None:
        return ()
    deputies = "A deputy must be named" if kind.deputies and kind.deputies.force is Force.MUST else "Deputies"
    named = (
        ("Those who give care", kind.providers),
        ("The same person", kind.same_person),
        (deputies, kind.deputies),
        ("Authority to decide", kind.authority),
    )
    return tuple((title, one.says, one.cites) for title, one in named if one is not None)


def remark_lines(found: Iterable[Remark]) -> tuple[tuple[str, str], ...]:
    """This function will give what the guidance would have otherwise, each with its source."""
    return tuple((one.says, one.cites) for one in found)
