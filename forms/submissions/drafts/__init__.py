"""Drafts that are saved while they are typed: what is merged, what is refused, what is told."""
