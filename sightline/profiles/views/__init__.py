"""Pages of the aids and of risk profiles."""
