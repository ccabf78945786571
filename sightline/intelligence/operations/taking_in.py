"""Taking in a file of intelligence, from what was read to items that wait for review: once, whole, in any order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from sightline.accounts.looking import listed_names
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission, systems_where
from sightline.core.intelligence.checking import find_personal
from sightline.core.intelligence.wording import clean
from sightline.core.verdict import Invalid
from sightline.intake.contract import Fault
from sightline.intelligence.bringing import Brought
from sightline.intelligence.models import TextDelivery, TextFault
from sightline.intelligence.operations._taking_in_given import given
from sightline.intelligence.operations._taking_in_published import published
from sightline.intelligence.operations._taking_in_shape import Bringing, Outcome
from sightline.intelligence.operations._taking_in_writing import write
from sightline.intelligence.operations._themes import dictionary_on
from sightline.intelligence.sources import many_items
from sightline.intelligence.sources.contract import Telling, TextParsed
from sightline.intelligence.words import DeliveryState
from sightline.rulebook.queries import pack_in_force

MOST_FAULTS = 1_000  # a file with more is beyond mending line by line
DAY_UNREAD = (
    "Other rows of its file say on which day, and its own cannot be read. The day given for the file stands on it."
)
LOOK_FIRST = "It came in. Look at this before it is reviewed."
_NO_DAY = "It does not say on which day it was told."
_GIVE_A_DAY = "Fill the day in, or give a day for all such rows when you bring the file in."


@operation(Permission.IMPORT_DATA, on="result")
def take_in_text(
    *,
    by: Actor,
    at: datetime,
    brought: Brought,
    system: str = "",
    as_of: date | None = None,
    readers: tuple[str, ...] = (),
    why_fewer: str = "",
    knowingly: str = "",
) -> TextDelivery:
    """This function will take in one file of intelligence, or write down why it was refused (INT-01, INT-13, INT-15).

    A good row comes in, a bad one is listed with its mend. What came before changes nothing; another edition changes
    what it revises. ``as_of`` is the day of rows that bear none, ``readers`` those of rows for named people, and
    ``why_fewer`` why the members may not all read such rows where a row does not say it itself (IGV-05).
    ``knowingly`` says why what looks like personal data is wanted. Raises Invalid where the day lies ahead, the system
    is not the actor's, or the reason names somebody.
    """
    on = timezone.localdate(at)
    _check(by, on, system, as_of, why_fewer, knowingly)
    delivery = TextDelivery(
        file_name=brought.name,
        sha256=brought.sha256,
        source=brought.source,
        system=system,
        state=DeliveryState.REFUSED.value,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    delivery.save(force_insert=True)
    if brought.parsed is None or brought.faults:
        return _settle(delivery, Outcome(), brought.faults, brought.parsed)
    bringing = Bringing(
        by=by,
        at=at,
        on=on,
        system=system,
        pack=pack_in_force(on).id,
        delivery=delivery,
        themes=dictionary_on(on),
        names=listed_names(),
        readers=readers,
        why_fewer=clean(why_fewer).text.strip(),
        knowingly=clean(knowingly).text.strip(),
    )
    dated, undated = _dated(brought.parsed.tellings, as_of)
    understand = given if brought.source == many_items.NAME else published
    taken, faults = understand(dated, brought.source, bringing)
    outcome = write(taken, bringing)
    return _settle(delivery, outcome, [*brought.parsed.faults, *undated, *faults, *brought.checks], brought.parsed)


def _check(by: Actor, on: date, system: str, as_of: date | None, why_fewer: str, knowingly: str) -> None:
    problems = []
    if not knowingly.strip() and find_personal(why_fewer, listed_names()):
        problems.append("Say why rows are for fewer without naming anybody.")
    systems = systems_where(by, Permission.IMPORT_DATA, on)
    if systems is not None and system not in systems:
        problems.append("Bring it in for a system whose record you keep.")
    if as_of is not None and as_of > on:
        problems.append("The day lies ahead. Give today or an earlier day.")
    if problems:
        raise Invalid(*problems)


def _dated(tellings: Sequence[Telling], as_of: date | None) -> tuple[list[tuple[Telling, date]], list[Fault]]:
    """Each telling with its day; one that has none is listed, and its day never guessed."""
    dated: list[tuple[Telling, date]] = []
    faults: list[Fault] = []
    some_say_it = any(telling.said_on or telling.heard_on for telling in tellings)
    for telling in tellings:
        own = telling.said_on or telling.heard_on
        if own is not None:
            dated.append((telling, own))
        elif as_of is None:
            faults.append(Fault(_NO_DAY, _GIVE_A_DAY, telling.line))
        else:
            # In a file whose other rows bear their day, one that cannot be read is a slip, and nobody's guess.
            held = f"{telling.held} {DAY_UNREAD}".strip() if some_say_it else telling.held
            dated.append((replace(telling, held=held), as_of))
    if faults and not dated:
        rows = f"None of its {len(faults):,} rows says" if len(faults) > 1 else "Its one row does not say"
        return [], [Fault(f"{rows} on which day it was told.", _GIVE_A_DAY)]
    return dated, faults


def _settle(
    delivery: TextDelivery, outcome: Outcome, faults: Sequence[Fault], parsed: TextParsed | None
) -> TextDelivery:
    came_in = outcome.made + outcome.changed + outcome.known
    delivery.state = (DeliveryState.SETTLED if came_in else DeliveryState.REFUSED).value
    delivery.rows = parsed.rows if parsed else 0
    delivery.made, delivery.changed, delivery.known = outcome.made, outcome.changed, outcome.known
    delivery.says = _words(delivery, outcome, faults, parsed)
    delivery.save(update_fields=["state", "rows", "made", "changed", "known", "says"])
    listed = [*faults, *(Fault(says, LOOK_FIRST, line) for line, says in outcome.held)]
    TextFault.objects.bulk_create(
        TextFault(delivery=delivery, line=one.line, column=one.column[:200], says=one.says, mend=one.mend)
        for one in listed[:MOST_FAULTS]
    )
    return delivery


def _words(delivery: TextDelivery, outcome: Outcome, faults: Sequence[Fault], parsed: TextParsed | None) -> str:
    remarks = list(parsed.remarks) if parsed else []
    over = len(faults) + len(outcome.held) - MOST_FAULTS
    if over > 0:
        remarks.append(f"{over:,} more things are wrong than are listed.")
    if delivery.state == DeliveryState.REFUSED:
        return " ".join([f"Nothing came in: {_things(len(faults), 'thing')} to mend.", *remarks])
    counts = [
        f"{outcome.made:,} new",
        f"{outcome.changed:,} changed",
        f"{outcome.known:,} here already",
    ]
    says = [", ".join(counts) + "."]
    if faults:
        says.append(f"{_things(len(faults), 'thing')} to mend; those rows were left out, unless it says otherwise.")
    if outcome.held:
        says.append(f"{_things(len(outcome.held), 'item')} to be looked at first.")
    if outcome.names:
        says.append(f"{_things(len(outcome.names), 'name')} to be placed by a person.")
    return " ".join([*says, *remarks])


def _things(count: int, noun: str) -> str:
    return f"{count:,} {noun if count == 1 else noun + 's'}"
