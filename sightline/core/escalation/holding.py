"""For which body a role is meant, where a rule names the role alone: whose provider, whose region, whose board."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.core.rulebook.circumstances import Circumstances
from sightline.core.rulebook.levels import Slot

_OF_PROVIDERS = frozenset({Slot.PROVIDER, Slot.PROVIDER_CHAIR})
_OF_REGIONS = frozenset({Slot.NHS_ENGLAND_REGION, Slot.REGIONAL_QUALITY_GROUP, Slot.REGIONAL_SUPPORT_GROUP})
_OF_BOARDS = frozenset({Slot.ICB_EXECUTIVE_QUALITY_LEAD, Slot.ICB_CHIEF_EXECUTIVE, Slot.ICB_CHAIR})
_LEADING = (Slot.ICB_EXECUTIVE_QUALITY_LEAD, Slot.NHS_ENGLAND_REGION, Slot.LOCAL_AUTHORITY)
_OF_GROUPS = (Slot.SYSTEM_QUALITY_GROUP, Slot.REGIONAL_QUALITY_GROUP)


@dataclass(frozen=True, slots=True)
class Home:
    """Whose matter it is: the body whose group keeps its record, and the one that leads where several are concerned."""

    system: str = ""
    process_lead: str = ""


def answers_for(slot: Slot) -> tuple[Slot, ...]:
    """This function will name the roles whose holders answer for a role; most answer for themselves alone.

    Who leads a process is a body, for which speaks whoever has its authority. A group's chair and secretariat are
    reached with the group.
    """
    match slot:
        case Slot.PROCESS_LEAD:
            return (slot, *_LEADING)
        case Slot.GROUP_CHAIR | Slot.SECRETARIAT:
            return (slot, *_OF_GROUPS)
        case _:
            return (slot,)


def bodies_of(slot: Slot, case: Circumstances, home: Home, named: str = "") -> tuple[str, ...]:
    """This function will give the bodies for which a role may be meant, the likeliest first.

    ``named`` is the body that the duty is for: a region's duty towards its own register falls to that region. Where
    a matter is kept by no one system, or the rules speak of any, several are given; the nation has no body here.
    """
    if slot in _OF_PROVIDERS:
        return _first(named, case.providers)
    if slot in _OF_REGIONS:
        return _first(named, case.regions)
    if slot in _OF_BOARDS:
        return _first(home.system, case.systems)
    match slot:
        case Slot.NHS_ENGLAND_NATION:
            return ()
        case Slot.LOCAL_AUTHORITY:
            return tuple(one for one in case.commissioners if one not in case.systems)
        case Slot.SYSTEM_OVERSIGHT_COMMITTEE:
            return tuple(dict.fromkeys((*case.regions, *case.systems)))
        case Slot.PROCESS_LEAD:
            return (home.process_lead,) if home.process_lead else _home(home, case)
        case _:
            return _home(home, case)


def _first(wanted: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The one wanted where it is among those known; else all of them."""
    return (wanted,) if wanted and wanted in known else tuple(dict.fromkeys(known))


def _home(home: Home, case: Circumstances) -> tuple[str, ...]:
    return (home.system,) if home.system else case.systems
