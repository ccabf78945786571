"""What people fill in about actions, and what they ask of the log."""
