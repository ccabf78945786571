"""How numbers, titles and lists are put into a sentence that a chair reads out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

_BODY = "’s"  # "NHS England’s region" is a body, of which nobody is there


def nobody_from(title: str) -> str:
    """This function will say that nobody is there from a seat: "no local authority member is present"."""
    called = in_sentence(title)
    if _BODY in called:
        return f"nobody from {called} is present"
    if "member" in called.casefold().split():
        return f"no {called} is present"
    return f"no {called} member is present"


def in_sentence(title: str) -> str:
    """This function will write a title as it stands within a sentence; names of bodies keep their capitals."""
    words = title.split()
    is_name = any(one[:1].isupper() for one in words[1:]) or any(one.isupper() for one in words[:1] if len(one) > 1)
    return title if is_name or not words else f"{title[:1].lower()}{title[1:]}"


def few(count: int, what: str) -> str:
    """This function will write a number with its noun: "1 member", "20 members"."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def verb(count: int, one: str, several: str) -> str:
    """This function will choose a verb by the number before it: "1 is", "2 are"."""
    return one if count == 1 else several


def listed(words: Iterable[str]) -> str:
    """This function will write a list as people say it: "a, b and c"."""
    every = list(words)
    return " and ".join(filter(None, (", ".join(every[:-1]), *every[-1:])))


def day(on: date) -> str:
    """This function will write a day as people read it: "2 March 2026"."""
    return f"{on.day} {on:%B %Y}"


def lasting(minutes: int) -> str:
    """This function will write how long something lasted: "1 hour 5 minutes"."""
    hours, rest = divmod(max(minutes, 0), 60)
    said = [few(hours, "hour") if hours else "", few(rest, "minute") if rest or not hours else ""]
    return " ".join(one for one in said if one)
