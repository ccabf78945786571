"""The formal record in words."""
