"""Themes of texts: a model learned from the deployment's own labels, which says nothing where it is unsure."""
