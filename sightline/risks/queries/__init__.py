"""Reads of the risk registers."""
