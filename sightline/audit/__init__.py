"""The event log with its hash chain, and @operation: the one way to change anything."""
