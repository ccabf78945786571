"""What was told of the two bodies, by whom, and for whom: an item of every kind and handling."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from sightline.core.access import Handling
from sightline.core.signals import Bearing, Dimension
from sightline.directory.models import Organisation, Subject
from sightline.directory.words import Kind as Body
from sightline.intelligence.giving import Given, Kept, Way, Words
from sightline.intelligence.models import Item
from sightline.intelligence.operations import save_draft, share
from sightline.intelligence.words import Certainty, Channel, Kind, ReferralKind, Safeguarding, TagKind, Wish
from tests.factories.groups import an_ending, an_interest
from tests.security.personas import ELSEWHERE, HOME, OTHER, SUBJECT, Cast

SAID = "The bell is not answered at night."
# Where each of them hears things: of several kinds, so that independent sources agree and something is proposed.
HEARD_AT = {
    "member": "media",
    "subject_provider": "staff-feedback",
    "conflicted_member": "case-reviews",
    "deputy": "media",
}
MEMBERS, RESTRICTED = Handling.MEMBERS, Handling.RESTRICTED


@dataclass(frozen=True)
class Gift:
    """One item as somebody of the cast gives it: its name in the records of the cast, whose, and what is special."""

    name: str
    by: str
    about: str = OTHER
    handling: Handling = MEMBERS
    readers: tuple[str, ...] = ()
    words: tuple[Handling, ...] = ()
    files: tuple[Handling, ...] = ()
    more: dict[str, Any] = field(default_factory=dict)


GIFTS = (
    Gift(
        "open", "member", SUBJECT, files=(MEMBERS,),
        more={"safeguarding": Safeguarding.SUSPECTED, "certainty": Certainty.HUNCH,
              "onward": (Way(ReferralKind.BUSINESS_AS_USUAL, "The ward", "It needs another hand"),)},
    ),
    Gift("unnamed", "lay_member", SUBJECT, more={"wish": Wish.UNNAMED, "channel": Channel.VERBAL}),
    Gift("of_itself", "subject_provider", SUBJECT, more={"organisation": SUBJECT, "wish": Wish.ORGANISATION}),
    Gift("by_conflicted", "conflicted_member", SUBJECT),
    Gift("plain", "secretariat"),
    Gift("said_only", "deputy", more={"verbal_only": True, "practitioner": True}),
    Gift("restricted", "member", handling=RESTRICTED, readers=("lay_member",), files=(RESTRICTED,)),
    Gift("restricted_subject", "member", SUBJECT, RESTRICTED, readers=("conflicted_member", "deputy")),
    Gift("mixed", "member", words=(MEMBERS, RESTRICTED), readers=("deputy",), files=(MEMBERS, RESTRICTED)),
    Gift("annexed", "member", SUBJECT),
    Gift("annexed_other", "secretariat"),
    Gift("protocol", "secretariat", more={"kind": Kind.EMERGING_CONCERN}),
    Gift("uncooperative", "quality_lead"),
    Gift("aside", "deputy"),
    Gift("released", "member", SUBJECT),
    Gift("praise", "lay_member", more={"bearing": Bearing.IMPROVEMENT, "wish": Wish.UNNAMED}),
    Gift("elsewhere", "other_systems_chair", more={"system": ELSEWHERE}),
)  # fmt: skip


def build(cast: Cast) -> None:
    """This function will have the cast declare interests, share what it heard, and leave a draft behind."""
    Organisation.objects.create(code=ELSEWHERE, name="Elsewhere Board", kind=Body.ICB, recorded_at=timezone.now())
    _interests(cast)
    for gift in GIFTS:
        cast.records[gift.name] = given(cast, gift)
    _draft(cast)


def given(cast: Cast, gift: Gift) -> Item:
    """This function will have somebody share one item by the road of real sharing."""
    people = cast.people
    # The giver of what only later closed to them gave it before.
    now = timezone.now()
    return share(
        by=people[gift.by],
        at=now,
        given=Given(
            **{
                "subjects": (Subject.objects.get(key=gift.about),),
                "words": tuple(Words(SAID, one) for one in gift.words or (gift.handling,)),
                "heard_on": timezone.localdate() - timedelta(days=3),
                "handling": gift.handling,
                "system": HOME,
                "tags": ((TagKind.DIMENSION, Dimension.SAFE.value), (TagKind.THEME, "staffing")),
                "readers": tuple(people[one].actor_id for one in gift.readers),
                "why_fewer": "A patient could be recognised" if gift.readers else "",
                "files": tuple(Kept("rota.txt", "text/plain", b"a rota", one) for one in gift.files),
                "source": HEARD_AT.get(gift.by, "quality-groups"),
                "form_key": uuid4(),
                **gift.more,
            }
        ),
    )


def _interests(cast: Cast) -> None:
    """Two are conflicted now; a third was, and is no more."""
    subject = Subject.objects.get(key=SUBJECT)
    for name in ("conflicted_member", "conflicted_chair"):
        cast.records[f"interest of {name}"] = an_interest(
            cast.people[name],
            subject,
            because="Told us at the meeting",
            recorded_by=cast.people["secretariat"].actor_id,
        )
    was = an_interest(cast.people["auditor"], Subject.objects.get(key=OTHER))
    an_ending(was, timezone.localdate() - timedelta(days=30))


def _draft(cast: Cast) -> None:
    key = uuid4()
    save_draft(
        by=cast.people["member"],
        at=timezone.now(),
        key=key,
        content={
            "form_key": [str(key)],
            "words": [SAID],
            "subject": [f"{OTHER} Trust"],
            "bearing": ["concern"],
            "handling": ["members"],
        },
        files=(Kept("draft.txt", "text/plain", b"a draft", MEMBERS),),
    )
    cast.records["draft"] = key
