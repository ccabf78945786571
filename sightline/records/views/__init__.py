"""Pages of the formal record."""
