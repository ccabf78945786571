"""Soft intelligence: what people tell the group, how far it may travel, what was published, and what came of it."""
