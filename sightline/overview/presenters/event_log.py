"""The event log in words: what was done, by whose id, on what, and whether the chain is whole."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sightline.audit.models import Event
from sightline.audit.operation import REGISTER
from sightline.overview.queries import RecentChain
from sightline.overview.queries.log import DRAFTING
from sightline.web.wording import plural

_OPENING = "This function will "
_CITED = re.compile(r" \([A-Z]{3}-\d[^()]*\)")  # a requirement's number helps those who read code, not auditors
# Sign-in writes events by itself, because nobody in particular acts before anyone is signed in.
_AT_THE_DOOR = {
    "accounts.chose_password": "Chose a password of their own",
    "accounts.sign_in_failed": "Somebody tried to sign in and failed",
    "accounts.signed_in": "Signed in",
    "accounts.signed_out": "Signed out",
}
UNNAMED = "A giver who asked not to be named"
WRITING = "Somebody who was writing, and has yet to say whether they may be named"
_KINDS = {"OrganisationFact": "fact", "RoleGrant": "role", "DeliveryFault": "fault"}


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event on a page; ids stay ids, because the log knows nothing else."""

    place: str
    chain: str
    at: datetime
    actor: str
    says: str
    verb: str
    on: str
    on_id: str


def event_rows(events: Iterable[Event], unnamed: Collection[int] = ()) -> list[EventRow]:
    """This function will put events into words; the chain is named where there are several, as each counts by itself.

    ``unnamed`` are the keys of events whose actor is not told.
    """
    found = list(events)
    is_one = len({event.system for event in found}) < 2
    return [
        EventRow(
            place=f"{event.sequence:,}",
            chain="" if is_one else event.system,
            at=event.recorded_at,
            actor=_actor(event) if event.pk in unnamed else event.actor,
            says=verb_in_words(event.verb),
            verb=event.verb,
            on=_kind_in_words(event.on_kind),
            on_id=event.on_id,
        )
        for event in found
    ]


def _actor(event: Event) -> str:
    return WRITING if event.verb in DRAFTING else UNNAMED


def verb_in_words(verb: str) -> str:
    """This function will say what a verb does, in the operation's own words where it is one."""
    if verb in _AT_THE_DOOR:
        return _AT_THE_DOOR[verb]
    entry = REGISTER.get(verb)
    words = entry.says if entry else verb.partition(".")[2].replace("_", " ")
    words = _CITED.sub("", words.removeprefix(_OPENING)).replace("``", "").rstrip(".")
    return words[:1].upper() + words[1:]


def verb_choices() -> list[tuple[str, str]]:
    """This function will give the verbs to filter by, in the order of the alphabet as readers see them."""
    named = {verb: verb.partition(".")[2].replace("_", " ").capitalize() for verb in {*REGISTER, *_AT_THE_DOOR}}
    return sorted(named.items(), key=lambda pair: pair[1])


def chain_in_words(found: RecentChain) -> list[str]:
    """This function will say whether the end of the chain is whole: one sentence, or one for each place where it is not."""
    if not found.events:
        return ["Nothing has been recorded yet."]
    if not found.breaks:
        walked = f"the last {plural(found.events, 'event')}" if found.events > 1 else "the only event"
        return [f"The chain is whole in {walked}: each follows from the one before, and none was changed."]
    return [f"Event {broken.sequence:,} of {broken.system}: {broken.says}" for broken in found.breaks]


def _kind_in_words(kind: str) -> str:
    """The record's own name as people read it: “SignalEnding” is “Signal ending”."""
    parted = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in _KINDS.get(kind, kind))
    return parted.strip().capitalize()
