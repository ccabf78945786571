"""Reads of reports, each for somebody."""
