"""Reads of what is published: as it is worked on, and as the public sees it."""
