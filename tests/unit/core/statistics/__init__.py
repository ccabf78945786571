"""Tests of the statistics, and the slow twin that they share."""
