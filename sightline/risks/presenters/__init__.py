"""Records of the risk registers as words."""
