"""Meetings of the groups: planned, with an agenda, held with a quorum at every moment, and ended when all is said."""
