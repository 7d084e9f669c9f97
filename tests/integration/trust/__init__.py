"""Attacks that were tried on the portal as a whole, and must go on failing."""
