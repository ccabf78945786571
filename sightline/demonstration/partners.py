"""The partners of the demonstration that no published list names: who gives soft intelligence beside the boards."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.directory.words import Kind


@dataclass(frozen=True, slots=True)
class Partner:
    """A body that watches over care and gives none."""

    code: str
    name: str
    kind: Kind


INSPECTORS = Partner("ZQ901", "Care Quality Commission, Northern Waters team", Kind.CQC)
HEALTHWATCH = Partner("ZW901", "Healthwatch Quillhaven", Kind.HEALTHWATCH)
ADVOCATES = Partner("ZV901", "Lantern Bearers Advocacy", Kind.VOLUNTARY_BODY)
PARTNERS = (INSPECTORS, HEALTHWATCH, ADVOCATES)
