"""Messages in words: the letters that go out, a person's own page, and how the outbox stands.

A letter is made of our own sentences, of numbers, and of addresses that only lead somewhere for whoever signs in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sightline.notify.kinds import Kind, kind_of
from sightline.notify.models import Message
from sightline.notify.queries import Mine, Outbox
from sightline.web.wording import moment, plural

MESSAGES = "/messages/"
_FOOT = """
You get this letter because of your part in a quality group. What it is about stands in Sightline alone: sign in to
read it. How often you are told is yours to choose: {address}
"""


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes to the mail server, but for whom it is to."""

    subject: str
    body: str


def letter(messages: Sequence[Message], address: str) -> Letter:
    """This function will write a letter about one message, or one about several together."""
    known = [(one, kind) for one in messages if (kind := kind_of(one.kind)) is not None]
    if len(known) == 1:
        one, kind = known[0]
        return Letter(f"Sightline: {kind.subject}", f"{kind.says}\n\n{address}{one.path}\n{_foot(address)}")
    subject = f"Sightline: {plural(len(known), 'message')} for you"
    body = "\n\n".join(f"- {says}\n  {address}{path}" for says, path in _by_kind(known))
    return Letter(subject, f"{body}\n{_foot(address)}")


def _by_kind(known: Sequence[tuple[Message, Kind]]) -> Iterable[tuple[str, str]]:
    """A sentence for each kind: of one message with its own page, of several with the page that lists them."""
    counts = Counter(kind.id for _, kind in known)
    said = set[str]()
    for one, kind in known:
        if kind.id in said:
            continue
        said.add(kind.id)
        count = counts[kind.id]
        yield (kind.says, one.path) if count == 1 else (kind.plural.format(count=count), MESSAGES)


def _foot(address: str) -> str:
    return _FOOT.format(address=f"{address}{MESSAGES}")


@dataclass(frozen=True, slots=True)
class MineLine:
    """One message on a person's own page."""

    says: str
    path: str
    when: str
    is_new: bool


def mine_lines(found: Iterable[Mine]) -> list[MineLine]:
    """This function will put a person's messages into words."""
    return [MineLine(one.kind.says, one.message.path, moment(one.message.queued_at), one.is_new) for one in found]


def outbox_facts(stands: Outbox) -> dict[str, int | str | None]:
    """This function will give how the outbox stands for a machine."""
    return {
        "urgent": stands.urgent,
        "for_digest": stands.for_digest,
        "begun": stands.begun,
        "to_retry": stands.to_retry,
        "given_up": stands.given_up,
        "sent_in_a_day": stands.sent_today,
        "not_theirs_in_a_day": stands.not_theirs_today,
        "oldest": stands.oldest.isoformat() if stands.oldest else None,
    }


def outbox_lines(stands: Outbox) -> list[str]:
    """This function will say how the outbox stands: numbers, and nobody's name."""
    waits = f", the oldest since {moment(stands.oldest)}" if stands.oldest else ""
    waiting = stands.urgent + stands.for_digest + stands.begun + stands.to_retry
    return [
        f"{plural(waiting, 'message')} waiting{waits}:",
        f"  {stands.urgent:>6,} to go at once",
        f"  {stands.for_digest:>6,} for the daily letter",
        f"  {stands.begun:>6,} on the way, or left by a sender that was stopped",
        f"  {stands.to_retry:>6,} that failed and will be tried again",
        f"{plural(stands.given_up, 'message')} given up in all. The mail server took none of the tries.",
        f"In the last 24 hours: {stands.sent_today:,} sent, {stands.not_theirs_today:,} kept back, "
        "because whoever they were for may no longer see what they are about.",
    ]
