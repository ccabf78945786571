"""One item of a meeting in words: who is tied to it and what follows, notes, what came of it, and who tells whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sightline.actions.presenters.log import LogRow, rows
from sightline.core.meetings.deciding import OUTCOME, SORT, Outcome, Side, Sort
from sightline.core.meetings.interests import ruling_on
from sightline.core.meetings.noting import lived_words, raised_words
from sightline.core.meetings.quorum import Status
from sightline.meetings.models import BoardMatter, ItemInvolvement, ItemNote, ItemOutcome, ItemTeller
from sightline.meetings.presenters.live import at_words
from sightline.meetings.queries.live_pages import ItemView
from sightline.web.wording import day

_SIDE: Mapping[Side, str] = {Side.FOR: "for", Side.AGAINST: "against", Side.ABSTAINS: "abstained"}
_STATUS: Mapping[Status, str] = {
    Status.QUORATE: "Quorate at that moment",
    Status.NOT_QUORATE: "Not quorate at that moment",
    Status.NONE_SET: "",
}


@dataclass(frozen=True, slots=True)
class TiedLine:
    """Somebody who is tied to an item, by what, and what whoever chairs ruled."""

    person: UUID
    name: str
    because: tuple[str, ...]
    is_here: bool
    ruling: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class StoodLine:
    """Where one voice stood."""

    name: str
    side: str
    reasons: str
    commits_to: str
    is_statutory_holder: bool


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """What an item came to, with everything that is kept of it (REC-13)."""

    heading: str
    text: str
    at: str
    sort: str
    taken_by: str
    quorum: str
    here: tuple[str, ...]
    reasons: tuple[str, ...]
    stood: tuple[StoodLine, ...]
    next_steps: str
    sha256: str
    stays: str


def tied_lines(view: ItemView) -> list[TiedLine]:
    """This function will list who is tied to an item: for whoever keeps the record or presides all, for others their own."""
    room, key = view.live.room, str(view.item.pk)
    all_of_them = view.live.keeps or view.live.presides
    here = {one.who for one in room.here(view.live.moment)}
    found = []
    for person in dict.fromkeys(one.person for one in room.ties_to(view.item)):
        if not all_of_them and person != view.live.own:
            continue
        mine = [one for one in room.ties_to(view.item) if one.person == person]
        because = [" ".join(filter(None, (one.words, room.interests.detail(one)))) for one in mine]
        ruling = ruling_on(room.interests.rulings, key, person)
        says = ""
        if ruling:
            chair = room.names.get(ruling.by, "")
            says = f"{ruling.measure.words}. Ruled by {chair} at {at_words(ruling.at)}: {ruling.because}"
        name, is_own = room.names.get(person, ""), person == view.live.own
        found.append(TiedLine(UUID(person), name, tuple(dict.fromkeys(because)), person in here, says, is_own))
    return sorted(found, key=lambda one: (not one.is_here, one.name))


def outcome_lines(view: ItemView) -> list[OutcomeLine]:
    """This function will tell what an item came to, in turn."""
    return [_outcome(one) for one in view.item.outcomes.all()]


def _outcome(one: ItemOutcome) -> OutcomeLine:
    snapshot = one.snapshot
    carried = one.outcome == ItemOutcome.CARRIED_OVER
    here = tuple(f"{each['name']} ({each['title']})" if each["title"] else each["name"] for each in snapshot["here"])
    return OutcomeLine(
        heading="Comes again" if carried else OUTCOME[Outcome(one.outcome)],
        text=one.text,
        at=at_words(one.at),
        sort="" if carried else SORT[Sort(one.sort)],
        taken_by=one.taken_by.name if one.taken_by else "",
        quorum=_STATUS[Status(one.quorum)],
        here=here,
        reasons=tuple(one.reasons.splitlines()),
        stood=tuple(
            StoodLine(each.name, _SIDE[Side(each.side)], each.reasons, each.commits_to, each.is_statutory_holder)
            for each in one.positions.all()
        ),
        next_steps=one.next_steps,
        sha256=one.snapshot_hash,
        stays=one.knowingly,
    )


def action_lines(view: ItemView) -> list[LogRow]:
    """This function will list the actions that were agreed under an item, as far as its reader may read them."""
    return rows(view.actions, {}, {})


def teller_words(teller: ItemTeller | None) -> str:
    """This function will say who tells the provider, or why it is not told yet."""
    if teller is None:
        return "Nobody has been named yet."
    if teller.told_by is not None:
        return f"{teller.told_by.name} tells {teller.subject.name}."
    return f"Not told yet: {teller.not_yet} Looked at again on {day(teller.review_on)}."


def lived_line(involvement: ItemInvolvement | None) -> str:
    """This function will say who brought lived experience into an item; nothing where that was not written down."""
    return lived_words(involvement.who) if involvement else ""


def board_lines(boards: tuple[BoardMatter, ...]) -> list[tuple[str, str]]:
    """This function will give each matter for a safeguarding board, and who raises it."""
    return [(one.matter, raised_words(one.board, one.raised_by.name if one.raised_by else "")) for one in boards]


def note_words(notes: tuple[ItemNote, ...], names: Mapping[str, str]) -> list[tuple[str, str, datetime]]:
    """This function will give the versions of a note, the newest first: its text, who wrote it and when."""
    return [(one.text, names.get(one.recorded_by, ""), one.recorded_at) for one in notes]
