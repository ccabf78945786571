"""Pages of soft intelligence: each fetches, calls, answers."""
