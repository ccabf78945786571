"""Looks through what somebody wrote about a group for people: patterns, and the names of everybody in this house."""

from __future__ import annotations

from collections.abc import Iterable

from django.forms import Form

from sightline.accounts.queries import everybodys_names
from sightline.core.intelligence.checking import find_personal, sought
from sightline.core.verdict import Invalid
from sightline.web.checking import Checked


def is_clear(form: Form) -> bool:
    """This function will look through what was typed for people, and say whether it may be kept as the form now has it.

    Where something was found, the form asks what is to be done about it, until somebody says (IGV-01).
    """
    if not isinstance(form, Checked):
        return True
    names = sought(everybodys_names())
    return form.settles({where: find_personal(words, names) for where, words in form.texts().items()})


def why_it_stays(texts: Iterable[str], knowingly: str = "") -> str:
    """This function will give the reason for which personal data stays, empty where there is none.

    Raises Invalid where words hold what looks like personal data and nobody says why (IGV-01).
    """
    names = sought(everybodys_names())
    found = [one.says for words in texts for one in find_personal(words, names)]
    if found and not knowingly.strip():
        raise Invalid(*dict.fromkeys(found), "Take it out, or say why it must stay.")
    return knowingly.strip() if found else ""
