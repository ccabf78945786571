"""What one tier tells another: the duties that a level brings about, who told the provider, and exchanges with answers."""
