"""Every change to the groups: interests, agreements, standing groups with their seats, and offices."""

from sightline.groups.operations.interests import (
    declare_interest,
    end_interest,
    record_agreement,
    record_interest,
)
from sightline.groups.operations.offices import end_office, give_office
from sightline.groups.operations.standing import (
    add_seat,
    end_group,
    end_seating,
    lay_down_guidance,
    seat_person,
    set_up_group,
)

__all__ = [
    "add_seat",
    "declare_interest",
    "end_group",
    "end_interest",
    "end_office",
    "end_seating",
    "give_office",
    "lay_down_guidance",
    "record_agreement",
    "record_interest",
    "seat_person",
    "set_up_group",
]
