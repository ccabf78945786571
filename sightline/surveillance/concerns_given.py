"""What a person gives when they raise a concern or state it anew, once the form has been understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sightline.core.rulebook.circumstances import Commissioner, Severity


@dataclass(frozen=True, slots=True)
class Stated:
    """What is said of a concern. ``knowingly`` is the reason for which what looks like personal data stays (IGV-01)."""

    says: str
    severity: Severity
    commissioned_by: Commissioner
    is_complex: bool = False
    is_recurrent: bool = False
    is_wider: bool = False
    needs_national_action: bool = False
    has_conflict: bool = False
    is_abuse_suspected: bool = False
    why_not_closer: str = ""
    system_causes: str = ""
    knowingly: str = ""

    def words(self) -> Iterator[str]:
        """This function will give everything that somebody typed."""
        yield from (self.says, self.why_not_closer, self.system_causes)
