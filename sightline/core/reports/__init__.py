"""What a report may not leave open, what its readers may stumble over, and what became of it since it was gathered."""
