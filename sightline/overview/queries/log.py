"""The event log and whether the end of its chains is whole; and whose part in it readers are not told."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from sightline.audit.chain import Break, breaks_in
from sightline.audit.models import Event, Head
from sightline.intelligence.models import Giver, Passage, Referral
from sightline.intelligence.words import Wish


def events(verb: str = "") -> QuerySet[Event]:
    """This function will give the event log, the newest first; who may read it, the gate decides."""
    found = Event.objects.filter(verb=verb) if verb else Event.objects.all()
    return found.order_by("-pk")


@dataclass(frozen=True, slots=True)
class RecentChain:
    """What a walk along the end of every chain found."""

    events: int
    breaks: tuple[Break, ...]


def recent_chain(at_most: int) -> RecentChain:
    """This function will walk the last events of every chain up to its head; the whole walk is for the command line."""
    count, breaks = 0, []
    for head in Head.objects.order_by("system"):
        # Up to the head as it was read: an event that is added meanwhile must not look like a break.
        newest = Event.objects.filter(system=head.system, sequence__lte=head.sequence).order_by("-sequence", "-pk")
        walked = list(reversed(newest[: at_most + 1]))
        found, sequence, last = breaks_in(walked, head.system)
        if len(walked) > at_most:
            # The walk begins after the oldest: what is said of that one speaks of what lies before it.
            found = [broken for broken in found if broken.sequence != walked[0].sequence]
        count += min(len(walked), at_most)
        breaks += found
        if (sequence, last) != (head.sequence, head.hash):
            breaks.append(Break(head.system, sequence, "Is the last one left, but not the last one written."))
    return RecentChain(count, tuple(breaks))


DRAFTING = frozenset({"intelligence.save_draft", "intelligence.discard_draft"})


def unnamed_among(events: Collection[Event]) -> frozenset[int]:
    """This function will name, by their keys, the events in which a giver acted who asked not to be named.

    Those are whatever they did to what they gave. Nobody can tell yet what a draft will ask for, and the hour of a
    draft gives away who shared a minute later: so every draft is among them.
    """
    drafting = {one.pk for one in events if one.verb in DRAFTING}
    told = {one.pk: one for one in events if one.verb.startswith("intelligence.") and one.on_id}
    items = _items_of(told.values())
    rows = Giver.objects.filter(item__in=set(items.values()), wish=Wish.UNNAMED.value).values_list("item", "actor_id")
    unnamed = dict(rows)
    giving = {key for key, item in items.items() if unnamed.get(item) == told[key].actor}
    return frozenset(drafting | giving)


def _items_of(events: Iterable[Event]) -> dict[int, UUID]:
    """The item that each event is about, whether it names the item itself, or words or a referral of it."""
    named: dict[str, dict[int, UUID]] = {"Item": {}, "Passage": {}, "Referral": {}}
    for event in events:
        if event.on_kind in named:
            named[event.on_kind][event.pk] = UUID(event.on_id)
    words, referrals = set(named["Passage"].values()), set(named["Referral"].values())
    of = dict(Passage.objects.filter(pk__in=words).values_list("pk", "item")) if words else {}
    of |= dict(Referral.objects.filter(pk__in=referrals).values_list("pk", "item")) if referrals else {}
    found = {event: of[key] for kind in ("Passage", "Referral") for event, key in named[kind].items() if key in of}
    return {**found, **named["Item"]}
