"""The words of safeguarding in a group: the bodies of a council, and who speaks for an organisation there. No Django."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

# After how many months an organisation is asked again. The guidance names no time: it is local, and each group sets it.
USUAL_MONTHS = 12
MOST_MONTHS = 60


class Represented(StrEnum):
    """Who speaks for an organisation about safeguarding, beside who sits in the group for it (QSG 2017 ¶80)."""

    SAME = "same"
    ANOTHER = "another"
    NOBODY = "nobody"


REPRESENTED: Mapping[Represented, str] = {
    Represented.SAME: "The same person as here",
    Represented.ANOTHER: "Somebody else",
    Represented.NOBODY: "Nobody: it sits on no safeguarding board",
}


class CouncilBodyKind(StrEnum):
    """The boards and committees of a council with which its representatives keep in touch (QSG 2017 ¶71)."""

    ADULTS_BOARD = "adults-board"
    CHILDREN_PARTNERSHIP = "children-partnership"
    WELLBEING_BOARD = "wellbeing-board"
    SCRUTINY = "scrutiny"


COUNCIL_BODY: Mapping[CouncilBodyKind, str] = {
    CouncilBodyKind.ADULTS_BOARD: "Safeguarding adults board",
    CouncilBodyKind.CHILDREN_PARTNERSHIP: "Safeguarding children partnership",
    CouncilBodyKind.WELLBEING_BOARD: "Health and wellbeing board",
    CouncilBodyKind.SCRUTINY: "Overview and scrutiny committee",
}
COUNCIL_BODY_CITES: Mapping[CouncilBodyKind, str] = {
    CouncilBodyKind.ADULTS_BOARD: "QSG 2017 ¶71 and ¶74",
    CouncilBodyKind.CHILDREN_PARTNERSHIP: "QSG 2017 ¶71 and ¶73",
    CouncilBodyKind.WELLBEING_BOARD: "QSG 2017 ¶71 and ¶82",
    CouncilBodyKind.SCRUTINY: "QSG 2017 ¶71 and ¶83",
}
# Those under whose assurance a matter of safeguarding stands (SAF-08; SQG 2022 §3.12).
ASSURING = (CouncilBodyKind.ADULTS_BOARD, CouncilBodyKind.CHILDREN_PARTNERSHIP)
