"""Tests of the triangulation, with the evidence and the slow twins that they share."""
