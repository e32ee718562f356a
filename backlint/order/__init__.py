"""What can be said of an order: which items break it, the fewest moves that restore it, and what depends on what."""
