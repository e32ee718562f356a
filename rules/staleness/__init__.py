"""A backlog that nobody has touched in weeks is wrong."""
