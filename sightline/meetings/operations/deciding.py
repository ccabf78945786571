"""What comes of an item: notes, an outcome with who stood where, that it comes again, and who tells the provider."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.meetings.deciding import Deciding, Outcome, Position, Question, Sort, may_decide
from sightline.core.meetings.quorum import Quorate
from sightline.core.verdict import ALLOWED, Already, Invalid, Reason, Refused, demand, refused
from sightline.directory.models import Subject
from sightline.meetings.giving import Overtaken
from sightline.meetings.happening import Concluded, Stand, Telling
from sightline.meetings.models import AgendaItem, ItemNote, ItemOutcome, ItemTeller, OutcomePosition
from sightline.meetings.operations._freezing import frozen, hash_of
from sightline.meetings.operations._live import since_opened, under_way_for
from sightline.meetings.queries.closing import provider_of
from sightline.meetings.queries.live import Room

NOTED_MEANWHILE = "Somebody else wrote a newer note of this item while you wrote yours. Both are below: join them."


@operation(Permission.KEEP_MEETINGS, on="item")
def write_note(*, by: Actor, at: datetime, item: AgendaItem, seen: int, text: str, knowingly: str = "") -> ItemNote:
    """This function will write down what was said of an item, as a new version of its note (REC-02).

    ``seen`` is the version that the writer had before them. Raises Overtaken where it is not the newest.
    """
    _, found = under_way_for(by, at, item)
    newest = ItemNote.objects.filter(item=found).order_by("-number").first()
    number = newest.number if newest else 0
    if seen != number:
        raise Overtaken(NOTED_MEANWHILE)
    if text.strip() == (newest.text if newest else ""):
        raise Already("The note is the same as before.")
    return ItemNote.objects.create(
        item=found,
        number=number + 1,
        text=text.strip(),
        knowingly=why_it_stays([text], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_MEETINGS, on="item")
def record_outcome(
    *,
    by: Actor,
    at: datetime,
    item: AgendaItem,
    concluded: Concluded,
    form_key: UUID,
    decided_at: datetime | None = None,
    knowingly: str = "",
) -> ItemOutcome:
    """This function will record what an item came to, as the rules have it at that moment (REC-05, REC-07, REC-13).

    Where the meeting is not quorate for it, it is kept as a discussion only, with the reasons (QUO-06, QUO-07); where
    the group's rules only recommend a quorum it stands, and is marked with them (QUO-01). Raises Refused with what has
    to be said or ruled upon first.
    """
    room, found = under_way_for(by, at, item)
    if ItemOutcome.objects.filter(form_key=form_key).exists():
        raise Already("This outcome is on record already.")
    moment = since_opened(decided_at, at, room)
    quorate = room.quorate(found, moment)
    decided = _decided(room, found, moment, concluded, quorate)
    kept = why_it_stays(concluded.words, knowingly)
    made = _write(room, found, decided, concluded, moment, form_key, kept, by, at)
    OutcomePosition.objects.bulk_create(_position(made, one, at, by) for one in concluded.stands)
    return made


@operation(Permission.KEEP_MEETINGS, on="item")
def carry_over(
    *, by: Actor, at: datetime, item: AgendaItem, because: str, form_key: UUID, knowingly: str = ""
) -> ItemOutcome:
    """This function will write down that an item was not reached, or not finished, and comes again (CHR-09)."""
    room, found = under_way_for(by, at, item)
    if ItemOutcome.objects.filter(form_key=form_key).exists():
        raise Already("That it is carried over is on record already.")
    if any(Outcome(one.outcome).is_decision for one in found.outcomes.all() if one.outcome in set(Outcome)):
        raise Refused(refused("Something was decided under this item, so it is not carried over.", "REC-16"))
    quorate = room.quorate(found, at)
    decided = Deciding(Outcome.DISCUSSION_ONLY, ALLOWED, (), (), (), quorate)
    kept = why_it_stays([because], knowingly)
    return _write(room, found, decided, Concluded(because), at, form_key, kept, by, at, is_carried_over=True)


@operation(Permission.KEEP_MEETINGS, on="item")
def name_teller(
    *, by: Actor, at: datetime, item: AgendaItem, seen: int, telling: Telling, knowingly: str = ""
) -> ItemTeller:
    """This function will write down which member organisation tells a provider what was concluded (CHR-11; PRV-01, PRV-02).

    Or why it is not told yet, with a day on which that is looked at again. ``seen`` is the version that the writer had
    before them; raises Overtaken where it is not the newest.
    """
    room, found = under_way_for(by, at, item)
    subject = provider_of(found)
    if subject is None:
        raise Invalid("This item is about no provider, so that nobody has to be told.")
    newest = ItemTeller.objects.filter(item=found).order_by("-number").first()
    number = newest.number if newest else 0
    if seen != number:
        raise Overtaken("Somebody else said meanwhile who tells the provider. Look at that first.")
    _demand_telling(telling, room, subject)
    not_yet = "" if telling.told_by else telling.not_yet.strip()
    return ItemTeller.objects.create(
        item=found,
        subject=subject,
        number=number + 1,
        told_by=telling.told_by,
        not_yet=not_yet,
        review_on=None if telling.told_by else telling.review_on,
        knowingly=why_it_stays([not_yet], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


# --- steps of the above


def _decided(room: Room, item: AgendaItem, moment: datetime, concluded: Concluded, quorate: Quorate) -> Deciding:
    """What the rules make of it; Refused where something has to be said or ruled upon before it is recorded."""
    there = {one.who for one in room.here(moment)}
    if strange := [one for one in concluded.stands if one.who not in there]:
        says = f"Whoever spoke for {strange[0].name} was not there at that moment. Correct the time, or leave them out."
        raise Refused(refused(says, "QUO-07; REC-13"))
    question = Question(
        item=str(item.pk),
        text=concluded.text,
        sort=concluded.sort,
        taken_by=concluded.taken_by.code if concluded.taken_by else "",
        positions=tuple(_stood(one) for one in concluded.stands),
        next_steps=concluded.next_steps,
    )
    if concluded.only_discussed:
        if not concluded.text.strip():
            raise Invalid("Say in a sentence what came of the item.")
        return Deciding(Outcome.DISCUSSION_ONLY, ALLOWED, (), (), question.positions, quorate)
    ruled = [one for one in room.interests.rulings if one.at <= moment]
    found = may_decide(question, quorate, room.ties_to(item, there), ruled, room.names)
    demand(found.verdict)
    return found


def _stood(one: Stand) -> Position:
    body = str(one.organisation.pk) if one.organisation else ""
    return Position(one.who, body, one.side, one.name, one.reasons, one.commits_to, one.is_statutory_holder)


def _write(
    room: Room,
    item: AgendaItem,
    decided: Deciding,
    concluded: Concluded,
    moment: datetime,
    form_key: UUID,
    knowingly: str,
    by: Actor,
    at: datetime,
    *,
    is_carried_over: bool = False,
) -> ItemOutcome:
    snapshot = frozen(room, item, decided, moment)
    return ItemOutcome.objects.create(
        item=item,
        sort=(Sort.AGREEMENT if is_carried_over else concluded.sort).value,
        outcome=ItemOutcome.CARRIED_OVER if is_carried_over else decided.outcome.value,
        text=concluded.text.strip(),
        taken_by=concluded.taken_by,
        next_steps=concluded.next_steps.strip(),
        at=moment,
        quorum=decided.quorate.status.value,
        reasons=_as_text([*decided.because, *decided.marks]),
        snapshot=snapshot,
        snapshot_hash=hash_of(snapshot),
        pack=room.rules.pack,
        rules_version=room.rules.version,
        knowingly=knowingly,
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


def _as_text(reasons: Sequence[Reason]) -> str:
    return "\n".join(one.cited for one in reasons)


def _position(outcome: ItemOutcome, one: Stand, at: datetime, by: Actor) -> OutcomePosition:
    return OutcomePosition(
        outcome=outcome,
        organisation=one.organisation,
        who=one.who,
        name=one.name,
        side=one.side.value,
        reasons=one.reasons.strip(),
        commits_to=one.commits_to.strip(),
        is_statutory_holder=one.is_statutory_holder,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


def _demand_telling(telling: Telling, room: Room, subject: Subject) -> None:
    """Raise Invalid for a teller who is no member organisation or is told, and for a silence without reason and day."""
    if telling.told_by is not None:
        if telling.told_by.pk == subject.organisation_id:
            raise Invalid(f"The item is about {telling.told_by.name}. Another organisation tells it.")
        if telling.told_by.pk not in room.bodies:
            raise Invalid(f"{telling.told_by.name} has no seat in this group. Choose a member organisation.")
        return
    if not telling.not_yet.strip():
        raise Invalid("Choose which organisation tells the provider, or say why it is not told yet.")
    if telling.review_on is None or telling.review_on <= room.on:
        raise Invalid("Set a day after the meeting on which it is looked at again.")
