"""Forms of the outbox: they parse and validate, and save nothing."""
