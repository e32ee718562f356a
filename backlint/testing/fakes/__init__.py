"""A Jira and a GitHub that keep state, page, limit and fail as the real ones do, without a network."""
