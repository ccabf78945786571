"""Soft intelligence: how it is themed, handled and checked; plain facts in and plain facts out."""
