"""Reads of how the formal record is kept, each for somebody."""
