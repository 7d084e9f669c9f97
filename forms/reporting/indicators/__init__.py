"""Figures out of the answers of accepted reports, composed without code."""
