"""Forms of the risk registers: they parse and validate, and save nothing."""
