"""One file's statements about how organisations hang together, laid beside those of earlier files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from sightline.directory.models import NamedLink, Organisation, Relation
from sightline.directory.operations._bodies import Bodies, chunks, day_before, stretched
from sightline.directory.operations._rows import add_rows
from sightline.directory.records import RelationRecord
from sightline.directory.words import Link

_Key = tuple[UUID, str, UUID, date | None]


class Links:
    """The links that one file states: known ones stretched, new ones made, outdated ones ended."""

    def __init__(self, source: str, stated: date | None, at: datetime) -> None:
        self.source, self.stated, self.at = source, stated, at
        self._known: dict[_Key, Relation] = {}
        self._new: list[Relation] = []
        self._altered: dict[int, Relation] = {}
        self._named_new: list[NamedLink] = []
        self._named_altered: list[NamedLink] = []
        self._succeeded: list[Organisation] = []

    def state(self, records: Sequence[RelationRecord], bodies: Bodies) -> None:
        """This function will take in what a file says of links; the bodies at both ends are found or made first."""
        bodies.state([], {code for record in records for code in (record.code, record.to_code) if code})
        self._load(bodies.organisation(record.code).pk for record in records)
        groups: set[tuple[UUID, str]] = set()
        for record in records:
            origin = bodies.organisation(record.code)
            if not record.to_code:
                continue
            target = bodies.organisation(record.to_code)
            if origin.pk != target.pk and self._state(record, origin, target):
                groups.add((origin.pk, record.link))
                if record.link is Link.SUCCEEDED_BY:
                    self._succeeded.append(origin)
        self._end_outdated(groups)
        self._state_named([record for record in records if record.to_name and not record.to_code], bodies)

    def _load(self, origins: Iterable[UUID]) -> None:
        for part in chunks(set(origins)):
            for known in Relation.objects.filter(source=self.source, is_by_name=False, origin__in=part):
                self._known[_key(known)] = known

    def _state(self, record: RelationRecord, origin: Organisation, target: Organisation) -> bool:
        key = (origin.pk, str(record.link), target.pk, record.valid_from)
        known = self._known.get(key)
        if known is None:
            known = Relation(
                origin_id=origin.pk,
                link=record.link,
                target_id=target.pk,
                valid_from=record.valid_from,
                valid_to=record.valid_to,
                stated_end=record.valid_to,
                is_part=record.is_part,
                source=self.source,
                first_stated=self.stated,
                last_stated=self.stated,
                recorded_at=self.at,
            )
            self._known[key] = known
            self._new.append(known)
            return True
        newest = self.stated is None or known.last_stated is None or self.stated >= known.last_stated
        ends_anew = newest and record.valid_to != known.stated_end
        if ends_anew:
            known.stated_end = known.valid_to = record.valid_to
        if not stretched(known, self.stated) and not ends_anew:
            return False
        self._alter(known)
        return True

    def _alter(self, known: Relation) -> None:
        if known.pk is not None:
            self._altered[known.pk] = known

    def _end_outdated(self, groups: Collection[tuple[UUID, str]]) -> None:
        together: dict[tuple[UUID, str], list[Relation]] = defaultdict(list)
        for known in self._known.values():
            if (group := (known.origin_id, str(known.link))) in groups and known.link != Link.SUCCEEDED_BY:
                together[group].append(known)
        for several in together.values():
            for one in ended_by_later(several):
                self._alter(one)

    def _state_named(self, records: Sequence[RelationRecord], bodies: Bodies) -> None:
        known = {
            (link.origin_id, link.link, link.name): link
            for part in chunks({bodies.organisation(record.code).pk for record in records})
            for link in NamedLink.objects.filter(source=self.source, origin__in=part)
        }
        for record in records:
            origin = bodies.organisation(record.code)
            key = (origin.pk, str(record.link), record.to_name[:250])
            if key in known:
                if stretched(known[key], self.stated) and known[key].pk is not None:
                    self._named_altered.append(known[key])
                continue
            known[key] = NamedLink(
                origin_id=origin.pk,
                link=record.link,
                name=key[2],
                kind=record.to_kind,
                source=self.source,
                first_stated=self.stated,
                last_stated=self.stated,
                recorded_at=self.at,
            )
            self._named_new.append(known[key])

    def succeeded(self) -> list[Organisation]:
        """This function will give the bodies of which the file newly says that others succeeded them."""
        return self._succeeded

    def days_of_succession(self, pks: Collection[UUID]) -> dict[UUID, date]:
        """This function will give the last day on which another body took over from each of these."""
        days: dict[UUID, date] = {}
        steps = [(one.origin_id, one.valid_from) for one in self._new if one.link == Link.SUCCEEDED_BY]
        steps += list(Relation.objects.filter(link=Link.SUCCEEDED_BY).values_list("origin_id", "valid_from"))
        for pk, day in steps:
            if day and pk in pks:
                days[pk] = max(day, days.get(pk, day))
        return days

    def save(self) -> int:
        """This function will write everything down and count it."""
        save_relations(self._new, list(self._altered.values()))
        NamedLink.objects.bulk_create(self._named_new, batch_size=500)
        NamedLink.objects.bulk_update(self._named_altered, ["first_stated", "last_stated"], batch_size=100)
        return len(self._new) + len(self._altered) + len(self._named_new)


def save_relations(new: Sequence[Relation], altered: Sequence[Relation]) -> None:
    """This function will write relations down."""
    add_rows(new)
    Relation.objects.bulk_create(
        altered,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["valid_to", "stated_end", "first_stated", "last_stated"],
        batch_size=500,
    )


def ended_by_later(several: Sequence[Relation]) -> list[Relation]:
    """This function will set where each ends, and give those for which that changed.

    Of undated links of one kind from one body by one source, a later edition's replaces an earlier one's.
    """
    changed = []
    for one in several:
        if one.stated_end or one.valid_from or one.last_stated is None:
            continue
        later = [other.first_stated for other in several if other.first_stated and other.first_stated > one.last_stated]
        end = day_before(min(later)) if later else None
        if one.valid_to != end:
            one.valid_to = end
            changed.append(one)
    return changed


def _key(known: Relation) -> _Key:
    return (known.origin_id, known.link, known.target_id, known.valid_from)
