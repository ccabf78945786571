"""The seats of a group as a form offers them: those first that the guidance expects and that are not there."""

from __future__ import annotations

from sightline.core.rulebook.groups import ExpectedSeat
from sightline.core.rulebook.levels import Force
from sightline.core.rulebook.sitting import Among
from sightline.groups.queries import GroupView
from sightline.groups.words import SEAT_PART, SeatPart
from sightline.web.wording import plural


def seat_offers(view: GroupView) -> dict[str, tuple[str, str]]:
    """This function will give the expected seats of a group's type, each with its words: first those that are missing.

    They go by category and by whom they add among those, as in “lay.healthwatch”.
    """
    kind = view.now.kind
    if kind is None:
        return {}
    gaps = {(one.seat.id, one.among.id if one.among else "") for one in view.lacking if one.has_no_seat}
    has_chair = any(one.seat.part == SeatPart.CHAIR.value for one in view.seats)
    offered = [one for one in kind.seats if not (has_chair and one.part is SeatPart.CHAIR)]
    pairs = [(seat, among) for seat in offered for among in _sorts(seat)]
    pairs.sort(key=lambda one: (one[0].id, one[1].id if one[1] else "") not in gaps)
    return {_key(*one): _words(view, *one) for one in pairs}


def _sorts(seat: ExpectedSeat) -> tuple[Among | None, ...]:
    """Whom a seat of a category adds: one of those named and, where the guidance does not name each, somebody else."""
    return seat.among if seat.names_each else (*seat.among, None)


def _key(seat: ExpectedSeat, among: Among | None) -> str:
    return f"{seat.id}.{among.id}" if among else seat.id


def _words(view: GroupView, seat: ExpectedSeat, among: Among | None) -> tuple[str, str]:
    there = [one for one in view.seats if one.seat.category == seat.id]
    such = [one for one in there if one.seat.among == among.id] if among else there
    label = f"{seat.title}: {among.title}" if among else seat.title
    return label, f"{SEAT_PART[seat.part]}. {_standing(seat, among, len(such))}"


def _standing(seat: ExpectedSeat, among: Among | None, there: int) -> str:
    wanted = (among or seat).at_least
    if there:
        has = f"There {'is' if there == 1 else 'are'} {there if there > 1 else 'one'}"
        return f"{has}, and {wanted} are expected." if there < wanted else f"{has} already."
    match seat.force:
        case Force.MAY:
            return "The guidance allows for it."
        case Force.SHOULD:
            return "It should be there."
        case _:
            return "Expected." if wanted == 1 else f"{plural(wanted, 'seat')} expected."
