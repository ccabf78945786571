"""Records of the directory."""

from sightline.directory.models.governance import Commissioning, OrganisationFact
from sightline.directory.models.organisations import Alias, Edition, Identifier, Listing, Organisation
from sightline.directory.models.relations import Boundary, NamedLink, Relation
from sightline.directory.models.subjects import Subject

__all__ = [
    "Alias",
    "Boundary",
    "Commissioning",
    "Edition",
    "Identifier",
    "Listing",
    "NamedLink",
    "Organisation",
    "OrganisationFact",
    "Relation",
    "Subject",
]
