"""Dated facts about regions and changes of footprint that no published file carries, each with its source."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Region:
    """An NHS region: the organisation service's code, the statistics office's, and its name."""

    code: str
    gss: str
    name: str


@dataclass(frozen=True, slots=True)
class Move:
    """A body, or a part of one, that went to another on a day."""

    code: str
    to_code: str
    to_name: str
    day: date


@functools.cache
def _read(name: str) -> Any:
    return yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))


@functools.cache
def regions() -> tuple[Region, ...]:
    """This function will give the regions of the NHS."""
    return tuple(Region(**entry) for entry in _read("regions.yaml")["regions"])


@functools.cache
def part_successions() -> tuple[Move, ...]:
    """This function will give the successions to a part of a body that the published list of boards leaves out."""
    return tuple(Move(**entry) for entry in _read("footprints.yaml")["part_successions"])


@functools.cache
def place_moves() -> dict[str, Move]:
    """This function will give, by code, the places that went their own way when their board was divided."""
    return {entry["code"]: Move(**entry) for entry in _read("footprints.yaml")["place_moves"]}


def region_named(name: str) -> Region | None:
    """This function will find a region by its name as publishers write it, or by either of its codes."""
    plain = name.strip().removesuffix(" Commissioning Region").removesuffix(" NHS Region").strip()
    return next((r for r in regions() if name in {r.code, r.gss} - {""} or r.name.casefold() == plain.casefold()), None)
