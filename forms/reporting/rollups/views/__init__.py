"""Pages of roll-ups."""
