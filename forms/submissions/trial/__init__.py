"""Trying a form out before it is published: as any unit and role, with answers that never count."""
