"""Pages that look across stages: home, a subject's page, lists, search."""
