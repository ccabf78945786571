"""Whether a group may be set up as it is meant to be, and who is still missing from it. Pure rules."""
