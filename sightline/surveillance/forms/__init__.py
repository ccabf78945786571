"""Forms of concerns and levels: they parse and validate, and save nothing."""
