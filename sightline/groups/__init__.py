"""Standing groups: who sits in them, and the interests that their people declare."""
