"""Who may chair a group about one subject, in words."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.core.groups.chairing import regional_ground
from sightline.core.rulebook.groups import Chairs, ChairsWhen, SeatPart
from sightline.core.rulebook.levels import Slot
from sightline.groups.models import Seating
from sightline.groups.queries import ChairingView
from sightline.groups.words import SEAT_PART

_WHEN = {
    ChairsWhen.NORMALLY: "normally",
    ChairsWhen.JOINTLY_COMMISSIONED: "where it commissions the service together with the NHS",
    ChairsWhen.LOCAL_AUTHORITY_COMMISSIONED: "where it commissions the service",
    ChairsWhen.NHS_ENGLAND_COMMISSIONED: "where NHS England commissions the service, alone or with others",
    ChairsWhen.REGIONAL_TRIGGER: "where a trigger for its involvement is met; whoever records it says which",
}


@dataclass(frozen=True, slots=True)
class ChairingLines:
    """Who may chair, who may not, and what the guidance would rather see; each with its source."""

    may: tuple[tuple[str, str], ...]
    may_not: str
    remarks: tuple[tuple[str, str], ...]


def chairing_lines(view: ChairingView) -> ChairingLines:
    """This function will say in whose name a group may be chaired, and that nobody of the subject's own may (CHR-06)."""
    barred = f"Nobody who works for {view.about.name} chairs, co-chairs or stands in for the chair here."
    return ChairingLines(
        may=tuple(_may(view)),
        may_not=barred if view.about.bodies else "",
        remarks=tuple((one.says, one.source) for one in view.remarks),
    )


def _may(view: ChairingView) -> list[tuple[str, str]]:
    found: dict[Slot, list[Chairs]] = {}
    for one in view.rules.kind.chairs:
        if one.who is not view.about.sort:
            found.setdefault(one.who, []).append(one)
    return [_line(slot, ways, view) for slot, ways in found.items()]


def _line(slot: Slot, ways: list[Chairs], view: ChairingView) -> tuple[str, str]:
    """One line for all the ways in which one may chair: “chair or co-chair” where both go by the same."""
    parts: dict[ChairsWhen, list[SeatPart]] = {}
    for one in ways:
        parts.setdefault(one.when, []).append(one.part)
    says = "; ".join(
        f"{' or '.join(SEAT_PART[part].lower() for part in some)}, {_WHEN[when]}" for when, some in parts.items()
    )
    ground = regional_ground("", view.about, view.rules) if slot is Slot.NHS_ENGLAND_REGION else None
    if ground is not None:
        says = f"chair or co-chair, and no further trigger has to be cited: “{ground.says.rstrip('.')}”"
    return f"{view.rules.authority.name(slot)}: {says}.", ways[0].cites


def chairs_in_the_name_of(one: Seating, view: ChairingView | None) -> str:
    """This function will say in whose name somebody chairs, and on which trigger."""
    if one.chairs_for is None:
        return ""
    named = f"In the name of {one.chairs_for.name}."
    if not one.trigger:
        return named
    offered = view.rules.regional if view else ()
    says = next((trigger.says for trigger in offered if trigger.id == one.trigger), one.trigger)
    return f"{named} Trigger for the involvement of NHS England’s region: “{says.rstrip('.')}”."


def trigger_choices(view: ChairingView) -> dict[str, str]:
    """This function will give the triggers for the region's involvement as a form offers them (LVL-20)."""
    return {one.id: one.says for one in view.rules.regional}


def asks_no_trigger(view: ChairingView) -> bool:
    """This function will say whether the case itself is a trigger, so that none has to be cited."""
    return regional_ground("", view.about, view.rules) is not None
