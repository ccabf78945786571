"""Which organisation somebody means by a name: one, several for a person to choose from, or none; never a guess."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sightline.audit.keeping import until_anything_changes
from sightline.directory.models import Alias, Listing, Organisation, Relation
from sightline.directory.naming import folded
from sightline.directory.words import AREAS, Kind, Link
from sightline.intelligence.sources._addressees import is_office, offices_cut, pieces
from sightline.intelligence.sources._offices import words_of
from sightline.intelligence.sources._others import OtherKind, other_kind

__all__ = ["Body", "Heir", "Matched", "Nobody", "Other", "OtherKind", "Roll", "Several", "match", "roll_now"]


@dataclass(frozen=True, slots=True)
class Body:
    """One organisation that a name may mean."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Heir:
    """A body that took over from the one that is meant, on a day, whole or in part."""

    code: str
    name: str
    on: date | None
    is_part: bool


@dataclass(frozen=True, slots=True)
class Matched:
    """Exactly one body, as it was on the day; ``heirs``, all the way to today's, are to be told of it."""

    body: Body
    heirs: tuple[Heir, ...] = ()


@dataclass(frozen=True, slots=True)
class Several:
    """Bodies that may be meant, one or more: a person must say which it is, if any."""

    bodies: tuple[Body, ...]


@dataclass(frozen=True, slots=True)
class Nobody:
    """No organisation on record bears that name."""


@dataclass(frozen=True, slots=True)
class Other:
    """A body whose quality is not watched here."""

    kind: OtherKind


Answer = Matched | Several | Nobody | Other

# Named by statute or licence, so that no two share a name on a day. A surgery, a home or a company may have a
# namesake in another town, on no list here: its name alone makes it a candidate, never a match.
_NAMED_BY_LAW = frozenset({Kind.NHS_TRUST, Kind.CARE_TRUST, Kind.AMBULANCE_SERVICE, Kind.ICB, Kind.CCG})
_FORM = re.compile(
    r"\b(?:(?:national health service|nhs)(?: foundation)? trust|foundation nhs trust|nhs ft|foundation trust|trust)$"
)
_SAYS_TRUST = re.compile(r"\btrust\b|\bnhs ft\b")
_SAYS_BODY = re.compile(rf"{_SAYS_TRUST.pattern}|\bicb$|\bintegrated care board$")
# Not asked for by name in a letter: a place in an address is no addressee, and a cost centre bears others' names.
_NOT_ADDRESSED = (AREAS - {Kind.ICB, Kind.CCG}) | {Kind.PRESCRIBER, Kind.UNKNOWN}
# A core must still say that it is a body: “Medway” or “Bolton” alone is a place in an address.
_ORGANISED = words_of("hospital ambulance partnership healthcare mental teaching acute")
# Hospitals in several towns are called after them, and only one of each is a trust.
_PATRONS = words_of("queen king prince princess st saint royal victoria alexandra elizabeth city new")
_LOOSE = words_of("university teaching general hospital healthcare health royal nhs of the and district")
_LONGEST = 600  # characters of one addressee that are looked at
_RUN = 4  # pieces between commas of which a name is made at most: “Tees, Esk and Wear Valleys” has two


@dataclass(frozen=True, slots=True)
class _Called:
    """One name of one body; ``is_other`` when a list gives it beside the name that the body bears."""

    code: str
    name: str
    is_other: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """What the matching must know of a body."""

    code: str
    name: str
    kind: str
    opened_on: date | None
    ended_on: date | None

    def existed(self, on: date) -> bool:
        return (self.opened_on is None or self.opened_on <= on) and (self.ended_on is None or self.ended_on >= on)


@dataclass(frozen=True, slots=True)
class _Hit:
    """A name that stands in an addressee: whose it is, whether it can mean nothing else, and where it stands."""

    codes: tuple[str, ...]
    is_sure: bool
    places: frozenset[int]


class Roll:
    """Every name of every body, ready to be looked up: made once, and asked as often as there are addressees."""

    def __init__(self, bodies: Mapping[str, _Known], calls: Iterable[_Called], steps: Iterable[_Step]) -> None:
        self._bodies = bodies
        self._full: dict[str, list[_Called]] = defaultdict(list)
        self._core: dict[str, list[_Called]] = defaultdict(list)
        self._loose: dict[frozenset[str], set[str]] = defaultdict(set)
        for call in calls:
            name = _bare(folded(call.name))
            self._full[name].append(call)
            if bodies[call.code].kind in _NAMED_BY_LAW:
                self._core[_core(name)].append(call)
                self._loose[_looser(name)].add(call.code)
        self._later: dict[str, list[_Step]] = defaultdict(list)
        self._earlier: dict[str, list[_Step]] = defaultdict(list)
        for step in steps:
            self._later[step.old].append(step)
            self._earlier[step.new].append(step)

    def match(self, words: str, on: date) -> Answer:
        """This function will say whom one addressee names on a day (INT-13).

        It must be a body's whole name, or the whole but for its legal form and the plural of its hospitals. Two
        bodies in one addressee, a name that several bore, a body that was not there that day: a person decides.
        """
        cut = pieces(words[:_LONGEST])
        hits = self._hits(cut, on)
        taken = frozenset(place for hit in hits for place in hit.places)
        rest = [piece for at, piece in enumerate(cut) if at not in taken]
        names_more = any(_SAYS_TRUST.search(folded(piece)) for piece in rest)
        kind = other_kind(" ".join(rest))
        codes = {code for hit in hits for code in hit.codes}
        is_sure = any(hit.is_sure for hit in hits)
        if len(codes) == 1 and is_sure and kind is None and not names_more:
            code = next(iter(codes))
            return Matched(self._body(code), self._heirs(code))
        if kind is not None and not is_sure and not names_more:
            return Other(kind)
        codes = codes or self._candidates(cut)
        return Several(tuple(self._body(code) for code in sorted(codes))) if codes else Nobody()

    def _hits(self, cut: list[str], on: date) -> list[_Hit]:
        """The names that stand in an addressee, the longest run of pieces first, none within another."""
        found: list[_Hit] = []
        taken: set[int] = set()
        for length in range(min(len(cut), _RUN), 0, -1):
            for start in range(len(cut) - length + 1):
                places = frozenset(range(start, start + length))
                if not places & taken and (hit := self._look_up(" ".join(cut[start : start + length]), places, on)):
                    found.append(hit)
                    taken |= places
        return found

    def _look_up(self, words: str, places: frozenset[int], on: date) -> _Hit | None:
        for phrase in offices_cut(tuple(folded(words).split())):
            name = _bare(" ".join(phrase))
            if not name or is_office(name):
                continue
            if calls := self._bearing(name):
                codes, is_settled = self._meant(calls, on)
                return _Hit(codes, is_settled and self._says_enough(calls, name), places)
        return None

    def _bearing(self, name: str) -> list[_Called]:
        """Who bears the name, whole or but for its form; a place alone is nobody's, though a trust be called after it."""
        called = [call for call in self._full.get(name, ()) if not (call.is_other and _is_place(call.name))]
        if called:
            return called
        core = _core(name)
        return self._core.get(core, []) if _SAYS_BODY.search(name) or set(core.split()) & _ORGANISED else []

    def _says_enough(self, calls: list[_Called], name: str) -> bool:
        """A place, a nickname, a surgery's name, or that of one hospital among namesakes is not enough to be sure."""
        if not all(self._bodies[call.code].kind in _NAMED_BY_LAW for call in calls):
            return False
        if _SAYS_BODY.search(name):
            return True
        tokens = _core(name).split()
        own = {call.code for call in self._core.get(_core(name), ()) if not call.is_other}
        return own >= {call.code for call in calls} and bool(set(tokens) & _ORGANISED) and tokens[0] not in _PATRONS

    def _meant(self, calls: list[_Called], on: date) -> tuple[tuple[str, ...], bool]:
        """The bodies that a name may have meant on the day, and whether it can only have been the one."""
        there = [call for call in calls if self._bodies[call.code].existed(on)]
        own = [call for call in there if not call.is_other] or there
        codes = {call.code for call in own or calls}
        near = {other for code in codes for other in self._near(code, on)}
        if not own:
            return tuple(sorted(codes | near)), False
        if len(codes) == 1 and all(call.is_other for call in own) and near:
            # A merged body is also called by the names of those it came from, and that day it was not yet one.
            return tuple(sorted(codes | near)), False
        return tuple(sorted(codes)), len(codes) == 1

    def _near(self, code: str, on: date) -> set[str]:
        """Those that had not yet become this body on the day, and those that it had become by then."""
        before = {step.old for step in self._earlier[code] if step.on is None or step.on > on}
        after = {step.new for step in self._later[code] if step.on is None or step.on <= on}
        return (before | after) & self._bodies.keys()

    def _candidates(self, cut: list[str]) -> set[str]:
        """Trusts whose name differs by such words as “university”: near enough to show, never to match."""
        for piece in cut:
            for phrase in offices_cut(tuple(folded(piece).split())):
                name = _bare(" ".join(phrase))
                if _SAYS_TRUST.search(name) or "hospital" in _core(name).split():
                    key = _looser(name)
                    if key and key in self._loose:
                        return self._loose[key]
        return set()

    def _body(self, code: str) -> Body:
        return Body(code, self._bodies[code].name)

    def _heirs(self, code: str) -> tuple[Heir, ...]:
        found: dict[str, Heir] = {}
        waiting = [code]
        while waiting:
            for step in self._later.get(waiting.pop(), ()):
                if step.new in self._bodies and step.new != code and step.new not in found:
                    found[step.new] = Heir(step.new, self._bodies[step.new].name, step.on, step.is_part)
                    waiting.append(step.new)
        return tuple(sorted(found.values(), key=lambda heir: (heir.on or date.min, heir.code)))


@dataclass(frozen=True, slots=True)
class _Step:
    """One body that became another on a day."""

    old: str
    new: str
    on: date | None
    is_part: bool


def match(words: str, on: date) -> Answer:
    """This function will say whom an addressee names on a day, by the directory as it stands (INT-13)."""
    return roll_now().match(words, on)


@until_anything_changes
def roll_now() -> Roll:
    """This function will read every name on record, in four queries whatever is asked of them afterwards."""
    addressed = Organisation.objects.exclude(kind__in=_NOT_ADDRESSED).order_by()
    rows = addressed.values_list("code", "name", "kind", "opened_on", "closed_on", "delisted_on")
    bodies = {
        code: _Known(code, name, kind, opened, min((day for day in (closed, delisted) if day), default=None))
        for code, name, kind, opened, closed, delisted in rows
    }
    listed = Listing.objects.exclude(name="").order_by().values_list("organisation__code", "name")
    other = Alias.objects.order_by().values_list("organisation__code", "name")
    steps = Relation.objects.filter(link=Link.SUCCEEDED_BY).order_by("valid_from", "pk")
    return Roll(
        bodies,
        [
            *(_Called(body.code, body.name, False) for body in bodies.values()),
            *(_Called(code, name, False) for code, name in listed if code in bodies),
            *(_Called(code, name, True) for code, name in other if code in bodies),
        ],
        [_Step(*row) for row in steps.values_list("origin__code", "target__code", "valid_from", "is_part")],
    )


def _bare(name: str) -> str:
    return name.removeprefix("the ")


def _is_place(name: str) -> bool:
    """One word that is no acronym, such as the town for which a trust is known."""
    return len(name.split()) == 1 and not name.isupper()


def _core(name: str) -> str:
    """What the spellings of a name share: “x hospitals nhs trust” is “x hospital”."""
    core = _FORM.sub("", name).strip().removeprefix("nhs ").replace("integrated care board", "icb")
    core = core.replace("health care", "healthcare")
    return re.sub(r"\b(hospital|service|valley)s\b", r"\1", core)


def _looser(name: str) -> frozenset[str]:
    return frozenset(_core(name).split()) - _LOOSE
