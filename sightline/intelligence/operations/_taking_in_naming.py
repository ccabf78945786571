"""Whom the names in a file mean: bodies on record, names that wait for a person, and bodies not followed here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sightline.core.access import Actor
from sightline.directory.models import Relation, Subject
from sightline.directory.naming import folded
from sightline.directory.operations import ensure_bodies
from sightline.directory.queries import resolve_many, subjects_by_code
from sightline.directory.words import Link
from sightline.intake.contract import NamedBody
from sightline.intelligence.matching import Matched, Nobody, Other, OtherKind, Several, roll_now
from sightline.intelligence.sources._offices import words_of
from sightline.intelligence.sources.contract import NamedSubject

LONGEST_NAME = 250
# A name with one of these may be a provider's, though no list has it: a person looks. Others are left as they are.
_PROVIDERS = words_of(
    "trust hospital hospitals infirmary surgery practice clinic hospice pharmacy ambulance healthcare medical dental",
    "dentist dentists nursing care home homes lodge manor health",
)


@dataclass(frozen=True, slots=True)
class Meant:
    """What one name means: a body with its heirs, or, where that is not plain, a name that waits with candidates."""

    words: str
    code: str = ""
    name: str = ""
    heirs: tuple[tuple[str, str], ...] = ()
    waits: bool = False
    candidates: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The body as it then was, and those it became."""
        return (self.code, *(code for code, _ in self.heirs)) if self.code else ()


class Naming:
    """The names of one file, each looked up once for each day."""

    def __init__(self, named: Iterable[NamedSubject], *, always: bool) -> None:
        """``always`` says that whoever is named is a provider, as in what patients write."""
        self._roll = roll_now()
        self._always = always
        self._bodies = resolve_many({one.code for one in named if one.code})
        self._known: dict[tuple[NamedSubject, date], Meant] = {}
        self._later: dict[str, list[tuple[str, str]]] = defaultdict(list)
        rows = Relation.objects.filter(link=Link.SUCCEEDED_BY).order_by("pk")
        for old, new, name in rows.values_list("origin__code", "target__code", "target__name"):
            self._later[old].append((new, name))

    def meant(self, named: NamedSubject, on: date) -> Meant:
        """This function will say whom a name means on a day; a code that contradicts its name waits for a person."""
        key = (named, on)
        if key not in self._known:
            self._known[key] = self._look_up(named, on)
        return self._known[key]

    def _look_up(self, named: NamedSubject, on: date) -> Meant:
        words = _written(named)
        body = self._bodies.get(named.code) if named.code else None
        answer = self._roll.match(named.name, on) if named.name else Nobody()
        if body is not None:
            other = answer.body.code if isinstance(answer, Matched) else body.code
            if not self._is_one_line(body.code, other):
                return Meant(words, waits=True, candidates=tuple(sorted({body.code, other})))
            return Meant(words, body.code, body.name, self._heirs(body.code))
        match answer:
            case Matched():
                return Meant(words, answer.body.code, answer.body.name, self._heirs(answer.body.code))
            case Several():
                return Meant(words, waits=True, candidates=tuple(one.code for one in answer.bodies))
            case Other() if not self._always and not (answer.kind is OtherKind.COMPANY and _may_care(named.name)):
                return Meant(words)
            case Nobody() if not self._always and not _may_care(named.name):
                return Meant(words)
        return Meant(words, waits=True)

    def _is_one_line(self, one: str, other: str) -> bool:
        """Whether two codes are one body's, or one became the other."""
        ahead = {code for code, _ in self._heirs(one)}
        return one == other or other in ahead or one in {code for code, _ in self._heirs(other)}

    def _heirs(self, code: str) -> tuple[tuple[str, str], ...]:
        """All the way to today's, so that whoever follows the body of today misses nothing of the body of then."""
        found: dict[str, str] = {}
        waiting = [code]
        while waiting:
            for new, name in self._later.get(waiting.pop(), ()):
                if new != code and new not in found:
                    found[new] = name
                    waiting.append(new)
        return tuple(sorted(found.items()))


def subjects_of(meant: Collection[Meant], by: Actor, at: datetime) -> dict[str, Subject]:
    """This function will give the subject of every body that is meant, by its code, and make one that lacks its own."""
    names = {one.code: one.name for one in meant if one.code}
    names |= {code: name for one in meant for code, name in one.heirs}
    found = subjects_by_code(names)
    lacking = [NamedBody(code, name) for code, name in sorted(names.items()) if code not in found]
    return {**found, **ensure_bodies(by=by, at=at, bodies=lacking)} if lacking else found


def _written(named: NamedSubject) -> str:
    both = f"{named.name} ({named.code})" if named.name and named.code != named.name and named.code else ""
    return (both or named.name or named.code)[:LONGEST_NAME]


def _may_care(name: str) -> bool:
    return bool(set(folded(name).split()) & _PROVIDERS)
