"""Looks through what somebody typed for people: patterns, and the names of everybody whom this house knows (IGV-01)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.forms import Form

from sightline.accounts.queries import everybodys_names
from sightline.core.intelligence.checking import Found, Sought, find_personal, sought
from sightline.core.verdict import Invalid
from sightline.web.checking import Checked

LONGEST_REASON = 1_000


def listed_names() -> Sought:
    """This function will give the names that the checker looks for: those of everybody whom this house knows."""
    return _made_ready(everybodys_names())


@lru_cache(maxsize=1)  # until somebody is invited or renamed: many texts are looked through for the same names
def _made_ready(names: tuple[str, ...]) -> Sought:
    return sought(names)


def look_for_people(texts: Mapping[str, str]) -> dict[str, tuple[Found, ...]]:
    """This function will find what looks like personal data in words, by their places (IGV-01; QSG 2017 ¶115)."""
    names = listed_names()
    return {where: find_personal(words, names) for where, words in texts.items()}


def is_clear(form: Form) -> bool:
    """This function will look through what was typed for people, and say whether it may be kept as the form now has it.

    Where something was found, the form asks what is to be done about it, until somebody says (IGV-01).
    """
    return not isinstance(form, Checked) or form.settles(look_for_people(form.texts()))


def why_it_stays(texts: Iterable[str], knowingly: str = "", before: str = "") -> str:
    """This function will give the reason for which personal data stays, empty where there is none.

    What stood in the words ``before`` is not asked about again. Raises Invalid where words hold what looks like
    personal data and nobody says why (IGV-01).
    """
    names = listed_names()
    found = [
        one.says for words in texts for one in find_personal(words, names) if words[one.start : one.end] not in before
    ]
    if not found:
        return ""
    because = knowingly.strip()
    if not because:
        raise Invalid(*dict.fromkeys(found), "Take it out, or say why it must stay.")
    if len(because) > LONGEST_REASON:
        raise Invalid(f"Keep the reason to {LONGEST_REASON:,} characters.")
    return because
