"""Every item serves a goal, and someone can say which."""
