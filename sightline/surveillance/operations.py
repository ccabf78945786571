"""Writes of concerns and levels."""
