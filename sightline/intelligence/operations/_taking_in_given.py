"""A table of items that a partner filled in, understood as though each row had been shared by the form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sightline.core.access import Actor, Handling, Permission
from sightline.core.access.rules import ROLES
from sightline.core.intelligence.wording import clean
from sightline.core.rulebook import SourceEntry
from sightline.directory.models import Subject
from sightline.directory.naming import folded
from sightline.directory.queries import Meant, choose_subject, find_organisation, subjects_by_code
from sightline.intake.contract import Fault
from sightline.intelligence.giving import Words
from sightline.intelligence.operations._taking_in_published import TAKE_OUT, key_of
from sightline.intelligence.operations._taking_in_shape import Bringing, Road, Taken
from sightline.intelligence.queries import origin_of, source_list
from sightline.intelligence.sources.contract import Telling

_PART = 800  # parameters in one query
_SHOWN = 5  # bodies that a fault names
WHY = "Why for fewer"
_SAY_WHY = "Fill the column in, or say it for all such rows when you bring the file in."


def given(tellings: Sequence[tuple[Telling, date]], source: str, bringing: Bringing) -> tuple[list[Taken], list[Fault]]:
    """This function will say what items the good rows are, and list the others; none of them is lost (INT-01)."""
    table = _Table([telling for telling, _ in tellings], source, bringing)
    taken: list[Taken] = []
    faults: list[Fault] = []
    for telling, on in tellings:
        problems = table.problems(telling)
        faults += problems
        if not problems:
            taken.append(table.taken(telling, on))
    return taken, faults


class _Table:
    """One table: what its rows name is looked up once."""

    def __init__(self, tellings: Sequence[Telling], source: str, bringing: Bringing) -> None:
        self._source, self._bringing = source, bringing
        self._own = _speaks_for(bringing.by, bringing.on, bringing.system)
        self._entries = {word: one for one in source_list(bringing.on).sources for word in (one.id, folded(one.name))}
        names = {one.name for telling in tellings for one in telling.about}
        self._subjects = self._chosen(names)
        self._givers = {name: self._giver(name) for name in {telling.giver for telling in tellings}}

    def problems(self, telling: Telling) -> list[Fault]:
        """This function will say what keeps a row out, each with its mend."""
        line = telling.line
        found = [
            Fault(*_not_one(self._subjects[one.name]), line, "About")
            for one in telling.about
            if self._subjects[one.name].one is None
        ]
        if telling.source and self._entry(telling) is None:
            says = "The source is not on the list of sources."
            found.append(
                Fault(says, "Write it as the list on the page Rules has it, or leave it blank.", line, "Source")
            )
        if self._givers[telling.giver] is None:
            says = "The organisation that tells it is not known, or its name fits several."
            found.append(Fault(says, "Write its code, or leave the cell blank.", line, "Told by"))
        words = self._words(telling)
        found += self._lacking_for_few(telling, words)
        if not self._bringing.knowingly:
            people = dict.fromkeys(says for one in words for says in self._bringing.people_in(one.text))
            found += [Fault(says, TAKE_OUT, line, "What") for says in people]
            people = dict.fromkeys(self._bringing.people_in(telling.why_fewer))
            found += [Fault(says, TAKE_OUT, line, WHY) for says in people]
        return found

    def _lacking_for_few(self, telling: Telling, words: Sequence[Words]) -> list[Fault]:
        """What a row for named people needs beside its words; it never comes in for more people than it asks for."""
        if not any(one.handling is Handling.RESTRICTED for one in words):
            return []
        found = []
        if not self._bringing.readers:
            says = "It is for named people only, and nobody is named."
            found.append(Fault(says, "Name the readers when you bring the file in.", telling.line, "Who may see"))
        if not self._why_fewer(telling):
            says = "It is for named people only, and it does not say why the members may not all read it."
            found.append(Fault(says, _SAY_WHY, telling.line, WHY))
        return found

    def _why_fewer(self, telling: Telling) -> str:
        return clean(telling.why_fewer).text.strip() or self._bringing.why_fewer

    def taken(self, telling: Telling, on: date) -> Taken:
        """This function will make an item of a row in which nothing is wrong."""
        bringing = self._bringing
        body = self._givers[telling.giver] or ""
        entry = self._entry(telling)
        source = entry.id if entry else ""
        origin = origin_of(source, body, bringing.by.actor_id, bringing.on)
        subjects = [self._subjects[one.name].one for one in telling.about]
        return Taken(
            line=telling.line,
            key=key_of(self._source, telling.key, bringing.system),
            kind=telling.kind,
            bearing=telling.bearing,
            heard_on=on,
            road=Road(source, entry.quadrant.value if entry else "", origin),
            handling=telling.handling or Handling.MEMBERS,
            counts=True,
            words=self._words(telling),
            about=tuple(dict.fromkeys(one.pk for one in subjects if one)),
            dimensions=tuple(one.value for one in telling.dimensions),
            giver=body,
            readers=bringing.readers,
            why_fewer=self._why_fewer(telling),
            certainty=telling.certainty,
            channel=telling.channel,
        )

    def _words(self, telling: Telling) -> tuple[Words, ...]:
        handling = telling.handling or Handling.MEMBERS
        words = [Words(clean(telling.text).text, handling)]
        if telling.fewer:
            words.append(Words(clean(telling.fewer.text).text, handling.or_stricter(telling.fewer.handling)))
        return tuple(words)

    def _entry(self, telling: Telling) -> SourceEntry | None:
        return self._entries.get(telling.source.casefold()) or self._entries.get(folded(telling.source))

    def _giver(self, name: str) -> str | None:
        """The code of the body that tells it; None where the name is nobody's or several's."""
        if not name:
            return self._own
        body = find_organisation(name)
        if body is None:
            meant = choose_subject(name, self._bringing.by, self._bringing.on).one
            body = meant.organisation if meant else None
        return body.code if body else None

    def _chosen(self, names: Iterable[str]) -> dict[str, Meant]:
        """Whom each name means, as the form for sharing would say; a code costs no question of its own."""
        asked = list(names)
        scope = Subject.objects.visible_to(self._bringing.by, self._bringing.on)
        by_code = subjects_by_code(asked)
        keys = [one.pk for one in by_code.values()]
        parts = [keys[at : at + _PART] for at in range(0, len(keys), _PART)]
        seen = {key for some in parts for key in scope.filter(pk__in=some).values_list("pk", flat=True)}
        found = {name: Meant(one) for name, one in by_code.items() if one.pk in seen}
        return found | {
            name: choose_subject(name, self._bringing.by, self._bringing.on) for name in asked if name not in found
        }


def _not_one(meant: Meant) -> tuple[str, str]:
    if not meant.several:
        return "Nobody on record bears that name or code.", "Look at the spelling, or write the code."
    names = "; ".join(f"{one.key} for {one.name}" for one in meant.several[:_SHOWN])
    if len(meant.several) == 1:
        return "The name is not the whole name of anybody on record.", f"Write the code if you mean it: {names}."
    return "The name fits several.", f"Write the code of the one you mean: {names}."


def _speaks_for(by: Actor, on: date, system: str) -> str:
    """The body for which whoever brings the table sits in the group."""
    held = [one for one in by.grants if one.organisation and one.holds_on(on) and one.system in {"", system}]
    return next((one.organisation for one in held if Permission.IMPORT_DATA in ROLES[one.role]), "")
