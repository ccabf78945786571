"""Files that were brought for papers and never became one: for the server's clock, as often as it likes."""

from __future__ import annotations

from datetime import datetime

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.meetings.filing import WAITS, discard, lying_since
from sightline.meetings.models import PaperVersion

_AT_ONCE = 500


@operation(Permission.KEEP_MEETINGS)
def sweep_papers(*, by: Actor, at: datetime) -> int:
    """This function will take away the files of forms that nobody sent within a day, and say how many; no paper's is one."""
    before, taken = at - WAITS, 0
    old = lying_since(before)
    for first in range(0, len(old), _AT_ONCE):
        some = old[first : first + _AT_ONCE]
        named = set(PaperVersion.objects.filter(sha256__in=some).values_list("sha256", flat=True))
        taken += sum(discard(one, before) for one in some if one not in named)
    return taken
