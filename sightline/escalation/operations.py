"""Writes of duties and exchanges."""
