"""The invented demonstration system: files in the publishers' own layouts, and the people who sign in to it."""

from sightline.demonstration.cast import PEOPLE, Part, Person
from sightline.demonstration.generation import SEED, generate
from sightline.demonstration.guide import LOOK_AT
from sightline.demonstration.spoken import generate_words
from sightline.demonstration.tidy_files import TIDY_FILES

__all__ = ["LOOK_AT", "PEOPLE", "SEED", "TIDY_FILES", "Part", "Person", "generate", "generate_words"]
