"""Writes of one's own messages."""
