"""What can be found: one module a kind of thing, joined in `search.sources.registry`."""
