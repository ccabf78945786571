"""The invented demonstration system: files in the publishers' own layouts, and the people who sign in to it."""

from sightline.demonstration.cast import PEOPLE, Part, Person
from sightline.demonstration.generation import SEED, generate
from sightline.demonstration.tidy_files import TIDY_FILES

__all__ = ["PEOPLE", "SEED", "TIDY_FILES", "Part", "Person", "generate"]
