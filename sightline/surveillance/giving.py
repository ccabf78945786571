"""Why something given to an operation of concerns and levels may come too late, or a second time."""

from __future__ import annotations

from sightline.core.verdict import Invalid


class Overtaken(Invalid):
    """Somebody else did it meanwhile: whoever comes second looks again."""
