"""Pages about interests, agreements, groups and offices."""
