"""What other rooms are told."""

from django.dispatch import Signal

calendar_changed = Signal()
"""Days of `year` have become worked or free. Sent inside the transaction of the change."""
