"""How many lines of each kind the form of a plan has: as many as were filled in, and room for more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from sightline.core.improvement.facts import PlanContent

MOST = 40  # lines of one kind


@dataclass(frozen=True, slots=True)
class Rows:
    """How many lines there are for each part of which a plan has several."""

    kpis: int = 2
    criteria: int = 2
    actions: int = 3
    milestones: int = 2
    others: int = 1

    @classmethod
    def for_content(cls, content: PlanContent, known: frozenset[str]) -> Rows:
        """This function will make room for what a plan says, and one line more of each kind."""
        others = sum(1 for one in content.commissioners if one.organisation not in known)
        return cls(
            kpis=_between(len(content.kpis) + 1, 2),
            criteria=_between(len(content.criteria) + 1, 2),
            actions=_between(len(content.actions) + 1, 3),
            milestones=_between(len(content.milestones) + 1, 2),
            others=_between(others + 1, 1),
        )

    @classmethod
    def sent(cls, data: Mapping[str, Any]) -> Rows:
        """This function will read how many lines a form was sent with, and the one that was asked for besides."""
        told = cls(**{one.name: _number(data.get(f"rows_{one.name}"), one.default) for one in fields(cls)})
        more = str(data.get("add", ""))
        if more in {one.name for one in fields(cls)}:
            told = replace(told, **{more: _between(getattr(told, more) + 1, 1)})
        return told


def _number(given: object, otherwise: Any) -> int:
    text = str(given or "")
    return _between(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 4 else int(otherwise)


def _between(count: int, least: int) -> int:
    return max(least, min(count, MOST))
