"""What may leave the house: key points of meetings, written for the public, cleared, released and withdrawn."""
