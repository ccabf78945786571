"""Chooses the words for what the public is told of a group: how it stands, and who decided it when."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.publication.models import Listing
from sightline.publication.queries.listing import GroupWork
from sightline.web.wording import day


def state(work: GroupWork) -> tuple[str, str]:
    """This function will say whether the public reads of a group, with the colour of its tag."""
    if work.public:
        return "Public", "nhsuk-tag--green"
    return ("Taken off", "nhsuk-tag--red") if work.newest else ("Not shown", "nhsuk-tag--grey")


def history(work: GroupWork) -> list[str]:
    """This function will tell what was decided about a group and the public, the latest first."""
    return [words for one in reversed(work.listings) for words in reversed(list(_of(one)))]


def _of(one: Listing) -> Iterable[str]:
    days = "with" if one.entry.tells_days else "without"
    yield f"{one.listed_by} showed it to the public on {day(one.recorded_at)}, {days} the days of its meetings."
    if gone := getattr(one, "unlisting", None):
        yield f"{gone.unlisted_by} took it off on {day(gone.recorded_at)}: {gone.because}"
