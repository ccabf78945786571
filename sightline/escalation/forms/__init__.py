"""Forms of duties and exchanges: they parse and validate, and save nothing."""
