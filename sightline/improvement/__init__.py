"""Improvement plans: what is to be done about a subject that stands above the lowest level, by whom, and by when."""
