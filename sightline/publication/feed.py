"""The feed of public key points, as Atom (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from sightline.publication.models import PublicGroup
from sightline.publication.queries.public import Shown
from sightline.web.wording import day

MOST = 50
BEFORE_ANY = datetime(2026, 1, 1, tzinfo=UTC)  # an empty feed must not look new each time


class _Feed(Atom1Feed):
    """A feed that was last changed when something public was, withdrawals among it."""

    changed = BEFORE_ANY

    def latest_post_date(self) -> datetime:
        """This function will say when the feed last changed."""
        return self.changed


def atom(shown: Iterable[Shown], changed: datetime | None, group: PublicGroup | None = None) -> bytes:
    """This function will write the newest key points, of all groups or of one, as a feed without what was withdrawn."""
    feed = _Feed(
        title=f"Key points: {group.name}" if group else "Key points of quality groups",
        link=_address("public_group", group.pk) if group else _address("public_front"),
        feed_url=_address("public_group_feed", group.pk) if group else _address("public_feed"),
        description="What quality groups spoke of, in plain words.",
        language="en-GB",
    )
    feed.changed = changed or BEFORE_ANY
    newest = sorted(shown, key=lambda one: (one.edition.recorded_at, str(one.page.pk)), reverse=True)
    for one in islice(newest, MOST):
        said = (f"Changed: {one.edition.changed}" if one.edition.changed else "", one.edition.opening)
        feed.add_item(
            title=f"{one.page.group_name}, {day(one.page.held_on)}",
            link=_address("public_page", one.page.pk),
            description="\n".join(filter(None, (*said, *one.edition.points))),
            unique_id=f"urn:uuid:{one.page.pk}",
            author_name=one.page.system_name,
            pubdate=one.edition.recorded_at,
            updateddate=one.edition.recorded_at,
        )
    return feed.writeString("utf-8").encode()


def _address(name: str, *args: object) -> str:
    return f"{settings.BASE_ADDRESS}{reverse(name, args=args)}"
