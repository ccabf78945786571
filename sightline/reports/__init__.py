"""Reports of groups: gathered from the records, edited, frozen, sent and acknowledged."""
