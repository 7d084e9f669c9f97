"""Tuning of the search by administrators."""
