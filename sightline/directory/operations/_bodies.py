"""One file's statements about organisations, laid beside those of earlier files, and what follows from them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from sightline.directory.models import Alias, Edition, Identifier, Listing, NamedLink, Organisation, Relation
from sightline.directory.naming import folded
from sightline.directory.operations._rows import add_rows
from sightline.directory.operations._settled import Settled, settled
from sightline.directory.records import OrganisationRecord
from sightline.directory.words import Kind

if TYPE_CHECKING:
    from sightline.directory.operations._links import Links

CHUNK = 800  # parameters in one query, below the limit of every database we run on
_COLUMNS = ("name", "kind", "sector", "opened_on", "closed_on", "delisted_on", "postcode", "code")
T = TypeVar("T", str, UUID)
_Said = tuple[str, str, str, date | None, date | None, str]


def chunks(items: Iterable[T]) -> Iterable[list[T]]:
    """This function will part items into lists that fit one query."""
    everything = list(items)
    return (everything[at : at + CHUNK] for at in range(0, len(everything), CHUNK))


class Bodies:
    """The organisations that one file speaks of: known ones found, new ones made, statements added."""

    def __init__(self, source: str, stated: date | None, at: datetime) -> None:
        self.source, self.stated, self.at = source, stated, at
        self.named: set[str] = set()
        self.added: set[str] = set()
        self.changed: set[str] = set()
        self.closed = 0
        self.remarks: list[str] = []
        self._by_code: dict[str, Organisation] = {}
        self._touched: dict[UUID, Organisation] = {}
        self._new: dict[UUID, Organisation] = {}
        self._altered: list[Organisation] = []
        self._recoded: set[UUID] = set()
        self._listings: dict[UUID, list[Listing]] = defaultdict(list)
        self._new_listings: list[Listing] = []
        self._restated: list[Listing] = []
        self._more: list[Alias | Identifier] = []

    @property
    def touched(self) -> list[Organisation]:
        """The organisations about which something was said that was not known before."""
        return list(self._touched.values())

    @property
    def is_changed(self) -> bool:
        """Whether anything at all is to be written."""
        return bool(self._new or self._altered or self._new_listings or self._more)

    def organisation(self, code: str) -> Organisation:
        """This function will give a body that was found or made before."""
        return self._by_code[code]

    def organisations_of(self, codes: Iterable[str]) -> list[Organisation]:
        """This function will give bodies that were found or made before, each once."""
        return list({self._by_code[code].pk: self._by_code[code] for code in codes}.values())

    def is_nameless(self, code: str) -> bool:
        """This function will say whether no list has named this body yet."""
        found = self._by_code.get(code)
        return found is None or found.name in {found.code, code}

    def find(self, codes: Collection[str]) -> None:
        """This function will look bodies up; another scheme's code that a list gave a body beats a body of that code."""
        for part in chunks(code for code in codes if code not in self._by_code):
            self._by_code |= {found.code: found for found in Organisation.objects.filter(code__in=part)}
            for identifier in Identifier.objects.filter(value__in=part).select_related("organisation"):
                self._by_code[identifier.value] = identifier.organisation

    def state(self, records: Sequence[OrganisationRecord], mentioned: Collection[str]) -> None:
        """This function will take in what a file says of organisations, and meet those that it only mentions."""
        others = {value for record in records for _, value in record.identifiers}
        self.find({record.code for record in records} | set(mentioned) | others)
        for record in records:
            self._recode(record)
        for code in [*(record.code for record in records), *mentioned]:
            if code not in self._by_code:
                self._make(code)
        self._load_listings({self._by_code[record.code].pk for record in records})
        for record in records:
            self._list(record)
        self._say_more(records)

    def _make(self, code: str) -> None:
        made = Organisation(code=code, name=code, kind=Kind.UNKNOWN, recorded_at=self.at)
        self._by_code[code] = self._new[made.pk] = self._touched[made.pk] = made
        self.added.add(code)

    def _recode(self, record: OrganisationRecord) -> None:
        """A body first met under another scheme's code goes on under its own."""
        for _, value in record.identifiers:
            met = self._by_code.get(value)
            if met is None or met.code != value:
                continue
            if record.code in self._by_code:
                self.remarks.append(f"{value} was met before its own code {record.code} was known; both stand.")
            else:
                met.code = record.code
                self._by_code[record.code] = met
                self._touched[met.pk] = met
                self._recoded.add(met.pk)

    def _load_listings(self, bodies: set[UUID]) -> None:
        old = [pk for pk in bodies if pk not in self._new]
        for part in chunks(old):
            for listing in Listing.objects.filter(organisation__in=part):
                self._listings[listing.organisation_id].append(listing)

    def _list(self, record: OrganisationRecord) -> None:
        body = self._by_code[record.code]
        if record.name:
            self.named.add(body.code)
        said = _said_by(record)
        for listing in self._listings[body.pk]:
            if listing.source == self.source and _said_in(listing) == said:
                self._restate(listing, body)
                return
        listing = Listing(
            organisation_id=body.pk,
            source=self.source,
            name=record.name,
            kind=record.kind,
            sector=record.sector or "",
            opened_on=record.opened_on,
            closed_on=record.closed_on,
            postcode=record.postcode[:10],
            first_stated=self.stated,
            last_stated=self.stated,
            recorded_at=self.at,
        )
        self._listings[body.pk].append(listing)
        self._new_listings.append(listing)
        self._touched[body.pk] = body

    def _restate(self, listing: Listing, body: Organisation) -> None:
        if stretched(listing, self.stated):
            if listing.pk is not None:
                self._restated.append(listing)
            self._touched[body.pk] = body

    def _say_more(self, records: Sequence[OrganisationRecord]) -> None:
        """Other names and other codes, each once."""
        fuller = [record for record in records if record.aliases or record.identifiers]
        pks = {self._by_code[record.code].pk for record in fuller}
        aliases: set[tuple[UUID, str]] = set()
        codes: dict[tuple[str, str], UUID] = {}
        for part in chunks(pks):
            aliases |= set(Alias.objects.filter(organisation__in=part).values_list("organisation_id", "folded"))
        for values in chunks({value for record in fuller for _, value in record.identifiers}):
            found = Identifier.objects.filter(value__in=values).values_list("scheme", "value", "organisation_id")
            codes |= {(scheme, value): pk for scheme, value, pk in found}
        for record in fuller:
            body = self._by_code[record.code]
            for name in record.aliases:
                if (key := (body.pk, folded(name)[:250])) not in aliases:
                    aliases.add(key)
                    self._add(
                        Alias(
                            organisation=body, name=name[:250], folded=key[1], source=self.source, recorded_at=self.at
                        )
                    )
            for scheme, value in record.identifiers:
                owner = codes.get((scheme, value))
                if owner is None:
                    codes[(scheme, value)] = body.pk
                    self._add(Identifier(organisation=body, scheme=scheme, value=value, recorded_at=self.at))
                elif owner != body.pk:
                    self.remarks.append(f"{value} belongs to another organisation than {body.code}; it was left there.")

    def _add(self, more: Alias | Identifier) -> None:
        self._more.append(more)
        self._touched[more.organisation.pk] = more.organisation

    def touch_those_left_out(self) -> None:
        """This function will look again at whoever an earlier or later edition of a complete list has and this one not."""
        here = {self._by_code[code].pk for code in self.named if code in self._by_code}
        others = Organisation.objects.filter(listings__source=self.source).exclude(listings__name="").distinct()
        for body in others:
            if body.pk not in here:
                self._touched.setdefault(body.pk, body)

    def settle(self, links: Links) -> None:
        """This function will work out, from all statements, what the directory shows of each body touched."""
        for body in links.succeeded():
            self._touched.setdefault(body.pk, body)
        self._load_listings({pk for pk in self._touched if pk not in self._listings})
        editions: dict[str, list[date]] = defaultdict(list)
        for source, day in Edition.objects.filter(is_complete=True).order_by("as_of").values_list("source", "as_of"):
            editions[source].append(day)
        ended = links.days_of_succession(self._touched)
        for pk, body in self._touched.items():
            self._apply(body, settled(body.code, self._listings[pk], editions, ended.get(pk)))

    def _apply(self, body: Organisation, now: Settled) -> None:
        before = tuple(getattr(body, column) for column in _COLUMNS)
        was_open = body.closed_on is None and body.delisted_on is None
        body.name, body.kind, body.sector, body.postcode = now.name, now.kind, now.sector, now.postcode
        body.opened_on, body.closed_on, body.delisted_on = now.opened_on, now.closed_on, now.delisted_on
        after = tuple(getattr(body, column) for column in _COLUMNS)
        if body.pk in self._new or (before == after and body.pk not in self._recoded):
            return
        self._altered.append(body)
        self.changed.add(body.code)
        self.closed += was_open and not (body.closed_on is None and body.delisted_on is None)

    def save(self) -> None:
        """This function will write everything down."""
        add_rows(list(self._new.values()))
        Organisation.objects.bulk_create(
            self._altered, update_conflicts=True, unique_fields=["id"], update_fields=list(_COLUMNS), batch_size=500
        )
        add_rows(self._new_listings)
        Listing.objects.bulk_create(
            self._restated,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["first_stated", "last_stated"],
            batch_size=500,
        )
        Alias.objects.bulk_create((m for m in self._more if isinstance(m, Alias)), batch_size=500)
        Identifier.objects.bulk_create((m for m in self._more if isinstance(m, Identifier)), batch_size=500)


def stretched(statement: Listing | Relation | NamedLink, stated: date | None) -> bool:
    """This function will let a statement reach to another day on which it was made; False when it did already."""
    first, last = statement.first_stated, statement.last_stated
    if stated is None or (first is not None and last is not None and first <= stated <= last):
        return False
    statement.first_stated = min(first or stated, stated)
    statement.last_stated = max(last or stated, stated)
    return True


def day_before(day: date) -> date:
    """This function will give the last day of whatever ends when another thing begins."""
    return day - timedelta(days=1)


def _said_by(record: OrganisationRecord) -> _Said:
    return (record.name, record.kind, record.sector or "", record.opened_on, record.closed_on, record.postcode[:10])


def _said_in(listing: Listing) -> _Said:
    return (
        listing.name, listing.kind, listing.sector, listing.opened_on, listing.closed_on, listing.postcode,
    )  # fmt: skip
