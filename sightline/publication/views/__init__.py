"""Pages of key points."""
