"""What a person writes for the public about a meeting, once the form has been understood."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Point:
    """One point, and the item of the agenda on which it rests, where the writer says so."""

    text: str
    rests_on: UUID | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """Key points as somebody wrote them; ``changed`` says what is different from what was public before."""

    opening: str
    points: tuple[Point, ...]
    changed: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Everything in it that a person typed."""
        return tuple(filter(None, (self.opening, *(one.text for one in self.points), self.changed)))
