"""Completeness and timeliness: units × periods."""
