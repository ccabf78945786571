"""What the pages that look across stages read, each for somebody."""

from sightline.overview.queries.gathering import Gathered, gathered, worry_about
from sightline.overview.queries.home import A_PAGE, Home, home, leading
from sightline.overview.queries.log import RecentChain, events, recent_chain, unnamed_among
from sightline.overview.queries.searching import Found, search
from sightline.overview.queries.standing import Standing, standing_of
from sightline.overview.queries.subjects import concerns_by_system, one_subject, subjects
from sightline.overview.queries.timeline import Asked, Timeline, timeline_of
from sightline.overview.queries.waiting import Waits, letters_for, waits_for

__all__ = [
    "A_PAGE",
    "Asked",
    "Found",
    "Gathered",
    "Home",
    "RecentChain",
    "Standing",
    "Timeline",
    "Waits",
    "concerns_by_system",
    "events",
    "gathered",
    "home",
    "leading",
    "letters_for",
    "one_subject",
    "recent_chain",
    "search",
    "standing_of",
    "subjects",
    "timeline_of",
    "unnamed_among",
    "waits_for",
    "worry_about",
]
