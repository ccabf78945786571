"""Published figures: sources, publications, observations, their assessment, and the signals they give."""
