"""Holds what is written for others against what only some may read of an item."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.accounts.looking import listed_names
from sightline.core.access import Handling
from sightline.core.intelligence.checking import find_personal
from sightline.core.intelligence.repeating import repeats, repeats_identity
from sightline.core.verdict import Invalid
from sightline.intelligence.guarding import comparing
from sightline.intelligence.models import About, Annex, AnnexText, Item, Passage

REPEATS = "It repeats words of a passage that only named readers may see."
NAMES = "It repeats an identity that is kept in the annex."
MEND = "Write it so that its reader can act on it without that."


def must_keep_secrets(item: Item, told: str, *, known_to: str = "") -> None:
    """This function will raise Invalid where words repeat what fewer may read, or name whom an annex is about.

    ``known_to`` is the actor id of their reader, whose own words are no secret to them.
    """
    found = [*_repeated(item, told, known_to), *_named(item, told)]
    if found:
        raise Invalid(*dict.fromkeys(found), MEND)


def must_name_nobody_to_others(*texts: str) -> None:
    """This function will raise Invalid where words that leave the group hold what looks like personal data (IGV-01)."""
    _must_name_nobody(texts, "Take it out: these words go to others.")


def must_name_nobody_in(reason: str) -> None:
    """This function will raise Invalid where a reason that is kept holds what looks like personal data (IGV-01)."""
    _must_name_nobody([reason], "Give your reason without that: others read it than the annex.")


def _must_name_nobody(texts: Iterable[str], mend: str) -> None:
    names = listed_names()
    found = [one.says for text in texts for one in find_personal(text, names)]
    if found:
        raise Invalid(*dict.fromkeys(found), mend)


def _repeated(item: Item, told: str, known_to: str) -> list[str]:
    secrets: list[str] = []
    free: list[str] = []
    for one in Passage.objects.filter(item=item).select_related("replaced_by"):
        narrow = Handling(item.handling).or_stricter(Handling(one.handling)) is Handling.RESTRICTED
        kept_back = narrow or item.verbal_only or getattr(one, "replaced_by", None) is not None
        (secrets if kept_back and one.recorded_by != known_to else free).append(one.text)
    return [REPEATS] if any(repeats(told, secret, free) for secret in secrets) else []


def _named(item: Item, told: str) -> list[str]:
    bodies = list(About.objects.filter(item=item).values_list("subject__name", flat=True))
    of_item = AnnexText.objects.filter(annex__in=Annex.objects.filter(item=item))
    with comparing():
        identities = list(of_item.values_list("text", flat=True))
    return [NAMES] if any(repeats_identity(told, one, bodies) for one in identities) else []
