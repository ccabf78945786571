"""The words of concerns and levels, as records keep them. No Django here."""

from __future__ import annotations

from enum import StrEnum


class EvidenceKind(StrEnum):
    """What may be linked to a concern as evidence."""

    SIGNAL = "signal"
    INTELLIGENCE = "intelligence"
    PROFILE = "profile"
    OTHER_PROCESS = "other_process"


class Ending(StrEnum):
    """How a proposal ended without a decision."""

    WITHDRAWN = "withdrawn"  # by who proposed it
    DECLINED = "declined"  # by somebody with the authority


class Modifier(StrEnum):
    """What makes a concern weigh more than its severity says (RSK-06)."""

    COMPLEX = "complex"
    RECURRENT = "recurrent"
