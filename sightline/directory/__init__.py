"""Organisations, places, systems and regions, how they hang together over time, and the subjects of surveillance."""
