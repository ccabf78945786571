"""Reads of duties and exchanges."""
