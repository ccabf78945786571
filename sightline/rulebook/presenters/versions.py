"""Packs and versions in plain words: what is in force, what is local, what a change adds and removes."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sightline.core.rulebook import Entry, Pack, Part, Successor, as_text
from sightline.rulebook.presenters.entries import Fact, entries_within
from sightline.rulebook.queries import LocalVersion, PartInForce, Rules, replaced_by
from sightline.rulebook.words import part_name, part_purpose
from sightline.web import wording

AROUND = 2  # unchanged lines shown on either side of a change
NO_BREAK = "\N{NO-BREAK SPACE}"  # the indent of a line says what belongs to what, and pages swallow plain spaces


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of a difference; ``word`` says whether it was added, removed, or stands around a change."""

    word: str
    text: str


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part in the list of a pack."""

    name: str
    query: str
    title: str
    purpose: str
    entries: str
    standing: str


@dataclass(frozen=True, slots=True)
class PackBlock:
    """One pack with its parts; ``now`` when it is in force."""

    title: str
    facts: tuple[Fact, ...]
    parts: tuple[PartLine, ...]
    now: bool


def pack_blocks(packs: Sequence[Pack], rules: Rules, standing: Mapping[str, Sequence[PartInForce]]) -> list[PackBlock]:
    """This function will lay out every pack with its parts, the one in force first, then the newest."""
    newest_first = sorted(packs, key=lambda pack: pack.facts.in_force_from, reverse=True)
    return [
        PackBlock(
            pack.title,
            pack_facts(pack, replaced_by(pack.id, rules.on)),
            tuple(_part_line(part, rules) for part in standing[pack.id]),
            pack.id == rules.pack.id,
        )
        for pack in sorted(newest_first, key=lambda pack: pack.id != rules.pack.id)
    ]


def pack_facts(pack: Pack, successor: Successor | None = None) -> tuple[Fact, ...]:
    """This function will say of a pack who published it, when it was in force, and what came in whose place (FRW-03)."""
    facts = pack.facts
    year, month = (int(number) for number in facts.published.split("-"))
    until = f" until {wording.day(facts.in_force_to)}" if facts.in_force_to else ""
    return (
        Fact("Published by", f"{facts.publisher}, {wording.month(date(year, month, 1))}"),
        Fact("In force", f"From {wording.day(facts.in_force_from)}{until}"),
        Fact("Source", facts.cites),
        *(Fact(f"Replaces {one.name}", f"{one.says} ({one.cites})") for one in facts.replaces),
        *([Fact("Replaced by", succession(successor))] if successor else []),
        Fact("Edition in Sightline", f"Version {facts.version}"),
    )


def succession(successor: Successor) -> str:
    """This function will say which guidance came in the place of another, since when, and where it says so."""
    facts = successor.pack.facts
    return f"{facts.title}, since {wording.day(facts.in_force_from)} ({successor.replaced.cites})"


def _part_line(part: PartInForce, rules: Rules) -> PartLine:
    counting = rules.parts.get(part.name)
    counts = counting is not None and counting.pack.id == part.pack.id
    count = sum(1 for one in entries_within(part.content) if isinstance(one, Entry))
    return PartLine(
        part.name,
        "" if counts else f"?pack={part.pack.id}",
        part_name(part.name),
        part_purpose(part.name),
        wording.plural(count, "entry", "entries"),
        standing_in_words(part),
    )


def standing_in_words(part: PartInForce) -> str:
    """This function will say whether the pack's own version counts or a local one, and since when."""
    if part.local is None:
        return "As published"
    if part.problems:
        return "As published: the local version can no longer be read and must be mended"
    behind = ". The published version has changed since" if part.is_behind else ""
    return f"Local version since {wording.day(part.local.at)}{behind}"


def difference(before: Part, after: Part) -> list[DiffLine]:
    """This function will say line by line what a change adds and removes, with a little of what stands around it."""
    old, new = as_text(before).splitlines(), as_text(after).splitlines()
    found = list(difflib.unified_diff(old, new, lineterm="", n=AROUND))[3:]  # without its head of three lines
    return [_diff_line(line) for line in found]


def tally(before: Part, after: Part) -> str:
    """This function will say how many lines a change adds and removes."""
    words = [line.word for line in difference(before, after)]
    added, removed = words.count("Added"), words.count("Removed")
    return f"{wording.plural(added, 'line')} added, {wording.plural(removed, 'line')} removed."


def _diff_line(line: str) -> DiffLine:
    mark, text = line[:1], line[1:]
    if mark == "@":
        return DiffLine("", "…")
    indent = len(text) - len(text.lstrip())
    return DiffLine({"+": "Added", "-": "Removed"}.get(mark, ""), NO_BREAK * indent + text.lstrip())


def history(versions: Sequence[LocalVersion]) -> list[Fact]:
    """This function will tell of every local version, the newest first, with its reason."""
    return [
        Fact(
            f"{wording.day(one.at)}: {'changed' if one.content else 'local version taken back'}",
            f"{one.because} (from {one.derived_from})",
        )
        for one in versions
    ]
