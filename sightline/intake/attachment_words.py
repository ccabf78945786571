"""Unfit: the refusal of an attachment, in words that say what to do instead; shared by all who look at one."""

from __future__ import annotations

from sightline.core.intelligence.wording import without_hidden

PRINT_ANEW = "Open it, print it to a new PDF, and attach that."
SAVE_PLAIN = "Save a copy without it, or print it to a PDF, and attach that."
FIGURES_ALONE = "Copy what matters into a new document, and attach that."
DO_NOT_OPEN = "This is no ordinary document: do not open it, and ask whoever sent it to you."
AGAIN = "Open it on your own computer to see whether it is whole, save it anew, and attach the new copy."
_LONGEST_NAME = 60


class Unfit(Exception):
    """An attachment cannot be taken; what it says is meant for the person who attached it."""


def shown(name: str) -> str:
    """This function will make a name out of a stranger's file fit to be shown in a sentence."""
    return without_hidden(name)[:_LONGEST_NAME]
