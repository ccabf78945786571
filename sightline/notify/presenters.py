"""Records of the outbox as words."""
