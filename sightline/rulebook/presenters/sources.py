"""The list of sources as a table, and what may feed one of them."""

from __future__ import annotations

from sightline.core.rulebook import SourceEntry, Sources
from sightline.rulebook.presenters.entries import value_in_words
from sightline.rulebook.queries import PartInForce
from sightline.rulebook.words import FEED, plain
from sightline.web.quality import QUADRANT


def sources_table(part: PartInForce) -> list[tuple[str, ...]]:
    """This function will write the list of sources as rows of a table, retired ones last."""
    found = part.content
    rows: list[tuple[str, ...]] = [("id", "name", "kind of evidence", "comes from", "read for it", "retired")]
    if isinstance(found, Sources):
        rows += [_row(one, "no") for one in found.sources]
        rows += [_row(one, "yes") for one in found.retired]
    return rows


def _row(one: SourceEntry, retired: str) -> tuple[str, ...]:
    return (one.id, one.name, QUADRANT[one.quadrant], one.cites, value_in_words(one.feeds, "feeds"), retired)


def feed_choices(part: PartInForce) -> tuple[tuple[str, str], ...]:
    """This function will offer what Sightline reads: everything that stands under a source of the published list."""
    own = part.own.sources if isinstance(part.own, Sources) else ()
    feeds = {feed for one in own for feed in one.feeds}
    return tuple(sorted(((feed, FEED.get(feed, plain(feed))) for feed in feeds), key=lambda pair: pair[1]))
