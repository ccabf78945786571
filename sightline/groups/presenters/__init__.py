"""Interests, agreements, groups and offices in words."""
