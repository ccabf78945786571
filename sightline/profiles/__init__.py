"""Aids to judging risk: the heat map, the trigger tool, and the risk profile worked through with the provider."""
