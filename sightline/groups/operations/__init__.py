"""Every change to the groups: interests, agreements, standing groups with their seats, and offices."""

from sightline.groups.operations.apart import meet_without_providers
from sightline.groups.operations.code import accept_code
from sightline.groups.operations.councils import arrange_with_council
from sightline.groups.operations.effectiveness import (
    answer_effectiveness_review,
    open_effectiveness_review,
    record_reflection,
    review_own_chairing,
    share_own_chairing,
)
from sightline.groups.operations.interests import (
    declare_interest,
    end_interest,
    record_agreement,
    record_interest,
)
from sightline.groups.operations.members import (
    ask_for_representative,
    record_authority,
    say_access_needs,
    tell_engagement,
)
from sightline.groups.operations.offices import end_office, give_office
from sightline.groups.operations.safeguarding import (
    ask_again_after,
    confirm_safeguarding,
    name_safeguarding_lead,
    record_council_body,
)
from sightline.groups.operations.seats import add_seat, end_seat, end_seating, seat_person
from sightline.groups.operations.standing import end_group, lay_down_guidance, set_up_group
from sightline.groups.operations.subgroups import ask_of_sub_group, report_back
from sightline.groups.operations.terms import approve_terms, begin_terms, write_section
from sightline.groups.operations.terms_telling import tell_of_terms_reviews

__all__ = [
    "accept_code",
    "add_seat",
    "answer_effectiveness_review",
    "approve_terms",
    "arrange_with_council",
    "ask_again_after",
    "ask_for_representative",
    "ask_of_sub_group",
    "begin_terms",
    "confirm_safeguarding",
    "declare_interest",
    "end_group",
    "end_interest",
    "end_office",
    "end_seat",
    "end_seating",
    "give_office",
    "lay_down_guidance",
    "meet_without_providers",
    "name_safeguarding_lead",
    "open_effectiveness_review",
    "record_agreement",
    "record_authority",
    "record_council_body",
    "record_interest",
    "record_reflection",
    "report_back",
    "review_own_chairing",
    "say_access_needs",
    "seat_person",
    "set_up_group",
    "share_own_chairing",
    "tell_engagement",
    "tell_of_terms_reviews",
    "write_section",
]
