"""Previews of the tuning."""
