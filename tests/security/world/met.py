"""Meetings of a group in which several of the cast sit: one under way, one planned, one cancelled."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from sightline.core.meetings.agenda_kinds import Kind, Purpose
from sightline.core.meetings.deciding import Outcome, Side, Sort
from sightline.core.meetings.interests import Measure
from sightline.core.meetings.outside import Answer
from sightline.core.meetings.quorum import Status
from sightline.core.rulebook.meeting import Moment
from sightline.core.verdict import ALLOWED
from sightline.directory.models import Organisation, Subject
from sightline.groups.words import SeatPart
from sightline.intake.attachments import Inspected
from sightline.meetings.filing import filed as put_away
from sightline.meetings.models import (
    AgendaItem,
    AnnexEntry,
    AnnexReader,
    BoardMatter,
    CalendarAddress,
    Conversation,
    IntakeAnswer,
    ItemAction,
    ItemInvolvement,
    ItemNote,
    ItemOutcome,
    ItemRuling,
    ItemTeller,
    ItemTie,
    ItemWithdrawal,
    ItemWording,
    Meeting,
    MeetingStep,
    MeetingTime,
    NoteComment,
    NoteCommentAnswer,
    NotePassage,
    NoteSharing,
    OutcomePosition,
    Paper,
    PaperRecord,
    PaperVersion,
    PaperWithdrawal,
    Presence,
    PresenceStruck,
    Suspicion,
    SuspicionReferral,
    WrittenAnswer,
    WrittenQuestion,
    WrittenResult,
    WrittenSending,
)
from sightline.meetings.queries.calendar import digest_of
from sightline.meetings.words import Heard, How, Mode, PaperFor, Result, Step, Way
from tests.factories.groups import a_group, a_seat, a_seating
from tests.factories.surveillance import the_body
from tests.security.personas import HOME, OTHER, SUBJECT, Cast
from tests.security.world.acted import an_agreed_action

PAPER = Inspected(ALLOWED, "x.csv", "text/csv", b"x", ("x",))
SEATED = ("member", "lay_member", "conflicted_member", "deputy", "region")  # and the conflicted chair, who presides


def build(cast: Cast) -> None:
    """This function will make the group, its three meetings, and one of every row that may come of an item."""
    wrote: dict[str, Any] = {"recorded_at": timezone.now(), "recorded_by": cast.people["secretariat"].actor_id}
    group = a_group(the_body(HOME), "place-group", "The group that meets")
    a_seating(a_seat(group, "Chair", SeatPart.CHAIR), cast.people["conflicted_chair"])
    for number, name in enumerate(SEATED):
        a_seating(a_seat(group, f"Seat {number}", SeatPart.MEMBER), cast.people[name])
    cast.records["meeting"] = a_meeting(group, timezone.now() - timedelta(hours=1), wrote)
    one_step(cast.records["meeting"], Step.OPENED, wrote)
    cast.records["planned meeting"] = a_meeting(group, timezone.now() + timedelta(days=14), wrote)
    cancelled = a_meeting(group, timezone.now() + timedelta(days=21), wrote)
    one_step(cancelled, Step.CANCELLED, wrote, because="x")
    _items(cast, wrote)
    _papers(cast, wrote)
    _there(cast, wrote)
    for name in (*SEATED, "conflicted_chair", "secretariat", "quality_lead", "auditor"):
        secret = digest_of(f"secret of {name}")
        CalendarAddress.objects.create(person=cast.people[name], number=1, digest=secret, **wrote)
    _held(cast, group, wrote)
    _written(cast, wrote)
    for key in (OTHER, SUBJECT):
        Conversation.objects.create(
            group=group, system=HOME, subject=Subject.objects.get(key=key), held_on=timezone.localdate(),
            way=Way.CALL.value, between="x", said="x", follows="x", knowingly="x", form_key=uuid4(), **wrote,
        )  # fmt: skip


def a_meeting(group: Any, starts_at: datetime, wrote: dict[str, Any]) -> Meeting:
    """This function will make a meeting of a group that begins at some time."""
    made = Meeting.objects.create(
        group=group, system=HOME, is_extraordinary=True, because="x", knowingly="x", form_key=uuid4(), **wrote
    )
    for number in (1, 2):
        MeetingTime.objects.create(
            meeting=made, number=number, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2),
            mode=Mode.HYBRID.value, place="x", link="https://meet.example/x", paired_with="x",
            facilitator="x", communications="x", because="x", knowingly="x", **wrote,
        )  # fmt: skip
    return made


def one_step(meeting: Meeting, step: Step, wrote: dict[str, Any], because: str = "") -> None:
    """This function will write down what a meeting came to."""
    MeetingStep.objects.create(
        meeting=meeting, step=step.value, at=timezone.now(), because=because, knowingly="x", pack="sqg-2022",
        rules_version="sqg-2022 v1", **wrote,
    )  # fmt: skip


def _held(cast: Cast, group: Any, wrote: dict[str, Any]) -> None:
    """One meeting whose note is shared, with a section closed to a member, and one whose note is a draft."""
    for name, ago in (("held meeting", 30), ("drafted meeting", 60)):
        was = timezone.now() - timedelta(days=ago)
        held = cast.records[name] = a_meeting(group, was, wrote)
        for step, at in ((Step.OPENED, was), (Step.CLOSED, was + timedelta(hours=2))):
            MeetingStep.objects.create(
                meeting=held, step=step.value, at=at, pack="sqg-2022", rules_version="sqg-2022 v1", **wrote
            )
        NotePassage.objects.create(meeting=held, place=0, number=1, title="x", text="x", knowingly="x", **wrote)
        item = cast.records[f"item of {name}"] = one_item(held, wrote)
    held, item = cast.records["held meeting"], cast.records["item of held meeting"]
    NoteSharing.objects.create(meeting=held, at=timezone.now(), **wrote)
    ItemTie.objects.create(
        item=item, person=cast.people["conflicted_member"], detail="x", declared_at=held.recorded_at, form_key=uuid4(),
        **wrote,
    )  # fmt: skip
    for number in (1, 2):
        passage = NotePassage.objects.create(
            meeting=held, item=item, place=1, number=number, title="x", text="x", because="x", knowingly="x", **wrote
        )
    said = {"passage": passage, "text": "x", "knowingly": "x"}
    told = {**wrote, "recorded_by": cast.people["member"].actor_id}
    cast.records["comment"], done = (NoteComment.objects.create(**said, form_key=uuid4(), **told) for _ in "ab")
    NoteCommentAnswer.objects.create(comment=done, is_taken_in=False, says="x", knowingly="x", **wrote)
    for number, about in enumerate((None, item), 1):
        AnnexEntry.objects.create(
            meeting=held, item=about, number=number, text="x", knowingly="x", form_key=uuid4(), **wrote
        )
    AnnexReader.objects.create(meeting=held, person=cast.people["deputy"], number=1, reads=True, **wrote)


def _items(cast: Cast, wrote: dict[str, Any]) -> None:
    """One about nobody, one about another body, one that is closed to a member, one that waits, one that came off."""
    meeting = cast.records["meeting"]
    item = cast.records["item of meeting"] = one_item(meeting, wrote)
    about = cast.records["item about other"] = one_item(meeting, wrote, Subject.objects.get(key=OTHER))
    tied = cast.records["tied item"] = one_item(meeting, wrote)
    cast.records["item to come"] = one_item(cast.records["planned meeting"], wrote)
    gone = one_item(meeting, wrote)
    ItemWithdrawal.objects.create(item=gone, because="x", knowingly="x", **wrote)
    whom, chair = cast.people["conflicted_member"], cast.people["conflicted_chair"]
    ItemTie.objects.create(item=tied, person=whom, detail="x", declared_at=timezone.now(), form_key=uuid4(), **wrote)
    ItemRuling.objects.create(
        item=tied, person=whom, number=1, measure=Measure.LEAVE.value, ruled_by=chair, because="x", knowingly="x",
        at=timezone.now(), **wrote,
    )  # fmt: skip
    waiting, done = (
        Suspicion.objects.create(item=item, detail="x", knowingly="x", form_key=uuid4(), **wrote) for _ in "ab"
    )
    cast.records["suspicion"] = waiting
    SuspicionReferral.objects.create(
        suspicion=done,
        body="x",
        referred_by="x",
        referred_on=timezone.localdate(),
        reference="x",
        knowingly="x",
        **wrote,
    )
    for under in (item, tied):
        ItemAction.objects.create(item=under, action=an_agreed_action(meeting.group, wrote), **wrote)
    IntakeAnswer.objects.create(
        item=item, question="several", asks="Does it?", cites="local", holds=False, because="x", knowingly="x", **wrote
    )
    ItemInvolvement.objects.create(item=item, number=1, who="x", knowingly="x", **wrote)
    BoardMatter.objects.create(item=item, board="x", matter="x", knowingly="x", form_key=uuid4(), **wrote)
    ItemNote.objects.create(item=item, number=1, text="x", knowingly="x", **wrote)
    outcome = ItemOutcome.objects.create(
        item=about, sort=Sort.AGREEMENT.value, outcome=Outcome.AGREED.value, text="x", next_steps="x", reasons="x",
        at=timezone.now(), quorum=Status.QUORATE.value, snapshot={"here": []}, snapshot_hash="x", pack="sqg-2022",
        rules_version="sqg-2022 v1", knowingly="x", form_key=uuid4(), **wrote,
    )  # fmt: skip
    OutcomePosition.objects.create(
        outcome=outcome, organisation=Organisation.objects.get(code=HOME), who="x", name="x", side=Side.FOR.value,
        reasons="x", commits_to="x", **wrote,
    )  # fmt: skip
    ItemTeller.objects.create(
        item=about, subject=about.subject, number=1, not_yet="x", review_on=timezone.localdate() + timedelta(days=7),
        knowingly="x", **wrote,
    )  # fmt: skip


def one_item(meeting: Meeting, wrote: dict[str, Any], subject: Subject | None = None) -> AgendaItem:
    """This function will put an item on the agenda of a meeting."""
    made = AgendaItem.objects.create(
        meeting=meeting, group=meeting.group, system=HOME, kind=Kind.PLANNED.value, moment=Moment.BETWEEN.value,
        key=str(uuid4()), place=500, subject=subject, **wrote,
    )  # fmt: skip
    ItemWording.objects.create(
        item=made, number=1, title="x", why="x", minutes=10, purpose=Purpose.SHARE.value, inequality="x",
        knowingly="x", **wrote,
    )  # fmt: skip
    return made


def _papers(cast: Cast, wrote: dict[str, Any]) -> None:
    """A paper of an open item, one of an item closed to a member, and one that was withdrawn."""
    for name, item in (
        ("paper", "item of meeting"),
        ("tied paper", "tied item"),
        ("withdrawn paper", "item of meeting"),
    ):
        place = 2 if name == "withdrawn paper" else 1
        paper = cast.records[name] = Paper.objects.create(item=cast.records[item], place=place, **wrote)
        PaperVersion.objects.create(
            paper=paper, number=1, title="x", purpose=PaperFor.DISCUSSION.value, confidential_because="x",
            knowingly="x", form_key=uuid4(), **asdict(put_away(PAPER)), **wrote,
        )  # fmt: skip
    made = cast.records["record paper"] = Paper.objects.create(item=cast.records["tied item"], place=2, **wrote)
    version = PaperVersion.objects.create(
        paper=made, number=1, title="x", purpose=PaperFor.DISCUSSION.value, sha256="x", form_key=uuid4(), **wrote
    )
    content = {"sections": [{"heading": "Open concerns", "lines": ["x"], "none": ""}]}
    PaperRecord.objects.create(version=version, as_of=timezone.now(), content=content, **wrote)
    PaperWithdrawal.objects.create(paper=cast.records["withdrawn paper"], because="x", knowingly="x", **wrote)


def _there(cast: Cast, wrote: dict[str, Any]) -> None:
    meeting, since = cast.records["meeting"], timezone.now() - timedelta(minutes=50)
    came = {"meeting": meeting, "how": How.IN_ROOM.value, "arrived_at": since, **wrote}
    cast.records["presence"] = Presence.objects.create(visitor="x", form_key=uuid4(), **came)
    wrong = Presence.objects.create(visitor="x", form_key=uuid4(), **came)
    PresenceStruck.objects.create(presence=wrong, because="x", knowingly="x", **wrote)


def _written(cast: Cast, wrote: dict[str, Any]) -> None:
    """One that waits for the chair, one that members are asked, one under the item that is closed to a member, one over."""
    about, tied = cast.records["item about other"], cast.records["tied item"]
    cast.records["question to be sent"] = _question(about, wrote)
    cast.records["question"] = _sent(_question(cast.records["item of meeting"], wrote), cast, wrote)
    cast.records["tied question"] = _sent(_question(tied, wrote), cast, wrote)
    over = _sent(_question(about, wrote), cast, wrote)
    WrittenResult.objects.create(
        question=over, result=Result.NOT_CARRIED.value, because="x", at=timezone.now(), knowingly="x",
        snapshot={"words": "x", "seats": []}, snapshot_hash="x", **wrote,
    )  # fmt: skip


def _question(item: AgendaItem, wrote: dict[str, Any]) -> WrittenQuestion:
    return WrittenQuestion.objects.create(
        item=item, text="x", closes_at=timezone.now() + timedelta(days=3), knowingly="x", form_key=uuid4(), **wrote
    )


def _sent(question: WrittenQuestion, cast: Cast, wrote: dict[str, Any]) -> WrittenQuestion:
    seat = question.item.group.seats.get(title="Seat 0")
    since = timezone.now() - timedelta(hours=2)
    WrittenSending.objects.create(
        question=question, deemed_by=cast.people["conflicted_chair"], because="x", sent_at=since,
        pack="sqg-2022", rules_version="sqg-2022 v1", knowingly="x", **wrote,
    )  # fmt: skip
    WrittenAnswer.objects.create(
        question=question, number=1, person=cast.people["member"], seat=seat, answer=Answer.AGREES.value, why="x",
        at=since, how=Heard.EMAIL.value, heard="x", knowingly="x", form_key=uuid4(), **wrote,
    )  # fmt: skip
    return question
