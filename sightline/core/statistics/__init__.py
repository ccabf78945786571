"""Statistics: series in, limits and marks out; what they mean for people is decided elsewhere."""
