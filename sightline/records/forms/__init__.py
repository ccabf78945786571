"""What is filled in about the formal record."""
