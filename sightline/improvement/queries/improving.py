"""Quality Improvement Groups as somebody may read them: the list, one with what it watches, what is missing, who agrees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.accounts.models import Person
from sightline.core.access import Actor, Permission, may
from sightline.core.groups.sitting import PARTS_OF_MEMBERS
from sightline.core.improvement.ending import End
from sightline.core.improvement.overseeing import Answer, Asked, Watched, conditions_met, disagreeing, is_asked_again
from sightline.core.rulebook.clocks import later_by
from sightline.core.rulebook.improving import Improvement, Told
from sightline.directory.models import Subject
from sightline.groups.hearing import groups_seen
from sightline.groups.keeping import keeps_system, kept_systems
from sightline.groups.models import Group
from sightline.groups.queries import group_types, members_on
from sightline.improvement.improving_words import ABOVE, KIND, Engaged
from sightline.improvement.models import (
    ExitAgreement,
    ImprovementGroup,
    MemberReport,
    Plan,
    PlanMilestone,
    PlanVersion,
    PlanWatch,
    ProviderConcern,
    RapidReview,
    Stakeholder,
)
from sightline.improvement.models.improving import ImprovementGroupQuerySet
from sightline.improvement.queries.milestones import MilestoneView, activity_of, viewed
from sightline.improvement.queries.reviews import groups_chaired
from sightline.rulebook.queries import pack_in_force, part_of

A_PAGE = 50
OPEN, ENDED = "open", "ended"
PLANS = 100  # of one system, offered to watch
REPORTS = 10  # of each kind, shown on a group's page


@dataclass(frozen=True, slots=True)
class Lacks:
    """What is asked for and missing of a group: reports of members, a plan to watch, and any stakeholder."""

    reports: tuple[Told, ...] = ()
    plans: bool = False
    stakeholders: bool = False

    @property
    def count(self) -> int:
        """How many things."""
        return len(self.reports) + self.plans + self.stakeholders


@dataclass(frozen=True, slots=True)
class ImprovingRow:
    """One group of the list, with how many plans it watches that the reader may read, and what is missing."""

    improving: ImprovementGroup
    plans: int
    lacks: Lacks


@dataclass(frozen=True, slots=True)
class AskedImproving:
    """What the list was asked for; empty words leave nothing out."""

    state: str = ""
    subject: UUID | None = None


def page_of_improving(actor: Actor, on: date, asked: AskedImproving, page: int) -> tuple[list[ImprovingRow], int]:
    """This function will give one page of the groups that the actor may read, the newest first, and how many there are."""
    found = ImprovementGroup.objects.visible_to(actor, on)
    if asked.subject:
        found = found.filter(subject=asked.subject)
    if asked.state:
        found = found.filter(ending__isnull=asked.state != ENDED)
    found = found.select_related("subject", "ending").order_by("-convened_on", "-recorded_at", "pk")
    first = (page - 1) * A_PAGE
    return rows_of(actor, on, list(found[first : first + A_PAGE])), found.count()


def rows_of(actor: Actor, on: date, found: Sequence[ImprovementGroup]) -> list[ImprovingRow]:
    """This function will give groups with what they watch and lack, by as many reads whatever their number."""
    watched = _watched_by(found)
    readable = set(
        Plan.objects.visible_to(actor, on).filter(pk__in=set().union(*watched.values())).values_list("pk", flat=True)
    )
    lacking = _lacking(found, watched, on)
    return [ImprovingRow(one, len(watched[one.pk] & readable), lacking[one.pk]) for one in found]


def one_improving(actor: Actor, on: date, improving: UUID) -> ImprovementGroup | None:
    """This function will give a group, or None where there is none that the actor may read."""
    rows = ImprovementGroup.objects.visible_to(actor, on).filter(pk=improving)
    return rows.select_related("subject__organisation", "group__area", "group__ending", "review", "ending").first()


def improving_of_form(actor: Actor, on: date, form_key: UUID) -> ImprovementGroup | None:
    """This function will give the group that a form convened, where the actor may read it."""
    return ImprovementGroup.objects.visible_to(actor, on).filter(form_key=form_key).first()


# --- the guidance


def guidance_of(group: Group, on: date) -> Improvement:
    """This function will give what the guidance of a group says of how improvement is overseen.

    Where a later guidance knows nothing of it, what was in force when the group began still counts.
    """
    for name in (_pack(group, on), _pack(group, group.begun_on)):
        found = part_of(name, "improvement", on)
        if found is not None and isinstance(found.content, Improvement):
            return found.content
    raise AssertionError("a guidance that knows such groups says how they end")


def _pack(group: Group, on: date) -> str:
    """As ``pack_of_group``, of a group whose guidance was read with it."""
    laid_down = sorted(group.guidance.all(), key=lambda row: row.from_on)
    chosen = [row.pack for row in laid_down if row.from_on <= on]
    return chosen[-1] if chosen else pack_in_force(on).id


def _interval(group: Group, on: date) -> int | None:
    kind = group_types(_pack(group, on), on).type(group.kind)
    return kind.cadence.value if kind and kind.cadence else None


# --- what is missing


def lacks_of(improving: ImprovementGroup, on: date) -> Lacks:
    """This function will say what is asked for and missing of one group (QIG-06, QIG-07, MEM-23)."""
    return _lacking([improving], _watched_by([improving]), on)[improving.pk]


def _lacking(found: Sequence[ImprovementGroup], watched: Mapping[UUID, set[UUID]], on: date) -> dict[UUID, Lacks]:
    """Nothing is missing of a group that ended."""
    keys = [one.pk for one in found]
    newest: dict[tuple[UUID, str], date] = {}
    rows = MemberReport.objects.filter(improving__in=keys).order_by("on")
    for key, what, on_day in rows.values_list("improving", "told", "on"):
        newest[key, what] = on_day
    with_stakeholders = {key for key, some in _newest_stakeholders(keys).items() if any(map(_counts, some))}
    groups = {one.pk: one for one in Group.objects.filter(improving__in=keys).prefetch_related("guidance")}
    lacking = {}
    for one in found:
        if hasattr(one, "ending"):
            lacking[one.pk] = Lacks()
            continue
        group = groups[one.group_id]
        interval = _interval(group, on)
        missing = [
            told
            for told in guidance_of(group, on).reports
            if is_asked_again(
                day := newest.get((one.pk, told.id)), later_by(day, months=interval) if day and interval else None, on
            )
        ]
        lacking[one.pk] = Lacks(tuple(missing), not watched[one.pk], one.pk not in with_stakeholders)
    return lacking


def _counts(one: Stakeholder) -> bool:
    return one.engaged != Engaged.ENDED


def _newest_stakeholders(keys: Collection[UUID]) -> dict[UUID, list[Stakeholder]]:
    newest: dict[tuple[UUID, int], Stakeholder] = {}
    rows = Stakeholder.objects.filter(improving__in=keys).select_related("owner").order_by("number", "version")
    for one in rows:
        newest[one.improving_id, one.number] = one
    found: dict[UUID, list[Stakeholder]] = {key: [] for key in keys}
    for (key, _), one in newest.items():
        found[key].append(one)
    return found


def stakeholders_of(improving: ImprovementGroup) -> list[Stakeholder]:
    """This function will give those with a stake as they were written last, by their numbers (MEM-23)."""
    return _newest_stakeholders([improving.pk])[improving.pk]


def reports_of(improving: ImprovementGroup) -> dict[str, list[MemberReport]]:
    """This function will give what was put on record, by its id in the guidance, the newest first."""
    found: dict[str, list[MemberReport]] = {}
    for one in improving.reports.order_by("-on", "-recorded_at", "-pk"):
        found.setdefault(one.told, []).append(one)
    return found


# --- the plans that it watches


@dataclass(frozen=True, slots=True)
class WatchedPlan:
    """A plan that a group watches: the version that was approved last and its milestones, or the newest where none was."""

    plan: Plan
    version: PlanVersion
    milestones: tuple[MilestoneView, ...]
    is_approved: bool
    unanswered: int  # new concerns of the provider that nobody has taken up


def _watched_by(found: Iterable[ImprovementGroup]) -> dict[UUID, set[UUID]]:
    watched: dict[UUID, set[UUID]] = {one.pk: set() for one in found}
    rows = PlanWatch.objects.filter(improving__in=watched).order_by("recorded_at", "pk")
    for group, plan, is_watched in rows.values_list("improving", "plan", "is_watched"):
        (watched[group].add if is_watched else watched[group].discard)(plan)
    return watched


def watched_plans(improving: ImprovementGroup) -> set[UUID]:
    """This function will name the plans that a group watches, whoever asks."""
    return _watched_by([improving])[improving.pk]


def plans_watched(actor: Actor, on: date, improving: ImprovementGroup) -> list[WatchedPlan]:
    """This function will give the plans that a group watches and the actor may read, the newest first."""
    found = Plan.objects.visible_to(actor, on).filter(pk__in=watched_plans(improving))
    return _with_milestones(list(found.select_related("subject", "ending").order_by("-recorded_at", "pk")), on)


def _with_milestones(plans: Sequence[Plan], on: date) -> list[WatchedPlan]:
    """Plans with the milestones of what was approved last, or of the newest version, by as many reads whatever their number."""
    versions = list(PlanVersion.objects.filter(plan__in=plans).select_related("approval").order_by("number"))
    newest = {one.plan_id: one for one in versions}
    approved = {one.plan_id: one for one in versions if hasattr(one, "approval")}
    shown = {**newest, **approved}
    said = PlanMilestone.objects.filter(version__in=[one.pk for one in shown.values()])
    milestones: dict[int, list[MilestoneView]] = {}
    for view in viewed(list(said.select_related("milestone", "organisation").order_by("position")), on):
        milestones.setdefault(view.said.version_id, []).append(view)
    told = ProviderConcern.objects.filter(plan__in=plans, answer=None).values_list("plan", flat=True)
    waiting = Counter(told)
    return [
        WatchedPlan(
            one, shown[one.pk], tuple(milestones.get(shown[one.pk].pk, ())), one.pk in approved, waiting[one.pk]
        )
        for one in plans
    ]


def plans_to_watch(actor: Actor, on: date, subject: Subject, system: str) -> list[tuple[Plan, str]]:
    """This function will give the plans of a system that the actor may read and that go on, those of the subject first."""
    found = Plan.objects.visible_to(actor, on).filter(system=system, ending=None).select_related("subject")
    own = list(found.filter(subject=subject).order_by("-recorded_at", "pk")[:PLANS])
    rest = list(found.exclude(subject=subject).order_by("-recorded_at", "pk")[: PLANS - len(own)])
    names = dict(PlanVersion.objects.filter(plan__in=[*own, *rest]).order_by("number").values_list("plan", "name"))
    return [(one, f"{names[one.pk]} ({one.subject.name})") for one in (*own, *rest)]


def reviews_to_name(actor: Actor, on: date, subject: Subject, system: str) -> list[RapidReview]:
    """This function will give the Rapid Quality Reviews of a subject that may have recommended a group, the newest first."""
    found = RapidReview.objects.visible_to(actor, on).filter(subject=subject, system=system)
    return list(found.order_by("-called_on", "-recorded_at")[:A_PAGE])


# --- who agrees


@dataclass(frozen=True, slots=True)
class PartyView:
    """Who is asked whether the group has done what it is for, and all that they answered, the newest first (QIG-09)."""

    party: str
    name: str
    answers: tuple[ExitAgreement, ...]

    @property
    def asked(self) -> Asked:
        """The newest answer, as the rules take it."""
        return Asked(self.name, Answer(self.answers[0].answer) if self.answers else None)


def parties_of(improving: ImprovementGroup, on: date) -> tuple[list[PartyView], list[str]]:
    """This function will give everybody who is asked, and name the seats on which nobody sits who could be asked (QIG-09)."""
    answers: dict[str, list[ExitAgreement]] = {}
    for row in improving.agreements.order_by("-recorded_at", "-pk"):
        answers.setdefault(row.party, []).append(row)
    seats = [one for one in members_on(improving.group, on) if one.part in PARTS_OF_MEMBERS]
    named = {
        str(one.seat): ", ".join(filter(None, [one.title, one.name or one.deputies[0].name, one.organisation_name]))
        for one in seats
        if one.person or one.deputies
    }
    found = [PartyView(key, name, tuple(answers.get(key, ()))) for key, name in {**named, **ABOVE}.items()]
    return found, [one.title for one in seats if str(one.seat) not in named]


# --- its end


@dataclass(frozen=True, slots=True)
class EndView:
    """What the record says of an end on a day, by all that the group watches and everybody who is asked (QIG-08, QIG-09)."""

    plans: tuple[Watched, ...]
    asked: tuple[Asked, ...]

    def end(self, outstanding: str, because: str) -> End:
        """This function will give what is known of an end, as the rules take it."""
        return End(conditions_met(self.plans, self.asked, outstanding), disagreeing(self.asked), because)

    @property
    def is_complete(self) -> bool:
        """Whether each milestone of each plan is reached and will last."""
        return bool(self.plans) and all(one.is_complete for one in self.plans)


def end_view(improving: ImprovementGroup, on: date) -> EndView:
    """This function will gather what the conditions of an end rest on, whoever asks: it is for whoever may end the group."""
    plans = _with_milestones(list(Plan.objects.filter(pk__in=watched_plans(improving))), on)
    parties, _ = parties_of(improving, on)
    watched = [Watched(one.is_approved, activity_of(list(one.milestones))) for one in plans]
    return EndView(tuple(watched), tuple(one.asked for one in parties))


# --- who convenes one, and who works on it


def standing_improving(actor: Actor, on: date, subject: Subject, system: str) -> Group | None:
    """This function will give the improvement group about a subject that stands and was not convened here, where one does."""
    found = Group.objects.standing_on(on).filter(groups_seen(actor, on), kind=KIND, subject=subject, system=system)
    return found.filter(improving=None).order_by("-begun_on", "-recorded_at", "pk").first()


def open_improving(actor: Actor, on: date, subject: Subject, system: str) -> ImprovementGroup | None:
    """This function will give the improvement group of a subject that is under way, where the actor may read it."""
    return _open_ones(actor, on).filter(subject=subject, system=system).first()


def _open_ones(actor: Actor, on: date) -> ImprovementGroupQuerySet:
    return ImprovementGroup.objects.visible_to(actor, on).still_open()


def works_on_improving(actor: Actor, on: date, improving: ImprovementGroup) -> bool:
    """This function will say whether a group, which the actor may read, is theirs to write: they keep it, or chair it."""
    if keeps_improving(actor, on, improving):
        return True
    return isinstance(actor, Person) and improving.group_id in groups_chaired(actor, on)


def keeps_improving(actor: Actor, on: date, improving: ImprovementGroup) -> bool:
    """This function will say whether the actor keeps the groups of the system, and so may end this one."""
    return bool(may(actor, Permission.KEEP_GROUPS, on)) and keeps_system(actor, improving.system, on)


def own_improving(actor: Actor, on: date) -> ImprovementGroupQuerySet:
    """This function will give the open groups that the actor keeps or chairs."""
    found = _open_ones(actor, on)
    if may(actor, Permission.KEEP_GROUPS, on):
        systems = kept_systems(actor, on)
        return found if systems is None else found.filter(system__in=systems)
    return found.filter(group__in=groups_chaired(actor, on)) if isinstance(actor, Person) else found.none()


def improving_waiting(actor: Actor, on: date) -> int:
    """This function will count what is asked for and missing in the groups that the actor keeps or chairs."""
    found = list(own_improving(actor, on).select_related("ending"))
    lacking = _lacking(found, _watched_by(found), on)
    return sum(one.count for one in lacking.values())
