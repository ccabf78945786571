"""Outgoing messages, through an outbox: a link and a sentence of our own, never a title and never what somebody wrote."""
