"""What a change of a rule about levels would do to what is on record today, told before it takes effect (FRW-08)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sightline.core.rulebook.authority import Authorities, Authority
from sightline.core.rulebook.circumstances import Circumstances, Commissioner
from sightline.core.rulebook.clocks import OF_LEVELS, Clock, ClockId, Clocks
from sightline.core.rulebook.duties import Notice, Notices
from sightline.core.rulebook.levels import Level, Levels, NeedRule, Trigger, Triggers
from sightline.core.surveillance.clocks import long_stay, reviews_due
from sightline.core.surveillance.facts import History
from sightline.groups.queries import pack_of
from sightline.rulebook import previews
from sightline.rulebook.previews import Change
from sightline.rulebook.queries import part_of
from sightline.surveillance.models import LevelProposal
from sightline.surveillance.queries.levels import open_proposals
from sightline.surveillance.queries.log_entries import (
    Entry,
    Review,
    entries_of,
    histories_of,
    known_levels,
    reviews_of,
    systems_of_decisions,
)
from sightline.web.wording import plural


@dataclass(frozen=True, slots=True)
class Stands:
    """A subject at a level of the guidance that changes, in a system that works by it, with all that led there."""

    entry: Entry
    history: History
    reviews: tuple[Review, ...]


def make_known() -> None:
    """This function will let the pages of the rules tell what a change of these parts would do."""
    for part, preview in {
        "levels": of_levels,
        "triggers": of_triggers,
        "authority": of_authority,
        "clocks": of_clocks,
        "notices": of_notices,
    }.items():
        previews.tells(part, preview)


def of_clocks(change: Change) -> list[str]:
    """This function will count the long stays and the overdue reviews that a change of clocks makes or ends."""
    before, after = change.before, change.after
    if not isinstance(before, Clocks) or not isinstance(after, Clocks):
        return []
    standing = _standing(change)
    said: list[str] = []
    for clock_id in ClockId:
        was, is_now = before.clock(clock_id), after.clock(clock_id)
        if was == is_now:
            continue
        if clock_id is ClockId.LONG_STAY:
            said += _long_stays(was, is_now, standing, change)
        elif clock_id is ClockId.LEVEL_REVIEW:
            said += _overdue(before, after, standing, change.on)
        said += _runs(was, is_now, standing)
    return said


def of_levels(change: Change) -> list[str]:
    """This function will say whose level would be gone or renamed, and what open proposals would have to carry as well."""
    before, after = change.before, change.after
    if not isinstance(before, Levels) or not isinstance(after, Levels):
        return []
    standing, waiting = _standing(change), _waiting(change)
    said: list[str] = []
    for level in before.levels:
        here = [one for one in standing if one.entry.level == level.id]
        now = after.level(level.id)
        if now is None:
            said.append(
                f"“{level.name}” would be a level no longer. {_subjects(here)} there, and would count as at "
                f"“{after.levels[-1].name}”, indicatively, until a level is set anew."
            )
        else:
            said += _renamed(level, now, here)
            said += _needs(level, now, after, before, waiting)
    added = [one.name for one in after.levels if before.level(one.id) is None]
    return said + [f"“{name}” would be a new level, at which nobody stands yet." for name in added]


def of_triggers(change: Change) -> list[str]:
    """This function will say which open proposals rest on a trigger that would be gone."""
    before, after = change.before, change.after
    if not isinstance(before, Triggers) or not isinstance(after, Triggers):
        return []
    waiting = _waiting(change)
    return [
        f"“{trigger.says}” would be a trigger no longer. {_proposals(resting)} on it."
        for trigger in before.triggers
        if after.trigger(trigger.id) is None
        for resting in [[one for one in waiting if trigger.id in one.triggers.split()]]
    ] + [f"“{one.says}” would be offered as a trigger for “{one.of}”." for one in _added(before, after)]


def of_authority(change: Change) -> list[str]:
    """This function will say which levels nobody could authorise, and which somebody else would."""
    before, after = change.before, change.after
    levels = part_of(change.pack, "levels", change.on)
    if not isinstance(before, Authorities) or not isinstance(after, Authorities):
        return []
    if levels is None or not isinstance(levels.content, Levels):
        return []
    waiting = _waiting(change)
    return [
        says
        for level in levels.content.levels[1:]
        for says in _authorised(level, before, after, [one for one in waiting if one.level_to == level.id])
    ]


def of_notices(change: Change) -> list[str]:
    """This function will say which notices would arise no longer, anew or otherwise, and how many stand at their levels."""
    before, after = change.before, change.after
    if not isinstance(before, Notices) or not isinstance(after, Notices):
        return []
    standing = _standing(change)
    said = [
        f"“{one.name}” would arise no longer; what arose from it already stays open until it is done."
        for one in before.notices
        if after.notice(one.id) is None
    ]
    for one in after.notices:
        was = before.notice(one.id)
        if was != one:
            how = "would arise from now on" if was is None else "would arise otherwise than it does"
            said.append(f"“{one.name}” {how}. {_subjects(_at(one, standing))} at its levels today.")
    return said


# --- what is on record today


def _standing(change: Change) -> list[Stands]:
    """Whoever stands at a level that was set under this guidance, in a system that still works by it."""
    known = known_levels(change.reader, change.on, "", change.on)
    entries, systems = entries_of(known), systems_of_decisions(known)
    histories, reviews = histories_of(known, entries), reviews_of(known, change.on, entries)
    works_by = {system: pack_of(system, change.on) == change.pack for system in set(systems.values())}
    return [
        Stands(one, History.of(level.dated for level in histories[one.key]), tuple(reviews.get(one.decision, ())))
        for one in entries
        if one.pack == change.pack and works_by[systems[one.decision]]
    ]


def _waiting(change: Change) -> list[LevelProposal]:
    return list(open_proposals(change.reader, change.on).filter(pack=change.pack))


# --- clocks


def _long_stays(was: Clock | None, now: Clock | None, standing: Sequence[Stands], change: Change) -> Iterator[str]:
    def long_by(clock: Clock | None) -> dict[str, str]:
        found = {}
        for one in standing:
            stay = long_stay(clock, one.history, change.pack, change.on) if clock else None
            if stay and stay.is_long:
                found[one.entry.key] = one.entry.name
        return found

    before, after = long_by(was), long_by(now)
    begun = [name for key, name in after.items() if key not in before]
    ended = [name for key, name in before.items() if key not in after]
    if begun:
        yield f"{plural(len(begun), 'subject')} would become long stays: {_some(begun)}."
    if ended:
        yield f"{plural(len(ended), 'subject')} would be long stays no longer: {_some(ended)}."


def _overdue(before: Clocks, after: Clocks, standing: Sequence[Stands], on: date) -> Iterator[str]:
    counts = [sum(_is_overdue(clocks, one, on) for one in standing) for clocks in (before, after)]
    if counts[0] != counts[1]:
        yield f"{plural(counts[1], 'review')} of a level would be overdue today, instead of {counts[0]:,}."


def _is_overdue(clocks: Clocks, one: Stands, on: date) -> bool:
    set_for = one.reviews[-1].next_review_on if one.reviews else one.entry.next_review_on
    last = {ClockId.LEVEL_REVIEW: one.reviews[-1].reviewed_on if one.reviews else one.entry.since or on}
    due = reviews_due(clocks, one.entry.level, last, on, set_for)
    return any(found.is_overdue for found in due if found.clock is ClockId.LEVEL_REVIEW)


def _runs(was: Clock | None, now: Clock | None, standing: Sequence[Stands]) -> Iterator[str]:
    """For how many a clock runs; the one for risks that return runs for no level, and those of groups for no subject."""
    clock = now or was
    if clock is None or clock.id is ClockId.RECURRENCE:
        return
    if clock.id not in OF_LEVELS:
        yield from _of_groups(clock.name, was, now)
        return
    counts = [sum(1 for one in standing if each and each.is_for(one.entry.level)) for each in (was, now)]
    if counts[0] != counts[1]:
        yield f"“{clock.name}” would run for {plural(counts[1], 'subject')}, instead of {counts[0]:,}."
    elif was and now and (was.value, was.unit) != (now.value, now.unit) and now.is_on:
        yield f"“{clock.name}” would be {_long(now)} long instead of {_long(was)}, for {plural(counts[1], 'subject')}."


def _of_groups(name: str, was: Clock | None, now: Clock | None) -> Iterator[str]:
    """What a change of a clock for groups or for the house would do; none of them runs for a subject."""
    if now is None or not now.is_on:
        yield f"“{name}” would run no longer."
    elif was is None or not was.is_on:
        yield f"“{name}” would run from now on."
    elif (was.value, was.unit, was.stands_in) != (now.value, now.unit, now.stands_in):
        yield f"“{name}” would be {_long(now)} long instead of {_long(was)}."


def _long(clock: Clock) -> str:
    if clock.unit is None:
        return f"as “{clock.stands_in}” says" if clock.stands_in else "without a number"
    return plural(clock.value, clock.unit.value.removesuffix("s"))


# --- levels and authority


def _renamed(before: Level, after: Level, here: Sequence[Stands]) -> Iterator[str]:
    if before.name != after.name:
        yield (
            f"“{before.name}” would be called “{after.name}” from now on. {_subjects(here)} there; what is on record "
            "keeps the old word."
        )


def _needs(level: Level, now: Level, after: Levels, before: Levels, waiting: Sequence[LevelProposal]) -> Iterator[str]:
    more = _musts(now, after) - _musts(level, before)
    if not more:
        return
    rising = [one for one in waiting if one.level_to == level.id]
    asked = ", ".join(sorted(need.replace("-", " ") for need in more))
    yield f"A move to “{now.name}” would have to carry more: {asked}. {_proposals(rising, 'is', 'are')} open for it."


def _musts(level: Level, levels: Levels) -> set[str]:
    rules: Iterable[NeedRule] = (*level.needs, *levels.every_move)
    return {one.need.value for one in rules if one.force.value == "must"}


def _authorised(
    level: Level, before: Authorities, after: Authorities, waiting: Sequence[LevelProposal]
) -> Iterator[str]:
    nobody, others = [], dict[str, list[str]]()
    for words, case in _cases(after):
        was, now = before.of(level.id, case), after.of(level.id, case)
        if now is None and was is not None:
            nobody.append(words)
        elif now is not None and (was is None or (was.slots, was.override) != (now.slots, now.override)):
            others.setdefault(_by(after, now), []).append(words)
    count = f" {_proposals(waiting, 'is', 'are')} open for it." if nobody or others else ""
    if nobody:
        yield f"Nobody could authorise “{level.name}” where it is commissioned by {_listed(nobody)}.{count}"
    for who, where in others.items():
        yield f"“{level.name}” would be authorised by {who} where it is commissioned by {_listed(where)}.{count}"


def _cases(authority: Authorities) -> Iterator[tuple[str, Circumstances]]:
    for one in authority.commissioners:
        yield one.name, Circumstances(commissioned_by=one.id)
    yield "anybody, and the ICB itself is the subject", Circumstances(commissioned_by=Commissioner.ICB, is_the_icb=True)


def _by(authority: Authorities, found: Authority) -> str:
    usual = " or ".join(authority.name(slot) for slot in found.slots)
    if not found.override:
        return usual
    return f"{usual}, and with a recorded reason by {' or '.join(authority.name(slot) for slot in found.override)}"


# --- words


def _at(notice: Notice, standing: Sequence[Stands]) -> list[Stands]:
    return [one for one in standing if one.entry.level in notice.levels]


def _added(before: Triggers, after: Triggers) -> list[Trigger]:
    return [one for one in after.triggers if before.trigger(one.id) is None]


def _subjects(found: Sequence[Stands]) -> str:
    return f"{plural(len(found), 'subject')} {'stands' if len(found) == 1 else 'stand'}"


def _proposals(found: Sequence[LevelProposal], one: str = "rests", several: str = "rest") -> str:
    return f"{plural(len(found), 'proposal')} {one if len(found) == 1 else several}"


def _some(names: Sequence[str], at_most: int = 5) -> str:
    shown = ", ".join(sorted(names)[:at_most])
    return shown if len(names) <= at_most else f"{shown} and {len(names) - at_most:,} more"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
