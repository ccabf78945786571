"""Why something given to an operation of plans may come too late."""

from __future__ import annotations

from sightline.core.verdict import Invalid


class Overtaken(Invalid):
    """Somebody else wrote another version meanwhile: whoever comes second looks again."""
