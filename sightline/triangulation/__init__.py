"""The picture of a subject from all signals; blind spots; where we are most worried."""
