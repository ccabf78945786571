"""Weighing independent sources: which agree, on what, since when; and what is missing. No score is made."""

from sightline.core.triangulation.weighing import COUNTS_FOR_DAYS, Standing, oldest_that_counts, place, weigh

__all__ = ["COUNTS_FOR_DAYS", "Standing", "oldest_that_counts", "place", "weigh"]
