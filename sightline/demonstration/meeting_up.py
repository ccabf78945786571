"""The meetings of the demonstration: one that could decide nothing, one that could, one to come, and a review today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from sightline.core.meetings.agenda_kinds import Kind, Purpose
from sightline.core.meetings.interests import Measure, unruled
from sightline.demonstration.agreed import form_key
from sightline.demonstration.cast import Part
from sightline.demonstration.geography import MAIN
from sightline.demonstration.organisations import AMBULANCE, MATERNITY_TRUST
from sightline.demonstration.scene import Deed, Scene
from sightline.groups.models import Group, Seat
from sightline.groups.operations import seat_person
from sightline.groups.queries import members_on
from sightline.indicators.models import Series
from sightline.intake.attachments import inspect
from sightline.meetings.filing import filed
from sightline.meetings.giving import PaperSays, When, Wording
from sightline.meetings.happening import Arrival, Concluded, Telling
from sightline.meetings.models import AgendaItem, Meeting
from sightline.meetings.operations import (
    add_item,
    add_paper,
    agree_note,
    begin_item,
    close_meeting,
    comment_on_note,
    draft_agenda,
    draft_note,
    make_data_pack,
    name_teller,
    open_meeting,
    plan_meeting,
    record_arrival,
    record_outcome,
    rule_on_interest,
    share_note,
    write_note,
)
from sightline.meetings.queries.closing import provider_of
from sightline.meetings.queries.live import Room, room_of
from sightline.meetings.words import How, Mode, PaperFor

SECRETARY, CHAIR = Part.SECRETARY, Part.CHAIR
SICKNESS, MORTALITY = "sickness-absence-rate", "shmi"
SYSTEM_GROUP, REVIEW = "system-group", "rapid-quality-review"
ROOM = "Lantern Hall, Quillhaven"
SECOND = 28  # days before the demonstration on which the second meeting was written up
ABSENT = frozenset({Part.REGULATOR})  # who could not come to either meeting
A_MINUTE = timedelta(minutes=1)

# What the group came to, by what brought the item: an outcome, and what was said where it is worth keeping.
CAME: Mapping[Kind, tuple[str, str]] = {
    Kind.SUBJECT: (
        "The group stays worried and asks for the rota of both wards every week until it holds for a month.",
        "Two wards still have nights with one nurse. Women and families say that calls go unanswered; complaints and "
        "the figures for sickness say the same. The group lacks the answers of the staff survey by ward.",
    ),
    Kind.RATIFYING: ("The group ratifies it in the words that were agreed in writing.", ""),
    Kind.ESCALATION: ("The group takes it up and answers within a month.", "It was read out and discussed."),
    Kind.ACTIONS: ("Each overdue action has a new day or is handed on.", "The log was gone through line by line."),
}
CREWS = (
    "The group stays worried and asks both hospitals how many crews waited for over an hour, week by week.",
    "Crews wait with their patients outside two hospitals, and people who fell at home wait longest. Each body counts "
    "from another moment, so that the figures do not agree.",
)
HEARD = ("The group heard it and has nothing to add.", "")

HEARD_OF = (
    "Three members heard the same within a month, each from another place.\n\n"
    "Women who speak little English wait longer to be seen. Some were asked to bring a relative to interpret. One "
    "service has no interpreter at night, and its staff use a telephone in the corridor.\n\n"
    "The group is asked what more it needs to know, and who will find it out.\n"
)
CALLS = "Month,Asked for,Came\nOctober,41,29\nNovember,38,25\nDecember,44,27\n"


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting as it was held: when it was written up, in days before the demonstration, planned, and drafted."""

    key: str
    days: float
    planned: float
    drafted: float

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """What was done for it, in turn."""
        return (
            Deed(self.planned, lambda scene, at: _plan(scene, at, self.key, _at_ten(scene, self.days))),
            Deed(self.drafted, lambda scene, at: _draft(scene, at, self.key)),
            Deed(self.days, self._hold),
        )

    def _hold(self, scene: Scene, at: datetime) -> None:
        """The meeting from its opening to its end, each step a minute after the last."""
        meeting, secretary = meeting_of(self.key), scene.by(SECRETARY)
        starts = _at_ten(scene, self.days)
        open_meeting(by=secretary, at=at, meeting=meeting, opened_at=starts)
        _arrive(scene, at, meeting, starts)
        moment = starts
        for item in room_of(meeting).items:
            moment += 4 * A_MINUTE
            begin_item(by=secretary, at=at, item=item, begun_at=moment)
            _rule(scene, at, room_of(meeting), item)
            _conclude(scene, at, item, moment + 3 * A_MINUTE)
        close_meeting(by=scene.by(CHAIR), at=at, meeting=meeting, closed_at=moment + 5 * A_MINUTE)


def _at_ten(scene: Scene, days: float) -> datetime:
    """Ten in the morning of the day before, so that it has been; of the Friday where that lies in a weekend."""
    found = timezone.localtime(scene.at(days + 1)).replace(hour=10, minute=0, second=0, microsecond=0)
    return found - timedelta(days=max(found.weekday() - 4, 0))


def _group(kind: str) -> Group:
    return Group.objects.get(system=MAIN.code, kind=kind)


def meeting_of(key: str) -> Meeting:
    """This function will give one of these meetings by its key."""
    return Meeting.objects.get(form_key=form_key(f"meeting-{key}"))


def _plan(scene: Scene, at: datetime, key: str, starts: datetime, kind: str = SYSTEM_GROUP) -> None:
    when = When(
        starts,
        starts + timedelta(hours=2),
        Mode.HYBRID,
        ROOM,
        "https://meet.example/lantern",
        paired_with="Quality committee of the board, with the council, at 2pm" if kind == SYSTEM_GROUP else "",
        facilitator="The board: the room, a screen and the video call",
        communications="Communications lead of the board",
    )
    plan_meeting(by=scene.by(SECRETARY), at=at, group=_group(kind), when=when, form_key=form_key(f"meeting-{key}"))


def _draft(scene: Scene, at: datetime, key: str) -> None:
    draft_agenda(by=scene.by(SECRETARY), at=at, meeting=meeting_of(key))


def _theme(scene: Scene, at: datetime) -> None:
    """A theme that somebody asked for, so that the agenda is not from the record alone."""
    wording = Wording(
        "People who speak little English", 20, Purpose.IDENTIFY,
        why="Three members heard of it within a month, from three places.",
        inequality="Women who speak little English wait longer and are asked to bring somebody to interpret.",
    )  # fmt: skip
    add_item(
        by=scene.by(SECRETARY),
        at=at,
        meeting=meeting_of("next"),
        wording=wording,
        form_key=form_key("item-interpreters"),
    )


def _papers(scene: Scene, at: datetime) -> None:
    """What the group reads before it meets about the theme: a page of words, and the figures behind it."""
    item = AgendaItem.objects.get(key=f"{Kind.PLANNED.value}:{form_key('item-interpreters')}")
    files = (
        ("What three members heard", "interpreters.txt", HEARD_OF, PaperFor.DISCUSSION),
        ("Calls for an interpreter, by month", "interpreters.csv", CALLS, PaperFor.INFORMATION),
    )
    for title, name, words, purpose in files:
        file = filed(inspect(name, words.encode()))
        add_paper(
            by=scene.by(SECRETARY), at=at, item=item, says=PaperSays(title, purpose), file=file,
            form_key=form_key(f"paper-{name}"),
        )  # fmt: skip


def _data_pack(scene: Scene, at: datetime) -> None:
    """The figures of the hospital that worries the group most, and where its sickness stands beside all others."""
    item = AgendaItem.objects.standing().get(meeting=meeting_of("next"), subject__key=MATERNITY_TRUST)
    chosen = Series.objects.filter(subject=item.subject, indicator__in=(SICKNESS, MORTALITY)).order_by("indicator")
    says = PaperSays("What the figures say, and how it stands beside others", PaperFor.DISCUSSION)
    make_data_pack(
        by=scene.by(SECRETARY), at=at, item=item, series=list(chosen), funnels=[SICKNESS], says=says,
        form_key=form_key("data-pack-next"),
    )  # fmt: skip


def _collaborative(scene: Scene, at: datetime) -> None:
    """Those who give care agree whom they send, so that the group can decide."""
    seat = Seat.objects.get(group=_group(SYSTEM_GROUP), category="provider-collaboratives")
    seat_person(
        by=scene.by(Part.QUALITY_LEAD), at=at, seat=seat, person=scene.by(Part.OTHER_PROVIDER),
        valid_from=timezone.localdate(at),
    )  # fmt: skip


def _arrive(scene: Scene, at: datetime, meeting: Meeting, starts: datetime) -> None:
    absent = {scene.by(one).pk for one in ABSENT}
    people = {one.pk: one for one in scene.people.values() if one.pk not in absent}
    sits = [(one.seat, one.person) for one in members_on(meeting.group, timezone.localdate(starts)) if one.person]
    for number, (seat, person) in enumerate(one for one in sits if one[1] in people):
        how = How.ONLINE if number % 3 == 2 else How.IN_ROOM
        arrival = Arrival(how, people[person], seat=seat)
        record_arrival(
            by=scene.by(SECRETARY), at=at, meeting=meeting, arrival=arrival, arrived_at=starts,
            form_key=form_key(f"arrival-{meeting.form_key}-{number}"),
        )  # fmt: skip


def _rule(scene: Scene, at: datetime, room: Room, item: AgendaItem) -> None:
    """The chair rules on every interest in an item: whoever has one leaves."""
    there = {one.who for one in room.presences}
    people = {str(one.pk): one for one in scene.people.values()}
    for who in dict.fromkeys(
        one.person for one in unruled(str(item.pk), room.ties_to(item, there), room.interests.rulings)
    ):
        rule_on_interest(
            by=scene.by(CHAIR), at=at, item=item, person=people[who], measure=Measure.LEAVE,
            because="It is about their own organisation.",
        )  # fmt: skip


def _conclude(scene: Scene, at: datetime, item: AgendaItem, moment: datetime) -> None:
    secretary = scene.by(SECRETARY)
    is_crews = item.subject is not None and item.subject.key == AMBULANCE
    text, said = CREWS if is_crews else CAME.get(Kind(item.kind), HEARD)
    if said:
        write_note(by=secretary, at=at, item=item, seen=0, text=said)
    concluded = Concluded(text, only_discussed=Kind(item.kind) not in CAME)
    record_outcome(
        by=secretary, at=at, item=item, concluded=concluded, form_key=form_key(f"outcome-{item.pk}"), decided_at=moment
    )
    if provider_of(item) is not None:
        name_teller(by=secretary, at=at, item=item, seen=0, telling=Telling(told_by=scene.body(MAIN.code)))


def _note(scene: Scene, at: datetime, key: str) -> None:
    """The note of a meeting, drafted from what happened and shared with the members."""
    secretary, meeting = scene.by(SECRETARY), meeting_of(key)
    draft_note(by=secretary, at=at, meeting=meeting)
    share_note(by=secretary, at=at, meeting=meeting)


def _agree(scene: Scene, at: datetime) -> None:
    """The second meeting, which is quorate, agrees the note of the first."""
    second = meeting_of("second")
    agreed_at = _at_ten(scene, SECOND) + 2 * A_MINUTE
    agree_note(by=scene.by(CHAIR), at=at, meeting=meeting_of("first"), at_meeting=second, agreed_at=agreed_at)


def _comment(scene: Scene, at: datetime) -> None:
    """A member has read the draft and finds something missing; it waits for an answer."""
    comment_on_note(
        by=scene.by(Part.LOCAL_AUTHORITY), at=at, meeting=meeting_of("second"), item=None,
        text="I joined online at ten. Please say so, as the draft has me in the room.",
        form_key=form_key("comment-second"),
    )  # fmt: skip


def _today(scene: Scene, at: datetime) -> None:
    """The review meets on the day on which the demonstration is made, so that its page can be tried."""
    starts = timezone.localtime(scene.now).replace(minute=0, second=0, microsecond=0)
    _plan(scene, at, "review", starts, REVIEW)


MET = (
    *Held("first", days=63, planned=75, drafted=70).deeds,
    Deed(59, lambda scene, at: _note(scene, at, "first")),
    Deed(36, _collaborative),
    *Held("second", days=SECOND, planned=60, drafted=33).deeds,
    Deed(27.5, _agree),
    Deed(26, lambda scene, at: _note(scene, at, "second")),
    Deed(25.5, _comment),
    Deed(25, lambda scene, at: _plan(scene, at, "next", _at_ten(scene, -9))),
    Deed(0.4, lambda scene, at: _draft(scene, at, "next")),
    Deed(0.3, _theme),
    Deed(0.25, _papers),
    Deed(0.22, _data_pack),
    Deed(0.2, _today),
    Deed(0.1, lambda scene, at: _draft(scene, at, "review")),
)
