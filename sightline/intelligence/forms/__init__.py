"""Forms of soft intelligence: they parse and validate, and never save."""
