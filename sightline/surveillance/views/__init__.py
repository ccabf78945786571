"""Pages of concerns and levels."""
