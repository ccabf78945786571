"""Pages of the action log."""
