"""Records of concerns and levels as words."""
