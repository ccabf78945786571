"""Looks through what somebody is about to share for people: its words, and the names of its files."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.accounts.looking import listed_names
from sightline.core.intelligence.checking import Found, find_personal
from sightline.intelligence.giving import Given


@dataclass(frozen=True, slots=True)
class Seen:
    """What looks like personal data, passage by passage and file by file."""

    words: tuple[tuple[Found, ...], ...] = ()
    names: tuple[tuple[Found, ...], ...] = ()

    @property
    def anybody(self) -> bool:
        """Whether anything was found at all."""
        return any(self.words) or any(self.names)


def look_for_people(given: Given) -> Seen:
    """This function will find what looks like personal data in what is about to be shared."""
    names = listed_names()
    return Seen(
        words=tuple(find_personal(one.text, names) for one in given.words),
        names=tuple(find_personal(one.name, names) for one in given.files),
    )
