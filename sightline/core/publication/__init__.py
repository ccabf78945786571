"""Rules of what may leave the house."""
