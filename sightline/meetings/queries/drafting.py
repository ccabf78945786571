"""What the record brings to the next agenda of a group: gathered here, and put together by ``core.meetings.agenda``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from sightline.actions.queries import pressing_of_group
from sightline.core.access import Actor
from sightline.core.escalation.answering import ExchangeKind
from sightline.core.meetings.agenda import Agenda, AgendaFacts, Matter, propose
from sightline.core.meetings.agenda_kinds import Kind
from sightline.core.rulebook.groups import GroupType
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Subject
from sightline.escalation.models import Duty
from sightline.escalation.queries.duties import concerns_to_hear
from sightline.escalation.queries.exchanges import Asked, Line, exchanges_for
from sightline.groups.models import Group
from sightline.groups.queries.subgroups import reported_since, sub_groups_of
from sightline.meetings.keeping import rules_of
from sightline.meetings.models import ItemWithdrawal, Meeting, MeetingStep, MeetingTime
from sightline.meetings.queries.coverage import coverage_of
from sightline.meetings.queries.cycle import cycle_of_group, named
from sightline.meetings.queries.ratifying import matters_to_ratify
from sightline.meetings.words import Step
from sightline.surveillance.models import LevelDecision
from sightline.surveillance.queries import guidance_for, standings_of
from sightline.triangulation.queries.blindness import OneSided, one_sided, subjects_asked_for
from sightline.triangulation.words import ABOUT
from sightline.web.wording import day, month

# Groups that look at every subject of the system at a level; a region looks at themes (GRP-10), a review at its own one.
_LOOKING = frozenset({Slot.SYSTEM_QUALITY_GROUP})
_FROM_ABOVE = frozenset({ExchangeKind.FEEDBACK, ExchangeKind.SHARING})
_AHEAD = timedelta(days=14)
_LATE_AT_MOST = 3  # the rest is in the plan, marked as overdue
_CONCERNS_AT_MOST = 10
_BLIND_AT_MOST = 3  # an agenda is not a list of everything that is not known: that has a page of its own


def draft_of(actor: Actor, meeting: Meeting, at: datetime) -> Agenda:
    """This function will propose the agenda of a meeting from the record, as far as whoever drafts it may read it."""
    today = timezone.localdate(at)
    starts = timezone.localdate(MeetingTime.objects.filter(meeting=meeting).latest("number").starts_at)
    kind = rules_of(meeting.group, max(today, starts)).kind
    if kind is None:
        return Agenda(())
    return propose(kind, facts_for(actor, meeting, kind, today, starts))


def facts_for(actor: Actor, meeting: Meeting, kind: GroupType, today: date, starts: date) -> AgendaFacts:
    """This function will gather what an agenda rests on: subjects, escalations, actions, the last meeting."""
    pressing = pressing_of_group(meeting.group, actor, today, starts + _AHEAD)
    taken = ItemWithdrawal.objects.filter(item__meeting=meeting).values_list("item__key", "because")
    return AgendaFacts(
        matters=(
            *_subjects(actor, meeting.group, kind, today),
            *_exchanged(actor, meeting.group, today),
            *_concerns(actor, meeting.group, kind, today),
            *_blind_spots(actor, meeting.group, kind, today),
            *matters_to_ratify(actor, meeting.group, today),
            *_reports(actor, meeting, today, starts),
            *_planned(actor, meeting.group, today, starts),
        ),
        last_note=_last_note(meeting, starts),
        actions_due=len(pressing),
        actions_overdue=sum(one.due_on < starts for one in pressing),
        taken_out=dict(taken),
    )


def _subjects(actor: Actor, group: Group, kind: GroupType, today: date) -> Iterator[Matter]:
    """Every subject above the lowest level in the words of the guidance, and the one that a group is about (MTG-20)."""
    guidance = guidance_for(group.system, today)
    if group.subject is not None:
        yield _matter(group.subject, "This group is about it.")
    if kind.slot not in _LOOKING:
        return
    decided = LevelDecision.objects.visible_to(actor, today).filter(system=group.system)
    known = list(decided.order_by().values_list("subject", flat=True).distinct())
    lowest = guidance.levels.levels.lowest
    standings = standings_of(known, guidance, today)
    above = {pk: one for pk, one in standings.items() if one.level.rank > lowest.rank}
    for subject in Subject.objects.filter(pk__in=above).select_related("organisation"):
        standing = above[subject.pk]
        since = f" since {day(standing.since)}" if standing.since else ""
        yield _matter(subject, f"It stands at {standing.level.name}{since}.", standing.level.rank, standing.since)


def _matter(subject: Subject, why: str, rank: int = 0, since: date | None = None, kind: Kind = Kind.SUBJECT) -> Matter:
    return Matter(
        kind=kind,
        id=str(subject.pk),
        title=subject.name,
        about=str(subject.pk),
        is_single=subject.organisation_id is not None,
        rank=rank,
        since=since,
        why=why,
    )


def _blind_spots(actor: Actor, group: Group, kind: GroupType, today: date) -> Iterator[Matter]:
    """Concerns of which only figures speak, or only words: the subjects with most of them (INT-14; QSG 2017 ¶33, ¶114)."""
    if kind.slot not in _LOOKING or group.subject is not None:
        return
    lacking: dict[UUID, list[OneSided]] = defaultdict(list)
    for one in one_sided(actor, today, subjects_asked_for(actor, today, "", "", group.system)):
        lacking[one.subject].append(one)
    worst = sorted(lacking, key=lambda key: -len(lacking[key]))[:_BLIND_AT_MOST]
    found = Subject.objects.select_related("organisation").in_bulk(worst)
    for key in worst:
        yield _matter(found[key], " ".join(_lacking(lacking[key])), kind=Kind.BLIND_SPOT)


def _planned(actor: Actor, group: Group, today: date, starts: date) -> Iterator[Matter]:
    """What the plan of business has for the month of the meeting, and what it had before and was not reached (MTG-10, MTG-12).

    Of what was not reached no more come than fit beside the rest, those that wait longest first.
    """
    view = cycle_of_group(actor, today, group.pk)
    if view is None or view.holds is None:
        return
    reached, this_month = coverage_of(actor, today, view), starts.replace(day=1)
    open_ = [one for one in reached.entries if not reached.is_done(one)]
    late = [one for one in open_ if one.month.month < this_month][:_LATE_AT_MOST]
    for one in (*late, *(one for one in open_ if one.month.month == this_month)):
        entry, had = one.entry, one.month.month < this_month
        then = f"{'had' if had else 'has'} it for {month(one.month.month)}{', and it was not reached' if had else ''}"
        yield Matter(
            kind=Kind.THEME if entry.theme_id else Kind.PLANNED,
            id=str(entry.pk),
            title=named(entry),
            about=str(entry.subject_id or ""),
            is_single=entry.subject is not None and entry.subject.organisation_id is not None,
            why=f"The plan of business {then}.",
        )


def _reports(actor: Actor, meeting: Meeting, today: date, starts: date) -> Iterator[Matter]:
    """Sub-groups that are to report by the day of the meeting, or have reported since the group last met (GRP-11, GRP-12).

    What they reported is not told here: whoever may read it does so on the page of the sub-group.
    """
    since = _last_closed(meeting, starts)
    for one in sub_groups_of(meeting.group, actor, today):
        is_due = one.due_on is not None and one.due_on <= starts
        if not is_due and not reported_since(one, since):
            continue
        about = one.row.provider or one.row.group.subject
        due = f"It {'was' if one.due_on and one.due_on < today else 'is'} due on {day(one.due_on)}."
        said = f"It reported on {day(one.last_on)}." if reported_since(one, since) else due
        yield Matter(
            kind=Kind.REPORT,
            id=str(one.row.group_id),
            title=f"Report of {one.row.group.name}",
            about=str(about.pk) if about else "",
            is_single=about is not None and about.organisation_id is not None,
            why=f"{one.row.group.name} reports back to this group. {said}",
        )


def _lacking(found: Iterable[OneSided]) -> Iterator[str]:
    """One sentence about all of which figures are lacking, and one about all of which words are."""
    about: dict[str, list[str]] = {"there are no figures": [], "nobody has said anything": []}
    for one in found:
        about["there are no figures" if one.lacks_figures else "nobody has said anything"].append(ABOUT[one.row])
    for lacks, rows in about.items():
        match rows:
            case [row]:
                yield f"A concern about {row} stands, and {lacks} about it."
            case [*some, last]:
                yield f"Concerns about {', '.join(some)} and {last} stand, and {lacks} about them."


def _exchanged(actor: Actor, group: Group, today: date) -> Iterator[Matter]:
    """What others told or asked the area of the group and what is still open; what comes from above is feedback."""
    for line in exchanges_for(actor, today, Asked()).to_us:
        exchange = line.exchange
        if group.area_id != exchange.to_body_id and group.system != exchange.to_body.code:
            continue
        if group.subject_id is not None and group.subject_id != exchange.subject_id:
            continue
        if line.course.kind in _FROM_ABOVE:
            yield Matter(Kind.FEEDBACK, str(exchange.pk), exchange.title, why=_told(line))
        else:
            about = str(exchange.subject_id or "")
            yield Matter(Kind.ESCALATION, str(exchange.pk), exchange.title, about, bool(about), why=_told(line))


def _concerns(actor: Actor, group: Group, kind: GroupType, today: date) -> Iterator[Matter]:
    """The subjects of minor and moderate concerns that are to be reported to a place, the longest waiting first (RPT-01)."""
    if kind.slot is not Slot.PLACE_GROUP:
        return
    found: dict[UUID, list[Duty]] = defaultdict(list)
    for one in concerns_to_hear(actor, today, kind.slot, group.area_id):
        found[one.subject_id].append(one)
    for some in islice(found.values(), _CONCERNS_AT_MOST):
        first = min(one.arisen_on for one in some)
        one_or_more = "A concern about it is" if len(some) == 1 else f"{len(some)} concerns about it are"
        why = f"{one_or_more} to be reported here, since {day(first)}."
        yield _matter(some[0].subject, why, since=first, kind=Kind.ESCALATION)


def _told(line: Line) -> str:
    return f"{line.exchange.from_body.name} sent “{line.exchange.title}” on {day(line.exchange.sent_on)}."


def _last_note(meeting: Meeting, starts: date) -> str:
    """The last meeting that was held before, in words."""
    held = Meeting.objects.filter(group=meeting.group, steps__step=Step.CLOSED.value).exclude(pk=meeting.pk)
    last = MeetingTime.objects.filter(meeting__in=held, starts_at__date__lte=starts).aggregate(at=Max("starts_at"))[
        "at"
    ]
    return f"The group last met on {day(timezone.localdate(last))}" if last else ""


def _last_closed(meeting: Meeting, starts: date) -> datetime | None:
    """When the group's last meeting before this one was closed; nothing where it never met."""
    found = MeetingStep.objects.filter(
        meeting__group=meeting.group, step=Step.CLOSED.value, meeting__times__starts_at__date__lte=starts
    )
    last: datetime | None = found.exclude(meeting=meeting.pk).aggregate(at=Max("at"))["at"]
    return last
