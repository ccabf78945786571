"""What people fill in about improvement plans."""
