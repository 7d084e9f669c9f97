"""What other rooms may want to know of a report."""

from django.dispatch import Signal

report_moved = Signal()
"""Sent inside the transaction in which a report was sent, returned or accepted; with ``submission`` and ``step``.

What leaves the unit comes with its ``version``.

Whoever listens writes in the same transaction (an outbox, a notification) or fails it.
"""

petition_moved = Signal()
"""Sent inside the transaction in which something was asked for or decided on; with ``petition``."""

return_widened = Signal()
"""Sent inside the transaction in which more of a returned report was opened; with ``submission`` and ``marks``."""

report_binned = Signal()
"""Sent inside the transaction, before a report leaves its tables; with ``submission``, ``user`` and ``reason``."""

requirement_binned = Signal()
"""Sent inside the transaction, before a requirement leaves its tables; with ``requirement``, ``user`` and ``reason``.

Whoever still needs it refuses with a ``ReportRefusedError`` that says why.
"""

report_restored = Signal()
"""Sent inside the transaction in which a report came back from the bin; with ``submission``."""

commented = Signal()
"""Sent inside the transaction in which somebody said something about a report; with ``comment``."""
