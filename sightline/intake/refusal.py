"""Unreadable: the refusal of a file that cannot even be read, with every reason and its mend."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.intake.contract import Fault

MAX_BYTES = 25 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 2_000
MAX_CELLS = 4_000_000


class Unreadable(Exception):
    """A file that was refused before any source saw it; ``faults`` say why and what to do."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(str(fault) for fault in self.faults))


def unreadable(says: str, mend: str, line: int | None = None) -> Unreadable:
    """This function will make a refusal with one reason."""
    return Unreadable([Fault(says, mend, line)])


def too_many_rows(where: str = "The file") -> Unreadable:
    """This function will refuse a file or sheet with more rows than may be read at once."""
    return unreadable(f"{where} has more than {MAX_ROWS:,} rows.", "Split it and bring in the parts one by one.")
