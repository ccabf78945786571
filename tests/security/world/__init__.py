"""The world in which the cast lives: what is published of two bodies, what was told of them, and what was made of it."""

from tests.security.world.acted import build as build_acted
from tests.security.world.agreed import build as build_agreed
from tests.security.world.convened import build as build_convened
from tests.security.world.cycled import build as build_cycled
from tests.security.world.handled import build as build_handled
from tests.security.world.improved import build as build_improved
from tests.security.world.levelled import build as build_levelled
from tests.security.world.met import build as build_met
from tests.security.world.planned import build as build_planned
from tests.security.world.profiled import build as build_profiled
from tests.security.world.published import build as build_published
from tests.security.world.published import indicator_id
from tests.security.world.recorded import build as build_recorded
from tests.security.world.reported import build as build_reported
from tests.security.world.reviewed import build as build_reviewed
from tests.security.world.sat import build as build_sat
from tests.security.world.told import build as build_told
from tests.security.world.weighed import build as build_weighed
from tests.security.world.written import build as build_written

# In the order in which they stand on each other. Every model with private fields has a row somewhere in here.
WORLD = (
    build_published, build_told, build_handled, build_weighed, build_profiled, build_agreed, build_levelled,
    build_planned, build_sat, build_acted, build_met, build_cycled, build_written,
    build_convened, build_reviewed, build_reported, build_improved, build_recorded,
)  # fmt: skip

__all__ = ["WORLD", "indicator_id"]
