"""Who must be told what, and what is to be done, when a subject enters, leaves or stays at a level."""
