"""Reads of papers: those of items that somebody reads, and one with all its versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from sightline.accounts.queries import names_of
from sightline.core.access import Actor
from sightline.core.signals import row_of
from sightline.core.statistics.funnels import FEW
from sightline.directory.models import Subject
from sightline.directory.queries import subjects_within
from sightline.directory.words import SubjectKind
from sightline.indicators.models import Series
from sightline.indicators.queries import catalogue
from sightline.meetings.keeping import keeps_meetings
from sightline.meetings.models import AgendaItem, ItemWording, Paper, PaperGiven, PaperVersion, PaperWithdrawal
from sightline.meetings.queries.meetings import MeetingView, meetings_for

ACROSS = frozenset({SubjectKind.THEME, SubjectKind.PATHWAY, SubjectKind.SECTOR})
CHARTS_SHOWN = 60  # of those from which a data pack is made


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper with its versions, the newest first, whether it was withdrawn, and to whom it was given."""

    paper: Paper
    versions: tuple[PaperVersion, ...]
    withdrawal: PaperWithdrawal | None
    given: tuple[tuple[str, PaperGiven], ...] = ()

    @property
    def newest(self) -> PaperVersion:
        """The version that holds."""
        return self.versions[0]


@dataclass(frozen=True, slots=True)
class Sought:
    """Which figures are looked for: of a dimension of quality, an indicator, an area by its code, bodies by their name."""

    theme: str = ""
    indicator: str = ""
    area: str = ""
    name: str = ""


def papers_of(actor: Actor, on: date, items: Iterable[AgendaItem]) -> Mapping[UUID, tuple[PaperVersion, ...]]:
    """This function will give, by item, the newest versions of the papers that stand, as far as somebody reads them."""
    papers = Paper.objects.visible_to(actor, on).standing().filter(item__in=[one.pk for one in items])
    later = PaperVersion.objects.filter(paper=OuterRef("paper"), number__gt=OuterRef("number"))
    rows = PaperVersion.objects.filter(~Exists(later), paper__in=papers.order_by().values("pk"))
    found: dict[UUID, list[PaperVersion]] = defaultdict(list)
    for one in rows.select_related("paper", "responsible", "record").order_by("paper__place"):
        found[one.paper.item_id].append(one)
    return {item: tuple(some) for item, some in found.items()}


def one_paper(actor: Actor, on: date, paper: UUID, *, keeps: bool = False) -> PaperView | None:
    """This function will give a paper that somebody may read; whoever keeps it also reads to whom it was given."""
    seen = Paper.objects.visible_to(actor, on).filter(pk=paper)
    found = seen.select_related("item__meeting__group", "item__subject", "withdrawal").first()
    if found is None:
        return None
    versions = PaperVersion.objects.filter(paper=found).select_related("responsible", "record").order_by("-number")
    return PaperView(found, tuple(versions), getattr(found, "withdrawal", None), _given(found) if keeps else ())


def items_to_come(actor: Actor, on: date) -> list[tuple[AgendaItem, str, MeetingView]]:
    """This function will give the items to which somebody may put a paper, with their titles: the next meeting's first."""
    coming, _ = meetings_for(actor, on)
    kept = {one.meeting.pk: one for one in coming if keeps_meetings(actor, one.meeting.system, on)}
    items = AgendaItem.objects.visible_to(actor, on).standing().filter(meeting__in=list(kept))
    found: dict[UUID, list[AgendaItem]] = defaultdict(list)
    for one in items.order_by("recorded_at", "pk"):
        found[one.meeting_id].append(one)
    rows = [one for some in found.values() for one in some]
    titles = dict(ItemWording.objects.newest().filter(item__in=rows).values_list("item", "title"))
    return [(one, titles[one.pk], view) for key, view in kept.items() for one in found[key]]


def charts_to_choose(actor: Actor, on: date, about: Subject | None, sought: Sought) -> tuple[list[Series], bool]:
    """This function will give the figures from which a data pack may be made, the worst first, and whether there are more.

    They are those of a body where an item is about one, and else of the bodies that are sought.
    """
    found = _of_theme(actor, on, about, sought.theme)
    if sought.indicator:
        found = found.filter(indicator=sought.indicator)
    if about is None and sought.area:
        found = found.filter(subject__in=subjects_within(sought.area, on))
    if about is None and sought.name:
        found = found.filter(Q(subject__name__icontains=sought.name) | Q(subject__key__iexact=sought.name))
    rows = found.select_related("subject").defer("packed").order_by("-worry", "subject__name", "indicator", "pk")
    few = list(rows[: CHARTS_SHOWN + 1])
    return few[:CHARTS_SHOWN], len(few) > CHARTS_SHOWN


def indicators_to_choose(actor: Actor, on: date, about: Subject | None, theme: str) -> list[str]:
    """This function will give the indicators of a theme of which there are figures, wherever, in the catalogue's order."""
    some = set(_of_theme(actor, on, about, theme).order_by().values_list("indicator", flat=True).distinct())
    return [name for name in catalogue() if name in some]


def _of_theme(actor: Actor, on: date, about: Subject | None, theme: str) -> QuerySet[Series]:
    known = catalogue()
    names = [
        name for name, one in known.items() if not theme or theme in {row_of(each).value for each in one.dimensions}
    ]
    found = Series.objects.visible_to(actor, on).filter(indicator__in=names).of_open_bodies(on)
    return found.filter(subject=about) if about is not None else found


def with_figures(about: Subject | None) -> Subject | None:
    """This function will give the body whose charts alone a data pack takes; nobody for a theme, a pathway or a sector.

    Those have no figures of their own: their charts are chosen from all bodies by a dimension of quality (DAT-10).
    """
    return None if about is None or about.kind in ACROSS else about


def funnels_to_choose(actor: Actor, on: date, charts: Iterable[Series]) -> list[str]:
    """This function will give the indicators among these charts that may be drawn as a funnel, in the order of the charts.

    They have counts, and enough open bodies that the actor may see; whether each has counts for the period is told when
    it is drawn.
    """
    known = catalogue()
    names = [name for name in dict.fromkeys(one.indicator for one in charts) if known[name].ratio is not None]
    found = Series.objects.visible_to(actor, on).filter(indicator__in=names).of_open_bodies(on).order_by()
    enough = dict(found.values_list("indicator").annotate(count=Count("pk")).filter(count__gte=FEW))
    return [name for name in names if name in enough]


def paper_of_form(form_key: UUID, item: AgendaItem) -> Paper | None:
    """This function will give the paper that a form made, which was sent twice."""
    return Paper.objects.filter(item=item, versions__form_key=form_key).first()


def _given(paper: Paper) -> tuple[tuple[str, PaperGiven], ...]:
    rows = list(PaperGiven.objects.filter(version__paper=paper).select_related("version"))
    names = names_of({one.who for one in rows})
    return tuple((names.get(one.who, "Somebody"), one) for one in rows)
