"""Writes what was found: a list for a machine, a calm table, or some requirements in full."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Sequence

from sightline.cli.conformance.catalogue import Requirement
from sightline.cli.conformance.evidence import Evidence

WIDTH = 100


def as_json(chosen: Iterable[Requirement], evidence: Evidence) -> str:
    """This function will write one object for each requirement, in the catalogue's order."""
    rows = [
        {
            "id": item.id,
            "framework": item.framework,
            "force": item.force,
            "enforced_in": list(evidence.enforced_in.get(item.id, ())),
            "tests": list(evidence.tests.get(item.id, ())),
            "only_a_rule": evidence.waits(item.id),
        }
        for item in chosen
    ]
    return json.dumps(rows, indent=2, ensure_ascii=False, allow_nan=False)


def table(catalogue: Sequence[Requirement], evidence: Evidence) -> str:
    """This function will write a line for each requirement that is named, the rest in brief, and the totals."""
    named = [item for item in catalogue if item.id in evidence.enforced_in or item.id in evidence.tests]
    rest = [item.id for item in catalogue if item not in named]
    lines = [f"{'':8}{'places':>6}{'tests':>7}  requirement"]
    for item in named:
        places, tests = len(evidence.enforced_in.get(item.id, ())), len(evidence.tests.get(item.id, ()))
        counts = f"{item.id:8}{places or '-':>6}{tests or '-':>7}  "
        lines.append(counts + textwrap.shorten(item.statement, WIDTH - len(counts), placeholder=" …"))
    lines += ["", "Named nowhere yet:", *(f"  {line}" for line in _in_brief(rest))] if rest else []
    return "\n".join([*lines, "", totals(catalogue, evidence), "For one in full: sightline conformance ID"])


def in_full(chosen: Iterable[Requirement], evidence: Evidence) -> str:
    """This function will write each requirement with its words, its source, its places and its tests."""
    return "\n\n".join(_whole(item, evidence) for item in chosen)


def totals(catalogue: Sequence[Requirement], evidence: Evidence) -> str:
    """This function will count what the code claims, what a test shows of that, and what is not claimed yet."""
    claimed = [item for item in catalogue if item.id in evidence.enforced_in]
    shown = [item for item in claimed if item.id in evidence.tests]
    said = (
        f"{len(catalogue)} requirements: {len(claimed)} claimed in the code, {len(shown)} of them shown by a test, "
        f"{len(catalogue) - len(claimed)} not yet."
    )
    waiting = sum(evidence.waits(item.id) for item in claimed)
    return (
        f"{said}\nOf those claimed, {waiting} stand as rules that no page or operation calls yet." if waiting else said
    )


def _whole(item: Requirement, evidence: Evidence) -> str:
    """Write one requirement as a block."""
    words = textwrap.wrap(item.statement, WIDTH - 2, initial_indent="  ", subsequent_indent="  ")
    return "\n".join(
        [
            f"{item.id} · framework {item.framework} · force {item.force} · {item.source}",
            *words,
            *_listed("enforced in", evidence.enforced_in.get(item.id, ())),
            *(["  No page or operation calls this rule yet."] if evidence.waits(item.id) else ()),
            *_listed("shown by", evidence.tests.get(item.id, ())),
        ]
    )


def _listed(label: str, places: Sequence[str]) -> list[str]:
    """Write places under one another, with the label before the first."""
    first, *others = places or ("nothing yet",)
    return [f"  {label:12} {first}", *(f"  {'':12} {place}" for place in others)]


def _in_brief(ids: Sequence[str]) -> list[str]:
    """Write many ids by area: the letters once, neighbouring numbers as a stretch."""
    areas: dict[str, list[int]] = {}
    for name in ids:
        prefix, _, number = name.partition("-")
        areas.setdefault(prefix, []).append(int(number))
    return [
        line
        for prefix, numbers in areas.items()
        for line in textwrap.wrap(f"{prefix}  {_stretches(numbers)}", WIDTH - 2, subsequent_indent="     ")
    ]


def _stretches(numbers: Sequence[int]) -> str:
    """Write 1, 2, 3, 7 as "01-03, 07"."""
    stretches: list[list[int]] = []
    for number in sorted(numbers):
        if stretches and number == stretches[-1][-1] + 1:
            stretches[-1].append(number)
        else:
            stretches.append([number])
    return ", ".join(f"{run[0]:02}" if len(run) == 1 else f"{run[0]:02}-{run[-1]:02}" for run in stretches)
