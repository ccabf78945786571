"""What people do with papers: put one to an item, bring a new version, withdraw it, and be given it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.indicators.funnels import LaidOut
from sightline.core.signals import Dimension, row_of
from sightline.core.statistics.funnels import FEW
from sightline.core.verdict import ALLOWED, Already, Invalid, Refused, refused
from sightline.directory.models import Subject
from sightline.indicators.catalogue import Indicator
from sightline.indicators.describing import may_be_shared
from sightline.indicators.models import Series
from sightline.indicators.queries import catalogue
from sightline.indicators.queries.pages import one_series
from sightline.indicators.queries.peers import Peers, laid_out, peers_of
from sightline.meetings.giving import Overtaken, PaperFile, PaperSays
from sightline.meetings.models import AgendaItem, Paper, PaperGiven, PaperRecord, PaperVersion, PaperWithdrawal
from sightline.meetings.operations._charting import chart_of, data_pack_of
from sightline.meetings.operations._freezing import hash_of
from sightline.meetings.operations._items import kept_item
from sightline.meetings.operations._papers import begun, of_file, of_version, write
from sightline.meetings.operations._recording import record_about
from sightline.meetings.queries.papers import with_figures
from sightline.meetings.words import CHARTS_AT_MOST, Given

ABSENT = refused("There is no such paper, or it is not for you.", "COI-04")
NO_CHART = refused("There is no such chart, or it is not for you.", "PER-03")
NO_FUNNEL = (
    f"fewer than {FEW} subjects have counts that can be compared, so that no funnel can be drawn. Leave its funnel out."
)
FROZEN = refused("This paper was made from the record as it stood. Withdraw it, and make another.", "REC-16")
WITHDRAWN = refused("This paper was withdrawn. Add a new one instead.", "REC-16")


@operation(Permission.KEEP_MEETINGS, on="result")
def add_paper(
    *, by: Actor, at: datetime, item: AgendaItem, says: PaperSays, file: PaperFile, form_key: UUID, knowingly: str = ""
) -> Paper:
    """This function will put a paper to an item; whoever reads the item reads it from now on (MTG-13, MTG-25).

    Raises Already for a form that was sent before.
    """
    paper = begun(by, at, item, form_key)
    write(paper, 1, says, by, at, form_key, knowingly, **of_file(file))
    return paper


@operation(Permission.KEEP_MEETINGS, on="result")
def make_record_paper(
    *, by: Actor, at: datetime, item: AgendaItem, says: PaperSays, form_key: UUID, knowingly: str = ""
) -> Paper:
    """This function will make a paper of what the record holds of the subject of an item, frozen now with its hash.

    It holds what its maker may know, and whoever reads the item reads it, invited guests among them.
    """
    paper = begun(by, at, item, form_key)
    subject = paper.item.subject or paper.item.group.subject
    if subject is None:
        raise Invalid("This item is about nobody in particular. Add a file instead.")
    return _frozen(paper, record_about(by, at, paper.item, subject), says, by, at, form_key, knowingly)


@operation(Permission.KEEP_MEETINGS, on="result")
def make_chart_paper(
    *, by: Actor, at: datetime, item: AgendaItem, series: Series, says: PaperSays, form_key: UUID, knowingly: str = ""
) -> Paper:
    """This function will make a paper of a chart, frozen now with its data card and its hash (MTG-13, DAT-01, DAT-05).

    Raises Refused, which names what is missing, for a chart whose data card leaves a field open.
    """
    seen = one_series(by, timezone.localdate(at), series.indicator, series.subject_id)
    indicator = catalogue().get(series.indicator)
    if seen is None or indicator is None:
        raise Refused(NO_CHART)
    if not (verdict := may_be_shared(indicator.card)):
        raise Refused(verdict)
    paper = begun(by, at, item, form_key)
    return _frozen(paper, chart_of(seen, indicator, at), says, by, at, form_key, knowingly)


@operation(Permission.KEEP_MEETINGS, on="result")
def make_data_pack(
    *,
    by: Actor,
    at: datetime,
    item: AgendaItem,
    series: Sequence[Series],
    says: PaperSays,
    form_key: UUID,
    funnels: Sequence[str] = (),
    theme: Dimension | None = None,
    knowingly: str = "",
) -> Paper:
    """This function will make one paper of several charts, each with its data card, frozen now (MTG-13, MTG-14, DAT-01).

    Of an item about a body they are that body's. ``funnels`` are the indicators to be drawn as one, of all bodies that
    the maker may see (DAT-03), and ``theme`` is the one of which the charts were chosen. Raises Refused, which names
    every chart whose data card leaves a field open, and the field, or the funnel that has too few bodies.
    """
    if not 1 <= len(series) + len(funnels) <= CHARTS_AT_MOST:
        raise Invalid(
            f"Choose one to {CHARTS_AT_MOST} charts, funnels among them. "
            "A pack that nobody reads to its end helps nobody."
        )
    paper = begun(by, at, item, form_key)
    about, on = paper.item.subject or paper.item.group.subject, timezone.localdate(at)
    whose = with_figures(about)
    chosen = [_seen(by, on, one.indicator, one.subject_id, whose) for one in series]
    known = [_offered(by, on, one, whose) for one in dict.fromkeys(funnels)]
    verdict = ALLOWED
    for indicator in {one.id: one for one in (*(one for _, one in chosen), *known)}.values():
        if theme is not None and theme not in {row_of(one) for one in indicator.dimensions}:
            raise Refused(NO_CHART)
        for reason in may_be_shared(indicator.card).reasons:
            verdict &= refused(f"{indicator.name}: {reason.says}", reason.source)
    if not verdict:
        raise Refused(verdict)
    drawn = [(one, *_laid_out(by, on, one)) for one in known]
    return _frozen(paper, data_pack_of(chosen, drawn, about, theme, at), says, by, at, form_key, knowingly)


@operation(Permission.KEEP_MEETINGS, on="paper")
def revise_paper(
    *,
    by: Actor,
    at: datetime,
    paper: Paper,
    seen: int,
    says: PaperSays,
    form_key: UUID,
    file: PaperFile | None = None,
    knowingly: str = "",
) -> PaperVersion:
    """This function will bring a new version of a paper, with another file or with other words beside the same one.

    ``seen`` is the version that the writer had before them. Raises Overtaken where it is not the newest.
    """
    found = _kept_paper(by, at, paper)
    if PaperVersion.objects.filter(form_key=form_key).exists():
        raise Already("This version is on record already.")
    newest = PaperVersion.objects.filter(paper=found).latest("number")
    if newest.number != seen:
        raise Overtaken("Somebody else brought a newer version of this paper meanwhile. Read theirs first.")
    if PaperRecord.objects.filter(version=newest).exists():
        raise Refused(FROZEN)
    return write(found, seen + 1, says, by, at, form_key, knowingly, **(of_file(file) if file else of_version(newest)))


@operation(Permission.KEEP_MEETINGS, on="paper")
def withdraw_paper(*, by: Actor, at: datetime, paper: Paper, because: str, knowingly: str = "") -> PaperWithdrawal:
    """This function will withdraw a paper, with the reason: it is in no pack any more, and who was given it can be told."""
    found = _kept_paper(by, at, paper)
    if not because.strip():
        raise Invalid("Say why it is withdrawn: whoever has read it will ask.")
    return PaperWithdrawal.objects.create(
        paper=found,
        because=because.strip(),
        knowingly=why_it_stays([because], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.SEE_MEETINGS)
def note_papers_given(*, by: Actor, at: datetime, versions: Collection[PaperVersion], how: Given) -> int:
    """This function will write down which papers somebody is given now, and how; once a day for each (IGV-08).

    Raises Refused where one of them is not for the actor, and Already where each is on record today.
    """
    today = timezone.localdate(at)
    papers = {one.paper_id for one in versions}
    if Paper.objects.visible_to(by, today).filter(pk__in=papers).count() != len(papers):
        raise Refused(ABSENT)
    mine = PaperGiven.objects.filter(version__in=list(versions), who=by.actor_id, how=how.value, on=today)
    has = set(mine.values_list("version", flat=True))
    rows = [
        PaperGiven(version=one, who=by.actor_id, how=how.value, on=today, recorded_at=at, recorded_by=by.actor_id)
        for one in versions
        if one.pk not in has
    ]
    if not rows:
        raise Already("That they were given today is on record.")
    PaperGiven.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


# --- steps of the above


def _seen(by: Actor, on: date, name: str, subject: UUID, whose: Subject | None) -> tuple[Series, Indicator]:
    """A series that goes into a pack; of a pack about a body that body's alone."""
    seen, known = one_series(by, on, name, subject), catalogue().get(name)
    if seen is None or known is None or (whose is not None and seen.subject_id != whose.pk):
        raise Refused(NO_CHART)
    return seen, known


def _offered(by: Actor, on: date, name: str, whose: Subject | None) -> Indicator:
    """An indicator of which a funnel goes into a pack; of a pack about a body one that it has figures of."""
    known = catalogue().get(name)
    if known is None or (whose is not None and one_series(by, on, name, whose.pk) is None):
        raise Refused(NO_CHART)
    return known


def _laid_out(by: Actor, on: date, indicator: Indicator) -> tuple[Peers, LaidOut]:
    peers = peers_of(by, on, indicator)
    laid = laid_out(indicator, peers) if peers is not None else None
    if peers is None or laid is None:
        raise Refused(refused(f"{indicator.name}: {NO_FUNNEL}", "DAT-03"))
    return peers, laid


def _frozen(
    paper: Paper, content: dict[str, Any], says: PaperSays, by: Actor, at: datetime, form_key: UUID, knowingly: str
) -> Paper:
    version = write(paper, 1, says, by, at, form_key, knowingly, sha256=hash_of(content))
    PaperRecord.objects.create(version=version, as_of=at, content=content, recorded_at=at, recorded_by=by.actor_id)
    return paper


def _kept_paper(by: Actor, at: datetime, paper: Paper) -> Paper:
    kept_item(by, at, paper.item)
    found = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if PaperWithdrawal.objects.filter(paper=found).exists():
        raise Refused(WITHDRAWN)
    return found
