"""Levels of surveillance: who may move a subject, what a move must carry, and the clocks that run meanwhile."""
