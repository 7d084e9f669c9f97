"""What other rooms may want to know of an expected report."""

from django.dispatch import Signal

report_waived = Signal()
"""Sent inside the transaction in which a unit was freed from a report, or is asked for it again; with ``expected``.

Whoever listens writes in the same transaction or fails it.
"""
