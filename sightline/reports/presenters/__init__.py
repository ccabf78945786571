"""Chooses the words for reports."""
