"""Pages of duties and exchanges."""
