"""Looks through a text for what names a person, before it is saved: patterns, and the names on a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from sightline.core.intelligence import nhs_numbers, patterns
from sightline.core.intelligence.folding import fold
from sightline.core.intelligence.patterns import Span

WHAT_IS_CHECKED = (
    "Sightline checks for patterns (NHS and National Insurance numbers, dates of birth, telephone numbers, "
    "e-mail addresses and postcodes) and for the names on its list. It does not know every name: please read "
    "your words once more for anyone who could be recognised."
)


class Remedy(StrEnum):
    """What is to be done about what looks like personal data."""

    MASK = "mask"
    CHANGE = "change"
    KEEP = "keep"


REMEDIES: Mapping[Remedy, str] = {
    Remedy.MASK: "Take it out for me",
    Remedy.CHANGE: "I will change it myself",
    Remedy.KEEP: "It must stay",
}
REMEDY_MEANS: Mapping[Remedy, str] = {
    Remedy.MASK: "Each place is replaced by what stood there, such as “[telephone number removed]”.",
    Remedy.CHANGE: "You go back to your words. Nothing has left your hands yet.",
    Remedy.KEEP: "Say why. The reason is kept beside your words, for those who keep the record.",
}


class PersonalKind(StrEnum):
    """What was found."""

    NHS_NUMBER = "nhs-number"
    NATIONAL_INSURANCE = "national-insurance"
    BIRTH = "date-of-birth"
    TELEPHONE = "telephone"
    E_MAIL = "e-mail"
    POSTCODE = "postcode"
    NAME = "name"

    @property
    def words(self) -> str:
        """What a person calls it."""
        return _WORDS[self]


_WORDS = {
    PersonalKind.NHS_NUMBER: "NHS number",
    PersonalKind.NATIONAL_INSURANCE: "National Insurance number",
    PersonalKind.BIRTH: "date of birth",
    PersonalKind.TELEPHONE: "telephone number",
    PersonalKind.E_MAIL: "e-mail address",
    PersonalKind.POSTCODE: "postcode",
    PersonalKind.NAME: "name",
}


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that names a person: where it stands in the text, and what to say of it without saying it."""

    kind: PersonalKind
    start: int
    end: int
    says: str


Finder = Callable[[str], Iterator[Span]]
CLAIMED = "\x00"  # folding takes it out of every text, so that it stands for nothing else

Words = tuple[str, ...]
ByLength = list[tuple[int, set[Words]]]


@dataclass(frozen=True, slots=True)
class Sought:
    """Names to look for, made ready once for however many texts: by their first word, and how many words they have."""

    by_first: Mapping[str, ByLength]


# In order of trust: what an earlier one claims, a later one does not see.
_FINDERS: tuple[tuple[PersonalKind, Finder], ...] = (
    (PersonalKind.E_MAIL, patterns.mails),
    (PersonalKind.BIRTH, patterns.birth_dates),
    (PersonalKind.NHS_NUMBER, nhs_numbers.usual_numbers),
    (PersonalKind.TELEPHONE, patterns.telephones),
    (PersonalKind.NHS_NUMBER, nhs_numbers.other_numbers),
    (PersonalKind.NATIONAL_INSURANCE, patterns.insurance_numbers),
    (PersonalKind.POSTCODE, patterns.postcodes),
)


def find_personal(text: str, names: Collection[str] | Sought = ()) -> tuple[Found, ...]:
    """This function will find what could name a person, in the order of the text (IGV-01; QSG 2017 ¶115).

    It finds patterns and the ``names`` that it is given, and no other name. Places are those of the text as it was
    given, though it is read without regard to accents, invisible characters and odd forms of digits and dashes.
    """
    folded = fold(text)
    unclaimed = folded.text
    found: list[Found] = []
    named: Finder = partial(_named, names=names if isinstance(names, Sought) else sought(names))
    for kind, finder in (*_FINDERS, (PersonalKind.NAME, named)):
        spans = _apart(finder(unclaimed), len(unclaimed))
        found += [Found(kind, *folded.original(*span), _says(kind, unclaimed[slice(*span)])) for span in spans]
        unclaimed = _without(unclaimed, spans)
    return tuple(sorted(found, key=lambda one: one.start))


def masked(text: str, found: Iterable[Found]) -> str:
    """This function will write the text with each thing that was found replaced by what it was."""
    pieces: list[str] = []
    reached = 0
    for one in sorted(found, key=lambda one: one.start):
        if one.start >= reached:
            pieces += [text[reached : one.start], f"[{one.kind.words} removed]"]
            reached = one.end
    return "".join([*pieces, text[reached:]])


def _apart(spans: Iterable[Span], length: int) -> list[Span]:
    """Those that overlap none before them, in the order of the text."""
    taken = bytearray(length)
    kept: list[Span] = []
    for start, end in spans:
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\x01" * (end - start)
            kept.append((start, end))
    return sorted(kept)


def _without(text: str, spans: Iterable[Span]) -> str:
    """The text with what was claimed blanked out, so that every other place stays where it is."""
    pieces: list[str] = []
    reached = 0
    for start, end in spans:
        pieces += [text[reached:start], CLAIMED * (end - start)]
        reached = end
    return "".join([*pieces, text[reached:]])


def _says(kind: PersonalKind, secret: str) -> str:
    """Enough to find the place again, and too little to know the person by."""
    match kind:
        case PersonalKind.NHS_NUMBER | PersonalKind.TELEPHONE:
            return f"This looks like {_article(kind)} (ending {patterns.digits(secret)[-2:]})."
        case PersonalKind.NATIONAL_INSURANCE:
            return f"This looks like {_article(kind)} (beginning {secret[:2].upper()})."
        case PersonalKind.BIRTH:
            return "This looks like somebody's date of birth, by the words beside it."
        case PersonalKind.E_MAIL:
            return f"This looks like {_article(kind)} (beginning “{secret[0]}”)."
        case PersonalKind.POSTCODE:
            return f"This looks like {_article(kind)} (ending {secret[-2:].upper()}), perhaps of somebody's home."
        case PersonalKind.NAME:
            initials = " ".join(word[0].upper() for word in _WORD.findall(secret))
            return f"This is a name on the list (initials {initials})."


def _article(kind: PersonalKind) -> str:
    return f"{'an' if kind.words[0] in 'NeE' and kind is not PersonalKind.NATIONAL_INSURANCE else 'a'} {kind.words}"


# --- Names ------------------------------------------------------------------------------------------------------------
_WORD = re.compile(r"[^\W_]++(?:'[^\W_]++)*+")
_BETWEEN = re.compile(r"[ \t,.'-]{1,3}|[ ,-]?\n ?")


def _named(text: str, names: Sought) -> Iterator[Span]:
    """Look each word up among the first words of the names, so that a long list costs no more than a short one."""
    index = names.by_first
    if not index:
        return
    known: dict[str, ByLength | None] = {}
    reached = 0
    for match in _WORD.finditer(text):
        word = match[0]
        if word not in known:
            known[word] = index.get(_bare(word))
        if (wanted := known[word]) and match.start() >= reached and (end := _end_of_name(text, match.start(), wanted)):
            reached = end
            yield match.start(), end


def sought(names: Collection[str]) -> Sought:
    """This function will make names ready to be looked for, the longest first, as whoever looks through many texts does."""
    by_first: dict[str, dict[int, set[Words]]] = {}
    for name in names:
        words = tuple(_bare(word) for word in _WORD.findall(fold(name).text))
        if sum(map(len, words)) < 2:
            continue
        for form in {words, (words[-1], *words[:-1])}:  # “Smith, Jo” is Jo Smith
            by_first.setdefault(form[0], {}).setdefault(len(form), set()).add(form)
    return Sought({first: sorted(by_length.items(), reverse=True) for first, by_length in by_first.items()})


def _end_of_name(text: str, start: int, wanted: ByLength) -> int:
    """Where the longest name ends that begins here; 0 where none does."""
    matches: list[re.Match[str]] = []
    at = start
    while len(matches) < wanted[0][0] and (match := _WORD.match(text, at)):
        matches.append(match)
        between = _BETWEEN.match(text, match.end())
        at = between.end() if between else len(text)
    words = tuple(_bare(match[0]) for match in matches)
    for length, names in wanted:
        if words[:length] in names:
            last = matches[length - 1]
            return last.end() - (2 if last[0].lower().endswith("'s") else 0)
    return 0


def _bare(word: str) -> str:
    """A word without its apostrophes and its possessive."""
    return word.lower().removesuffix("'s").replace("'", "")
