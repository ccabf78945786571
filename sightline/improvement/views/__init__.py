"""Pages of improvement."""
