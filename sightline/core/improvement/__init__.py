"""Improvement: what a plan must hold before it may be approved."""
