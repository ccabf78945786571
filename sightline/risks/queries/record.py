"""What registers look at when they look at themselves: all risks of a record, kept and mended by what was done to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Model

from sightline.audit.keeping import until_changed_by
from sightline.risks.models import LookBack, Measure, Place, Risk
from sightline.risks.queries.facts import Told, told_again, told_of
from sightline.risks.queries.rows import Then, Those, around_of
from sightline.risks.words import WRITTEN_BY

# The apps whose tables the checks look at: a meeting, a plan or an exchange changes nothing that they find.
ELSEWHERE = ("surveillance", "profiles", "indicators", "intelligence", "groups", "accounts", "directory", "rulebook")
RESTS_ON = ("risks", *ELSEWHERE)
REMEMBERED = 1_000  # changes of which it is known to which risk they were done; after more everything is read anew
AT_MOST = 64  # systems of whose records is kept how they stand
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Journal:
    """To which risks something was done, in turn, since a moment of which the journal alone knows."""

    began: object = field(default_factory=object)
    risks: tuple[str, ...] = ()

    def since(self, other: Journal) -> frozenset[str] | None:
        """This function will name the risks to which something was done since then; None where that is not known."""
        return frozenset(self.risks[len(other.risks) :]) if self.began is other.began else None


def _done_to(kept: Journal, risks: Iterable[str]) -> Journal:
    """An event without an id tells of some risk and not of which."""
    found = (*kept.risks, *risks)
    return Journal(kept.began, found) if len(found) <= REMEMBERED and all(found) else Journal()


def _of(model: type[Model]) -> Callable[[Journal, Sequence[str]], Journal]:
    """An event that names something of a risk: the risk is found by it."""

    def mend(kept: Journal, ids: Sequence[str]) -> Journal:
        if not all(ids):
            return Journal()
        rows = model._default_manager.filter(pk__in=ids, risk__isnull=False).order_by()
        return _done_to(kept, (str(risk) for risk in rows.values_list("risk", flat=True)))

    return mend


_WHOLE = ("open_risk", "restate_risk", "score_risk", "accept_risk", "review_risk", "close_risk")
_PARTS = ("place_risk", "add_measure", "link_risk")
MENDS: Mapping[str, Callable[[Journal, Sequence[str]], Journal]] = {
    **{f"risks.{name}": _done_to for name in (*_WHOLE, *_PARTS)},
    "risks.step_measure": _of(Measure),
    "risks.remove_from_register": _of(Place),
    "risks.open_look_back": _of(LookBack),
    "risks.record_finding": lambda kept, ids: kept,  # what a look-back finds is nothing that the checks look at
    "risks.finish_look_back": lambda kept, ids: kept,
    "risks.tell_of_risk_reviews": lambda kept, ids: kept,
}


@until_changed_by(*WRITTEN_BY, mends=MENDS)
def _journal() -> Journal:
    return Journal()


@until_changed_by(*ELSEWHERE)
def elsewhere() -> object:
    """This function will give something that is the same until something else changed on which the checks rest."""
    return object()


@dataclass(frozen=True)
class Record:
    """Every risk on the record of one system as it stands on a day, in order, and by where it stands and what it is about."""

    on: date
    told: Mapping[str, Told]
    by_place: Mapping[tuple[str, UUID], frozenset[str]]
    by_subject: Mapping[str, frozenset[str]]

    def is_laid_out_as(self, other: Record) -> bool:
        """This function will say whether the same risks stand in the same places and are about the same, as it was kept."""
        return self.by_place is other.by_place and self.by_subject is other.by_subject


@dataclass(frozen=True, slots=True)
class _Kept:
    journal: Journal
    elsewhere: object
    record: Record


_records: dict[str, _Kept] = {}


def record_of(system: str, on: date) -> Record:
    """This function will give how the record of a system stands on a day.

    Of the day that was asked for last it is kept: read again are the risks to which something was done since, and what
    other apps know of all of them once something changed there. The log is looked at first, so that what is kept may be
    newer than it says, and never older.
    """
    journal, other = _journal(), elsewhere()
    kept = _records.get(system)
    changed = journal.since(kept.journal) if kept and kept.record.on == on else None
    if kept is None or changed is None:
        record = _read(system, on)
    else:
        record = _mended(kept.record, system, changed) if changed else kept.record
        record = record if kept.elsewhere is other else _around_again(record, system)
    if len(_records) >= AT_MOST:
        _records.clear()
    _records[system] = _Kept(journal, other, record)
    return record


def _read(system: str, on: date) -> Record:
    told = told_of(Those(system=system), Risk.objects.filter(system=system), Then(on))
    return Record(on, told, _by(_stands, told.values()), _by(_about, told.values()))


def _mended(record: Record, system: str, risks: Collection[str]) -> Record:
    """The same with some risks read again. None is ever taken off a record; one that is new has its place in the order."""
    some = list(Risk.objects.filter(system=system, pk__in=risks))
    fresh = told_of(Those([one.pk for one in some]), some, Then(record.on))
    told = {**record.told, **fresh}
    if fresh.keys() - record.told.keys():
        told = dict(sorted(told.items(), key=lambda pair: pair[1].order))
    was = [record.told[key] for key in fresh if key in record.told]
    return Record(
        record.on,
        told,
        _by_again(record.by_place, _stands, was, fresh.values()),
        _by_again(record.by_subject, _about, was, fresh.values()),
    )


def _around_again(record: Record, system: str) -> Record:
    around = around_of(Those(system=system), Then(record.on), [one.said for one in record.told.values()])
    return Record(record.on, told_again(record.told, around, record.on), record.by_place, record.by_subject)


def _stands(one: Told) -> Iterable[tuple[str, UUID]]:
    return one.stands


def _about(one: Told) -> Iterable[str]:
    return one.facts.subjects


def _by(what: Callable[[Told], Iterable[K]], told: Iterable[Told]) -> Mapping[K, frozenset[str]]:
    found: dict[K, set[str]] = defaultdict(set)
    for one in told:
        for key in what(one):
            found[key].add(one.facts.id)
    return {key: frozenset(some) for key, some in found.items()}


def _by_again(
    held: Mapping[K, frozenset[str]], what: Callable[[Told], Iterable[K]], was: Iterable[Told], now: Iterable[Told]
) -> Mapping[K, frozenset[str]]:
    """Only what is otherwise now is put together again; where nothing is, it is the same."""
    gone, came = _by(what, was), _by(what, now)
    fresh = {
        key: held.get(key, frozenset()) - gone.get(key, frozenset()) | came.get(key, frozenset())
        for key in gone.keys() | came.keys()
        if gone.get(key) != came.get(key)
    }
    return {**held, **fresh} if fresh else held
