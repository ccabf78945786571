"""Aids and profiles in words."""
