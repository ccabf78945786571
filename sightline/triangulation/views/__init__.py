"""Pages of triangulation: each fetches, calls, answers."""
