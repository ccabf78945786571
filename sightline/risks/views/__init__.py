"""Pages of the risk registers."""
