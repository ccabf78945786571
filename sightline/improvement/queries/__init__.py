"""Reads of improvement plans, each for somebody, and what the rules are told around one."""
