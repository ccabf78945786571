"""Keeps out who died: their name is taken out of texts, and web addresses that hold it are not kept (IGV-02)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from sightline.intelligence.sources._offices import words_of

MASK = "[name]"
_HOSTS = frozenset({"www.judiciary.uk", "judiciary.uk"})
_SLUG = re.compile(r"/prevention-of-future-death-reports/([^/?#]+)")
_NOT_NAMES = frozenset(
    ["prevention", "of", "future", "deaths", "death", "report", "reports", "the", "and", "on", "upon", "baby", "child"]
)
_PARTS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TITLE = re.compile(r"\b(?:mr|mrs|ms|miss|mx|master|dr|prof|professor|sir|dame|baby|late)\.?\s{1,3}\Z", re.IGNORECASE)
_LONGEST_TITLE = 14
_GAP = re.compile(r"[ \t-]+(?:[A-Z]\.?[ \t]+)?")
_BETWEEN_PARTS = 6  # characters: a blank, or an initial between blanks
# Names that are also words of every report: masked only beside a title or another part of the name.
_WORDS_TOO = words_of(
    "january february march april may june july august october north south east west england wales london nhs health "
    "hospital trust ward nurse doctor patient care house home street court church law state "
    "to in on at it he we as is if or an no so be by do my of the and me us up"
)


@dataclass(frozen=True, slots=True)
class Deceased:
    """The parts of a name that must not be kept; nothing shows them."""

    parts: frozenset[str] = field(repr=False)

    def masked(self, text: str, *, even_alone: bool = True) -> str:
        """This function will put a mark where the name stands in a text, and change no other word.

        A single part of it counts where it has a capital, as a name has; in an address list, where a surname may
        be the name of a town, only beside a title or another part (``even_alone`` False).
        """
        if not self.parts or not text:
            return text
        spans = self._spans(text)
        hidden: list[tuple[int, int]] = []
        for at, (start, end) in enumerate(spans):
            beside = (at > 0 and _joins(text[spans[at - 1][1] : start])) or (
                at + 1 < len(spans) and _joins(text[end : spans[at + 1][0]])
            )
            if (
                beside
                or _TITLE.search(text, max(0, start - _LONGEST_TITLE), start)
                or (even_alone and _alone(text, start, end))
            ):
                hidden.append((start, end))
        return _covered(text, hidden)

    def _spans(self, text: str) -> list[tuple[int, int]]:
        """Where parts of the name stand as whole words, whatever their case, in order."""
        lower = _lower(text)
        found: dict[int, int] = {}
        for spelt in (spelling for part in self.parts for spelling in _spellings(part)):
            start = lower.find(spelt)
            while start >= 0:
                end = start + len(spelt)
                if not (lower[start - 1 : start].isalpha() or lower[end : end + 1].isalpha()):
                    found[start] = max(end, found.get(start, 0))
                start = lower.find(spelt, end)
        return sorted(found.items())

    def names(self, text: str) -> bool:
        """This function will say whether a part of the name stands in a text, such as a web address."""
        words = {word.casefold() for word in re.findall(r"[^\W\d_]+", unquote(text))}
        return bool(words & self.parts)


def _lower(text: str) -> str:
    """Small letters, as many as there were: a few capitals of other scripts are two when brought down, and stay."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def _spellings(part: str) -> tuple[str, ...]:
    """An address on the web writes “obrien” for O'Brien."""
    return part, f"{part[0]}'{part[1:]}", f"{part[0]}’{part[1:]}"


def _joins(between: str) -> bool:
    return len(between) <= _BETWEEN_PARTS and bool(_GAP.fullmatch(between))


def _alone(text: str, start: int, end: int) -> bool:
    word = text[start:end]
    return word[:1].isupper() and word.casefold() not in _WORDS_TOO


def _covered(text: str, hidden: list[tuple[int, int]]) -> str:
    """The text with one mark for each name: parts that follow each other are one."""
    kept: list[str] = []
    done = 0
    for start, end in hidden:
        if start < done:
            continue
        if not (kept and kept[-1] == MASK and _joins(text[done:start])):
            kept += [text[done:start], MASK]
        done = end
    return "".join([*kept, text[done:]])


def deceased(name: str = "", address: str = "") -> Deceased:
    """This function will gather the parts of a name from a name and from the address of the report's page."""
    slug = _SLUG.search(unquote(address))
    words = " ".join([name, slug[1].replace("-", " ") if slug else ""])
    found = {re.sub(r"['’]", "", _lower(part)) for part in _PARTS.findall(words)}
    found |= {piece for part in found for piece in part.split("-")}
    return Deceased(frozenset(part for part in found if len(part) > 1 and part not in _NOT_NAMES))


def safe_address(address: str, somebody: Deceased) -> str:
    """This function will keep the web address of an answer, if it is the judiciary's and names nobody who died."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    is_theirs = parts.scheme == "https" and parts.netloc.casefold() in _HOSTS and not parts.query
    if not is_theirs or _SLUG.search(parts.path) or somebody.names(parts.path) or len(address) > 500:
        return ""
    return f"https://{parts.netloc.casefold()}{parts.path}"
