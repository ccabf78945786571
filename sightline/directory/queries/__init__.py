"""Everything that reads the directory."""

from sightline.directory.queries.areas import (
    AreaChoice,
    Unresolved,
    areas_for_choice,
    regions_of,
    subjects_within,
    systems_of,
    unresolved,
    within,
)
from sightline.directory.queries.finding import (
    find_organisation,
    names_of,
    names_on,
    resolve_many,
    search,
    search_subjects,
    subjects_by_code,
)
from sightline.directory.queries.governance import (
    Accountability,
    Gap,
    Lever,
    accountability_of,
    commissioned_services,
    facts_of,
    governance_gaps,
    levers_for,
    needs_process_lead,
    routes_in_scope,
)
from sightline.directory.queries.history import History, Succession, history_of, predecessors, successors
from sightline.directory.queries.maps import MapShape, map_shapes
from sightline.directory.queries.related import Precursor, precursors, with_those_it_runs

__all__ = [
    "Accountability",
    "AreaChoice",
    "Gap",
    "History",
    "Lever",
    "MapShape",
    "Precursor",
    "Succession",
    "Unresolved",
    "accountability_of",
    "areas_for_choice",
    "commissioned_services",
    "facts_of",
    "find_organisation",
    "governance_gaps",
    "history_of",
    "levers_for",
    "map_shapes",
    "names_of",
    "names_on",
    "needs_process_lead",
    "precursors",
    "predecessors",
    "regions_of",
    "resolve_many",
    "routes_in_scope",
    "search",
    "search_subjects",
    "subjects_by_code",
    "subjects_within",
    "successors",
    "systems_of",
    "unresolved",
    "with_those_it_runs",
    "within",
]
