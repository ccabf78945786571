"""Sightline: a clear line of sight on quality, from the ward to the board, the region and the public."""
