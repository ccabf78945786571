"""Records of duties and exchanges as words."""
