"""Who was there when something was decided, as one text with its hash: it can be told later that it is unchanged."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sightline.core.meetings.deciding import Deciding
from sightline.core.meetings.interests import place_of, ruling_on
from sightline.meetings.models import AgendaItem, NotePassage
from sightline.meetings.queries.live import Room
from sightline.surveillance.operations._freezing import canonical, sha256_of


def frozen(room: Room, item: AgendaItem, decided: Deciding, moment: datetime) -> dict[str, Any]:
    """This function will write down who was there, who was counted, who was apart and what was missing (REC-13)."""
    quorate = decided.quorate
    content = {
        "at": moment,
        "item": {"id": item.pk, "number": room.number(item)},
        "rules": {"pack": room.rules.pack, "version": room.rules.version},
        "quorum": {
            "status": quorate.status.value,
            "binding": quorate.binding.value,
            "present": quorate.present,
            "counted": quorate.counted,
            "needed": quorate.needed,
            "missing": [{"seat": one.category, "title": one.title, "says": one.words} for one in quorate.missing],
        },
        "here": [
            {
                "who": one.who,
                "name": room.names[one.who],
                "seat": str(one.seat_id or ""),
                "title": one.seat.title if one.seat else "",
                "organisation": one.seat.organisation.code if one.seat and one.seat.organisation else "",
                "deputises": one.deputises,
                "has_authority": one.has_authority,
                "arrived_at": one.arrived_at,
            }
            for one in room.here(moment)
        ],
        "interests": _interests(room, item, moment),
        "positions": [
            {"who": one.person, "organisation": one.organisation, "name": one.called, "side": one.side.value}
            for one in decided.positions
        ],
    }
    plain: dict[str, Any] = json.loads(canonical(content))
    return plain


def hash_of(snapshot: dict[str, Any]) -> str:
    """This function will give the SHA-256 of what was kept."""
    return sha256_of(canonical(snapshot))


def hash_of_passage(passage: NotePassage) -> str:
    """This function will give the SHA-256 of a section: of which meeting and item it is, its title and its text."""
    content = {
        "meeting": passage.meeting_id,
        "item": passage.item_id or "",
        "number": passage.number,
        "title": passage.title,
        "text": passage.text,
    }
    return sha256_of(canonical(content))


def _interests(room: Room, item: AgendaItem, moment: datetime) -> list[dict[str, Any]]:
    there = {one.who for one in room.here(moment)}
    key, ties, rulings = str(item.pk), room.interests.ties, room.interests.rulings
    people = dict.fromkeys(one.person for one in room.ties_to(item, there))
    found = []
    for one in people:
        ruling = ruling_on(rulings, key, one, moment)
        found.append(
            {
                "who": one,
                "name": room.names.get(one, ""),
                "measure": ruling.measure.value if ruling else "",
                "ruled_by": ruling.by if ruling else "",
                "takes_part": place_of(one, key, ties, rulings, moment).takes_part,
            }
        )
    return found
