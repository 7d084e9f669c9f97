"""Receipts: the number of every sending, its paper as filed, and whether a copy is of what was filed."""
