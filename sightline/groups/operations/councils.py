"""Changes to how a group works with councils that cannot come to each of its meetings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Already, Invalid
from sightline.directory.models import Organisation
from sightline.directory.words import Sector
from sightline.groups.keeping import kept
from sightline.groups.models import CouncilArrangement, Group
from sightline.groups.queries.councils import arrangements
from sightline.groups.queries.safeguarding import council_of
from sightline.web.wording import day

MOST_WORDS = 30


@operation(Permission.KEEP_GROUPS, on="result")
def arrange_with_council(
    *,
    by: Actor,
    at: datetime,
    group: Group,
    council: Organisation,
    relationship: str,
    route: str,
    sectors: Collection[Sector] = (),
    words: Sequence[str] = (),
    in_area: bool = False,
    as_of: date | None = None,
    knowingly: str = "",
) -> CouncilArrangement:
    """This function will record what was agreed with a council that cannot come to each meeting (MEM-21; QSG 2017 ¶70).

    That is the relationship of chair and council, the way by which its concerns come in, and when it is needed. Raises
    Invalid where one of the three is missing, for a council that is none of the group's, or a day that does not fit;
    Already where the very same is on record.
    """
    today = timezone.localdate(at)
    group, known_on = kept(by, group, today), as_of or today
    if council_of(group, council.pk, today) is None:
        raise Invalid("This is no council of the group: it has no seat, and does not lie in the group’s area.")
    told = {
        "relationship": relationship.strip(),
        "route": route.strip(),
        "sectors": sorted({one.value for one in sectors}),
        "words": "\n".join(dict.fromkeys(one.strip() for one in words if one.strip())),
        "in_area": in_area,
        "as_of": known_on,
    }
    newest = arrangements(group).get(council.pk)
    if problems := _problems(told, known_on, today, newest):
        raise Invalid(*problems)
    if newest and all(getattr(newest, key) == value for key, value in told.items()):
        raise Already("This is on record already.")
    return CouncilArrangement.objects.create(
        group=group,
        council=council,
        knowingly=why_it_stays([relationship, route, *words], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
        **told,
    )


def _problems(told: dict[str, object], known_on: date, today: date, newest: CouncilArrangement | None) -> list[str]:
    found = []
    if not told["relationship"]:
        found.append("Say who on either side keeps in touch.")
    if not told["route"]:
        found.append("Say by which way the council’s concerns come to the group.")
    if not (told["sectors"] or told["words"] or told["in_area"]):
        found.append("Say when somebody of the council is needed: name a sector, a word, or any provider in its area.")
    if str(told["words"]).count("\n") >= MOST_WORDS:
        found.append(f"Name no more than {MOST_WORDS} words.")
    if known_on > today:
        found.append("This day is yet to come. Give the day on which it was agreed.")
    if newest is not None and known_on < newest.as_of:
        found.append(f"What is on record is of {day(newest.as_of)}: give that day or a later one.")
    return found
