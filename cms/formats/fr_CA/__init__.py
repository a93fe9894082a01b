"""French as written in Québec."""
