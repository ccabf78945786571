"""Records of the indicators stage in words, charts and rows for a page."""
