"""The note of a meeting, written from what happened: who was there, and what came of each item (REC-02; QSG 2017 ¶130).

A section is plain text. A line that ends with a colon is a heading for what follows, a line after a dash is one of a
list, and every other line is a paragraph; so whoever rewords a section needs no signs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sightline.core.meetings.deciding import Side
from sightline.core.meetings.words import lasting, listed

DASH = "- "
_SIDES = ((Side.FOR, "For"), (Side.AGAINST, "Against"), (Side.ABSTAINS, "Abstained"))


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who was there: for which seat, whom they speak for, for how long in all, and from when to when."""

    name: str
    seat: str = ""
    body: str = ""
    minutes: int = 0
    spans: tuple[str, ...] = ()
    deputises: bool = False
    has_authority: bool = True
    is_online: bool = False


@dataclass(frozen=True, slots=True)
class Absent:
    """A seat for which nobody came, with whoever sits on it."""

    seat: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """How a meeting went as a whole; ``quorum`` says in words how it stood, at its opening and at each change."""

    opened: str
    ended: str
    attendees: tuple[Attendee, ...]
    absent: tuple[Absent, ...] = ()
    quorum: tuple[str, ...] = ()
    is_apart: bool = False  # a review that met without providers (MEM-10)


@dataclass(frozen=True, slots=True)
class Stood:
    """Where one voice stood, with its reasons and what it will do itself (REC-05; QSG 2017 ¶132)."""

    name: str
    side: Side
    reasons: str = ""
    commits_to: str = ""
    is_statutory_holder: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that an item came to. ``because`` is why it is no more than it is, or how it is marked, in words of the rule."""

    called: str
    at: str
    text: str
    taken_by: str = ""
    quorum: str = ""
    stood: tuple[Stood, ...] = ()
    next_steps: str = ""
    because: tuple[str, ...] = ()
    is_carried_over: bool = False


@dataclass(frozen=True, slots=True)
class Managed:
    """An interest in an item, and what followed from it (REC-09; SQG 2022 Annex A)."""

    name: str
    tied_by: str
    followed: str = ""


@dataclass(frozen=True, slots=True)
class ActionSaid:
    """An action of the log about the subject of an item: added at the meeting, or due."""

    says: str
    owner: str
    due: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Discussed:
    """Everything on record of one item."""

    interests: tuple[Managed, ...] = ()
    said: str = ""
    inequality: str = ""
    results: tuple[Result, ...] = ()
    level: str = ""  # where its subject stands, in words
    actions: tuple[ActionSaid, ...] = ()
    referrals: tuple[str, ...] = ()
    lived: str = ""  # who brought lived experience in, or that nobody did
    boards: tuple[str, ...] = ()  # what is raised with a safeguarding board, and who does so
    told: str = ""  # who tells the provider, or why not yet


@dataclass(slots=True)
class _Page:
    lines: list[str] = field(default_factory=list)

    def under(self, heading: str, lines: Iterable[str]) -> None:
        """Some lines below their heading; no heading where there are none."""
        found = [one for one in lines if one.strip()]
        if found:
            self.lines += [*([""] if self.lines else []), f"{heading}:", *found]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def note_of_meeting(held: Held) -> str:
    """This function will write who was there and for how long, who was not, and how the quorum stood (REC-02, REC-03)."""
    page = _Page([f"The meeting lasted from {held.opened} to {held.ended}."])
    if held.is_apart:
        page.lines.append("Partners met without the providers concerned. Why is on record with the group.")
    page.under("There", (_item(_there(one)) for one in held.attendees) if held.attendees else ["Nobody is on record."])
    page.under("Not there", (_item(_away(one)) for one in held.absent))
    page.under("Quorum", held.quorum or ["The guidance of this group sets no quorum."])
    return page.text


def note_of_item(found: Discussed) -> str:
    """This function will write what was said of an item, what it came to, and what follows from it (REC-02, REC-05, REC-09)."""
    page = _Page()
    page.under("Interests", (_item(_managed(one)) for one in found.interests))
    page.under("What was said", found.said.splitlines())
    page.under("Lived experience", found.lived.splitlines())
    page.under("For people who are worse off", found.inequality.splitlines())
    for result in found.results:
        page.under(f"{result.called}, at {result.at}", _result(result))
    page.under("Level", [found.level])
    page.under("Actions", (_item(_action(one)) for one in found.actions))
    page.under("Abuse or neglect was suspected", (_item(one) for one in found.referrals))
    page.under("Raised with a safeguarding board", (_item(one) for one in found.boards))
    page.under("Who tells the provider", found.told.splitlines())
    return page.text or "Nothing is on record of this item."


def lived_words(who: str) -> str:
    """This function will say who brought lived experience into an item, or that nobody did (REC-15; SQG 2022 §3.5)."""
    return who or "Nobody brought lived experience in this time."


def raised_words(board: str, raised_by: str) -> str:
    """This function will say who raises a matter with a safeguarding board: a member, or the chair in writing (REC-14)."""
    if raised_by:
        return f"{raised_by} raises it with the chair of the {_board(board)}."
    return f"The chair of this group writes to the chair of the {_board(board)}."


def _board(name: str) -> str:
    return name.removeprefix("The ").removeprefix("the ").rstrip(".")


def _item(says: str) -> str:
    return f"{DASH}{says}"


def _there(one: Attendee) -> str:
    if one.deputises:
        may = "may decide" if one.has_authority else "may not decide"
        role = f"standing in for {one.seat}, and {may}"
    else:
        role = one.seat or "guest"
    body = f" for {one.body}" if one.body else ""
    how = ", online" if one.is_online else ""
    spans = f" ({listed(one.spans)})" if one.spans else ""
    return f"{one.name}, {role}{body}{how}: {lasting(one.minutes)}{spans}"


def _away(one: Absent) -> str:
    return f"{one.name}, {one.seat}" if one.name else f"{one.seat}: nobody sits there"


def _managed(one: Managed) -> str:
    followed = f"They {one.followed}." if one.followed else "No ruling is on record."
    return f"{one.name}. {one.tied_by} {followed}"


def _result(one: Result) -> Iterator[str]:
    yield from one.text.splitlines()
    yield from one.because
    if one.is_carried_over:
        yield "It comes again."
        return
    if one.taken_by:
        yield f"Done by {one.taken_by}, under its own powers."
    if one.quorum and not any(why.startswith(one.quorum) for why in one.because):
        yield f"{one.quorum}."
    for side, words in _SIDES:
        names = [each.name for each in one.stood if each.side is side]
        if names:
            yield _item(f"{words}: {listed(names)}")
    yield from (_item(words) for each in one.stood for words in _dissent(each))
    if one.next_steps:
        yield f"Next: {one.next_steps}"


def _dissent(one: Stood) -> Iterator[str]:
    holds = " with the statutory responsibility, and is not overridden" if one.is_statutory_holder else ""
    if one.side is Side.AGAINST:
        yield " ".join(filter(None, (f"{one.name} was against{holds}.", f"Why: {one.reasons}" if one.reasons else "")))
    elif one.reasons or holds:
        yield " ".join(
            filter(None, (f"{one.name} has the statutory responsibility." if holds else f"{one.name}:", one.reasons))
        )
    if one.commits_to:
        yield f"{one.name} will do itself: {one.commits_to}"


def _action(one: ActionSaid) -> str:
    return f"{'New: ' if one.is_new else ''}{one.says.rstrip('.')}. {one.owner}, due {one.due}"
