"""Everything that writes soft intelligence."""

from sightline.intelligence.operations.amending import change_handling, replace_words, tag
from sightline.intelligence.operations.annexes import add_annex, name_annex_readers, open_annex
from sightline.intelligence.operations.copying import take_copy
from sightline.intelligence.operations.drafting import discard_draft, save_draft
from sightline.intelligence.operations.joining import tells_again, undo_join
from sightline.intelligence.operations.marking import mark_sensitive
from sightline.intelligence.operations.placing import place_name
from sightline.intelligence.operations.referring import note_receipt, refer
from sightline.intelligence.operations.releasing import answer_release, decide_release, prepare_release
from sightline.intelligence.operations.reviewing import (
    answer_giver,
    describe_investigation,
    note_panel,
    note_sharing,
    review,
    review_many,
)
from sightline.intelligence.operations.reviewing_files import review_file
from sightline.intelligence.operations.sharing import add_words, share
from sightline.intelligence.operations.taking_in import take_in_text
from sightline.intelligence.operations.theming import theme_items
from sightline.intelligence.operations.training import train_themes

__all__ = [
    "add_annex",
    "add_words",
    "answer_giver",
    "answer_release",
    "change_handling",
    "decide_release",
    "describe_investigation",
    "discard_draft",
    "mark_sensitive",
    "name_annex_readers",
    "note_panel",
    "note_receipt",
    "note_sharing",
    "open_annex",
    "place_name",
    "prepare_release",
    "refer",
    "replace_words",
    "review",
    "review_file",
    "review_many",
    "save_draft",
    "share",
    "tag",
    "take_copy",
    "take_in_text",
    "tells_again",
    "theme_items",
    "train_themes",
    "undo_join",
]
