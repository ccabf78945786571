"""What is published, in words: for those who work on it, and for the public."""
