"""Each indicator's figures by subject, read off the parts, ready to be assessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

from sightline.core.indicators.reporting import late_signal
from sightline.core.signals import Signal as Noticed
from sightline.core.statistics.rulesets import DEFAULT_RULE_SET
from sightline.directory.models import Subject
from sightline.directory.queries import precursors, subjects_by_code
from sightline.indicators.catalogue import Indicator, Unit
from sightline.indicators.figures import Figures, joined
from sightline.indicators.models import ChartChoice, Method, Publication, Rebase
from sightline.indicators.parts import read_parts
from sightline.indicators.queries.known import catalogue, publications_ranked
from sightline.indicators.sources import tidy


@dataclass(frozen=True, slots=True)
class SubjectHistory:
    """One subject's own figures, those of the bodies it came from, and the rebases that stand."""

    subject: Subject
    own: Figures
    earlier: tuple[tuple[str, Figures], ...] = ()
    rebases: tuple[Rebase, ...] = ()

    def is_open_on(self, day: date) -> bool:
        """This function will say whether the body still exists: a closed one has not stopped reporting."""
        return is_open(self.subject, day)


def is_open(subject: Subject, day: date) -> bool:
    """This function will say whether a subject's organisation, where it has one, is open on the day."""
    return subject.organisation is None or subject.organisation.is_open(day)


@dataclass(frozen=True)
class History:
    """All figures of one indicator, by subject, and how they are to be assessed."""

    indicator: Indicator
    kind: str
    source: str
    subjects: Sequence[SubjectHistory]
    publications: Sequence[Publication]
    rule_set: str
    screen: bool
    chart: str = ""  # the kind that a person chose; empty: XmR

    @cached_property
    def subjects_by_key(self) -> dict[str, Subject]:
        """Subjects by their directory key."""
        return {one.subject.key: one.subject for one in self.subjects}

    @cached_property
    def peer_shares(self) -> dict[date, float]:
        """For each period, the share of the bodies that had begun to report by then and did report it."""
        begun = sorted(one.own.starts[0] for one in self.subjects)
        counts: dict[date, int] = {}
        for one in self.subjects:
            for day in one.own.starts:
                counts[day] = counts.get(day, 0) + 1
        return {day: count / sum(1 for first in begun if first <= day) for day, count in counts.items()}

    def publication_of(self, rank: int) -> str:
        """This function will give the id of the publication that brought a figure."""
        return str(self.publications[rank].pk)


def histories(
    folder: Path, indicators: set[str] | None, known_at: datetime | None = None
) -> Iterator[tuple[str, History]]:
    """This function will read figures one indicator at a time, in the order of their ids."""
    ranked = publications_ranked(known_at)
    names = sorted({name for publication in ranked for name in publication.indicators.split()})
    definitions = catalogue()
    groups: dict[tuple[str, ...], list[str]] = {}
    for name in names:
        if indicators is None or name in indicators:
            sharing = tuple(str(p.pk) for p in ranked if name in p.indicators.split())
            groups.setdefault(sharing, []).append(name)
    subjects: dict[str, Subject | None] = {}  # of many indicators about the same bodies, each body is looked up once
    # Indicators of the same publications are read together: their parts are opened once.
    for sharing, together in groups.items():
        publications = [p for p in ranked if str(p.pk) in sharing]
        for name, rows in _figures(folder, publications, set(together)):
            yield name, _history(definitions[name], publications, rows, subjects)


def _figures(
    folder: Path, publications: Sequence[Publication], names: set[str]
) -> Iterator[tuple[str, dict[str, Figures]]]:
    """Each indicator's figures by organisation code, read off the sorted parts."""
    frame = read_parts(folder, [(p.part_sha256, rank) for rank, p in enumerate(publications)], names)
    keys = frame.select("indicator", "code").rows()
    columns = {name: frame[name].to_list() for name in (
        "start", "value", "numerator", "denominator", "low", "high", "note", "band", "rank", "kind")}  # fmt: skip
    at = 0
    for name, of_indicator in groupby(keys, key=lambda key: key[0]):
        found: dict[str, Figures] = {}
        for code, rows in groupby(of_indicator, key=lambda key: key[1]):
            end = at + sum(1 for _ in rows)
            part = {column: tuple(values[at:end]) for column, values in columns.items()}
            found[code] = Figures(
                kind=part["kind"][-1], starts=part["start"], values=part["value"], numerators=part["numerator"],
                denominators=part["denominator"], lows=part["low"], highs=part["high"], notes=part["note"],
                bands=part["band"], ranks=part["rank"],
            )  # fmt: skip
            at = end
        yield name, found


def _history(
    indicator: Indicator,
    publications: Sequence[Publication],
    figures: Mapping[str, Figures],
    known: dict[str, Subject | None],
) -> History:
    method = Method.objects.filter(indicator=indicator.id).order_by("-recorded_at", "-pk").first()
    chosen = standing_choice(indicator.id)
    subjects, by_key = _by_subject(figures, known)
    before = precursors(set(by_key))
    rebases = _standing_rebases(indicator.id)
    found = [
        SubjectHistory(
            subject=subjects[key],
            own=own,
            earlier=_earlier(indicator, own, before.get(key, ()), by_key),
            rebases=tuple(rebases.get(subjects[key].pk, ())),
        )
        for key, own in by_key.items()
    ]
    return History(
        indicator=indicator,
        kind=found[0].own.kind if found else "",
        source=_road(publications[-1]),
        subjects=found,
        publications=publications,
        rule_set=method.rule_set if method else DEFAULT_RULE_SET.name,
        screen=method.screen if method else DEFAULT_RULE_SET.screens,
        chart=chosen.kind if chosen else "",
    )


def standing_choice(indicator: str) -> ChartChoice | None:
    """This function will give the chart that is chosen for an indicator; None where nobody chose or it was withdrawn."""
    newest = ChartChoice.objects.filter(indicator=indicator).order_by("-recorded_at", "-pk").first()
    return None if newest is None or newest.withdraws_id else newest


def _by_subject(
    figures: Mapping[str, Figures], known: dict[str, Subject | None]
) -> tuple[dict[str, Subject], dict[str, Figures]]:
    """Subjects and figures by the subject's key; a body's figures may have come under several of its codes.

    Of two figures that count alike, the one under the body's own code stays. Who is found is added to ``known``.
    """
    if fresh := figures.keys() - known.keys():
        known |= dict.fromkeys(fresh) | subjects_by_code(fresh)
    subjects: dict[str, Subject] = {}
    found: dict[str, Figures] = {}
    pairs = [(subject, code) for code in figures if (subject := known[code]) is not None]
    for subject, code in sorted(pairs, key=lambda pair: (pair[0].key != pair[1], pair[1])):
        own = figures[code]
        found[subject.key] = found[subject.key].laid_over(own) if subject.key in found else own
        subjects[subject.key] = subject
    return subjects, {key: found[key] for key in sorted(found)}


def _road(publication: Publication) -> str:
    """The independent road by which figures came: tidy tables are as many roads as there are returns."""
    return publication.title[:60] if publication.source == tidy.NAME else publication.source


def _earlier(
    indicator: Indicator, own: Figures, before: Sequence[Any], figures: Mapping[str, Figures]
) -> tuple[tuple[str, Figures], ...]:
    """The history of the bodies that became this one: together where all of them are known, else each by itself."""
    parts = [(one.name, figures[one.code].before(own.starts[0])) for one in before if one.code in figures]
    parts = [(name, part) for name, part in parts if part.starts]
    # Rates have their counts and counts add up; two scores make no third.
    can_be_added_up = indicator.per is not None or indicator.unit is Unit.COUNT
    if can_be_added_up and len(parts) > 1 and len(parts) == len(before):
        together = joined([part for _, part in parts], indicator.per)
        if together.starts:
            return ((" and ".join(name for name, _ in parts), together),)
    return tuple(parts)


def _standing_rebases(indicator: str) -> dict[Any, list[Rebase]]:
    standing: dict[Any, list[Rebase]] = {}
    rows = Rebase.objects.filter(indicator=indicator, withdraws=None, withdrawn_by=None).order_by("from_on")
    for row in rows:
        standing.setdefault(row.subject_id, []).append(row)
    return standing


def late_publications(today: date) -> dict[str, list[Noticed]]:
    """This function will tell, for every indicator with figures, whether its next publication is overdue (DAT-05).

    It asks the publications alone: time passes for those indicators too whose figures nobody touches.
    """
    newest: dict[str, Publication] = {}
    for publication in publications_ranked():
        for name in publication.indicators.split():
            if name not in newest or _reach(publication) >= _reach(newest[name]):
                newest[name] = publication
    definitions = catalogue()
    return {name: _late(definitions[name], publication, today) for name, publication in newest.items()}


def _reach(publication: Publication) -> date:
    return publication.last_period or date.min


def _late(indicator: Indicator, newest: Publication, today: date) -> list[Noticed]:
    if newest.last_period is None or indicator.cadence_months == 0:
        return []
    signal = late_signal(
        subject="",
        measure=indicator.id,
        source=_road(newest),
        publication=str(newest.pk),
        last_published=indicator.published_by(newest.last_period),
        cadence=indicator.cadence,
        today=today,
        grace_days=0,  # the catalogue's lag is already the day by which figures are out, not the usual one
    )
    return [signal] if signal else []
