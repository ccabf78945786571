"""Meetings in words: when they are, what is on them, who is there, what came of it."""
