"""Pages of the indicators stage: each fetches, calls, answers."""
